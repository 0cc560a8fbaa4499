//! The system answering on a port, as browsers and other clients meet it.

use std::net::TcpListener;
use std::sync::Arc;

use crate::World;

/// A served world.
pub struct Site {
    /// The world behind it.
    pub world: World,
    /// Its address, without a slash at the end.
    pub url: String,
    handle: actix_web::dev::ServerHandle,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Site {
    /// Serves a new world on a free port.
    ///
    /// # Panics
    /// It does not start.
    #[must_use]
    pub fn start() -> Self {
        Self::with(World::at_port)
    }

    /// Serves the world that is made for a free port.
    ///
    /// # Panics
    /// It does not start.
    #[must_use]
    pub fn with(make: impl FnOnce(u16) -> World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let world = make(port);
        let (config, system) = (world.config.clone(), Arc::clone(&world.system));
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = cards_server::serve::start(&system, &config, listener).unwrap();
                tell.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let handle = told.recv().unwrap();
        Self {
            world,
            url: format!("http://127.0.0.1:{port}"),
            handle,
            thread: Some(thread),
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
