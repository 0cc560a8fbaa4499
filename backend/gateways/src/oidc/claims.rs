//! What an ID token says of a person.

use std::fmt;

use cards_app::ports::{LogIn, LogInError};
use cards_domain::access::Loa;
use cards_domain::values::{HsaId, PersonNumber};
use openidconnect::core::CoreGenderClaim;
use openidconnect::{AdditionalClaims, IdTokenClaims};
use serde::{Deserialize, Serialize};

/// The sector's names of the levels, surest first.
const LEVELS: [(Loa, &str); 2] = [
    (Loa::Loa3, "http://id.sambi.se/loa/loa3"),
    (Loa::Loa2, "http://id.sambi.se/loa/loa2"),
];

/// The claims beside those of the standard. Identity providers of the sector name the number with
/// a bare name, others with the address of the Swedish OpenID Connect profile.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(super) struct Claims {
    #[serde(
        rename = "personalIdentityNumber",
        skip_serializing_if = "Option::is_none"
    )]
    number: Option<String>,
    #[serde(
        rename = "https://id.oidc.se/claim/personalIdentityNumber",
        skip_serializing_if = "Option::is_none"
    )]
    profile_number: Option<String>,
    #[serde(rename = "employeeHsaId", default)]
    hsa_ids: OneOrMore,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl Default for OneOrMore {
    fn default() -> Self {
        Self::More(Vec::new())
    }
}

impl OneOrMore {
    fn as_slice(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::More(more) => more,
        }
    }
}

impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claims(…)")
    }
}

impl AdditionalClaims for Claims {}

/// The `acr` values that are enough for a level, best first.
pub(super) fn acceptable(loa: Loa) -> &'static [&'static str] {
    const BOTH: [&str; 2] = [LEVELS[0].1, LEVELS[1].1];
    match loa {
        Loa::Loa2 => &BOTH,
        Loa::Loa3 => &[LEVELS[0].1],
    }
}

/// Who came back, by claims that have been verified.
pub(super) fn log_in(
    claims: &IdTokenClaims<Claims, CoreGenderClaim>,
    id_token: String,
) -> Result<LogIn, LogInError> {
    let acr = claims.auth_context_ref().map(|acr| acr.as_str());
    let at = claims
        .auth_time()
        .ok_or_else(|| untrusted("auth_time is missing"))?;
    let (number, hsa_ids) = identity(claims.additional_claims())?;
    Ok(LogIn {
        number,
        hsa_ids,
        loa: level(acr)?,
        at,
        id_token,
    })
}

pub(super) fn level(acr: Option<&str>) -> Result<Loa, LogInError> {
    LEVELS
        .iter()
        .find(|(_, name)| Some(*name) == acr)
        .map(|(loa, _)| *loa)
        .ok_or_else(|| untrusted("an unknown level of assurance"))
}

pub(super) fn identity(claims: &Claims) -> Result<(Option<PersonNumber>, Vec<HsaId>), LogInError> {
    let number = claims
        .number
        .as_deref()
        .or(claims.profile_number.as_deref())
        .map(PersonNumber::parse)
        .transpose()
        .map_err(|_| untrusted("the number is not a personal number"))?;
    let hsa_ids: Vec<HsaId> = claims
        .hsa_ids
        .as_slice()
        .iter()
        .map(|text| HsaId::parse_import(text))
        .collect::<Result<_, _>>()
        .map_err(|_| untrusted("an HSA-id is not one"))?;
    if number.is_none() && hsa_ids.is_empty() {
        return Err(LogInError::NoIdentity);
    }
    Ok((number, hsa_ids))
}

fn untrusted(what: &str) -> LogInError {
    LogInError::Untrusted(what.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<(Option<PersonNumber>, Vec<HsaId>), LogInError> {
        identity(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn hsa_ids_are_read_as_one_string_or_a_list() {
        let one = read(r#"{"employeeHsaId": "SE2321000016-1003"}"#).unwrap().1;
        let two = read(r#"{"employeeHsaId": ["SE2321000016-1003", "SE2321000016-1004"]}"#)
            .unwrap()
            .1;
        assert_eq!(one.len(), 1);
        assert_eq!(two.len(), 2);
    }

    #[test]
    fn the_number_is_read_under_both_names() {
        for name in [
            "personalIdentityNumber",
            "https://id.oidc.se/claim/personalIdentityNumber",
        ] {
            let number = read(&format!(r#"{{"{name}": "199001019802"}}"#)).unwrap().0;
            assert_eq!(number.unwrap().as_str(), "199001019802", "{name}");
        }
    }

    #[test]
    fn nobody_is_logged_in_without_an_identity_or_with_a_broken_one() {
        assert_eq!(read("{}").unwrap_err(), LogInError::NoIdentity);
        assert!(matches!(
            read(r#"{"personalIdentityNumber": "199001019803"}"#),
            Err(LogInError::Untrusted(_))
        ));
    }

    #[test]
    fn an_unknown_level_is_no_level() {
        assert_eq!(level(Some("http://id.sambi.se/loa/loa3")), Ok(Loa::Loa3));
        assert_eq!(level(Some("http://id.sambi.se/loa/loa2")), Ok(Loa::Loa2));
        for unknown in [
            None,
            Some(""),
            Some("loa3"),
            Some("http://id.sambi.se/loa/loa1"),
        ] {
            assert!(level(unknown).is_err(), "{unknown:?}");
        }
    }

    #[test]
    fn what_is_said_of_a_person_is_not_printed() {
        let claims: Claims =
            serde_json::from_str(r#"{"personalIdentityNumber": "199001019802"}"#).unwrap();
        assert!(!format!("{claims:?}").contains("1990"));
    }
}
