//! TLS of the server's own: which certificate a listener shows.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;

use cards_app::ports::Clock as _;
use cards_gateways::clock::SystemClock;
use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::own_certificate;
use crate::Config;
use crate::config::CertificateFiles;
use crate::wire::{WireError, part};

/// The certificate of a listener with those above it, and its key.
pub(super) struct Shown {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
}

/// The certificate that the configuration names, or the one that is made for this machine.
pub(super) fn shown(config: &Config, files: CertificateFiles<'_>) -> Result<Shown, WireError> {
    let (certificate, key) = match files {
        (Some(certificate), Some(key)) => (certificate.to_owned(), key.to_owned()),
        _ => own(config)?,
    };
    let chain = CertificateDer::pem_file_iter(&certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(part("certificate_file"))?;
    let key = PrivateKeyDer::from_pem_file(&key).map_err(part("key_file"))?;
    Ok(Shown { chain, key })
}

/// Browsers and clients ask the machine's clock, so a demonstration's clock that has been moved
/// counts for nothing here.
fn own(config: &Config) -> Result<(PathBuf, PathBuf), WireError> {
    let folder = config.data_dir.join("tls");
    own_certificate::kept(&folder, SystemClock.now()).map_err(part("data_dir/tls"))
}

pub(super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

/// What the listener with TLS answers with.
pub(super) fn settings(config: &Config) -> Result<Option<ServerConfig>, WireError> {
    let Some(tls) = &config.http.tls else {
        return Ok(None);
    };
    let shown = shown(config, tls.files())?;
    ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .and_then(|settings| {
            settings
                .with_no_client_auth()
                .with_single_cert(shown.chain, shown.key)
        })
        .map(Some)
        .map_err(part("[http.tls]"))
}

/// The sockets of a server, so that an address that is taken is told of before anything begins.
pub struct Doors {
    /// Without TLS.
    pub plain: TcpListener,
    /// With TLS.
    pub tls: Option<TcpListener>,
    /// That asks for cards.
    pub card: Option<TcpListener>,
}

impl Doors {
    /// Opens those that the configuration names.
    ///
    /// # Errors
    /// An address is taken.
    pub fn open(config: &Config) -> Result<Self, String> {
        let http = &config.http;
        let tls = http.tls.as_ref().map(|tls| tls.listen);
        let card = http.card_log_in.as_ref().map(|card| card.listen);
        Ok(Self {
            plain: opened("[http] listen", http.listen)?,
            tls: tls.map(|at| opened("[http.tls] listen", at)).transpose()?,
            card: card
                .map(|at| opened("[http.card_log_in] listen", at))
                .transpose()?,
        })
    }

    /// A door without TLS alone.
    #[must_use]
    pub fn plain(plain: TcpListener) -> Self {
        Self {
            plain,
            tls: None,
            card: None,
        }
    }
}

fn opened(key: &str, at: std::net::SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(at)
        .map_err(|error| format!("cannot listen on {at}: {error}; choose another {key}"))
}
