//! What an import answers: counts of accepted entries, and each entry that did not go in.

use std::collections::{BTreeMap, HashSet};

use cards_store::directory::{Alteration, Leaver, StopReason};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::feed::RejectionReason;

/// So many characters of a dn a report holds.
const LONGEST_DN: usize = 1_000;
/// Kinds of the parts of a dn that name no person.
const PLACES: [&str; 6] = ["ou", "o", "l", "st", "c", "dc"];

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
    /// Those of the dn:s above that name somebody whose data is protected, or of whom that cannot be
    /// told: the operator alone reads them.
    #[serde(skip)]
    pub hidden: HashSet<String>,
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
    /// Persons who are new or were changed; one of whom a file speaks in several places may count
    /// more than once.
    #[serde(default)]
    pub people_changed: usize,
    /// The first of them.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// The questions that the file asked, or asked once more.
    #[serde(default)]
    pub questions: Vec<Uuid>,
}

/// A person who is new or was changed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Who; an id of this import alone for somebody new.
    pub person: Uuid,
    /// The HSA-id of the entry.
    pub hsa_id: String,
    /// The name in the file; none for somebody with protected personal data.
    pub name: Option<String>,
    /// What.
    pub what: Alteration,
}

/// The name is left out.
impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Change")
            .field("person", &self.person)
            .field("what", &self.what)
            .finish_non_exhaustive()
    }
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
    /// Organisations that have the organisation number of another one.
    #[serde(default)]
    pub same_number: usize,
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
    pub(super) fn new(
        (line, dn): (u64, &str),
        attribute: Option<String>,
        reason: RejectionReason,
    ) -> Self {
        Self {
            line,
            dn: shortened(dn),
            attribute,
            reason: <&str>::from(reason).to_owned(),
        }
    }
}

/// An organisation of whose persons the feed lacks some, and where nobody was ended for that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SafetyStop {
    /// Its HSA-id.
    pub organisation: String,
    /// How many persons would have been ended.
    pub would_end: usize,
    /// Of how many.
    pub of: usize,
    /// Why nobody was.
    #[serde(default)]
    pub why: StopReason,
}

impl ImportReport {
    /// The dn is that of somebody whom not everybody may see named.
    pub(super) fn hide(&mut self, dn: &str) {
        self.hidden.insert(shortened(dn));
    }

    /// The report without the names of those who are or may be protected: for everybody but the
    /// operator's own files.
    #[must_use]
    pub fn shown(&self) -> Self {
        let mut shown = self.clone();
        let rejected = shown.rejected.iter_mut().map(|entry| &mut entry.dn);
        for dn in rejected.chain(&mut shown.waiting) {
            if self.hidden.contains(dn) {
                *dn = above(dn);
            }
        }
        shown.hidden.clear();
        shown
    }

    /// The report as it is kept: each dn without its first value, which can be a person's name.
    pub(super) fn without_names(&self) -> Self {
        let mut kept = self.clone();
        kept.hidden.clear();
        kept.leaving.clear();
        kept.changes.clear();
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
        self.changes.clear();
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

/// A dn as a report holds it: of one that no directory has, the beginning.
pub(super) fn shortened(dn: &str) -> String {
    match dn.char_indices().nth(LONGEST_DN) {
        Some((end, _)) => format!("{}…", dn.get(..end).unwrap_or_default()),
        None => dn.to_owned(),
    }
}

/// `…,ou=Akuten,c=SE` for `cn=Elin Berg,ou=Akuten,c=SE`: without its first part, and without those
/// after it that are no unit, organisation or place and so may name a person too.
fn above(dn: &str) -> String {
    let mut rest = after_first(dn);
    while !rest.is_empty() && !is_place(rest) {
        rest = after_first(rest);
    }
    // No text in the database can hold NUL.
    let rest = rest.replace('\0', "");
    if rest.is_empty() {
        "…".to_owned()
    } else {
        format!("…,{rest}")
    }
}

/// What follows the first part of a dn; nothing when that does not end.
fn after_first(dn: &str) -> &str {
    let (mut escaped, mut quoted) = (false, false);
    let end = dn.char_indices().find(|&(_, character)| {
        let ends = !escaped && !quoted && matches!(character, ',' | ';');
        quoted ^= character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        ends
    });
    end.and_then(|(at, _)| dn.get(at + 1..)).unwrap_or_default()
}

fn is_place(dn: &str) -> bool {
    let kind = dn.split('=').next().unwrap_or_default().trim();
    PLACES.iter().any(|place| kind.eq_ignore_ascii_case(place))
}

#[cfg(test)]
mod tests {
    use super::{ImportReport, RejectedEntry, above};
    use crate::feed::RejectionReason;

    #[test]
    fn the_name_is_left_out_also_when_it_holds_an_escaped_comma() {
        assert_eq!(above("cn=Elin Berg,ou=Akuten,c=SE"), "…,ou=Akuten,c=SE");
        assert_eq!(above("cn=Berg\\, Elin,ou=Akuten"), "…,ou=Akuten");
        assert_eq!(above("cn=\"Berg, Elin\",ou=Akuten"), "…,ou=Akuten");
        assert_eq!(above("Elin Berg"), "…");
        assert_eq!(above(""), "…");
    }

    #[test]
    fn a_person_above_the_entry_is_left_out_too() {
        assert_eq!(
            above("cn=Roll,CN=Elin Berg, OU=Akuten,c=SE"),
            "…, OU=Akuten,c=SE"
        );
        assert_eq!(above("cn=Roll,uid=elin"), "…");
    }

    #[test]
    fn only_the_names_that_are_hidden_are_left_out_of_what_is_shown() {
        let entry = |dn| RejectedEntry::new((1, dn), None, RejectionReason::Cycle);
        let long = format!("cn={},c=SE", "x".repeat(5_000));
        let mut report = ImportReport {
            rejected: vec![entry("cn=A,c=SE"), entry("cn=B,c=SE"), entry(&long)],
            waiting: vec!["cn=B,c=SE".to_owned(), "cn=C,c=SE".to_owned()],
            ..ImportReport::default()
        };
        report.hide("cn=B,c=SE");
        report.hide(&long);
        let shown = report.shown();
        let dns: Vec<&str> = shown
            .rejected
            .iter()
            .map(|entry| entry.dn.as_str())
            .collect();
        assert_eq!(dns, ["cn=A,c=SE", "…,c=SE", "…"]);
        assert_eq!(shown.waiting, ["…,c=SE", "cn=C,c=SE"]);
        assert_eq!(
            report.rejected[1].dn, "cn=B,c=SE",
            "the operator's own is whole"
        );
        assert!(report.rejected[2].dn.len() < 2_000);
    }
}
