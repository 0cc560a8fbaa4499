//! The demonstration's start: whom to be, what went out, and what moves time and manufacturer.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use cards_app::Failure;
use cards_http::{Fault, PortalName};
use chrono::{DateTime, TimeDelta, Utc};

use super::acts::SEEN;
use super::mails::{LetterRow, MailRow};
use super::{DemoDesk, Desk, DeskLetter, DeskMail, Factory, Persona};
use crate::components::{Button, Message};
use crate::layout::Frame;
use crate::pages;
use crate::text::{Lang, Text};

/// How many mails and letters the start shows.
const LATEST: usize = 5;

/// Everything on the page.
pub(super) struct Seen {
    pub(super) personas: Vec<Persona>,
    pub(super) mails: Vec<DeskMail>,
    pub(super) letters: Vec<DeskLetter>,
    pub(super) factory: Factory,
    pub(super) now: DateTime<Utc>,
    pub(super) moved: TimeDelta,
}

impl Seen {
    fn read(desk: &dyn DemoDesk) -> Result<Self, Failure> {
        Ok(Self {
            personas: desk.personas(),
            mails: desk.mails()?,
            letters: desk.letters()?,
            factory: desk.factory()?,
            now: desk.now(),
            moved: desk.moved(),
        })
    }
}

/// A persona with a link into each portal.
struct PersonaRow {
    name: String,
    about: String,
    ways: Vec<(String, String)>,
}

/// A button that moves the clock or the manufacturer.
struct Move {
    name: &'static str,
    value: &'static str,
    label: String,
}

#[derive(Template)]
#[template(path = "demo/start.html")]
pub(super) struct StartPage {
    frame: Frame,
    t: Text,
    marked: Message,
    personas: Vec<PersonaRow>,
    mails: Vec<MailRow>,
    letters: Vec<LetterRow>,
    now: String,
    moved: (&'static str, i64),
    clock_moves: Vec<Move>,
    factory: Vec<String>,
    factory_moves: Vec<Move>,
}

impl Move {
    fn button(&self) -> Button {
        Button::submit(self.label.as_str())
            .sending(self.name, self.value)
            .secondary()
    }
}

/// `GET /demo`.
pub(super) async fn get(request: HttpRequest, desk: Desk) -> Result<HttpResponse, Fault> {
    let seen = super::ask(desk, Seen::read).await?;
    pages::ok(&view(super::frame(&request), &seen))
}

/// The page.
pub(super) fn view(frame: Frame, seen: &Seen) -> StartPage {
    let t = frame.texts();
    StartPage {
        frame: frame.titled(t.demo_title()),
        t,
        marked: Message::info(t.open_demo_title(), t.open_demo_text()),
        personas: seen
            .personas
            .iter()
            .map(|persona| row(t, persona))
            .collect(),
        mails: seen
            .mails
            .iter()
            .take(LATEST)
            .map(|mail| MailRow::new(t, mail))
            .collect(),
        letters: seen
            .letters
            .iter()
            .take(LATEST)
            .map(|one| LetterRow::new(t, one))
            .collect(),
        now: t.day_and_clock(seen.now),
        moved: (SEEN, seen.moved.num_microseconds().unwrap_or(i64::MAX)),
        clock_moves: clock_moves(t),
        factory: standing(t, seen.factory),
        factory_moves: factory_moves(t, seen.factory),
    }
}

fn row(t: Text, persona: &Persona) -> PersonaRow {
    let about = match t.lang() {
        Lang::Sv => &persona.about_sv,
        Lang::En => &persona.about_en,
    };
    let way = |portal: &PortalName| {
        let address = format!("{}/logga-in?som={}", portal.path(), persona.key);
        (t.demo_log_in(portal_name(t, *portal)), address)
    };
    PersonaRow {
        name: persona.name.clone(),
        about: about.clone(),
        ways: persona.portals.iter().map(way).collect(),
    }
}

fn portal_name(t: Text, portal: PortalName) -> String {
    match portal {
        PortalName::IdAdmin => t.portal_id_admin(),
        PortalName::MinaSidor => t.portal_mina_sidor(),
        PortalName::Servicedesk => t.portal_servicedesk(),
    }
}

fn clock_moves(t: Text) -> Vec<Move> {
    vec![
        Move {
            name: "dagar",
            value: "1",
            label: t.demo_clock_days(1),
        },
        Move {
            name: "dagar",
            value: "30",
            label: t.demo_clock_days(30),
        },
        Move {
            name: "dagar",
            value: "91",
            label: t.demo_clock_days(91),
        },
    ]
}

fn standing(t: Text, factory: Factory) -> Vec<String> {
    let running = if factory.is_paused {
        t.demo_factory_paused()
    } else {
        t.demo_factory_runs()
    };
    let count = |number: u32| i64::from(number);
    let mut lines = vec![running];
    if factory.fail_next > 0 {
        lines.push(t.demo_factory_fails(count(factory.fail_next)));
    }
    if factory.lose_next > 0 {
        lines.push(t.demo_factory_loses(count(factory.lose_next)));
    }
    lines
}

fn factory_moves(t: Text, factory: Factory) -> Vec<Move> {
    let act = |value, label| Move {
        name: "gor",
        value,
        label,
    };
    let pause = if factory.is_paused {
        act("fortsatt", t.demo_factory_resume())
    } else {
        act("pausa", t.demo_factory_pause())
    };
    vec![
        act("skynda", t.demo_factory_hurry()),
        pause,
        act("misslyckas", t.demo_factory_fail()),
        act("tappa", t.demo_factory_lose()),
    ]
}
