//! The listener for monitoring: measurements and nothing else, on an address that the public cannot
//! reach. Every process has one, the web server and the worker.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use actix_web::{App as Web, HttpServer, web};

use crate::config::Environment;
use crate::wire::{WireError, part};
use crate::{Config, System};

/// Where production is measured when the configuration says nothing.
const USUAL: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 9464);

/// Begins to answer, for as long as the runtime lives. Without an address of its own a
/// demonstration has none: it shows its measurements on the portals' listener.
///
/// # Errors
/// The address that the configuration names is taken.
pub fn open(system: &System, config: &Config) -> Result<(), WireError> {
    let named = config.http.metrics_listen;
    let usual = (config.environment == Environment::Production).then_some(USUAL);
    let Some(address) = named.or(usual) else {
        return Ok(());
    };
    let listener = match TcpListener::bind(address) {
        Ok(listener) => listener,
        // Server and worker on one machine: the second one needs an address of its own.
        Err(error) if named.is_none() => {
            tracing::warn!(%address, %error, "nothing is measured: set [http] metrics_listen");
            return Ok(());
        }
        Err(error) => return Err(part("[http] metrics_listen")(error)),
    };
    let app = web::Data::new(system.app.clone());
    let metrics = web::Data::new(system.metrics.clone());
    let server = HttpServer::new(move || {
        Web::new()
            .app_data(app.clone())
            .app_data(metrics.clone())
            .configure(cards_http::metrics::routes)
    });
    let server = server
        .workers(1)
        .disable_signals()
        .listen(listener)
        .map_err(part("[http] metrics_listen"))?;
    actix_web::rt::spawn(server.run());
    Ok(())
}
