//! The officers' pages with made-up persons: what every page must be, and what each must say.

use std::collections::HashSet;

use askama::Template;
use cards_app::plain::Office;
use cards_app::queries::{Hit, StartPage, Waiting, Worklist, WorklistKind};
use cards_domain::access::Role;
use cards_domain::card::{Card, CardStage, RevocationReason};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::identity_check::CheckStep;
use cards_domain::ids::CardId;
use cards_domain::order::OrderStage;
use cards_domain::refusal::Refusal;
use strum::IntoEnumIterator;
use scraper::{ElementRef, Html, Selector};
use uuid::Uuid;

use super::draft::{Draft, Typed};
use super::order_form::{Chosen, Offered};
use super::samples::*;
use super::{
    activate, code, done, errands, events, order, order_form, paper, person, receipt, search,
    start, worklist,
};
use crate::layout::Portal;
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
        assert!(ids.insert(element.attr("id").unwrap()), "{name}: id twice: {:?}", element.attr("id"));
    }
    for attribute in ["aria-describedby", "aria-labelledby", "for", "form"] {
        for element in select(&page, &format!("[{attribute}]")) {
            for id in element.attr(attribute).unwrap().split_whitespace() {
                assert!(ids.contains(id), "{name}: {attribute}={id} leads nowhere");
            }
        }
    }
    let labelled: HashSet<&str> =
        select(&page, "label[for]").iter().map(|label| label.attr("for").unwrap()).collect();
    for control in select(&page, "input:not([type=hidden]), select, textarea") {
        assert!(labelled.contains(control.attr("id").unwrap_or_default()), "{name}: {}", control.html());
    }
    for form in select(&page, "form") {
        assert_eq!(form.attr("method"), Some("post"), "{name}: a form in the address");
        assert!(form.html().contains("_csrf"), "{name}: a form without token");
    }
    assert!(select(&page, "[style], style, [onclick], script:not([src])").is_empty(), "{name}: inline");
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
        card: CardId(Uuid::from_u128(100)),
        number: Some("…7738".into()),
        person: MAJA,
        name: Some("Maja Lindqvist".into()),
        acts_at: at(acts_at),
    };
    let office: Office = office();
    StartPage {
        office: Some(office),
        worklists: vec![Worklist { kind, count: 4, nearest: Some(nearest) }],
        buried_errands: Some(2),
    }
}

fn waiting() -> Vec<Waiting> {
    let page = start_page(WorklistKind::Unsigned, "2026-11-24T11:00:00Z");
    page.worklists.into_iter().filter_map(|list| list.nearest).collect()
}

fn hit(n: u128, given: &str, number: &str) -> Hit {
    let sheet = crate::id_admin::samples::person(n, given, number);
    Hit {
        person: sheet.person,
        name: sheet.name,
        number: sheet.number,
        protection: sheet.protection,
        posts: sheet.posts,
    }
}

fn offered_form(verdict: Result<(), Refusal>) -> Offered {
    Offered { form: order_form(), verdicts: vec![(ORDERER, verdict)] }
}

fn failed() -> Vec<errands::Failed> {
    vec![errands::Failed { topic: "notify".into(), created_at: now(), attempts: 8 }]
}

