//! CFSSL as an authority over HTTP: `cfssl serve` signs one request again and again, with its key in
//! a file. With storage it writes each certificate into a table of the same PostgreSQL.

use std::path::Path;
use std::process::Command;

use cards_pki::algorithm::Algorithm;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use serde_json::json;

use super::{Other, files, free_port};
use crate::run::figure::Figure;
use crate::run::http::Load;

/// The table of CFSSL's own migrations, in a schema of its own.
const TABLES: &str = "DROP SCHEMA IF EXISTS cfssl CASCADE; CREATE SCHEMA cfssl; \
    CREATE TABLE cfssl.certificates (serial_number bytea NOT NULL, \
      authority_key_identifier bytea NOT NULL, ca_label bytea, status bytea NOT NULL, reason int, \
      expiry timestamptz, revoked_at timestamptz, pem bytea NOT NULL, \
      PRIMARY KEY (serial_number, authority_key_identifier));";

/// A running CFSSL and what it is asked.
pub struct Cfssl {
    load: Load,
    _running: Other,
}

impl Cfssl {
    /// Starts one whose authority has a key of the kind. `database` is where it stores, if it does.
    pub fn start(
        folder: &Path,
        algorithm: Algorithm,
        database: Option<(&mut PgConnection, &str)>,
    ) -> Self {
        let authority = files::authority(folder, algorithm);
        let usages = ["signing", "digital signature", "client auth"];
        let config = json!({"signing": {"default": {"expiry": "8760h", "usages": usages}}});
        std::fs::write(folder.join("config.json"), config.to_string()).unwrap();
        let port = free_port();
        let mut command = Command::new("cfssl");
        command.current_dir(folder);
        command.args(["serve", "-address", "127.0.0.1", "-loglevel", "5"]);
        command.args(["-port", &port.to_string(), "-config", "config.json"]);
        command.arg("-ca").arg(&authority.certificate);
        command.arg("-ca-key").arg(&authority.key);
        if let Some((conn, url)) = database {
            conn.batch_execute(TABLES).unwrap();
            let source = format!("{url}&sslmode=disable&search_path=cfssl");
            let settings = json!({"driver": "postgres", "data_source": source});
            std::fs::write(folder.join("db.json"), settings.to_string()).unwrap();
            command.args(["-db-config", "db.json"]);
        }
        let running = Other::start(command, &folder.join("cfssl.log"), port);
        let asked = json!({
            "certificate_request": files::request(folder),
            "hosts": ["card.example.invalid"],
        });
        let url = format!("http://127.0.0.1:{port}/api/v1/cfssl/sign");
        Self {
            load: Load::posting(folder, &url, &asked.to_string()),
            _running: running,
        }
    }

    /// Lets it sign with so many clients for so long.
    pub fn run(&self, clients: u32, seconds: u32) -> Figure {
        self.load.run(clients, seconds)
    }
}

/// How many certificates it has stored.
pub fn stored(conn: &mut PgConnection) -> String {
    let query = "SELECT count(*)::text AS text FROM cfssl.certificates";
    crate::run::lines::texts(conn, query).remove(0)
}
