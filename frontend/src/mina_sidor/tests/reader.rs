//! What a holder does with the card in a reader.

use cards_app::card_tasks::TasksOfCard;
use cards_app::queries::CardSheet;
use cards_domain::access::Loa;
use cards_domain::calendar::business_day;
use cards_domain::card_task::{TaskCause, TaskReport, TaskTries};
use cards_domain::certificate::{Certificate, CertificateStage, Profile, Usage};
use cards_domain::chip_code::{ChipCode, CodeName, CodeStage};
use cards_domain::ids::{CertificateId, ChipCodeId, PairId};
use cards_domain::refusal::Refusal;

use super::*;
use crate::card_tasks::report::LastTest;
use crate::components::SigningWay;
use crate::id_admin::tests::assert_sound;

fn hidden() -> Hidden {
    Hidden::new([("_csrf", "1")])
}

fn certificate(n: u128, profile: Profile, usage: Usage, stage: CertificateStage) -> Certificate {
    Certificate {
        id: CertificateId(Uuid::from_u128(n)),
        card: card(1, active(), DeliveryMethod::Rek).card.id,
        person: HOLDER,
        profile,
        usage,
        pair: PairId(Uuid::from_u128(800)),
        loa: Loa::Loa3,
        not_after: day("2031-11-12"),
        reason: None,
        stage,
        since: at("2026-01-01T08:00:00Z"),
        version: 1,
        request: None,
    }
}

fn with(stage: CardStage, certificates: &[(Usage, CertificateStage)]) -> CardSheet {
    let mut sheet = card(1, stage, DeliveryMethod::Rek);
    let all = certificates.iter().enumerate();
    sheet.parts.certificates = all
        .map(|(n, (usage, stage))| {
            certificate(u128::try_from(n).unwrap(), Profile::HsaId, *usage, *stage)
        })
        .collect();
    sheet
}

fn well() -> CardSheet {
    let stage = CertificateStage::Active;
    with(
        active(),
        &[(Usage::Authentication, stage), (Usage::Signature, stage)],
    )
}

fn codes(sheet: &CardSheet) -> Vec<&'static str> {
    let posts = page(vec![sheet.clone()], Vec::new()).person.posts;
    let found = known::all(Text::of(Lang::Sv), sheet, &posts, business_day(now()));
    found.iter().filter_map(|found| found.code).collect()
}

#[test]
fn a_card_that_is_as_it_should_be_has_no_code_to_tell() {
    assert_eq!(codes(&well()), Vec::<&str>::new());
}

#[test]
fn each_thing_that_the_register_knows_has_its_own_number() {
    use CertificateStage as S;
    let log_in = |stage| with(active(), &[(Usage::Authentication, stage)]);
    assert_eq!(codes(&log_in(S::Active)), ["S302"]);
    assert_eq!(codes(&log_in(S::Revoked)), ["S303", "S302"]);
    assert_eq!(codes(&log_in(S::Expired)), ["S304", "S302"]);
    assert_eq!(codes(&log_in(S::Issued)), ["S305", "S302"]);
    assert_eq!(codes(&with(active(), &[])), ["S301", "S302"]);
    let stages = [sent(), unsigned(), revoked(), expired()];
    let first = stages.map(|stage| codes(&with(stage, &[]))[0]);
    assert_eq!(first, ["S101", "S102", "S103", "S104"]);
    let mut soon = well();
    soon.card.valid_to = Some(day("2026-12-24"));
    assert_eq!(codes(&soon), ["S105"]);
    let mut elsewhere = well();
    elsewhere.card.organisation = OrganisationId(Uuid::from_u128(77));
    assert_eq!(codes(&elsewhere), ["S401"]);
}

