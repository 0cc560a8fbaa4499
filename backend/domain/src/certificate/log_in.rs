//! Which certificate lets its holder in. That whoever shows it has its key, and that it is one of
//! ours, is known before.

use chrono::NaiveDate;
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::{Certificate, CertificateStage, Usage};
use crate::card::CardStageName;

/// Why a card does not let its holder in. The names stand in addresses and in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum CardRefused {
    /// No certificate was shown: no card, no reader, no program for cards, or the choice was closed.
    NoCertificate,
    /// The certificate is not one of ours, or has never been on a card.
    UnknownCertificate,
    /// It is one for signing.
    NotForLogIn,
    /// The certificate, or its card, is revoked.
    CertificateRevoked,
    /// The certificate's last day is over, or it has been replaced.
    CertificateExpired,
    /// The card has not been activated yet.
    CardNotActive,
}

impl Certificate {
    /// Whether the certificate lets its holder in on the day, on a card that stands like this: one
    /// for log-in, active, on an active card. What is revoked says so whatever else is wrong.
    ///
    /// # Errors
    /// Why not.
    pub fn lets_in(&self, card: CardStageName, today: NaiveDate) -> Result<(), CardRefused> {
        let is_revoked = self.stage == CertificateStage::Revoked || card == CardStageName::Revoked;
        if is_revoked {
            return Err(CardRefused::CertificateRevoked);
        }
        if self.usage != Usage::Authentication {
            return Err(CardRefused::NotForLogIn);
        }
        match self.stage {
            CertificateStage::Superseded | CertificateStage::Expired => {
                return Err(CardRefused::CertificateExpired);
            }
            CertificateStage::Requested | CertificateStage::Issued | CertificateStage::OffCard => {
                return Err(CardRefused::UnknownCertificate);
            }
            CertificateStage::Active | CertificateStage::Revoked => {}
        }
        match card {
            CardStageName::Active if self.not_after >= today => Ok(()),
            CardStageName::Active | CardStageName::Expired => Err(CardRefused::CertificateExpired),
            CardStageName::Ordered | CardStageName::Sent | CardStageName::UnlockedUnsigned => {
                Err(CardRefused::CardNotActive)
            }
            CardStageName::Revoked => Err(CardRefused::CertificateRevoked),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Loa;
    use crate::certificate::Profile;
    use crate::ids::{CardId, CertificateId, PairId, PersonId};
    use chrono::DateTime;
    use strum::IntoEnumIterator as _;
    use uuid::Uuid;

    fn certificate(usage: Usage, stage: CertificateStage) -> Certificate {
        Certificate {
            id: CertificateId(Uuid::nil()),
            card: CardId(Uuid::nil()),
            person: PersonId(Uuid::nil()),
            profile: Profile::HsaId,
            usage,
            pair: PairId(Uuid::nil()),
            loa: Loa::Loa3,
            not_after: day(20),
            reason: None,
            stage,
            since: DateTime::UNIX_EPOCH,
            version: 1,
            request: None,
        }
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2030, 1, day).unwrap()
    }

    #[test]
    fn of_all_certificates_on_all_cards_only_an_active_one_for_log_in_on_an_active_card_lets_in() {
        for usage in Usage::iter() {
            for stage in CertificateStage::iter() {
                for card in CardStageName::iter() {
                    let lets_in = certificate(usage, stage).lets_in(card, day(20)).is_ok();
                    let right = (usage, stage, card)
                        == (
                            Usage::Authentication,
                            CertificateStage::Active,
                            CardStageName::Active,
                        );
                    assert_eq!(lets_in, right, "{usage:?} {stage:?} {card:?}");
                }
            }
        }
    }

    #[test]
    fn whatever_else_is_wrong_a_revoked_card_says_that_it_is_revoked() {
        for usage in Usage::iter() {
            for stage in CertificateStage::iter() {
                let why = certificate(usage, stage).lets_in(CardStageName::Revoked, day(25));
                assert_eq!(why, Err(CardRefused::CertificateRevoked));
            }
        }
    }

    #[test]
    fn the_last_day_is_the_last_whatever_the_stage_says() {
        let active = certificate(Usage::Authentication, CertificateStage::Active);
        let on = |today| active.lets_in(CardStageName::Active, today);
        assert_eq!(on(day(20)), Ok(()));
        assert_eq!(on(day(21)), Err(CardRefused::CertificateExpired));
    }
}
