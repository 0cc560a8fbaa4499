//! What a report says of an entry that did not go in: where it stands, what is at fault, and its dn,
//! which names a person. Of somebody whose data is or may be protected the name is not for everybody.

use cards_domain::values::{HsaId, PersonNumber};
use cards_store::directory::{CHUNK, Shielded};
use cards_store::{StoreError, Tx};

use super::Reading;
use crate::feed::{Named, PersonEntry, Place, Rejection, RejectionReason};
use crate::import::report::RejectedEntry;

/// A dn that names somebody who is not called protected by the entry itself.
pub(super) struct Naming {
    dn: String,
    keys: Vec<String>,
    number: Option<PersonNumber>,
}

impl Reading {
    pub(super) fn reject(&mut self, place: &Place, reason: RejectionReason) {
        self.note_rejected(place, at_fault(place, "", reason), reason);
    }

    pub(super) fn reject_person(&mut self, one: &PersonEntry, reason: RejectionReason) {
        let attribute = at_fault(&one.place, &one.number_attribute, reason);
        self.note_rejected(&one.place, attribute, reason);
        self.name(one);
    }

    /// What waits since an earlier file has no line in this one.
    pub(super) fn reject_if(&mut self, of_file: bool, place: &Place, reason: RejectionReason) {
        if of_file {
            self.reject(place, reason);
        }
    }

    fn note_rejected(&mut self, place: &Place, attribute: Option<String>, reason: RejectionReason) {
        let entry = RejectedEntry::new((place.line, &place.dn), attribute, reason);
        self.report.rejected.push(entry);
    }

    /// Takes in what the reader of the file rejected.
    pub(super) fn take_rejection(&mut self, rejection: Rejection) {
        let Rejection {
            line,
            dn,
            attribute,
            hsa_ids,
            doubt,
            named,
            reason,
        } = rejection;
        if let Some(doubt) = doubt {
            self.doubts.note(doubt);
        }
        match named {
            Named::Nobody => {}
            Named::Hidden => self.report.hide(&dn),
            Named::Somebody(number) => self.naming.push(Naming {
                dn: dn.clone(),
                keys: hsa_ids.iter().map(HsaId::search_key).collect(),
                number,
            }),
        }
        let entry = RejectedEntry::new((line, &dn), attribute, reason);
        self.report.rejected.push(entry);
    }

    /// The report names this person.
    pub(super) fn name(&mut self, one: &PersonEntry) {
        if one.protected {
            self.report.hide(&one.place.dn);
        } else {
            self.naming.push(Naming {
                dn: one.place.dn.clone(),
                keys: vec![one.hsa_id.search_key()],
                number: Some(one.number.clone()),
            });
        }
    }

    /// Asks of whom the report names, once they are many.
    pub(super) fn settle_names_if_many(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        if self.naming.len() < CHUNK {
            return Ok(());
        }
        self.settle_names(tx)
    }

    /// Hides the names of those who are protected, and of those of whom that cannot be told.
    pub(super) fn settle_names(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let named = std::mem::take(&mut self.naming);
        let (dns, entries): (Vec<String>, Vec<_>) = named
            .into_iter()
            .map(|one| (one.dn, (one.keys, one.number)))
            .unzip();
        let known = tx.shielded(&entries)?;
        for ((dn, (_, number)), known) in dns.iter().zip(&entries).zip(known) {
            let is_open = match known {
                Shielded::No => true,
                Shielded::Unknown => number.is_some(),
                Shielded::Yes => false,
            };
            if !is_open {
                self.report.hide(dn);
            }
        }
        Ok(())
    }
}

/// The attribute for which an entry is rejected that could be read.
fn at_fault(place: &Place, number: &str, reason: RejectionReason) -> Option<String> {
    use RejectionReason as R;
    let attribute = if [R::DuplicateHsaId, R::BelongsElsewhere].contains(&reason) {
        place.hsa_attribute.as_str()
    } else if [R::NumberDiffers, R::BornInFuture].contains(&reason) {
        number
    } else if reason == R::DuplicateDn {
        "dn"
    } else {
        ""
    };
    (!attribute.is_empty()).then(|| attribute.to_owned())
}
