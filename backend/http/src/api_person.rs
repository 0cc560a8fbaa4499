//! Persons who call the API, by an access token of the identity provider at which they log in to
//! the portals too. A token that held is trusted for a minute; who the person is and what they are
//! appointed to is read with every request, so that an appointment that has ended ends at once.

mod signing;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use cards_app::ports::{LogInError, TokenBearer};
use cards_app::sessions::CallerRow;
use cards_app::{App, Call, Channel, Failure, Fingerprint, Lane, Link};
use cards_domain::access::{Actor, Appointment, Holder, Loa, Officer};
use cards_domain::ids::PersonId;
use cards_domain::values::PersonName;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest as _, Sha256};

use crate::actor::{app, site};
use crate::correlation::Correlation;
use crate::failure::Fault;
use crate::site::Site;

pub use signing::{NoSignature, SignedTexts, sha256_hex, sign};

/// How long a verified token is trusted without another look at it.
const TRUSTED: TimeDelta = TimeDelta::seconds(60);
/// With more tokens than this, those that are no longer trusted are forgotten; then all.
const MANY: usize = 10_000;

/// As what a person calls: the operation decides, not the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActsAs {
    /// As officer, by the appointments that are live now.
    Officer,
    /// As holder, for their own things alone.
    Holder,
}

impl ActsAs {
    /// The level that the log-in must have at least.
    #[must_use]
    pub fn required_loa(self) -> Loa {
        match self {
            Self::Officer => Loa::Loa3,
            Self::Holder => Loa::Loa2,
        }
    }
}

/// A person who calls.
#[derive(Clone)]
pub struct Caller {
    /// Who.
    pub person: PersonId,
    /// The name. Never into logs or addresses.
    pub name: PersonName,
    /// How surely the person logged in.
    pub loa: Loa,
    /// What the person is appointed to, also where they call as holder.
    pub appointments: Vec<Appointment>,
    /// The name of the office where the officer works.
    pub office: Option<String>,
    actor: Actor,
    correlation: String,
}

impl Caller {
    fn new(row: CallerRow, loa: Loa, role: ActsAs, correlation: String) -> Self {
        let actor = match role {
            ActsAs::Holder => Actor::Holder(Holder {
                person: row.person,
                loa,
            }),
            ActsAs::Officer => Actor::Officer(Officer {
                person: row.person,
                loa,
                appointments: row.appointments.clone(),
            }),
        };
        Self {
            person: row.person,
            name: row.name,
            loa,
            appointments: row.appointments,
            office: row.office,
            actor,
            correlation,
        }
    }

    /// The circumstances of a call: reads have no fingerprint.
    #[must_use]
    pub fn call(&self, request: Option<Fingerprint>) -> Call {
        Call {
            actor: self.actor.clone(),
            channel: Channel::Api,
            correlation: self.correlation.clone(),
            request: request.map(Into::into),
        }
    }
}

/// Why a person's request got no answer.
#[derive(Debug)]
pub enum NoCaller {
    /// It carries no token.
    NoToken,
    /// Its token is none of the provider's, is not meant for us, or is too old.
    BadToken,
    /// The token holds, but the directory does not know whom it speaks for.
    Unknown,
    /// The operation is for officers, and the person is none now.
    NotAppointed,
    /// The log-in was not sure enough for the operation.
    LevelTooLow,
    /// The identity provider's keys cannot be had.
    ProviderDown,
    /// Something else than an answer is due: tried too often, or out of order.
    Fault(Fault),
    /// What the work answered.
    Failed(Failure),
}

impl<T: Into<Fault>> From<T> for NoCaller {
    fn from(fault: T) -> Self {
        Self::Fault(fault.into())
    }
}

/// Whether the request carries an access token that holds, of a log-in that is sure enough. Who the
/// person is and what they may do is asked with the work itself, see [`call_as`].
///
/// # Errors
/// There is no good token, or its log-in was not sure enough.
pub async fn vouched_for(request: &HttpRequest, role: ActsAs) -> Result<(), NoCaller> {
    let bearer = bearer(request).await?;
    if bearer.loa < role.required_loa() {
        return Err(NoCaller::LevelTooLow);
    }
    Ok(())
}

/// Does `work` for the person whose access token the request carries, with the connection on which
/// it was read who that is. `searches` counts it against the person's searches.
///
/// # Errors
/// There is no good token, its bearer may not call as `role`, or what `work` answers.
pub async fn call_as<T, F>(
    request: &HttpRequest,
    role: (ActsAs, bool),
    work: F,
) -> Result<T, NoCaller>
where
    T: Send + 'static,
    F: FnOnce(&App, &mut Link, &Caller) -> Result<T, Failure> + Send + 'static,
{
    call_in(request, role, Lane::Short, work).await
}

