//! Code and token of a task, for the browser that asked for it. The server keeps neither, and no
//! address on it has them; the browser keeps them as long as they work, out of reach of scripts.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, web};
use cards_app::card_tasks::OfferedTask;
use cards_domain::ids::CardTaskId;
use cards_http::Site;
use chrono::{DateTime, Utc};

/// The longest time that a code waits to be used.
const LIVES: Duration = Duration::minutes(10);

/// What a card client fetches a task with.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Pass {
    /// To type.
    pub(super) code: String,
    /// For the link.
    pub(super) token: String,
    /// Until when both work.
    pub(super) until: DateTime<Utc>,
    /// Whether the page opens the link by itself.
    pub(super) opens: bool,
}

/// The cookie that keeps the pass of a task; `opens` where the page is to open the link by itself.
pub(super) fn kept(request: &HttpRequest, offered: &OfferedTask, opens: bool) -> Cookie<'static> {
    let until = offered.until.timestamp();
    let id = offered.id.0.simple();
    let value = format!("{id}.{}.{until}.{opens}.{}", offered.code, offered.token);
    let is_https = is_https(request);
    Cookie::build(name(is_https, offered.id), value)
        .path("/")
        .http_only(true)
        .secure(is_https)
        .same_site(SameSite::Lax)
        .max_age(LIVES)
        .finish()
}

/// The pass that this browser has for the task, as long as it works.
pub(super) fn of(request: &HttpRequest, id: CardTaskId, now: DateTime<Utc>) -> Option<Pass> {
    let cookie = request.cookie(&name(is_https(request), id))?;
    read(cookie.value(), id).filter(|pass| now < pass.until)
}

fn read(value: &str, id: CardTaskId) -> Option<Pass> {
    let mut parts = value.splitn(5, '.');
    let (own, code) = (parts.next()?, parts.next()?);
    let (until, opens, token) = (parts.next()?, parts.next()?, parts.next()?);
    if own != id.0.simple().to_string() || !is_plain(code) || !is_plain(token) {
        return None;
    }
    Some(Pass {
        code: code.to_owned(),
        token: token.to_owned(),
        until: DateTime::from_timestamp(until.parse().ok()?, 0)?,
        opens: opens.parse().ok()?,
    })
}

/// Codes and tokens have nothing in them that means something in an address.
fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !text.is_empty() && text.bytes().all(is_plain)
}

fn is_https(request: &HttpRequest) -> bool {
    let site = request.app_data::<web::Data<Site>>();
    site.is_some_and(|site| site.is_https())
}

/// Browsers refuse names that begin so over plain http, which only the demonstration speaks.
fn name(is_https: bool, id: CardTaskId) -> String {
    let start: String = id.0.simple().to_string().chars().rev().take(8).collect();
    let prefix = if is_https { "__Host-" } else { "" };
    format!("{prefix}kk-kortuppgift-{start}")
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use uuid::Uuid;

    use super::*;

    const ID: CardTaskId = CardTaskId(Uuid::from_u128(0x1234_5678_9abc));

    fn offered() -> OfferedTask {
        OfferedTask {
            id: ID,
            code: "K7QF-M2PX".to_owned(),
            token: "dG9rZW4_-".to_owned(),
            until: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
        }
    }

    fn before() -> DateTime<Utc> {
        offered().until - chrono::Duration::minutes(1)
    }

    #[test]
    fn the_browser_that_asked_has_code_and_token_until_they_end() {
        let none = TestRequest::default().to_http_request();
        let cookie = kept(&none, &offered(), true);
        assert!(cookie.to_string().contains("HttpOnly"), "{cookie}");
        assert_eq!(cookie.max_age(), Some(LIVES));
        let request = TestRequest::default().cookie(cookie).to_http_request();
        let pass = of(&request, ID, before()).unwrap();
        assert_eq!(pass.code, "K7QF-M2PX");
        assert_eq!(pass.token, "dG9rZW4_-");
        assert!(pass.opens);
        assert!(of(&request, ID, offered().until).is_none(), "too old");
        let other = CardTaskId(Uuid::from_u128(7));
        assert!(of(&request, other, before()).is_none(), "another task");
    }

    #[test]
    fn what_somebody_else_has_put_there_is_not_shown() {
        for value in [
            "",
            "x",
            "00000000000000000000123456789abc.A.1.true.<b>",
            "00000000000000000000123456789abc.A B.1.true.t",
            "00000000000000000000123456789abc.A.later.true.t",
            "00000000000000000000123456789abc.A.1.perhaps.t",
            "00000000000000000000123456789abd.A.1.true.t",
        ] {
            assert!(read(value, ID).is_none(), "{value}");
        }
        assert!(read("00000000000000000000123456789abc.A.1.true.t", ID).is_some());
    }
}
