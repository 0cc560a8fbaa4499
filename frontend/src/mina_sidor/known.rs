//! What the server knows of a card that may keep it from working, before anybody looks into a reader.

use cards_app::queries::{CardSheet, PostSheet};
use cards_domain::card::CardStage;
use cards_domain::certificate::{Certificate, CertificateStage, Usage};
use chrono::{Days, NaiveDate};

use crate::causes::{self, Cause};
use crate::certificates;
use crate::components::{Icon, StateBadge, Tone};
use crate::text::Text;

/// From how many days before its end a card is said to expire soon.
const SOON: Days = Days::new(60);

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// As it should be.
    Well,
    /// Good to know; the card works.
    Note,
    /// The card cannot be used for what it is for.
    Stops,
}

/// Something that was looked at.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// What.
    pub(super) what: String,
    /// How it is.
    pub(super) says: String,
    /// What to do, where something is wrong.
    pub(super) step: Option<String>,
    /// The number of what is wrong.
    pub(super) code: Option<&'static str>,
    /// How much it matters.
    pub(super) weight: Weight,
}

impl Found {
    fn well(what: String, says: String) -> Self {
        Self {
            what,
            says,
            step: None,
            code: None,
            weight: Weight::Well,
        }
    }

    fn wrong(t: Text, what: String, code: &str, weight: Weight) -> Self {
        let (says, step) = causes::told(t, code);
        Self {
            what,
            says,
            step: Some(step),
            code: causes::find(code).map(|cause: &Cause| cause.code),
            weight,
        }
    }

    /// The word with its icon.
    pub(super) fn badge(&self, t: Text) -> StateBadge {
        match self.weight {
            Weight::Well => StateBadge::new(Tone::Success, Icon::Check, t.test_works()),
            Weight::Note => StateBadge::new(Tone::Warning, Icon::Info, t.test_look_at_it()),
            Weight::Stops => StateBadge::new(Tone::Danger, Icon::Ban, t.test_stops()),
        }
    }
}

/// Everything that is known, in the order in which it is looked for.
pub(super) fn all(t: Text, sheet: &CardSheet, posts: &[PostSheet], today: NaiveDate) -> Vec<Found> {
    let mut found = vec![card(t, sheet)];
    found.extend(validity(t, sheet, today));
    found.extend([
        codes(t, sheet),
        authentication(t, sheet),
        signature(t, sheet),
        assignment(t, sheet, posts, today),
    ]);
    found
}

fn card(t: Text, sheet: &CardSheet) -> Found {
    let what = t.test_fact_card();
    let wrong = |code, weight| Found::wrong(t, t.test_fact_card(), code, weight);
    match sheet.card.stage {
        CardStage::Active { .. } => Found::well(what, t.test_active()),
        CardStage::Ordered | CardStage::Sent { .. } => wrong("S101", Weight::Stops),
        CardStage::UnlockedUnsigned { .. } => wrong("S102", Weight::Note),
        CardStage::Revoked { .. } => wrong("S103", Weight::Stops),
        CardStage::Expired { .. } => wrong("S104", Weight::Stops),
    }
}

/// When the card ends; one that has ended has said so already.
fn validity(t: Text, sheet: &CardSheet, today: NaiveDate) -> Option<Found> {
    let until = sheet.card.valid_to.filter(|until| *until >= today)?;
    let what = t.test_fact_validity();
    let is_soon = today
        .checked_add_days(SOON)
        .is_some_and(|soon| until < soon);
    Some(if is_soon {
        let says = t.test_until(t.day(until));
        let found = Found::wrong(t, what, "S105", Weight::Note);
        Found {
            says: format!("{} {says}", found.says),
            ..found
        }
    } else {
        Found::well(what, t.test_until(t.day(until)))
    })
}

fn codes(t: Text, sheet: &CardSheet) -> Found {
    let what = t.test_fact_codes();
    if sheet.parts.is_locked() {
        Found::wrong(t, what, "S201", Weight::Stops)
    } else if sheet.parts.is_signing_locked() {
        Found::wrong(t, what, "S203", Weight::Note)
    } else if sheet.parts.is_puk_locked() {
        Found::wrong(t, what, "S202", Weight::Note)
    } else {
        Found::well(what, t.test_codes_well())
    }
}

fn of(sheet: &CardSheet, usage: Usage) -> impl Iterator<Item = &Certificate> {
    let certificates = sheet.parts.certificates.iter();
    certificates.filter(move |one| one.usage == usage)
}

/// The one that works, or else the one that says the most.
fn best(sheet: &CardSheet, usage: Usage) -> Option<&Certificate> {
    of(sheet, usage).min_by_key(|one| match one.stage {
        CertificateStage::Active => 0,
        CertificateStage::Requested | CertificateStage::Issued => 1,
        CertificateStage::OffCard => 2,
        CertificateStage::Revoked => 3,
        CertificateStage::Expired => 4,
        CertificateStage::Superseded => 5,
    })
}

fn until(t: Text, one: &Certificate) -> String {
    let identity = certificates::identity(t, one.profile);
    t.test_certificate_until(identity, t.day(one.not_after))
}

fn authentication(t: Text, sheet: &CardSheet) -> Found {
    let what = t.test_fact_authentication();
    let Some(one) = best(sheet, Usage::Authentication) else {
        return Found::wrong(t, what, "S301", Weight::Stops);
    };
    match one.stage {
        CertificateStage::Active if sheet.parts.is_locked() => {
            Found::wrong(t, what, "S201", Weight::Stops)
        }
        CertificateStage::Active => Found::well(what, until(t, one)),
        CertificateStage::Requested | CertificateStage::Issued => {
            Found::wrong(t, what, "S305", Weight::Stops)
        }
        CertificateStage::Revoked => Found::wrong(t, what, "S303", Weight::Stops),
        CertificateStage::Expired => Found::wrong(t, what, "S304", Weight::Stops),
        CertificateStage::OffCard | CertificateStage::Superseded => {
            Found::wrong(t, what, "S301", Weight::Stops)
        }
    }
}

/// Most people need none, so that it lacks is only good to know.
fn signature(t: Text, sheet: &CardSheet) -> Found {
    let what = t.test_fact_signature();
    let is_locked = sheet.parts.is_signing_locked();
    match best(sheet, Usage::Signature) {
        Some(one) if one.stage == CertificateStage::Active && is_locked => {
            Found::wrong(t, what, "S203", Weight::Note)
        }
        Some(one) if one.stage == CertificateStage::Active => Found::well(what, until(t, one)),
        Some(one)
            if matches!(
                one.stage,
                CertificateStage::Requested | CertificateStage::Issued
            ) =>
        {
            Found::wrong(t, what, "S305", Weight::Note)
        }
        Some(_) | None => Found::wrong(t, what, "S302", Weight::Note),
    }
}

/// Systems let in whoever has an assignment in the directory, whatever the card can do.
fn assignment(t: Text, sheet: &CardSheet, posts: &[PostSheet], today: NaiveDate) -> Found {
    let what = t.test_fact_assignment();
    let is_live = |post: &&PostSheet| post.last_day.is_none_or(|last| last >= today);
    let mut own = posts
        .iter()
        .filter(|post| post.organisation == sheet.card.organisation);
    match own.find(is_live) {
        Some(post) => Found::well(what, t.test_assignment_well(&post.organisation_name)),
        None => Found::wrong(t, what, "S401", Weight::Note),
    }
}
