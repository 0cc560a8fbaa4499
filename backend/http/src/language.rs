//! The language of pages: what was chosen, else the browser's, else the person's, else Swedish.

use actix_web::body::MessageBody;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::ACCEPT_LANGUAGE;
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest};

const COOKIE: &str = "kk-lang";

/// A language of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Swedish.
    Sv,
    /// English.
    En,
}

impl Language {
    /// `sv` or `en`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// By its tag.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag {
            "sv" => Some(Self::Sv),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The language of a request without a session.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        Self::asked(request).unwrap_or(Self::Sv)
    }

    /// What the reader chose, or else what the browser asks for: a person who has come with an
    /// English browser goes on in English after the log-in.
    pub(crate) fn asked(request: &HttpRequest) -> Option<Self> {
        Self::chosen(request).or_else(|| Self::accepted(request))
    }

    /// What the reader chose, by `?lang=` now or earlier.
    fn chosen(request: &HttpRequest) -> Option<Self> {
        in_query(request.query_string()).or_else(|| {
            request
                .cookie(COOKIE)
                .and_then(|cookie| Self::of_tag(cookie.value()))
        })
    }

    fn accepted(request: &HttpRequest) -> Option<Self> {
        let header = request
            .headers()
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        header
            .unwrap_or_default()
            .split(',')
            .find_map(|range| Self::of_tag(range.trim().split(['-', ';']).next()?))
    }
}

fn in_query(query: &str) -> Option<Language> {
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "lang")
        .and_then(|(_, tag)| Language::of_tag(&tag))
}

/// Remembers `?lang=` in a cookie.
#[doc(hidden)]
pub async fn remember_language(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let chosen = in_query(request.query_string());
    let mut response = next.call(request).await?;
    if let Some(language) = chosen {
        let cookie = Cookie::build(COOKIE, language.tag())
            .path("/")
            .same_site(SameSite::Lax)
            .http_only(true)
            .max_age(Duration::days(365))
            .finish();
        // A cookie that cannot be written costs a click next time.
        let _ = response.response_mut().add_cookie(&cookie);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn the_choice_goes_before_the_browser_and_swedish_is_what_remains() {
        let english = ("accept-language", "fi, en-GB;q=0.8, sv;q=0.5");
        let of = |request: TestRequest| Language::of(&request.to_http_request());
        assert_eq!(of(TestRequest::default()), Language::Sv);
        assert_eq!(
            of(TestRequest::default().insert_header(english)),
            Language::En
        );
        let chosen = TestRequest::with_uri("/id-admin?lang=sv").insert_header(english);
        assert_eq!(of(chosen), Language::Sv);
        let earlier = TestRequest::default().cookie(Cookie::new(COOKIE, "en"));
        assert_eq!(of(earlier), Language::En);
        assert_eq!(of(TestRequest::with_uri("/?lang=tlh")), Language::Sv);
    }
}