fn code(name: CodeName) -> ChipCode {
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
fn a_locked_code_is_no_revoked_card() {
    let mut locked = well();
    locked.parts.codes = vec![code(CodeName::Pin1)];
    assert_eq!(
        codes(&locked),
        ["S201"; 2],
        "nor does what asks for it work"
    );
    locked.parts.codes = vec![code(CodeName::Pin2)];
    assert_eq!(codes(&locked), ["S203"; 2]);
    locked.parts.codes = vec![code(CodeName::Puk)];
    assert_eq!(codes(&locked), ["S202"]);
}

fn read(sheet: CardSheet, last: Option<LastTest>) -> test_card::Read {
    test_card::Read {
        page: page(vec![sheet.clone()], Vec::new()),
        verdict: Ok(()),
        sheet,
        last,
    }
}

#[test]
fn a_test_asks_for_no_code() {
    let html = test_card::view(
        frame(Lang::Sv),
        &read(well(), None),
        now(),
        Hidden::default(),
    );
    let shown = words(&html.render().unwrap());
    assert!(shown.contains("Ingen pin-kod."), "{shown}");
    assert!(!shown.contains("(PIN1). Du skriver den"), "{shown}");
}

fn tested(cause: Option<&str>) -> LastTest {
    LastTest {
        at: now(),
        report: TaskReport {
            cause: cause.map(|cause| TaskCause::parse(cause).unwrap()),
            readers: 1,
            cards: 1,
            module: None,
            tries: TaskTries::default(),
            locked: Vec::new(),
        },
    }
}

#[test]
fn the_test_page_shows_what_is_registered_and_what_the_reader_said_on_screen_and_paper() {
    for lang in LANGS {
        for last in [None, Some(tested(None)), Some(tested(Some("K202")))] {
            let has_cause = last
                .as_ref()
                .is_some_and(|last| last.report.cause.is_some());
            let read = read(with(revoked(), &[]), last);
            let view = test_card::view(frame(lang), &read, now(), hidden());
            let html = view.render().unwrap();
            assert_sound("test", &html);
            assert!(words(&html).contains("S103"));
            assert_eq!(words(&html).contains("K202"), has_cause);
            let paper = test_card::paper(frame(lang), &read, now())
                .render()
                .unwrap();
            assert_sound("paper", &paper);
            assert!(words(&paper).contains("S103") && !paper.contains(NUMBER));
            assert_eq!(words(&paper).contains("K202"), has_cause);
        }
    }
}

#[test]
fn the_page_for_signing_answers_whether_it_is_needed_and_why_it_cannot_be_fetched() {
    for lang in LANGS {
        let sheet = with(
            active(),
            &[(Usage::Authentication, CertificateStage::Active)],
        );
        let html = |sheet: &CardSheet, verdict| {
            let view = fetch_signing::view(frame(lang), sheet, &verdict, hidden());
            view.render().unwrap()
        };
        let open = html(&sheet, Ok(()));
        assert_sound("open", &open);
        for name in ["Webcert", "NPÖ", "Pascal", "NLL", "TakeCare", "Rehabstöd"] {
            assert!(words(&open).contains(name), "{name}");
        }
        let form = r#"form[action$="/kortuppgift"] input[value="fetch_signing"]"#;
        assert_eq!(count(&open, form), 1);
        for refusal in [
            Refusal::NothingToFetch,
            Refusal::AssuranceTooLow,
            Refusal::CardNotActivated,
        ] {
            let closed = html(&well(), Err(refusal.clone()));
            assert_sound("closed", &closed);
            assert_eq!(count(&closed, form), 0, "{refusal:?}");
            assert_eq!(count(&closed, ".msg"), 1, "{refusal:?}");
        }
        let bare = html(&with(active(), &[]), Err(Refusal::NothingToFetch));
        assert!(words(&bare).contains(&Text::of(lang).cause_s301()));
        let has = html(&well(), Err(Refusal::NothingToFetch));
        assert!(words(&has).contains(&Text::of(lang).fetch_has()));
    }
}

#[test]
fn the_guide_to_another_code_names_the_command_and_the_digits_and_has_no_field() {
    for (lang, command) in [
        (Lang::Sv, "kortklient byt-kod pin1"),
        (Lang::En, "kortklient change-pin pin1"),
    ] {
        let html = change_code::view(frame(lang), &well()).render().unwrap();
        assert_sound("change", &html);
        assert!(words(&html).contains(command));
        assert!(words(&html).contains('6') && words(&html).contains('8'));
        assert_eq!(count(&html, "input"), 0);
    }
}

#[test]
fn a_card_in_use_says_whether_it_is_registered_and_leads_to_its_pages() {
    let sheet = well();
    let holder = page(vec![sheet.clone()], Vec::new());
    let html = |known: &in_reader::Known| {
        let reader = (known, hidden());
        let view = card::view(frame(Lang::Sv), &holder, &sheet, reader, now());
        view.render().unwrap()
    };
    let fresh = html(&in_reader::Known::default());
    assert!(words(&fresh).contains("Kortet är inte registrerat."));
    for end in ["/testa", "/underskrift", "/byt-kod"] {
        assert_eq!(count(&fresh, &format!(r#"a[href$="{end}"]"#)), 1, "{end}");
    }
    let known = in_reader::Known::of(TasksOfCard {
        registered_at: Some(at("2026-11-02T09:00:00Z")),
        latest: Vec::new(),
    });
    let old = html(&known);
    assert!(words(&old).contains("Kortet är registrerat sedan 2026-11-02."));
    assert_eq!(count(&old, r#"form[action$="/kortuppgift"]"#), 0);
}

#[test]
fn the_receipt_can_be_signed_with_the_card_where_it_can_be_signed_at_all() {
    let without = |refusal| receipt::Around {
        no_card: refusal,
        ..receipt::Around::default()
    };
    let card = r#"input[type="radio"][name="med"][value="kort"]"#;
    let html = receipt_html(Lang::Sv, unsigned(), Loa::Loa3, without(None));
    assert_eq!(count(&html, &format!("{card}[checked]")), 1);
    let refusal = Some(Refusal::AssuranceTooLow);
    let html = receipt_html(Lang::Sv, unsigned(), Loa::Loa3, without(refusal));
    assert_eq!(count(&html, card), 0);
    assert!(words(&html).contains("SITHS eID på denna enhet"));
    let (why, _) = crate::refusals::refusal_text(Text::of(Lang::Sv), &Refusal::AssuranceTooLow);
    assert!(words(&html).contains(&why), "with the reason");
    let log_in = r#"input[name="med"][value="legitimering"][checked]"#;
    assert_eq!(count(&html, log_in), 1, "what is left is chosen");
    let html = receipt_html(Lang::Sv, unsigned(), Loa::Loa2, without(None));
    assert_eq!(count(&html, card), 0);
}

#[test]
fn another_device_stands_among_the_ways_to_sign_with_the_reason_why_it_cannot_be_chosen() {
    for (lang, label, why) in [
        (Lang::Sv, "SITHS eID på annan enhet", "på en viss dator"),
        (Lang::En, "SITHS eID on another device", "at one computer"),
    ] {
        let around = receipt::Around::default();
        let html = receipt_html(lang, unsigned(), Loa::Loa3, around);
        assert!(words(&html).contains(label) && words(&html).contains(why));
        assert_eq!(count(&html, r#"input[name="med"]"#), 2, "{lang:?}");
        assert_eq!(count(&html, "form[action$='/kvittens'] button"), 1);
    }
}

#[test]
fn the_way_to_sign_that_was_chosen_stays_when_the_form_comes_back() {
    let html = |chosen, way_error| {
        let around = receipt::Around {
            is_accepted: true,
            chosen,
            way_error,
            ..receipt::Around::default()
        };
        receipt_html(Lang::Sv, unsigned(), Loa::Loa3, around)
    };
    let chosen = html(Some(SigningWay::LogIn), None);
    assert_eq!(count(&chosen, r#"[value="legitimering"][checked]"#), 1);
    assert_eq!(count(&chosen, r#"[value="kort"][checked]"#), 0);
    assert_eq!(count(&chosen, "#godkanner[checked]"), 1);
    let error = Text::of(Lang::Sv).sign_choose();
    let missing = html(None, Some(error.clone()));
    assert_eq!(count(&missing, "[role=alert] a[href='#med']"), 1);
    assert_eq!(
        count(&missing, "input#med"),
        1,
        "the link leads to an answer"
    );
    assert_eq!(words(&missing).matches(&error).count(), 2);
}
