//! *Hämta underskriftscertifikat*: a key is made on the card, the office signs a certificate for it,
//! and it is written beside the key. A pair counts once its key has signed with PIN2; whatever was
//! there before stays until then.

use super::{Stop, Work};
use crate::card::Pair;
use crate::cause::Cause;
use crate::certificates;
use crate::code::CodeName;
use crate::flows::Desk;
use crate::port::CardError;
use crate::proof::{Proof, judge};
use crate::task::key_id::{is_own, key_id};
use crate::task::{ListedCertificate, Profile, Sheet, Stage, Step, Unsigned, Usage, hash_of_key};
use std::time::Duration;
use uuid::Uuid;

/// How long a certificate is waited for, in seconds.
const PATIENCE: usize = 120;

/// How many keys a task may make for one profile. One is enough unless a certificate is revoked
/// between two runs.
const KEYS: u8 = 16;

/// A key of the card, both halves.
struct Key {
    id: Vec<u8>,
    public: Vec<u8>,
}

impl<'a> Desk<'a> {
    pub(super) fn fetch_signing(&mut self, work: &mut Work<'a>) -> Result<(), Stop> {
        self.prove_card(work)?;
        self.have_signing_code(work)?;
        let pairs = self.pairs(work)?;
        self.remove_leftovers(work, &pairs)?;
        for wanted in work.sheet.wanted.clone() {
            if wanted.usage == Usage::Signature && wanted.profile != Profile::Other {
                self.fetch_one(work, wanted.profile)?;
            }
        }
        Ok(())
    }

    pub(super) fn pairs(&mut self, work: &mut Work<'a>) -> Result<Vec<Pair>, Stop> {
        self.with_code(work, CodeName::Pin2, |port, card, code| {
            port.pairs(card, code)
        })
    }

    fn fetch_one(&mut self, work: &mut Work<'a>, profile: Profile) -> Result<(), Stop> {
        let key = self.key_for(work, profile)?;
        let certificate = self.ask_for(work, profile, &key)?;
        self.write(work, &key, &certificate.1)?;
        let signature = self.prove_pair(work, &key, &certificate)?;
        self.remove_old(work, profile, &certificate.1)?;
        let (number, _) = certificate;
        self.calling_last(|| work.held.written(number, &signature))?;
        self.say(match profile {
            Profile::PersonId => "task-written-personal",
            Profile::HsaId | Profile::Other => "task-written-work",
        });
        Ok(())
    }

    /// A key that is there and can be gone on with, or a new one.
    fn key_for(&mut self, work: &mut Work<'a>, profile: Profile) -> Result<Key, Stop> {
        let pairs = self.pairs(work)?;
        if let Some(key) = usable(&work.sheet, &pairs, profile) {
            self.step(work, Step::KeyMade);
            return Ok(key);
        }
        let id = free_id(&work.sheet, &pairs, profile).ok_or(Stop::Card(CardError::Full))?;
        self.say("task-making-key");
        self.with_code(work, CodeName::Pin2, |port, card, code| {
            port.make_pair(card, code, &id)
        })?;
        let pairs = self.pairs(work)?;
        let made = pairs
            .iter()
            .find(|pair| pair.id == id)
            .and_then(Pair::whole);
        let public = made.ok_or(Stop::Card(CardError::Failed))?.to_vec();
        self.step(work, Step::KeyMade);
        Ok(Key { id, public })
    }

    /// The certificate of a key, with its number: the one that the office has signed already, or the
    /// one that it signs now.
    fn ask_for(
        &mut self,
        work: &mut Work<'a>,
        profile: Profile,
        key: &Key,
    ) -> Result<(Uuid, Vec<u8>), Stop> {
        let known = work.sheet.of_key(&hash_of_key(&key.public));
        let number = match known {
            Some(known) => known.id,
            None => self.request(work, profile, key)?,
        };
        self.step(work, Step::RequestSent);
        let der = self.await_certificate(work, number)?;
        if certificates::public_key(&der).as_ref() == Some(&key.public) {
            return Ok((number, der));
        }
        self.tell(Cause::NotIssued);
        Err(Stop::Told(Cause::NotIssued))
    }

    fn request(&mut self, work: &mut Work<'a>, profile: Profile, key: &Key) -> Result<Uuid, Stop> {
        let unsigned = Unsigned::of_key(&key.public);
        let signature = self.with_code(work, CodeName::Pin2, |port, card, code| {
            port.sign_with(card, CodeName::Pin2, code, &key.id, unsigned.bytes())
        })?;
        let request = unsigned.signed(&signature);
        self.calling(|| work.held.request(profile, &request))
    }

