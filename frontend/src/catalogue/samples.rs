//! One sample page per frame, with invented persons. They show page authors how a page is put
//! together, and the tests and browsers how whole pages look.

use askama::Template;

use super::Catalogue;
use crate::components::{
    Breadcrumbs, Button, CardDrawing, CardRow, Checkboxes, Choices, Component, DayList,
    DeadlineBar, DecisionBar, Empty, EventList, Fact, Facts, Field, Hidden, Icon, Link, LinkList,
    Message, MyCard, NextStep, PersonHeader, SearchBand, StepBar, TodoList, Tracking, Worklist,
    states,
};
use crate::errors::{ErrorPage, Failure};
use crate::layout::{Frame, NavItem, Portal, User};
use crate::text::{Lang, Text};

/// The frame *Disk* with the search band: the officer's start.
#[derive(Template)]
#[template(path = "catalogue/start.html")]
struct StartPage {
    frame: Frame,
    t: Text,
    search: SearchBand,
    worklists: Vec<Worklist>,
    visits: DayList,
}

/// The frame *Disk* with a person.
#[derive(Template)]
#[template(path = "catalogue/person.html")]
struct PersonPage {
    frame: Frame,
    t: Text,
    person: PersonHeader,
    next: NextStep,
    cards: Vec<CardRow>,
    deadlines: Vec<DeadlineBar>,
    events: EventList,
}

/// The frame *Fokus*: a step of a counter flow.
#[derive(Template)]
#[template(path = "catalogue/step.html")]
struct StepPage {
    frame: Frame,
    t: Text,
    steps: StepBar,
    hidden: Hidden,
    documents: Choices,
    number: Field,
    valid_until: Field,
    checks: Checkboxes,
    warning: Message,
    decision: DecisionBar,
}

/// The frame *Mina sidor*.
#[derive(Template)]
#[template(path = "catalogue/holder.html")]
struct HolderPage {
    frame: Frame,
    t: Text,
    todo: TodoList,
    works: MyCard,
    links: LinkList,
    coming: MyCard,
    tracking: Tracking,
}

/// The frame *Disk* with a long list that is empty.
#[derive(Template)]
#[template(path = "catalogue/list.html")]
struct ListPage {
    frame: Frame,
    t: Text,
    path: Breadcrumbs,
    empty: Empty,
}

/// The frame *Papper*.
#[derive(Template)]
#[template(path = "catalogue/receipt.html")]
struct ReceiptPage {
    frame: Frame,
    t: Text,
    holder: Facts,
    card: Facts,
}

/// A name for each sample page, and the page as HTML.
///
/// # Errors
/// When a template cannot be rendered.
pub fn pages(lang: Lang) -> Result<Vec<(&'static str, String)>, askama::Error> {
    let t = Text::of(lang);
    let mut all = vec![
        (
            "components",
            Catalogue::new(desk(t, "Komponenter"))?.render()?,
        ),
        ("start", start(t).render()?),
        ("person", person(t).render()?),
        ("step", step(t).render()?),
        ("holder", holder(t).render()?),
        ("list", list(t).render()?),
        ("receipt", receipt(t).render()?),
    ];
    for failure in Failure::ALL {
        let name = match failure {
            Failure::NotFound => "error-404",
            Failure::Forbidden => "error-403",
            Failure::Conflict => "error-409",
            Failure::Invalid => "error-422",
            Failure::Internal => "error-500",
            Failure::Unavailable => "error-503",
        };
        all.push((name, ErrorPage::new(desk(t, ""), failure).render()?));
    }
    let open = Frame::new(t, Portal::Open, "", "/", "H3T-9WB");
    all.push((
        "error-open",
        ErrorPage::new(open, Failure::NotFound).render()?,
    ));
    Ok(all)
}

fn desk(t: Text, title: &str) -> Frame {
    let nav = ["Start", "Beställningar", "Kort", "Bokningar", "Uppföljning"];
    let item =
        |(at, label): (usize, &&str)| NavItem::new(*label, format!("/id-admin/{at}"), at == 0);
    Frame::new(t, Portal::IdAdmin, title, "/id-admin", "H3T-9WB")
        .nav(nav.iter().enumerate().map(item).collect())
        .search("/id-admin/sok", Hidden::new([("csrf", "exempel")]))
        .user(user("Karin Åkerblom", "Kortkontoret Björkvallen · LoA3"))
}

