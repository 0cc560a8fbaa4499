//! What a card has signed, kept as evidence beside the log.

use cards_domain::ids::PersonId;
use cards_domain::signature::{Signature, SignatureKind};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;

use crate::db::Link;
use crate::error::StoreError;
use crate::journal::Channel;
use crate::schema::signature;
use crate::seal::sha256;

/// A text that a card has signed, with what proves it.
pub struct CardEvidence<'a> {
    /// Whose card.
    pub person: PersonId,
    /// What the signature is for, such as `receipt`.
    pub purpose: &'a str,
    /// What was signed, to the last byte (UTF-8).
    pub text: &'a str,
    /// The certificate (DER).
    pub certificate: &'a [u8],
    /// The signature.
    pub signature: &'a [u8],
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
    payload: Value,
}

#[derive(Serialize)]
struct Proof<'a> {
    certificate: &'a [u8],
    signature: &'a [u8],
}

impl Link {
    /// Keeps what a card has signed, used up already: no form can use it.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn keep_card_signature(
        &mut self,
        evidence: &CardEvidence<'_>,
    ) -> Result<Signature, StoreError> {
        let (id, now) = (self.new_id(), self.now());
        let text_hash = cards_domain::card_task::hex(&sha256(&[evidence.text.as_bytes()]));
        let text = Text {
            text: evidence.text,
            payload: Value::Null,
        };
        let proof = Proof {
            certificate: evidence.certificate,
            signature: evidence.signature,
        };
        let sealed = self
            .seal()
            .close(self.entropy(), "signature.sealed", &text)?;
        let proof = self
            .seal()
            .close(self.entropy(), "signature.evidence", &proof)?;
        diesel::insert_into(signature::table)
            .values((
                signature::id.eq(id),
                signature::person_id.eq(evidence.person.0),
                signature::portal.eq(<&str>::from(Channel::MinaSidor)),
                signature::purpose.eq(evidence.purpose),
                signature::text_hash.eq(&text_hash),
                signature::sealed.eq(sealed),
                signature::requested_at.eq(now),
                signature::signed_at.eq(now),
                signature::used_at.eq(now),
                signature::evidence.eq(proof),
            ))
            .execute(&mut self.conn)?;
        Ok(Signature {
            kind: SignatureKind::CardSignature,
            at: now,
            text_hash,
            evidence: Some(id),
        })
    }
}