/// Every page in one language.
fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let s = &id_admin(lang);
    let (a, rek) = (DeliveryMethod::APost, DeliveryMethod::Rek);
    let sent_card = || card_page(card(sent(), a));
    let unsigned_card = || card_page(card(unsigned(), a));
    let form = |verdict| html(&order_form::view(s, &offered_form(verdict), &Chosen::default(), &[], None));
    let cards = vec![offered(card(sent(), a), Ok(()))];
    let dispatched = order_page(OrderStage::Dispatched, rek);
    vec![
        ("start", html(&start::view(s, &start_page(WorklistKind::Unsigned, "2026-11-23T20:00:00Z")))),
        ("worklist", html(&worklist::view(s, WorklistKind::Unsigned, &waiting()))),
        ("worklist, empty", html(&worklist::view(s, WorklistKind::ToActivate, &[]))),
        ("errands", html(&errands::view(s, &failed()))),
        ("errands, none", html(&errands::view(s, &[]))),
        ("hits", html(&search::view(s, "/id-admin", &[hit(1, "Maja", NUMBER), hit(2, "Maria", "198503129812")]))),
        ("hits, none", html(&search::view(s, "/id-admin", &[]))),
        ("search again", html(&search::again(s, "/id-admin", "198503129805"))),
        ("person", html(&person::view(s, &person_page(maja(), cards), false))),
        ("person, new", html(&person::view(s, &person_page(maja(), Vec::new()), false))),
        ("person, protected", html(&person::view(s, &person_page(protected(), Vec::new()), false))),
        ("events", html(&events::view(s, &maja(), &[]))),
        ("events of a code", html(&events::view_of_code(s, "B6M-2KD", &[]))),
        ("order form", form(Ok(()))),
        ("order form, silent register", form(Err(Refusal::RegisterSilent))),
        ("order", html(&order::view(s, &dispatched))),
        ("order, waiting", html(&order::view(s, &order_page(OrderStage::ReadyToSend, a)))),
        ("cancel", html(&order::cancel_view(s, &dispatched, None))),
        ("cancel, refused", html(&order::cancel_view(s, &dispatched, Some("1234")))),
        ("activate", html(&activate::view(s, &sent_card(), &Typed::default(), &[], None))),
        ("activate, refused", html(&activate::view(s, &sent_card(), &Typed::default(), &[], Some(&Refusal::NoOffice)))),
        ("code", html(&code::view(s, &sent_card(), Uuid::from_u128(77)))),
        ("receipt", html(&receipt::view(s, &unsigned_card(), true))),
        ("leave", html(&receipt::leave_view(s, &unsigned_card()))),
        ("paper", html(&paper::view(s, &unsigned_card(), None, None))),
        ("paper, not ticked", html(&paper::view(s, &unsigned_card(), Some("x".into()), None))),
        ("print", html(&paper::print_view(s, &unsigned_card(), &[]))),
        ("done", html(&done::view(s, &card_page(card(active(), a)), &[]))),
    ]
}

fn page(name: &str) -> String {
    let (_, html) = pages(Lang::Sv).into_iter().find(|(at, _)| *at == name).unwrap();
    html
}

/// The page as it is read: words without markup, one space between.
fn read(html: &str) -> String {
    let page = Html::parse_document(html);
    let text: String = select(&page, "main")[0].text().collect::<Vec<_>>().join(" ");
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
    assert!(page.contains("Öppet i dag: 08:00–16:00"));
    assert!(page.contains("Uppgifter som misslyckats"));
}

#[test]
fn namesakes_with_near_numbers_are_marked_on_both_rows_with_their_birth_dates() {
    let page = read(&page("hits"));
    assert_eq!(page.matches("Liknande person finns").count(), 2, "{page}");
    assert!(page.contains("1985-03-12"), "{page}");
    let alone = search::view(&id_admin(Lang::Sv), "/id-admin", &[hit(1, "Maja", NUMBER)]);
    assert!(!html(&alone).contains("Liknande"));
}

#[test]
fn a_mistyped_number_is_told_at_the_field_and_kept() {
    let page = page("search again");
    assert!(page.contains("Kontrollsiffran i personnumret stämmer inte"));
    assert!(page.contains("value=\"198503129805\"") && page.contains("aria-invalid"));
}

#[test]
fn a_protected_person_shows_nothing_but_the_hsa_id_until_asked() {
    let hidden = page("person, protected");
    for secret in ["Maja", "Lindqvist", NUMBER, "19850312", "Provgatan"] {
        assert!(!hidden.contains(secret), "{secret}");
    }
    assert!(hidden.contains("SE2399000013-1002") && hidden.contains("visa=1"));
    let s = id_admin(Lang::Sv);
    let shown = html(&person::view(&s, &person_page(protected(), Vec::new()), true));
    assert!(shown.contains("Maja Lindqvist") && shown.contains("Provgatan 1"));
}

#[test]
fn the_next_step_is_the_card_that_can_be_activated_here() {
    let page = read(&page("person"));
    assert!(page.contains("Nästa steg: aktivera kortet"), "{page}");
    assert!(page.contains("Aktivera kort …7738"));
    assert!(page.contains("2026-12-05"), "when it may be ordered anew");
    assert!(page.contains("Ett kort från en annan utgivare"));
    assert!(page.contains("Provgatan 1"));
}

#[test]
fn what_the_rules_refuse_is_a_line_with_the_reason_and_no_button() {
    let s = id_admin(Lang::Sv);
    let office = "Tallhöjden".to_owned();
    let cards = vec![offered(card(sent(), DeliveryMethod::APost), Err(Refusal::WrongOffice { office }))];
    let page = html(&person::view(&s, &person_page(maja(), cards), false));
    assert!(page.contains("Kortet aktiveras på Tallhöjden"));
    assert!(!page.contains("/aktivera\""), "a button for what is refused");
}

#[test]
fn nobody_is_told_that_an_active_card_cannot_be_activated() {
    let s = id_admin(Lang::Sv);
    let cards = vec![offered(card(active(), DeliveryMethod::APost), Err(Refusal::CardAlreadyActive))];
    let page = read(&html(&person::view(&s, &person_page(maja(), cards), false)));
    assert!(!page.contains("redan aktivt"), "{page}");
}

