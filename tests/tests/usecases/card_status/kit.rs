//! A relying party: its keys, what it signs, what it asks.

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cards_acceptance::site::Site;
use cards_app::clients::{ClientFailure, ClientKey, NewClient, SystemClient};
use cards_domain::access::ClientFunction;
use cards_domain::ids::ClientId;
use cards_http::api_token::read_key;
use cards_server::demo::operator_call;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

/// Where the RSA key proper begins in its PKCS #8 wrapping, for 2048 bits.
const PKCS1: usize = 26;

#[derive(Clone, Copy)]
pub enum Kind {
    Es256,
    Rs256,
    EdDsa,
}

/// A key pair under a name.
pub struct Key {
    kid: String,
    alg: Algorithm,
    private: EncodingKey,
}

impl Key {
    pub fn new(kind: Kind, kid: &str) -> Self {
        let (alg, private) = match kind {
            Kind::Es256 => {
                let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
                let der = pair.to_pkcs8v1().unwrap();
                (Algorithm::ES256, EncodingKey::from_ec_der(der.as_ref()))
            }
            Kind::Rs256 => {
                let pair = aws_lc_rs::rsa::KeyPair::generate(KeySize::Rsa2048).unwrap();
                let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
                let key = EncodingKey::from_rsa_der(&der.as_ref()[PKCS1..]);
                (Algorithm::RS256, key)
            }
            Kind::EdDsa => {
                let pair = Ed25519KeyPair::generate().unwrap();
                let der = pair.to_pkcs8v1().unwrap();
                (Algorithm::EdDSA, EncodingKey::from_ed_der(der.as_ref()))
            }
        };
        Self {
            kid: kid.to_owned(),
            alg,
            private,
        }
    }

    fn jwk(&self) -> Value {
        let jwk = Jwk::from_encoding_key(&self.private, self.alg).unwrap();
        let mut jwk = serde_json::to_value(jwk).unwrap();
        jwk["kid"] = json!(self.kid);
        jwk
    }

    fn public(&self) -> ClientKey {
        read_key(&self.jwk().to_string()).unwrap()
    }
}

/// What came back.
pub struct Answer {
    pub status: u16,
    headers: reqwest::header::HeaderMap,
    pub json: Value,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).map(|value| value.to_str().unwrap());
        value.unwrap_or_default()
    }
}

/// A system that is registered and asks.
pub struct Relying<'a> {
    site: &'a Site,
    pub id: ClientId,
    pub key: Key,
    runtime: tokio::runtime::Runtime,
}

impl<'a> Relying<'a> {
    pub fn register(site: &'a Site, rate_per_minute: u32) -> Self {
        let key = Key::new(Kind::Es256, "first");
        let world = &site.world;
        let new = NewClient {
            name: format!("Journalsystemet {rate_per_minute}"),
            organisation: world.region(),
            functions: vec![ClientFunction::CheckCardStatus],
            key: key.public(),
            rate_per_minute,
        };
        let call = operator_call(world.app());
        let client = world.app().register_client(&mut world.link(), &call, new);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        Self {
            site,
            id: client.unwrap().id,
            key,
            runtime: runtime.unwrap(),
        }
    }

    pub fn rotate(
        &self,
        add: Option<&Key>,
        retire: Option<&str>,
    ) -> Result<SystemClient, ClientFailure> {
        let world = &self.site.world;
        let call = operator_call(world.app());
        let keys = (add.map(Key::public), retire);
        world
            .app()
            .rotate_client_key(&mut world.link(), &call, self.id, keys)
    }

    pub fn revoke(&self) -> Result<SystemClient, ClientFailure> {
        let world = &self.site.world;
        let call = operator_call(world.app());
        world.app().revoke_client(&mut world.link(), &call, self.id)
    }

    /// What an honest client says of itself; `null` in `changes` leaves a claim out.
    fn claims(&self, changes: &Value) -> Value {
        let world = &self.site.world;
        let now = world.app().db.now().timestamp();
        let mut claims = json!({
            "iss": self.id, "sub": self.id, "aud": format!("{}/api/v1/token", self.site.url),
            "iat": now, "exp": now + 300, "jti": world.link().new_id(),
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let members = claims.as_object_mut().unwrap();
        members.retain(|_, value| !value.is_null());
        claims
    }

    pub fn assertion(&self, key: &Key) -> String {
        self.assertion_with(key, &json!({}))
    }

    pub fn assertion_with(&self, key: &Key, changes: &Value) -> String {
        let mut header = Header::new(key.alg);
        header.kid = Some(key.kid.clone());
        encode(&header, &self.claims(changes), &key.private).unwrap()
    }

    /// An assertion without signature, which says so.
    pub fn unsigned(&self) -> String {
        let header = json!({ "alg": "none", "kid": self.key.kid, "typ": "JWT" });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.", part(&header), part(&self.claims(&json!({}))))
    }

    /// An assertion signed as if the public key were a shared secret.
    pub fn signed_with_the_public_key_as_secret(&self) -> String {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(self.key.kid.clone());
        let secret = EncodingKey::from_secret(self.key.jwk().to_string().as_bytes());
        encode(&header, &self.claims(&json!({})), &secret).unwrap()
    }

    pub fn form(&self, assertion: &str) -> Vec<(String, String)> {
        let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        [
            ("grant_type", "client_credentials"),
            ("client_assertion_type", kind),
            ("client_assertion", assertion),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }

    pub fn post(&self, fields: &[(String, String)]) -> Answer {
        let address = format!("{}/api/v1/token", self.site.url);
        self.send(reqwest::Client::new().post(address).form(fields))
    }

    pub fn given(&self, assertion: &str) -> String {
        let answer = self.post(&self.form(assertion));
        assert_eq!(answer.status, 200, "{:?}", answer.json);
        answer.json["access_token"].as_str().unwrap().to_owned()
    }

    pub fn refused(&self, assertion: &str, error: &str) -> Answer {
        let answer = self.post(&self.form(assertion));
        assert_eq!(
            (answer.status, answer.json["error"].as_str()),
            (400, Some(error)),
            "{:?}",
            answer.json
        );
        answer
    }

    pub fn token(&self) -> String {
        self.given(&self.assertion(&self.key))
    }

    pub fn get(&self, token: &str, path: &str) -> Answer {
        let mut request = reqwest::Client::new().get(format!("{}{path}", self.site.url));
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        self.send(request)
    }

    pub fn status(&self, token: &str, number: &str) -> Answer {
        self.get(token, &format!("/api/v1/card-status/{number}"))
    }

    fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        self.runtime.block_on(async {
            let response = request.send().await.unwrap();
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            Answer {
                status,
                headers,
                json: serde_json::from_str(&response.text().await.unwrap()).unwrap(),
            }
        })
    }
}
