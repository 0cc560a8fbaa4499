//! The page of a task at every point, for holders and officers.

mod locked;
mod opening;
mod others;
mod steps;

use askama::Template;
use cards_app::card_tasks::{Reach, TaskPage};
use cards_domain::access::{Loa, Role};
use cards_domain::card_task::{
    CardTask, LONGEST, TaskCause, TaskKind, TaskOwner, TaskReport, TaskSide, TaskStage, TaskStep,
    TaskStepName, TaskTries,
};
use cards_domain::chip_code::{ChipCode, CodeName, CodeStage};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CardTaskId, ChipCodeId};
use scraper::{Html, Selector};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use super::page::{Around, PageOfHolder, PageOfOfficer, shown};
use super::pass::Pass;
use super::*;
use crate::components::Link;
use crate::id_admin::samples::setting;
use crate::id_admin::tests::assert_sound;
use crate::layout::Portal;
use crate::mina_sidor::samples::{HOLDER, active, card, frame, now};
use crate::pages::Setting;
use crate::text::{Lang, Text};

const ID: CardTaskId = CardTaskId(Uuid::from_u128(900));
const CHECK: Uuid = Uuid::from_u128(901);
const LANGS: [Lang; 2] = [Lang::Sv, Lang::En];

fn task(kind: TaskKind, stage: TaskStage) -> CardTask {
    CardTask {
        id: ID,
        card: card(1, active(), DeliveryMethod::Rek).card.id,
        person: HOLDER,
        kind,
        owner: TaskOwner {
            person: HOLDER,
            side: TaskSide::Holder,
            loa: Loa::Loa3,
        },
        language: "sv".into(),
        pair: None,
        text: None,
        check: None,
        challenge: [7; 32],
        codes: None,
        secret: None,
        client: (stage != TaskStage::Offered).then(|| "kortklient 0.1.0".into()),
        offered_at: now(),
        expires_at: now() + LONGEST,
        proved_at: None,
        proved_with: None,
        answers: 0,
        cause: (stage == TaskStage::Failed).then(|| TaskCause::parse("K202").unwrap()),
        stage,
        since: now(),
        version: 1,
    }
}

fn page(kind: TaskKind, stage: TaskStage) -> TaskPage {
    let found = TaskStep {
        step: TaskStepName::CardFound,
        at: now(),
    };
    TaskPage {
        task: task(kind, stage),
        card: card(1, active(), DeliveryMethod::Rek),
        steps: match stage {
            TaskStage::Offered => Vec::new(),
            _ => vec![found],
        },
        report: (kind == TaskKind::TestCard && stage == TaskStage::Done).then(|| report(None)),
        certificates: Vec::new(),
        reach: Reach {
            is_own: true,
            may_renew: true,
            may_cancel: true,
            officer: None,
        },
    }
}

fn report(cause: Option<&str>) -> TaskReport {
    TaskReport {
        cause: cause.map(|cause| TaskCause::parse(cause).unwrap()),
        readers: 2,
        cards: 1,
        module: Some("opensc-pkcs11.so".into()),
        tries: TaskTries {
            pin1: Some(3),
            pin2: None,
            puk: Some(10),
        },
        locked: Vec::new(),
    }
}

fn around(home: &'static str, with_pass: bool) -> Around {
    Around {
        home,
        check: (home == "/id-admin").then_some(CHECK),
        looks: None,
        pass: with_pass.then(|| Pass {
            code: "K7QF-M2PX".into(),
            token: "dG9rZW4_-".into(),
            until: now() + chrono::Duration::minutes(10),
            opens: true,
        }),
        server: Some("https://127.0.0.1:8443".into()),
        is_phone: false,
        forms: (Hidden::new([("_csrf", "1")]), Hidden::new([("_csrf", "2")])),
    }
}

fn desk(lang: Lang) -> Setting {
    setting(lang, Portal::IdAdmin, Role::IdAdmin)
}

fn of_holder(lang: Lang, page: &TaskPage, with_pass: bool) -> String {
    of_holder_around(lang, page, &around("/mina-sidor", with_pass))
}

fn of_holder_around(lang: Lang, page: &TaskPage, around: &Around) -> String {
    let s = desk(lang);
    let shown = shown(&s, page, page.task.stage, around);
    let back = Link::new("x", "/mina-sidor");
    let (frame, t) = (frame(lang).titled("x"), s.t);
    PageOfHolder {
        frame,
        t,
        back,
        shown,
    }
    .render()
    .unwrap()
}