#[test]
fn a_card_that_waits_for_its_signature_comes_before_everything_else() {
    let s = id_admin(Lang::Sv);
    let unsigned = offered(card(unsigned(), DeliveryMethod::APost), Err(Refusal::ReceiptNotSigned));
    let page = html(&person::view(&s, &person_page(maja(), vec![unsigned.clone()]), false));
    assert!(page.contains("Nästa steg: ta emot kvittensen"));
    let auditor = setting(Lang::Sv, Portal::IdAdmin, Role::Auditor);
    let page = html(&person::view(&auditor, &person_page(maja(), vec![unsigned]), false));
    assert!(!page.contains("/kvittens"), "an auditor changes nothing");
}

#[test]
fn the_order_form_shows_routine_and_address_and_the_address_cannot_be_changed() {
    let form = page("order form");
    let words = read(&form);
    assert!(words.contains("Chefen ska ha godkänt beställningen."));
    assert!(words.contains("Jag har läst rutinen"));
    assert!(words.contains("Provgatan 1"));
    assert!(!form.contains("value=\"Provgatan"), "{form}");
    assert!(words.contains("Kan inte spåras"));
}

#[test]
fn without_the_register_there_is_no_form_but_a_way_on() {
    let page = page("order form, silent register");
    assert!(page.contains("Folkbokföringen svarar inte") && page.contains("Försök igen"));
    assert!(!page.contains("name=\"kontor\""));
}

#[test]
fn a_registered_letter_is_followed_at_postnord_and_an_ordinary_one_cannot_be() {
    let rek = page("order");
    assert!(rek.contains(&format!("https://tracking.postnord.com/se/?id={REK_ID}")));
    assert!(rek.contains("Hos tillverkaren") && rek.contains("Aktiverad"));
    let s = id_admin(Lang::Sv);
    let a_post = html(&order::view(&s, &order_page(OrderStage::Dispatched, DeliveryMethod::APost)));
    assert!(a_post.contains("A-post kan inte spåras") && !a_post.contains("postnord"));
    let orderer = setting(Lang::Sv, Portal::IdAdmin, Role::Orderer);
    let page = html(&order::view(&orderer, &order_page(OrderStage::Dispatched, DeliveryMethod::Rek)));
    assert!(!page.contains(REK_ID), "the Rek-id is not for everybody");
}

#[test]
fn stopping_an_order_says_what_is_lost_and_asks_for_four_digits() {
    let page = page("cancel, refused");
    assert!(page.contains("Kortet spärras för alltid"));
    assert!(page.contains("Siffrorna är inte kortets fyra sista") && page.contains("value=\"1234\""));
    assert!(!page.contains("7738"), "the answer is not on the page");
}

#[test]
fn nothing_at_the_counter_is_filled_in_beforehand() {
    let page = page("activate");
    for known in [NUMBER, "19850312-9804", "7738", "0041"] {
        assert!(!page.contains(known), "{known} could be copied from the page");
    }
    assert!(page.contains("Maja Lindqvist"), "the name to compare with the card");
    assert!(page.contains("Digitala id-kort godtas inte"));
    assert!(page.contains("Kortet har inget foto"));
    assert_eq!(page.matches("name=\"steg-").count(), 7);
}

#[test]
fn a_refused_check_keeps_what_was_typed_and_tells_it_at_the_field() {
    let s = id_admin(Lang::Sv);
    let on = "2026-11-02".parse().unwrap();
    let faults = super::draft::at_field(s.t, &Refusal::DocumentExpired { on });
    let typed = Typed::of(&[("giltig", "2026-11-02"), ("handling", "passport")]);
    let page = html(&activate::view(&s, &card_page(card(sent(), DeliveryMethod::APost)), &typed, &faults, None));
    assert_sound("refused check", &page);
    assert!(page.contains("href=\"#giltig\"") && page.contains("id=\"giltig-error\""));
    assert!(page.contains("value=\"2026-11-02\""));
    assert!(page.contains("value=\"passport\" checked"));
}

fn checked() -> Draft {
    let mut pairs = vec![
        ("kortnummer", CARD_NUMBER),
        ("namn", "ja"),
        ("handling", "passport"),
        ("nummer", NUMBER),
        ("fyra", "4417"),
        ("giltig", "2029-05-30"),
        ("ansikte", "ja"),
    ];
    let steps: Vec<String> =
        CheckStep::iter().map(super::draft::step_name).collect();
    pairs.extend(steps.iter().map(|name| (name.as_str(), "ja")));
    let card = CardId(Uuid::from_u128(100));
    Draft::read(Text::of(Lang::Sv), card, &Typed::of(&pairs), now()).ok().unwrap()
}

