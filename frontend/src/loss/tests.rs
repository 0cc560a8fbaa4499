//! The desks' pages of a loss with made-up cards: sound in both languages, and what each must say.

use askama::Template;
use cards_app::queries::{CallBackNumbers, CasePage, Clock, LossPage, UsablePhoto};
use cards_domain::access::Role;
use cards_domain::calendar::Due;
use cards_domain::card::{CardStage, RevocationReason};
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CardId, OrganisationId, RevocationId};
use cards_domain::refusal::Refusal;
use cards_domain::revocation::{
    CaseStep, ExternalStep, Reporter, Revocation, RevocationActionName, RevocationStage,
    StepOutcome,
};
use chrono::Duration;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use super::asked::{Asked, Teller};
use super::reasons::Reasons;
use super::record::Recorded;
use super::*;
use crate::id_admin::samples::*;
use crate::layout::Portal;
use crate::text::Lang;

fn desk(lang: Lang) -> Setting {
    setting(lang, Portal::Servicedesk, Role::Servicedesk)
}

pub(crate) fn loss(stage: CardStage) -> LossPage {
    LossPage {
        person: maja(),
        card: card(stage, DeliveryMethod::APost),
        organisation: Some(organisation()),
        numbers: vec![CallBackNumbers {
            organisation_name: "Region Mälarvik".into(),
            phone: Some("0990-36613".into()),
            mobile: Some("070-174 06 05".into()),
        }],
        verdict: Ok(()),
    }
}

/// An older card of the newer one, SIS-marked.
pub(crate) fn older(mut page: LossPage) -> LossPage {
    page.card.card.product_number = "641".parse().ok();
    page.card.product.sis_marked = true;
    page
}

fn step(step: ExternalStep, outcome: Option<StepOutcome>) -> CaseStep {
    CaseStep { step, outcome }
}

pub(crate) fn case(stage: RevocationStage, steps: Vec<CaseStep>) -> CasePage {
    let is_reported = matches!(
        stage,
        RevocationStage::Reported | RevocationStage::Withdrawn
    );
    let revoked = CardStage::Revoked {
        at: now(),
        reason: RevocationReason::Stolen,
    };
    let loss = older(loss(if is_reported { active() } else { revoked }));
    let due = Due::after(now(), Duration::minutes(15));
    let only = |wanted| (stage == wanted).then_some(()).ok_or(Refusal::CaseEnded);
    CasePage {
        execute: only(RevocationStage::Reported),
        withdraw: only(RevocationStage::Reported),
        record: only(RevocationStage::ExternalStepsPending),
        call_back: is_reported.then(|| Clock {
            rule: DeadlineRule::CallerCallback,
            kind: due.kind,
            thing: Uuid::from_u128(700),
            base: now().date_naive(),
            day: due.day,
            acts_at: due.acts_at,
            is_held: false,
        }),
        photo: Some(UsablePhoto {
            taken_on: "2026-02-12".parse().unwrap(),
            last_day: "2027-02-12".parse().unwrap(),
        }),
        case: Revocation {
            id: RevocationId(Uuid::from_u128(700)),
            card: CardId(Uuid::from_u128(100)),
            person: loss.person.person,
            organisation: OrganisationId(Uuid::from_u128(2)),
            reason: RevocationReason::Stolen,
            reporter: Reporter::HolderInPerson,
            steps,
            reported_at: now(),
            executed_at: (!is_reported).then(now),
            stage,
            since: now(),
            version: 1,
        },
        loss,
    }
}

pub(crate) fn two_left() -> CasePage {
    let steps = vec![
        step(ExternalStep::Telia, None),
        step(
            ExternalStep::Police,
            Some(StepOutcome::HolderWillDo {
                by: "2026-11-30".parse().unwrap(),
            }),
        ),
    ];
    case(RevocationStage::ExternalStepsPending, steps)
}

fn asked(reason: &str, reporter: &str) -> Asked {
    Asked {
        orsak: reason.into(),
        anmalare: reporter.into(),
        ..Asked::default()
    }
}

fn question_html(s: &Setting, page: &LossPage) -> String {
    let view = question::view(s, page, &Asked::default(), &Faults::new());
    view.render().unwrap()
}

fn confirm_html(s: &Setting, page: &LossPage, asked: &Asked) -> String {
    let answer = asked.read(s.t, teller(s), true).unwrap();
    let view = confirm::view(s, page, asked, answer, &Faults::new());
    view.render().unwrap()
}

fn case_html(s: &Setting, page: &CasePage) -> String {
    let nothing = (&Recorded::default(), &Faults::new()[..]);
    case::view(s, page, nothing, true)
        .unwrap()
        .render()
        .unwrap()
}

