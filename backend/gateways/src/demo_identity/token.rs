//! The token endpoint: a code for an ID token and an access token; and, for whoever tries the API
//! from a terminal, tokens at once for whom one chooses to be.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use secrecy::ExposeSecret as _;
use serde_json::{Map, Value, json};

use super::authorize::{LOA2, LOA3};
use super::{DemoIdentity, Grant, Identity, NoKey, Reply, fields};

const TOKEN_LIVES: TimeDelta = TimeDelta::minutes(5);
/// The grant by which one is somebody without a browser. It lets in nobody whom the page of choices
/// does not let in: nobody proves anything here.
pub(super) const AT_ONCE: &str = "urn:kortkontor:demonstration";

impl DemoIdentity {
    pub(super) fn exchange(&self, authorization: Option<&str>, body: &str) -> Reply {
        let form = fields(body);
        let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        if field("grant_type") == AT_ONCE {
            return self.at_once(field("vem"), field("niva"), field("nonce"));
        }
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
        self.tokens(grant)
    }

    /// Tokens for a persona by its key, or for anybody in the directory. `nonce` is for a
    /// signature: the hash of what is signed.
    fn at_once(&self, who: &str, level: &str, nonce: &str) -> Reply {
        let grant = self.expected(who).map(|identity| Grant {
            redirect_uri: String::new(),
            nonce: nonce.to_owned(),
            challenge: String::new(),
            identity,
            acr: if level == "loa2" { LOA2 } else { LOA3 },
            at: self.clock.now(),
        });
        self.tokens(grant)
    }

    fn tokens(&self, grant: Option<Grant>) -> Reply {
        let Some(grant) = grant else {
            return Reply::json(400, &json!({"error": "invalid_grant"}));
        };
        match (self.id_token(&grant), self.access_token(&grant)) {
            (Ok(id_token), Ok(access_token)) => Reply::json(
                200,
                &json!({
                    "access_token": access_token,
                    "token_type": "Bearer",
                    "expires_in": TOKEN_LIVES.num_seconds(),
                    "id_token": id_token,
                }),
            ),
            (Err(NoKey), _) | (_, Err(NoKey)) => {
                Reply::json(500, &json!({"error": "server_error"}))
            }
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
        let mut claims = self.claims(grant, &self.settings.client_id);
        claims.insert("nonce".to_owned(), json!(grant.nonce));
        self.key.sign("JWT", &claims)
    }

    /// As RFC 9068 has it.
    fn access_token(&self, grant: &Grant) -> Result<String, NoKey> {
        let mut claims = self.claims(grant, &self.settings.audience);
        let mut id = [0; 16];
        self.entropy.fill(&mut id);
        claims.insert("jti".to_owned(), json!(URL_SAFE_NO_PAD.encode(id)));
        claims.insert("client_id".to_owned(), json!(self.settings.client_id));
        self.key.sign("at+jwt", &claims)
    }

    fn claims(&self, grant: &Grant, audience: &str) -> Map<String, Value> {
        let now = self.clock.now();
        let Identity {
            hsa_ids, number, ..
        } = &grant.identity;
        let hsa_ids: Vec<&str> = hsa_ids.iter().map(|id| id.as_str()).collect();
        let mut claims = Map::new();
        let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
        set("iss", json!(self.issuer()));
        set("aud", json!(audience));
        set("sub", json!(subject(&grant.identity)));
        set("iat", json!(now.timestamp()));
        set("exp", json!((now + TOKEN_LIVES).timestamp()));
        set("auth_time", json!(grant.at.timestamp()));
        set("acr", json!(grant.acr));
        set("employeeHsaId", json!(hsa_ids));
        if let Some(number) = number {
            set("personalIdentityNumber", json!(number.as_str()));
        }
        claims
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
