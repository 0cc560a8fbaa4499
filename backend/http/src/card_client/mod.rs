//! What card clients ask for: a task is fetched once, with a code or a token, and gone on with by a
//! secret that is shown with every call. No cookies, no sessions, no names; JSON both ways. PINs and
//! PUKs have no field here.

mod asked;
mod problem;
mod told;

use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL};
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cards_app::card_tasks::{Bearer, CardProof};
use cards_app::{App, Failure, Lane, Link};
use cards_domain::card_task::hex;
use cards_domain::ids::CardTaskId;
use serde_json::{Value, json};

use crate::actor::{app, site};
use crate::correlation::Correlation;
use asked::{Certificate, Challenge, Fetch, GivenUp, Proof, Report, Request, Step, Written, read};
use problem::{Problem, Told};

/// Where everything here begins.
pub const CARD_CLIENT_PATH: &str = "/card-client/v1";

/// The routes.
pub fn routes(routes: &mut web::ServiceConfig) {
    routes
        .route("/card-client/v1/tasks/fetch", web::post().to(fetch))
        .route("/card-client/v1/tasks/{id}", web::get().to(sheet))
        .route("/card-client/v1/tasks/{id}/steps", web::post().to(step))
        .route(
            "/card-client/v1/tasks/{id}/card-challenge",
            web::post().to(card_challenge),
        )
        .route("/card-client/v1/tasks/{id}/proof", web::post().to(proof))
        .route(
            "/card-client/v1/tasks/{id}/requests",
            web::post().to(requested),
        )
        .route(
            "/card-client/v1/tasks/{id}/written",
            web::post().to(written),
        )
        .route(
            "/card-client/v1/tasks/{id}/deleted",
            web::post().to(deleted),
        )
        .route("/card-client/v1/tasks/{id}/report", web::post().to(report))
        .route(
            "/card-client/v1/tasks/{id}/given-up",
            web::post().to(given_up),
        );
}

type Id = web::Path<String>;
type Answer = Result<HttpResponse, Problem>;

async fn fetch(request: HttpRequest, payload: web::Payload) -> Answer {
    let asked: Fetch = read(payload).await?;
    let (presented, client) = (asked.presented()?, asked.client());
    // What cannot be guessed need not be counted.
    if asked.is_typed() {
        let limits = &site(&request)
            .map_err(|fault| Problem::of_fault(&fault))?
            .limits;
        limits
            .task_code(&request)
            .map_err(|fault| Problem::of_fault(&fault))?;
    }
    let correlation = Correlation::of(&request).0;
    let work =
        move |app: &App, link: &mut Link| app.fetch_task(link, &presented, &client, &correlation);
    let app = app(&request).map_err(|fault| Problem::of_fault(&fault))?;
    let fetched = app.run(Lane::Short, work).await;
    let fetched = fetched.map_err(|failure| Problem::of_fetching(&request, &failure))?;
    let mut sheet = told::sheet(&fetched.sheet);
    if let Some(members) = sheet.as_object_mut() {
        members.insert("secret".to_owned(), json!(fetched.secret));
    }
    Ok(said(&sheet))
}

async fn sheet(request: HttpRequest, id: Id) -> Answer {
    let sheet = ask(&request, &id, |app, link, bearer| {
        app.task_sheet(link, bearer)
    });
    Ok(said(&told::sheet(&sheet.await?)))
}

async fn step(request: HttpRequest, id: Id, payload: web::Payload) -> Answer {
    let step: Step = read(payload).await?;
    let step = step.read()?;
    ask(&request, &id, move |app, link, bearer| {
        app.task_step(link, bearer, step)
    })
    .await?;
    Ok(done())
}

async fn card_challenge(request: HttpRequest, id: Id, payload: web::Payload) -> Answer {
    let asked: Challenge = read(payload).await?;
    let question = asked.read()?;
    let answer = ask(&request, &id, move |app, link, bearer| {
        app.answer_chip(link, bearer, &question)
    });
    Ok(said(&json!({ "response": hex(&answer.await?) })))
}

async fn proof(request: HttpRequest, id: Id, payload: web::Payload) -> Answer {
    let proof: Proof = read(payload).await?;
    ask(&request, &id, move |app, link, bearer| {
        let proof = CardProof {
            certificate: &proof.certificate.0,
            signature: &proof.signature.0,
        };
        app.prove_card(link, bearer, proof)
    })
    .await?;
    Ok(done())
}

async fn requested(request: HttpRequest, id: Id, payload: web::Payload) -> Answer {
    let asked: Request = read(payload).await?;
    let certificate = ask(&request, &id, move |app, link, bearer| {
        app.request_for_task(link, bearer, (asked.profile, &asked.request.0))
    });
    Ok(said(&json!({ "certificate": certificate.await? })))
}

async fn written(request: HttpRequest, id: Id, payload: web::Payload) -> Answer {
    let asked: Written = read(payload).await?;
    ask(&request, &id, move |app, link, bearer| {
        app.written_to_card(link, bearer, (asked.certificate, &asked.signature.0))
    })
    .await?;
    Ok(done())
}

async fn deleted(request: HttpRequest, id: Id, payload: web::Payload) -> Answer {
    let asked: Certificate = read(payload).await?;
    ask(&request, &id, move |app, link, bearer| {
        app.deleted_from_card(link, bearer, asked.certificate)
    })
    .await?;
    Ok(done())
}

async fn report(request: HttpRequest, id: Id, payload: web::Payload) -> Answer {
    let report: Report = read(payload).await?;
    let report = report.read()?;
    ask(&request, &id, move |app, link, bearer| {
        app.task_report(link, bearer, &report)
    })
    .await?;
    Ok(done())
}

async fn given_up(request: HttpRequest, id: Id, payload: web::Payload) -> Answer {
    let asked: GivenUp = read(payload).await?;
    ask(&request, &id, move |app, link, bearer| {
        app.give_up_task(link, bearer, asked.cause)
    })
    .await?;
    Ok(done())
}

/// Does `work` for the task whose secret the request shows.
async fn ask<T, F>(request: &HttpRequest, id: &str, work: F) -> Result<T, Problem>
where
    T: Send + 'static,
    F: FnOnce(&App, &mut Link, &Bearer) -> Result<T, Failure> + Send + 'static,
{
    let (Ok(id), Some(secret)) = (id.parse::<CardTaskId>(), secret(request)) else {
        return Err(Problem::of(Told::NoSuchTask, request));
    };
    let correlation = Correlation::of(request).0;
    let asked = move |app: &App, link: &mut Link| {
        let bearer = app.task_bearer(link, id, &secret, &correlation)?;
        let language = bearer.task.language.clone();
        Ok(work(app, link, &bearer).map_err(|failure| (language, failure)))
    };
    let app = app(request).map_err(|fault| Problem::of_fault(&fault))?;
    match app.run(Lane::Short, asked).await {
        Ok(Ok(told)) => Ok(told),
        Ok(Err((language, failure))) => Err(Problem::of_task(&language, &failure)),
        Err(failure) => Err(Problem::of_bearer(request, &failure)),
    }
}

/// What stands after `Bearer` in the request's header.
fn secret(request: &HttpRequest) -> Option<String> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = header.trim().split_once(' ')?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    is_bearer.then(|| secret.trim().to_owned())
}

fn said(body: &Value) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(body)
}

fn done() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((CACHE_CONTROL, "no-store"))
        .finish()
}

/// Bytes as they travel: Base64 with padding.
fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}
