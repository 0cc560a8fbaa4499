//! The directory: the latest imports, what they left to people, and a file of one's own to take in.

pub(super) mod import;
pub(super) mod preview;
pub(super) mod question;
pub(super) mod release;
mod tables;

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_app::feed::FeedRefused;
use cards_app::import::{
    DirectoryPage, EndingSheet, NewUpload, ProposalKind, ProposalSheet, UPLOAD_PART,
};
use cards_app::{App, Failure, Lane, Link as Db};
use cards_http::{Fault, IdAdminSession, StreamedFile, StreamedUpload};
use serde::Deserialize;
use uuid::Uuid;

use crate::components::{
    Button, Choice, Choices, Empty, ErrorSummary, Fact, Facts, Hidden, Icon, Table,
};
use crate::layout::Frame;
use crate::pages::{Moment, Setting, ask, ok, see_other, show as show_with};
use crate::text::Text;

const ADDRESS: &str = "/id-admin/katalog";
const FILE: &str = "fil";
const CONTENT: &str = "sort";
const ALL: &str = "allt";
const CHANGES: &str = "andringar";
const MEBIBYTE: u64 = 1024 * 1024;
/// Of a file that is too long so much more is read, in bytes.
const DRAINED: usize = 64 * 1024 * 1024;

/// Adds the pages of the directory.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/id-admin/katalog", web::get().to(show))
        .route("/id-admin/katalog", web::post().to(send))
        .route("/id-admin/katalog/fil/{id}", web::get().to(preview::show))
        .route("/id-admin/katalog/fil/{id}", web::post().to(preview::run))
        .route(
            "/id-admin/katalog/inlasning/{id}",
            web::get().to(import::show),
        )
        .route("/id-admin/katalog/stopp/{id}", web::get().to(release::show))
        .route(
            "/id-admin/katalog/stopp/{id}",
            web::post().to(release::send),
        )
        .route(
            "/id-admin/katalog/fraga/{id}",
            web::get().to(question::show),
        )
        .route(
            "/id-admin/katalog/fraga/{id}",
            web::post().to(question::send),
        );
}

#[derive(Template)]
#[template(path = "id_admin/directory.html")]
pub(super) struct DirectoryView {
    frame: Frame,
    t: Text,
    errors: ErrorSummary,
    stops: Vec<Panel>,
    questions: Vec<Panel>,
    imports: Option<Table>,
    no_imports: Option<Empty>,
    hidden: Hidden,
    contents: Choices,
    file_hint: String,
    file_error: Option<String>,
    send: Button,
    flaws: Facts,
}

/// Something that waits for a decision.
struct Panel {
    title: String,
    lines: Vec<String>,
    go: Option<Button>,
}

/// What was typed beside the file.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    sort: Option<String>,
}

impl Asked {
    /// Whether the file holds changes alone; `None` where that was not said. Nobody is ended because
    /// nothing was chosen.
    fn is_delta(&self) -> Option<bool> {
        match self.sort.as_deref()? {
            ALL => Some(false),
            CHANGES => Some(true),
            _ => None,
        }
    }
}

/// What is wrong with the file that was sent.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wrong {
    Missing,
    /// What it holds was not chosen.
    Unsaid,
    TooLarge,
    Refused(FeedRefused),
}

impl Wrong {
    fn status(self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Missing | Self::Unsaid | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    fn text(self, t: Text, most: u64) -> String {
        match self {
            Self::Missing => t.dir_file_missing(),
            Self::Unsaid => t.dir_content_missing(),
            Self::TooLarge => t.dir_file_too_large(most),
            Self::Refused(FeedRefused::NotUtf8 { line }) => t.dir_file_charset(line),
            Self::Refused(FeedRefused::Nul { line }) => t.dir_file_nul(line),
            Self::Refused(FeedRefused::LineEnds) => t.dir_file_line_ends(),
            Self::Refused(FeedRefused::NoEntries) => t.dir_file_no_entries(),
            Self::Refused(FeedRefused::Version { line }) => t.dir_file_version(line),
            Self::Refused(FeedRefused::Unreadable) => t.dir_file_unreadable(),
            Self::Refused(FeedRefused::TooManyUnusable) => t.dir_file_unusable(),
        }
    }
}

/// `GET /id-admin/katalog`.
pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
) -> Result<HttpResponse, Fault> {
    let (page, moment) = read(&app, &session).await?;
    let setting = Setting::new(&session, &request, moment);
    let most = app.most_upload() / MEBIBYTE;
    ok(&view(&setting, &page, most, (&Asked::default(), None)))
}

