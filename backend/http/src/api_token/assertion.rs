//! What a client signs to get a token (RFC 7523). Nothing it says of itself is believed before the
//! signature holds, and the key decides the algorithm, not the assertion.
//!
//! The gateway to the identity provider reads signed tokens too, and shares nothing with this: there
//! the provider's token names one of its keys and its audience among others, here the client's own
//! registered key decides and the audience stands alone; what is told of a fault differs as well.
//! What is left in common is the call of the library that both make.

use cards_app::clients::{KeyAlgorithm, SystemClient};
use cards_domain::ids::ClientId;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::dangerous::insecure_decode;
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde::Deserialize;

use super::key::decoding_key;

/// By how much the client's clock may differ from ours.
pub(super) const SKEW: TimeDelta = TimeDelta::seconds(60);
/// Longest life of an assertion.
const LONGEST: TimeDelta = TimeDelta::minutes(5);
/// Longest id of an assertion, in bytes.
const LONGEST_JTI: usize = 128;

/// Why an assertion is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Rejected {
    /// Whatever is wrong before the signature holds: not told apart, so that nobody can find out
    /// which clients there are.
    #[error("the client is unknown or revoked, or the assertion is not signed with its key")]
    NotKnown,
    #[error("iss and sub must both be the client's id")]
    OtherSubject,
    #[error("aud must be the token endpoint's address and nothing else")]
    OtherAudience,
    #[error(
        "the claims cannot be read: iss, sub, aud and jti are texts, exp, iat and nbf whole numbers"
    )]
    Unreadable,
    #[error("the assertion has expired, or lives longer than five minutes")]
    Expiry,
    #[error("the assertion is not valid yet: iat or nbf lies ahead")]
    TooEarly,
    #[error("jti is missing or longer than 128 bytes")]
    NoId,
    #[error("the assertion has been used already")]
    Replayed,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: i64,
    nbf: Option<i64>,
    iat: Option<i64>,
    jti: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn is(&self, wanted: &str) -> bool {
        match self {
            Self::One(one) => one == wanted,
            Self::Several(several) => matches!(several.as_slice(), [one] if one == wanted),
        }
    }
}

/// An assertion that holds, and can be used unless it was used before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Accepted {
    pub jti: String,
    /// When nobody would accept it any more.
    pub ends: DateTime<Utc>,
}

/// Whose assertion it says it is.
pub(super) fn claimed_client(text: &str) -> Result<ClientId, Rejected> {
    #[derive(Deserialize)]
    struct Issuer {
        iss: String,
    }
    let claims = insecure_decode::<Issuer>(text).map_err(|_| Rejected::NotKnown)?;
    claims.claims.iss.parse().map_err(|_| Rejected::NotKnown)
}

/// Whether the assertion holds for this client, at this token endpoint, now.
pub(super) fn accept(
    text: &str,
    client: &SystemClient,
    audience: &str,
    now: DateTime<Utc>,
) -> Result<Accepted, Rejected> {
    let claims = signed_claims(text, client)?;
    let id = client.id.to_string();
    if claims.iss != id || claims.sub != id {
        return Err(Rejected::OtherSubject);
    }
    if !claims.aud.is(audience) {
        return Err(Rejected::OtherAudience);
    }
    let ends = life(&claims, now)?;
    let jti = claims
        .jti
        .filter(|jti| (1..=LONGEST_JTI).contains(&jti.len()));
    Ok(Accepted {
        jti: jti.ok_or(Rejected::NoId)?,
        ends,
    })
}

