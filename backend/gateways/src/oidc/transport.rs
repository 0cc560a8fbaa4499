//! Requests to the provider: no redirects are followed, and time and size are limited.

use std::pin::Pin;
use std::time::Duration;

use cards_app::ports::LogInError;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect::Policy;

/// No answer of a provider is longer, in bytes.
const LONGEST: usize = 1024 * 1024;

/// The provider did not answer, or not as it must. Holds no part of request or answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreachable {
    #[error("no answer in time")]
    NoAnswer,
    #[error("the answer is too long")]
    TooLong,
    #[error("not a request")]
    Malformed,
}

/// A client of the provider.
pub(super) struct Transport(reqwest::Client);

impl Transport {
    pub(super) fn new(timeout: Duration) -> Result<Self, LogInError> {
        reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(timeout)
            .timeout(timeout)
            // A connection that waits idle may be closed by the provider just as a code goes out
            // on it. A code counts once and cannot be sent again, so each request has its own.
            .pool_max_idle_per_host(0)
            .build()
            .map(Self)
            .map_err(|_| LogInError::Untrusted("TLS cannot be set up".to_owned()))
    }
}

impl<'c> AsyncHttpClient<'c> for Transport {
    type Error = Unreachable;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Unreachable>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(send(&self.0, request))
    }
}

async fn send(http: &reqwest::Client, request: HttpRequest) -> Result<HttpResponse, Unreachable> {
    let request = reqwest::Request::try_from(request).map_err(|_| Unreachable::Malformed)?;
    let mut response = http
        .execute(request)
        .await
        .map_err(|_| Unreachable::NoAnswer)?;
    let mut answer = openidconnect::http::Response::new(Vec::new());
    *answer.status_mut() = response.status();
    *answer.headers_mut() = std::mem::take(response.headers_mut());
    while let Some(chunk) = response.chunk().await.map_err(|_| Unreachable::NoAnswer)? {
        if answer.body().len() + chunk.len() > LONGEST {
            return Err(Unreachable::TooLong);
        }
        answer.body_mut().extend_from_slice(&chunk);
    }
    Ok(answer)
}
