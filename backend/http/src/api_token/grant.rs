//! Tokens by client credentials (RFC 6749 section 4.4), the client being known by an assertion that
//! it signed (RFC 7523 section 2.2).

use actix_web::HttpRequest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cards_app::clients::{ClientToken, SystemClient, TOKEN_LIFE};
use cards_app::{App, Failure, Lane, Link};
use cards_domain::access::ClientFunction;
use serde::Deserialize;

use super::TOKEN_PATH;
use super::assertion::{Accepted, Rejected, accept, claimed_client};
use crate::actor::{app, site};
use crate::failure::Fault;
use crate::site::Site;

const GRANT: &str = "client_credentials";
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What is sent; fields that are not known are passed over.
#[derive(Deserialize)]
struct Form {
    grant_type: Option<String>,
    client_assertion_type: Option<String>,
    client_assertion: Option<String>,
    client_id: Option<String>,
    scope: Option<String>,
}

/// A token. Never printed.
pub struct Granted {
    /// What the client sends as `Authorization: Bearer`.
    pub access_token: String,
    /// Seconds until it is good for nothing.
    pub expires_in: i64,
    /// What the client is registered for, words between spaces.
    pub scope: String,
}

/// The words that RFC 6749 has for a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum TokenError {
    /// A field is missing, stands twice or cannot be read.
    InvalidRequest,
    /// It cannot be known who asks.
    InvalidClient,
    /// Another way to a token than this server knows.
    UnsupportedGrantType,
    /// More than the client is registered for.
    InvalidScope,
}

/// Why no token is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenRefusal {
    /// What was sent is wrong.
    Error {
        /// In the words of RFC 6749.
        error: TokenError,
        /// For whoever builds the client.
        description: String,
    },
    /// Tried too often, or out of order.
    Fault(Fault),
}

impl<T: Into<Fault>> From<T> for TokenRefusal {
    fn from(fault: T) -> Self {
        Self::Fault(fault.into())
    }
}

fn refused(error: TokenError, description: &str) -> TokenRefusal {
    TokenRefusal::Error {
        error,
        description: description.to_owned(),
    }
}

/// Gives a token for what was sent as `application/x-www-form-urlencoded`.
///
/// # Errors
/// What was sent is wrong, came too often, or the database is away.
pub async fn grant(request: &HttpRequest, body: &[u8]) -> Result<Granted, TokenRefusal> {
    let site = site(request)?;
    site.limits.token(request)?;
    let asked = Asked::read(body)?;
    let audience = site.address(TOKEN_PATH).to_string();
    let limits = site.into_inner();
    let work = move |_: &App, link: &mut Link| give(link, &limits, &asked, &audience);
    app(request)?
        .run(Lane::Short, work)
        .await
        .map_err(Fault::from)?
}

struct Asked {
    assertion: String,
    client_id: Option<String>,
    scope: Option<String>,
}

impl Asked {
    fn read(body: &[u8]) -> Result<Self, TokenRefusal> {
        use TokenError::{InvalidRequest, UnsupportedGrantType};
        let form: Form = serde_html_form::from_bytes(body).map_err(|_| {
            refused(
                InvalidRequest,
                "send each field once, as application/x-www-form-urlencoded",
            )
        })?;
        match form.grant_type.as_deref() {
            Some(GRANT) => {}
            Some(_) => return Err(refused(UnsupportedGrantType, "use client_credentials")),
            None => return Err(refused(InvalidRequest, "grant_type is missing")),
        }
        if form.client_assertion_type.as_deref() != Some(ASSERTION) {
            let wanted = format!("client_assertion_type must be {ASSERTION}");
            return Err(refused(InvalidRequest, &wanted));
        }
        let missing = || refused(InvalidRequest, "client_assertion is missing");
        Ok(Self {
            assertion: form.client_assertion.ok_or_else(missing)?,
            client_id: form.client_id,
            scope: form.scope,
        })
    }
}

