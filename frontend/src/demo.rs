//! The demonstration's own pages: whom to be, the mails and letters that went out, the
//! manufacturer's switches and the clock. Never mounted in production.

mod acts;
mod mails;
mod start;
#[cfg(test)]
mod tests;

use actix_web::{HttpRequest, HttpResponse, web};
use cards_app::Failure;
use cards_app::ports::Mail;
use cards_domain::values::RekId;
use cards_http::{Fault, Notice, PortalName};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::catalogue::Catalogue;
use crate::layout::{Frame, Portal};
use crate::open;
use crate::pages;

/// Somebody to log in as with one click.
#[derive(Clone, Debug)]
pub struct Persona {
    /// The short name that the demonstration's identity provider knows.
    pub key: String,
    /// Name.
    pub name: String,
    /// Who this is, in Swedish.
    pub about_sv: String,
    /// The same in English.
    pub about_en: String,
    /// The portals in which this person has something to do, the most telling first.
    pub portals: Vec<PortalName>,
}

/// A mail that would have been sent.
#[derive(Clone)]
pub struct DeskMail {
    /// When.
    pub at: DateTime<Utc>,
    /// The mail; its errand is its id here.
    pub mail: Mail,
}

/// A letter with a card in it that would have been posted.
#[derive(Clone)]
pub struct DeskLetter {
    /// The order it belongs to.
    pub order_number: String,
    /// Whether it is a registered letter.
    pub is_registered: bool,
    /// The id by which a registered letter is traced.
    pub rek_id: Option<RekId>,
    /// To whom.
    pub name: String,
    /// The lines of the address; shown masked.
    pub address: Vec<String>,
    /// When it was posted.
    pub posted_at: DateTime<Utc>,
    /// It is lost on the way, and nobody is told.
    pub is_lost: bool,
}

/// How the simulated manufacturer stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Factory {
    /// It stands still.
    pub is_paused: bool,
    /// How many of the next cards cannot be made.
    pub fail_next: u32,
    /// How many of the next letters are lost in the post.
    pub lose_next: u32,
}

/// What the demonstration's pages show and move. The server ties it to the simulators. The
/// methods may block.
pub trait DemoDesk: Send + Sync {
    /// Whom one can be.
    fn personas(&self) -> Vec<Persona>;

    /// The latest mails, newest first.
    ///
    /// # Errors
    /// The inbox cannot be read.
    fn mails(&self) -> Result<Vec<DeskMail>, Failure>;

    /// One mail.
    ///
    /// # Errors
    /// The inbox cannot be read.
    fn mail(&self, id: Uuid) -> Result<Option<DeskMail>, Failure>;

    /// The letters in the post, newest first.
    ///
    /// # Errors
    /// The simulator cannot be read.
    fn letters(&self) -> Result<Vec<DeskLetter>, Failure>;

    /// How the manufacturer stands.
    ///
    /// # Errors
    /// Its switches cannot be read.
    fn factory(&self) -> Result<Factory, Failure>;

    /// Sets the manufacturer's switches.
    ///
    /// # Errors
    /// They cannot be written.
    fn set_factory(&self, factory: Factory) -> Result<(), Failure>;

    /// Lets the manufacturer make and post everything that waits, at once.
    ///
    /// # Errors
    /// The simulator cannot work.
    fn hurry(&self) -> Result<(), Failure>;

    /// The time that everything in the demonstration goes by.
    fn now(&self) -> DateTime<Utc>;

    /// How far that time is moved.
    fn moved(&self) -> TimeDelta;

    /// Moves that time on, unless it has been moved since it was moved by `from`. Gives whether it
    /// was.
    fn advance(&self, from: TimeDelta, by: TimeDelta) -> bool;
}

/// The desk as handlers get it.
pub type Desk = web::Data<dyn DemoDesk>;

/// Adds the pages. The application needs a [`Desk`] and `web::Data<Site>`.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/demo", web::get().to(start::get))
        .route("/demo/mejl", web::get().to(mails::list))
        .route("/demo/mejl/{id}", web::get().to(mails::one))
        .route("/demo/brev", web::get().to(mails::letters))
        .route("/demo/klockan", web::post().to(acts::clock))
        .route("/demo/tillverkaren", web::post().to(acts::factory))
        .route("/demo/komponenter", web::get().to(components));
}

/// `GET /demo/komponenter`: every component with its examples.
async fn components(request: HttpRequest) -> Result<HttpResponse, Fault> {
    let catalogue = Catalogue::new(frame(&request));
    let catalogue = catalogue.map_err(|error| Failure::Broken(error.to_string()))?;
    pages::ok(&catalogue)
}

fn frame(request: &HttpRequest) -> Frame {
    open::frame(request, Portal::Open)
}

/// Asks the desk on a thread that may wait.
async fn ask<T, F>(desk: Desk, work: F) -> Result<T, Fault>
where
    T: Send + 'static,
    F: FnOnce(&dyn DemoDesk) -> Result<T, Failure> + Send + 'static,
{
    let desk = desk.into_inner();
    let answer = web::block(move || work(&*desk))
        .await
        .map_err(|_| Notice::Broken)?;
    Ok(answer?)
}