fn of_officer(lang: Lang, page: &TaskPage, with_pass: bool) -> String {
    let s = desk(lang);
    let shown = shown(&s, page, page.task.stage, &around("/id-admin", with_pass));
    let back = Link::new("x", "/id-admin");
    let (frame, t) = (s.frame("x").focus("y"), s.t);
    PageOfOfficer {
        frame,
        t,
        back,
        shown,
        counter: counter::steps(t, page.task.kind),
    }
    .render()
    .unwrap()
}

fn words_of(html: &str) -> String {
    let page = Html::parse_document(html);
    let main = Selector::parse("main").unwrap();
    let text = page.select(&main).flat_map(|part| part.text());
    let text = text.collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has(html: &str, selector: &str) -> bool {
    let page = Html::parse_document(html);
    let found = page.select(&Selector::parse(selector).unwrap()).next();
    found.is_some()
}

#[test]
fn every_task_has_a_sound_page_at_every_point_in_both_languages() {
    for lang in LANGS {
        for kind in TaskKind::iter() {
            for stage in TaskStage::iter() {
                for with_pass in [true, false] {
                    let page = page(kind, stage);
                    let name = format!("{kind:?}, {stage:?}, {with_pass}");
                    assert_sound(&name, &of_holder(lang, &page, with_pass));
                    assert_sound(&name, &of_officer(lang, &page, with_pass));
                }
            }
        }
    }
}

#[test]
fn a_waiting_task_shows_its_code_the_link_and_the_command_with_the_server() {
    let html = of_holder(
        Lang::Sv,
        &page(TaskKind::Register, TaskStage::Offered),
        true,
    );
    let text = words_of(&html);
    for said in [
        "K7QF-M2PX",
        "På denna enhet",
        "På annan enhet",
        "kortklient hamta K7QF-M2PX --server https://127.0.0.1:8443",
        "09.10",
        "skriv din legitimeringskod (PIN1) där",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let link = "kortklient:?server=https%3A%2F%2F127.0.0.1%3A8443&token=dG9rZW4_-";
    assert!(has(&html, &format!(r#"a[href="{link}"]"#)), "{html}");
    let english = of_holder(
        Lang::En,
        &page(TaskKind::Register, TaskStage::Offered),
        true,
    );
    assert!(words_of(&english).contains("kortklient fetch K7QF-M2PX"));
}

#[test]
fn a_browser_without_the_code_is_offered_a_new_one() {
    let html = of_holder(
        Lang::Sv,
        &page(TaskKind::Register, TaskStage::Offered),
        false,
    );
    assert!(words_of(&html).contains("Koden syns inte här"));
    assert!(has(&html, r#"form[action$="/ny-kod"] .lg"#));
    assert!(!html.contains("kortklient:"));
}

#[test]
fn a_code_that_has_been_used_is_shown_no_more() {
    for stage in TaskStage::iter().filter(|stage| *stage != TaskStage::Offered) {
        let html = of_holder(Lang::Sv, &page(TaskKind::Register, stage), true);
        assert!(!html.contains("K7QF-M2PX"), "{stage:?}");
        assert!(!html.contains("dG9rZW4"), "{stage:?}");
    }
}

#[test]
fn what_went_wrong_is_told_with_its_number_and_can_be_tried_again() {
    let html = of_holder(
        Lang::Sv,
        &page(TaskKind::FetchSigning, TaskStage::Failed),
        false,
    );
    let text = words_of(&html);
    for said in [
        "Kortet svarar inte.",
        "torka av chippet",
        "Kod till servicedesk: K202",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(has(&html, r#"form[action$="/ny-kod"]"#));
    let [again, away] = ["Försök igen", "Till kortets sida"].map(|button| text.find(button));
    assert!(
        again.is_some() && again < away,
        "the next step first: {text}"
    );
    assert!(!has(&html, r#"form[action$="/avbryt"]"#), "it is over");
}

#[test]
fn a_finished_registration_says_the_words_of_the_source() {
    let html = of_holder(Lang::Sv, &page(TaskKind::Register, TaskStage::Done), false);
    assert!(words_of(&html).contains("Klar att användas"));
    assert!(
        !has(&html, "main script") && !html.contains("vanta="),
        "it is over"
    );
}

#[test]
fn a_test_shows_what_was_found_and_leads_to_the_report_on_paper() {
    let mut page = page(TaskKind::TestCard, TaskStage::Done);
    page.report = Some(report(Some("K302")));
    let html = of_holder(Lang::Sv, &page, false);
    let text = words_of(&html);
    for said in ["låst", "K302", "opensc-pkcs11.so", "PIN1: 3", "PUK: 10"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(has(&html, r#"a[href$="/testa?papper=1"]"#));
    assert!(has(&html, r#"a[href="/mitt-kort-ar-last"]"#));
}

#[test]
fn the_officer_goes_on_with_the_check_that_was_signed() {
    let chosen = of_officer(
        Lang::Sv,
        &page(TaskKind::ChooseCode, TaskStage::Done),
        false,
    );
    let form = r#"form[action$="/aktivera/kod"] input[name="signature"]"#;
    assert!(has(&chosen, form), "{chosen}");
    let waiting = of_officer(
        Lang::Sv,
        &page(TaskKind::ChooseCode, TaskStage::Begun),
        false,
    );
    assert!(!has(&waiting, form));
    let kept = r#"form[action$="/ny-kod"] input[name="kontroll"]"#;
    assert!(has(&waiting, kept), "{waiting}");
}

#[test]
fn after_a_visit_the_card_is_open_and_nothing_is_left_to_be_pressed() {
    let open = page(TaskKind::UnlockVisit, TaskStage::Done);
    let html = of_officer(Lang::Sv, &open, false);
    assert!(words_of(&html).contains("Kortet är upplåst"), "{html}");
    assert!(has(&html, r#"main a[href^="/id-admin/person/"]"#));
    assert!(!html.contains("las-upp"), "nothing is left: {html}");
}

#[test]
fn a_visit_without_a_signed_check_leads_to_the_check() {
    let mut locked = page(TaskKind::UnlockVisit, TaskStage::Done);
    locked.card = crate::locked_card::tests::locked(Some("711"), true, false)
        .page
        .card
        .sheet;
    let html = of_officer(Lang::Sv, &locked, false);
    let text = words_of(&html);
    assert!(text.contains("Koden är vald") && text.contains("fortfarande låst"));
    assert!(has(&html, r#"main a[href$="/las-upp"]"#), "{html}");
    assert!(!html.contains("signature="), "{html}");
}

#[test]
fn at_the_counter_the_steps_stand_and_nobody_is_let_go() {
    for (kind, stands) in [(TaskKind::ChooseCode, true), (TaskKind::TestCard, false)] {
        let html = of_officer(Lang::Sv, &page(kind, TaskStage::Begun), true);
        assert_eq!(has(&html, "main ol.steps"), stands, "{kind:?}");
        let says = words_of(&html).contains("Släpp inte iväg innehavaren");
        assert_eq!(says, stands, "{kind:?}");
    }
}

#[test]
fn a_visit_names_the_codes_that_are_locked_and_no_others() {
    let lead = |codes: &[CodeName]| {
        let mut page = page(TaskKind::UnlockVisit, TaskStage::Offered);
        page.card.parts.codes = codes.iter().map(|name| locked(*name)).collect();
        words_of(&of_officer(Lang::Sv, &page, true))
    };
    let (pin1, pin2) = ("Legitimeringskoden (PIN1)", "Underskriftskoden (PIN2)");
    let one = lead(&[CodeName::Pin1]);
    assert!(one.contains(&format!("{pin1} är låst")) && !one.contains("PIN2"));
    let other = lead(&[CodeName::Pin2]);
    assert!(other.contains(&format!("{pin2} är låst")), "{other}");
    assert!(lead(&[CodeName::Pin1, CodeName::Pin2]).contains("är låsta"));
}

fn locked(name: CodeName) -> ChipCode {
    ChipCode {
        id: ChipCodeId(Uuid::from_u128(600)),
        card: card(1, active(), DeliveryMethod::Rek).card.id,
        person: HOLDER,
        name,
        stage: CodeStage::Locked,
        since: now(),
        version: 1,
    }
}

#[test]
fn every_kind_of_task_and_every_step_is_called_something_else() {
    for lang in LANGS {
        let t = Text::of(lang);
        let mut titles: Vec<String> = TaskKind::iter().map(|kind| words::title(t, kind)).collect();
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), TaskKind::iter().count());
        let kind = TaskKind::FetchSigning;
        let mut steps: Vec<String> = TaskStepName::iter()
            .map(|step| words::step(t, kind, step))
            .collect();
        steps.sort();
        steps.dedup();
        assert_eq!(steps.len(), TaskStepName::iter().count());
    }
}
