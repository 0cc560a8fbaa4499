//! The officers' pages with made-up persons: what every page must be, and what each must say.

mod counter;
mod next;
mod things;

use std::collections::HashSet;

use askama::Template;
use cards_app::plain::Office;
use cards_app::queries::{
    Found, Hit, SearchAnswer, SearchFor, StartPage, Waiting, Worklist, WorklistKind,
};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::order::OrderStage;
use cards_domain::refusal::Refusal;
use cards_domain::values::{NameQuery, PersonNumber};
use scraper::{ElementRef, Html, Selector};
use uuid::Uuid;

use super::draft::Typed;
use super::order_form::{Chosen, Offered};
use super::samples::*;
use super::{
    activate, code, done, errands, events, order, order_form, paper, person, photo, receipt,
    refuse, search, start, worklist,
};
use crate::pages::Setting;
use crate::text::{Lang, Text};

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// What holds for every page: one heading, ids once, labels, references that lead somewhere,
/// nothing inline, forms that carry their token, and words that are allowed.
pub(crate) fn assert_sound(name: &str, html: &str) {
    let page = Html::parse_document(html);
    assert_eq!(select(&page, "h1").len(), 1, "{name}: headings");
    let mut ids = HashSet::new();
    for element in select(&page, "[id]") {
        assert!(
            ids.insert(element.attr("id").unwrap()),
            "{name}: id twice: {:?}",
            element.attr("id")
        );
    }
    for attribute in ["aria-describedby", "aria-labelledby", "for", "form"] {
        for element in select(&page, &format!("[{attribute}]")) {
            for id in element.attr(attribute).unwrap().split_whitespace() {
                assert!(ids.contains(id), "{name}: {attribute}={id} leads nowhere");
            }
        }
    }
    let labelled: HashSet<&str> = select(&page, "label[for]")
        .iter()
        .map(|label| label.attr("for").unwrap())
        .collect();
    for control in select(&page, "input:not([type=hidden]), select, textarea") {
        assert!(
            labelled.contains(control.attr("id").unwrap_or_default()),
            "{name}: {}",
            control.html()
        );
    }
    for form in select(&page, "form") {
        // What only chooses what is shown stands in the address; its token never does.
        let is_sent = form.attr("method") == Some("post");
        let chooses = form.attr("method") == Some("get");
        assert!(is_sent || chooses, "{name}: a form without method");
        let has_token = form.html().contains("_csrf");
        assert_eq!(has_token, is_sent, "{name}: the token of a form");
        let typed = Selector::parse("input:not([type=hidden], [type=radio]), textarea").unwrap();
        let typed = form.select(&typed).filter_map(|field| field.attr("name"));
        let days = typed.filter(|name| !["fran", "till"].contains(name));
        assert!(is_sent || days.count() == 0, "{name}: text in an address");
    }
    assert!(
        select(&page, "[style], style, [onclick], script:not([src])").is_empty(),
        "{name}: inline"
    );
    let title = select(&page, "title")[0].text().collect::<String>();
    assert!(!title.starts_with(" –"), "{name}: no title");
    let text: String = page.root_element().text().collect();
    assert!(!text.to_lowercase().contains("journal"), "{name}: the word");
}

fn html(page: &impl Template) -> String {
    page.render().unwrap()
}

fn start_page(kind: WorklistKind, acts_at: &str) -> StartPage {
    let nearest = Waiting {
        thing: Uuid::from_u128(100),
        number: Some("…7738".into()),
        person: MAJA,
        name: Some("Maja Lindqvist".into()),
        office: "Kortkontoret Björkvallen".into(),
        day: at(acts_at).date_naive(),
        due: at(acts_at),
    };
    let office: Office = office();
    StartPage {
        office: Some(office),
        worklists: vec![Worklist {
            kind,
            count: 4,
            nearest,
        }],
        questions: 1,
        buried_errands: Some(2),
    }
}

fn waiting() -> Vec<Waiting> {
    let page = start_page(WorklistKind::Unsigned, "2026-11-24T11:00:00Z");
    page.worklists
        .into_iter()
        .map(|list| list.nearest)
        .collect()
}

