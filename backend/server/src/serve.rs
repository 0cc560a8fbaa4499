//! The web server: the portals, the API, health, and in the demonstration its own pages.

mod card_log_in;
mod metrics;
mod own_certificate;
mod tls;

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::dev::Server;
use actix_web::guard::{GuardContext, fn_guard};
use actix_web::{App as Web, HttpResponse, HttpResponseBuilder, HttpServer, Scope, web};
use cards_app::{App, Lane};
use cards_gateways::demo_identity::Request;
use cards_http::api_person::SignedTexts;
use cards_http::demo::{DemoReply, DemoRequest};
use cards_http::{FailureView, LimitSettings, Site, SiteSettings, wrap_around};
use cards_portal::assets::{Asset, asset_url};
use cards_portal::demo::DemoDesk;

use crate::demo::desk::Desk;
use crate::wire::WireError;
use crate::work::Worker;
use crate::{Config, System};

pub use tls::Doors;

/// Attempts to log in, per minute and address: a whole office may stand behind one.
const SIGN_INS: u32 = 120;
/// Tokens asked for and wrong tokens shown, per minute and address: many systems may stand behind one.
const TOKENS: u32 = 240;

type Done = Result<(), Box<dyn std::error::Error>>;

/// `kortkontor serve`: until SIGINT or SIGTERM.
///
/// # Errors
/// The address is taken, the database is not ready, or a part does not start.
pub fn run(config: &Config, work: bool) -> Done {
    let doors = Doors::open(config)?;
    let mut system = System::build(config, asset_url(Asset::Css))?;
    system.app.db.link(Lane::Short)?.readiness()??;
    system.open_authority(config)?;
    let system = Arc::new(system);
    let worker = work.then(|| Worker::start(Arc::clone(&system)));
    let served: Done = actix_web::rt::System::new().block_on(async {
        metrics::open(&system, config)?;
        let (server, cards) = start_all(&system, config, doors)?;
        match cards {
            Some(cards) => tokio::try_join!(server, cards).map(drop)?,
            None => server.await?,
        }
        Ok(())
    });
    if let Some(worker) = worker {
        worker.stop();
    }
    served
}

/// `kortkontor work`: until SIGINT or SIGTERM.
///
/// # Errors
/// The database is not ready, or a part does not start.
pub fn work_only(config: &Config) -> Done {
    let mut system = System::build(config, "")?;
    system.app.db.link(Lane::Short)?.readiness()??;
    system.open_authority(config)?;
    let system = Arc::new(system);
    let worker = Worker::start(Arc::clone(&system));
    actix_web::rt::System::new().block_on(async {
        use tokio::signal::unix::{SignalKind, signal};
        metrics::open(&system, config).map_err(std::io::Error::other)?;
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        Ok::<(), std::io::Error>(())
    })?;
    worker.stop();
    Ok(())
}

/// Starts answering on `listener`.
///
/// # Errors
/// The listener cannot be used.
pub fn start(system: &System, config: &Config, listener: TcpListener) -> std::io::Result<Server> {
    let doors = Doors::plain(listener);
    let started = start_all(system, config, doors).map_err(std::io::Error::other)?;
    Ok(started.0)
}

/// Starts answering at every door: the portals, and the log-in with the card where there is one.
///
/// # Errors
/// A listener cannot be used, or what it needs is missing.
pub fn start_all(
    system: &System,
    config: &Config,
    doors: Doors,
) -> Result<(Server, Option<Server>), WireError> {
    let behind_proxy = config.http.is_behind_proxy;
    let site_of = |behind_proxy| web::Data::new(site(config, system, behind_proxy));
    let failures: Arc<dyn FailureView> = Arc::new(cards_portal::pages::NoticePages);
    let failures: web::Data<dyn FailureView> = web::Data::from(failures);
    let cards = match (doors.card, &config.http.card_log_in) {
        (Some(door), Some(section)) => {
            // No proxy stands between a card and this server.
            let shared = (site_of(false), failures.clone());
            Some(card_log_in::start(system, config, (door, section), shared)?)
        }
        _ => None,
    };
    let with_tls = doors.tls.zip(tls::settings(config)?);
    let shared = (site_of(behind_proxy), failures);
    let server = portals(system, config, (doors.plain, with_tls), shared);
    Ok((server.map_err(crate::wire::part("[http] listen"))?, cards))
}

type WithTls = Option<(TcpListener, rustls::ServerConfig)>;

