//! What is signed, and what an officer has seen to before signing it.

use cards_app::sessions::SignatureRequest;
use cards_domain::identity_check::{CheckStep, DocumentKind};
use serde_json::{Value, json};
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::at;
use crate::schema::{
    day, flag, id, list, moment, nullable, object, object_with, text, text_like, word as words,
};

/// What an officer signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Purpose {
    /// The check at the counter before a card is activated.
    Activation,
    /// The check at a visit before a locked card is opened.
    Unlock,
    /// That a receipt on paper, signed with ink, is kept.
    PaperReceipt,
}

/// A text that waits to be signed.
pub(crate) fn request(request: &SignatureRequest) -> Value {
    json!({
        "id": request.id,
        "text": request.text,
        "nonce": request.text_hash,
        "expires": at(request.expires),
    })
}

/// What is sent to have something signed. All but the first two is what the purpose asks for.
pub(crate) fn wanted() -> Value {
    let members = [
        ("purpose", words::<Purpose>()),
        ("card", id()),
        ("document", words::<DocumentKind>()),
        ("document_last_four", text()),
        ("document_valid_to", day()),
        ("number_on_document", text()),
        ("steps", list(&words::<CheckStep>())),
        ("number_on_card", text()),
        ("printed_name_confirmed", flag()),
        ("face_compared", flag()),
        ("exception", nullable(&text())),
        ("code_chosen", flag()),
        ("terms_version", text()),
    ];
    object_with(&members, &["purpose", "card"])
}

/// What a holder sends.
pub(crate) fn wanted_by_holder() -> Value {
    object(&[("card", id())])
}

/// The identity provider's word that the text was signed.
pub(crate) fn handed_in() -> Value {
    object(&[("id_token", text())])
}

/// What is sent to use a signature.
pub(crate) fn used() -> Value {
    object(&[("signature", id())])
}

/// What is sent to activate a card.
pub(crate) fn activation() -> Value {
    object(&[("signature", id()), ("code_works", flag())])
}

/// What the holder signs with ink. The version is sent when the paper is registered.
pub(crate) fn paper(terms_version: &str, text: &str) -> Value {
    json!({ "terms_version": terms_version, "text": text })
}

pub(crate) fn schemas() -> Vec<(&'static str, Value)> {
    let request = object(&[
        ("id", id()),
        ("text", text()),
        ("nonce", text_like("^[0-9a-f]{64}$")),
        ("expires", moment()),
    ]);
    let signed = object(&[("id", id()), ("signed", flag())]);
    let paper = object(&[("terms_version", text()), ("text", text())]);
    vec![
        ("PaperReceipt", paper),
        ("SignatureRequest", request),
        ("Signed", signed),
    ]
}
