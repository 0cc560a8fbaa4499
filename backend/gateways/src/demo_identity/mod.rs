//! The demonstration's identity provider: an OpenID Connect provider at which one chooses who to
//! be. It knows neither sockets nor a web framework: a [`Request`] goes in, a [`Reply`] comes out.
//!
//! It lets anybody in as anybody, so it wants a [`Demonstration`].

mod authorize;
mod keys;
mod page;
#[cfg(test)]
pub(crate) mod tests;
mod token;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cards_app::ports::{Clock, Entropy};
use cards_domain::values::{HsaId, PersonNumber};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use serde_json::json;
use url::Url;

use crate::Demonstration;
use keys::SigningKey;

/// How long a code can be exchanged.
const CODE_LIVES: TimeDelta = TimeDelta::seconds(60);
const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";

/// Somebody to be, on the page of choices.
#[derive(Clone)]
pub struct Persona {
    /// Short name; also accepted as `login_hint`.
    pub key: String,
    /// Name.
    pub name: String,
    /// HSA-ids.
    pub hsa_ids: Vec<HsaId>,
    /// Number.
    pub number: Option<PersonNumber>,
    /// Who this is, in Swedish.
    pub description_sv: String,
    /// The same in English.
    pub description_en: String,
    /// The first part of the path of the portal this persona belongs to, such as `id-admin`.
    pub portal: String,
}

/// Somebody found in the directory.
#[derive(Clone)]
pub struct Identity {
    /// Name.
    pub name: String,
    /// Number.
    pub number: Option<PersonNumber>,
    /// HSA-ids.
    pub hsa_ids: Vec<HsaId>,
}

/// Finds somebody by what was typed or hinted: an HSA-id, a personal number or a person's id.
/// May block.
pub type LookUp = Arc<dyn Fn(&str) -> Option<Identity> + Send + Sync>;

/// How the provider is set up.
pub struct DemoIdentitySettings {
    /// Its address, such as `http://127.0.0.1:8080/demo/idp`, without a slash at the end.
    pub issuer: Url,
    /// The one client it serves.
    pub client_id: String,
    /// That client's secret.
    pub client_secret: SecretString,
    /// Where the browser may be sent back to.
    pub redirect_uris: Vec<Url>,
    /// The audience of access tokens: the API.
    pub audience: String,
    /// Whom one can be with one click.
    pub personas: Vec<Persona>,
    /// Whom one can be besides.
    pub look_up: LookUp,
    /// Address of the portals' stylesheet.
    pub stylesheet: String,
}

/// A request, without its transport.
#[derive(Clone, Default)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: String,
    /// The path below the issuer's, such as `/token`.
    pub path: String,
    /// What stands after the question mark.
    pub query: String,
    /// The `Authorization` header.
    pub authorization: Option<String>,
    /// The form sent.
    pub body: String,
}

/// An answer, without its transport.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: &'static str,
    /// `Location` of a redirect.
    pub location: Option<String>,
    /// Content.
    pub body: String,
}

impl Reply {
    fn json(status: u16, value: &serde_json::Value) -> Self {
        Self {
            status,
            content_type: JSON,
            location: None,
            body: value.to_string(),
        }
    }

    fn html(status: u16, body: String) -> Self {
        Self {
            status,
            content_type: HTML,
            location: None,
            body,
        }
    }

    fn to(location: &Url) -> Self {
        let location = Some(location.to_string());
        Self {
            status: 303,
            content_type: HTML,
            location,
            body: String::new(),
        }
    }
}

/// What a code stands for.
struct Grant {
    redirect_uri: String,
    nonce: String,
    challenge: String,
    identity: Identity,
    acr: &'static str,
    at: DateTime<Utc>,
}

/// The provider.
pub struct DemoIdentity {
    settings: DemoIdentitySettings,
    key: SigningKey,
    grants: Mutex<HashMap<String, Grant>>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

/// The provider's key could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no signing key could be made for the demonstration's identity provider")]
pub struct NoKey;

impl DemoIdentity {
    /// A provider with a key of its own, which dies with it.
    ///
    /// # Errors
    /// No key could be made.
    pub fn new(
        _permission: Demonstration,
        settings: DemoIdentitySettings,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, NoKey> {
        let key = SigningKey::generate()?;
        Ok(Self {
            settings,
            key,
            grants: Mutex::new(HashMap::new()),
            clock,
            entropy,
        })
    }

    /// Answers a request. Blocks as long as the look-up does.
    #[must_use]
    pub fn answer(&self, request: &Request) -> Reply {
        match (request.method.as_str(), request.path.as_str()) {
            ("GET", "/.well-known/openid-configuration") => Reply::json(200, &self.document()),
            ("GET", "/jwks") => Reply::json(200, &self.key.published()),
            ("GET", "/authorize") => self.ask(&request.query),
            ("POST", "/authorize") => self.choose(&request.body),
            ("POST", "/token") => self.exchange(request.authorization.as_deref(), &request.body),
            _ => Reply::json(404, &json!({"error": "not_found"})),
        }
    }

    fn issuer(&self) -> &str {
        self.settings.issuer.as_str().trim_end_matches('/')
    }

    fn document(&self) -> serde_json::Value {
        let issuer = self.issuer();
        json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "jwks_uri": format!("{issuer}/jwks"),
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", token::AT_ONCE],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "scopes_supported": ["openid"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "acr_values_supported": [authorize::LOA3, authorize::LOA2],
            "claims_supported": ["sub", "personalIdentityNumber", "employeeHsaId"],
            "ui_locales_supported": ["sv", "en"],
        })
    }

    fn grant(&self, grant: Grant) -> String {
        let mut bytes = [0; 32];
        self.entropy.fill(&mut bytes);
        let code = URL_SAFE_NO_PAD.encode(bytes);
        let earliest = grant.at - CODE_LIVES;
        let mut grants = self.grants.lock().unwrap_or_else(PoisonError::into_inner);
        grants.retain(|_, other| other.at >= earliest);
        grants.insert(code.clone(), grant);
        code
    }

    /// What the code stands for; a second question gets no answer.
    fn take(&self, code: &str) -> Option<Grant> {
        let taken = self
            .grants
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(code)?;
        (taken.at + CODE_LIVES >= self.clock.now()).then_some(taken)
    }
}

impl From<&Persona> for Identity {
    fn from(persona: &Persona) -> Self {
        Self {
            name: persona.name.clone(),
            number: persona.number.clone(),
            hsa_ids: persona.hsa_ids.clone(),
        }
    }
}

/// The fields of a query or form; of a repeated one the last.
fn fields(text: &str) -> HashMap<String, String> {
    url::form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .collect()
}
