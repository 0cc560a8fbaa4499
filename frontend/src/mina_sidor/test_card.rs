//! *Testa kortet*, logged in: what is registered of the card, and what the card program has found in
//! the reader; on the screen and on paper.

use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_app::queries::{CardSheet, HolderPage};
use cards_app::{App, Call, Failure, Link as Db};
use cards_domain::calendar::business_day;
use cards_domain::card_task::TaskKind;
use cards_domain::ids::CardId;
use cards_domain::refusal::Refusal;
use cards_http::{Fault, HolderSession};
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::card::{own_card, parsed};
use super::known::{self, Found, Weight};
use super::{fetch_signing, frame, locked, start};
use crate::card_tasks::OfferForm;
use crate::card_tasks::report::{self, LastTest};
use crate::causes;
use crate::components::{Button, Fact, Facts, Hidden, Icon, Link, Message, StateBadge};
use crate::layout::Frame;
use crate::open::card_test;
use crate::pages::{self, ask};
use crate::refusals;
use crate::text::Text;

/// Adds the page.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/mina-sidor/kort/{id}/testa", web::get().to(get));
}

/// The address of the page.
pub(super) fn address(sheet: &CardSheet) -> String {
    format!("{}/testa", start::card_address(sheet))
}

/// Whether it is wanted on paper.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    papper: Option<String>,
}

/// A row of what is registered.
struct Row {
    found: Found,
    badge: StateBadge,
    on: Option<Link>,
}

/// What the last test found.
struct Tested {
    when: String,
    message: Message,
    facts: Facts,
}

#[derive(Template)]
#[template(path = "mina_sidor/test_card.html")]
pub(super) struct TestView {
    frame: Frame,
    t: Text,
    back: Link,
    rows: Vec<Row>,
    well: bool,
    form: Option<OfferForm>,
    refusal: Option<Message>,
    needs: Vec<(Icon, String)>,
    tested: Option<Tested>,
    more: Link,
    print: Link,
}

#[derive(Template)]
#[template(path = "mina_sidor/test_card_paper.html")]
pub(super) struct PaperView {
    frame: Frame,
    t: Text,
    facts: Facts,
    rows: Vec<Row>,
    tested: Option<(String, String, Facts)>,
}

/// Everything that the page is made of.
pub(super) struct Read {
    pub(super) page: HolderPage,
    pub(super) sheet: CardSheet,
    pub(super) verdict: Result<(), Refusal>,
    pub(super) last: Option<LastTest>,
}

impl Read {
    fn of(app: &App, link: &mut Db, call: &Call, id: CardId) -> Result<Self, Failure> {
        let (page, sheet) = own_card(app, link, call, id)?;
        let mut offers = app.task_offers(link, call, &sheet)?.into_iter();
        let offer = offers.find(|offer| offer.action == TaskKind::TestCard);
        Ok(Self {
            page,
            verdict: offer.map_or(Err(Refusal::NotYourRole), |offer| offer.verdict),
            last: report::last(app, link, id)?,
            sheet,
        })
    }
}

async fn get(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(None), parsed(&id)?);
    let work = move |app: &App, link: &mut Db| Read::of(app, link, &call, id);
    let (read, moment) = ask(&app, work).await?;
    let frame = frame::frame(&request, &session, moment);
    if asked.papper.as_deref() == Some("1") {
        return pages::ok(&paper(frame, &read, moment.now));
    }
    pages::ok(&view(frame, &read, moment.now, pages::fields(&session)))
}

/// The page of what was read.
pub(super) fn view(frame: Frame, read: &Read, now: DateTime<Utc>, hidden: Hidden) -> TestView {
    let (t, sheet) = (frame.texts(), &read.sheet);
    let rows = rows(t, read, now);
    TestView {
        frame: frame.titled(title(t, sheet)),
        t,
        back: super::card::back_to(t, sheet),
        well: rows.iter().all(|row| row.found.weight != Weight::Stops),
        rows,
        form: read.verdict.is_ok().then(|| {
            let button = Button::submit(t.test_begin()).large().full();
            OfferForm::new(
                start::HOME,
                (sheet.card.id, TaskKind::TestCard),
                hidden,
                button,
            )
        }),
        refusal: read
            .verdict
            .as_ref()
            .err()
            .map(|refusal| refusals::message(t, refusal)),
        needs: card_test::needs(t),
        tested: read.last.as_ref().map(|last| Tested {
            when: t.test_last_when(t.day_and_clock(last.at)),
            message: report::message(t, &last.report),
            facts: report::facts(t, &last.report),
        }),
        more: report::more(t),
        print: Link::new(t.test_print(), format!("{}?papper=1", address(sheet))),
    }
}

fn title(t: Text, sheet: &CardSheet) -> String {
    let number = sheet.card.number.as_ref();
    t.test_mine_title(number.map(|number| number.short()).unwrap_or_default())
}

fn rows(t: Text, read: &Read, now: DateTime<Utc>) -> Vec<Row> {
    let posts = &read.page.person.posts;
    let found = known::all(t, &read.sheet, posts, business_day(now));
    let row = |found: Found| Row {
        badge: found.badge(t),
        on: way_on(t, &read.sheet, found.code),
        found,
    };
    found.into_iter().map(row).collect()
}

/// The page that goes on where a step ends, for this very card.
fn way_on(t: Text, sheet: &CardSheet, code: Option<&str>) -> Option<Link> {
    match code? {
        "S102" => {
            let to = format!("{}/kvittens", start::card_address(sheet));
            Some(Link::new(t.ms_sign_button(), to))
        }
        "S201" | "S202" | "S203" => Some(Link::new(t.ms_unlock_link(), locked::address(sheet))),
        "S302" => Some(Link::new(t.task_fetch(), fetch_signing::address(sheet))),
        "S401" => Some(Link::new(t.ms_directory_link(), "/mina-sidor/katalogen")),
        _ => None,
    }
}

/// The same on paper, to take to whoever helps. It names nobody.
pub(super) fn paper(frame: Frame, read: &Read, now: DateTime<Utc>) -> PaperView {
    let (t, sheet) = (frame.texts(), &read.sheet);
    let number = sheet.card.number.as_ref();
    let mut facts = vec![
        Fact::plain(
            t.ms_card_number(),
            number.map(|number| number.short()).unwrap_or_default(),
        ),
        Fact::plain(t.test_printed_at(), t.day_and_clock(now)),
        Fact::plain(t.page_code(), frame.correlation()),
    ];
    let product = sheet.card.product_number.as_ref();
    let product = product.map(|product| Fact::plain(t.ms_product_number(), product.to_string()));
    facts.splice(1..1, product);
    PaperView {
        frame: frame.titled(t.test_report_title()),
        t,
        facts: Facts::new(facts),
        rows: rows(t, read, now),
        tested: read.last.as_ref().map(|last| {
            let says = match &last.report.cause {
                Some(cause) => format!("{cause}: {}", causes::told(t, cause.as_str()).0),
                None => t.test_last_well(),
            };
            let when = t.test_last_when(t.day_and_clock(last.at));
            (when, says, report::facts(t, &last.report))
        }),
    }
}
