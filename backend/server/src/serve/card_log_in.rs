//! The listener that asks browsers for a card. A certificate of whatever kind is taken in the
//! handshake if its holder proves to have the key; whether it is one of ours is said on a page
//! afterwards, since what browsers say of a broken handshake helps nobody. Connections are used for
//! one request and never resumed: the next person at the same screen shows a card of their own.

use std::any::Any;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::dev::{Extensions, Server};
use actix_web::http::KeepAlive;
use actix_web::rt::net::TcpStream;
use actix_web::{App as Web, HttpServer, web};
use cards_app::card_log_in::ShownCertificate;
use cards_app::ports::Clock;
use cards_http::{FailureView, Site, wrap_around};
use rustls::client::danger::HandshakeSignatureValid;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{NoServerSessionStorage, WebPkiClientVerifier};
use rustls::{
    ALL_VERSIONS, DigitallySignedStruct, DistinguishedName, Error, RootCertStore, ServerConfig,
    SignatureScheme,
};

use super::tls;
use crate::config::CardLogIn;
use crate::wire::{WireError, part};
use crate::{Config, System};

const SECTION: &str = "[http.card_log_in]";

/// Starts asking for cards on `listener`.
///
/// # Errors
/// There is no authority, or the listener cannot be used.
pub(super) fn start(
    system: &System,
    config: &Config,
    (listener, section): (TcpListener, &CardLogIn),
    (site, failures): (web::Data<Site>, web::Data<dyn FailureView>),
) -> Result<Server, WireError> {
    let chains = chains(system)?;
    let settings = settings(system, &chains, tls::shown(config, section.files())?)?;
    let app = web::Data::new(system.app.clone());
    let clock = Arc::clone(&system.app.ports.clock);
    let server = HttpServer::new(move || {
        let web = Web::new()
            .app_data(app.clone())
            .app_data(site.clone())
            .app_data(failures.clone())
            .configure(cards_http::card_log_in::route_with_card)
            .default_service(web::to(cards_http::nowhere));
        wrap_around!(web)
    })
    .on_connect(move |connection: &dyn Any, data: &mut Extensions| {
        let Some(tls) = connection.downcast_ref::<TlsStream<TcpStream>>() else {
            return;
        };
        if let Some([own, above @ ..]) = tls.get_ref().1.peer_certificates() {
            let is_trusted = chains.verify_client_cert(own, above, unix(&*clock)).is_ok();
            let der = own.to_vec();
            data.insert(ShownCertificate { der, is_trusted });
        }
    })
    .keep_alive(KeepAlive::Disabled)
    .workers(1)
    .shutdown_timeout(5)
    .listen_rustls_0_23(listener, settings)
    .map_err(part(SECTION))?;
    Ok(server.run())
}

/// What the issuing authorities have signed for log-in, and nothing else. Cards carry no chain, so
/// each of the authorities is trusted by itself.
fn chains(system: &System) -> Result<Chains, WireError> {
    let authority = system.app.ports.authority.as_ref();
    let authority = authority.ok_or_else(|| part(SECTION)("there is no [authority]"))?;
    let mut roots = RootCertStore::empty();
    for sheet in authority.authorities() {
        if sheet.issues.is_some() {
            let added = roots.add(CertificateDer::from(sheet.certificate));
            added.map_err(part(SECTION))?;
        }
    }
    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), tls::provider())
        .allow_unauthenticated()
        .build()
        .map_err(part(SECTION))
}

type Chains = Arc<dyn ClientCertVerifier>;

fn settings(
    system: &System,
    chains: &Chains,
    shown: tls::Shown,
) -> Result<ServerConfig, WireError> {
    let time = Arc::new(Time(Arc::clone(&system.app.ports.clock)));
    let asking = Arc::new(Asking(Arc::clone(chains)));
    let mut settings = ServerConfig::builder_with_details(tls::provider(), time)
        .with_protocol_versions(ALL_VERSIONS)
        .and_then(|settings| {
            settings
                .with_client_cert_verifier(asking)
                .with_single_cert(shown.chain, shown.key)
        })
        .map_err(part(SECTION))?;
    settings.session_storage = Arc::new(NoServerSessionStorage {});
    settings.send_tls13_tickets = 0;
    Ok(settings)
}

/// The application's time, as TLS counts it.
#[derive(Clone)]
struct Time(Arc<dyn Clock>);

impl std::fmt::Debug for Time {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Time")
    }
}

impl rustls::time_provider::TimeProvider for Time {
    fn current_time(&self) -> Option<UnixTime> {
        Some(unix(&*self.0))
    }
}

fn unix(clock: &dyn Clock) -> UnixTime {
    let seconds = u64::try_from(clock.now().timestamp()).unwrap_or_default();
    UnixTime::since_unix_epoch(Duration::from_secs(seconds))
}

/// Asks for a certificate, names ours as those that are wanted, and lets everybody through who
/// proves to have the key of what they show, or shows nothing. Who that is, is decided afterwards.
#[derive(Debug)]
struct Asking(Chains);

impl ClientCertVerifier for Asking {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.0.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0
            .verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0
            .verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}