fn user(name: &str, place: &str) -> User {
    User {
        name: name.into(),
        place: place.into(),
        log_out_action: "/logga-ut".into(),
        log_out_fields: Hidden::new([("csrf", "exempel")]),
    }
}

fn start(t: Text) -> StartPage {
    let frame = desk(t, "Start").without_search();
    let [search] = <[SearchBand; 1]>::try_from(SearchBand::examples(t)).unwrap_or_else(|_| {
        [SearchBand::new(
            t,
            "Vem gäller det?",
            "/id-admin/sok",
            Hidden::default(),
        )]
    });
    StartPage {
        frame,
        t,
        search,
        worklists: Worklist::examples(t),
        visits: DayList::examples(t).swap_remove(0),
    }
}

fn person(t: Text) -> PersonPage {
    PersonPage {
        frame: desk(t, "Maja Lindqvist"),
        t,
        person: PersonHeader::examples(t).swap_remove(0),
        next: NextStep::examples(t).swap_remove(0),
        cards: CardRow::examples(t),
        deadlines: DeadlineBar::examples(t),
        events: EventList::examples(t).swap_remove(0),
    }
}

fn step(t: Text) -> StepPage {
    StepPage {
        frame: desk(t, "Kontrollera id-handling").focus("Aktivera kort"),
        t,
        steps: StepBar::examples(t).swap_remove(0),
        hidden: Hidden::new([("csrf", "exempel")]),
        documents: Choices::examples(t).swap_remove(0),
        number: Field::digits(t, "nummer", "Handlingens nummer, fyra sista", 4).value("4417"),
        valid_until: Field::date(t, "giltig", "Giltig till och med").value("2029-05-30"),
        checks: Checkboxes::examples(t).swap_remove(0),
        warning: Message::examples(t).swap_remove(1),
        decision: DecisionBar::new(
            "Du signerar kontrollen med ditt eget kort. Typ av handling och fyra siffror sparas, \
             inte numret.",
            Some(Button::link("Jag är osäker, stoppa", "#stopp")),
            Button::submit("Godkänn, 4 av 7 klara").of_form("kontroll"),
        ),
    }
}

fn holder(t: Text) -> HolderPage {
    let frame = Frame::new(t, Portal::MinaSidor, "Start", "/mina-sidor", "H3T-9WB")
        .nav(vec![
            NavItem::new("Start", "/mina-sidor", true),
            NavItem::new(
                "Vem har tittat på mina uppgifter",
                "/mina-sidor/visningar",
                false,
            ),
        ])
        .contact(Link::new("Kontakt och öppettider", "/mina-sidor/kontakt"))
        .user(user("Elin Berg", ""));
    HolderPage {
        frame,
        t,
        todo: TodoList::examples(t).swap_remove(0),
        works: MyCard::examples(t).swap_remove(0),
        links: LinkList::examples(t).swap_remove(0),
        coming: MyCard::new(
            CardDrawing::Envelope,
            states::card::SENT.badge(t),
            "Strandängens kommun",
            "rekommenderat brev",
        ),
        tracking: Tracking::examples(t).swap_remove(0),
    }
}

fn list(t: Text) -> ListPage {
    let stopped = Message::warning(
        "Nattarbetet går inte just nu",
        "Mejl, leveranser och spärrlistor väntar. Det du gör sparas och skickas senare.",
    )
    .with_icon(Icon::Gear);
    ListPage {
        frame: desk(t, "Ej kvitterade").banner(stopped),
        t,
        path: Breadcrumbs::new(t, vec![Link::new("Att göra", "/id-admin")], "Ej kvitterade"),
        empty: Empty::examples(t).swap_remove(0),
    }
}

fn receipt(t: Text) -> ReceiptPage {
    ReceiptPage {
        frame: desk(t, "Kvittens").focus("Utskrift"),
        t,
        holder: Facts::new(vec![
            Fact::plain("Namn", "Maja Lindqvist"),
            Fact::plain("Personnummer", "19870412-9801"),
        ]),
        card: Facts::new(vec![
            Fact::plain("Kortnummer", "9752 2699 0041 7738"),
            Fact::plain("Produktnummer", "723"),
            Fact::plain("Aktiverat", "2026-11-23 klockan 10.09"),
        ]),
    }
}
