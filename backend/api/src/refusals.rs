//! Each refusal of the rules in English, for whoever builds a client. The codes are stable; what
//! people read in the portals is kept there, in every language.

mod told;

use actix_web::http::StatusCode;
use cards_domain::refusal::{Refusal, RefusalCode};
use serde_json::{Map, Value, json};

use told::TOLD;

fn told(code: RefusalCode) -> Option<&'static (RefusalCode, &'static str, Option<&'static str>)> {
    TOLD.iter().find(|(known, _, _)| *known == code)
}

/// Why, in one sentence.
pub(crate) fn title(refusal: &Refusal) -> &'static str {
    told(refusal.into()).map_or("The rules say no.", |(_, title, _)| title)
}

/// The lawful way instead.
pub(crate) fn instead(refusal: &Refusal) -> Option<&'static str> {
    told(refusal.into()).and_then(|(_, _, instead)| *instead)
}

/// The HTTP status: 404 for what must look as if it did not exist, 403 for whom it is not allowed,
/// 422 for what was typed wrongly, 409 for what stands against it.
pub(crate) fn status(refusal: &Refusal) -> StatusCode {
    if matches!(refusal, Refusal::OutOfScope) {
        StatusCode::NOT_FOUND
    } else if matches!(
        refusal,
        Refusal::NotYourRole | Refusal::OwnCard | Refusal::AssuranceTooLow
    ) {
        StatusCode::FORBIDDEN
    } else if matches!(refusal, Refusal::LastFourWrong | Refusal::WrongCard) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::CONFLICT
    }
}

/// What the refusal tells besides, such as the office to go to or the day from which it is allowed.
pub(crate) fn facts(refusal: &Refusal) -> Map<String, Value> {
    let mut facts = match serde_json::to_value(refusal) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    };
    facts.remove("code");
    facts
}

/// A *no* to an action that is not offered.
pub(crate) fn because(refusal: &Refusal) -> Value {
    json!({
        "code": refusal.code(),
        "title": title(refusal),
        "instead": instead(refusal),
        "facts": facts(refusal),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator as _;

    #[test]
    fn every_refusal_is_told_once_in_a_sentence_of_its_own() {
        for code in RefusalCode::iter() {
            let times = TOLD.iter().filter(|(known, _, _)| *known == code).count();
            assert_eq!(times, 1, "{}", <&str>::from(code));
        }
        let mut titles: Vec<_> = TOLD.iter().map(|(_, title, _)| *title).collect();
        titles.sort_unstable();
        let all = titles.len();
        titles.dedup();
        assert_eq!(titles.len(), all);
        assert!(titles.iter().all(|title| title.ends_with('.')));
    }

    #[test]
    fn a_refusal_that_names_something_tells_it_beside_its_code() {
        let refusal = Refusal::WrongOffice {
            office: "Norra".to_owned(),
        };
        let told = because(&refusal);
        assert_eq!(told["code"], "wrong_office");
        assert_eq!(told["facts"], json!({ "office": "Norra" }));
        assert!(told["instead"].is_string());
        assert_eq!(because(&Refusal::CaseEnded)["facts"], json!({}));
    }
}
