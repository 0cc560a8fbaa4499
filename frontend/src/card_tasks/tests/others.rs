//! The page of a task that somebody else has begun: it is followed, and nothing is offered that is
//! refused.

use super::*;

fn of_somebody_else(kind: TaskKind, stage: TaskStage, side: TaskSide) -> TaskPage {
    let mut page = page(kind, stage);
    page.task.owner.side = side;
    page.reach = Reach {
        is_own: false,
        may_renew: false,
        may_cancel: false,
        officer: None,
    };
    page
}

#[test]
fn an_officer_follows_what_the_holder_does_and_is_offered_nothing() {
    for lang in LANGS {
        for kind in TaskKind::iter() {
            for stage in TaskStage::iter() {
                let page = of_somebody_else(kind, stage, TaskSide::Holder);
                let html = of_officer(lang, &page, true);
                let name = format!("{kind:?}, {stage:?}");
                assert_sound(&name, &html);
                assert!(!has(&html, "main form"), "{name}: {html}");
                assert!(!html.contains("K7QF-M2PX"), "{name}: no code of another");
            }
        }
    }
}

#[test]
fn who_does_it_is_said_instead_of_what_to_do() {
    let sv = Lang::Sv;
    let registering = of_somebody_else(TaskKind::Register, TaskStage::Begun, TaskSide::Holder);
    let text = words_of(&of_officer(sv, &registering, false));
    assert!(text.contains("Innehavaren gör det själv"), "{text}");
    assert!(!text.contains("skriv din legitimeringskod"), "{text}");

    let failed = of_somebody_else(TaskKind::Register, TaskStage::Failed, TaskSide::Holder);
    let text = words_of(&of_officer(sv, &failed, false));
    assert!(text.contains("Kod till servicedesk: K202"), "{text}");
    assert!(!text.contains("du kan fortsätta"), "{text}");

    let mut chosen = of_somebody_else(TaskKind::ChooseCode, TaskStage::Begun, TaskSide::Officer);
    chosen.reach.officer = Some("Karin Åkerblom".into());
    let text = words_of(&of_officer(sv, &chosen, false));
    assert!(text.contains("Karin Åkerblom gör det här"), "{text}");
    let text = words_of(&of_holder(sv, &chosen, false));
    assert!(text.contains("En id-administratör gör det här"), "{text}");
    assert!(!text.contains("Karin"), "{text}");
}
