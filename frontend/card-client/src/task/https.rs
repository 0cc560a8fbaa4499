//! TLS: nothing is ever sent without it, and no other server is followed to.

use super::place::Server;
use super::wire::{Call, Reply, Wire, WireFault};
use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Error};
use secrecy::ExposeSecret;
use std::io::Read;
use std::time::Duration;

/// How long one call may take. A card waits in the reader meanwhile.
const PATIENCE: Duration = Duration::from_secs(20);

/// No answer is longer.
const LONGEST: u64 = 1024 * 1024;

/// A server over TLS.
pub struct Https {
    client: Client,
    server: Server,
}

impl Https {
    /// A way to a server, which proves itself by the system's roots, or by these alone (PEM).
    /// `None` when the roots cannot be read.
    #[must_use]
    pub fn to(server: Server, roots: Option<&[u8]>) -> Option<Self> {
        let mut builder = Client::builder()
            .https_only(true)
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .user_agent(concat!("kortklient/", env!("CARGO_PKG_VERSION")));
        if let Some(pem) = roots {
            let roots = Certificate::from_pem_bundle(pem).ok()?;
            if roots.is_empty() {
                return None;
            }
            builder = builder.tls_certs_only(roots);
        }
        let client = builder.build().ok()?;
        Some(Self { client, server })
    }
}

impl Wire for Https {
    fn send(&self, call: &Call<'_>) -> Result<Reply, WireFault> {
        let address = self.server.with(call.path);
        let mut request = match &call.body {
            Some(body) => self
                .client
                .post(address)
                .header("content-type", "application/json")
                .body(body.clone()),
            None => self.client.get(address),
        };
        if let Some(secret) = call.bearer {
            request = request.bearer_auth(secret.expose_secret());
        }
        let response = request.send().map_err(|error| fault(&error))?;
        read(response)
    }
}

fn read(response: Response) -> Result<Reply, WireFault> {
    let status = response.status().as_u16();
    let mut body = Vec::new();
    let read = response.take(LONGEST).read_to_end(&mut body);
    read.map_err(|_| WireFault::NoContact)?;
    Ok(Reply { status, body })
}

/// The library tells a refused certificate only in what it says of the cause.
fn fault(error: &Error) -> WireFault {
    let said = format!("{error:?}");
    if said.contains("InvalidCertificate") || said.contains("certificate") {
        WireFault::Untrusted
    } else {
        WireFault::NoContact
    }
}
