//! Headers that tell the browser what pages may do: nothing but what comes from here.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use crate::site::Site;

const PERMISSIONS: (HeaderName, &str) = (
    HeaderName::from_static("permissions-policy"),
    "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
);

/// The header of the pages that take a photo, to be set by their handlers: their own script may
/// use the camera, if the reader lets it. Everywhere else the camera is out of reach.
pub const CAMERA_ALLOWED: (HeaderName, &str) = (
    HeaderName::from_static("permissions-policy"),
    "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
);
const OPENER: (HeaderName, &str) = (
    HeaderName::from_static("cross-origin-opener-policy"),
    "same-origin",
);
const RESOURCE: (HeaderName, &str) = (
    HeaderName::from_static("cross-origin-resource-policy"),
    "same-origin",
);

/// The pages' own policy. Forms may end at the identity provider: browsers hold `form-action`
/// against the redirect that follows a form, too.
pub(crate) fn policy(identity_origin: &str) -> String {
    format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; form-action 'self' {identity_origin}; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Adds the headers to every answer; what a handler has set stays.
#[doc(hidden)]
pub async fn add_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let site = request.app_data::<web::Data<Site>>().cloned();
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: HeaderValue| {
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    };
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "same-origin"),
        (CACHE_CONTROL, "no-store"),
        PERMISSIONS,
        OPENER,
        RESOURCE,
    ] {
        set(name, HeaderValue::from_static(value));
    }
    if let Some(site) = site {
        if let Some(policy) = site.policy() {
            set(CONTENT_SECURITY_POLICY, policy.clone());
        }
        if site.is_https() {
            let two_years = HeaderValue::from_static("max-age=63072000");
            set(STRICT_TRANSPORT_SECURITY, two_years);
        }
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::tests::site;
    use actix_web::http::header::HeaderMap;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, HttpResponse};

    async fn asset() -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((CACHE_CONTROL, "public, max-age=31536000"))
            .finish()
    }

    async fn photo() -> HttpResponse {
        HttpResponse::Ok().insert_header(CAMERA_ALLOWED).finish()
    }

    async fn headers(public_url: &str, address: &str) -> HeaderMap {
        let app = App::new()
            .app_data(web::Data::new(site(public_url)))
            .wrap(from_fn(add_headers))
            .route("/asset", web::get().to(asset))
            .route("/photo", web::get().to(photo));
        let app = init_service(app).await;
        let request = TestRequest::with_uri(address).to_request();
        call_service(&app, request).await.headers().clone()
    }

    #[actix_web::test]
    async fn every_answer_forbids_what_is_not_from_here_even_that_of_an_unknown_address() {
        let headers = headers("https://kort.example.se", "/nowhere").await;
        let policy = headers
            .get(CONTENT_SECURITY_POLICY)
            .unwrap()
            .to_str()
            .unwrap();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert!(
            policy.contains("form-action 'self' https://idp.example.se;"),
            "{policy}"
        );
        assert_eq!(headers.get(X_CONTENT_TYPE_OPTIONS).unwrap(), "nosniff");
        assert_eq!(headers.get(CACHE_CONTROL).unwrap(), "no-store");
        assert!(headers.contains_key(STRICT_TRANSPORT_SECURITY));
    }

    #[actix_web::test]
    async fn only_a_page_that_takes_a_photo_may_use_the_camera_and_nothing_more() {
        let of = async |address| {
            let headers = headers("https://kort.example.se", address).await;
            let all: Vec<_> = headers.get_all("permissions-policy").cloned().collect();
            assert_eq!(all.len(), 1, "{address}");
            all[0].to_str().unwrap().to_owned()
        };
        let (everywhere, photo) = (of("/asset").await, of("/photo").await);
        assert!(everywhere.starts_with("camera=(),"), "{everywhere}");
        assert_eq!(photo, everywhere.replace("camera=()", "camera=(self)"));
    }

    #[actix_web::test]
    async fn what_a_handler_has_set_stays() {
        let headers = headers("http://127.0.0.1:8080", "/asset").await;
        assert_eq!(
            headers.get(CACHE_CONTROL).unwrap(),
            "public, max-age=31536000"
        );
        assert!(
            !headers.contains_key(STRICT_TRANSPORT_SECURITY),
            "plain http is not bound"
        );
    }
}