/// What holds for every page. The first step's answers stand in the address: codes, nothing else.
pub(crate) fn assert_sound(name: &str, html: &str) {
    let (open, close) = (r#"method="get">"#, r#"method="post"><!-- _csrf -->"#);
    let page = scraper::Html::parse_document(html);
    let typed = r#"form[method="get"] input:not([type="radio"]), form[method="get"] textarea"#;
    let typed = scraper::Selector::parse(typed).unwrap();
    assert!(
        page.select(&typed).next().is_none(),
        "{name}: typed text in an address"
    );
    crate::id_admin::tests::assert_sound(name, &html.replace(open, close));
}

#[test]
fn every_page_of_a_loss_is_sound_at_both_desks_in_both_languages() {
    for lang in [Lang::Sv, Lang::En] {
        for s in [id_admin(lang), desk(lang)] {
            for stage in [sent(), unsigned(), active()] {
                let page = older(loss(stage));
                assert_sound("question", &question_html(&s, &page));
                let refused = question::refused_view(&s, &page, &Refusal::CardRevoked);
                assert_sound("refused", &refused.render().unwrap());
                for reporter in ["called_back", "unverified_caller"] {
                    let html = confirm_html(&s, &page, &asked("lost", reporter));
                    assert_sound("confirm", &html);
                }
            }
            for stage in RevocationStage::iter() {
                assert_sound("case", &case_html(&s, &case(stage, Vec::new())));
            }
            assert_sound("two left", &case_html(&s, &two_left()));
        }
        let s = id_admin(lang);
        let html = confirm_html(&s, &loss(active()), &asked("data_wrong", "office"));
        assert_sound("place", &html);
    }
}

#[test]
fn each_reader_is_offered_exactly_the_reasons_that_they_may_give() {
    let t = Text::of(Lang::Sv);
    let offered = |teller| -> Vec<&str> {
        let groups = Reasons::new(t, teller, "", None).groups;
        groups
            .iter()
            .flat_map(|group| group.rows.iter().map(|row| row.value))
            .collect()
    };
    let mut of_officers = offered(Teller::Officer);
    assert_eq!(of_officers[..3], ["lost", "stolen", "codes_compromised"]);
    let mut for_people: Vec<&str> = RevocationReason::iter()
        .filter(|reason| reason.is_for_people())
        .map(<&str>::from)
        .collect();
    of_officers.sort_unstable();
    for_people.sort_unstable();
    assert_eq!(of_officers, for_people);
    assert_eq!(
        offered(Teller::Servicedesk),
        ["lost", "stolen", "codes_compromised"]
    );
    assert_eq!(
        offered(Teller::Holder),
        ["lost", "stolen", "codes_compromised", "kuvert"]
    );
    for teller in [Teller::Officer, Teller::Servicedesk, Teller::Holder] {
        for value in offered(teller) {
            assert!(
                asked(value, "called_back").read(t, teller, true).is_ok(),
                "{value}"
            );
        }
    }
}

#[test]
fn a_reason_or_a_caller_that_is_not_theirs_counts_as_no_answer() {
    let t = Text::of(Lang::Sv);
    let faults = |teller, reason, reporter, has_number: bool| {
        let read = asked(reason, reporter).read(t, teller, has_number);
        read.err().unwrap_or_default().len()
    };
    assert_eq!(
        faults(Teller::Servicedesk, "returned", "called_back", true),
        1
    );
    assert_eq!(
        faults(Teller::Servicedesk, "lost", "known_manager", true),
        1
    );
    assert_eq!(
        faults(Teller::Officer, "superseded", "holder_logged_in", true),
        2
    );
    assert_eq!(faults(Teller::Holder, "card_damaged", "", true), 1);
    assert_eq!(faults(Teller::Officer, "kuvert", "office", true), 1);
    let unlisted = faults(Teller::Servicedesk, "lost", "called_back", false);
    assert_eq!(
        unlisted, 1,
        "nobody is called back on a number that is not there"
    );
}

#[test]
fn nothing_but_known_answers_gets_into_an_address() {
    let asked = Asked {
        orsak: "lost".into(),
        anmalare: "office&x=19850312-9804".into(),
        id: "19850312-9804".into(),
        ..Asked::default()
    };
    assert_eq!(asked.query(Teller::Officer), "orsak=lost");
}

#[test]
fn the_last_four_digits_are_marked_however_the_number_is_grouped() {
    let mut page = loss(active());
    assert_eq!(
        confirm::number(&page),
        ("9752 2699 0041 ".to_owned(), "7738".to_owned())
    );
    page.card.card.number = "9752000000000000001".parse().ok();
    let (first, last) = confirm::number(&page);
    assert_eq!(last.replace(' ', ""), "0001");
    assert_eq!(format!("{first}{last}"), "9752 0000 0000 0000 001");
}

#[test]
fn a_protected_holder_is_named_by_hsa_id_alone() {
    let mut page = loss(active());
    page.person = protected();
    let s = id_admin(Lang::Sv);
    for html in [
        question_html(&s, &page),
        confirm_html(&s, &page, &asked("lost", "office")),
    ] {
        assert!(!html.contains("Lindqvist") && !html.contains("19850312"));
        assert!(html.contains("SE2399000013-1002"));
    }
}

#[test]
fn a_newer_card_asks_for_nothing_outside_and_a_theft_is_only_advised_to_be_reported() {
    let s = id_admin(Lang::Sv);
    let html = confirm_html(&s, &loss(active()), &asked("stolen", "office"));
    assert!(!html.contains("Telia") && !html.contains("ska anmälas till polisen"));
    assert!(html.contains("Anmäl gärna stölden till polisen"));
    let html = confirm_html(&s, &older(loss(active())), &asked("returned", "office"));
    assert!(html.contains("kan finnas kvar hos Telia"), "advice only");
    let html = confirm_html(&s, &loss(active()), &asked("person_deceased", "office"));
    assert!(html.contains("Inget mejl skickas"));
}

#[test]
fn an_open_step_has_its_forms_and_a_settled_one_how_it_ended() {
    let html = case_html(&id_admin(Lang::Sv), &two_left());
    for said in [
        "Två saker återstår",
        "tel:020323262",
        "Innehavaren gör det senast 2026-11-30",
        "fotot från 2026-02-12 får användas till och med 2027-02-12",
        "två slag",
        "Anders Holm",
        "08:00–16:00",
    ] {
        assert!(html.contains(said), "{said}");
    }
    let done = StepOutcome::DoneByUs {
        on: "2026-11-23".parse().unwrap(),
        reference: Some("T-77".to_owned().into()),
    };
    let steps = vec![step(ExternalStep::Telia, Some(done))];
    let html = case_html(&id_admin(Lang::Sv), &case(RevocationStage::Closed, steps));
    assert!(html.contains("gjort av kortkontoret 2026-11-23") && html.contains("T-77"));
    assert!(!html.contains("/steg"));
}

#[test]
fn the_servicedesk_orders_no_card_and_says_who_does() {
    let html = case_html(&desk(Lang::Sv), &two_left());
    assert!(!html.contains("/bestall") && html.contains("Chefen eller id-administratören"));
}

#[test]
fn a_report_that_waits_says_whom_to_call_and_until_when() {
    let page = case(RevocationStage::Reported, Vec::new());
    for (s, own) in [(id_admin(Lang::Sv), true), (desk(Lang::Sv), false)] {
        let html = case_html(&s, &page);
        assert!(
            html.contains("Senast 09:57") && html.contains("0990-36613"),
            "{html}"
        );
        assert!(html.contains("/verkstall") && html.contains("/aterta"));
        assert!(
            html.contains("kortnumrets fyra sista siffror"),
            "as everywhere"
        );
        assert_eq!(html.contains("på eget ansvar"), own);
    }
}

#[test]
fn an_act_that_came_too_late_says_it_was_not_done_and_one_that_is_done_already_says_nothing() {
    use RevocationActionName::{Execute, Withdraw};
    let cases = [RevocationStage::Withdrawn, RevocationStage::Closed];
    for s in [id_admin(Lang::Sv), desk(Lang::Sv), id_admin(Lang::En)] {
        for (stage, met, missed) in [(cases[0], Withdraw, Execute), (cases[1], Execute, Withdraw)] {
            let page = case(stage, Vec::new());
            assert!(judge::ended_otherwise(&s, &page, met).is_none());
            let told = judge::ended_otherwise(&s, &page, missed).unwrap();
            let html = case::told_view(&s, &page, told).unwrap().render().unwrap();
            assert_sound("too late", &html);
            let not = ["INTE", "NOT"].map(|word| html.contains(word));
            assert!(not[0] || not[1], "{html}");
            let anew = format!("{}/kort/{}/sparra", home(&s), page.case.card);
            assert_eq!(html.contains(&anew), missed == Execute);
        }
    }
}

#[test]
fn a_report_about_a_card_that_is_revoked_already_says_so_and_offers_nothing_but_to_close_it() {
    let mut page = case(RevocationStage::Reported, Vec::new());
    page.loss.card.card.stage = CardStage::Revoked {
        at: now(),
        reason: RevocationReason::Stolen,
    };
    for s in [id_admin(Lang::Sv), desk(Lang::Sv)] {
        let html = case_html(&s, &page);
        assert!(html.contains("Stäng den här anmälan") && html.contains("Stäng anmälan"));
        for untrue in ["fortsätter att gälla", "/verkstall", "Ring upp inom"] {
            assert!(!html.contains(untrue), "{untrue}");
        }
    }
    page.case.stage = RevocationStage::Withdrawn;
    page.withdraw = Err(Refusal::CaseEnded);
    let closed = case_html(&desk(Lang::Sv), &page);
    assert!(closed.contains("Kortet är redan spärrat") && closed.contains("Stängd"));
    assert!(!closed.contains("Återtagen") && !closed.contains("återtagen"));
    page.case.since = now() - Duration::days(1);
    let taken_back = case_html(&desk(Lang::Sv), &page);
    assert!(
        taken_back.contains("Anmälan är återtagen"),
        "by hand, before"
    );
}
