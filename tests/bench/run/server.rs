//! The released server, started on a free port and ended with the value.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::http::Browser;
use crate::RunOptions;

/// A running kortkontor.
pub struct Server {
    child: Child,
    /// Its address.
    pub url: String,
}

/// Writes the configuration for a port; gives its file.
pub fn configuration(options: &RunOptions, port: u16) -> PathBuf {
    let checkout = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = |path: &Path| format!("{:?}", path.to_string_lossy());
    let authority = options.authority.as_deref();
    let authority = authority.map(|file| std::fs::read_to_string(file).unwrap());
    let toml = format!(
        "environment = \"demonstration\"\ndata_dir = {}\n\
         [http]\nlisten = \"127.0.0.1:{port}\"\npublic_url = \"http://127.0.0.1:{port}\"\n\
         searches_per_minute = 1000000000\nstatus_questions_per_minute = 1000000000\n\
         [database]\napp_url = \"{}\"\n[demonstration]\nfolder = {}\n{}",
        text(&options.database.folder),
        options.database.app_url,
        text(&checkout.join("ops/demo")),
        authority.unwrap_or_default(),
    );
    let file = options.database.folder.join("bench.toml");
    std::fs::write(&file, toml).unwrap();
    file
}

impl Server {
    /// Starts it and waits until it answers.
    pub fn start(options: &RunOptions) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .unwrap()
            .port();
        let log = std::fs::File::create(options.database.folder.join("kortkontor.log")).unwrap();
        let child = Command::new(&options.kortkontor)
            .arg("--config")
            .arg(configuration(options, port))
            .arg("serve")
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let server = Self {
            child,
            url: format!("http://127.0.0.1:{port}"),
        };
        server.wait(port);
        server
    }

    fn wait(&self, port: u16) {
        for _ in 0..300 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                let ready = Browser::new(&self.url).get("/health/ready", &[]);
                assert_eq!(ready.status, 200, "{}", ready.text());
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("kortkontor does not start: see kortkontor.log");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The most memory that a process has had, in MB; `None` once it has ended.
pub fn most_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1024)
}