fn signed_claims(text: &str, client: &SystemClient) -> Result<Claims, Rejected> {
    let header = decode_header(text).map_err(|_| Rejected::NotKnown)?;
    let kid = header.kid.ok_or(Rejected::NotKnown)?;
    let key = client.keys.iter().find(|key| key.kid == kid);
    let key = key.ok_or(Rejected::NotKnown)?;
    let algorithm = match key.alg {
        KeyAlgorithm::Es256 => Algorithm::ES256,
        KeyAlgorithm::Rs256 => Algorithm::RS256,
        KeyAlgorithm::EdDsa => Algorithm::EdDSA,
    };
    // Nothing critical is understood, and a revoked client has no keys.
    if header.alg != algorithm || header.crit.is_some() || client.revoked_at.is_some() {
        return Err(Rejected::NotKnown);
    }
    let public = decoding_key(key).ok_or(Rejected::NotKnown)?;
    let mut rules = Validation::new(algorithm);
    // The claims are judged here, by the clock that is handed in.
    rules.required_spec_claims.clear();
    rules.validate_exp = false;
    rules.validate_aud = false;
    let token = decode::<serde_json::Value>(text, &public, &rules);
    let token = token.map_err(|_| Rejected::NotKnown)?;
    // Whoever has signed them is told that they cannot be read; nobody else learns anything.
    serde_json::from_value(token.claims).map_err(|_| Rejected::Unreadable)
}

/// When the assertion is too old, clocks that differ included.
fn life(claims: &Claims, now: DateTime<Utc>) -> Result<DateTime<Utc>, Rejected> {
    let instant = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(Rejected::Expiry);
    let expires = instant(claims.exp)?;
    let issued = claims.iat.map(instant).transpose()?;
    let begins = claims.nbf.map(instant).transpose()?;
    let ahead =
        |at: Option<DateTime<Utc>>| at.is_some_and(|at| at.signed_duration_since(now) > SKEW);
    if ahead(issued) || ahead(begins) {
        return Err(Rejected::TooEarly);
    }
    let left = expires.signed_duration_since(now);
    let whole = issued.map(|issued| expires.signed_duration_since(issued));
    if left <= -SKEW || left > LONGEST + SKEW || whole.is_some_and(|whole| whole > LONGEST) {
        return Err(Rejected::Expiry);
    }
    Ok(expires + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(exp: i64, iat: Option<i64>, nbf: Option<i64>) -> Claims {
        Claims {
            iss: String::new(),
            sub: String::new(),
            aud: Audience::Several(Vec::new()),
            exp,
            nbf,
            iat,
            jti: None,
        }
    }

    fn judged(exp: i64, iat: Option<i64>, nbf: Option<i64>) -> Result<i64, Rejected> {
        let now = DateTime::from_timestamp(10_000, 0).unwrap();
        life(&claims(exp, iat, nbf), now).map(|ends| ends.timestamp())
    }

    #[test]
    fn an_assertion_lives_five_minutes_at_most_and_a_minute_of_skew_is_forgiven() {
        assert_eq!(judged(10_300, Some(10_000), Some(10_000)), Ok(10_360));
        assert_eq!(judged(10_301, Some(10_000), None), Err(Rejected::Expiry));
        assert_eq!(judged(10_360, None, None), Ok(10_420));
        assert_eq!(judged(10_361, None, None), Err(Rejected::Expiry));
        assert_eq!(judged(9_941, Some(9_700), None), Ok(10_001));
        assert_eq!(judged(9_940, Some(9_700), None), Err(Rejected::Expiry));
        assert_eq!(judged(10_300, Some(10_060), None), Ok(10_360));
        assert_eq!(judged(10_300, Some(10_061), None), Err(Rejected::TooEarly));
        assert_eq!(judged(10_300, None, Some(10_061)), Err(Rejected::TooEarly));
        assert_eq!(judged(i64::MAX, None, None), Err(Rejected::Expiry));
    }

    #[test]
    fn the_audience_is_the_token_endpoint_alone() {
        let is = |aud: &str| {
            serde_json::from_str::<Audience>(aud)
                .unwrap()
                .is("https://a/t")
        };
        assert!(is(r#""https://a/t""#) && is(r#"["https://a/t"]"#));
        assert!(!is(r#"["https://a/t", "https://b"]"#) && !is("[]") && !is(r#""https://a/""#));
    }

    #[test]
    fn a_text_that_is_no_assertion_is_nobodys() {
        for text in [
            "",
            "a.b.c",
            "eyJhbGciOiJub25lIn0.e30.",
            "....",
            "e30.e30.e30",
        ] {
            assert_eq!(claimed_client(text), Err(Rejected::NotKnown), "{text}");
        }
    }
}
