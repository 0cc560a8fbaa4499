//! A photo for an order: the stored one, one taken here, or one that the person has brought.

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::photo::{PhotoFault, Processed, process};
use cards_app::queries::{PhotoPage, StoredPhoto};
use cards_app::{App, Failure, Lane};
use cards_domain::ids::{OrderId, PhotoId};
use cards_domain::order::{Order, OrderAction};
use cards_domain::photo::{Photo, PhotoRequest, PhotoSource, Picture};
use cards_domain::refusal::Refusal;
use cards_http::signed_form::NoFields;
use cards_http::{CAMERA_ALLOWED, Fault, IdAdminSession, Notice, SignedForm, SignedUpload};
use serde::Deserialize;

use super::{picture_of, taken};
use crate::components::{
    Breadcrumbs, Button, Choice, Choices, ErrorSummary, Fact, Facts, Hidden, Link, Message,
    PhotoField, PhotoFrame, photo_fault, upload_fault,
};
use crate::id_admin::{order_rows, parts};
use crate::layout::Frame;
use crate::pages::{Setting, ask, fields, see_other, show as show_with};
use crate::refusals;
use crate::text::Text;

const FILE: &str = "foto";
const SOURCE: &str = "kalla";

/// How the photo came about, as it was sent: one that cannot be read counts as no answer.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::id_admin) struct Chosen {
    kalla: Option<String>,
}

impl Chosen {
    fn source(&self) -> Option<PhotoSource> {
        self.kalla.as_deref()?.parse().ok()
    }
}

#[derive(Template)]
#[template(path = "id_admin/photo_take.html")]
pub(in crate::id_admin) struct TakeView {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    errors: ErrorSummary,
    undecided: Option<Message>,
    stored: Option<StoredView>,
    hidden: Hidden,
    action: String,
    sources: Choices,
    photo: PhotoField,
    send: Button,
    back: Link,
    person: Facts,
}

/// The stored photo: to be used, or why it cannot be.
struct StoredView {
    action: String,
    hidden: Hidden,
    photo: PhotoFrame,
    go: Option<Button>,
    refused: Option<String>,
}

/// What is wrong with what was sent.
#[derive(Clone, Debug, Default)]
pub(in crate::id_admin) struct Faults {
    file: Option<String>,
    source: Option<String>,
}

impl Faults {
    fn summary(&self, t: Text) -> ErrorSummary {
        let source = self.source.clone().map(|text| (SOURCE, text));
        let file = self.file.clone().map(|text| (FILE, text));
        ErrorSummary::new(t, source.into_iter().chain(file))
    }
}

pub(in crate::id_admin) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.photo_page(link, &call, id)).await?;
    page.verdict.clone().map_err(Notice::Refused)?;
    let setting = Setting::new(&session, &request, moment);
    let second = fields(&session);
    let view = view(
        &setting,
        second,
        &page,
        &Chosen::default(),
        &Faults::default(),
    );
    with_camera(StatusCode::OK, &view)
}

/// The page, allowed to use the camera.
fn with_camera(status: StatusCode, view: &TakeView) -> Result<HttpResponse, Fault> {
    let (name, value) = CAMERA_ALLOWED;
    let mut response = show_with(status, view)?;
    let headers = response.headers_mut();
    headers.insert(name, HeaderValue::from_static(value));
    Ok(response)
}

pub(in crate::id_admin) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
    form: SignedUpload<Chosen>,
) -> Result<HttpResponse, Fault> {
    let id = *id;
    let (look, call) = (session.call(None), session.call(Some(form.fingerprint)));
    let chosen = form.fields;
    let source = chosen.source();
    let picture = match form.file {
        Ok(bytes) => processed(&app, bytes).await?.map_err(Wrong::File),
        Err(fault) => Err(Wrong::Upload(fault)),
    };
    let (source, picture) = match (source, picture) {
        (Some(source), Ok(picture)) => (source, picture),
        (source, picture) => {
            let (page, moment) =
                ask(&app, move |app, link| app.photo_page(link, &look, id)).await?;
            page.verdict.clone().map_err(Notice::Refused)?;
            let s = Setting::new(&session, &request, moment);
            let (status, faults) = faults(s.t, source, picture.err());
            let view = view(&s, fields(&session), &page, &chosen, &faults);
            return with_camera(status, &view);
        }
    };
    let work = move |app: &App, link: &mut cards_app::Link| {
        let page = app.photo_page(link, &look, id)?;
        let request = PhotoRequest {
            id: PhotoId(link.new_id()),
            order: id,
            person: page.person.person,
            source,
            picture,
        };
        app.ledger.begin::<Photo>(link, &call, &request)
    };
    let (photo, _) = ask(&app, work).await?;
    Ok(see_other(format!(
        "/id-admin/bestallning/{id}/foto/{}",
        photo.id
    )))
}

/// The portrait. A large picture takes memory and time, so it is made where only a few are made at
/// once.
async fn processed(app: &App, bytes: Vec<u8>) -> Result<Result<Picture, PhotoFault>, Fault> {
    let work = move |_: &App, _: &mut cards_app::Link| {
        Ok::<_, Failure>(process(&bytes, None).map(
            |Processed {
                 jpeg, thumbnail, ..
             }| Picture { jpeg, thumbnail },
        ))
    };
    Ok(app.run(Lane::Long, work).await?)
}

