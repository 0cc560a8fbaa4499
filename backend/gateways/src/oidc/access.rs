//! Access tokens that other programs bring: JWTs (RFC 9068) signed with the provider's keys. Only
//! the header's algorithm and key name are believed before the signature holds.
//!
//! What system clients sign to get a token of ours is read where those tokens are given, by stricter
//! rules: an algorithm that the registered key decides, one audience alone, and one use.

use cards_app::ports::{LogInError, TokenBearer};
use chrono::{DateTime, Utc};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use openidconnect::core::CoreProviderMetadata;
use serde::Deserialize;

use super::claims::{self, Claims};
use super::{Doubt, Oidc, SKEW};

/// No provider's token is longer, in bytes.
const LONGEST: usize = 8 * 1024;
/// What the header calls an access token; an ID token is none.
const TYPES: [&str; 2] = ["at+jwt", "application/at+jwt"];

#[derive(Deserialize)]
struct AccessClaims {
    iss: String,
    aud: Audience,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    acr: Option<String>,
    #[serde(flatten)]
    person: Claims,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn names(&self, wanted: &str) -> bool {
        match self {
            Self::One(one) => one == wanted,
            Self::Several(several) => several.iter().any(|one| one == wanted),
        }
    }
}

impl Oidc {
    /// Whom the token speaks for.
    pub(super) async fn access(
        &self,
        token: &str,
        audience: &str,
    ) -> Result<TokenBearer, LogInError> {
        let now = self.clock.now();
        let known = self.discovery.metadata(&self.http, now).await?;
        match read(token, audience, &known, now) {
            Err(Doubt::UnknownKey) => {
                let renewed = self.discovery.renewed(&self.http, now).await?;
                read(token, audience, &renewed, now).map_err(Doubt::into_error)
            }
            read => read.map_err(Doubt::into_error),
        }
    }
}

fn read(
    token: &str,
    audience: &str,
    provider: &CoreProviderMetadata,
    now: DateTime<Utc>,
) -> Result<TokenBearer, Doubt> {
    let claims = signed(token, provider)?;
    if claims.iss != provider.issuer().as_str() {
        return Err(untrusted("issuer"));
    }
    if !claims.aud.names(audience) {
        return Err(untrusted("audience"));
    }
    let expires = life(&claims, now)?;
    let loa = claims::level(claims.acr.as_deref()).map_err(Doubt::Error)?;
    let (number, hsa_ids) = claims::identity(&claims.person).map_err(Doubt::Error)?;
    Ok(TokenBearer {
        number,
        hsa_ids,
        loa,
        expires,
    })
}

/// The claims, once the signature holds.
fn signed(token: &str, provider: &CoreProviderMetadata) -> Result<AccessClaims, Doubt> {
    if token.len() > LONGEST {
        return Err(untrusted("form"));
    }
    let header = decode_header(token).map_err(|_| untrusted("form"))?;
    let is_access = header
        .typ
        .as_deref()
        .is_some_and(|typ| TYPES.iter().any(|known| known.eq_ignore_ascii_case(typ)));
    if !is_access {
        return Err(untrusted("type"));
    }
    if !matches!(header.alg, Algorithm::ES256 | Algorithm::RS256) {
        return Err(untrusted("signature"));
    }
    let key = key_named(provider, header.kid.as_deref())?;
    let mut validation = Validation::new(header.alg);
    // Judged by our own clock, below.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let decoded = decode::<AccessClaims>(token, &key, &validation);
    decoded
        .map(|decoded| decoded.claims)
        .map_err(|_| untrusted("signature"))
}

/// The provider's key with this name; without a name the only one.
fn key_named(provider: &CoreProviderMetadata, kid: Option<&str>) -> Result<DecodingKey, Doubt> {
    let keys: Vec<Jwk> = provider
        .jwks()
        .keys()
        .iter()
        .filter_map(|key| serde_json::to_value(key).ok())
        .filter_map(|key| serde_json::from_value(key).ok())
        .collect();
    let key = match (kid, keys.as_slice()) {
        (Some(_), _) => keys.iter().find(|key| key.common.key_id.as_deref() == kid),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let key = key.ok_or(Doubt::UnknownKey)?;
    DecodingKey::from_jwk(key).map_err(|_| untrusted("key"))
}

/// When the token is over, clocks that differ included.
fn life(claims: &AccessClaims, now: DateTime<Utc>) -> Result<DateTime<Utc>, Doubt> {
    let instant = |seconds| DateTime::from_timestamp(seconds, 0).ok_or_else(|| untrusted("time"));
    let expires = instant(claims.exp)? + SKEW;
    let issued = instant(claims.iat)?;
    let begins = claims.nbf.map(instant).transpose()?.unwrap_or(issued);
    if expires <= now || issued.max(begins) > now + SKEW {
        return Err(untrusted("time"));
    }
    Ok(expires)
}

fn untrusted(what: &str) -> Doubt {
    Doubt::Error(LogInError::Untrusted(format!("access token: {what}")))
}