/// As [`call_as`], on another lane: for work that takes its time.
///
/// # Errors
/// As [`call_as`].
pub async fn call_in<T, F>(
    request: &HttpRequest,
    (role, searches): (ActsAs, bool),
    lane: Lane,
    work: F,
) -> Result<T, NoCaller>
where
    T: Send + 'static,
    F: FnOnce(&App, &mut Link, &Caller) -> Result<T, Failure> + Send + 'static,
{
    let bearer = bearer(request).await?;
    if bearer.loa < role.required_loa() {
        return Err(NoCaller::LevelTooLow);
    }
    let correlation = Correlation::of(request).0;
    let limits = site(request)?;
    let asked = move |app: &App, link: &mut Link| {
        let found = link.read_caller(bearer.number.as_ref(), &bearer.hsa_ids)?;
        let Some(row) = found else {
            return Ok(Err(NoCaller::Unknown));
        };
        if role == ActsAs::Officer && row.appointments.is_empty() {
            return Ok(Err(NoCaller::NotAppointed));
        }
        if searches && let Err(too_many) = limits.limits.search(row.person) {
            return Ok(Err(NoCaller::Fault(too_many)));
        }
        let caller = Caller::new(row, bearer.loa, role, correlation);
        work(app, link, &caller).map(Ok)
    };
    match app(request)?.run(lane, asked).await {
        Ok(answer) => answer,
        Err(failure) => Err(NoCaller::Failed(failure)),
    }
}

/// Whom the request's token speaks for. Wrong ones are counted by address: whoever guesses is
/// stopped.
async fn bearer(request: &HttpRequest) -> Result<TokenBearer, NoCaller> {
    let site = site(request)?;
    let Some(token) = token(request) else {
        return Err(NoCaller::NoToken);
    };
    let app = app(request)?;
    let now = app.db.now();
    let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
    if let Some(known) = site.bearers.trusted(&hash, now) {
        return Ok(known);
    }
    let read = app.ports.identity.bearer(token, site.api_audience()).await;
    match read {
        Ok(bearer) => {
            site.bearers.trust(hash, &bearer, now);
            Ok(bearer)
        }
        Err(LogInError::ProviderDown) => {
            tracing::warn!("the identity provider does not answer");
            Err(NoCaller::ProviderDown)
        }
        Err(LogInError::NoIdentity) => Err(NoCaller::Unknown),
        Err(LogInError::Untrusted(why)) => {
            tracing::info!(why, "an access token does not hold");
            Err(bad_token(&site, request))
        }
        Err(LogInError::BrokenOff) => Err(bad_token(&site, request)),
    }
}

fn bad_token(site: &Site, request: &HttpRequest) -> NoCaller {
    match site.limits.token(request) {
        Ok(()) => NoCaller::BadToken,
        Err(too_many) => NoCaller::Fault(too_many),
    }
}

fn token(request: &HttpRequest) -> Option<&str> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

struct Trusted {
    bearer: TokenBearer,
    until: DateTime<Utc>,
}

/// Tokens that held a moment ago, by their SHA-256.
#[derive(Clone, Default)]
pub(crate) struct Bearers(Arc<Mutex<HashMap<[u8; 32], Trusted>>>);

impl Bearers {
    fn trusted(&self, hash: &[u8; 32], now: DateTime<Utc>) -> Option<TokenBearer> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let trusted = known.get(hash)?;
        (now < trusted.until).then(|| trusted.bearer.clone())
    }

    fn trust(&self, hash: [u8; 32], bearer: &TokenBearer, now: DateTime<Utc>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MANY {
            known.retain(|_, trusted| now < trusted.until);
        }
        if known.len() >= MANY {
            known.clear();
        }
        let until = bearer.expires.min(now + TRUSTED);
        let bearer = bearer.clone();
        known.insert(hash, Trusted { bearer, until });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speaks_until(expires: DateTime<Utc>) -> TokenBearer {
        TokenBearer {
            number: None,
            hsa_ids: Vec::new(),
            loa: Loa::Loa3,
            expires,
        }
    }

    #[test]
    fn a_token_is_trusted_for_a_minute_and_never_longer_than_it_lives() {
        let (bearers, now) = (Bearers::default(), DateTime::UNIX_EPOCH);
        let after = |seconds| now + TimeDelta::seconds(seconds);
        bearers.trust([1; 32], &speaks_until(after(500)), now);
        bearers.trust([2; 32], &speaks_until(after(20)), now);
        let is_trusted = |of: u8, seconds| bearers.trusted(&[of; 32], after(seconds)).is_some();
        assert!(is_trusted(1, 59) && !is_trusted(1, 60));
        assert!(is_trusted(2, 19) && !is_trusted(2, 20));
        assert!(!is_trusted(3, 0));
    }

    #[test]
    fn however_many_tokens_come_only_so_many_are_kept() {
        let (bearers, now) = (Bearers::default(), DateTime::UNIX_EPOCH);
        let later = now + TimeDelta::hours(1);
        for number in 0..=MANY {
            let mut hash = [0; 32];
            hash[..8].copy_from_slice(&number.to_le_bytes());
            bearers.trust(hash, &speaks_until(later), now);
        }
        assert!(bearers.0.lock().unwrap().len() <= MANY);
    }
}
