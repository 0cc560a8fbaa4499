//! The application's own gate, called by threads: an activation needs a signature, which no load
//! generator has. The minimal activation is called by threads too, so that both are without HTTP.

use std::sync::atomic::{AtomicUsize, Ordering};

use cards_app::{App, Call, Channel, Lane, Link};
use cards_domain::access::{Actor, Appointment, Loa, Officer, Role};
use cards_domain::card::{Card, CardAction, CodeProof, CounterCheck};
use cards_domain::identity_check::{CheckStep, DocumentKind, IdentityCheck};
use cards_domain::ids::{AppointmentId, OfficeId, OrganisationId, PersonId};
use cards_domain::signature::{Signature, SignatureKind};
use chrono::{Days, Utc};
use diesel::prelude::*;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use super::figure::Figure;
use super::threads;
use crate::schema::{card, person};

/// A sent card, and what an officer reads from it and from its holder's passport.
#[derive(Queryable)]
struct Sent {
    card: Uuid,
    organisation: Uuid,
    office: Uuid,
    card_number: Option<String>,
    person_number: Option<String>,
}

/// Cards that wait to be activated, each taken once.
pub struct Counter<'a> {
    app: &'a App,
    officer: PersonId,
    waiting: Vec<Sent>,
    next: AtomicUsize,
}

impl<'a> Counter<'a> {
    /// All that wait now. `officer` has ordered none of them.
    pub fn open(app: &'a App, conn: &mut PgConnection, officer: PersonId) -> Self {
        let waiting = card::table
            .inner_join(person::table.on(person::id.eq(card::person_id)))
            .filter(card::stage.eq("sent").and(person::protection.eq("none")))
            .order(card::id)
            .select((
                card::id,
                card::organisation_id,
                card::office_id,
                card::number,
                person::number,
            ))
            .load(conn)
            .unwrap();
        Self {
            app,
            officer,
            waiting,
            next: AtomicUsize::new(0),
        }
    }

    /// How many are left.
    pub fn left(&self) -> usize {
        self.waiting
            .len()
            .saturating_sub(self.next.load(Ordering::Relaxed))
    }

    /// Activates with so many officers at once for so long.
    pub fn run(&self, clients: u32, seconds: u32) -> Figure {
        threads::run(
            (clients, seconds),
            || (),
            |()| {
                let Some(sent) = self.waiting.get(self.next.fetch_add(1, Ordering::Relaxed)) else {
                    return false;
                };
                let mut link = self.app.db.link(Lane::Short).unwrap();
                self.unlock(&mut link, sent);
                true
            },
        )
    }

    fn unlock(&self, link: &mut Link, sent: &Sent) {
        let call = officer_call(
            self.officer,
            OrganisationId(sent.organisation),
            OfficeId(sent.office),
        );
        let now = link.now();
        let check = CounterCheck {
            identity: IdentityCheck {
                document: DocumentKind::Passport,
                document_last_four: "4417".to_owned(),
                valid_to: now.date_naive() + Days::new(1000),
                number_on_document: sent.person_number.as_deref().unwrap().parse().unwrap(),
                steps: CheckStep::iter().collect(),
            },
            number_on_card: sent.card_number.as_deref().unwrap().parse().unwrap(),
            printed_name_confirmed: true,
            face_compared: true,
            code: Some(CodeProof::ChosenInSoftware),
            signature: Some(signature(now)),
            exception: None,
        };
        let action = CardAction::Unlock(check);
        let done = self.app.ledger.act::<Card>(link, &call, sent.card, &action);
        done.unwrap_or_else(|refused| panic!("the gate says no: {refused:?}"));
    }
}

fn signature(at: chrono::DateTime<Utc>) -> Signature {
    Signature {
        kind: SignatureKind::ReauthenticatedSession,
        at,
        text_hash: "00".repeat(32),
        evidence: None,
    }
}

/// A call by an id-administrator.
pub fn officer_call(person: PersonId, organisation: OrganisationId, office: OfficeId) -> Call {
    let appointment = Appointment {
        id: AppointmentId(Uuid::nil()),
        role: Role::IdAdmin,
        branch: vec![organisation],
        office: Some(office),
    };
    Call {
        actor: Actor::Officer(Officer {
            person,
            loa: Loa::Loa3,
            appointments: vec![appointment],
        }),
        channel: Channel::IdAdmin,
        correlation: "BENCH-01".to_owned(),
        request: None,
    }
}

/// Searches for the texts in turn, with so many officers at once for so long.
pub fn search(app: &App, call: &Call, texts: &[String], (clients, seconds): (u32, u32)) -> Figure {
    let next = AtomicUsize::new(0);
    threads::run(
        (clients, seconds),
        || (),
        |()| {
            let text = &texts[next.fetch_add(1, Ordering::Relaxed) % texts.len()];
            let mut link = app.db.link(Lane::Short).unwrap();
            app.search(&mut link, call, text).unwrap();
            true
        },
    )
}
