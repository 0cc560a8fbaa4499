//! What an import answers: counts of accepted entries, and each entry that did not go in.

use std::collections::BTreeMap;

use cards_store::directory::Leaver;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::feed::{Rejection, RejectionReason};

/// The report of an import; the same for a rehearsal. Holds names of persons in its dn:s: for the
/// operator only, never for the technical log.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Organisations accepted.
    pub organisations: usize,
    /// Units accepted.
    pub units: usize,
    /// Different persons with an accepted entry.
    pub persons: usize,
    /// Accepted entries of persons, one HSA-id each.
    pub hsa_ids: usize,
    /// Assignments accepted.
    pub assignments: usize,
    /// Entries that cannot be used, in the order of the file.
    pub rejected: Vec<RejectedEntry>,
    /// The dn of each entry whose parent is not known, in the order of the file. It was not
    /// stored; it goes in with a later file.
    pub waiting: Vec<String>,
    /// Persons with a post that was ended because a full feed no longer holds it.
    pub ended: usize,
    /// Rows added, changed or ended; 0 when the file says what is known already.
    pub changed: usize,
    /// Organisations where nobody was ended, since they would have been too many.
    pub safety_stop: Vec<SafetyStop>,
    /// Entries that people must decide about before they go in; see
    /// [`cards_store::directory::ProposalKind`].
    #[serde(default)]
    pub proposed: usize,
    /// Entries that had waited since an earlier import and went in now.
    #[serde(default)]
    pub came_in: usize,
    /// Attributes that feed no field, by name, and how often.
    #[serde(default)]
    pub unknown_attributes: BTreeMap<String, u64>,
    /// What the accepted entries lack.
    #[serde(default)]
    pub flaws: FileFlaws,
    /// The first posts that the file ends or would end, with the id of the person.
    #[serde(default)]
    pub leaving: Vec<Leaving>,
}

/// The first posts that a feed no longer holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// Whose.
    pub person: Uuid,
    /// Its HSA-id.
    pub hsa_id: String,
}

impl From<Leaver> for Leaving {
    fn from(leaver: Leaver) -> Self {
        Self {
            person: leaver.person,
            hsa_id: leaver.hsa_id,
        }
    }
}

/// Flaws of quality in the accepted entries: none of them is a fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFlaws {
    /// Organisations without organisation number.
    pub without_number: usize,
    /// Units without mail address.
    pub without_mail: usize,
    /// Units without workplace code.
    pub without_code: usize,
}

/// Counts only: a dn holds names.
impl std::fmt::Debug for ImportReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportReport")
            .field("organisations", &self.organisations)
            .field("units", &self.units)
            .field("persons", &self.persons)
            .field("hsa_ids", &self.hsa_ids)
            .field("assignments", &self.assignments)
            .field("rejected", &self.rejected.len())
            .field("waiting", &self.waiting.len())
            .field("ended", &self.ended)
            .field("changed", &self.changed)
            .field("safety_stop", &self.safety_stop)
            .field("proposed", &self.proposed)
            .field("came_in", &self.came_in)
            .finish_non_exhaustive()
    }
}

/// An entry that cannot be used.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedEntry {
    /// Line of its `dn` in the file, from 1.
    pub line: u64,
    /// The distinguished name as written.
    pub dn: String,
    /// The attribute at fault, when it is one.
    pub attribute: Option<String>,
    /// The code of a [`RejectionReason`].
    pub reason: String,
}

impl RejectedEntry {
    pub(super) fn new(line: u64, dn: String, reason: RejectionReason) -> Self {
        Self {
            line,
            dn,
            attribute: None,
            reason: <&str>::from(reason).to_owned(),
        }
    }
}

impl From<Rejection> for RejectedEntry {
    fn from(rejection: Rejection) -> Self {
        let Rejection {
            line,
            dn,
            attribute,
            reason,
            ..
        } = rejection;
        Self {
            attribute,
            ..Self::new(line, dn, reason)
        }
    }
}

/// An organisation whose feed shrank so much that nobody was ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyStop {
    /// Its HSA-id.
    pub organisation: String,
    /// How many persons would have been ended.
    pub would_end: usize,
    /// Of how many.
    pub of: usize,
}

impl ImportReport {
    /// The report as it is kept: each dn without its first value, which can be a person's name.
    pub(super) fn without_names(&self) -> Self {
        let mut kept = self.clone();
        kept.leaving.clear();
        for entry in &mut kept.rejected {
            entry.dn = above(&entry.dn);
        }
        for dn in &mut kept.waiting {
            *dn = above(dn);
        }
        kept
    }

    /// The report as those see it who did not take the file in: how many entries and why, but not
    /// which.
    pub(super) fn without_places(mut self) -> Self {
        self.leaving.clear();
        self.safety_stop.clear();
        for entry in &mut self.rejected {
            (entry.line, entry.dn) = (0, "…".to_owned());
        }
        for dn in &mut self.waiting {
            "…".clone_into(dn);
        }
        self
    }
}

/// `cn=…,ou=Akuten,c=SE` for `cn=Elin Berg,ou=Akuten,c=SE`; all of it is left out when its first
/// part does not end.
fn above(dn: &str) -> String {
    let (mut escaped, mut quoted) = (false, false);
    let end = dn.char_indices().find(|&(_, character)| {
        let ends = !escaped && !quoted && matches!(character, ',' | ';');
        quoted ^= character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        ends
    });
    let rest = end.and_then(|(at, _)| dn.get(at..)).unwrap_or_default();
    // No text in the database can hold NUL.
    format!("…{}", rest.replace('\0', ""))
}

#[cfg(test)]
mod tests {
    use super::above;

    #[test]
    fn the_name_is_left_out_also_when_it_holds_an_escaped_comma() {
        assert_eq!(above("cn=Elin Berg,ou=Akuten,c=SE"), "…,ou=Akuten,c=SE");
        assert_eq!(above("cn=Berg\\, Elin,ou=Akuten"), "…,ou=Akuten");
        assert_eq!(above("cn=\"Berg, Elin\",ou=Akuten"), "…,ou=Akuten");
        assert_eq!(above("Elin Berg"), "…");
    }
}
