//! Photos for orders: sent as they are, made into a portrait here, and compared with the person.

use std::time::Duration;

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};
use cards_app::photo::{MOST_BYTES, Processed, process};
use cards_app::queries::{PhotoDecision, PictureSize};
use cards_app::{App, Lane, Link};
use cards_domain::ids::{OrderId, PhotoId};
use cards_domain::photo::{Photo, PhotoAction, PhotoApproval, PhotoRequest, PhotoSource, Picture};
use cards_http::api_person::{ActsAs, call_as, call_in};
use cards_http::read_body;

use super::ID;
use crate::answer::{judged, respond};
use crate::asked::{Asked, Sent};
use crate::kind::Kind;
use crate::operation::{Content, Operation, Parameter, Place, Run, Subject, Success, Uploads};
use crate::problem::Problem;
use crate::reply::{Reply, Wrong};
use crate::schema::{id, word};
use crate::shapes::photo;

/// A picture gets through a bad connection in this time.
const LONGEST_UPLOAD: Duration = Duration::from_mins(2);

const PHOTO: Parameter = Parameter {
    name: "photo",
    place: Place::Path,
    meaning: "The photo's id.",
    schema: id,
};

const TOLD: Success = Success {
    status: 200,
    meaning: "The photo as it stands now.",
    content: Content::Json("Photo"),
};

const OF_PHOTO: Operation = Operation {
    subject: Subject::Orders,
    parameters: &[ID, PHOTO],
    success: TOLD,
    ..Operation::CHANGE
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "sendPhoto",
        path: "/orders/{id}/photos",
        summary: "Send a photo for an order: JPEG or PNG, at most 8 MB, made into a portrait here",
        run: Run::Outside(ActsAs::Officer, |operation, request, payload| {
            Box::pin(send(operation, request, payload))
        }),
        uploads: Uploads::Picture,
        parameters: &[
            ID,
            Parameter {
                name: "source",
                place: Place::Query { needed: true },
                meaning: "Whether it was taken here or brought along.",
                schema: word::<PhotoSource>,
            },
        ],
        success: Success {
            status: 201,
            meaning: "The photo, which waits to be compared with the person.",
            content: Content::Json("Photo"),
        },
        ..OF_PHOTO
    },
    Operation {
        id: "photo",
        path: "/orders/{id}/photos/{photo}",
        subject: Subject::Orders,
        summary: "A photo that was sent for an order",
        run: Run::Officer(one),
        parameters: &[ID, PHOTO],
        success: TOLD,
        versioned: true,
        ..Operation::READ
    },
    Operation {
        id: "pictureOfPhoto",
        path: "/orders/{id}/photos/{photo}/picture",
        subject: Subject::Orders,
        summary: "The portrait as it will be printed",
        run: Run::Officer(picture),
        parameters: &[ID, PHOTO],
        success: Success {
            status: 200,
            meaning: "The portrait.",
            content: Content::Jpeg,
        },
        ..Operation::READ
    },
    Operation {
        id: "approvePhoto",
        path: "/orders/{id}/photos/{photo}/approval",
        summary: "Say that the person was seen and is the one on the photo: the order goes on",
        run: Run::Officer(approve),
        body: Some(photo::approval),
        ..OF_PHOTO
    },
    Operation {
        id: "rejectPhoto",
        path: "/orders/{id}/photos/{photo}/rejection",
        summary: "Say what is wrong with the photo: another is needed",
        run: Run::Officer(reject),
        body: Some(photo::rejection),
        ..OF_PHOTO
    },
];