async fn read(app: &App, session: &IdAdminSession) -> Result<(DirectoryPage, Moment), Fault> {
    let call = session.call(None);
    ask(app, move |app, link| app.directory_page(link, &call)).await
}

/// `POST /id-admin/katalog`: keeps the file, and rehearses its import.
pub(super) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    form: StreamedUpload<Asked>,
) -> Result<HttpResponse, Fault> {
    let asked = form.fields;
    let taken = match (asked.is_delta(), form.file) {
        (Some(delta), Some(file)) => take(&app, &session, file, delta).await?,
        (None, Some(mut file)) => {
            let call = session.call(None);
            let may = move |app: &App, link: &mut Db| app.let_in(link, &call);
            app.run(Lane::Short, may).await?;
            file.drain(DRAINED).await;
            Err(Wrong::Unsaid)
        }
        (_, None) => Err(Wrong::Missing),
    };
    match taken {
        Ok(id) => Ok(see_other(format!("{ADDRESS}/fil/{id}"))),
        Err(wrong) => {
            let (page, moment) = read(&app, &session).await?;
            let setting = Setting::new(&session, &request, moment);
            let most = app.most_upload() / MEBIBYTE;
            let view = view(&setting, &page, most, (&asked, Some(wrong)));
            show_with(wrong.status(), &view)
        }
    }
}

/// Keeps the file piece by piece, and rehearses its import.
async fn take(
    app: &App,
    session: &IdAdminSession,
    mut file: StreamedFile,
    delta: bool,
) -> Result<Result<Uuid, Wrong>, Fault> {
    let (call, name) = (session.call(None), file.name().to_owned());
    let begin = move |app: &App, link: &mut Db| app.begin_upload(link, &call, (&name, delta));
    let mut upload = app.run(Lane::Short, begin).await?;
    let mut is_empty = true;
    loop {
        let piece = match file.piece(UPLOAD_PART).await {
            Ok(piece) if piece.is_empty() => break,
            Ok(piece) => piece,
            Err(fault) => {
                app.run(Lane::Short, move |_, link| upload.give_up(link))
                    .await?;
                return Err(fault);
            }
        };
        is_empty = false;
        let add = move |_: &App, link: &mut Db| -> Result<(NewUpload, bool), Failure> {
            let fits = upload.add(link, &piece)?;
            Ok((upload, fits))
        };
        let (kept, fits) = app.run(Lane::Short, add).await?;
        if !fits {
            file.drain(DRAINED).await;
            return Ok(Err(Wrong::TooLarge));
        }
        upload = kept;
    }
    let call = session.call(None);
    let rehearse = move |app: &App, link: &mut Db| {
        if is_empty {
            upload.give_up(link)?;
            return Ok(Err(Wrong::Missing));
        }
        let id = upload.finish(link)?;
        let previewed = app.preview_upload(link, &call, id)?;
        Ok(previewed.map(|()| id).map_err(Wrong::Refused))
    };
    Ok(app.run(Lane::Long, rehearse).await?)
}

