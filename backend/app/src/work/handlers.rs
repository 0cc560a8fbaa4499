//! One function per kind of errand. Names and addresses are read when the errand runs; the errand
//! itself holds ids only.

use cards_domain::access::SystemActor;
use cards_domain::consequences::{Errand, MailKind};
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CardId, OrderId, PersonId};
use cards_domain::product::{CodeDelivery, Product};
use cards_domain::values::EmailAddress;
use cards_store::Link;
use cards_store::kept::PictureSize;
use cards_store::outbox::Claimed;
use cards_store::plain::Office;
use cards_store::queries::PersonSheet;
use uuid::Uuid;

use super::give_up;
use crate::ports::{CardJob, Mail, MailFacts, OfficeText, WantedKey};
use crate::{App, Call, Failure};

impl App {
    /// Hands the claimed orders over as one signed batch. Each job carries its errand's id, so a
    /// batch that is sent again makes no card twice.
    pub(super) fn send_batch(&self, link: &mut Link, claimed: &[&Claimed]) -> Result<(), Failure> {
        let mut jobs = Vec::new();
        for errand in claimed {
            if let Errand::SendToManufacturer { order } = &errand.errand {
                match self.job(link, errand.id, *order) {
                    Ok(job) => jobs.push((*errand, job)),
                    Err(failure) => Self::settle(link, errand, Err(failure))?,
                }
            }
        }
        let Some((first, _)) = jobs.first() else {
            return Ok(());
        };
        let batch = first.id;
        let (errands, jobs): (Vec<_>, Vec<_>) = jobs.into_iter().unzip();
        let sent = self.ports.manufacturer.submit(batch, &jobs);
        for errand in errands {
            let outcome = sent.clone().map_err(|error| give_up(&error));
            Self::settle(link, errand, outcome)?;
        }
        Ok(())
    }

    fn job(&self, link: &mut Link, errand: Uuid, order: OrderId) -> Result<CardJob, Failure> {
        let sheet = link.order_for_errand(order)?.ok_or(Failure::NotFound)?;
        let keys = self.wanted_keys(&sheet.product);
        let person = link
            .person_for_errand(sheet.order.person)?
            .ok_or(Failure::NotFound)?;
        Ok(CardJob {
            job: errand,
            order,
            order_number: sheet.order.number,
            product: sheet.product.id,
            product_number: sheet.product.number,
            validity_months: sheet.product.validity_months,
            name: sheet.order.recipient.name,
            person_number: person.number,
            organisation: sheet.organisation_name,
            photo: match sheet.order.photo {
                Some(photo) => link.picture(photo, PictureSize::Full)?,
                None => None,
            },
            registered_mail: sheet.order.method == DeliveryMethod::Rek,
            to_office: (sheet.order.method == DeliveryMethod::ToOffice)
                .then(|| format!("{}, {}", sheet.office.name, sheet.office.address)),
            address: sheet.order.recipient.address,
            keys,
        })
    }

    /// The keys that a new card of the product is made with, where certificates are issued.
    fn wanted_keys(&self, product: &Product) -> Vec<WantedKey> {
        if self.ports.authority.is_none() {
            return Vec::new();
        }
        let wanted = product.certificates_when_made().into_iter();
        wanted
            .map(|(profile, usage)| WantedKey { profile, usage })
            .collect()
    }

    /// Writes to somebody. A person without a mail address is not an error: the same news stands
    /// in Mina sidor and in the log.
    pub(super) fn notify(
        &self,
        link: &mut Link,
        errand: Uuid,
        person: PersonId,
        mail: MailKind,
        about: Uuid,
    ) -> Result<(), Failure> {
        let sheet = link.person_for_errand(person)?.ok_or(Failure::NotFound)?;
        let Some(to) = sheet
            .mail
            .as_deref()
            .and_then(|to| EmailAddress::parse(to).ok())
        else {
            tracing::info!(%errand, "no mail address");
            return Ok(());
        };
        let facts = self.mail_facts(link, &sheet, mail, about)?;
        let (subject, text) = self.ports.texts.write(mail, &facts, &sheet.language);
        let language = sheet.language.clone();
        let mail = Mail {
            errand,
            to,
            language,
            subject,
            text,
        };
        self.ports
            .mailer
            .send(&mail)
            .map_err(|error| give_up(&error))
    }

    fn mail_facts(
        &self,
        link: &mut Link,
        person: &PersonSheet,
        mail: MailKind,
        about: Uuid,
    ) -> Result<MailFacts, Failure> {
        let clocks = link.clocks_of(person.person)?;
        let last_day = clocks
            .iter()
            .find(|clock| clock.thing == about && Some(clock.rule) == rule_of(mail))
            .map(|clock| clock.day);
        let open = !person.protection.is_protected();
        let mut facts = MailFacts {
            given_name: person.name.given().filter(|_| open).map(ToOwned::to_owned),
            office: None,
            method: None,
            last_day,
            letter_needed: false,
            pin_min: 6,
            pin_max: 8,
            mina_sidor: self.ports.mina_sidor.clone(),
            card_last_four: None,
        };
        if let Some(sheet) = link.card_for_errand(CardId(about))? {
            facts.card_last_four = sheet
                .card
                .number
                .map(|number| number.last_four().to_owned());
            facts.method = sheet.delivery.map(|delivery| delivery.method);
            describe(&mut facts, &sheet.product, sheet.office);
        } else if let Some(sheet) = link.order_for_errand(OrderId(about))? {
            facts.method = Some(sheet.order.method);
            describe(&mut facts, &sheet.product, sheet.office);
        }
        Ok(facts)
    }

    /// A call in the name of a part of the system.
    pub(crate) fn system_call(&self, actor: SystemActor) -> Call {
        Call::by_system(actor, self.ports.entropy.id().to_string())
    }
}

fn describe(facts: &mut MailFacts, product: &Product, office: Office) {
    facts.letter_needed = product.code_delivery == CodeDelivery::CodeLetter;
    facts.pin_min = product.pin_min;
    facts.pin_max = product.pin_max;
    facts.office = Some(OfficeText {
        name: office.name,
        address: office.address,
        hours: office.hours,
        phone: office.phone,
    });
}

/// The clock that a mail tells of. A mail that is late tells of none that started later.
fn rule_of(mail: MailKind) -> Option<DeadlineRule> {
    match mail {
        MailKind::CardOrdered
        | MailKind::PhotoNeeded
        | MailKind::HasItCome
        | MailKind::CardReplaced
        | MailKind::CardRevoked
        | MailKind::PukLetterApproved
        | MailKind::PukLetterRejected => None,
        MailKind::CardOnItsWay | MailKind::CardAtOffice => Some(DeadlineRule::Activation),
        MailKind::SignTheReceipt => Some(DeadlineRule::ReceiptSignature),
        MailKind::CardActive => Some(DeadlineRule::CardExpiry),
    }
}
