//! Entries whose number does not fit whom they seem to be about: two officers decide. And the
//! numbers that persons had before.

use std::collections::HashSet;

use cards_domain::access::Function;
use cards_domain::ids::{OrganisationId, PersonId};
use cards_domain::values::{PersonName, PersonNumber, PersonNumberKind};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use strum::{EnumIter, EnumString, IntoStaticStr};
use uuid::Uuid;

use super::persons;
use super::staging::{Aside, WaitingKind};
use crate::error::{StoreError, unreadable};
use crate::plain::{Plain, found};
use crate::schema::{former_number, identity_proposal};
use crate::tx::Tx;

const ENTRY: &str = "identity_proposal.entry";
const FORMER: &str = "former_number.number";

/// How an entry and a person seem to belong together.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr, Serialize, Deserialize,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ProposalKind {
    /// The person's HSA-id with a coordination number and a personnummer, in either order; name and
    /// birth date are the same.
    NumberReplaced,
    /// Another HSA-id with such a pair.
    Joined,
    /// The person's HSA-id with any other number.
    NumberDiffers,
}

/// What two officers say.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr, Serialize, Deserialize,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The entry is about the person.
    Approved,
    /// It is not.
    Dismissed,
}

/// What a proposal holds under seal.
#[derive(Clone, Serialize, Deserialize)]
pub struct ProposedEntry {
    /// The number in the entry.
    pub number: PersonNumber,
    /// The name in the entry.
    pub name: PersonName,
    /// The whole entry, to be taken in once it is approved.
    pub entry: Value,
}

/// Names and numbers are left out.
impl std::fmt::Debug for ProposedEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProposedEntry").finish_non_exhaustive()
    }
}

/// A question for two officers.
#[derive(Clone, Debug, Serialize)]
pub struct Proposal {
    /// Its id.
    pub id: Uuid,
    /// How the two seem to belong together.
    pub kind: ProposalKind,
    /// The person who is known.
    pub person: PersonId,
    /// Where the entry belongs.
    pub organisation: OrganisationId,
    /// The entry's HSA-id in upper case.
    pub hsa_key: String,
    /// When a feed said so last.
    pub proposed_at: DateTime<Utc>,
    /// The first who approved.
    pub first_by: Option<PersonId>,
    /// When.
    pub first_at: Option<DateTime<Utc>>,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What.
    pub decision: Option<Decision>,
    /// The number and the entry: never in the log.
    #[serde(skip)]
    pub entry: ProposedEntry,
    /// For the version check.
    pub version: i64,
}

/// What is asked anew by an import.
#[derive(Clone, Debug)]
pub struct Question {
    /// How the two seem to belong together.
    pub kind: ProposalKind,
    /// The person who is known.
    pub person: PersonId,
    /// Where the entry belongs.
    pub organisation: OrganisationId,
    /// The entry's HSA-id in upper case.
    pub hsa_key: String,
    /// The entry.
    pub entry: ProposedEntry,
}

impl Question {
    /// Whether exactly this is asked already.
    fn is_as(&self, kept: &Proposal) -> bool {
        let (new, old) = (&self.entry, &kept.entry);
        self.kind == kept.kind
            && self.organisation == kept.organisation
            && new.number == old.number
            && new.name == old.name
            && new.entry == old.entry
    }
}

/// What people have said no to, among some HSA-ids.
#[derive(Default)]
pub(super) struct Decided(HashSet<(String, Vec<u8>, Uuid)>);

impl Decided {
    pub(super) fn is_dismissed(&self, key: &str, index: &[u8], person: Uuid) -> bool {
        !self.0.is_empty() && self.0.contains(&(key.to_owned(), index.to_vec(), person))
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = identity_proposal)]
pub(super) struct ProposalRow {
    id: Uuid,
    kind: String,
    person_id: Uuid,
    organisation_id: Uuid,
    hsa_key: String,
    proposed_at: DateTime<Utc>,
    entry: Vec<u8>,
    first_by: Option<Uuid>,
    first_at: Option<DateTime<Utc>>,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    decision: Option<String>,
    version: i64,
}

