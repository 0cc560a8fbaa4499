//! The nightly examination. Everything that has been issued is read again and compared with what it
//! was to be; cards, certificates and lists are compared with one another. What does not agree is
//! put right toward the safer side: a certificate is revoked, a list is built anew. Nothing is ever
//! made valid again.

mod answers;
mod listed;

use std::collections::{BTreeMap, HashSet};

use cards_domain::access::{Function, Scope, SystemActor};
use cards_domain::calendar::business_day;
use cards_domain::card::{CardStageName, RevocationReason};
use cards_domain::certificate::{Certificate, CertificateAction, CertificateStage};
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::certificates::{CheckRun, Examined, Finding, ListAge, ShardName};
use chrono::{DateTime, Duration, Utc};

use answers::Questions;
use listed::note_revoked;

use super::{end_of, issue::Issuing};
use crate::ports::{CertificateAuthority, CertificateBasis, CertificateOrder, ExaminedRecord};
use crate::{App, Call, Failure};

const PAGE: i64 = 200;
const LEASE_MINUTES: i64 = 30;
/// A certificate that has waited for so long has not been seen to.
const WAITED_MINUTES: i64 = 60;
/// How many findings are kept.
const MOST: usize = 300;
/// How many nights the page shows.
const NIGHTS: i64 = 14;

/// The page of certificates.
#[derive(Clone, Debug)]
pub struct CheckPage {
    /// Why nothing is issued, or nothing when there is an authority.
    pub has_authority: bool,
    /// The latest examinations, newest first.
    pub checks: Vec<CheckRun>,
    /// The lists as they are published.
    pub lists: Vec<ListAge>,
    /// Now.
    pub now: DateTime<Utc>,
}

/// What one night has come to so far.
#[derive(Default)]
struct Tally {
    examined: i64,
    repaired: i64,
    findings: Vec<Finding>,
    /// The serials that must stand on each list.
    revoked: BTreeMap<ShardName, HashSet<String>>,
    /// What the status service is asked about tonight.
    questions: Questions,
}

impl Tally {
    fn add(&mut self, finding: Finding) {
        self.repaired += i64::from(finding.repaired);
        if self.findings.len() < MOST {
            self.findings.push(finding);
        }
    }
}

impl App {
    /// Examines everything, once a day, by one process among many. `None` when today's has been
    /// done, when another process is at it, or when there is no authority.
    ///
    /// # Errors
    /// The database cannot be reached; any process may then go on.
    pub fn examine_certificates(
        &self,
        link: &mut Link,
        runner: &str,
    ) -> Result<Option<CheckRun>, Failure> {
        let Ok(authority) = self.authority() else {
            return Ok(None);
        };
        let day = business_day(link.now());
        let lease = Duration::minutes(LEASE_MINUTES);
        let Some(run) = link.claim_check(day, runner, lease)? else {
            return Ok(None);
        };
        match self.examine_all(link, &*authority) {
            Ok(tally) => {
                let counts = (tally.examined, tally.repaired);
                link.finish_check(day, counts, &tally.findings)?;
                tracing::info!(%day, examined = tally.examined, repaired = tally.repaired,
                    findings = tally.findings.len(), "examination of certificates");
                Ok(Some(CheckRun {
                    finished_at: Some(link.now()),
                    examined: tally.examined,
                    repaired: tally.repaired,
                    findings: tally.findings,
                    ..run
                }))
            }
            Err(failure) => {
                link.break_off_check(day, &failure.to_string())?;
                Err(failure)
            }
        }
    }

    fn examine_all(
        &self,
        link: &mut Link,
        authority: &dyn CertificateAuthority,
    ) -> Result<Tally, Failure> {
        let mut tally = Tally::default();
        let mut after = None;
        loop {
            let page = link.certificates_to_examine(after, PAGE)?;
            let Some(last) = page.last() else {
                break;
            };
            after = Some(last.certificate.id);
            for one in &page {
                tally.examined += 1;
                for code in examined(authority, one, link.now()) {
                    tally.add(about(&one.certificate, &code));
                }
                answers::note(one, link.now(), &mut tally.questions);
                self.reconcile(link, one, &mut tally)?;
            }
        }
        self.reconcile_lists(link, authority, &mut tally)?;
        let questions = std::mem::take(&mut tally.questions);
        self.compare_answers(link, authority, &questions, &mut tally)?;
        Ok(tally)
    }

