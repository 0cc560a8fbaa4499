//! Public keys of system clients, as a JSON Web Key (RFC 7517). What is kept of one is rebuilt from
//! the members that matter, so that nothing else is.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cards_app::clients::{ClientKey, KeyAlgorithm};
use jsonwebtoken::DecodingKey;
use serde_json::{Map, Value, json};

/// Members that only a private or a shared key has.
const SECRET: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
/// Length of a coordinate on P-256 and of a key on Ed25519, in bytes.
const COORDINATE: usize = 32;
/// Shortest and longest RSA modulus, in bytes: 2048 and 8192 bits.
const MODULUS: std::ops::RangeInclusive<usize> = 256..=1024;
/// Longest name of a key.
const LONGEST_KID: usize = 64;

/// Why a text is not a key that a client can be registered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// No JSON object.
    #[error("the key is not a JSON Web Key: one JSON object with kty, kid and the public numbers")]
    NotAKey,
    /// A secret that must stay with the client.
    #[error("the key holds its private half, which nobody but the client may have: make a new one")]
    Private,
    /// No name.
    #[error("the key needs a kid of at most 64 letters, digits and -._~")]
    NoKid,
    /// Another kind.
    #[error("the key must be EC on P-256 (ES256), RSA (RS256) or OKP on Ed25519 (EdDSA)")]
    OtherKind,
    /// It says that it is for another algorithm or use.
    #[error("the key says that it is for another algorithm or use than signing")]
    OtherUse,
    /// Its numbers have a wrong length.
    #[error("the key's numbers cannot be used; an RSA key needs 2048 to 8192 bits")]
    Numbers,
}

/// Reads a public key.
///
/// # Errors
/// What is wrong with it; texts never repeat any of it.
pub fn read_key(text: &str) -> Result<ClientKey, KeyProblem> {
    let Ok(Value::Object(given)) = serde_json::from_str(text) else {
        return Err(KeyProblem::NotAKey);
    };
    if SECRET.iter().any(|member| given.contains_key(*member)) {
        return Err(KeyProblem::Private);
    }
    let kid = kid(&given)?;
    let (alg, jwk) = public_half(&given)?;
    let name: &str = alg.into();
    let said = |member, own: &str| given.get(member).is_none_or(|value| value == own);
    if !said("alg", name) || !said("use", "sig") {
        return Err(KeyProblem::OtherUse);
    }
    let key = ClientKey { kid, alg, jwk };
    decoding_key(&key).ok_or(KeyProblem::Numbers)?;
    Ok(key)
}

fn kid(given: &Map<String, Value>) -> Result<String, KeyProblem> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    given
        .get("kid")
        .and_then(Value::as_str)
        .filter(|kid| (1..=LONGEST_KID).contains(&kid.len()) && kid.bytes().all(is_plain))
        .map(str::to_owned)
        .ok_or(KeyProblem::NoKid)
}

fn public_half(given: &Map<String, Value>) -> Result<(KeyAlgorithm, Value), KeyProblem> {
    let text = |member| given.get(member).and_then(Value::as_str);
    let number = |member, fits: &dyn Fn(usize) -> bool| {
        let text = text(member).ok_or(KeyProblem::NotAKey)?;
        let bytes = URL_SAFE_NO_PAD.decode(text);
        let fitting = bytes.is_ok_and(|bytes| fits(bytes.len()));
        fitting.then_some(text).ok_or(KeyProblem::Numbers)
    };
    let coordinate = |length| length == COORDINATE;
    match (text("kty"), text("crv")) {
        (Some("EC"), Some("P-256")) => Ok((
            KeyAlgorithm::Es256,
            json!({
                "kty": "EC", "crv": "P-256",
                "x": number("x", &coordinate)?, "y": number("y", &coordinate)?,
            }),
        )),
        (Some("OKP"), Some("Ed25519")) => Ok((
            KeyAlgorithm::EdDsa,
            json!({ "kty": "OKP", "crv": "Ed25519", "x": number("x", &coordinate)? }),
        )),
        (Some("RSA"), None) => Ok((
            KeyAlgorithm::Rs256,
            json!({
                "kty": "RSA",
                "n": number("n", &|length| MODULUS.contains(&length))?,
                "e": number("e", &|length| (3..=8).contains(&length))?,
            }),
        )),
        _ => Err(KeyProblem::OtherKind),
    }
}

/// The key as signatures are tried with it.
pub(super) fn decoding_key(key: &ClientKey) -> Option<DecodingKey> {
    let number = |member| key.jwk.get(member).and_then(Value::as_str);
    match key.alg {
        KeyAlgorithm::Es256 => DecodingKey::from_ec_components(number("x")?, number("y")?),
        KeyAlgorithm::Rs256 => DecodingKey::from_rsa_components(number("n")?, number("e")?),
        KeyAlgorithm::EdDsa => DecodingKey::from_ed_components(number("x")?),
    }
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(bytes: usize) -> String {
        URL_SAFE_NO_PAD.encode(vec![9; bytes])
    }

    fn ec() -> Value {
        json!({ "kty": "EC", "crv": "P-256", "kid": "one", "x": number(32), "y": number(32) })
    }

    fn with(mut key: Value, member: &str, value: &str) -> Result<ClientKey, KeyProblem> {
        key[member] = json!(value);
        read_key(&key.to_string())
    }

    #[test]
    fn keys_of_three_kinds_are_taken_and_only_their_public_numbers_kept() {
        let key = with(ec(), "note", "anything").unwrap();
        assert_eq!((key.kid.as_str(), key.alg), ("one", KeyAlgorithm::Es256));
        assert_eq!(key.jwk.as_object().unwrap().len(), 4);
        let rsa =
            json!({ "kty": "RSA", "kid": "r", "alg": "RS256", "n": number(256), "e": "AQAB" });
        assert_eq!(read_key(&rsa.to_string()).unwrap().alg, KeyAlgorithm::Rs256);
        let ed = json!({ "kty": "OKP", "crv": "Ed25519", "kid": "e", "x": number(32) });
        assert_eq!(read_key(&ed.to_string()).unwrap().alg, KeyAlgorithm::EdDsa);
    }

    #[test]
    fn a_private_or_shared_key_is_refused_and_not_repeated() {
        assert_eq!(with(ec(), "d", "secret"), Err(KeyProblem::Private));
        let shared = json!({ "kty": "oct", "kid": "s", "k": "secret" });
        assert_eq!(read_key(&shared.to_string()), Err(KeyProblem::Private));
        assert!(!KeyProblem::Private.to_string().contains("secret"));
    }

    #[test]
    fn weak_foreign_and_nameless_keys_are_refused() {
        let weak = json!({ "kty": "RSA", "kid": "r", "n": number(128), "e": "AQAB" });
        assert_eq!(read_key(&weak.to_string()), Err(KeyProblem::Numbers));
        assert_eq!(with(ec(), "crv", "P-384"), Err(KeyProblem::OtherKind));
        assert_eq!(with(ec(), "x", &number(31)), Err(KeyProblem::Numbers));
        assert_eq!(with(ec(), "alg", "HS256"), Err(KeyProblem::OtherUse));
        assert_eq!(with(ec(), "use", "enc"), Err(KeyProblem::OtherUse));
        assert_eq!(with(ec(), "kid", "a b"), Err(KeyProblem::NoKid));
        assert_eq!(with(ec(), "kid", ""), Err(KeyProblem::NoKid));
        assert_eq!(read_key("[]"), Err(KeyProblem::NotAKey));
        assert_eq!(read_key("{}"), Err(KeyProblem::NoKid));
    }
}
