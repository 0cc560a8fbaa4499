//! Sessions, log-ins under way and signatures. None of them is a thing with a lifecycle; that a
//! session is opened or left is a line in the log all the same, and acts done in it have theirs.
//!
//! A cookie or address holds a random token, the table only its SHA-256: who reads the database
//! cannot take over a session.

mod attempts;
mod callers;
mod signatures;
mod tickets;

use cards_domain::access::{Appointment, Loa};
use cards_domain::ids::{AppointmentId, OfficeId, OrganisationId, PersonId};
use cards_domain::values::PersonName;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::journal::Channel;
use crate::kept::people::IdentityRow;
use crate::prepared::Part;
use crate::schema::{appointment, office, person, session};
use crate::seal::sha256;
use crate::tx::Tx;

pub use attempts::Attempt;
pub use callers::CallerRow;
pub use signatures::{NewSignature, SignatureRequest, SignatureUse, UsedSignature};
pub use tickets::{Ticket, TicketFor};

/// No session lives longer, however busy.
const LONGEST: TimeDelta = TimeDelta::hours(10);
/// How long a session that is over stays in the table, so that its cookie is told why.
const KEPT_AFTERWARDS: TimeDelta = TimeDelta::hours(24);
/// How often a session's last use is noted; a write per page would be too many.
const TOUCH_EVERY: TimeDelta = TimeDelta::seconds(60);
/// The organisations of an appointment's branch.
pub(crate) const BRANCH: &str = "ARRAY(SELECT o.id FROM organisation AS o \
     WHERE o.id = appointment.organisation_id OR o.issuer_id = appointment.organisation_id \
     ORDER BY o.id)";

/// How long a session of the portal may lie unused.
#[must_use]
pub fn idle_limit(portal: Channel) -> TimeDelta {
    match portal {
        Channel::MinaSidor => TimeDelta::minutes(15),
        Channel::IdAdmin
        | Channel::Servicedesk
        | Channel::Api
        | Channel::CommandLine
        | Channel::Work
        | Channel::CardClient => TimeDelta::minutes(30),
    }
}

/// The secret that a browser holds. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(pub [u8; 32]);

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// A session to be opened.
pub struct NewSession<'a> {
    /// One of the three portals.
    pub portal: Channel,
    /// Who logged in.
    pub person: PersonId,
    /// How surely.
    pub loa: Loa,
    /// The identity provider's token: evidence.
    pub id_token: &'a str,
    /// The session of the same portal that the browser had before; it ends.
    pub replaces: Option<&'a [u8]>,
}

/// A live session with everything a page needs to know of who acts.
#[derive(Clone)]
pub struct SessionRow {
    /// Who.
    pub person: PersonId,
    /// In which portal.
    pub portal: Channel,
    /// How surely the log-in was made.
    pub loa: Loa,
    /// The key of the person's form tokens in the portal.
    pub csrf_key: Vec<u8>,
    /// The person's name.
    pub name: PersonName,
    /// `sv` or `en`.
    pub language: String,
    /// The appointments that are live now.
    pub appointments: Vec<Appointment>,
    /// The name of the office of the first appointment that has one.
    pub office: Option<String>,
    /// When the session ends if it is not used.
    pub expires: DateTime<Utc>,
}

/// Why a session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionEnd {
    /// Unused for too long.
    Idle,
    /// The longest time has passed.
    TooLong,
    /// Logged out, or replaced by a newer log-in.
    LoggedOut,
}

/// What a token leads to.
#[derive(Clone)]
pub enum Found {
    /// A session that holds.
    Live(Box<SessionRow>),
    /// A session that is over.
    Ended(SessionEnd),
    /// Nothing.
    Unknown,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = session)]
struct Row {
    portal: String,
    loa: String,
    csrf_key: Vec<u8>,
    seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
}

pub(crate) type AppointmentRow = (Uuid, String, Option<Uuid>, Vec<Uuid>);
type Joined = (Row, IdentityRow, Option<AppointmentRow>, Option<String>);

impl Row {
    fn end(&self, portal: Channel, now: DateTime<Utc>) -> Option<SessionEnd> {
        if self.ended_at.is_some() {
            Some(SessionEnd::LoggedOut)
        } else if self.expires_at <= now {
            Some(SessionEnd::TooLong)
        } else if self.seen_at + idle_limit(portal) <= now {
            Some(SessionEnd::Idle)
        } else {
            None
        }
    }
}