/// The outer error is ours, the inner one the client's.
fn give(
    link: &mut Link,
    site: &Site,
    asked: &Asked,
    audience: &str,
) -> Result<Result<Granted, TokenRefusal>, Failure> {
    let (client, accepted) = match known(link, asked, audience)? {
        Ok(known) => known,
        Err(rejected) => return Ok(Err(untrusted(rejected))),
    };
    if let Err(too_many) = site.limits.client(client.id, client.rate_per_minute) {
        return Ok(Err(too_many.into()));
    }
    let Some(scope) = scope(&client, asked.scope.as_deref()) else {
        let what = "the client is not registered for all of that scope";
        return Ok(Err(refused(TokenError::InvalidScope, what)));
    };
    let opened = link.open_client_token(client.id, &accepted.jti, accepted.ends)?;
    let Some(ClientToken(token)) = opened else {
        tracing::warn!(client = %client.id, "an assertion was used a second time");
        return Ok(Err(untrusted(Rejected::Replayed)));
    };
    tracing::info!(client = %client.id, "token given");
    Ok(Ok(Granted {
        access_token: URL_SAFE_NO_PAD.encode(token),
        expires_in: TOKEN_LIFE.num_seconds(),
        scope,
    }))
}

fn known(
    link: &mut Link,
    asked: &Asked,
    audience: &str,
) -> Result<Result<(SystemClient, Accepted), Rejected>, Failure> {
    let id = match claimed_client(&asked.assertion) {
        Ok(id) => id,
        Err(rejected) => return Ok(Err(rejected)),
    };
    let Some(client) = link.client(id)? else {
        return Ok(Err(Rejected::NotKnown));
    };
    let is_other = |given: &String| *given != id.to_string();
    if asked.client_id.as_ref().is_some_and(is_other) {
        return Ok(Err(Rejected::NotKnown));
    }
    let accepted = accept(&asked.assertion, &client, audience, link.now());
    if let Err(rejected) = accepted {
        tracing::warn!(client = %id, %rejected, "an assertion was not accepted");
    }
    Ok(accepted.map(|accepted| (client, accepted)))
}

fn untrusted(rejected: Rejected) -> TokenRefusal {
    refused(TokenError::InvalidClient, &rejected.to_string())
}

/// Everything that the client is registered for; nothing when it asks for more.
fn scope(client: &SystemClient, asked: Option<&str>) -> Option<String> {
    let mine: Vec<&str> = client.functions.iter().map(<&str>::from).collect();
    let words = asked.unwrap_or_default().split_ascii_whitespace();
    let is_mine = |word: &str| {
        word.parse::<ClientFunction>()
            .is_ok_and(|function| client.functions.contains(&function))
    };
    words.into_iter().all(is_mine).then(|| mine.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(body: &str) -> TokenError {
        match Asked::read(body.as_bytes()) {
            Err(TokenRefusal::Error { error, .. }) => error,
            _ => panic!("accepted: {body}"),
        }
    }

    #[test]
    fn a_request_names_its_way_and_sends_each_field_once() {
        let kind = "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
        let good = format!("grant_type=client_credentials&{kind}&client_assertion=a.b.c&more=1");
        assert_eq!(
            Asked::read(good.as_bytes()).ok().unwrap().assertion,
            "a.b.c"
        );
        assert_eq!(error(""), TokenError::InvalidRequest);
        assert_eq!(
            error("grant_type=password"),
            TokenError::UnsupportedGrantType
        );
        assert_eq!(
            error("grant_type=client_credentials"),
            TokenError::InvalidRequest
        );
        let none = format!("grant_type=client_credentials&{kind}");
        assert_eq!(error(&none), TokenError::InvalidRequest);
        assert_eq!(
            error(&format!("{good}&grant_type=password")),
            TokenError::InvalidRequest
        );
    }

    #[test]
    fn the_errors_are_the_words_of_the_standard() {
        assert_eq!(<&str>::from(TokenError::InvalidClient), "invalid_client");
        assert_eq!(
            <&str>::from(TokenError::UnsupportedGrantType),
            "unsupported_grant_type"
        );
    }
}
