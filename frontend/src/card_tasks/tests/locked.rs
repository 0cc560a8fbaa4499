//! A task that failed because a code is locked leads to where the card is unlocked.

use super::*;

fn failed(cause: &str) -> TaskPage {
    let mut page = page(TaskKind::FetchSigning, TaskStage::Failed);
    page.task.cause = Some(TaskCause::parse(cause).unwrap());
    page
}

#[test]
fn whoever_has_locked_a_code_goes_on_to_the_page_that_tells_how_the_card_is_opened() {
    for cause in ["K302", "K303", "K304", "K305"] {
        let page = failed(cause);
        let address = format!("/kort/{}/last", page.task.card);
        let holder = of_holder(Lang::Sv, &page, false);
        let first = format!(r#"main a.lg[href="/mina-sidor{address}"]"#);
        assert!(has(&holder, &first), "{cause}: {holder}");
        let text = words_of(&holder);
        let order = ["Mitt kort är låst", "Försök igen"].map(|said| text.rfind(said));
        assert!(order[0].is_some() && order[0] < order[1], "{cause}: {text}");
        assert!(!has(&holder, r#"form[action$="/ny-kod"] .lg"#), "{cause}");
        let officer = of_officer(Lang::Sv, &page, false);
        let first = format!(r#"main a.lg[href="/id-admin{address}"]"#);
        assert!(has(&officer, &first), "{cause}: {officer}");
    }
}

#[test]
fn what_is_not_about_a_locked_code_is_tried_again() {
    let html = of_holder(Lang::Sv, &failed("K202"), false);
    assert!(!has(&html, r#"main a[href$="/last"]"#), "{html}");
}