impl Link {
    /// What the token leads to in this portal. One statement, and once a minute a second one that
    /// notes the use.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn read_session(&mut self, token: &[u8], portal: Channel) -> Result<Found, StoreError> {
        self.session(token, portal, true)
    }

    /// The same for a page that looks again by itself: nobody uses the session by that.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn look_at_session(&mut self, token: &[u8], portal: Channel) -> Result<Found, StoreError> {
        self.session(token, portal, false)
    }

    fn session(
        &mut self,
        token: &[u8],
        portal: Channel,
        is_used: bool,
    ) -> Result<Found, StoreError> {
        let hash = sha256(&[token]);
        let now = self.now();
        let rows = self.session_rows(&hash, portal, now)?;
        let Some((row, identity, _, _)) = rows.first() else {
            return Ok(Found::Unknown);
        };
        if let Some(end) = row.end(portal, now) {
            return Ok(Found::Ended(end));
        }
        let seen_at = row.seen_at;
        let used_at = if is_used { now } else { seen_at };
        let found = SessionRow {
            person: PersonId(identity.id),
            portal: row
                .portal
                .parse()
                .map_err(|_| unreadable("session", "portal"))?,
            loa: row.loa.parse().map_err(|_| unreadable("session", "loa"))?,
            csrf_key: row.csrf_key.clone(),
            name: identity.read(self.seal())?.name,
            language: identity.language.clone(),
            expires: row.expires_at.min(used_at + idle_limit(portal)),
            office: rows.iter().find_map(|(_, _, _, office)| office.clone()),
            appointments: appointments(rows)?,
        };
        if is_used && seen_at + TOUCH_EVERY <= now {
            self.touch(&hash, now)?;
        }
        Ok(Found::Live(Box::new(found)))
    }

    /// The appointments of a person that are live now, the oldest first.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn appointments_of(&mut self, of: PersonId) -> Result<Vec<Appointment>, StoreError> {
        let now = self.now();
        let rows: Vec<AppointmentRow> = appointment::table
            .filter(appointment::person_id.eq(of.0))
            .filter(appointment::starts_at.le(now))
            .filter(
                appointment::ends_at
                    .is_null()
                    .or(appointment::ends_at.gt(now)),
            )
            .order((appointment::starts_at, appointment::id))
            .select((
                appointment::id,
                appointment::role,
                appointment::office_id,
                Part::<Array<SqlUuid>>::of(BRANCH),
            ))
            .load(&mut self.conn)?;
        rows.into_iter().map(read_appointment).collect()
    }

    /// Removes the sessions that have been over for a day. Gives how many there were.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn purge_sessions(&mut self) -> Result<usize, StoreError> {
        let before = self.now() - KEPT_AFTERWARDS;
        let over = session::ended_at
            .lt(before)
            .or(session::expires_at.lt(before).nullable());
        Ok(diesel::delete(session::table.filter(over)).execute(&mut self.conn)?)
    }

    fn session_rows(
        &mut self,
        hash: &[u8],
        portal: Channel,
        now: DateTime<Utc>,
    ) -> Result<Vec<Joined>, StoreError> {
        let live = appointment::starts_at.le(now).and(
            appointment::ends_at
                .is_null()
                .or(appointment::ends_at.gt(now)),
        );
        Ok(session::table
            .inner_join(person::table.on(person::id.eq(session::person_id)))
            .left_join(appointment::table.on(appointment::person_id.eq(person::id).and(live)))
            .left_join(office::table.on(appointment::office_id.eq(office::id.nullable())))
            .filter(session::token_hash.eq(hash))
            .filter(session::portal.eq(<&str>::from(portal)))
            .order((appointment::starts_at, appointment::id))
            .select((
                Row::as_select(),
                IdentityRow::as_select(),
                (
                    appointment::id,
                    appointment::role,
                    appointment::office_id,
                    Part::<Array<SqlUuid>>::of(BRANCH),
                )
                    .nullable(),
                office::name.nullable(),
            ))
            .load(&mut self.conn)?)
    }

    fn touch(&mut self, hash: &[u8], now: DateTime<Utc>) -> Result<(), StoreError> {
        diesel::update(session::table.find(hash))
            .set(session::seen_at.eq(now))
            .execute(&mut self.conn)?;
        Ok(())
    }
}

