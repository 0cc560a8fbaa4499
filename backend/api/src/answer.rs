//! From a request to its answer, in the same way for every operation.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, Resource, guard, web};
use cards_http::api_person::{ActsAs, NoCaller, call_as};

use crate::asked::Sent as Request;
use crate::operation::{Body, Operation, Run, Work};
use crate::problem::{Kind, Problem};
use crate::reply::{Reply, Sent, Wrong};

/// The operation's route.
pub(crate) fn resource(operation: &'static Operation) -> Resource {
    let verb = operation.verb.method();
    let resource = web::resource(operation.path).guard(guard::fn_guard(move |context| {
        context.head().method == verb
    }));
    match operation.run {
        // Reads its body itself, once it is known who sends it.
        Run::Outside(_, own) => resource.to(move |request: HttpRequest, payload: web::Payload| {
            own(operation, request, payload)
        }),
        Run::Officer(_) | Run::Holder(_) | Run::Client(_) | Run::Anybody(_) => {
            resource.to(move |request: HttpRequest, body: Body| answer(operation, request, body))
        }
    }
}

async fn answer(
    operation: &'static Operation,
    request: HttpRequest,
    body: Body,
) -> Result<HttpResponse, Problem> {
    match operation.run {
        Run::Officer(work) => for_person(operation, &request, body, (ActsAs::Officer, work)).await,
        Run::Holder(work) => for_person(operation, &request, body, (ActsAs::Holder, work)).await,
        Run::Client(own) | Run::Anybody(own) => own(request, body).await,
        Run::Outside(..) => Err(Problem::new(Kind::Broken, &request)),
    }
}

async fn for_person(
    operation: &'static Operation,
    request: &HttpRequest,
    body: Body,
    (role, work): (ActsAs, Work),
) -> Result<HttpResponse, Problem> {
    // Read before, told after it is known who asks.
    let sent = Request::read(operation, request, body);
    let done =
        call_as(
            request,
            (role, operation.searches),
            move |app, link, caller| {
                Ok(sent.and_then(|sent| work(app, link, &sent.by(caller.clone()))))
            },
        )
        .await;
    judged(done, request).map(|reply| respond(operation, reply))
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
