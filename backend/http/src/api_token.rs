//! Who asks through the API: a system client signs an assertion with its own key (RFC 7523), gets an
//! opaque token for ten minutes (RFC 6749), and shows it with every request (RFC 6750).
//!
//! Tokens are what sessions are for people: random, the database has their hash, and who holds one is
//! read anew with every request, so that a revocation holds at once.

mod assertion;
mod grant;
mod key;

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cards_app::{App, Call, Channel, Failure, Lane, Link};
use cards_domain::access::{Actor, Client};

use crate::actor::{app, site};
use crate::correlation::Correlation;
use crate::failure::Fault;
use crate::site::Site;

pub use grant::{Granted, TokenError, TokenRefusal, grant};
pub use key::{KeyProblem, read_key};

/// Where tokens are given; the audience of assertions.
pub const TOKEN_PATH: &str = "/api/v1/token";
/// Length of a token, in bytes.
const TOKEN_BYTES: usize = 32;

/// Why a request got no answer.
#[derive(Debug)]
pub enum NoClient {
    /// It carries no token.
    NoToken,
    /// Its token is unknown or too old, or its client is revoked.
    BadToken,
    /// Something else than an answer is due: tried too often, or out of order.
    Fault(Fault),
    /// What the work answered.
    Failed(Failure),
}

impl<T: Into<Fault>> From<T> for NoClient {
    fn from(fault: T) -> Self {
        Self::Fault(fault.into())
    }
}

/// Does `work` for the client whose token the request carries, once that is known to be good and
/// counted against the client's limit; all of it with one connection.
///
/// # Errors
/// There is no token, it is good for nothing, there were too many requests, or what `work` answers.
pub async fn ask<T, F>(request: &HttpRequest, work: F) -> Result<T, NoClient>
where
    T: Send + 'static,
    F: FnOnce(&App, &mut Link, &Call) -> Result<T, Failure> + Send + 'static,
{
    let site = site(request)?;
    let token = match bearer(request) {
        Bearer::None => return Err(NoClient::NoToken),
        Bearer::Unreadable => return Err(bad_token(&site, request)),
        Bearer::Token(token) => token,
    };
    let correlation = Correlation::of(request).0;
    let limits = Arc::clone(&site);
    let asked = move |app: &App, link: &mut Link| {
        let Some(holder) = link.read_client_token(&token)? else {
            return Ok(Err(None));
        };
        if let Err(too_many) = limits
            .limits
            .client(holder.client.id, holder.rate_per_minute)
        {
            return Ok(Err(Some(too_many)));
        }
        work(app, link, &call(holder.client, correlation)).map(Ok)
    };
    match app(request)?.run(Lane::Short, asked).await {
        Ok(Ok(told)) => Ok(told),
        Ok(Err(Some(too_many))) => Err(NoClient::Fault(too_many)),
        Ok(Err(None)) => Err(bad_token(&site, request)),
        Err(failure) => Err(NoClient::Failed(failure)),
    }
}

/// Wrong tokens are counted by address: whoever guesses is stopped.
fn bad_token(site: &Site, request: &HttpRequest) -> NoClient {
    match site.limits.token(request) {
        Ok(()) => NoClient::BadToken,
        Err(too_many) => NoClient::Fault(too_many),
    }
}

fn call(client: Client, correlation: String) -> Call {
    Call {
        actor: Actor::Client(client),
        channel: Channel::Api,
        correlation,
        request: None,
    }
}

enum Bearer {
    None,
    Unreadable,
    Token(Vec<u8>),
}

fn bearer(request: &HttpRequest) -> Bearer {
    let header = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let Some((scheme, token)) = header.and_then(|text| text.trim().split_once(' ')) else {
        return Bearer::None;
    };
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Bearer::None;
    }
    match URL_SAFE_NO_PAD.decode(token.trim()) {
        Ok(token) if token.len() == TOKEN_BYTES => Bearer::Token(token),
        _ => Bearer::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn read(header: &str) -> &'static str {
        let request = TestRequest::default().insert_header((AUTHORIZATION, header));
        match bearer(&request.to_http_request()) {
            Bearer::None => "none",
            Bearer::Unreadable => "unreadable",
            Bearer::Token(_) => "token",
        }
    }

    #[test]
    fn a_token_is_32_bytes_after_the_word_bearer_in_any_case() {
        let token = URL_SAFE_NO_PAD.encode([7; 32]);
        assert_eq!(read(&format!("Bearer {token}")), "token");
        assert_eq!(read(&format!("bearer  {token} ")), "token");
        assert_eq!(read(&format!("Basic {token}")), "none");
        assert_eq!(read(&token), "none");
        assert_eq!(read("Bearer abc"), "unreadable");
        assert_eq!(read(&format!("Bearer {token}AAAA")), "unreadable");
    }
}
