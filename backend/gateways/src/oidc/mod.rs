//! Log-in through any OpenID Connect provider: authorization code flow with PKCE (S256), state and
//! nonce. The provider's document and keys are fetched when first needed and kept ten minutes.
//!
//! Who somebody is comes from the claims `personalIdentityNumber` and `employeeHsaId` as the
//! sector's identity providers send them; how surely from `acr`.

mod access;
mod claims;
mod discovery;
#[cfg(test)]
mod tests;
mod transport;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cards_app::ports::{
    Answer, Clock, Departure, Entropy, IdentityProvider, LogIn, LogInError, LogInRequest,
    TokenBearer,
};
use chrono::TimeDelta;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
    CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AuthenticationContextClass, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError,
    ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IdTokenFields, LanguageTag, LoginHint, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, SignatureVerificationError, StandardErrorResponse,
    StandardTokenResponse, TokenResponse as _,
};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use claims::Claims;
use discovery::Discovery;
use transport::Transport;

/// How far the provider's clock may be from ours.
const SKEW: TimeDelta = TimeDelta::seconds(60);
/// A provider may let somebody in on an authentication that is at most this old: as long as our
/// own sessions live.
const OLDEST_AUTHENTICATION: Duration = Duration::from_secs(10 * 60 * 60);

type Fields = IdTokenFields<
    Claims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Client = openidconnect::Client<
    Claims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;
type IdToken = openidconnect::IdToken<
    Claims,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

/// Which provider, and as whom we ask it.
#[derive(Clone, Debug)]
pub struct OidcSettings {
    /// The provider's issuer address, exactly as in its own document.
    pub issuer: Url,
    /// Our name at the provider.
    pub client_id: String,
    /// Our secret at the provider (`client_secret_basic`).
    pub client_secret: SecretString,
    /// Longest time of one request to the provider.
    pub timeout: Duration,
}

/// An OpenID Connect provider.
pub struct Oidc {
    client_id: ClientId,
    client_secret: SecretString,
    discovery: Discovery,
    http: Transport,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl Oidc {
    /// Prepares a client. The provider need not be up.
    ///
    /// # Errors
    /// The address is not an issuer's, or TLS cannot be set up on this machine.
    pub fn new(
        settings: OidcSettings,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, LogInError> {
        Ok(Self {
            client_id: ClientId::new(settings.client_id),
            client_secret: settings.client_secret,
            discovery: Discovery::new(&settings.issuer)?,
            http: Transport::new(settings.timeout)?,
            clock,
            entropy,
        })
    }

    fn client(&self, metadata: CoreProviderMetadata) -> Client {
        let secret = ClientSecret::new(self.client_secret.expose_secret().to_owned());
        Client::from_provider_metadata(metadata, self.client_id.clone(), Some(secret))
    }

    /// 32 random bytes, base64url.
    fn secret(&self) -> String {
        let mut bytes = [0; 32];
        self.entropy.fill(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    async fn prepare(&self, request: &LogInRequest) -> Result<Departure, LogInError> {
        let client = self.client(
            self.discovery
                .metadata(&self.http, self.clock.now())
                .await?,
        );
        let (state, pkce_verifier) = (self.secret(), self.secret());
        let nonce = request.sign.clone().unwrap_or_else(|| self.secret());
        let verifier = PkceCodeVerifier::new(pkce_verifier.clone());
        let (given_state, given_nonce) = (state.clone(), nonce.clone());
        let mut asked = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || CsrfToken::new(given_state),
                move || Nonce::new(given_nonce),
            )
            .set_redirect_uri(Cow::Owned(RedirectUrl::from_url(
                request.redirect_uri.clone(),
            )))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_ui_locale(LanguageTag::new(request.language.clone()));
        for acr in claims::acceptable(request.loa) {
            asked =
                asked.add_auth_context_value(AuthenticationContextClass::new((*acr).to_owned()));
        }
        if let Some(hint) = &request.hint {
            asked = asked.set_login_hint(LoginHint::new(hint.clone()));
        }
        // Whoever signs logs in anew. Else the age limit makes the provider tell `auth_time`.
        asked = match request.sign {
            Some(_) => asked
                .add_prompt(CoreAuthPrompt::Login)
                .set_max_age(Duration::ZERO),
            None if request.afresh => asked
                .add_prompt(CoreAuthPrompt::Login)
                .set_max_age(OLDEST_AUTHENTICATION),
            None => asked.set_max_age(OLDEST_AUTHENTICATION),
        };
        let (url, _, _) = asked.url();
        Ok(Departure {
            url,
            state,
            nonce,
            pkce_verifier,
        })
    }

    async fn exchange(
        &self,
        code: &str,
        redirect_uri: &Url,
        nonce: &str,
        pkce_verifier: &str,
    ) -> Result<LogIn, LogInError> {
        let metadata = self
            .discovery
            .metadata(&self.http, self.clock.now())
            .await?;
        let client = self.client(metadata);
        let tokens = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| LogInError::Untrusted("the provider has no token endpoint".to_owned()))?
            .set_redirect_uri(Cow::Owned(RedirectUrl::from_url(redirect_uri.clone())))
            .set_pkce_verifier(PkceCodeVerifier::new(pkce_verifier.to_owned()))
            .request_async(&self.http)
            .await
            .map_err(|error| refused(&error))?;
        let id_token = tokens
            .id_token()
            .ok_or_else(|| LogInError::Untrusted("the answer holds no ID token".to_owned()))?;
        self.verified(&client, id_token, nonce).await
    }

    /// As [`Oidc::verify`]; with an unknown key the provider's keys are looked up once more.
    async fn verified(
        &self,
        client: &Client,
        id_token: &IdToken,
        nonce: &str,
    ) -> Result<LogIn, LogInError> {
        match self.verify(client, id_token, nonce) {
            Err(Doubt::UnknownKey) => {
                let renewed = self.discovery.renewed(&self.http, self.clock.now()).await?;
                self.verify(&self.client(renewed), id_token, nonce)
                    .map_err(Doubt::into_error)
            }
            verified => verified.map_err(Doubt::into_error),
        }
    }

    /// An ID token that came another way than through a code.
    async fn handed_in(&self, id_token: &str, nonce: &str) -> Result<LogIn, LogInError> {
        let id_token: IdToken = id_token
            .parse()
            .map_err(|_| LogInError::Untrusted("ID token: form".to_owned()))?;
        let now = self.clock.now();
        let client = self.client(self.discovery.metadata(&self.http, now).await?);
        self.verified(&client, &id_token, nonce).await
    }

    fn verify(&self, client: &Client, id_token: &IdToken, nonce: &str) -> Result<LogIn, Doubt> {
        let now = self.clock.now();
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs([
                CoreJwsSigningAlgorithm::EcdsaP256Sha256,
                CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            ])
            .set_time_fn(move || now - SKEW)
            .set_issue_time_verifier_fn(move |at| not_after(at, now + SKEW))
            .set_auth_time_verifier_fn(move |at| match at {
                Some(at) if at + OLDEST_AUTHENTICATION + SKEW < now => Err("too old".to_owned()),
                Some(at) => not_after(at, now + SKEW),
                None => Err("auth_time is missing".to_owned()),
            });
        let expected = hash(nonce);
        let verified = id_token
            .claims(&verifier, |given: Option<&Nonce>| match given {
                // Hashed first, so that the time of the comparison tells nothing.
                Some(given) if hash(given.secret()) == expected => Ok(()),
                _ => Err("the nonce is another one".to_owned()),
            })
            .map_err(Doubt::from)?;
        claims::log_in(verified, id_token.to_string()).map_err(Doubt::Error)
    }
}

impl IdentityProvider for Oidc {
    fn depart<'a>(&'a self, request: &'a LogInRequest) -> Answer<'a, Departure> {
        Box::pin(self.prepare(request))
    }

    fn arrive<'a>(
        &'a self,
        code: &'a str,
        redirect_uri: &'a Url,
        nonce: &'a str,
        pkce_verifier: &'a str,
    ) -> Answer<'a, LogIn> {
        Box::pin(self.exchange(code, redirect_uri, nonce, pkce_verifier))
    }

