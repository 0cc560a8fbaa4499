//! Texts that are signed by a fresh log-in whose nonce is the text's hash.

use cards_domain::ids::PersonId;
use cards_domain::signature::{Signature, SignatureKind};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::journal::Channel;
use crate::schema::signature;
use crate::seal::sha256;
use crate::tx::Tx;

/// How long a signature can wait to be used.
const LONGEST: TimeDelta = TimeDelta::minutes(15);

/// Something to be signed.
pub struct NewSignature<'a> {
    /// Who is to sign.
    pub person: PersonId,
    /// One of the three portals.
    pub portal: Channel,
    /// What it is for; a signature is used for nothing else.
    pub purpose: &'a str,
    /// What the signer reads.
    pub text: &'a str,
    /// What is to be done once it is signed.
    pub payload: Value,
}

/// A signature that has been asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureRequest {
    /// Its id.
    pub id: Uuid,
    /// SHA-256 of the whole text, lower-case hex: the nonce.
    pub text_hash: String,
    /// The whole text, with what was added to it.
    pub text: String,
    /// From when on it can no longer be signed.
    pub expires: DateTime<Utc>,
}

/// Which signature is used, and what it must be to be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureUse {
    /// Its id.
    pub id: Uuid,
    /// Who signed.
    pub person: PersonId,
    /// In which portal it was asked for.
    pub portal: Channel,
    /// For what.
    pub purpose: &'static str,
}

/// A signature that waits to be used, or is used now and never again.
#[derive(Clone)]
pub struct UsedSignature {
    /// The whole text that was signed.
    pub text: String,
    /// What is to be done.
    pub payload: Value,
    /// The proof.
    pub signature: Signature,
}

impl UsedSignature {
    /// Until when it can wait to be used.
    #[must_use]
    pub fn until(&self) -> DateTime<Utc> {
        self.signature.at + LONGEST
    }
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    text: String,
    payload: Value,
}

type Row = (Vec<u8>, String, Option<DateTime<Utc>>);

