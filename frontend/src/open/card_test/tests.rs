//! *Testa kortet* and *Certifikatkedjan* for whoever is not logged in.

use askama::Template as _;
use scraper::{Html, Selector};

use super::*;
use crate::certificates::authorities::Authority;
use crate::id_admin::tests::assert_sound;
use crate::text::Lang;

const LANGS: [Lang; 2] = [Lang::Sv, Lang::En];

fn frame(lang: Lang) -> Frame {
    let frame = Frame::new(
        Text::of(lang),
        Portal::MinaSidor,
        "",
        "/testa-kortet",
        "H3T-9WB",
    );
    locked::dressed(frame)
}

fn html(lang: Lang, typed: Option<&str>) -> String {
    let desk = Servicedesk::at(Text::of(lang), Some("0990-20252"));
    view(frame(lang), typed, desk).render().unwrap()
}

fn select(html: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let selector = Selector::parse(selector).unwrap();
    let found = page.select(&selector);
    found.map(|one| one.text().collect::<String>()).collect()
}

fn links(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let selector = Selector::parse("main a").unwrap();
    let found = page.select(&selector);
    found
        .filter_map(|one| one.attr("href").map(str::to_owned))
        .collect()
}

#[test]
fn every_cause_leads_to_what_it_means_and_what_to_do_in_both_languages() {
    for lang in LANGS {
        let t = Text::of(lang);
        assert_sound("empty", &html(lang, None));
        let all = links(&html(lang, None));
        for cause in causes::ALL {
            let page = html(lang, Some(cause.code));
            assert_sound(cause.code, &page);
            let answer = select(&page, "#svar").concat();
            for said in [cause.code, &cause.says(t), &cause.step(t)] {
                assert!(answer.contains(said), "{said}: {answer}");
            }
            let to = format!("/testa-kortet?kod={}#svar", cause.code);
            assert!(all.contains(&to), "{to}");
        }
    }
}

#[test]
fn the_causes_that_the_work_asks_for_are_all_there() {
    let t = Text::of(Lang::Sv);
    for (code, said) in [
        ("K102", "kortläsare"),
        ("S502", "kortprogrammet är inte installerat"),
        ("K201", "inget kort"),
        ("S201", "låst"),
        ("S104", "gått ut"),
        ("S103", "spärrat"),
        ("K205", "Ett annat kort"),
        ("S501", "certifikatkedjan"),
        ("K402", "skriva under"),
        ("S401", "uppdrag"),
    ] {
        let says = causes::find(code).unwrap().says(t);
        assert!(says.contains(said), "{code}: {says}");
    }
}

#[test]
fn where_the_program_is_missing_its_installation_is_told_and_only_there() {
    for (lang, desk, built) in [
        (
            Lang::Sv,
            "it-supporten eller servicedesk",
            "mappen frontend/card-client",
        ),
        (
            Lang::En,
            "IT support or the service desk",
            "folder frontend/card-client",
        ),
    ] {
        let answer = select(&html(lang, Some("S502")), "#svar").concat();
        let client = "cargo build --release -p cards-card-client";
        let link = "xdg-mime default kortklient.desktop x-scheme-handler/kortklient";
        for said in [desk, built, "PC/SC", "PKCS#11", client, link] {
            assert!(answer.contains(said), "{said}: {answer}");
        }
        assert!(select(&html(lang, Some("S501")), "#svar .command").is_empty());
    }
}

#[test]
fn an_unknown_code_is_refused_at_the_field() {
    let page = html(Lang::Sv, Some("B12"));
    assert_sound("unknown", &page);
    assert!(select(&page, "#svar").is_empty());
    assert!(
        select(&page, "[data-error-summary]")
            .concat()
            .contains("känner inte igen")
    );
    let page = Html::parse_document(&page);
    let field = Selector::parse(r#"select[name=kod][aria-invalid=true]"#).unwrap();
    assert!(page.select(&field).next().is_some());
}

#[test]
fn the_page_leads_to_the_chain_the_national_test_and_the_locked_card() {
    let all = links(&html(Lang::Sv, Some("S501")));
    for to in ["/certifikatkedja", "https://test.siths.se", "/mina-sidor"] {
        assert!(all.iter().any(|link| link == to), "{to}: {all:?}");
    }
    let all = links(&html(Lang::Sv, Some("K302")));
    assert!(all.iter().any(|link| link == "/mitt-kort-ar-last"));
}

#[test]
fn a_report_on_paper_has_the_code_the_time_and_no_name() {
    for lang in LANGS {
        let cause = causes::find("K202").unwrap();
        let now = "2026-11-24T08:00:00Z".parse().ok();
        let page = paper(frame(lang), cause, now).render().unwrap();
        assert_sound("paper", &page);
        let text = select(&page, "main").concat();
        for said in ["K202", "2026-11-24 09:00", "H3T-9WB"] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
}

fn authority(name: &str, is_root: bool) -> Authority {
    Authority {
        technical: name.to_lowercase(),
        name: format!("DEV {name}"),
        href: format!("/pki/aia/{}.cer", name.to_lowercase()),
        is_root,
        until: "2036-01-01".parse().ok(),
        sha256: "AA:BB".to_owned(),
        sha1: "CC:DD".to_owned(),
    }
}

#[test]
fn the_chain_is_told_in_the_order_in_which_it_is_installed() {
    for lang in LANGS {
        let all = [authority("Root", true), authority("Person", false)];
        let page = chain::view(frame(lang), &all).render().unwrap();
        assert_sound("chain", &page);
        let text = select(&page, "main").concat();
        let at = |said: &str| text.find(said).unwrap_or_else(|| panic!("{said}: {text}"));
        assert!(at("DEV Person") < at("DEV Root"), "{text}");
        for said in ["SHA-256", "AA:BB", "CC:DD", "person.cer", "2036-01-01"] {
            at(said);
        }
        let files = links(&page);
        assert!(files.iter().any(|link| link == "/pki/aia/root.cer"));
        let none = chain::view(frame(lang), &[]).render().unwrap();
        assert_sound("no chain", &none);
    }
}
