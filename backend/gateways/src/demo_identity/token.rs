//! The token endpoint: a code for an ID token.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use secrecy::ExposeSecret as _;
use serde_json::json;

use super::{DemoIdentity, Grant, Identity, NoKey, Reply, fields};

const TOKEN_LIVES: TimeDelta = TimeDelta::minutes(5);

impl DemoIdentity {
    pub(super) fn exchange(&self, authorization: Option<&str>, body: &str) -> Reply {
        let form = fields(body);
        let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        if !self.is_client(authorization) {
            return Reply::json(401, &json!({"error": "invalid_client"}));
        }
        if field("grant_type") != "authorization_code" {
            return Reply::json(400, &json!({"error": "unsupported_grant_type"}));
        }
        let grant = self.take(field("code")).filter(|grant| {
            grant.redirect_uri == field("redirect_uri")
                && grant.challenge == challenge(field("code_verifier"))
        });
        match grant.map(|grant| self.id_token(&grant)) {
            None => Reply::json(400, &json!({"error": "invalid_grant"})),
            Some(Err(NoKey)) => Reply::json(500, &json!({"error": "server_error"})),
            Some(Ok(id_token)) => Reply::json(
                200,
                &json!({
                    // Nothing takes it: there is no user-info endpoint.
                    "access_token": challenge(&id_token),
                    "token_type": "Bearer",
                    "expires_in": TOKEN_LIVES.num_seconds(),
                    "id_token": id_token,
                }),
            ),
        }
    }

    /// HTTP Basic; both parts are form-encoded first, as OAuth 2.0 says.
    fn is_client(&self, authorization: Option<&str>) -> bool {
        let given = authorization
            .and_then(|header| header.strip_prefix("Basic "))
            .and_then(|encoded| STANDARD.decode(encoded).ok())
            .unwrap_or_default();
        let encode = |text: &str| -> String {
            url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
        };
        let id = encode(&self.settings.client_id);
        let secret = encode(self.settings.client_secret.expose_secret());
        verify_slices_are_equal(&given, format!("{id}:{secret}").as_bytes()).is_ok()
    }

    fn id_token(&self, grant: &Grant) -> Result<String, NoKey> {
        let now = self.clock.now();
        let mut claims = json!({
            "iss": self.issuer(),
            "aud": self.settings.client_id,
            "sub": subject(&grant.identity),
            "iat": now.timestamp(),
            "exp": (now + TOKEN_LIVES).timestamp(),
            "auth_time": grant.at.timestamp(),
            "nonce": grant.nonce,
            "acr": grant.acr,
            "employeeHsaId": grant.identity.hsa_ids.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        });
        if let (Some(number), Some(claims)) = (&grant.identity.number, claims.as_object_mut()) {
            claims.insert("personalIdentityNumber".to_owned(), json!(number.as_str()));
        }
        self.key.sign(&claims)
    }
}

/// The same for the same person, and nothing that can be read.
fn subject(identity: &Identity) -> String {
    let number = identity.number.as_ref().map(|number| number.as_str());
    let hsa_id = identity.hsa_ids.first().map(|id| id.as_str());
    challenge(number.or(hsa_id).unwrap_or_default())
}

/// As PKCE's S256: base64url of SHA-256.
fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()))
}
