//! Certificates on their way to the card: handed to the manufacturer, who writes them and says so.

use cards_domain::card::CardStageName;
use cards_domain::certificate::CertificateStage;
use cards_domain::ids::CertificateId;
use cards_domain::lifecycle::Lifecycle as _;
use cards_store::Link;
use uuid::Uuid;

use crate::ports::CardCertificate;
use crate::work::give_up;
use crate::{App, Failure};

impl App {
    /// The errand: hands a certificate to the manufacturer. One that has ended meanwhile, or whose
    /// card has left, is not written.
    ///
    /// # Errors
    /// The exchange cannot be reached.
    pub(crate) fn hand_over(
        &self,
        link: &mut Link,
        errand: Uuid,
        id: CertificateId,
    ) -> Result<(), Failure> {
        let certificate = link.certificate_for_errand(id)?.ok_or(Failure::NotFound)?;
        let card = link.card_for_errand(certificate.card)?;
        let card = card.ok_or(Failure::NotFound)?.card;
        let at_the_manufacturer = card.stage() == CardStageName::Ordered;
        if certificate.stage != CertificateStage::Issued || !at_the_manufacturer {
            return Ok(());
        }
        let signed = link.issuance(id)?.and_then(|issuance| issuance.signed);
        let (signed, number) = signed.zip(card.number).ok_or(Failure::NotFound)?;
        let handed = CardCertificate {
            certificate: id,
            order: card.order,
            number,
            profile: certificate.profile,
            usage: certificate.usage,
            der: signed.der,
        };
        self.ports
            .manufacturer
            .hand_over(errand, &handed)
            .map_err(|error| give_up(&error))
    }
}