/// Nobody makes us read a picture before it is known that they may send one.
async fn send(
    operation: &'static Operation,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let order: Option<OrderId> = request.match_info().query("id").parse().ok();
    let may = move |app: &App, link: &mut Link, caller: &cards_http::api_person::Caller| {
        let Some(order) = order else {
            return Ok(Err(Wrong::Kind(Kind::NotFound)));
        };
        let page = app.photo_page(link, &caller.call(None), order)?;
        Ok(page.verdict.map_err(Wrong::Refused))
    };
    let role = (ActsAs::Officer, false);
    let may = call_as(&request, role, may).await;
    judged(may, &request)?;
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !["image/jpeg", "image/png"].contains(&kind) {
        return Err(Problem::new(Kind::NotAPicture, &request));
    }
    let body = read_body(payload, MOST_BYTES, LONGEST_UPLOAD).await;
    let body = body.map_err(|fault| Problem::new(fault.into(), &request))?;
    if !is_what_it_says(kind, &body) {
        return Err(Problem::new(Kind::NotAPicture, &request));
    }
    let sent = Sent::read(operation, &request, Ok(body.clone()));
    // A large picture takes memory and time, so it is made where only a few are made at once.
    let done = call_in(&request, role, Lane::Long, move |app, link, caller| {
        Ok(sent.and_then(|sent| take(app, link, &sent.by(caller.clone()), &body)))
    });
    let reply = judged(done.await, &request)?;
    Ok(respond(operation, reply))
}

/// Whether a picture is of the kind that it is sent as, by its first bytes.
fn is_what_it_says(kind: &str, body: &[u8]) -> bool {
    let begins: &[u8] = match kind {
        "image/png" => b"\x89PNG\r\n\x1a\n",
        _ => b"\xff\xd8\xff",
    };
    body.starts_with(begins)
}

fn take(app: &App, link: &mut Link, asked: &Asked, body: &[u8]) -> Result<Reply, Wrong> {
    let source: PhotoSource = asked.chosen("source")?;
    let (order, call) = (asked.named::<OrderId>("id")?, asked.changing());
    let photo = match app.ledger.repeated::<Photo>(link, &call)? {
        Some(photo) => {
            app.photo_page(link, &asked.call(), order)?;
            photo
        }
        None => {
            let page = app.photo_page(link, &asked.call(), order)?;
            let call = asked.changing_as_read(&page.order.order)?;
            let made = process(body, None).map_err(|fault| {
                Wrong::Told(Kind::PictureUnusable, <&str>::from(fault).to_owned())
            })?;
            let Processed {
                jpeg, thumbnail, ..
            } = made;
            let request = PhotoRequest {
                id: PhotoId(link.new_id()),
                order,
                person: page.person.person,
                source,
                picture: Picture { jpeg, thumbnail },
            };
            app.ledger.begin::<Photo>(link, &call, &request)?
        }
    };
    let address = format!("{}/orders/{order}/photos/{}", crate::BASE, photo.id);
    Ok(Reply::json(photo::photo(&photo))
        .version(photo.version)
        .at(address))
}

fn found(app: &App, link: &mut Link, asked: &Asked) -> Result<PhotoDecision, Wrong> {
    let ids = (asked.named("id")?, asked.named("photo")?);
    Ok(app.photo_decision(link, &asked.call(), ids)?)
}

fn one(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = found(app, link, asked)?;
    Ok(Reply::json(photo::photo(&page.photo)).version(page.photo.version))
}

fn picture(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let page = found(app, link, asked)?;
    let call = asked.call();
    let picture = app.picture(link, &call, page.photo.id, PictureSize::Full)?;
    Ok(Reply::jpeg(picture))
}

fn decide(app: &App, link: &mut Link, asked: &Asked, action: &PhotoAction) -> Result<Reply, Wrong> {
    let call = asked.changing();
    if app.ledger.repeated::<Photo>(link, &call)?.is_none() {
        let page = found(app, link, asked)?;
        let call = asked.changing_as_read(&page.photo)?;
        app.ledger
            .act::<Photo>(link, &call, page.photo.id.0, action)?;
    }
    one(app, link, asked)
}

fn approve(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let seen = body.flag("identity_seen").zip(body.flag("same_person"));
    let (identity_seen, same_person) = body.done(seen)?;
    let seen = PhotoApproval {
        identity_seen,
        same_person,
    };
    decide(app, link, asked, &PhotoAction::Approve(seen))
}

fn reject(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let fault = body.needed("fault");
    let fault = body.done(fault)?;
    decide(app, link, asked, &PhotoAction::Reject { fault })
}
