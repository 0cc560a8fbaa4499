//! What leaves a card: leftovers of attempts that died, the pair that a new one replaces, and the
//! pair that the holder wants off.

use super::signing::leftovers;
use super::{Stop, Work};
use crate::card::{Certificate, Pair, Usage as CardUsage};
use crate::certificates;
use crate::code::CodeName;
use crate::flows::Desk;
use crate::port::CardError;
use crate::task::key_id::is_own;
use crate::task::{ListedCertificate, Profile, Stage, Step, Usage, hash_of_key};

impl<'a> Desk<'a> {
    pub(super) fn remove_leftovers(
        &mut self,
        work: &mut Work<'a>,
        pairs: &[Pair],
    ) -> Result<(), Stop> {
        for id in leftovers(&work.sheet, pairs) {
            self.delete(work, &id)?;
            self.say("task-leftover");
        }
        Ok(())
    }

    pub(super) fn delete(&mut self, work: &mut Work<'a>, id: &[u8]) -> Result<(), Stop> {
        self.with_code(work, CodeName::Pin2, |port, card, code| {
            port.delete_pair(card, code, id)
        })
    }

    /// After the new pair has signed: certificates for signing that name the holder in the same way
    /// and are over, with their keys. One that the office does not know stays, unless this program
    /// made its key.
    pub(super) fn remove_old(
        &mut self,
        work: &mut Work<'a>,
        profile: Profile,
        new: &[u8],
    ) -> Result<(), Stop> {
        let all = self
            .port
            .list_certificates(&work.card)
            .map_err(Stop::Card)?;
        let same = all.into_iter().filter(|one| {
            one.usage == CardUsage::Signature
                && one.identity == profile.identity()
                && one.der != new
        });
        let old: Vec<Certificate> = same.filter(|one| is_over(work, one)).collect();
        for one in old {
            self.delete(work, &one.id)?;
            self.step(work, Step::OldRemoved);
            self.say("task-old-removed");
        }
        Ok(())
    }

    /// *Ta bort från kortet*.
    pub(super) fn delete_signing(&mut self, work: &mut Work<'a>) -> Result<(), Stop> {
        self.prove_card(work)?;
        let Some(target) = self.what_to_delete(work)? else {
            return Ok(());
        };
        for listed in target {
            for id in self.ids_of(work, &listed)? {
                self.say("writing");
                self.delete(work, &id)?;
            }
            if !self.ids_of(work, &listed)?.is_empty() {
                return Err(Stop::Card(CardError::Failed));
            }
            self.step(work, Step::OldRemoved);
            self.calling_last(|| work.held.deleted(listed.id))?;
        }
        Ok(())
    }

    /// What the sheet names; without that the only one there is, or the one that the holder chooses.
    fn what_to_delete(&mut self, work: &Work<'_>) -> Result<Option<Vec<ListedCertificate>>, Stop> {
        let signing = work.sheet.certificates.iter();
        let signing: Vec<&ListedCertificate> = signing
            .filter(|one| one.usage == Usage::Signature)
            .collect();
        if let Some(named) = &work.sheet.remove {
            let named = signing.into_iter().filter(|one| named.contains(&one.id));
            return Ok(Some(named.cloned().collect()));
        }
        let there: Vec<ListedCertificate> = signing
            .into_iter()
            .filter(|one| one.stage == Stage::Active)
            .cloned()
            .collect();
        match there.as_slice() {
            [] => Ok(None),
            [only] => Ok(Some(vec![only.clone()])),
            several => self.which_to_delete(several).map(|one| Some(vec![one])),
        }
    }

    fn which_to_delete(
        &mut self,
        several: &[ListedCertificate],
    ) -> Result<ListedCertificate, Stop> {
        self.say("task-delete-which");
        for (number, one) in (1_u32..).zip(several) {
            let name = self.words.text(match one.profile {
                Profile::PersonId => "identity-personal",
                Profile::HsaId => "identity-work",
                Profile::Other => "identity-other",
            });
            let values = [("number", number.to_string().into()), ("name", name.into())];
            self.say_with("which-line", &values);
        }
        let answer = self.ask("which-question").unwrap_or_default();
        let chosen = answer.parse::<usize>().ok();
        let chosen = chosen.and_then(|number| several.get(number.checked_sub(1)?));
        chosen.cloned().ok_or(Stop::Person)
    }

    /// The identifiers under which something of a certificate's pair lies on the card, also after a
    /// deletion that was cut off.
    fn ids_of(
        &mut self,
        work: &mut Work<'a>,
        listed: &ListedCertificate,
    ) -> Result<Vec<Vec<u8>>, Stop> {
        let pairs = self.pairs(work)?;
        let is_its = |key: &[u8]| hash_of_key(key).eq_ignore_ascii_case(&listed.key);
        let found = pairs.iter().filter(|pair| {
            let certified = pair
                .certificate
                .as_deref()
                .and_then(certificates::public_key);
            let public = pair.public.as_deref().is_some_and(is_its);
            // The last of three objects has nothing left to know it by.
            let bare = pair.private && pair.public.is_none() && pair.certificate.is_none();
            public || bare || certified.is_some_and(|key| is_its(&key))
        });
        Ok(found.map(|pair| pair.id.clone()).collect())
    }
}

fn is_over(work: &Work<'_>, certificate: &Certificate) -> bool {
    let key = certificates::public_key(&certificate.der).unwrap_or_default();
    match work.sheet.of_key(&hash_of_key(&key)) {
        Some(listed) => !listed.stage.is_live(),
        None => is_own(&certificate.id),
    }
}