    /// A certificate that lives on a card that has ended is ended, and one that nobody has seen to
    /// is issued.
    fn reconcile(&self, link: &mut Link, one: &Examined, tally: &mut Tally) -> Result<(), Failure> {
        let certificate = &one.certificate;
        if certificate.stage == CertificateStage::Revoked {
            note_revoked(one, business_day(link.now()), tally);
            return Ok(());
        }
        if certificate.stage.is_over() {
            return Ok(());
        }
        let (code, end) = match one.card {
            CardStageName::Revoked => {
                let reason = one.card_reason.unwrap_or(RevocationReason::IssuerDecision);
                let end = CertificateAction::EndWithCard { reason };
                ("lives_on_a_revoked_card", Some((SystemActor::Ledger, end)))
            }
            CardStageName::Expired => {
                let end = CertificateAction::Expire;
                (
                    "lives_on_an_expired_card",
                    Some((SystemActor::Scheduler, end)),
                )
            }
            CardStageName::Ordered
            | CardStageName::Sent
            | CardStageName::UnlockedUnsigned
            | CardStageName::Active => match overdue(one, link.now()) {
                Some(code) => (code, None),
                None => return Ok(()),
            },
        };
        let repaired = match end {
            Some((actor, action)) => self.end(link, certificate, (actor, &action))?,
            None => code == "was_not_issued" && self.go_on(link, one),
        };
        if repaired && one.card == CardStageName::Revoked {
            note_revoked(one, business_day(link.now()), tally);
        }
        tally.add(Finding {
            repaired,
            ..about(certificate, code)
        });
        Ok(())
    }

    fn end(
        &self,
        link: &mut Link,
        certificate: &Certificate,
        (actor, action): (SystemActor, &CertificateAction),
    ) -> Result<bool, Failure> {
        let call = self.system_call(actor);
        match self
            .ledger
            .act::<Certificate>(link, &call, certificate.id.0, action)
        {
            Ok(_) => Ok(true),
            Err(Failure::Refused(Refusal::CertificateEnded)) => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Goes on with what was left; what cannot be done now is told of and left.
    fn go_on(&self, link: &mut Link, one: &Examined) -> bool {
        let id = one.certificate.id;
        let mut done = false;
        while let Ok(step) = self.next_step_of_issuing(link, id) {
            match step {
                Issuing::Issued => return true,
                Issuing::Done => return done,
                Issuing::Reserved | Issuing::Prepared | Issuing::Signed => done = true,
            }
        }
        false
    }

    /// The page of certificates for whoever may read the log of others.
    ///
    /// # Errors
    /// [`Failure::Refused`] for roles that may not read it.
    pub fn check_page(&self, link: &mut Link, call: &Call) -> Result<CheckPage, Failure> {
        let scope = Scope::of(&call.actor, Function::ReadLog);
        if scope.organisations().is_empty() {
            return Err(Refusal::NotYourRole.into());
        }
        Ok(CheckPage {
            has_authority: self.ports.authority.is_some(),
            checks: link.checks(NIGHTS)?,
            lists: link.list_ages()?,
            now: link.now(),
        })
    }
}

/// What has waited too long to be seen to.
fn overdue(one: &Examined, now: DateTime<Utc>) -> Option<&'static str> {
    let waited = now - one.certificate.since > Duration::minutes(WAITED_MINUTES);
    match one.certificate.stage {
        CertificateStage::Requested if waited => Some("was_not_issued"),
        CertificateStage::Issued if waited && one.card != CardStageName::Ordered => {
            Some("was_not_written")
        }
        CertificateStage::Requested
        | CertificateStage::Issued
        | CertificateStage::Active
        | CertificateStage::OffCard
        | CertificateStage::Superseded
        | CertificateStage::Revoked
        | CertificateStage::Expired => None,
    }
}

/// A fault of the status service itself.
fn on_authority(code: &str) -> Finding {
    Finding {
        code: code.to_owned(),
        certificate: None,
        list: None,
        repaired: false,
    }
}

fn about(certificate: &Certificate, code: &str) -> Finding {
    Finding {
        code: code.to_owned(),
        certificate: Some(certificate.id),
        list: None,
        repaired: false,
    }
}

/// What the authority's examiner has against a certificate, and what its card has.
fn examined(
    authority: &dyn CertificateAuthority,
    one: &Examined,
    now: DateTime<Utc>,
) -> Vec<String> {
    let certificate = &one.certificate;
    let mut codes = Vec::new();
    if one.card_valid_to != Some(certificate.not_after) {
        codes.push("last_day_is_not_the_cards".to_owned());
    }
    let (Some(reserved), Some(prepared)) = (&one.issuance.reserved, &one.issuance.prepared) else {
        return codes;
    };
    let Ok(basis) = serde_json::from_slice::<CertificateBasis>(&prepared.basis) else {
        codes.push("basis_unreadable".to_owned());
        return codes;
    };
    let number = one.card_number.as_ref();
    if number.is_none_or(|number| number.as_str() != basis.card_number) {
        codes.push("card_number_is_not_the_cards".to_owned());
    }
    let signed = one.issuance.signed.as_ref();
    codes.extend(authority.examine(&ExaminedRecord {
        order: CertificateOrder {
            authority: &reserved.authority,
            profile: certificate.profile,
            usage: certificate.usage,
            serial: &reserved.serial,
            basis: &basis,
            request: &one.issuance.request,
            not_before: prepared.at,
            not_after: end_of(certificate.not_after),
        },
        shard: u16::try_from(reserved.shard).unwrap_or(u16::MAX),
        tbs: Some(&prepared.tbs),
        der: signed.map(|signed| signed.der.as_slice()),
        stage: certificate.stage,
        now,
    }));
    codes
}
