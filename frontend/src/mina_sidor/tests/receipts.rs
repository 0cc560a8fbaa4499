use actix_web::http::StatusCode;
use cards_domain::receipt::TERMS_VERSION;

use super::*;
use crate::components::Hidden;
use crate::text::Text;

#[test]
fn the_terms_stand_on_the_page_and_in_the_signed_text_in_both_languages() {
    let sheet = card(1, unsigned(), DeliveryMethod::Rek);
    for lang in LANGS {
        let t = Text::of(lang);
        let shown = words(&receipt_html(
            lang,
            unsigned(),
            Loa::Loa3,
            receipt::Around::default(),
        ));
        let signed = terms::signed_text(t, &sheet);
        assert_eq!(terms::terms(t).len(), 8);
        for term in terms::terms(t) {
            assert!(shown.contains(&term), "{term}");
            assert!(signed.contains(&term), "{term}");
        }
        for (name, value) in terms::card_rows(t, &sheet) {
            assert!(shown.contains(&value), "{name}");
            assert!(signed.contains(&format!("{name}: {value}")), "{name}");
        }
        assert!(signed.contains(TERMS_VERSION) && shown.contains(TERMS_VERSION));
    }
    let of = |lang| terms::terms(Text::of(lang));
    assert!(
        of(Lang::Sv)
            .iter()
            .zip(of(Lang::En))
            .all(|(sv, en)| *sv != en)
    );
}

#[test]
fn the_receipt_is_signed_by_one_button_after_one_box() {
    let around = receipt::Around {
        hidden: Hidden::new([("_csrf", "x")]),
        ..Default::default()
    };
    let html = receipt_html(Lang::Sv, unsigned(), Loa::Loa3, around);
    assert_eq!(
        count(
            &html,
            "form[method=post][action$='/kvittens'] input[type=checkbox]"
        ),
        1
    );
    assert_eq!(
        count(&html, "form[action$='/kvittens'] input[name=_csrf]"),
        1
    );
}

#[test]
fn the_sentence_that_is_ticked_is_the_last_of_what_is_signed() {
    for lang in LANGS {
        let html = receipt_html(lang, unsigned(), Loa::Loa3, receipt::Around::default());
        let page = Html::parse_document(&html);
        let label = Selector::parse("label[for=godkanner]").unwrap();
        let ticked: String = page.select(&label).next().unwrap().text().collect();
        let sheet = card(1, unsigned(), DeliveryMethod::Rek);
        let signed = terms::signed_text(Text::of(lang), &sheet);
        assert_eq!(signed.lines().last(), Some(ticked.trim()));
    }
}

#[test]
fn a_box_left_empty_is_told_in_the_summary_and_at_the_box() {
    let error = Text::of(Lang::Sv).ms_receipt_accept_missing();
    let around = receipt::Around {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        error: Some(error.clone()),
        ..Default::default()
    };
    let html = receipt_html(Lang::Sv, unsigned(), Loa::Loa3, around);
    assert_eq!(count(&html, "[role=alert] a[href='#godkanner']"), 1);
    assert_eq!(
        count(
            &html,
            "#godkanner[aria-invalid=true][aria-describedby=godkanner-error]"
        ),
        1
    );
    assert_eq!(words(&html).matches(&error).count(), 2);
}

#[test]
fn a_log_in_of_level_two_sees_the_terms_and_how_to_log_in_more_surely() {
    let html = receipt_html(Lang::Sv, unsigned(), Loa::Loa2, receipt::Around::default());
    assert_eq!(count(&html, "form[action$='/kvittens']"), 0);
    assert!(html.contains("niva=loa3"), "{html}");
    assert!(words(&html).contains("tillitsnivå 3"));
}

#[test]
fn a_receipt_that_does_not_wait_cannot_be_signed_and_says_why() {
    for (stage, why) in [
        (active(), "redan underskriven"),
        (sent(), "inte dags"),
        (revoked(), "har upphört att gälla"),
    ] {
        let html = receipt_html(Lang::Sv, stage, Loa::Loa3, receipt::Around::default());
        assert_eq!(count(&html, "form[action$='/kvittens']"), 0);
        assert!(words(&html).contains(why), "{why}");
        assert!(!html.contains("Jag har fått kortet"), "nobody is to say it");
    }
}

#[test]
fn a_signed_receipt_tells_when_what_and_how_and_can_be_printed() {
    for lang in LANGS {
        let t = Text::of(lang);
        let html = receipt_html(lang, active(), Loa::Loa3, receipt::Around::default());
        assert_eq!(count(&html, "a[href$='/kvittens?papper=1']"), 1);
        let page = receipt_page(card(1, active(), DeliveryMethod::Rek));
        let paper = receipt::on_paper(frame(lang), &page).unwrap();
        let paper = words(&paper.render().unwrap());
        for shown in [words(&html), paper.clone()] {
            assert!(shown.contains("2024-01-18 11:00"), "{shown}");
            assert!(shown.contains(&t.ms_receipt_by_log_in()), "{shown}");
            for term in terms::terms(t) {
                assert!(shown.contains(&term), "{term}");
            }
        }
        assert!(paper.contains(&t.ms_receipt_accept()), "{paper}");
        assert!(paper.contains("Elin Berg"), "{paper}");
    }
}

#[test]
fn terms_of_another_version_are_not_shown_as_those_that_were_signed() {
    let mut page = receipt_page(card(1, active(), DeliveryMethod::Rek));
    page.signed.as_mut().unwrap().terms_version = "2024-01".into();
    let shown = receipt::on_paper(frame(Lang::Sv), &page).unwrap();
    let shown = words(&shown.render().unwrap());
    assert!(shown.contains("Version 2024-01"), "{shown}");
    assert!(!shown.contains("lånar aldrig ut"), "{shown}");
    let waiting = receipt_page(card(1, unsigned(), DeliveryMethod::Rek));
    assert!(receipt::on_paper(frame(Lang::Sv), &waiting).is_none());
}
