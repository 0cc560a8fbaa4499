//! The words that officers and holders sign, for programs that have them signed through the API:
//! the same as on the pages.

use cards_app::queries::{CardPage, CardSheet};
use cards_domain::card::CounterCheck;
use cards_domain::chip_code::VisitCheck;
use cards_domain::identity_check::IdentityCheck;
use cards_domain::values::CardNumber;
use cards_http::Language;
use cards_http::api_person::SignedTexts;

use super::activate::hsa_id;
use super::identity::Seen;
use super::parts;
use crate::mina_sidor::terms;
use crate::pages::text;

/// The portals' words.
#[derive(Clone, Copy, Debug, Default)]
pub struct PortalTexts;

impl SignedTexts for PortalTexts {
    fn activation(&self, language: Language, page: &CardPage, check: &CounterCheck) -> String {
        let (t, seen) = (text(language), seen(&check.identity, &check.number_on_card));
        let closed = page.closed.as_ref().map(|closed| &closed.name);
        let excepted = closed.zip(check.exception.as_ref());
        let face = if page.card.sheet.product.has_photo {
            t.sign_check_photo()
        } else {
            t.sign_check_face()
        };
        let lines = [
            Some(t.sign_check_title()),
            Some(t.sign_check_card(check.number_on_card.short(), here(page))),
            excepted.map(|(office, reason)| t.sign_check_exception(office, reason)),
            Some(t.sign_check_holder(hsa_id(page))),
            Some(seen.document_to_sign(t)),
            Some(face),
            Some(t.sign_check_steps()),
        ];
        let lines = lines.into_iter().flatten().chain(seen.steps_to_sign(t));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn unlock(&self, language: Language, page: &CardPage, check: &VisitCheck) -> String {
        let (t, seen) = (text(language), seen(&check.identity, &check.number_on_card));
        let lines = [
            t.ul_sign_title(),
            t.ul_sign_card(check.number_on_card.short(), here(page)),
            t.sign_check_holder(hsa_id(page)),
            seen.document_to_sign(t),
            t.ul_sign_chosen(),
            t.sign_check_steps(),
        ];
        let lines = lines.into_iter().chain(seen.steps_to_sign(t));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn paper(&self, language: Language, page: &CardPage, terms_version: &str) -> String {
        let card = parts::card_name(&page.card.sheet);
        text(language).sign_paper(card, terms_version, here(page))
    }

    fn receipt(&self, language: Language, card: &CardSheet) -> String {
        terms::signed_text(text(language), card)
    }
}

/// The name of the officer's office, or of the card's.
fn here(page: &CardPage) -> &str {
    let here = page.facts.here.as_ref();
    here.map_or(&page.card.sheet.office.name, |office| &office.name)
}

fn seen(identity: &IdentityCheck, number_on_card: &CardNumber) -> Seen {
    Seen {
        document: identity.document,
        document_last_four: identity.document_last_four.clone(),
        valid_to: identity.valid_to,
        number_on_document: identity.number_on_document.clone(),
        steps: identity.steps.clone(),
        number_on_card: number_on_card.clone(),
    }
}

#[cfg(test)]
mod tests {
    use cards_domain::delivery::DeliveryMethod;

    use super::*;
    use crate::id_admin::activate::hsa_id;
    use crate::id_admin::draft::{
        CARD, Circumstances, DOCUMENT, Draft, FACE, FOUR, NAME, NUMBER, Typed, VALID,
    };
    use crate::id_admin::samples::{card, card_page, now, sent};

    fn page() -> CardPage {
        card_page(card(sent(), DeliveryMethod::APost))
    }

    #[test]
    fn a_program_has_the_same_signed_as_the_page() {
        let (page, sv) = (page(), text(Language::Sv));
        let typed = Typed::of(&[
            (CARD, "9752 2699 0041 7738"),
            (NAME, "ja"),
            (DOCUMENT, "passport"),
            (NUMBER, "19900101-9802"),
            (FOUR, "44a7"),
            (VALID, "2029-05-30"),
            (FACE, "ja"),
        ]);
        let draft = Draft::read(sv, page.card.sheet.card.id, &typed, now()).unwrap();
        let on_page = draft.text_to_sign(
            sv,
            &Circumstances {
                hsa_id: &hsa_id(&page),
                here: here(&page),
                closed: None,
                has_photo: page.card.sheet.product.has_photo,
            },
        );
        let check = draft.check(None, None);
        let by_program = PortalTexts.activation(Language::Sv, &page, &check);
        assert_eq!(by_program, on_page);
        assert!(by_program.contains("44A7"), "{by_program}");
    }

    #[test]
    fn the_word_for_a_paper_names_the_terms_and_the_place_where_it_lies() {
        let page = page();
        let said = PortalTexts.paper(Language::Sv, &page, "2026-1");
        assert!(said.contains("villkor version 2026-1"), "{said}");
        assert!(
            said.contains(&format!("sparas på {}", here(&page))),
            "{said}"
        );
    }
}
