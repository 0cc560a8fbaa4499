//! How the page leads to the card program, before the task is fetched.

use super::*;

#[test]
fn the_link_is_marked_to_be_opened_once_by_something_that_does_not_hold_the_token() {
    let waiting = page(TaskKind::Register, TaskStage::Offered);
    for html in [
        of_holder(Lang::Sv, &waiting, true),
        of_officer(Lang::Sv, &waiting, true),
    ] {
        let parsed = Html::parse_document(&html);
        let marked = Selector::parse("[data-open-once]").unwrap();
        let mark = parsed.select(&marked).next().unwrap();
        let mark = mark.attr("data-open-once").unwrap();
        assert!(mark.len() == 32 && !mark.contains("dG9rZW4"), "{mark}");
        assert!(has(&html, "[data-open-once] a[href^='kortklient:']"));
        assert!(has(&html, "p[data-opening][hidden]"));
        let text = words_of(&html);
        assert!(text.contains("Öppnades inte programmet?"), "{text}");
        assert!(has(&html, "a[href='/testa-kortet?kod=S502']"));
        let scripts = Selector::parse("main script[type=module][src]").unwrap();
        assert_eq!(parsed.select(&scripts).count(), 2, "opens and follows");
    }
}

#[test]
fn nothing_is_opened_where_there_is_no_code_or_nothing_is_waited_for() {
    for stage in TaskStage::iter() {
        for with_pass in [true, false] {
            let html = of_holder(Lang::Sv, &page(TaskKind::Register, stage), with_pass);
            let opens = stage == TaskStage::Offered && with_pass;
            assert_eq!(has(&html, "[data-open-once]"), opens, "{stage:?}");
        }
    }
}

#[test]
fn a_new_code_has_the_button_and_nothing_that_opens_by_itself() {
    let waiting = page(TaskKind::Register, TaskStage::Offered);
    let mut around = around("/mina-sidor", true);
    around.pass.as_mut().unwrap().opens = false;
    let html = of_holder_around(Lang::Sv, &waiting, &around);
    assert!(!has(&html, "[data-open-once]") && !has(&html, "[data-opening]"));
    assert!(has(&html, ".off-phone a[href^='kortklient:']"));
    assert!(!words_of(&html).contains("Öppnades inte programmet?"));
    let parsed = Html::parse_document(&html);
    let scripts = Selector::parse("main script[type=module][src]").unwrap();
    assert_eq!(parsed.select(&scripts).count(), 1, "follows alone");
}

#[test]
fn a_phone_is_told_that_it_is_done_at_the_computer_with_the_reader() {
    let waiting = page(TaskKind::Register, TaskStage::Offered);
    let around = Around {
        is_phone: true,
        ..around("/mina-sidor", true)
    };
    let html = of_holder_around(Lang::Sv, &waiting, &around);
    assert!(
        has(&html, ".is-phone .off-phone [data-open-once]"),
        "hidden by style"
    );
    assert!(has(&html, ".is-phone .on-phone .msg"));
    assert!(words_of(&html).contains("Gör det vid datorn med kortläsaren"));
}

#[test]
fn every_task_says_this_device_and_why_no_other_one_until_it_is_fetched() {
    for (lang, words) in [
        (Lang::Sv, ["På denna enhet", "På annan enhet", "kortläsare"]),
        (
            Lang::En,
            ["On this device", "On another device", "card reader"],
        ),
    ] {
        for kind in TaskKind::iter() {
            for with_pass in [true, false] {
                let html = of_holder(lang, &page(kind, TaskStage::Offered), with_pass);
                let text = words_of(&html);
                for word in words {
                    assert!(text.contains(word), "{kind:?}, {with_pass}: {word}");
                }
            }
        }
    }
}

#[test]
fn before_the_task_is_fetched_the_next_step_is_to_open_the_program() {
    let current = |stage| {
        let html = of_holder(Lang::Sv, &page(TaskKind::FetchSigning, stage), true);
        let parsed = Html::parse_document(&html);
        let current = Selector::parse(".track [aria-current=step] b").unwrap();
        let found = parsed.select(&current).next();
        found.map(|step| step.text().collect::<String>())
    };
    let first = current(TaskStage::Offered);
    assert_eq!(first.as_deref(), Some("Öppna kortprogrammet"));
    let begun = of_holder(
        Lang::Sv,
        &page(TaskKind::FetchSigning, TaskStage::Begun),
        false,
    );
    assert!(words_of(&begun).contains("Uppgiften är hämtad i kortprogrammet"));
    assert_eq!(current(TaskStage::Lapsed), None);
}

#[test]
fn a_test_that_is_made_again_does_not_show_what_the_one_before_has_found() {
    let mut again = page(TaskKind::TestCard, TaskStage::Offered);
    again.report = Some(report(Some("K302")));
    let html = of_holder(Lang::Sv, &again, true);
    assert!(!words_of(&html).contains("opensc-pkcs11.so"));
}