impl ProposalRow {
    pub(super) fn read(self, seal: &crate::seal::Seal) -> Result<Proposal, StoreError> {
        let unreadable = |column| move |_| unreadable("identity_proposal", column);
        Ok(Proposal {
            id: self.id,
            kind: self.kind.parse().map_err(unreadable("kind"))?,
            person: PersonId(self.person_id),
            organisation: OrganisationId(self.organisation_id),
            hsa_key: self.hsa_key,
            proposed_at: self.proposed_at,
            first_by: self.first_by.map(PersonId),
            first_at: self.first_at,
            decided_by: self.decided_by.map(PersonId),
            decided_at: self.decided_at,
            decision: self
                .decision
                .map(|decision| decision.parse().map_err(unreadable("decision")))
                .transpose()?,
            entry: seal.open(ENTRY, &self.entry)?,
            version: self.version,
        })
    }
}

impl Plain for Proposal {
    const KIND: &'static str = "identity_proposal";
    const FUNCTION: Function = Function::ImportDirectory;

    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    fn load(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Self>, StoreError> {
        let row = identity_proposal::table.find(id);
        let row = row.select(ProposalRow::as_select());
        found(row.first(tx.conn), |row| row.read(tx.seal))
    }

    /// An approval that is complete changes the person's number with it. Decided either way, the
    /// entry goes in with the next import: to this person, or by itself.
    fn save(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let saved = diesel::update(
            identity_proposal::table
                .find(self.id)
                .filter(identity_proposal::version.eq(self.version))
                .filter(identity_proposal::decided_at.is_null()),
        )
        .set((
            identity_proposal::first_by.eq(self.first_by.map(|id| id.0)),
            identity_proposal::first_at.eq(self.first_at),
            identity_proposal::decided_by.eq(self.decided_by.map(|id| id.0)),
            identity_proposal::decided_at.eq(self.decided_at),
            identity_proposal::decision.eq(self.decision.map(<&str>::from)),
            identity_proposal::version.eq(self.version + 1),
        ))
        .execute(tx.conn)?;
        match (saved, self.decision) {
            (1, Some(decision)) => {
                if decision == Decision::Approved {
                    tx.give_number(self.person, &self.entry.number)?;
                }
                tx.let_wait(&[Aside {
                    hsa_key: self.hsa_key.clone(),
                    kind: WaitingKind::Person,
                    entry: &self.entry.entry,
                }])
            }
            (1, None) => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }
}

impl Proposal {
    /// Whether whoever has the number `known` is called by the proposed one once it is approved.
    #[must_use]
    pub fn renumbers(&self, known: &PersonNumber) -> bool {
        self.entry.number != *known && takes_the_place(&self.entry.number, known)
    }
}

/// A personnummer takes the place of a coordination number and never the other way; any other number
/// takes the place of the old one.
fn takes_the_place(new: &PersonNumber, old: &PersonNumber) -> bool {
    let is_older = new.kind() == PersonNumberKind::Samordningsnummer
        && old.kind() == PersonNumberKind::Personnummer;
    !is_older
}

impl Tx<'_> {
    /// Whose the numbers were before.
    pub(super) fn former_numbers(
        &mut self,
        indexes: &[Vec<u8>],
    ) -> Result<Vec<(Vec<u8>, Uuid)>, StoreError> {
        Ok(former_number::table
            .filter(former_number::number_index.eq_any(indexes))
            .select((former_number::number_index, former_number::person_id))
            .load(self.conn)?)
    }

    /// What has been said no to about these HSA-ids.
    pub(super) fn dismissed(&mut self, keys: &[String]) -> Result<Decided, StoreError> {
        let rows: Vec<(String, Vec<u8>, Uuid)> = identity_proposal::table
            .filter(identity_proposal::hsa_key.eq_any(keys))
            .filter(identity_proposal::decision.eq(<&str>::from(Decision::Dismissed)))
            .select((
                identity_proposal::hsa_key,
                identity_proposal::number_index,
                identity_proposal::person_id,
            ))
            .load(self.conn)?;
        Ok(Decided(rows.into_iter().collect()))
    }

    /// Asks, or says that it is still asked. Gives the ids of the questions that are open.
    ///
    /// # Errors
    /// The database cannot be asked, or an entry cannot be sealed.
    pub fn ask_people(&mut self, questions: &[Question]) -> Result<Vec<Uuid>, StoreError> {
        let mut asked = Vec::new();
        for question in questions {
            let Some(id) = self.ask(question)? else {
                continue;
            };
            diesel::sql_query("INSERT INTO feed_asked VALUES ($1) ON CONFLICT DO NOTHING")
                .bind::<diesel::sql_types::Uuid, _>(id)
                .execute(self.conn)?;
            asked.push(id);
        }
        Ok(asked)
    }

    /// An approval holds for the entry that was shown: another entry is asked about from the
    /// beginning. Gives the question's id, or none when it is decided.
    fn ask(&mut self, question: &Question) -> Result<Option<Uuid>, StoreError> {
        let index = self.seal.index(question.entry.number.as_str());
        let kept: Option<ProposalRow> = identity_proposal::table
            .filter(identity_proposal::hsa_key.eq(&question.hsa_key))
            .filter(identity_proposal::number_index.eq(&index))
            .filter(identity_proposal::person_id.eq(question.person.0))
            .for_update()
            .select(ProposalRow::as_select())
            .first(self.conn)
            .optional()?;
        let Some(kept) = kept else {
            return self.ask_first(question, index).map(Some);
        };
        let kept = kept.read(self.seal)?;
        if kept.decided_at.is_some() {
            return Ok(None);
        }
        if question.is_as(&kept) {
            diesel::update(identity_proposal::table.find(kept.id))
                .set(identity_proposal::proposed_at.eq(self.now))
                .execute(self.conn)?;
        } else {
            self.ask_again(question, &kept)?;
        }
        Ok(Some(kept.id))
    }

    fn ask_first(&mut self, question: &Question, index: Vec<u8>) -> Result<Uuid, StoreError> {
        let sealed = self.seal.close(self.entropy, ENTRY, &question.entry)?;
        Ok(diesel::insert_into(identity_proposal::table)
            .values((
                identity_proposal::id.eq(self.entropy.id()),
                identity_proposal::kind.eq(<&str>::from(question.kind)),
                identity_proposal::person_id.eq(question.person.0),
                identity_proposal::organisation_id.eq(question.organisation.0),
                identity_proposal::hsa_key.eq(&question.hsa_key),
                identity_proposal::number_index.eq(index),
                identity_proposal::proposed_at.eq(self.now),
                identity_proposal::entry.eq(&sealed),
                identity_proposal::version.eq(1),
            ))
            .returning(identity_proposal::id)
            .get_result(self.conn)?)
    }

    fn ask_again(&mut self, question: &Question, kept: &Proposal) -> Result<(), StoreError> {
        let sealed = self.seal.close(self.entropy, ENTRY, &question.entry)?;
        diesel::update(identity_proposal::table.find(kept.id))
            .set((
                identity_proposal::kind.eq(<&str>::from(question.kind)),
                identity_proposal::organisation_id.eq(question.organisation.0),
                identity_proposal::proposed_at.eq(self.now),
                identity_proposal::entry.eq(&sealed),
                identity_proposal::first_by.eq(None::<Uuid>),
                identity_proposal::first_at.eq(None::<DateTime<Utc>>),
                identity_proposal::version.eq(kept.version + 1),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// What the file itself no longer says is not asked any more.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn withdraw_questions(&mut self) -> Result<(), StoreError> {
        diesel::sql_query(
            "DELETE FROM identity_proposal AS q USING feed_seen AS s \
             WHERE q.hsa_key = s.hsa_key AND q.decided_at IS NULL \
               AND NOT EXISTS (SELECT FROM feed_asked AS a WHERE a.id = q.id)",
        )
        .execute(self.conn)?;
        Ok(())
    }

    /// Lets the number find the person, who is called by it where it takes the old one's place.
    fn give_number(&mut self, id: PersonId, number: &PersonNumber) -> Result<(), StoreError> {
        let index = self.seal.index(number.as_str());
        let mut drafts = persons::load(self, &[id.0], std::slice::from_ref(&index))?;
        let (1, Some(mut draft)) = (drafts.len(), drafts.pop()) else {
            // The number has become somebody else's meanwhile.
            return Err(StoreError::Conflict);
        };
        let former = if takes_the_place(number, draft.number()) {
            draft.renumber(number.clone(), index)
        } else {
            number.clone()
        };
        let sealed = self.seal.close(self.entropy, FORMER, &former)?;
        diesel::insert_into(former_number::table)
            .values((
                former_number::number_index.eq(self.seal.index(former.as_str())),
                former_number::person_id.eq(id.0),
                former_number::until.eq(self.now),
                former_number::number.eq(sealed),
            ))
            .on_conflict_do_nothing()
            .execute(self.conn)?;
        self.put_persons(std::iter::once(draft))?;
        Ok(())
    }
}
