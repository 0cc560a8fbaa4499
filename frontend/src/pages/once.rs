//! A form that one of several officers answers, once: whoever comes second reads who was first, and
//! whoever leaves out what must be said has the form again.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_app::{App, Call, Failure, Link};
use cards_http::{Fault, Notice, Session};

use super::{Setting, ask, see_other, show};

/// What such a form is about. A page that is opened reads and shows the same, see [`opened`].
pub(crate) trait Once: Clone + Send + 'static {
    /// What must be said for it to be done.
    type Said;
    /// What the page tells, read anew each time.
    type Sheet: Send + 'static;
    /// The page of what is over.
    type Over: Template;
    /// The page with the form.
    type Form: Template;

    /// What was said; nothing where it lacks or cannot be kept.
    fn said(&self) -> Option<Self::Said>;

    /// Whether the reader may do it at all, before anything is read. A no is written down here where
    /// nothing else does.
    ///
    /// # Errors
    /// The reader may not.
    fn may(&self, _: &App, _: &mut Link, _: &Call) -> Result<(), Failure> {
        Ok(())
    }

    /// Does it.
    fn act(&self, app: &App, link: &mut Link, call: &Call, said: Self::Said)
    -> Result<(), Failure>;

    /// Reads what the page tells; the look is written down.
    fn read(&self, app: &App, link: &mut Link, call: &Call) -> Result<Self::Sheet, Failure>;

    /// Where it leads once it is done.
    fn done(&self) -> String;

    /// The page where somebody has done it, or nobody needs to any more.
    fn over(&self, s: &Setting, sheet: &Self::Sheet) -> Option<Self::Over>;

    /// The form: empty, or `again` with what is wrong in it.
    fn form(&self, s: &Setting, sheet: &Self::Sheet, again: bool) -> Self::Form;
}

/// Opens the form, or tells that it is over.
pub(crate) async fn opened<O: Once>(
    (request, session): (&HttpRequest, &Session),
    app: &App,
    form: O,
) -> Result<HttpResponse, Fault> {
    let (call, read) = (session.call(None), form.clone());
    let (sheet, moment) = ask(app, move |app, link| read.read(app, link, &call)).await?;
    let s = Setting::new(session, request, moment);
    match form.over(&s, &sheet) {
        Some(over) => show(StatusCode::OK, &over),
        None => show(StatusCode::OK, &form.form(&s, &sheet, false)),
    }
}

/// Does what was said and leads on; or shows who was first, or the form with what lacks. `sent` are
/// the circumstances of the act.
pub(crate) async fn sent<O: Once>(
    (request, session): (&HttpRequest, &Session),
    app: &App,
    form: O,
    sent: Call,
) -> Result<HttpResponse, Fault> {
    let is_said = form.said().is_some();
    let (look, doing) = (session.call(None), form.clone());
    let work = move |app: &App, link: &mut Link| {
        doing.may(app, link, &sent)?;
        let Some(said) = doing.said() else {
            return doing.read(app, link, &look).map(Some);
        };
        match doing.act(app, link, &sent, said) {
            // Somebody else has done it meanwhile: the page says who.
            Err(Failure::Conflict) => doing.read(app, link, &look).map(Some),
            done => done.map(|()| None),
        }
    };
    let (sheet, moment) = ask(app, work).await?;
    let Some(sheet) = sheet else {
        return Ok(see_other(form.done()));
    };
    let s = Setting::new(session, request, moment);
    if let Some(over) = form.over(&s, &sheet) {
        return show(StatusCode::CONFLICT, &over);
    }
    if is_said {
        return Err(Notice::Conflict.into());
    }
    let again = form.form(&s, &sheet, true);
    show(StatusCode::UNPROCESSABLE_ENTITY, &again)
}
