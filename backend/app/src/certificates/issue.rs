//! Issuing, step by step, for many certificates at once. Each step is kept before the next is made,
//! and each begins with what is kept: whoever goes on after a crash goes on with the same serial, and
//! whatever may have been signed can be revoked. No transaction is open and nothing is locked while
//! something is signed.

use std::collections::{BTreeMap, HashMap};

use cards_domain::access::SystemActor;
use cards_domain::certificate::{Certificate, CertificateAction, CertificateStage};
use cards_domain::ids::{CertificateId, PersonId};
use cards_domain::refusal::Refusal;
use cards_store::certificates::{Issuance, KeptFor, Reservation, Signed, Underway};
use cards_store::{Link, StoreError};

use super::content::to_be_signed;
use crate::ports::CertificateAuthority;
use crate::work::give_up;
use crate::{App, Failure};

/// How many times serials are drawn when one is taken.
const TRIES: usize = 4;

/// What a step of issuing has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issuing {
    /// A serial is kept for it.
    Reserved,
    /// What is to be signed is made, linted and kept.
    Prepared,
    /// It is signed, and what was signed is kept.
    Signed,
    /// The certificate is issued.
    Issued,
    /// There is nothing to be done: it has been issued before, or it has ended.
    Done,
}

/// What is due next, in the order of the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    Nothing,
    Serial,
    Content,
    Signature,
    Confirmation,
}

/// A certificate on its way.
struct Walk {
    underway: Underway,
    /// What the last step came to; nothing before the first.
    last: Option<Result<Issuing, Failure>>,
}

impl Walk {
    fn id(&self) -> CertificateId {
        self.underway.certificate.id
    }

    fn goes_on(&self) -> bool {
        match &self.last {
            None | Some(Ok(Issuing::Reserved | Issuing::Prepared | Issuing::Signed)) => true,
            Some(Ok(Issuing::Issued | Issuing::Done) | Err(_)) => false,
        }
    }

    fn due(&self) -> Due {
        let Issuance {
            reserved,
            prepared,
            signed,
            ..
        } = &self.underway.issuance;
        if self.underway.certificate.stage != CertificateStage::Requested {
            return Due::Nothing;
        }
        match (reserved, prepared, signed) {
            (None, _, _) => Due::Serial,
            (Some(_), None, _) => Due::Content,
            (Some(_), Some(_), None) => Due::Signature,
            (Some(_), Some(_), Some(_)) => Due::Confirmation,
        }
    }
}

/// Certificates that the same step is due for.
type Walks<'a> = Vec<&'a mut Walk>;
/// What a step has made for each of some certificates.
type Made<'a, K> = Vec<(&'a mut Walk, K)>;

impl App {
    /// The errands: every step that is left, each for the whole set. What each came to, in the order
    /// of the ids. Where something stops the whole set, each goes on for itself, so that one
    /// certificate never stands in the way of others.
    pub fn issue(&self, link: &mut Link, ids: &[CertificateId]) -> Vec<Result<Issuing, Failure>> {
        match self.issue_together(link, ids) {
            Ok(done) => done,
            Err(failure) if ids.len() == 1 => vec![Err(failure)],
            Err(failure) => {
                tracing::warn!(%failure, certificates = ids.len(), "issued one by one");
                let each = ids.chunks(1);
                each.flat_map(|one| self.issue(link, one)).collect()
            }
        }
    }

    fn issue_together(
        &self,
        link: &mut Link,
        ids: &[CertificateId],
    ) -> Result<Vec<Result<Issuing, Failure>>, Failure> {
        let mut walks = begin(link, ids)?;
        while walks.iter().any(Walk::goes_on) {
            self.step(link, &mut walks)?;
        }
        let done = walks.into_iter();
        let mut done: HashMap<_, _> = done
            .filter_map(|walk| Some((walk.id(), walk.last?)))
            .collect();
        let ended = |id| done.remove(id).unwrap_or(Err(Failure::NotFound));
        Ok(ids.iter().map(ended).collect())
    }

