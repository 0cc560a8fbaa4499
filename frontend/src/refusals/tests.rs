//! That every refusal has its sentences.

use std::collections::HashSet;

use cards_domain::refusal::RefusalCode;
use cards_domain::values::{ProductNumber, RekId};
use chrono::NaiveDate;
use strum::IntoEnumIterator;

use super::*;
use crate::text::Lang;

const DAY: &str = "2026-12-04";

/// A refusal of each code, read from its stored form.
fn specimen(code: RefusalCode) -> Refusal {
    let code: &'static str = code.into();
    serde_json::from_value(serde_json::json!({
        "code": code,
        "office": "Björkvallen",
        "last_day": DAY,
        "from": DAY,
        "on": DAY,
        "order_number": "K-2611-000482",
        "rek_id": "RR482917367SE",
    }))
    .unwrap()
}

#[test]
fn every_refusal_says_why_and_what_to_do_instead_in_both_languages() {
    for code in RefusalCode::iter() {
        let refusal = specimen(code);
        let [sv, en] = [Lang::Sv, Lang::En].map(|l| refusal_text(Text::of(l), &refusal));
        for sentence in [&sv.0, &sv.1, &en.0, &en.1] {
            assert!(sentence.ends_with('.'), "{code:?}: {sentence}");
            assert!(!sentence.contains(['{', '$']), "{code:?}: {sentence}");
        }
        assert_ne!(sv.0, en.0, "{code:?} is not translated");
        assert_ne!(sv.1, en.1, "{code:?} is not translated");
    }
}

#[test]
fn no_two_refusals_give_the_same_reason() {
    let t = Text::of(Lang::Sv);
    let mut seen = HashSet::new();
    for code in RefusalCode::iter() {
        let (why, _) = refusal_text(t, &specimen(code));
        assert!(seen.insert(why.clone()), "{why} stands twice");
    }
}

#[test]
fn locked_is_called_revoked_only_to_say_that_it_is_not() {
    let t = Text::of(Lang::Sv);
    for code in RefusalCode::iter() {
        let text = sentence(t, &specimen(code)).to_lowercase();
        assert!(!text.contains("journal"), "{text}");
        if text.contains("låst") && text.contains("spärrat") {
            assert!(text.contains("inte spärrat"), "{text}");
        }
    }
}

#[test]
fn what_is_known_stands_in_the_sentence() {
    let t = Text::of(Lang::Sv);
    let day: NaiveDate = DAY.parse().unwrap();
    let traceable = |rek_id| sentence(t, &Refusal::UndeliveredTraceable { rek_id });
    let rek_id = RekId::parse("RR482917367SE").unwrap();
    assert!(sentence(t, &Refusal::UndeliveredTooSoon { from: day }).contains(DAY));
    assert!(traceable(Some(rek_id.clone())).contains(rek_id.as_str()));
    assert!(!traceable(None).contains("RR"));
    let at_visit = |product_number| sentence(t, &Refusal::VisitDoesNotUnlock { product_number });
    let number = ProductNumber::parse("641").unwrap();
    assert!(at_visit(Some(number)).contains("produktnummer 641 kan inte låsas upp"));
    assert!(at_visit(None).contains("utan produktnummer"));
    assert!(at_visit(None).contains("Telia") && at_visit(None).contains("puk-brev"));
    let last_day = day;
    assert!(sentence(t, &Refusal::StoredPhotoTooOld { last_day }).contains(DAY));
    let closed = Refusal::ExceptionReasonNeeded {
        office: "kortkontoret Sjövik".to_owned(),
    };
    assert!(sentence(t, &closed).contains("Sjövik, som är stängt"));
    let office = "kortkontoret Björkvallen".to_owned();
    assert!(sentence(t, &Refusal::WrongOffice { office }).contains("Björkvallen"));
}
