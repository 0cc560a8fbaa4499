//! The binary `kortkontor`: built, configured, called and watched.

use crate::database_url;
use crate::failure::{Failure, at, warn};
use crate::postgres::{self, last_lines};
use crate::process::{self, Stop};
use crate::project::Project;
use crate::running::write_private;
use crate::token;
use std::fs::File;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(120);

/// The database that the server uses.
pub enum Database {
    /// A private one; no password anywhere.
    Private {
        /// For migrations.
        admin_url: String,
        /// For everything else.
        app_url: String,
    },
    /// One named in `DATABASE_URL`, for its administrator.
    Named(String),
}

impl Database {
    /// The address for the administrator.
    pub fn admin_url(&self) -> &str {
        match self {
            Self::Private { admin_url, .. } => admin_url,
            Self::Named(url) => url,
        }
    }
}

/// The made-up servicedesk of the demonstration, as in `ops/demo/organisations.toml`.
const SERVICEDESK: &str = "0990-20252";

/// The binary of this checkout and how it is called.
pub struct Server<'a> {
    project: &'a Project,
    binary: PathBuf,
    private_database: bool,
    /// The folder of the demonstration, where the token is found.
    state: PathBuf,
}

/// Builds the binary and tells where it lies.
pub fn build(project: &Project, stop: &Stop) -> Result<PathBuf, Failure> {
    warn("Building kortkontor ...");
    let server = ["--package", "cards-server", "--bin", "kortkontor"];
    build_with(project, &server, stop)
}

/// Builds what cargo is told to and tells where the program lies.
pub fn build_with(project: &Project, what: &[&str], stop: &Stop) -> Result<PathBuf, Failure> {
    let mut cargo = project.cargo();
    cargo.arg("build").args(what);
    cargo.args(["--message-format", "json-render-diagnostics"]);
    let mut binary = None;
    let built = process::run_lines(&mut cargo, stop, |line| match executable(line) {
        Some(path) => binary = Some(path),
        None if line.starts_with('{') => {}
        None => warn(line),
    })?;
    binary
        .filter(|_| built.success())
        .ok_or_else(|| Failure::said("The build failed: see the compiler's message above."))
}

/// The program that one of cargo's messages tells of.
fn executable(line: &str) -> Option<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(line).ok()?;
    message.get("executable")?.as_str().map(PathBuf::from)
}

/// The ports of a demonstration.
#[derive(Clone, Copy)]
pub struct Ports {
    /// Of the portals.
    pub plain: u16,
    /// Of the same with TLS: 8443 beside 8080.
    pub tls: u16,
    /// Of the log-in that asks for a card: the next.
    pub card: u16,
}

impl Ports {
    /// Those that belong to the portals' own.
    pub fn of(plain: u16) -> Result<Self, Failure> {
        let too_high =
            || Failure::said(format!("Port {plain} is too high: choose one below 65000."));
        let tls = plain.checked_add(363).ok_or_else(too_high)?;
        let card = tls.checked_add(1).ok_or_else(too_high)?;
        Ok(Self { plain, tls, card })
    }
}

/// Writes the configuration that `kortkontor` reads in this checkout.
pub fn configure(state: &Path, ports: Ports, database: &Database) -> Result<(), Failure> {
    let Ports {
        plain: port,
        tls,
        card,
    } = ports;
    let data = state.join("data");
    std::fs::create_dir_all(&data).map_err(at(&data))?;
    let (app_url, password) = match database {
        Database::Private { app_url, .. } => (app_url.clone(), None),
        Database::Named(url) => (
            database_url::for_role(url, "kortkontor_app")?,
            Some(password_file(state)?),
        ),
    };
    let mut text = format!(
        "# Written by `cargo xtask up` at every start.\n\
         environment = \"demonstration\"\ndata_dir = {}\n\n\
         [http]\nlisten = \"127.0.0.1:{port}\"\npublic_url = \"http://127.0.0.1:{port}\"\n\n\
         [database]\nadmin_url = {}\napp_url = {}\n",
        quoted(&data.to_string_lossy())?,
        quoted(database.admin_url())?,
        quoted(&app_url)?,
    );
    if let Some(path) = password {
        text += &format!("app_password_file = {}\n", quoted(&path.to_string_lossy())?);
    }
    text += &format!("\n[http.tls]\nlisten = \"127.0.0.1:{tls}\"\n");
    let authority = token::configure(state)?;
    if !authority.is_empty() {
        // Whose cards are ours, only the authorities know.
        text += &format!(
            "\n[http.card_log_in]\nlisten = \"127.0.0.1:{card}\"\n\
             public_url = \"https://127.0.0.1:{card}\"\n"
        );
    }
    text += &authority;
    text += &format!("\n[contact]\nservicedesk_phone = \"{SERVICEDESK}\"\n");
    write_private(&state.join("kortkontor.toml"), &text)
}

/// A TOML string; JSON's rules are a part of TOML's.
fn quoted(text: &str) -> Result<String, Failure> {
    serde_json::to_string(text).map_err(|error| Failure::said(format!("{text}: {error}")))
}