pub(super) fn view(
    s: &Setting,
    page: &DirectoryPage,
    most: u64,
    (asked, wrong): (&Asked, Option<Wrong>),
) -> DirectoryView {
    let t = s.t;
    let of_file = wrong.filter(|wrong| !matches!(wrong, Wrong::Unsaid));
    let error = of_file.map(|wrong| wrong.text(t, most));
    let is_unsaid = wrong.is_some() && asked.is_delta().is_none();
    let unsaid = is_unsaid.then(|| t.dir_content_missing());
    let none = page.imports.is_empty();
    let errors = [(CONTENT, unsaid.clone()), (FILE, error.clone())];
    let errors = errors
        .into_iter()
        .filter_map(|(at, text)| Some((at, text?)));
    DirectoryView {
        frame: s.frame(t.dir_title()),
        t,
        errors: ErrorSummary::new(t, errors),
        stops: page.stops.iter().map(|sheet| stop(t, sheet)).collect(),
        questions: page.proposals.iter().map(|one| asking(t, one)).collect(),
        imports: (!none).then(|| tables::imports(t, &page.imports)),
        no_imports: none.then(|| Empty::new(t.dir_imports_none(), t.dir_imports_none_means())),
        hidden: s.hidden.clone(),
        contents: contents(t, asked).error(unsaid),
        file_hint: t.dir_file_hint(most),
        file_error: error,
        send: Button::submit(t.dir_look()),
        flaws: Facts::new(vec![
            Fact::plain(
                t.dir_without_number(),
                page.flaws.without_number.to_string(),
            ),
            Fact::plain(t.dir_without_mail(), page.flaws.without_mail.to_string()),
            Fact::plain(t.dir_without_code(), page.flaws.without_code.to_string()),
            Fact::plain(t.dir_waiting_all(), page.waiting.to_string()),
        ]),
    }
}

/// What the file holds, without a guess: one of the answers ends people.
fn contents(t: Text, asked: &Asked) -> Choices {
    let rows = vec![
        Choice::answer(ALL, t.dir_content_full()),
        Choice::answer(CHANGES, t.dir_content_delta()),
    ];
    let choices = Choices::new(CONTENT, t.dir_content(), rows);
    match asked.is_delta() {
        Some(delta) => choices.chosen(if delta { CHANGES } else { ALL }),
        None => choices,
    }
}

fn stop(t: Text, sheet: &EndingSheet) -> Panel {
    let stop = &sheet.stop;
    let mut lines = vec![
        preview::why_stopped(t, stop.reason_to_stop()),
        t.dir_stop_text(),
        t.dir_stop_of_live(stop.would_end, stop.live),
        t.dir_stop_stopped(t.day_and_clock(stop.stopped_at)),
    ];
    lines.extend(sheet.is_own.then(|| t.dir_stop_own()));
    let address = format!("{ADDRESS}/stopp/{}", stop.id);
    Panel {
        title: t.dir_stop_of(&sheet.organisation, stop.would_end),
        lines,
        go: sheet
            .may_release
            .then(|| Button::link(t.dir_release(), address).secondary()),
    }
}

fn asking(t: Text, sheet: &ProposalSheet) -> Panel {
    let hidden = t.protected_data();
    let name = |of: &Option<(String, String)>| {
        of.as_ref().map_or_else(
            || hidden.clone(),
            |(name, number)| format!("{name}, {number}"),
        )
    };
    let mut lines = vec![
        format!("{}: {}", t.dir_question_known(), name(&sheet.known)),
        format!("{}: {}", t.dir_question_entry(), name(&sheet.entry)),
        format!(
            "{}: {} · {}",
            t.dir_question_hsa(),
            sheet.proposal.hsa_key,
            sheet.organisation
        ),
    ];
    lines.extend(said(t, sheet));
    let address = format!("{ADDRESS}/fraga/{}", sheet.proposal.id);
    Panel {
        title: kind(t, sheet.proposal.kind),
        lines,
        go: sheet
            .known
            .is_some()
            .then(|| Button::link(t.dir_question_decide(), address).secondary()),
    }
}

fn kind(t: Text, kind: ProposalKind) -> String {
    match kind {
        ProposalKind::NumberReplaced => t.dir_question_number_replaced(),
        ProposalKind::Joined => t.dir_question_joined(),
        ProposalKind::NumberDiffers => t.dir_question_number_differs(),
    }
}

/// Who has said yes already.
fn said(t: Text, sheet: &ProposalSheet) -> Option<String> {
    sheet.proposal.first_by?;
    Some(if sheet.is_own {
        t.dir_question_own()
    } else {
        let who = sheet.first_by.clone().unwrap_or_else(|| t.dir_somebody());
        t.dir_question_first(who)
    })
}

#[cfg(test)]
mod tests;
