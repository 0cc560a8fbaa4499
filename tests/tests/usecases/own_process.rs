//! Tests that need processes of their own run themselves again: a module behind PKCS#11 reads its
//! settings once in a process, and `kortkontor serve` ends with its process.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use cards_acceptance::World;
use cards_server::Config;

const MARK: &str = "KORTKONTOR_OWN_PROCESS";

/// The configuration that was handed to this process; `None` in the test that starts the others.
pub fn config() -> Option<Config> {
    let path = PathBuf::from(std::env::var_os(MARK)?);
    Some(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
}

/// A command that runs the named test of this program again, with this configuration.
pub fn again(test: &str, world: &World, config: &Config) -> Command {
    // A process that was started before may still be reading its own.
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = world.folder().join(format!("handed-over-{number}.json"));
    std::fs::write(&path, serde_json::to_vec(config).unwrap()).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", test, "--nocapture"])
        .env(MARK, path)
        .stdin(Stdio::null());
    command
}

/// A process that is killed with the value.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _status = self.0.wait();
    }
}

/// Waits until something comes true, at most two minutes: a whole test run may leave a process little
/// of the machine.
pub fn until(what: &str, mut is_true: impl FnMut() -> bool) {
    for _ in 0..2_400 {
        if is_true() {
            return;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(50));
    }
    panic!("{what} does not come");
}
