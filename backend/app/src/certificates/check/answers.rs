//! What the status service answers, asked and read back as a relying party does it, beside the
//! records: everything that was revoked of late, and a part of all the rest each night.

use std::collections::BTreeMap;

use cards_domain::access::SystemActor;
use cards_domain::card::RevocationReason;
use cards_domain::certificate::{Certificate, CertificateAction, CertificateStage};
use cards_store::Link;
use cards_store::certificates::Examined;
use chrono::{DateTime, Datelike as _, Duration, SubsecRound as _, Utc};

use super::{Tally, about, on_authority};
use crate::ports::{CertificateAuthority, StatusAnswer, StatusQuestion};
use crate::{App, Failure};

/// Certificates in one question: as many as a question may be about.
const IN_ONE: usize = 20;
/// What was revoked within so many hours is asked about, however much it is.
const OF_LATE_HOURS: i64 = 48;
/// Of all the rest one in so many is asked about each night, another one every night.
const ONE_IN: u32 = 64;

/// A certificate that is asked about, and what the answer must be.
pub(super) struct Asked {
    certificate: Certificate,
    serial: String,
    expected: StatusAnswer,
}

/// By authority.
pub(super) type Questions = BTreeMap<String, Vec<Asked>>;

/// Notes the certificate if it is its turn tonight.
pub(super) fn note(one: &Examined, now: DateTime<Utc>, questions: &mut Questions) {
    let Some(reserved) = &one.issuance.reserved else {
        return;
    };
    let certificate = &one.certificate;
    let of_late = now - certificate.since < Duration::hours(OF_LATE_HOURS);
    let revoked_of_late = certificate.stage == CertificateStage::Revoked && of_late;
    if !revoked_of_late && !is_its_turn(certificate, now) {
        return;
    }
    let authority = questions.entry(reserved.authority.clone()).or_default();
    authority.push(Asked {
        certificate: certificate.clone(),
        serial: reserved.serial.clone(),
        expected: expected(certificate, one.issuance.signed.is_some()),
    });
}

fn is_its_turn(certificate: &Certificate, now: DateTime<Utc>) -> bool {
    let id = certificate.id.0.as_u128();
    let night = u128::from(now.num_days_from_ce().unsigned_abs());
    id.wrapping_add(night) % u128::from(ONE_IN) == 0
}

/// What the records say. Answers have whole seconds.
fn expected(certificate: &Certificate, is_signed: bool) -> StatusAnswer {
    match certificate.reason {
        Some(reason) if certificate.stage == CertificateStage::Revoked => StatusAnswer::Revoked {
            at: certificate.since.trunc_subsecs(0),
            reason: reason.for_lists(),
        },
        _ if is_signed => StatusAnswer::Good,
        _ => StatusAnswer::Unknown,
    }
}

impl App {
    /// Asks the status service and compares. An answer that cannot be read is told of; what it says
    /// wrongly of a certificate is put right toward the safer side.
    pub(super) fn compare_answers(
        &self,
        link: &mut Link,
        authority: &dyn CertificateAuthority,
        questions: &Questions,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        for (name, asked) in questions {
            for some in asked.chunks(IN_ONE) {
                match self.answers(link, authority, (name, some)) {
                    Ok(answers) => {
                        for (one, answer) in some.iter().zip(answers) {
                            self.compare(link, one, answer, tally)?;
                        }
                    }
                    Err(code) => tally.add(on_authority(&code)),
                }
            }
        }
        Ok(())
    }

    /// The answers, in the order of what is asked.
    fn answers(
        &self,
        link: &mut Link,
        authority: &dyn CertificateAuthority,
        (name, asked): (&str, &[Asked]),
    ) -> Result<Vec<StatusAnswer>, String> {
        let none = |_| "status_not_answered".to_owned();
        let serials: Vec<String> = asked.iter().map(|one| one.serial.clone()).collect();
        let question = authority.question(name, &serials).map_err(none)?;
        let told = self
            .certificate_status_over(link, name, StatusQuestion::Body(&question))
            .map_err(|_| "status_not_answered".to_owned())?;
        let told = authority.read_answer(name, &told)?;
        let in_order = told.iter().map(|(serial, _)| serial).eq(&serials);
        if in_order {
            Ok(told.into_iter().map(|(_, answer)| answer).collect())
        } else {
            Err("status_of_other_certificates".to_owned())
        }
    }

    fn compare(
        &self,
        link: &mut Link,
        one: &Asked,
        answer: StatusAnswer,
        tally: &mut Tally,
    ) -> Result<(), Failure> {
        if answer == one.expected {
            return Ok(());
        }
        // It may have gone on since the records were read.
        let now = link.certificate_for_errand(one.certificate.id)?;
        let Some(now) = now.filter(|now| now.version == one.certificate.version) else {
            return Ok(());
        };
        let code = match (&one.expected, &answer) {
            (StatusAnswer::Revoked { .. }, StatusAnswer::Revoked { .. }) => "status_of_another_day",
            (StatusAnswer::Revoked { .. }, _) => "revoked_and_not_told",
            (_, StatusAnswer::Revoked { .. }) => "told_revoked_and_lives",
            (_, StatusAnswer::Good) => "told_good_and_not_issued",
            (_, StatusAnswer::Unknown) => "issued_and_not_known",
        };
        // Somebody has been told that it is revoked, so nobody may rely on it any more.
        let told_revoked = code == "told_revoked_and_lives";
        let repaired = told_revoked && !now.stage.is_over() && {
            let reason = RevocationReason::IssuerDecision;
            let end = CertificateAction::EndWithCard { reason };
            self.end(link, &now, (SystemActor::Ledger, &end))?
        };
        let mut finding = about(&now, code);
        finding.repaired = repaired;
        tally.add(finding);
        Ok(())
    }
}