fn hit(n: u128, given: &str, number: &str) -> Hit {
    let sheet = crate::id_admin::samples::person(n, given, number);
    Hit {
        person: sheet.person,
        name: sheet.name,
        number: sheet.number,
        protection: sheet.protection,
        posts: sheet.posts,
        photo: Some(cards_domain::ids::PhotoId(uuid::Uuid::from_u128(n))),
    }
}

fn found(hits: Vec<Hit>) -> SearchAnswer {
    let name = NameQuery::parse("Lindqvist").unwrap();
    SearchAnswer::new(Some(SearchFor::Name(name)), Found { hits, more: false })
}

fn offered_form(verdict: Result<(), Refusal>) -> Offered {
    Offered {
        form: order_form(),
        verdicts: vec![(ORDERER, verdict)],
    }
}

fn failed() -> Vec<errands::Failed> {
    vec![errands::Failed {
        id: uuid::Uuid::from_u128(9),
        topic: "notify".into(),
        created_at: now(),
        attempts: 8,
    }]
}

/// Pages by name.
type Pages = Vec<(&'static str, String)>;

/// Every page in one language.
fn pages(lang: Lang) -> Pages {
    let s = &id_admin(lang);
    [
        lists(s),
        of_a_person(s),
        of_an_order(s),
        at_the_counter(s),
        photo::tests::pages(s),
    ]
    .concat()
}

fn list_page(is_first: bool, waiting: Vec<Waiting>) -> worklist::Page {
    worklist::Page { is_first, waiting }
}

fn lists(s: &Setting) -> Pages {
    let tonight = start_page(WorklistKind::Unsigned, "2026-11-23T20:00:00Z");
    let hits = vec![hit(1, "Maja", NUMBER), hit(2, "Maria", "198503129812")];
    let nobody = worklist::view(s, WorklistKind::ToActivate, &list_page(true, Vec::new()));
    let many = waiting().into_iter().cycle().take(51).collect();
    let waiting = worklist::view(s, WorklistKind::Unsigned, &list_page(true, waiting()));
    let second = worklist::view(s, WorklistKind::ToCut, &list_page(false, many));
    vec![
        ("start", html(&start::view(s, &tonight))),
        ("worklist", html(&waiting)),
        ("worklist, second of three pages", html(&second)),
        ("worklist, empty", html(&nobody)),
        ("errands", html(&errands::view(s, &failed(), 1))),
        ("errands, none", html(&errands::view(s, &[], 0))),
        ("errands, waiting", html(&errands::view(s, &[], 2))),
        (
            "hits",
            html(&search::view(s, "/id-admin", &found(hits), "Lindqvist")),
        ),
        (
            "hits, none",
            html(&search::view(s, "/id-admin", &found(Vec::new()), "Zz")),
        ),
        (
            "search again",
            html(&search::again(s, "/id-admin", "198503129805")),
        ),
    ]
}

fn of_a_person(s: &Setting) -> Pages {
    let cards = vec![offered(card(sent(), DeliveryMethod::APost), Ok(()))];
    let view = |sheet, cards| html(&person::view(s, &person_page(sheet, cards), false));
    vec![
        ("person", view(maja(), cards.clone())),
        ("person, new", view(maja(), Vec::new())),
        ("person, protected", view(protected(), cards)),
        ("events", html(&events::view(s, &maja(), &[]))),
        (
            "events of a code",
            html(&events::view_of_code(
                s,
                "B6M-2KD",
                &cards_app::queries::Coded::default(),
            )),
        ),
    ]
}

fn of_an_order(s: &Setting) -> Pages {
    let form = |verdict| {
        let offered = offered_form(verdict);
        html(&order_form::view(
            s,
            &offered,
            &Chosen::default(),
            &[],
            None,
        ))
    };
    let dispatched = order_page(OrderStage::Dispatched, DeliveryMethod::Rek);
    let waiting = order_page(OrderStage::ReadyToSend, DeliveryMethod::APost);
    vec![
        ("order form", form(Ok(()))),
        (
            "order form, silent register",
            form(Err(Refusal::RegisterSilent)),
        ),
        ("order", html(&order::view(s, &dispatched))),
        ("order, waiting", html(&order::view(s, &waiting))),
        ("cancel", html(&order::cancel::view(s, &dispatched, None))),
        (
            "cancel, refused",
            html(&order::cancel::view(s, &dispatched, Some("1234"))),
        ),
    ]
}

fn at_the_counter(s: &Setting) -> Pages {
    let of = |stage| card_page(card(stage, DeliveryMethod::APost));
    let activate = |refusal| {
        html(&activate::view(
            s,
            &of(sent()),
            &Typed::default(),
            &[],
            refusal,
        ))
    };
    let paper = |error| html(&paper::view(s, &of(unsigned()), error, None));
    vec![
        ("activate", activate(None)),
        ("activate, refused", activate(Some(&Refusal::NoOffice))),
        (
            "code",
            html(&code::view(s, &of(sent()), Uuid::from_u128(77), None)),
        ),
        ("receipt", html(&receipt::view(s, &of(unsigned()), true))),
        ("leave", html(&receipt::leave_view(s, &of(unsigned())))),
        ("refuse", html(&refuse::view(s, &of(unsigned())))),
        ("paper", paper(None)),
        ("paper, not ticked", paper(Some("x".into()))),
        ("print", html(&paper::print_view(s, &of(unsigned()), &[]))),
        ("done", html(&done::view(s, &of(active()), &[]))),
    ]
}

fn page(name: &str) -> String {
    let (_, html) = pages(Lang::Sv)
        .into_iter()
        .find(|(at, _)| *at == name)
        .unwrap();
    html
}

/// The page as it is read: words without markup, one space between.
fn read(html: &str) -> String {
    let page = Html::parse_document(html);
    let text: String = select(&page, "main")[0]
        .text()
        .collect::<Vec<_>>()
        .join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_page_is_sound_in_both_languages() {
    for lang in [Lang::Sv, Lang::En] {
        for (name, html) in pages(lang) {
            assert_sound(&format!("{name}, {}", lang.tag()), &html);
        }
    }
}

#[test]
fn every_page_is_translated() {
    for ((name, sv), (_, en)) in pages(Lang::Sv).into_iter().zip(pages(Lang::En)) {
        // What is printed and signed on paper is Swedish.
        if name != "print" {
            assert_ne!(read(&sv), read(&en), "{name}");
        }
    }
}

#[test]
fn what_is_lost_tonight_stands_under_today_with_the_name() {
    let page = read(&page("start"));
    assert!(page.contains("I dag måndag 23 november"), "{page}");
    assert!(page.contains("Ej kvitterade") && page.contains("Maja Lindqvist"));
    assert!(page.contains("I dag: 08:00–16:00"));
    assert!(page.contains("Uppgifter som misslyckats"));
}

#[test]
fn namesakes_with_near_numbers_are_marked_on_both_rows_with_their_birth_dates() {
    let page = read(&page("hits"));
    assert_eq!(page.matches("Liknande person finns").count(), 2, "{page}");
    assert!(page.contains("1985-03-12"), "{page}");
    let alone = search::live(
        Text::of(Lang::Sv),
        "/id-admin",
        &found(vec![hit(1, "Maja", NUMBER)]),
    );
    assert!(!html(&alone).contains("Liknande"));
}

#[test]
fn an_empty_number_is_referred_to_whom_it_may_belong_and_a_name_is_not() {
    let t = Text::of(Lang::Sv);
    let number = PersonNumber::parse(NUMBER).unwrap();
    let answer = SearchAnswer {
        understood: Some(SearchFor::Number(number)),
        refer_to: vec![office()],
        ..found(Vec::new())
    };
    let page = html(&search::live(t, "/id-admin", &answer));
    let office = format!("{}, {}", office().name, office().phone.unwrap());
    assert!(page.contains(&office), "{page}");
    assert!(page.contains("behörighet för skyddade personuppgifter"));
    let by_name = html(&search::live(t, "/id-admin", &found(Vec::new())));
    assert!(!by_name.contains("behörighet"), "{by_name}");
}

#[test]
fn a_mistyped_number_is_told_at_the_field_and_kept() {
    let page = page("search again");
    assert!(page.contains("Kontrollsiffran i personnumret stämmer inte"));
    assert!(page.contains("value=\"198503129805\"") && page.contains("aria-invalid"));
}