impl Link {
    /// Keeps what is to be signed. Id and time are added to the text, so that no two signatures
    /// share a hash and no ID token proves more than one of them.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn request_signature(
        &mut self,
        new: &NewSignature<'_>,
    ) -> Result<SignatureRequest, StoreError> {
        let (id, now) = (self.new_id(), self.now());
        let stamp = now.to_rfc3339_opts(SecondsFormat::Secs, true);
        let text = format!("{}\n\n{id} {stamp}", new.text);
        let text_hash = hex(&sha256(&[text.as_bytes()]));
        let sealed = Sealed {
            text: text.clone(),
            payload: new.payload.clone(),
        };
        let sealed = self
            .seal()
            .close(self.entropy(), "signature.sealed", &sealed)?;
        diesel::insert_into(signature::table)
            .values((
                signature::id.eq(id),
                signature::person_id.eq(new.person.0),
                signature::portal.eq(<&str>::from(new.portal)),
                signature::purpose.eq(new.purpose),
                signature::text_hash.eq(&text_hash),
                signature::sealed.eq(sealed),
                signature::requested_at.eq(now),
            ))
            .execute(&mut self.conn)?;
        Ok(SignatureRequest {
            id,
            text_hash,
            text,
            expires: now + LONGEST,
        })
    }

    /// Notes that `person` signed, with the ID token as evidence. Only an authentication after the
    /// request counts (a minute of difference between clocks is allowed); false when it does not,
    /// or when the signature is another person's, signed already or too old.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn mark_signed(
        &mut self,
        id: Uuid,
        person: PersonId,
        authenticated: DateTime<Utc>,
        id_token: &str,
    ) -> Result<bool, StoreError> {
        let now = self.now();
        let evidence = self
            .seal()
            .close(self.entropy(), "signature.evidence", &id_token)?;
        let marked = diesel::update(signature::table.find(id))
            .filter(signature::person_id.eq(person.0))
            .filter(signature::signed_at.is_null())
            .filter(signature::requested_at.gt(now - LONGEST))
            .filter(signature::requested_at.le(authenticated + TimeDelta::seconds(60)))
            .set((
                signature::signed_at.eq(now),
                signature::evidence.eq(evidence),
            ))
            .execute(&mut self.conn)?;
        Ok(marked == 1)
    }

    /// The signatures of `person` that wait to be used for this purpose, the newest first. At most
    /// a handful: they wait a quarter of an hour.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn waiting_signatures(
        &mut self,
        person: PersonId,
        portal: Channel,
        purpose: &str,
    ) -> Result<Vec<UsedSignature>, StoreError> {
        const MOST: i64 = 10;
        let now = self.now();
        let rows: Vec<(Uuid, Row)> = signature::table
            .filter(signature::person_id.eq(person.0))
            .filter(signature::portal.eq(<&str>::from(portal)))
            .filter(signature::purpose.eq(purpose))
            .filter(signature::signed_at.gt(now - LONGEST))
            .filter(signature::used_at.is_null())
            .order(signature::signed_at.desc())
            .limit(MOST)
            .select((
                signature::id,
                (
                    signature::sealed,
                    signature::text_hash,
                    signature::signed_at,
                ),
            ))
            .load(&mut self.conn)?;
        rows.into_iter()
            .map(|(id, row)| self.read_signature(id, row))
            .collect()
    }

    /// A signature that waits to be used: [`Tx::use_signature`] uses it with the act.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn waiting_signature(
        &mut self,
        id: Uuid,
        person: PersonId,
        portal: Channel,
        purpose: &str,
    ) -> Result<Option<UsedSignature>, StoreError> {
        let now = self.now();
        let row: Option<Row> = signature::table
            .find(id)
            .filter(signature::person_id.eq(person.0))
            .filter(signature::portal.eq(<&str>::from(portal)))
            .filter(signature::purpose.eq(purpose))
            .filter(signature::signed_at.gt(now - LONGEST))
            .filter(signature::used_at.is_null())
            .select((
                signature::sealed,
                signature::text_hash,
                signature::signed_at,
            ))
            .first(&mut self.conn)
            .optional()?;
        row.map(|row| self.read_signature(id, row)).transpose()
    }

    /// What was to be done with a signature that `person` asked for here and that has not been made:
    /// the page that asked shows its answers again, for as long as it could still be signed.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn unsigned_payload(
        &mut self,
        id: Uuid,
        person: PersonId,
        portal: Channel,
        purpose: &str,
    ) -> Result<Option<Value>, StoreError> {
        let now = self.now();
        let sealed: Option<Vec<u8>> = signature::table
            .find(id)
            .filter(signature::person_id.eq(person.0))
            .filter(signature::portal.eq(<&str>::from(portal)))
            .filter(signature::purpose.eq(purpose))
            .filter(signature::requested_at.gt(now - LONGEST))
            .filter(signature::signed_at.is_null())
            .select(signature::sealed)
            .first(&mut self.conn)
            .optional()?;
        let Some(sealed) = sealed else {
            return Ok(None);
        };
        let Sealed { payload, .. } = self.seal().open("signature.sealed", &sealed)?;
        Ok(Some(payload))
    }

    fn read_signature(&self, id: Uuid, row: Row) -> Result<UsedSignature, StoreError> {
        let (sealed, text_hash, signed_at) = row;
        let Sealed { text, payload } = self.seal().open("signature.sealed", &sealed)?;
        let signature = Signature {
            kind: SignatureKind::ReauthenticatedSession,
            at: signed_at.ok_or(unreadable("signature", "signed_at"))?,
            text_hash,
            evidence: Some(id),
        };
        Ok(UsedSignature {
            text,
            payload,
            signature,
        })
    }
}

impl Tx<'_> {
    /// Uses a signature, with what is done in this transaction: at most once, by the signer, in the
    /// portal and for the purpose it was asked for, and soon after it was made. False when it cannot
    /// be used; then nothing must be done with it.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn use_signature(&mut self, used: &SignatureUse) -> Result<bool, StoreError> {
        let rows = diesel::update(signature::table.find(used.id))
            .filter(signature::person_id.eq(used.person.0))
            .filter(signature::portal.eq(<&str>::from(used.portal)))
            .filter(signature::purpose.eq(used.purpose))
            .filter(signature::signed_at.gt(self.now - LONGEST))
            .filter(signature::used_at.is_null())
            .set(signature::used_at.eq(self.now))
            .execute(self.conn)?;
        Ok(rows == 1)
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