    /// The next step of issuing a certificate, and no more.
    ///
    /// # Errors
    /// Something outside does not answer (it is to be tried again), or the certificate must not be
    /// signed.
    pub fn next_step_of_issuing(
        &self,
        link: &mut Link,
        id: CertificateId,
    ) -> Result<Issuing, Failure> {
        let mut walks = begin(link, &[id])?;
        self.step(link, &mut walks)?;
        let walk = walks.pop().and_then(|walk| walk.last);
        walk.ok_or(Failure::NotFound)?
    }

    /// One step with each certificate that goes on.
    fn step(&self, link: &mut Link, walks: &mut [Walk]) -> Result<(), Failure> {
        let authority = self.authority()?;
        let mut due: BTreeMap<Due, Walks<'_>> = BTreeMap::new();
        for walk in walks.iter_mut().filter(|walk| walk.goes_on()) {
            due.entry(walk.due()).or_default().push(walk);
        }
        for (due, walks) in due {
            match due {
                Due::Nothing => {
                    for walk in walks {
                        walk.last = Some(Ok(Issuing::Done));
                    }
                }
                Due::Serial => self.reserve(link, &*authority, walks)?,
                Due::Content => prepare(link, &*authority, walks)?,
                Due::Signature => sign(link, &*authority, walks)?,
                Due::Confirmation => self.confirm(link, walks)?,
            }
        }
        Ok(())
    }

    /// A serial that nobody has for each, at the authority for the profile and the level of the card.
    fn reserve(
        &self,
        link: &mut Link,
        authority: &dyn CertificateAuthority,
        walks: Walks<'_>,
    ) -> Result<(), Failure> {
        self.keep_authorities(link)?;
        let sheets = authority.authorities();
        let mut named = made(walks, |underway| {
            let certificate = &underway.certificate;
            let wanted = Some((certificate.profile, certificate.loa));
            let issuing = sheets.iter().find(|sheet| sheet.issues == wanted);
            issuing.map(|sheet| sheet.name.clone()).ok_or_else(|| {
                Failure::Unavailable("no authority issues for the profile and level".to_owned())
            })
        });
        for _ in 0..TRIES {
            let drawn: Vec<_> = named
                .iter()
                .map(|(walk, name)| (walk.id(), drawn(link, authority, name)))
                .collect();
            match link.reserve_serials(&drawn) {
                Err(StoreError::Conflict) => {}
                kept => {
                    let walks = named.drain(..).map(|(walk, _)| walk);
                    let made = walks.zip(drawn.into_iter().map(|(_, one)| one)).collect();
                    return go_on(link, made, &kept?, |issuance, reserved| {
                        issuance.reserved = Some(reserved);
                        Issuing::Reserved
                    });
                }
            }
        }
        Err(Failure::Conflict)
    }

    /// Tells the ledger. A certificate whose card was revoked while it was signed has ended: what
    /// was signed is kept, and stands on the list.
    fn confirm(&self, link: &mut Link, walks: Walks<'_>) -> Result<(), Failure> {
        let made = made(walks, |underway| {
            let Reservation {
                authority, serial, ..
            } = reserved(underway)?.clone();
            Ok(CertificateAction::Issue { authority, serial })
        });
        let acts = made.iter().map(|(walk, act)| (walk.id().0, act.clone()));
        let acts: Vec<_> = acts.collect();
        let call = self.system_call(SystemActor::Authority);
        let answers = self.ledger.act_many::<Certificate>(link, &call, &acts)?;
        for ((walk, _), answer) in made.into_iter().zip(answers) {
            walk.last = Some(match answer {
                Some(Ok(_)) => {
                    self.counts.certificate_issued();
                    Ok(Issuing::Issued)
                }
                Some(Err(Refusal::CertificateEnded)) => Ok(Issuing::Done),
                Some(Err(refusal)) => Err(refusal.into()),
                None => Err(Failure::NotFound),
            });
        }
        Ok(())
    }
}

fn begin(link: &mut Link, ids: &[CertificateId]) -> Result<Vec<Walk>, Failure> {
    let known = link.issuing(ids)?.into_iter();
    Ok(known
        .map(|underway| Walk {
            underway,
            last: None,
        })
        .collect())
}

