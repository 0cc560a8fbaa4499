//! The system answering on a port, as browsers and other clients meet it.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::dev::ServerHandle;
use cards_app::ports::Clock as _;
use cards_gateways::clock::SystemClock;
use cards_server::config::{CardLogIn, Tls};
use cards_server::serve::{Doors, start_all};

use chrono::{DateTime, Utc};

use crate::World;
use crate::authority::{TestAuthority, issuing};

/// A served world.
pub struct Site {
    /// The world behind it.
    pub world: World,
    /// Its address, without a slash at the end.
    pub url: String,
    /// Its address with TLS, where it has one.
    pub tls_url: Option<String>,
    handles: Vec<ServerHandle>,
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
        let (listener, port) = free();
        let world = make(port);
        Self::served(world, Doors::plain(listener))
    }

    /// Serves a new world with an authority, also over TLS, and asks for cards.
    ///
    /// # Panics
    /// It does not start.
    #[must_use]
    pub fn taking_cards() -> (Self, Arc<TestAuthority>) {
        Self::taking_cards_at(None)
    }

    /// As [`Site::taking_cards`], in the machine's own time: browsers show no certificate that is not
    /// valid by their own clock.
    ///
    /// # Panics
    /// It does not start.
    #[must_use]
    pub fn taking_cards_today() -> (Self, Arc<TestAuthority>) {
        Self::taking_cards_at(Some(SystemClock.now()))
    }

    fn taking_cards_at(now: Option<DateTime<Utc>>) -> (Self, Arc<TestAuthority>) {
        let [(plain, port), (tls, tls_port), (card, card_port)] = [free(), free(), free()];
        let world = World::configured(port, |config, _| {
            config.http.tls = Some(Tls {
                listen: ([127, 0, 0, 1], tls_port).into(),
                public_url: None,
                certificate_file: None,
                key_file: None,
            });
            config.http.card_log_in = Some(CardLogIn {
                listen: ([127, 0, 0, 1], card_port).into(),
                public_url: format!("https://127.0.0.1:{card_port}").parse().unwrap(),
                certificate_file: None,
                key_file: None,
            });
        });
        if let Some(now) = now {
            world.advance(now - world.app().db.now());
        }
        let (world, authority) = issuing(world, port);
        let doors = Doors {
            plain,
            tls: Some(tls),
            card: Some(card),
        };
        (Self::served(world, doors), authority)
    }

    fn served(world: World, doors: Doors) -> Self {
        let port = doors.plain.local_addr().unwrap().port();
        let tls_url = doors.tls.as_ref().map(|tls| {
            let port = tls.local_addr().unwrap().port();
            format!("https://127.0.0.1:{port}")
        });
        let (config, system) = (world.config.clone(), Arc::clone(&world.system));
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let (server, cards) = start_all(&system, &config, doors).unwrap();
                let mut handles = vec![server.handle()];
                if let Some(cards) = cards {
                    handles.push(cards.handle());
                    actix_web::rt::spawn(cards);
                }
                tell.send(handles).unwrap();
                server.await.unwrap();
            });
        });
        let handles = told.recv().unwrap();
        Self {
            world,
            url: format!("http://127.0.0.1:{port}"),
            tls_url,
            handles,
            thread: Some(thread),
        }
    }

    /// The root certificate (PEM) that clients trust who come over TLS.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn root_certificate(&self) -> std::path::PathBuf {
        let path = self.world.folder().join("tls/root.pem");
        assert!(path.is_file(), "the site has no TLS");
        path
    }
}

fn free() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

impl Drop for Site {
    fn drop(&mut self) {
        for handle in &self.handles {
            drop(handle.stop(false));
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