    fn bearer<'a>(&'a self, access_token: &'a str, audience: &'a str) -> Answer<'a, TokenBearer> {
        Box::pin(self.access(access_token, audience))
    }

    fn witness<'a>(&'a self, id_token: &'a str, nonce: &'a str) -> Answer<'a, LogIn> {
        Box::pin(self.handed_in(id_token, nonce))
    }
}

/// Why an ID token does not hold.
enum Doubt {
    /// Signed with a key that the provider has published since we last looked, perhaps.
    UnknownKey,
    Error(LogInError),
}

impl Doubt {
    fn into_error(self) -> LogInError {
        match self {
            Self::UnknownKey => LogInError::Untrusted("signed with an unknown key".to_owned()),
            Self::Error(error) => error,
        }
    }
}

impl From<ClaimsVerificationError> for Doubt {
    fn from(error: ClaimsVerificationError) -> Self {
        use ClaimsVerificationError as E;
        // Only which check failed: the library's texts repeat values of the token.
        let what = match error {
            E::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
                return Self::UnknownKey;
            }
            E::SignatureVerification(_) => "signature",
            E::Expired(_) => "time",
            E::InvalidAudience(_) => "audience",
            E::InvalidAuthTime(_) => "time of authentication",
            E::InvalidIssuer(_) => "issuer",
            E::InvalidNonce(_) => "nonce",
            _ => "form",
        };
        Self::Error(LogInError::Untrusted(format!("ID token: {what}")))
    }
}

fn refused<E: std::error::Error>(
    error: &RequestTokenError<E, StandardErrorResponse<CoreErrorResponseType>>,
) -> LogInError {
    match error {
        RequestTokenError::Request(_) => LogInError::ProviderDown,
        RequestTokenError::ServerResponse(said) => {
            LogInError::Untrusted(format!("the code was refused: {}", said.error().as_ref()))
        }
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            LogInError::Untrusted("the answer cannot be read".to_owned())
        }
    }
}

fn not_after(
    at: chrono::DateTime<chrono::Utc>,
    latest: chrono::DateTime<chrono::Utc>,
) -> Result<(), String> {
    if at <= latest {
        Ok(())
    } else {
        Err("in the future".to_owned())
    }
}

fn hash(text: &str) -> Vec<u8> {
    digest(&SHA256, text.as_bytes()).as_ref().to_vec()
}