fn portals(
    system: &System,
    config: &Config,
    (listener, with_tls): (TcpListener, WithTls),
    (site, failures): (web::Data<Site>, web::Data<dyn FailureView>),
) -> std::io::Result<Server> {
    let app = web::Data::new(system.app.clone());
    let metrics = web::Data::new(system.metrics.clone());
    let shows_metrics = config.environment != crate::config::Environment::Production;
    let folder = config.demonstration.folder.clone();
    let desk = system
        .demo
        .clone()
        .map(|wired| Desk::new(wired, folder, system.app.clone()));
    let document = web::Data::new(cards_portal::open::ApiDocument(cards_api::openapi()));
    let phone = config.contact.servicedesk_phone.clone();
    let phone = web::Data::new(cards_portal::open::ServicedeskPhone(phone));
    let signed: Arc<dyn SignedTexts> = Arc::new(cards_portal::id_admin::PortalTexts);
    let signed: web::Data<dyn SignedTexts> = web::Data::from(signed);
    let server = HttpServer::new(move || {
        let web = Web::new()
            .app_data(app.clone())
            .app_data(signed.clone())
            .app_data(site.clone())
            .app_data(metrics.clone())
            .app_data(failures.clone())
            .app_data(document.clone())
            .app_data(phone.clone())
            .configure(cards_http::unreadable)
            // Asked most of all, so held against the fewest patterns.
            .configure(cards_http::pki::routes)
            .configure(cards_http::sign_in::routes)
            .configure(cards_http::card_log_in::routes)
            .configure(cards_portal::assets::routes)
            .configure(cards_portal::open::routes)
            .configure(cards_http::card_client::routes)
            .configure(|routes| {
                if shows_metrics {
                    cards_http::metrics::routes(routes);
                }
            })
            .configure(health)
            .service(under("/api/", cards_api::routes))
            .service(under("/mina-sidor", cards_portal::mina_sidor::routes))
            .service(under("/id-admin", cards_portal::id_admin::routes))
            .service(under("/servicedesk", cards_portal::servicedesk::routes))
            .default_service(web::to(cards_http::nowhere));
        let web = match &desk {
            Some(desk) => web.configure(|routes| demonstration(routes, desk)),
            None => web,
        };
        wrap_around!(web.wrap(actix_web::middleware::Compress::default()))
    })
    .workers(config.http.workers)
    .shutdown_timeout(5)
    .listen(listener)?;
    let server = match with_tls {
        Some((listener, settings)) => server.listen_rustls_0_23(listener, settings)?,
        None => server,
    };
    Ok(server.run())
}

/// Routes that all begin with `prefix`. A request is held against the patterns one after the other;
/// so it is held only against those of its own portal.
fn under(prefix: &'static str, routes: impl FnOnce(&mut web::ServiceConfig)) -> Scope {
    let is_under = move |asked: &GuardContext<'_>| asked.head().uri.path().starts_with(prefix);
    web::scope("").guard(fn_guard(is_under)).configure(routes)
}

fn site(config: &Config, system: &System, is_behind_proxy: bool) -> Site {
    let own = config.oidc.is_none();
    let identity_provider = config.oidc.as_ref().map_or_else(
        || config.http.public_url.clone(),
        |oidc| oidc.issuer.clone(),
    );
    let settings = SiteSettings {
        public_url: config.http.public_url.clone(),
        identity_provider,
        sends_hints: own,
        api_audience: config.api_audience(),
        card_log_in: config
            .http
            .card_log_in
            .as_ref()
            .map(|card| card.public_url.clone()),
        card_client: config.card_client_url(),
        is_behind_proxy,
        limits: LimitSettings {
            sign_in_per_minute: SIGN_INS,
            search_per_minute: config.http.searches_per_minute,
            token_per_minute: TOKENS,
            status_per_minute: config.http.status_questions_per_minute,
        },
    };
    Site::new(settings, Arc::clone(&system.app.ports.entropy))
}

/// The demonstration's own pages and its identity provider.
fn demonstration(routes: &mut web::ServiceConfig, desk: &Desk) {
    let identity = Arc::clone(desk.identity());
    cards_http::demo::routes(
        routes,
        Arc::new(move |asked: DemoRequest| {
            let reply = identity.answer(&Request {
                method: asked.method,
                path: asked.path,
                query: asked.query,
                authorization: asked.authorization,
                body: asked.body,
            });
            DemoReply {
                status: reply.status,
                content_type: reply.content_type,
                location: reply.location,
                body: reply.body,
            }
        }),
    );
    let pages: Arc<dyn DemoDesk> = Arc::new(desk.clone());
    routes
        .app_data(web::Data::from(pages))
        .configure(cards_portal::demo::routes);
}

fn health(routes: &mut web::ServiceConfig) {
    routes
        .route(
            "/health/live",
            web::get().to(|| async { said(HttpResponse::Ok(), "live\n") }),
        )
        .route("/health/ready", web::get().to(ready));
}

/// 200 only when requests can be answered: the database is there and its schema is ours.
async fn ready(app: web::Data<App>) -> HttpResponse {
    let asked = app
        .run(Lane::Short, |_, link| {
            Ok(link.readiness()?.map_err(|reason| reason.to_string()))
        })
        .await;
    match asked {
        Ok(Ok(())) => said(HttpResponse::Ok(), "ready\n"),
        Ok(Err(reason)) => said(HttpResponse::ServiceUnavailable(), format!("{reason}\n")),
        Err(_) => said(
            HttpResponse::ServiceUnavailable(),
            "the database cannot be reached\n",
        ),
    }
}

/// Plain text, as the API's document says.
fn said(mut answer: HttpResponseBuilder, text: impl Into<String>) -> HttpResponse {
    answer
        .content_type("text/plain; charset=utf-8")
        .body(text.into())
}