#[test]
fn what_was_typed_right_passes_the_rules() {
    let page = card_page(card(sent(), DeliveryMethod::APost));
    let by = id_admin(Lang::Sv).actor;
    let card: &Card = &page.card.sheet.card;
    assert!(card.examine(&by, &checked().check(None, None), &page.facts, now()).is_ok());
}

#[test]
fn the_officer_signs_exactly_what_was_checked_without_any_number_of_a_person() {
    let t = Text::of(Lang::Sv);
    let text = checked().text_to_sign(t, "SE2399000013-1002", "Kortkontoret Björkvallen");
    for said in ["…7738", "SE2399000013-1002", "pass som slutar på 4417", "2029-05-30", "7. "] {
        assert!(text.contains(said), "{said} lacks in {text}");
    }
    assert!(!text.contains("9804") && !text.contains("Maja"), "{text}");
}

#[test]
fn a_check_survives_being_kept_with_the_signature() {
    let kept = serde_json::to_value(checked()).unwrap();
    let back: Draft = serde_json::from_value(kept).unwrap();
    assert_eq!(back.check(None, None), checked().check(None, None));
}

#[test]
fn no_code_is_ever_typed_here() {
    let page = page("code");
    let fields = Html::parse_document(&page);
    let visible = select(&fields, "main input:not([type=hidden])");
    assert!(visible.is_empty(), "{page}");
    assert!(page.contains("6 till 8 siffror") && page.contains("Koden skrivs aldrig här"));
}

#[test]
fn whoever_leaves_before_the_receipt_reads_when_the_card_is_revoked() {
    for name in ["receipt", "leave"] {
        assert!(page(name).contains("2026-11-28 09:09"), "{name}");
    }
    assert!(page("leave").contains("En spärr går inte att häva"));
    assert!(page("receipt").contains("kvittens/lamna"));
}

#[test]
fn the_waiting_page_can_be_told_to_stop_reloading() {
    assert!(page("receipt").contains("Sluta med det"));
}

#[test]
fn the_paper_shows_card_terms_and_how_the_identity_was_checked() {
    let identity = serde_json::json!({
        "event": "unlocked",
        "identity": { "document": "passport", "document_last_four": "4417", "valid_to": "2029-05-30" },
        "code": "chosen_in_software",
        "signature": { "kind": "reauthenticated_session", "at": "2026-11-23T08:09:30Z", "text_hash": "00", "evidence": null },
    });
    let entry = cards_app::Entry {
        line_id: Uuid::nil(),
        at: now(),
        channel: cards_app::Channel::IdAdmin,
        actor_person: None,
        actor_system: None,
        kind: "card".into(),
        action: "unlock".into(),
        subject: Some(Uuid::from_u128(100)),
        person: Some(MAJA),
        from_stage: None,
        to_stage: None,
        outcome: "done".into(),
        event: identity,
        correlation: "H3T-9WB".into(),
    };
    let event = cards_app::queries::Event { entry, actor_name: Some("Karin Åkerblom".into()) };
    let s = id_admin(Lang::En);
    let paper = html(&paper::print_view(&s, &card_page(card(unsigned(), DeliveryMethod::APost)), &[event]));
    let words = read(&paper);
    assert!(words.contains("Pass, slutar på 4417, giltig till och med 2029-05-30"), "{words}");
    assert!(words.contains("Karin Åkerblom") && words.contains(CARD_NUMBER));
    assert!(words.contains("Kortet är personligt"), "the terms");
}

#[test]
fn when_the_card_is_active_the_old_one_is_to_be_cut() {
    let mut old = card(
        CardStage::Revoked { at: at("2026-11-23T08:40:00Z"), reason: RevocationReason::Superseded },
        DeliveryMethod::APost,
    );
    old.card.number = Some("975214800093 2216".replace(' ', "").parse().unwrap());
    let s = id_admin(Lang::Sv);
    let page = html(&done::view(&s, &card_page(card(active(), DeliveryMethod::APost)), &[old]));
    assert!(page.contains("Kortet är aktivt"));
    assert!(page.contains("…2216") && page.contains("Klipp det genom chippet"));
}

#[test]
fn zz_temporary_pages_to_look_at() {
    for lang in [Lang::Sv, Lang::En] {
        for (name, html) in pages(lang) {
            let file = format!("/tmp/kk/pages/{} {}.html", name.replace(", ", "-"), lang.tag());
            std::fs::write(file, html).unwrap();
        }
    }
}