/// What is wrong with the file.
#[derive(Clone, Copy)]
enum Wrong {
    Upload(cards_http::UploadFault),
    File(PhotoFault),
}

fn faults(t: Text, source: Option<PhotoSource>, file: Option<Wrong>) -> (StatusCode, Faults) {
    let status = match &file {
        Some(Wrong::Upload(fault)) => fault.status(),
        Some(Wrong::File(_)) | None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let file = match file {
        Some(Wrong::Upload(fault)) => Some(upload_fault(t, fault)),
        Some(Wrong::File(fault)) => Some(photo_fault(t, fault)),
        // No browser keeps a chosen file when the page comes back.
        None => Some(t.photo_choose_again()),
    };
    let source = source.is_none().then(|| t.choose_photo_source());
    (status, Faults { file, source })
}

pub(in crate::id_admin) fn view(
    s: &Setting,
    second: Hidden,
    page: &PhotoPage,
    chosen: &Chosen,
    faults: &Faults,
) -> TakeView {
    let t = s.t;
    let order = &page.order.order;
    let home = order_rows::address(order);
    let title = t.photo_title(parts::shown_name(t, &page.person));
    let can_store = page.stored.as_ref().is_some_and(|one| one.verdict.is_ok());
    let send = Button::submit(t.photo_go_on()).large();
    TakeView {
        path: Breadcrumbs::new(
            t,
            vec![
                parts::back_to(t, &page.person),
                Link::new(t.order_is(&order.number), &home),
            ],
            t.take_photo(),
        ),
        frame: s.frame(title),
        t,
        errors: faults.summary(t),
        undecided: page.undecided.map(|photo| {
            Message::info(t.photo_undecided(), t.photo_undecided_means()).link(Link::new(
                t.photo_decide_now(),
                format!("{home}/foto/{photo}"),
            ))
        }),
        stored: page
            .stored
            .as_ref()
            .map(|stored| stored_view(t, second, page, stored)),
        hidden: s.hidden.clone(),
        action: format!("{home}/foto"),
        sources: sources(t, page)
            .chosen(chosen.kalla.clone().unwrap_or_default())
            .error(faults.source.clone()),
        photo: PhotoField::new(t, FILE, t.photo_file()).error(faults.file.clone()),
        send: if can_store { send.secondary() } else { send },
        back: Link::new(t.photo_later(), home),
        person: person_facts(t, page),
    }
}

/// A photo that was brought leaves the card where it was ordered to.
fn sources(t: Text, page: &PhotoPage) -> Choices {
    let rows = vec![
        Choice::explained("desk", t.photo_source_desk(), t.photo_source_desk_means()),
        Choice::explained(
            "upload",
            t.photo_source_upload(),
            t.photo_source_upload_means(&page.order.office.name),
        ),
    ];
    Choices::new(SOURCE, t.photo_source(), rows)
}

fn person_facts(t: Text, page: &PhotoPage) -> Facts {
    let sheet = &page.person;
    let number = (!sheet.protection.is_protected()).then(|| sheet.number.to_string());
    let rows = [
        (t.name(), Some(parts::shown_name(t, sheet))),
        (t.number(), number),
        (t.unit(), Some(parts::work(&sheet.posts))),
        (t.order(), Some(page.order.order.number.clone())),
        (t.card_kind(), Some(page.order.product.name.clone())),
    ];
    let rows = rows
        .into_iter()
        .filter_map(|(term, value)| Some(Fact::plain(term, value?)));
    Facts::new(rows.collect())
}

fn stored_view(t: Text, hidden: Hidden, page: &PhotoPage, stored: &StoredPhoto) -> StoredView {
    let day = t.day(stored.shown.photo.taken_on);
    let office = &stored.shown.office_name;
    let photo = PhotoFrame::new(
        t,
        picture_of(t, &page.person, &stored.shown),
        taken(t, &stored.shown),
    );
    let photo = match stored.shown.photo.source {
        PhotoSource::Desk => photo.line(t.photo_stored_office(office)),
        PhotoSource::Upload => photo,
    };
    let (photo, go, refused) = match &stored.verdict {
        Ok(()) => (
            photo
                .line(t.photo_stored_until(t.day(stored.last_day)))
                .line(t.photo_stored_compare()),
            Some(Button::submit(t.photo_use_stored(day)).large()),
            None,
        ),
        Err(refusal) => (photo, None, Some(refused(t, refusal))),
    };
    StoredView {
        action: format!("{}/foto/sparat", order_rows::address(&page.order.order)),
        hidden,
        photo,
        go,
        refused,
    }
}

fn refused(t: Text, refusal: &Refusal) -> String {
    refusals::sentence(t, refusal)
}

pub(in crate::id_admin) async fn use_stored(
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<OrderId>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(Some(form.fingerprint)), *id);
    let (order, _) = ask(&app, move |app, link| {
        app.ledger
            .act::<Order>(link, &call, id.0, &OrderAction::UseStoredPhoto)
    })
    .await?;
    Ok(see_other(order_rows::address(&order)))
}
