//! Which steps are ticked, and what is asked for between them.

use super::*;

#[test]
fn a_card_that_was_pulled_is_asked_for() {
    let mut page = page(TaskKind::FetchSigning, TaskStage::Begun);
    page.steps.push(TaskStep {
        step: TaskStepName::WaitingForCard,
        at: now() + chrono::Duration::seconds(5),
    });
    assert!(words_of(&of_holder(Lang::Sv, &page, false)).contains("Sätt tillbaka kortet"));
    page.steps.push(TaskStep {
        step: TaskStepName::KeyMade,
        at: now() + chrono::Duration::seconds(9),
    });
    assert!(!words_of(&of_holder(Lang::Sv, &page, false)).contains("Sätt tillbaka kortet"));
    // Out and in again, both in the same moment as what was told last.
    for (step, waits) in [
        (TaskStepName::WaitingForCard, true),
        (TaskStepName::CardFound, false),
    ] {
        let at = now() + chrono::Duration::seconds(9);
        page.steps.push(TaskStep { step, at });
        let shown = words_of(&of_holder(Lang::Sv, &page, false));
        assert_eq!(shown.contains("Sätt tillbaka kortet"), waits);
    }
}

fn ticked(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let stops = Selector::parse("[data-follow] .track li.done").unwrap();
    let words = |stop: scraper::ElementRef<'_>| stop.text().collect::<String>();
    page.select(&stops).map(words).collect()
}

#[test]
fn a_code_counts_as_typed_once_the_card_has_signed_with_it() {
    for (kind, step) in [
        (TaskKind::Register, "Legitimeringskoden skrivs"),
        (TaskKind::SignReceipt, "Texten skrivs under"),
        (TaskKind::FetchSigning, "Legitimeringskoden skrivs"),
    ] {
        for stage in [TaskStage::Begun, TaskStage::Failed] {
            let mut page = page(kind, stage);
            page.steps.push(TaskStep {
                step: TaskStepName::CodeAsked,
                at: now(),
            });
            let is_ticked = |page: &TaskPage| {
                let ticked = ticked(&of_holder(Lang::Sv, page, false));
                ticked.iter().any(|words| words.contains(step))
            };
            assert!(!is_ticked(&page), "{kind:?}, {stage:?}: asked, not right");
            page.task.proved_at = Some(now());
            assert!(is_ticked(&page), "{kind:?}, {stage:?}");
        }
    }
}

#[test]
fn a_test_that_never_came_to_the_card_is_not_said_to_be_done_and_can_be_done_again() {
    for (cause, heading, is_tested) in [
        ("K201", "Kortet är inte testat", false),
        ("K608", "Kortet är inte testat", false),
        ("K302", "Kortet är testat", true),
    ] {
        let mut page = page(TaskKind::TestCard, TaskStage::Done);
        page.report = Some(report(Some(cause)));
        let html = of_holder(Lang::Sv, &page, false);
        let s = desk(Lang::Sv);
        assert_eq!(
            super::super::page::title(s.t, &page, TaskStage::Done),
            heading,
            "{cause}"
        );
        let ticked = ticked(&html);
        let says = ticked
            .iter()
            .any(|words| words.contains("Kortet är testat"));
        assert_eq!(says, is_tested, "{cause}: {ticked:?}");
        assert!(has(&html, r#"form[action$="/ny-kod"]"#), "{cause}");
        assert!(words_of(&html).contains("Testa igen"), "{cause}");
    }
    let well = of_holder(Lang::Sv, &page(TaskKind::TestCard, TaskStage::Done), false);
    assert!(!words_of(&well).contains("Testa igen"), "nothing to mend");
}

#[test]
fn steps_are_ticked_off_in_their_order_and_the_next_one_is_marked() {
    let begun = page(TaskKind::FetchSigning, TaskStage::Begun);
    let html = of_holder(Lang::Sv, &begun, false);
    let parsed = Html::parse_document(&html);
    let all = Selector::parse("[data-follow] .track li").unwrap();
    let classes: Vec<&str> = parsed
        .select(&all)
        .map(|stop| stop.attr("class").unwrap_or_default())
        .collect();
    assert_eq!(classes, ["done", "done", "here", "", "", "", ""]);
    assert!(has(&html, r#"[data-follow="begun"]"#));
}
