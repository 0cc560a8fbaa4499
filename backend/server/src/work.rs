//! The worker: a thread that does errands until it is told to stop. In the demonstration it also
//! gives the simulated manufacturer its turns.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use cards_app::work::PAUSE;

use crate::System;

/// A running worker.
pub struct Worker {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts working.
    #[must_use]
    pub fn start(system: Arc<System>) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || work(&system, &stopped));
        Self {
            stop,
            thread: Some(thread),
        }
    }

    /// Lets the round under way finish and stops.
    pub fn stop(mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

fn work(system: &System, stopped: &AtomicBool) {
    let name = format!("{}:{}", host(), std::process::id());
    while !stopped.load(Ordering::Acquire) {
        if let Some(demo) = &system.demo
            && let Err(error) = demo.factory.tick()
        {
            tracing::warn!(%error, "the simulated manufacturer");
        }
        match system.app.work_once(&name) {
            Ok(0) => std::thread::park_timeout(PAUSE),
            Ok(_) => {}
            Err(failure) => {
                tracing::error!(%failure, "work");
                std::thread::park_timeout(PAUSE * 10);
            }
        }
    }
}

fn host() -> String {
    std::fs::read_to_string("/etc/hostname")
        .map(|name| name.trim().to_owned())
        .unwrap_or_default()
}
