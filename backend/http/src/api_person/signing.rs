//! Signing through the API: what is signed, and the fresh log-in by which it was. A program logs the
//! person in itself, with the hash of the text as nonce, and hands the ID token in.

use actix_web::HttpRequest;
use cards_app::ports::LogInError;
use cards_app::queries::CardPage;
use cards_app::queries::CardSheet;
use cards_app::{App, Channel, Failure, Link};
use cards_domain::access::Loa;
use cards_domain::card::CounterCheck;
use cards_domain::chip_code::VisitCheck;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{ActsAs, Caller, NoCaller, call_as};
use crate::actor::app;
use crate::language::Language;

/// Nobody signs on a lower level.
const SIGNS: Loa = Loa::Loa3;

/// The words that are signed. They are the portals', so that the same is signed whichever way.
pub trait SignedTexts: Send + Sync {
    /// The officer's check before a card is activated.
    fn activation(&self, language: Language, page: &CardPage, check: &CounterCheck) -> String;
    /// The officer's check before a locked card is opened.
    fn unlock(&self, language: Language, page: &CardPage, check: &VisitCheck) -> String;
    /// The officer's word that a receipt on paper is kept.
    fn paper(&self, language: Language, page: &CardPage, terms_version: &str) -> String;
    /// The holder's receipt, with the terms.
    fn receipt(&self, language: Language, card: &CardSheet) -> String;
}

/// SHA-256 of a text, lower-case hex.
#[must_use]
pub fn sha256_hex(text: &str) -> String {
    use std::fmt::Write as _;
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Why something is not signed.
#[derive(Debug)]
pub enum NoSignature {
    /// Whoever hands it in may not.
    Caller(NoCaller),
    /// There is no such text that waits for this person.
    Gone,
    /// The ID token is none of the provider's, is for another text, or from before it was asked for.
    BadToken,
    /// Somebody else has logged in.
    ByAnother,
    /// The log-in was not sure enough.
    LevelTooLow,
}

impl From<NoCaller> for NoSignature {
    fn from(why: NoCaller) -> Self {
        Self::Caller(why)
    }
}

/// Notes that the caller has signed, by the ID token of a fresh log-in with the text's hash as
/// nonce. Handing it in again changes nothing.
///
/// # Errors
/// As [`NoSignature`] has it.
pub async fn sign(
    request: &HttpRequest,
    role: ActsAs,
    id: Uuid,
    id_token: &str,
) -> Result<(), NoSignature> {
    let portal = portal_of(role);
    let find = move |_: &App, link: &mut Link, caller: &Caller| {
        link.text_to_sign(id, caller.person, portal)
            .map_err(Failure::from)
    };
    let found = call_as(request, (role, false), find).await?;
    let nonce = found.ok_or(NoSignature::Gone)?;
    let identity = app(request).map_err(NoCaller::from)?;
    let witness = identity.ports.identity.witness(id_token, &nonce).await;
    let log_in = match witness {
        Ok(log_in) => log_in,
        Err(LogInError::ProviderDown) => return Err(NoCaller::ProviderDown.into()),
        Err(LogInError::Untrusted(why)) => {
            tracing::info!(why, "a signature's ID token does not hold");
            return Err(NoSignature::BadToken);
        }
        Err(LogInError::NoIdentity) => return Err(NoSignature::ByAnother),
        Err(LogInError::BrokenOff) => return Err(NoSignature::BadToken),
    };
    if log_in.loa < SIGNS {
        return Err(NoSignature::LevelTooLow);
    }
    let mark = move |_: &App, link: &mut Link, caller: &Caller| {
        let by = link.find_log_in_person(log_in.number.as_ref(), &log_in.hsa_ids)?;
        if by != Some(caller.person) {
            return Ok(None);
        }
        let marked = link.mark_signed(id, caller.person, log_in.at, &log_in.id_token)?;
        // Handed in before: it waits to be used, or has been.
        let is_signed = marked || link.is_signed(id, caller.person)?;
        Ok(Some(is_signed))
    };
    match call_as(request, (role, false), mark).await? {
        None => Err(NoSignature::ByAnother),
        Some(false) => Err(NoSignature::BadToken),
        Some(true) => Ok(()),
    }
}

/// As what it is signed: a signature of an officer is none of a holder.
fn portal_of(role: ActsAs) -> Channel {
    match role {
        ActsAs::Officer => Channel::IdAdmin,
        ActsAs::Holder => Channel::MinaSidor,
    }
}