/// The password of the application's role in a named database, made once.
fn password_file(state: &Path) -> Result<PathBuf, Failure> {
    let path = state.join("app-password");
    if !path.is_file() {
        let random = Path::new("/dev/urandom");
        let mut bytes = [0_u8; 24];
        File::open(random)
            .and_then(|mut file| file.read_exact(&mut bytes))
            .map_err(at(random))?;
        write_private(
            &path,
            &bytes
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>(),
        )?;
    }
    Ok(path)
}

impl<'a> Server<'a> {
    /// The server behind a binary.
    pub fn new(project: &'a Project, binary: PathBuf, state: &Path, database: &Database) -> Self {
        let private_database = matches!(database, Database::Private { .. });
        Self {
            project,
            binary,
            private_database,
            state: state.to_owned(),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.project.program(&self.binary);
        command.args(arguments);
        token::tell(&mut command, &self.state);
        if self.private_database {
            postgres::without_settings(&mut command);
        }
        command
    }

    /// Runs a subcommand to its end; what it writes goes to the terminal.
    pub fn call(&self, arguments: &[&str], stop: &Stop) -> Result<(), Failure> {
        let sentence = format!(
            "`kortkontor {}` failed: see its message above.",
            arguments.join(" ")
        );
        process::must(&mut self.command(arguments), stop, &sentence)
    }

    /// What a short subcommand prints.
    pub fn ask(&self, arguments: &[&str]) -> Result<String, Failure> {
        let output = process::capture(&mut self.command(arguments))?;
        Ok(String::from_utf8_lossy(&output.stdout)
            .trim_end()
            .to_owned())
    }

    /// Starts serving; what it writes goes to `log`, and the log before it to `log.1`.
    pub fn serve(&self, log: &Path) -> Result<Child, Failure> {
        let _first_time = std::fs::rename(log, log.with_extension("log.1"));
        let file = File::create(log).map_err(at(log))?;
        let other = file.try_clone().map_err(at(log))?;
        let mut command = self.command(&["serve", "--work"]);
        process::start(command.stdout(Stdio::from(file)).stderr(Stdio::from(other)))
    }
}

/// Waits until the server answers that it is usable.
///
/// # Errors
/// When it ends, or is not usable after two minutes; with the last lines of its log.
pub fn wait_until_ready(
    child: &mut Child,
    port: u16,
    log: &Path,
    stop: &Stop,
) -> Result<(), Failure> {
    let started = Instant::now();
    while !ready(port) {
        stop.check()?;
        check_alive(child, log)?;
        if started.elapsed() > PATIENCE {
            return Err(Failure::said(format!(
                "The server runs but is not usable after two minutes; {}",
                end_of(log)
            )));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    // Something else could answer on the port while our own server has ended.
    check_alive(child, log)
}

/// Waits until the server ends by itself, which is a failure, or a signal asks for the end.
pub fn watch(child: &mut Child, log: &Path, stop: &Stop) -> Result<(), Failure> {
    loop {
        stop.check()?;
        check_alive(child, log)?;
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn check_alive(child: &mut Child, log: &Path) -> Result<(), Failure> {
    match process::ended(child)? {
        None => Ok(()),
        Some(status) => Err(Failure::said(format!(
            "The server ended by itself ({status}); {}",
            end_of(log)
        ))),
    }
}

fn end_of(log: &Path) -> String {
    format!(
        "the end of {} says:\n{}",
        log.display(),
        last_lines(log, 20)
    )
}

/// Whether `/health/ready` answers 200.
fn ready(port: u16) -> bool {
    answer(port).is_ok_and(|line| line.starts_with("HTTP/1.1 200"))
}

fn answer(port: u16) -> std::io::Result<String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(2))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let request = format!(
        "GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes())?;
    let mut start = [0_u8; 12];
    stream.read_exact(&mut start)?;
    Ok(String::from_utf8_lossy(&start).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_binary_is_read_from_cargos_own_message() {
        let line = r#"{"reason":"compiler-artifact","executable":"/t/debug/kortkontor"}"#;
        assert_eq!(executable(line), Some(PathBuf::from("/t/debug/kortkontor")));
        assert_eq!(
            executable(r#"{"reason":"compiler-artifact","executable":null}"#),
            None
        );
        assert_eq!(executable("   Compiling cards-server"), None);
    }

    #[test]
    fn a_named_database_gets_a_password_file_and_a_private_one_none() {
        let state = std::env::temp_dir().join(format!("kortkontor-config-{}", std::process::id()));
        std::fs::create_dir_all(&state).unwrap();
        let written = |database: &Database| {
            configure(&state, Ports::of(8081).unwrap(), database).unwrap();
            std::fs::read_to_string(state.join("kortkontor.toml")).unwrap()
        };
        let private = written(&Database::Private {
            admin_url: "postgresql:///k?user=postgres".to_owned(),
            app_url: "postgresql:///k?user=kortkontor_app".to_owned(),
        });
        assert!(private.contains("listen = \"127.0.0.1:8081\""));
        assert!(private.contains("[http.tls]\nlisten = \"127.0.0.1:8444\""));
        assert!(!private.contains("app_password_file"));
        let named = written(&Database::Named("postgresql://a:b@db/k".to_owned()));
        assert!(named.contains("app_url = \"postgresql://kortkontor_app@db/k\""));
        assert!(named.contains("app_password_file"));
        std::fs::remove_dir_all(&state).unwrap();
    }
}
