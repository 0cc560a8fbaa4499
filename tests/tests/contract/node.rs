//! A server of others, run by the project's own Node and stopped with the value.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use cards_acceptance::world::checkout;
use serde_json::Value;

const VARIABLE: &str = "KORTKONTOR_NODE";
const PATIENCE: Duration = Duration::from_secs(30);

/// A running script. It tells what happens as one line of JSON each.
pub struct Node {
    child: Child,
    told: Receiver<Value>,
    /// Where it listens.
    pub port: u16,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test command hands the program over like this"
)]
fn program() -> String {
    std::env::var(VARIABLE)
        .unwrap_or_else(|_| panic!("{VARIABLE} is not set: run the tests with `cargo xtask test`"))
}

impl Node {
    /// Starts a script beside this file with these settings, and waits until it listens.
    pub fn start(script: &str, settings: &Value) -> Self {
        let tests = checkout().join("tests/tests/contract");
        let mut child = Command::new(program())
            .arg(tests.join(script))
            .arg(checkout().join("frontend/package.json"))
            .arg(settings.to_string())
            .stdout(Stdio::piped())
            // Of its own: Node makes a pipe non-blocking and, killed, leaves it so, and what others
            // write to it when it is full is lost.
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut complaints = child.stderr.take().unwrap();
        std::thread::spawn(move || std::io::copy(&mut complaints, &mut std::io::stderr()));
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (tell, told) = channel();
        std::thread::spawn(move || {
            // What else it prints is not for us.
            let said = lines
                .map_while(Result::ok)
                .filter_map(|line| serde_json::from_str(&line).ok());
            for said in said {
                if tell.send(said).is_err() {
                    return;
                }
            }
        });
        let mut node = Self {
            child,
            told,
            port: 0,
        };
        node.port = node.hear()["port"].as_u64().unwrap().try_into().unwrap();
        node
    }

    /// The next thing it tells.
    pub fn hear(&self) -> Value {
        self.told
            .recv_timeout(PATIENCE)
            .expect("the server tells something")
    }

    /// Whether it has told nothing more.
    pub fn is_silent(&self) -> bool {
        self.told.try_recv().is_err()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
