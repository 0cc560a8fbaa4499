//! Something printed on a card is wrong: the photo shows somebody else, or the name or the number
//! is not the holder's. The card is revoked, kept and cut, and ordered anew without waiting.

pub(in crate::id_admin) mod done;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::queries::CardPage;
use cards_app::{App, Call, Failure};
use cards_domain::card::{CardActionName, RevocationReason};
use cards_domain::ids::{CardId, RevocationId};
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{Reporter, Revocation, RevocationRequest, WrongIn};
use cards_http::{Fault, IdAdminSession, Notice, SignedForm};
use serde::Deserialize;
use strum::IntoEnumIterator;

use crate::components::{
    Button, Choice, Choices, ErrorSummary, Field, Hidden, Icon, Link, Message,
};
use crate::id_admin::{cards, parts};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other, show as show_with};
use crate::text::Text;
use crate::{refusals, states};

const FOUR: &str = "fyra";
const WHERE: &str = "var";

/// What is wrong on the card.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(in crate::id_admin) enum Wrong {
    /// The photo.
    Foto,
    /// The name or the number.
    Namn,
}

impl Wrong {
    fn reason(self) -> RevocationReason {
        match self {
            Self::Foto => RevocationReason::WronglyIssued,
            Self::Namn => RevocationReason::DataWrong,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Foto => "foto",
            Self::Namn => "namn",
        }
    }

    fn title(self, t: Text) -> String {
        match self {
            Self::Foto => t.misprint_photo(),
            Self::Namn => t.misprint_name(),
        }
    }
}

#[derive(Deserialize)]
pub(in crate::id_admin) struct Asked {
    fel: Wrong,
}

#[derive(Clone, Debug, Deserialize)]
pub(in crate::id_admin) struct Confirmed {
    fel: Wrong,
    fyra: Option<String>,
    var: Option<String>,
}

impl Confirmed {
    fn of(fel: Wrong) -> Self {
        Self {
            fel,
            fyra: None,
            var: None,
        }
    }

    fn four(&self) -> &str {
        self.fyra.as_deref().unwrap_or_default().trim()
    }

    /// Whose data were wrong, where that is asked.
    fn place(&self, t: Text) -> Result<Option<WrongIn>, Faults> {
        let chosen = self.var.as_deref().and_then(|text| text.parse().ok());
        match (self.fel, chosen) {
            (Wrong::Foto, _) => Ok(None),
            (Wrong::Namn, Some(place)) => Ok(Some(place)),
            (Wrong::Namn, None) => Err(vec![(WHERE, t.choose_wrong_in())]),
        }
    }
}

type Faults = Vec<(&'static str, String)>;

#[derive(Template)]
#[template(path = "id_admin/photo_misprint.html")]
pub(in crate::id_admin) struct MisprintView {
    frame: Frame,
    t: Text,
    errors: ErrorSummary,
    refusal: Option<Message>,
    hidden: Hidden,
    action: String,
    card: String,
    losses: Vec<(Icon, String)>,
    place: Option<Choices>,
    four: Field,
    go: Button,
    back: Link,
}

/// The ways on from the comparison at the counter, for those who may revoke.
pub(in crate::id_admin) fn links(t: Text, page: &CardPage) -> Vec<Link> {
    if may_revoke(page).is_err() {
        return Vec::new();
    }
    let photo = page.photo.is_some().then_some(Wrong::Foto);
    let all = photo.into_iter().chain([Wrong::Namn]);
    all.map(|wrong| Link::new(wrong.title(t), address(page, wrong)))
        .collect()
}

fn address(page: &CardPage, wrong: Wrong) -> String {
    let id = page.card.sheet.card.id;
    format!("/id-admin/kort/{id}/fel-tryck?fel={}", wrong.name())
}

fn may_revoke(page: &CardPage) -> Result<(), Refusal> {
    let mut offers = page.card.offers.iter();
    offers
        .find(|offer| offer.action == CardActionName::Revoke)
        .map_or(Err(Refusal::NotYourRole), |offer| offer.verdict.clone())
}

pub(in crate::id_admin) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), *id);
    let (page, moment) = ask(&app, move |app, link| app.card_page_again(link, &call, id)).await?;
    may_revoke(&page).map_err(Notice::Refused)?;
    let setting = Setting::new(&session, &request, moment);
    let nothing = Confirmed::of(asked.fel);
    ok(&view(&setting, &page, &nothing, &[], None))
}

/// What came of it.
enum Outcome {
    Revoked,
    Incomplete(Faults),
    Refused(Refusal),
}

