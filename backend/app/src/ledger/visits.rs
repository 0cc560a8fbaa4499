//! Log-ins and log-outs: no session is opened or left without a line in the log. A session that is
//! left lying ends by itself, without one.

use cards_domain::access::{Actor, Holder, Loa, Officer, SystemActor};
use cards_domain::certificate::CardRefused;
use cards_domain::ids::PersonId;
use cards_store::Link;
use cards_store::journal::Channel;
use cards_store::sessions::{NewSession, SessionToken};
use strum::IntoStaticStr;

use super::request::write;
use super::{Ledger, lines};
use crate::{Call, Failure};

/// Why somebody whom the identity provider vouches for is not let in. The names stand in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum NotLetIn {
    /// The directory does not know who it is.
    UnknownPerson,
    /// There is no live appointment for the portal.
    NoAppointment,
    /// The log-in was less sure than the portal demands.
    LevelTooLow,
    /// A certificate was shown that is not one of ours, or was never on a card.
    UnknownCertificate,
    /// A certificate for signing was shown.
    NotForLogIn,
    /// The certificate that was shown, or its card, is revoked.
    CertificateRevoked,
    /// The certificate that was shown is too old.
    CertificateExpired,
    /// The card that was shown has not been activated.
    CardNotActive,
}

impl NotLetIn {
    /// What a refused card leaves in the log. Nobody was there when none was shown.
    #[must_use]
    pub fn by_card(why: CardRefused) -> Option<Self> {
        match why {
            CardRefused::NoCertificate => None,
            CardRefused::UnknownCertificate => Some(Self::UnknownCertificate),
            CardRefused::NotForLogIn => Some(Self::NotForLogIn),
            CardRefused::CertificateRevoked => Some(Self::CertificateRevoked),
            CardRefused::CertificateExpired => Some(Self::CertificateExpired),
            CardRefused::CardNotActive => Some(Self::CardNotActive),
        }
    }

    /// Why the card was refused, if it was a card.
    #[must_use]
    pub fn card(self) -> Option<CardRefused> {
        match self {
            Self::UnknownPerson | Self::NoAppointment | Self::LevelTooLow => None,
            Self::UnknownCertificate => Some(CardRefused::UnknownCertificate),
            Self::NotForLogIn => Some(CardRefused::NotForLogIn),
            Self::CertificateRevoked => Some(CardRefused::CertificateRevoked),
            Self::CertificateExpired => Some(CardRefused::CertificateExpired),
            Self::CardNotActive => Some(CardRefused::CardNotActive),
        }
    }
}

impl Ledger {
    /// Opens a session.
    ///
    /// # Errors
    /// The store fails.
    pub fn log_in(
        &self,
        link: &mut Link,
        new: &NewSession<'_>,
        correlation: &str,
    ) -> Result<SessionToken, Failure> {
        let call = call(new.portal, Some(new.person), new.loa, correlation);
        write(link, |tx| {
            let token = tx.open_session(new)?;
            tx.line(lines::of_session(tx.new_id(), &call, "log_in", new.loa));
            Ok(tx.record(token)?)
        })
    }

    /// Writes down that somebody was not let in.
    ///
    /// # Errors
    /// The store fails.
    pub fn not_let_in(
        &self,
        link: &mut Link,
        (portal, person, loa): (Channel, Option<PersonId>, Loa),
        why: NotLetIn,
        correlation: &str,
    ) -> Result<(), Failure> {
        let call = call(portal, person, loa, correlation);
        let line = lines::of_session(link.new_id(), &call, "log_in_refused", loa);
        link.note(lines::with_outcome(line, why.into()))?;
        Ok(())
    }

    /// Ends the session with this token. Nothing is written when it had ended before.
    ///
    /// # Errors
    /// The store fails.
    pub fn log_out(
        &self,
        link: &mut Link,
        token: &[u8],
        portal: Channel,
        correlation: &str,
    ) -> Result<(), Failure> {
        let done = write(link, |tx| {
            let Some((person, loa)) = tx.end_session(token)? else {
                return Err(Failure::NotFound);
            };
            let call = call(portal, Some(person), loa, correlation);
            tx.line(lines::of_session(tx.new_id(), &call, "log_out", loa));
            Ok(tx.record(())?)
        });
        match done {
            Err(Failure::NotFound) => Ok(()),
            done => done,
        }
    }
}

/// The circumstances of a log-in or log-out: before and after it nobody holds an appointment.
fn call(portal: Channel, person: Option<PersonId>, loa: Loa, correlation: &str) -> Call {
    let actor = match (portal, person) {
        (_, None) => Actor::System(SystemActor::Ledger),
        (Channel::MinaSidor, Some(person)) => Actor::Holder(Holder { person, loa }),
        (_, Some(person)) => Actor::Officer(Officer {
            person,
            loa,
            appointments: Vec::new(),
        }),
    };
    Call {
        actor,
        channel: portal,
        correlation: correlation.to_owned(),
        request: None,
    }
}
