//! The provider's key: made at start, gone with the process.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use serde_json::{Value, json};

use super::NoKey;

/// Length of a coordinate on the curve P-256, in bytes.
const COORDINATE: usize = 32;

pub(super) struct SigningKey {
    id: String,
    x: String,
    y: String,
    private: EncodingKey,
}

impl SigningKey {
    pub(super) fn generate() -> Result<Self, NoKey> {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(|_| NoKey)?;
        let private = pair.to_pkcs8v1().map_err(|_| NoKey)?;
        let public = pair.public_key().as_ref();
        // Uncompressed point: 0x04, x, y.
        let (_, point) = public.split_first().ok_or(NoKey)?;
        let (x, y) = point.split_at_checked(COORDINATE).ok_or(NoKey)?;
        Ok(Self {
            id: URL_SAFE_NO_PAD.encode(digest(&SHA256, public)),
            x: URL_SAFE_NO_PAD.encode(x),
            y: URL_SAFE_NO_PAD.encode(y),
            private: EncodingKey::from_ec_der(private.as_ref()),
        })
    }

    /// The public half as a JWK set.
    pub(super) fn published(&self) -> Value {
        json!({"keys": [{
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256",
            "kid": self.id, "x": self.x, "y": self.y,
        }]})
    }

    /// A JWT of this type, such as `at+jwt` for an access token.
    pub(super) fn sign<T: Serialize>(&self, typ: &str, claims: &T) -> Result<String, NoKey> {
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some(typ.to_owned());
        header.kid = Some(self.id.clone());
        jsonwebtoken::encode(&header, claims, &self.private).map_err(|_| NoKey)
    }
}
