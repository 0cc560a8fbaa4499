//! `kortkontor client`: system clients, which ask through the API. What is done here leaves its line
//! in the log as done by somebody with access to the server.

use std::path::{Path, PathBuf};

use cards_app::clients::{ClientKey, NewClient, SystemClient};
use cards_app::{Lane, Link};
use cards_domain::access::ClientFunction;
use cards_domain::ids::ClientId;
use cards_domain::values::HsaId;
use cards_http::api_token::{TOKEN_PATH, read_key};
use clap::{Args, Subcommand};

use super::{Done, say};
use crate::{Config, System, demo};

/// What is done with system clients.
#[derive(Subcommand)]
pub enum What {
    /// Register a client.
    Add(Add),
    /// Give a client another key, retire one, or both.
    Rotate {
        /// The client's id.
        client: ClientId,
        /// The new public key, a JSON Web Key.
        #[arg(long, required_unless_present = "retire")]
        key: Option<PathBuf>,
        /// The kid of the key to retire.
        #[arg(long)]
        retire: Option<String>,
    },
    /// Revoke a client, its keys and its tokens for good, at once.
    Revoke {
        /// The client's id.
        client: ClientId,
    },
    /// List the clients.
    List,
}

/// A client to be registered.
#[derive(Args)]
pub struct Add {
    /// What people call it.
    #[arg(long)]
    name: String,
    /// HSA-id of the organisation that answers for it.
    #[arg(long)]
    organisation: String,
    /// What it may do; repeat the option for more.
    #[arg(long = "function", default_value = "check_card_status")]
    functions: Vec<ClientFunction>,
    /// Its public key, a JSON Web Key (ES256, RS256 or EdDSA, with a kid).
    #[arg(long)]
    key: PathBuf,
    /// Most requests in a minute.
    #[arg(long, default_value_t = 60)]
    rate: u32,
}

type Failed = Box<dyn std::error::Error>;

pub(super) fn run(config: &Config, what: What) -> Done {
    let system = System::build(config, "")?;
    let app = &system.app;
    let mut link = app.db.link(Lane::Short)?;
    let call = demo::operator_call(app);
    match what {
        What::Add(add) => {
            let new = add.read(&mut link)?;
            let client = app.register_client(&mut link, &call, new)?;
            say(&format!("registered: {}", line(&client)));
            let address = config.http.public_url.join(TOKEN_PATH)?;
            say(&format!(
                "it signs with iss = sub = {}, aud = {address}",
                client.id
            ));
        }
        What::Rotate {
            client,
            key,
            retire,
        } => {
            let key = key.as_deref().map(key_file).transpose()?;
            let keys = (key, retire.as_deref());
            let client = app.rotate_client_key(&mut link, &call, client, keys)?;
            say(&format!("changed: {}", line(&client)));
        }
        What::Revoke { client } => {
            let client = app.revoke_client(&mut link, &call, client)?;
            say(&format!("revoked: {}", line(&client)));
        }
        What::List => {
            for client in link.clients()? {
                say(&line(&client));
            }
        }
    }
    Ok(())
}

impl Add {
    fn read(self, link: &mut Link) -> Result<NewClient, Failed> {
        let organisation = HsaId::parse_import(&self.organisation)?;
        Ok(NewClient {
            name: self.name,
            organisation: link
                .organisation_by_hsa_id(&organisation.search_key())?
                .ok_or("no organisation in the directory has that HSA-id")?,
            functions: self.functions,
            key: key_file(&self.key)?,
            rate_per_minute: self.rate,
        })
    }
}

fn key_file(path: &Path) -> Result<ClientKey, Failed> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let key = read_key(&text).map_err(|problem| format!("{}: {problem}", path.display()))?;
    Ok(key)
}

/// One client in one line: id, name, functions, limit, kids, and whether it is revoked.
fn line(client: &SystemClient) -> String {
    let functions: Vec<&str> = client.functions.iter().map(<&str>::from).collect();
    let keys = client.keys.iter();
    let keys: Vec<String> = keys
        .map(|key| format!("{} ({})", key.kid, <&str>::from(key.alg)))
        .collect();
    let revoked = client
        .revoked_at
        .map_or_else(String::new, |at| format!(" · revoked {}", at.to_rfc3339()));
    format!(
        "{} · {} · {} · {}/min · {}{revoked}",
        client.id,
        client.name,
        functions.join(" "),
        client.rate_per_minute,
        keys.join(", "),
    )
}
