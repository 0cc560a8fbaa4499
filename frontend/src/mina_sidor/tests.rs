mod looks;
mod reader;
mod receipts;
mod standing;

use askama::Template;
use cards_app::plain::OrganisationPolicy;
use cards_app::queries::{HolderPage, OrganisationSheet};
use cards_domain::access::Loa;
use cards_domain::card::CardStage;
use cards_domain::delivery::{DeliveryMethod, DeliveryStage};
use cards_domain::ids::OrganisationId;
use cards_domain::order::OrderStage;
use cards_domain::place::ActivationPlace;
use cards_domain::product::CodeDelivery;
use scraper::{Html, Selector};
use uuid::Uuid;

use super::looks as looks_page;
use super::samples::*;
use super::*;
use crate::components::Hidden;
use crate::open::Servicedesk;
use crate::text::{Lang, Text};

const LANGS: [Lang; 2] = [Lang::Sv, Lang::En];

fn words(html: &str) -> String {
    let page = Html::parse_document(html);
    let text: Vec<&str> = page.root_element().text().collect();
    text.join(" ")
        .replace('\u{2060}', "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn count(html: &str, selector: &str) -> usize {
    Html::parse_document(html)
        .select(&Selector::parse(selector).unwrap())
        .count()
}

fn start_html(lang: Lang, page: &HolderPage) -> String {
    start::view(frame(lang), page, now()).render().unwrap()
}

fn card_html(lang: Lang, page: &HolderPage) -> String {
    let nothing = (&in_reader::Known::default(), Hidden::default());
    card::view(frame(lang), page, &page.cards[0], nothing, now())
        .render()
        .unwrap()
}

fn receipt_html(lang: Lang, stage: CardStage, loa: Loa, around: receipt::Around) -> String {
    let page = receipt_page(card(1, stage, DeliveryMethod::Rek));
    receipt::view(frame(lang), &page, loa, around, now())
        .render()
        .unwrap()
}

fn everything() -> HolderPage {
    let cards = vec![
        card(1, sent(), DeliveryMethod::Rek),
        card(2, sent(), DeliveryMethod::APost),
        card(3, CardStage::Ordered, DeliveryMethod::Rek),
        card(4, unsigned(), DeliveryMethod::APost),
        card(5, active(), DeliveryMethod::APost),
        card(6, revoked(), DeliveryMethod::APost),
        card(7, expired(), DeliveryMethod::APost),
    ];
    let orders = vec![
        order(1, OrderStage::Dispatched, DeliveryMethod::Rek),
        order(3, OrderStage::SentToManufacturer, DeliveryMethod::Rek),
        order(8, OrderStage::AwaitingPrerequisites, DeliveryMethod::APost),
    ];
    page(cards, orders)
}

fn contact_html(lang: Lang) -> String {
    let policy = OrganisationPolicy {
        id: OrganisationId(Uuid::from_u128(2)),
        issuer: OrganisationId(Uuid::from_u128(2)),
        activation_place: ActivationPlace::SameOfficeAsPhoto,
        prerequisites_missing: false,
        routine_sv: None,
        routine_en: None,
        contact_name: Some("Anders Holm".into()),
        contact_phone: Some("0990-111 22".into()),
        contact_mail: Some("anders@malarvik.example".into()),
        version: 1,
    };
    let sheet = OrganisationSheet {
        name: "Region Mälarvik".into(),
        hsa_id: "x".into(),
        policy,
    };
    let office = card(1, sent(), DeliveryMethod::Rek).office;
    let servicedesk = Servicedesk::at(Text::of(lang), Some("0990-20252"));
    contact::view(frame(lang), &[sheet], &[office], now(), servicedesk)
        .render()
        .unwrap()
}

/// Every page in every state that differs.
fn all_pages(lang: Lang) -> Vec<(String, String)> {
    let mut all = vec![
        ("start".to_owned(), start_html(lang, &everything())),
        (
            "start-empty".to_owned(),
            start_html(lang, &page(Vec::new(), Vec::new())),
        ),
        (
            "looks".to_owned(),
            looks_page::view(frame(lang), &[samples::looks()])
                .render()
                .unwrap(),
        ),
        (
            "looks-empty".to_owned(),
            looks_page::view(frame(lang), &[]).render().unwrap(),
        ),
        ("contact".to_owned(), contact_html(lang)),
        (
            "done".to_owned(),
            done::view(frame(lang), &card(5, active(), DeliveryMethod::Rek))
                .render()
                .unwrap(),
        ),
    ];
    for (name, sheet) in everything().cards.into_iter().enumerate() {
        let stage = sheet.card.stage.clone();
        let one = page(
            vec![sheet],
            vec![order(3, OrderStage::Produced, DeliveryMethod::Rek)],
        );
        all.push((format!("card-{}", name + 1), card_html(lang, &one)));
        let html = receipt_html(lang, stage, Loa::Loa3, receipt::Around::default());
        all.push((format!("receipt-{}", name + 1), html));
    }
    let low = receipt_html(lang, unsigned(), Loa::Loa2, receipt::Around::default());
    all.push(("receipt-loa2".to_owned(), low));
    all
}

#[test]
fn every_page_has_one_heading_that_is_its_title_and_one_filled_button_at_most() {
    for lang in LANGS {
        for (name, html) in all_pages(lang) {
            assert_eq!(count(&html, "h1"), 1, "{name}");
            let page = Html::parse_document(&html);
            let text = |selector: &str| -> String {
                let found = page
                    .select(&Selector::parse(selector).unwrap())
                    .next()
                    .unwrap();
                found.text().collect()
            };
            assert_eq!(
                text("title"),
                format!("{} – Kortkontor", text("h1")),
                "{name}"
            );
            assert!(count(&html, "[data-variant=primary]") <= 1, "{name}");
            assert!(!words(&html).to_lowercase().contains("journal"), "{name}");
        }
    }
}

#[test]
fn no_page_has_the_personal_number_in_an_address_or_anywhere_else() {
    for (name, html) in all_pages(Lang::Sv) {
        for form in [NUMBER, "19850312-9804", "850312-9804", "8503129804"] {
            assert!(!html.contains(form), "{name} holds {form}");
        }
    }
}

#[test]
fn the_pages_differ_between_the_languages_and_no_text_is_left_out() {
    for ((name, sv), (_, en)) in all_pages(Lang::Sv).into_iter().zip(all_pages(Lang::En)) {
        assert_ne!(words(&sv), words(&en), "{name}");
        assert!(
            !words(&sv).contains("ms-") && !words(&en).contains("ms-"),
            "{name}"
        );
    }
}

#[test]
fn every_reference_on_a_page_finds_its_id_and_no_id_stands_twice() {
    for (name, html) in all_pages(Lang::Sv) {
        let page = Html::parse_document(&html);
        let mut ids: Vec<&str> = Vec::new();
        for element in page.select(&Selector::parse("[id]").unwrap()) {
            let id = element.attr("id").unwrap();
            assert!(!ids.contains(&id), "{name}: {id} twice");
            ids.push(id);
        }
        for attribute in ["aria-labelledby", "aria-describedby", "for"] {
            for element in page.select(&Selector::parse(&format!("[{attribute}]")).unwrap()) {
                assert!(
                    ids.contains(&element.attr(attribute).unwrap()),
                    "{name}: {attribute}"
                );
            }
        }
    }
}

#[test]
fn the_title_greets_by_name_and_counts_what_is_to_be_done() {
    let text = words(&start_html(Lang::Sv, &everything()));
    assert!(
        text.contains("Hej Elin. Du har 4 saker att göra."),
        "{text}"
    );
    let two = page(vec![card(1, sent(), DeliveryMethod::Rek)], Vec::new());
    assert!(start_html(Lang::Sv, &two).contains("Du har två saker att göra."));
    let none = page(vec![card(5, active(), DeliveryMethod::Rek)], Vec::new());
    assert!(start_html(Lang::Sv, &none).contains("Du har inget att göra just nu."));
}

#[test]
fn the_summary_says_first_what_works_and_last_what_is_coming() {
    let text = words(&start_html(Lang::Sv, &everything()));
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
    let works = place("Ditt kort från Region Mälarvik 5 fungerar.");
    let unsigned = place("Kortet från Region Mälarvik 4 spärras om du inte skriver under");
    let coming = place("Ett nytt kort från Region Mälarvik 1 är på väg.");
    assert!(works < unsigned && unsigned < coming, "{text}");
}

#[test]
fn a_registered_letter_shows_its_rek_id_to_copy_and_leads_to_postnord() {
    let page = page(vec![card(1, sent(), DeliveryMethod::Rek)], Vec::new());
    for html in [start_html(Lang::Sv, &page), card_html(Lang::Sv, &page)] {
        assert!(
            html.contains("https://tracking.postnord.com/se/?id=RR473124829SE"),
            "{html}"
        );
        assert!(count(&html, "[data-copy]") >= 1);
        assert!(words(&html).contains("RR473124829SE"));
    }
}

#[test]
fn a_collected_letter_is_no_duty_any_more_but_the_card_must_still_be_activated() {
    let mut sheet = card(1, sent(), DeliveryMethod::Rek);
    sheet.delivery.as_mut().unwrap().stage = DeliveryStage::Collected;
    let html = start_html(Lang::Sv, &page(vec![sheet], Vec::new()));
    assert!(!html.contains("tracking.postnord.com"), "{html}");
    let text = words(&html);
    assert!(
        text.contains("en sak att göra") && text.contains("Aktivera ditt nya kort"),
        "{text}"
    );
}

#[test]
fn a_card_by_ordinary_mail_cannot_be_traced_and_says_when_a_new_one_may_be_ordered() {
    let page = page(vec![card(2, sent(), DeliveryMethod::APost)], Vec::new());
    for html in [start_html(Lang::Sv, &page), card_html(Lang::Sv, &page)] {
        let text = words(&html);
        assert!(
            text.contains("kan inte spåras") && text.contains("två till tre veckor"),
            "{text}"
        );
        assert!(text.contains("beställa ett nytt från 2026-12-05"), "{text}");
        assert!(!html.contains("tracking.postnord.com"));
    }
}

#[test]
fn the_card_page_says_where_to_go_when_it_is_open_and_what_to_bring() {
    let page = page(vec![card(1, sent(), DeliveryMethod::Rek)], Vec::new());
    let text = words(&card_html(Lang::Sv, &page));
    for part in [
        "Kortkontoret Björkvallen",
        "Sjukhusvägen 4",
        "Plan 2, hiss B",
        "0990-20240",
        "I dag: 08.00–16.00. I morgon: 08.00–18.00.",
        "Torsdag stängt",
        "giltig fysisk id-handling",
        "Bank-id och Freja räcker inte",
        "6 till 8 siffror",
        "Aktivera kortet senast lördag 13 februari 2027",
    ] {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
    let en = words(&card_html(Lang::En, &page));
    assert!(
        en.contains("Today: 08:00–16:00. Tomorrow: 08:00–18:00."),
        "{en}"
    );
}

#[test]
fn a_product_with_code_letter_asks_for_the_letter_instead_of_a_code() {
    let mut sheet = card(1, sent(), DeliveryMethod::Rek);
    sheet.product = product(CodeDelivery::CodeLetter);
    let text = words(&card_html(Lang::Sv, &page(vec![sheet], Vec::new())));
    assert!(
        text.contains("Kodbrevet") && !text.contains("6 till 8 siffror"),
        "{text}"
    );
}

#[test]
fn an_unsigned_card_warns_that_it_is_revoked_and_leads_to_the_receipt() {
    let page = page(vec![card(4, unsigned(), DeliveryMethod::APost)], Vec::new());
    let html = start_html(Lang::Sv, &page);
    let text = words(&html);
    assert!(
        text.contains("Senast lördag 28 november klockan 10.09"),
        "{text}"
    );
    assert!(
        text.contains("Utan din underskrift spärras kortet"),
        "{text}"
    );
    assert!(html.contains("/kvittens\""));
}

#[test]
fn ended_cards_say_why_and_a_revoked_card_is_never_called_locked() {
    let ended = vec![
        card(6, revoked(), DeliveryMethod::APost),
        card(7, expired(), DeliveryMethod::APost),
    ];
    let text = words(&start_html(Lang::Sv, &page(ended, Vec::new())));
    assert!(
        text.contains("spärrat 2022-01-17") && text.contains("Har upphört"),
        "{text}"
    );
    assert!(!text.to_lowercase().contains("låst"), "{text}");
}

#[test]
fn the_last_look_of_somebody_else_is_named_and_all_looks_are_a_click_away() {
    let html = start_html(Lang::Sv, &everything());
    let text = words(&html);
    assert!(
        text.contains("Senast visad av annan: Tove Hallgren, 2026-11-09."),
        "{text}"
    );
    assert!(html.contains("href=\"/mina-sidor/vem-har-tittat\""));
}

#[test]
fn the_contact_person_comes_before_the_servicedesk_and_can_be_called() {
    let html = contact_html(Lang::Sv);
    let text = words(&html);
    assert!(
        text.find("Anders Holm").unwrap() < text.find("Servicedesk").unwrap(),
        "{text}"
    );
    for phone in ["tel:099011122", "tel:099020240", "tel:099020252"] {
        assert!(html.contains(&format!("href=\"{phone}\"")), "{phone}");
    }
    assert!(html.contains("mailto:anders@malarvik.example"));
}

#[test]
fn a_card_id_that_cannot_be_read_is_answered_like_one_that_does_not_exist() {
    let fault = card::parsed("1 OR 1=1").err();
    assert_eq!(fault, Some(cards_http::Notice::NotFound.into()));
}
