//! From a request to its answer, in the same way for every operation.

use std::time::Duration;

use actix_web::dev::ResourceDef;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, Resource, guard, web};
use cards_app::Lane;
use cards_http::api_person::{NoCaller, call_in, vouched_for};
use cards_http::{LONGEST_WAIT, discard_body, read_body};

use crate::asked::Sent as Request;
use crate::kind::Kind;
use crate::operation::{MOST_BYTES, Operation, Run, Verb, Work};
use crate::operations::operations;
use crate::problem::Problem;
use crate::reply::{Reply, Sent, Wrong};

/// For so long a body is read that is thrown away.
const SHORTEST_WAIT: Duration = Duration::from_secs(2);

/// The operation's route.
pub(crate) fn resource(operation: &'static Operation) -> Resource {
    let verb = operation.verb.method();
    let resource = web::resource(operation.path).guard(guard::fn_guard(move |context| {
        context.head().method == verb
    }));
    resource
        .to(move |request: HttpRequest, payload: web::Payload| answer(operation, request, payload))
}

async fn answer(
    operation: &'static Operation,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    if operation.is_for_persons() {
        // Nobody makes us keep a body without a token that holds.
        let known = vouched_for(&request, operation.acts_as()).await;
        if let Err(why) = known {
            let is_read = discard_body(payload, MOST_BYTES, SHORTEST_WAIT).await;
            let problem = Problem::of_caller(why, &request);
            return Err(if is_read { problem } else { problem.closing() });
        }
    }
    match operation.run {
        Run::Officer(work) | Run::Holder(work) => {
            for_person(operation, &request, payload, (Lane::Short, work)).await
        }
        Run::OfficerAtLength(work) => {
            for_person(operation, &request, payload, (Lane::Long, work)).await
        }
        Run::Client(own) | Run::Anybody(own) => {
            let body = read_body(payload, MOST_BYTES, LONGEST_WAIT).await;
            own(request, body).await
        }
        // Reads its body itself, once it is known who may send it.
        Run::Outside(_, own) => own(operation, request, payload).await,
    }
}

async fn for_person(
    operation: &'static Operation,
    request: &HttpRequest,
    payload: web::Payload,
    (lane, work): (Lane, Work),
) -> Result<HttpResponse, Problem> {
    // Read before, told after it is known what who asks may do.
    let body = read_body(payload, MOST_BYTES, LONGEST_WAIT).await;
    let sent = Request::read(operation, request, body);
    let role = (operation.acts_as(), operation.searches);
    let done = call_in(request, role, lane, move |app, link, caller| {
        Ok(sent.and_then(|sent| work(app, link, &sent.by(caller.clone()))))
    });
    judged(done.await, request).map(|reply| respond(operation, reply))
}

/// What answers at an address of the API that no operation has with this method.
pub(crate) fn nowhere(request: &HttpRequest) -> Problem {
    let path = request.path().strip_prefix(crate::BASE).unwrap_or_default();
    let is_there = |one: &&Operation| ResourceDef::new(one.path).is_match(path);
    let mut verbs: Vec<&str> = Vec::new();
    for operation in operations().filter(is_there) {
        let own: &[&str] = match operation.verb {
            Verb::Get => &["GET", "HEAD"],
            Verb::Post => &["POST"],
            Verb::Put => &["PUT"],
        };
        verbs.extend(own);
    }
    if verbs.is_empty() {
        Problem::new(Kind::NotFound, request)
    } else {
        Problem::wrong_method(verbs.join(", "), request)
    }
}

/// What was answered, or what is wrong with the caller or with what was asked for.
pub(crate) fn judged<T>(
    done: Result<Result<T, Wrong>, NoCaller>,
    request: &HttpRequest,
) -> Result<T, Problem> {
    match done {
        Ok(Ok(reply)) => Ok(reply),
        Ok(Err(wrong)) => Err(Problem::of_wrong(wrong, request)),
        Err(why) => Err(Problem::of_caller(why, request)),
    }
}

pub(crate) fn respond(operation: &Operation, reply: Reply) -> HttpResponse {
    let status = StatusCode::from_u16(operation.success.status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    response.insert_header((CACHE_CONTROL, "no-store"));
    if let Some(version) = reply.version {
        response.insert_header((ETAG, format!("\"{version}\"")));
    }
    if let Some(location) = reply.location {
        response.insert_header((LOCATION, location));
    }
    match reply.content {
        Sent::Json(value) => response.json(value),
        Sent::Jpeg(picture) => response.content_type("image/jpeg").body(picture),
    }
}