pub(in crate::id_admin) async fn send(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Confirmed>,
) -> Result<HttpResponse, Fault> {
    let (look, call, id) = (
        session.call(None),
        session.call(Some(form.fingerprint)),
        *id,
    );
    let (asked, t) = (form.fields.clone(), crate::pages::text(session.language));
    let work = move |app: &App, link: &mut cards_app::Link| {
        let page = app.card_page(link, &look, id)?;
        let outcome = revoke(app, link, &call, &page, &asked, t)?;
        Ok::<_, Failure>((page, outcome))
    };
    let ((page, outcome), moment) = ask(&app, work).await?;
    let s = Setting::new(&session, &request, moment);
    let done = || see_other(format!("/id-admin/kort/{id}/fel-tryck/klart"));
    match outcome {
        Outcome::Revoked => Ok(done()),
        Outcome::Incomplete(faults) => show_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(&s, &page, &form.fields, &faults, None),
        ),
        Outcome::Refused(refusal @ (Refusal::NotYourRole | Refusal::OwnCard)) => {
            Err(Notice::Refused(refusal).into())
        }
        Outcome::Refused(refusal) => show_with(
            StatusCode::CONFLICT,
            &view(&s, &page, &form.fields, &[], Some(&refusal)),
        ),
    }
}

fn revoke(
    app: &App,
    link: &mut cards_app::Link,
    call: &Call,
    page: &CardPage,
    asked: &Confirmed,
    t: Text,
) -> Result<Outcome, Failure> {
    let wrong_in = match asked.place(t) {
        Ok(place) => place,
        // Who may not revoke is told so, whatever they have chosen.
        Err(faults) => {
            return Ok(
                may_revoke(page).map_or_else(Outcome::Refused, |()| Outcome::Incomplete(faults))
            );
        }
    };
    let card = &page.card.sheet.card;
    let request = RevocationRequest {
        id: RevocationId(link.new_id()),
        card: card.id,
        person: card.person,
        reason: asked.fel.reason(),
        reporter: Reporter::Office,
        last_four: asked.four().to_owned(),
        wrong_in,
    };
    match app.ledger.begin::<Revocation>(link, call, &request) {
        Ok(_) => Ok(Outcome::Revoked),
        Err(Failure::Refused(Refusal::LastFourWrong)) => {
            Ok(Outcome::Incomplete(vec![(FOUR, t.four_digits_wrong())]))
        }
        Err(Failure::Refused(refusal)) => Ok(Outcome::Refused(refusal)),
        Err(other) => Err(other),
    }
}

pub(in crate::id_admin) fn view(
    s: &Setting,
    page: &CardPage,
    asked: &Confirmed,
    faults: &[(&'static str, String)],
    refusal: Option<&Refusal>,
) -> MisprintView {
    let t = s.t;
    let sheet = &page.card.sheet;
    let error = |field: &str| {
        let fault = faults.iter().find(|(at, _)| *at == field);
        fault.map(|(_, text)| text.clone())
    };
    MisprintView {
        frame: s.frame(asked.fel.title(t)),
        t,
        errors: ErrorSummary::new(t, faults.iter().cloned()),
        refusal: refusal.map(|refusal| refusals::message(t, refusal).alert()),
        hidden: s.hidden.clone().and("fel", asked.fel.name()),
        action: format!("/id-admin/kort/{}/fel-tryck", sheet.card.id),
        card: t.misprint_card(parts::card_name(sheet), parts::shown_name(t, &page.person)),
        losses: losses(t, asked.fel),
        place: (asked.fel == Wrong::Namn).then(|| place(t, asked).error(error(WHERE))),
        four: Field::digits(t, FOUR, t.four_digits(), 4)
            .hint(t.four_digits_hint())
            .max_length(4)
            .value(asked.four())
            .error(error(FOUR)),
        go: Button::submit(t.misprint_revoke()).large().irreversible(),
        back: Link::new(t.misprint_keep(), cards::activate_address(sheet)),
    }
}

fn losses(t: Text, wrong: Wrong) -> Vec<(Icon, String)> {
    let what = match wrong {
        Wrong::Foto => t.misprint_photo_means(),
        Wrong::Namn => t.misprint_name_means(),
    };
    vec![
        (Icon::Ban, t.misprint_final()),
        (Icon::Scissors, t.misprint_cut()),
        (Icon::Card, t.misprint_anew()),
        (Icon::Eye, what),
    ]
}

fn place(t: Text, asked: &Confirmed) -> Choices {
    let rows = WrongIn::iter().map(|place| {
        let hint = match place {
            WrongIn::Register => t.wrong_in_register_means(),
            WrongIn::Directory => t.wrong_in_directory_means(),
            WrongIn::Order => t.wrong_in_order_means(),
            WrongIn::Print => t.wrong_in_print_means(),
        };
        Choice::explained(<&str>::from(place), states::wrong_in_answer(t, place), hint)
    });
    Choices::new(WHERE, t.wrong_in_question(), rows.collect())
        .hint(t.wrong_in_hint())
        .chosen(asked.var.clone().unwrap_or_default())
}