    fn await_certificate(&mut self, work: &mut Work<'a>, number: Uuid) -> Result<Vec<u8>, Stop> {
        self.say("task-waiting");
        let mut known = false;
        for _ in 0..PATIENCE {
            work.sheet = self.calling(|| work.held.sheet())?;
            match listed(&work.sheet, number) {
                Some((stage, Some(der))) if stage.is_live() => return Ok(der),
                // A sheet may show a certificate only once it is signed.
                None if !known => {}
                Some((stage, None)) if stage.is_live() => known = true,
                Some(_) | None => {
                    self.tell(Cause::NotIssued);
                    return Err(Stop::Told(Cause::NotIssued));
                }
            }
            (self.outside.pause)(Duration::from_secs(1));
        }
        self.tell(Cause::NotIssuedYet);
        Err(Stop::Told(Cause::NotIssuedYet))
    }

    /// Writes the certificate beside its key, unless it lies there, and reads it back.
    fn write(&mut self, work: &mut Work<'a>, key: &Key, der: &[u8]) -> Result<(), Stop> {
        let lies = |pairs: &[Pair]| {
            let mut same = pairs.iter().filter(|pair| pair.id == key.id);
            same.any(|pair| pair.certificate.as_deref() == Some(der))
        };
        if !lies(&self.pairs(work)?) {
            self.say("writing");
            let written = self.with_code(work, CodeName::Pin2, |port, card, code| {
                port.write_certificate(card, code, &key.id, der)
            });
            if let Err(Stop::Card(CardError::Full)) = written {
                // A card without room gets back what the attempt has taken.
                self.delete(work, &key.id)?;
            }
            written?;
            if !lies(&self.pairs(work)?) {
                return Err(Stop::Card(CardError::Failed));
            }
        }
        self.step(work, Step::CertificateWritten);
        Ok(())
    }

    /// The new key signs with PIN2, and the certificate agrees: the pair works.
    fn prove_pair(
        &mut self,
        work: &mut Work<'a>,
        key: &Key,
        (number, der): &(Uuid, Vec<u8>),
    ) -> Result<Vec<u8>, Stop> {
        let message = work.sheet.text_of_written(*number);
        let signature = self.with_code(work, CodeName::Pin2, |port, card, code| {
            port.sign_with(card, CodeName::Pin2, code, &key.id, &message)
        })?;
        if judge(der, &message, &signature) == Proof::True {
            return Ok(signature);
        }
        self.tell(Cause::FalseSignature);
        Err(Stop::Told(Cause::FalseSignature))
    }
}

fn listed(sheet: &Sheet, number: Uuid) -> Option<(Stage, Option<Vec<u8>>)> {
    let found = sheet.certificates.iter().find(|one| one.id == number);
    found.map(|one| (one.stage, one.der.clone()))
}

/// A key whose certificate the office is signing or has signed, also for an earlier task; or the
/// task's own, of which the office has not heard yet.
fn usable(sheet: &Sheet, pairs: &[Pair], profile: Profile) -> Option<Key> {
    let fits = |listed: &ListedCertificate| {
        let same = listed.profile == profile && listed.usage == Usage::Signature;
        same && matches!(listed.stage, Stage::Requested | Stage::Issued)
    };
    let known = pairs.iter().find(|pair| {
        let listed = pair.whole().and_then(|key| sheet.of_key(&hash_of_key(key)));
        listed.is_some_and(fits)
    });
    let own: Vec<Vec<u8>> = own_ids(sheet, profile).collect();
    let unheard = |pair: &&Pair| {
        let unlisted = pair
            .whole()
            .is_some_and(|key| sheet.of_key(&hash_of_key(key)).is_none());
        unlisted && pair.certificate.is_none() && own.contains(&pair.id)
    };
    let pair = known.or_else(|| pairs.iter().find(unheard))?;
    let public = pair.whole()?.to_vec();
    let id = pair.id.clone();
    Some(Key { id, public })
}

fn own_ids(sheet: &Sheet, profile: Profile) -> impl Iterator<Item = Vec<u8>> {
    let task = sheet.task;
    (0..KEYS).map(move |number| key_id(task, profile, number))
}

fn free_id(sheet: &Sheet, pairs: &[Pair], profile: Profile) -> Option<Vec<u8>> {
    own_ids(sheet, profile).find(|id| pairs.iter().all(|pair| pair.id != *id))
}

/// What a dead attempt has left, to make a pair or to remove one: made by this program or listed in the
/// sheet, without a certificate, and of no use any more. Other keys are never counted among them.
pub(super) fn leftovers(sheet: &Sheet, pairs: &[Pair]) -> Vec<Vec<u8>> {
    let useful = |pair: &Pair| {
        let Some(key) = pair.whole() else {
            return false;
        };
        match sheet.of_key(&hash_of_key(key)) {
            Some(listed) => listed.stage.is_live(),
            None => sheet
                .wanted
                .iter()
                .any(|wanted| own_ids(sheet, wanted.profile).any(|id| id == pair.id)),
        }
    };
    let ours = |pair: &Pair| {
        let listed = pair
            .public
            .as_deref()
            .and_then(|key| sheet.of_key(&hash_of_key(key)));
        is_own(&pair.id) || listed.is_some_and(|listed| listed.usage == Usage::Signature)
    };
    let left = pairs
        .iter()
        .filter(|pair| pair.certificate.is_none() && ours(pair) && !useful(pair));
    left.map(|pair| pair.id.clone()).collect()
}
