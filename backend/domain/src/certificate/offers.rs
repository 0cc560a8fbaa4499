//! What people are offered to do with a certificate.

use chrono::{DateTime, Utc};

use super::{Certificate, CertificateActionName, CertificateFacts};
use crate::access::{Actor, Function, permit};
use crate::offer::Offered;
use crate::refusal::Refusal;

impl Offered for Certificate {
    /// Certificates are taken off a card and fetched back by the card client, which asks for itself.
    fn for_people() -> Vec<CertificateActionName> {
        vec![CertificateActionName::Revoke]
    }

    fn could(
        &self,
        by: &Actor,
        action: CertificateActionName,
        facts: &CertificateFacts,
        _: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        match action {
            CertificateActionName::Revoke => {
                permit(by, Function::Revoke, &facts.subject)?;
                self.lives()
            }
            CertificateActionName::Issue
            | CertificateActionName::WriteToCard
            | CertificateActionName::TakeOffCard
            | CertificateActionName::FetchBack
            | CertificateActionName::Supersede
            | CertificateActionName::EndWithPair
            | CertificateActionName::EndWithCard
            | CertificateActionName::Expire => Err(Refusal::NotYourRole),
        }
    }
}