impl Tx<'_> {
    /// Opens a session under a new token and ends the one it replaces.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn open_session(&mut self, new: &NewSession<'_>) -> Result<SessionToken, StoreError> {
        if let Some(old) = new.replaces {
            self.end_session(old)?;
        }
        let mut token = [0; 32];
        self.entropy.fill(&mut token);
        let csrf_key = self.seal.form_key(<&str>::from(new.portal), new.person.0);
        let id_token = self
            .seal
            .close(self.entropy, "session.id_token", &new.id_token)?;
        diesel::insert_into(session::table)
            .values((
                session::token_hash.eq(sha256(&[&token])),
                session::portal.eq(<&str>::from(new.portal)),
                session::person_id.eq(new.person.0),
                session::loa.eq(<&str>::from(new.loa)),
                session::csrf_key.eq(csrf_key),
                session::created_at.eq(self.now),
                session::seen_at.eq(self.now),
                session::expires_at.eq(self.now + LONGEST),
                session::id_token.eq(id_token),
            ))
            .execute(self.conn)?;
        Ok(SessionToken(token))
    }

    /// Ends the session with this token. Gives whose it was and on which level; `None` when there
    /// is none, or it has ended before.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn end_session(&mut self, token: &[u8]) -> Result<Option<(PersonId, Loa)>, StoreError> {
        let ended: Option<(Uuid, String)> = diesel::update(
            session::table
                .find(sha256(&[token]))
                .filter(session::ended_at.is_null()),
        )
        .set(session::ended_at.eq(self.now))
        .returning((session::person_id, session::loa))
        .get_result(self.conn)
        .optional()?;
        ended
            .map(|(person, loa)| {
                let loa = loa.parse().map_err(|_| unreadable("session", "loa"))?;
                Ok((PersonId(person), loa))
            })
            .transpose()
    }
}

fn appointments(rows: Vec<Joined>) -> Result<Vec<Appointment>, StoreError> {
    rows.into_iter()
        .filter_map(|(_, _, appointment, _)| appointment)
        .map(read_appointment)
        .collect()
}

pub(crate) fn read_appointment(row: AppointmentRow) -> Result<Appointment, StoreError> {
    let (id, role, office, branch) = row;
    Ok(Appointment {
        id: AppointmentId(id),
        role: role
            .parse()
            .map_err(|_| unreadable("appointment", "role"))?,
        branch: branch.into_iter().map(OrganisationId).collect(),
        office: office.map(OfficeId),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(now: DateTime<Utc>) -> Row {
        Row {
            portal: "id_admin".to_owned(),
            loa: "loa3".to_owned(),
            csrf_key: Vec::new(),
            seen_at: now,
            expires_at: now + LONGEST,
            ended_at: None,
        }
    }

    #[test]
    fn an_officers_session_may_lie_half_an_hour_and_a_holders_a_quarter() {
        let now = DateTime::UNIX_EPOCH;
        for (portal, minutes) in [
            (Channel::IdAdmin, 30),
            (Channel::Servicedesk, 30),
            (Channel::MinaSidor, 15),
        ] {
            let limit = now + TimeDelta::minutes(minutes);
            let before = limit - TimeDelta::seconds(1);
            assert_eq!(opened(now).end(portal, before), None, "{portal:?}");
            assert_eq!(
                opened(now).end(portal, limit),
                Some(SessionEnd::Idle),
                "{portal:?}"
            );
        }
    }

    #[test]
    fn no_session_lives_longer_than_ten_hours_however_busy() {
        let now = DateTime::UNIX_EPOCH;
        let later = now + TimeDelta::hours(10);
        let busy = Row {
            seen_at: later,
            ..opened(now)
        };
        assert_eq!(busy.end(Channel::IdAdmin, later), Some(SessionEnd::TooLong));
        assert_eq!(
            busy.end(Channel::IdAdmin, later - TimeDelta::seconds(1)),
            None
        );
    }

    #[test]
    fn a_session_that_was_logged_out_is_over_at_once() {
        let now = DateTime::UNIX_EPOCH;
        let ended = Row {
            ended_at: Some(now),
            ..opened(now)
        };
        assert_eq!(
            ended.end(Channel::IdAdmin, now),
            Some(SessionEnd::LoggedOut)
        );
    }

    #[test]
    fn a_token_is_not_printed() {
        assert!(!format!("{:?}", SessionToken([77; 32])).contains("77"));
    }
}