/// Makes something for each of the certificates. One for which it cannot be made goes no further.
fn made<K>(walks: Walks<'_>, mut make: impl FnMut(&Underway) -> Result<K, Failure>) -> Made<'_, K> {
    let mut all = Vec::with_capacity(walks.len());
    for walk in walks {
        match make(&walk.underway) {
            Ok(made) => all.push((walk, made)),
            Err(failure) => walk.last = Some(Err(failure)),
        }
    }
    all
}

/// What is to be kept, by certificate.
fn by_id<K: Clone>(made: &Made<'_, K>) -> Vec<(CertificateId, K)> {
    let each = made.iter();
    each.map(|(walk, made)| (walk.id(), made.clone())).collect()
}

/// Goes on with what has just been kept; where somebody else was first, or the certificate has ended,
/// with what is kept instead.
fn go_on<K>(
    link: &mut Link,
    made: Made<'_, K>,
    kept: &KeptFor,
    keep: impl Fn(&mut Issuance, K) -> Issuing,
) -> Result<(), Failure> {
    let mut others = Vec::new();
    for (walk, made) in made {
        // The step that somebody else has done is done as well.
        let step = keep(&mut walk.underway.issuance, made);
        walk.last = Some(Ok(step));
        if !kept.contains(&walk.id()) {
            others.push(walk);
        }
    }
    if others.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = others.iter().map(|walk| walk.id()).collect();
    let known = link.issuing(&ids)?.into_iter();
    let mut known: HashMap<_, _> = known.map(|one| (one.certificate.id, one)).collect();
    for walk in others {
        walk.underway = known.remove(&walk.id()).ok_or(Failure::NotFound)?;
    }
    Ok(())
}

fn drawn(link: &Link, authority: &dyn CertificateAuthority, name: &str) -> Reservation {
    let mut random = [0; 16];
    link.fill(&mut random);
    let place = authority.place(random);
    Reservation {
        authority: name.to_owned(),
        serial: place.serial,
        shard: place.shard.into(),
        at: link.now(),
    }
}

/// What is to be signed.
fn prepare(
    link: &mut Link,
    authority: &dyn CertificateAuthority,
    walks: Walks<'_>,
) -> Result<(), Failure> {
    let ids: Vec<PersonId> = walks
        .iter()
        .map(|walk| walk.underway.certificate.person)
        .collect();
    let people = link.people_for_errand(&ids)?.into_iter();
    let people: HashMap<_, _> = people.map(|sheet| (sheet.person, sheet)).collect();
    let now = link.now();
    let made = made(walks, |underway| {
        let holder = people.get(&underway.certificate.person);
        let holder = holder.ok_or(Failure::NotFound)?;
        to_be_signed(authority, (underway, reserved(underway)?), holder, now)
    });
    let kept = link.keep_prepared(&by_id(&made))?;
    go_on(link, made, &kept, |issuance, prepared| {
        issuance.prepared = Some(prepared);
        Issuing::Prepared
    })
}

fn reserved(underway: &Underway) -> Result<&Reservation, Failure> {
    let reserved = underway.issuance.reserved.as_ref();
    reserved.ok_or_else(|| Failure::Broken("there is no serial".to_owned()))
}

/// Signs what the linter lets pass.
fn sign(
    link: &mut Link,
    authority: &dyn CertificateAuthority,
    walks: Walks<'_>,
) -> Result<(), Failure> {
    let made = made(walks, |underway| {
        let prepared = underway.issuance.prepared.as_ref();
        let prepared = prepared.ok_or_else(|| Failure::Broken("there is no content".to_owned()))?;
        if !prepared.findings.is_empty() {
            let codes = prepared.findings.join(", ");
            return Err(Failure::Broken(format!("the linter says no: {codes}")));
        }
        let der = authority.sign(&reserved(underway)?.authority, &prepared.tbs);
        let der = der.map_err(|error| give_up(&error))?;
        Ok(Signed {
            der,
            at: link.now(),
        })
    });
    let kept = link.keep_signed(&by_id(&made))?;
    go_on(link, made, &kept, |issuance, signed| {
        issuance.signed = Some(signed);
        Issuing::Signed
    })
}
