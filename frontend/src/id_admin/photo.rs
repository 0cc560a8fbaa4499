//! Photos in the officers' portal: taken for an order, compared with the person, shown, and found
//! to be wrong on a card.

pub(super) mod decide;
pub(super) mod misprint;
pub(super) mod take;
#[cfg(test)]
pub(crate) mod tests;

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{self, ServiceConfig};
use cards_app::queries::{ClosedOffice, PersonSheet, PictureSize, ShownPhoto};
use cards_app::{App, Lane, Link as Db};
use cards_domain::ids::PhotoId;
use cards_domain::photo::PhotoSource;
use cards_http::{Fault, IdAdminSession};

use super::parts;
use crate::components::{Icon, Message, Photo};
use crate::text::Text;

/// Adds the pages.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/id-admin/bestallning/{id}/foto", web::get().to(take::show))
        .route(
            "/id-admin/bestallning/{id}/foto",
            web::post().to(take::send),
        )
        .route(
            "/id-admin/bestallning/{id}/foto/sparat",
            web::post().to(take::use_stored),
        )
        .route(
            "/id-admin/bestallning/{id}/foto/{foto}",
            web::get().to(decide::show),
        )
        .route(
            "/id-admin/bestallning/{id}/foto/{foto}",
            web::post().to(decide::send),
        )
        .route("/id-admin/foto/{id}", web::get().to(picture))
        .route("/id-admin/foto/{id}/liten", web::get().to(face))
        .route(
            "/id-admin/kort/{id}/fel-tryck",
            web::get().to(misprint::show),
        )
        .route(
            "/id-admin/kort/{id}/fel-tryck",
            web::post().to(misprint::send),
        )
        .route(
            "/id-admin/kort/{id}/fel-tryck/klart",
            web::get().to(misprint::done::show),
        );
}

/// The picture itself.
async fn picture(
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<PhotoId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let work = move |app: &App, link: &mut Db| app.picture(link, &call, id, PictureSize::Full);
    Ok(jpeg(app.run(Lane::Short, work).await?))
}

/// The small one, beside a person in a list of hits.
async fn face(
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<PhotoId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let work = move |app: &App, link: &mut Db| app.face(link, &call, id);
    Ok(jpeg(app.run(Lane::Short, work).await?))
}

/// Kept by no cache: the next one at the desk may not see it.
fn jpeg(bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .content_type("image/jpeg")
        .body(bytes)
}

/// The address of a picture.
pub(super) fn address(id: PhotoId) -> String {
    format!("/id-admin/foto/{id}")
}

/// The address of the small one in a list of hits.
pub(super) fn small(id: PhotoId) -> String {
    format!("{}/liten", address(id))
}

/// The picture of a person, large.
pub(super) fn picture_of(t: Text, person: &PersonSheet, shown: &ShownPhoto) -> Photo {
    let name = parts::shown_name(t, person);
    Photo::Taken {
        src: address(shown.photo.id),
        alt: t.photo_of(name, t.day(shown.photo.taken_on)),
    }
}

/// When and where a photo was taken or brought in.
pub(super) fn taken(t: Text, shown: &ShownPhoto) -> String {
    let day = t.day(shown.photo.taken_on);
    match shown.photo.source {
        PhotoSource::Desk => t.photo_taken_at(day, &shown.office_name),
        PhotoSource::Upload => t.photo_brought_to(day, &shown.office_name),
    }
}

/// Why the card's own office cannot activate it, and who else can.
pub(super) fn closed(t: Text, office: &ClosedOffice) -> Message {
    let closed_on = office.closed_on.map(|day| t.day(day)).unwrap_or_default();
    let text = match (office.opens_on, &office.successor) {
        (Some(day), _) => t.office_closed_until(&office.name, closed_on, t.day(day)),
        (None, Some(successor)) => t.office_closed_succeeded(&office.name, closed_on, successor),
        (None, None) => t.office_closed_for_good(&office.name, closed_on),
    };
    Message::warning(t.office_is_closed(&office.name), text)
        .and(t.exception_means())
        .with_icon(Icon::Pin)
}
