//! Whom a file may hold without saying so: an entry that cannot be read may be about anybody near
//! it, and in a file that lost its end anybody may have stood. Nobody is ended for being missing
//! there before somebody has looked.

use std::collections::HashSet;

use cards_domain::ids::OrganisationId;
use cards_store::directory::StopReason;

use crate::feed::Doubt;
use crate::import::tree::Tree;

/// So many places are remembered; of more, everybody is in doubt.
const MOST: usize = 1_000;

/// What is in doubt while the file is read.
#[derive(Default)]
pub(super) struct Doubts {
    everywhere: Option<StopReason>,
    below: HashSet<String>,
}

impl Doubts {
    pub(super) fn note(&mut self, doubt: Doubt) {
        match doubt {
            Doubt::Below(dn_key) if self.below.len() < MOST => {
                self.below.insert(dn_key);
            }
            Doubt::Below(_) | Doubt::Anywhere => {
                self.everywhere.get_or_insert(StopReason::UnreadableEntry);
            }
        }
    }

    pub(super) fn note_lost_end(&mut self) {
        self.everywhere = Some(StopReason::EndLost);
    }

    /// The organisations that are in doubt. A place that is in none of those known puts all of them
    /// in doubt.
    pub(super) fn settle(self, tree: &Tree) -> Doubtful {
        let mut doubtful = Doubtful {
            everywhere: self.everywhere,
            organisations: HashSet::new(),
        };
        for dn_key in &self.below {
            match tree.organisation_around(dn_key) {
                Some(organisation) => {
                    doubtful.organisations.insert(organisation);
                }
                None => {
                    let why = StopReason::UnreadableEntry;
                    doubtful.everywhere.get_or_insert(why);
                }
            }
        }
        doubtful
    }
}

/// Organisations of which it is not sure whom the file holds.
#[derive(Default)]
pub(in crate::import) struct Doubtful {
    everywhere: Option<StopReason>,
    organisations: HashSet<OrganisationId>,
}

impl Doubtful {
    /// Why nobody of the organisation may be ended at once; none when nothing is in doubt.
    pub(in crate::import) fn of(&self, organisation: OrganisationId) -> Option<StopReason> {
        let unreadable = self.organisations.contains(&organisation);
        self.everywhere
            .or(unreadable.then_some(StopReason::UnreadableEntry))
    }
}
