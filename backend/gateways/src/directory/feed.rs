//! Raw entries made into typed ones, and what is counted on the way.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use cards_app::feed::{DirectoryFeed, FeedEntry, Place, Rejection, RejectionReason};

use super::about::{self, About};
use super::build::{Build, Kind};
use super::fields::Fault;
use super::ldif::{BrokenEntry, LdifReader, RawEntry};
use super::mapping::Mapping;
use super::{dn::Dn, fields::Fields};

/// Different names kept in a count; what comes after is counted together, so that no file can
/// make the report grow without end.
const NAMES_COUNTED: usize = 500;
const OTHER_NAMES: &str = "…";

/// What a feed held, known when it has been read to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedCounts {
    /// Entries handed out as usable.
    pub accepted: u64,
    /// Entries handed out as rejections.
    pub rejected: u64,
    /// Entries that only build the tree above the organisations.
    pub tree_entries: u64,
    /// Attributes that feed no field, by name as written.
    pub unknown_attributes: BTreeMap<String, u64>,
    /// Values that were left out of an otherwise usable entry, by attribute: a mail address that
    /// is none, or a sole trader's personal number as organisation number.
    pub values_left_out: BTreeMap<String, u64>,
}

/// Reads a feed in constant memory; see [`Feed`].
///
/// `reader` is what [`super::open`] gives. Whether an HSA-id stands twice in the file, whether a
/// parent is known and whether a birth date lies in the future is for the caller to judge.
pub fn read_feed<R: BufRead>(reader: R, mapping: &Mapping) -> Feed<'_, R> {
    Feed {
        reader: LdifReader::new(reader).needing(about::needed(mapping)),
        mapping,
        counts: FeedCounts::default(),
        failure: None,
        last_is_rejected: false,
    }
}

/// The entries of a feed, each usable or rejected.
///
/// The iterator also ends when the source cannot be read any further: call [`Feed::finish`]
/// before anything is concluded from what the feed did *not* hold.
#[must_use]
pub struct Feed<'m, R> {
    reader: LdifReader<R>,
    mapping: &'m Mapping,
    counts: FeedCounts,
    failure: Option<io::Error>,
    last_is_rejected: bool,
}

impl<R: BufRead> Iterator for Feed<'_, R> {
    type Item = Result<FeedEntry, Rejection>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.failure.is_none() {
            let entry = match self.reader.next_entry() {
                Ok(entry) => match entry? {
                    Ok(raw) => self.read(&raw),
                    Err(broken) => Some(Err(self.broken(broken))),
                },
                Err(failure) => {
                    self.failure = Some(failure);
                    None
                }
            };
            self.last_is_rejected = matches!(entry, Some(Err(_)));
            if let Some(entry) = entry {
                *if entry.is_ok() {
                    &mut self.counts.accepted
                } else {
                    &mut self.counts.rejected
                } += 1;
                return Some(entry);
            }
        }
        None
    }
}

impl<R: BufRead> DirectoryFeed for Feed<'_, R> {
    fn cut_off(&self) -> Option<String> {
        self.failure.as_ref().map(ToString::to_string)
    }

    fn may_lack_its_end(&self) -> bool {
        self.reader.is_unterminated() || self.reader.is_open() && self.last_is_rejected
    }

    fn unknown_attributes(&self) -> BTreeMap<String, u64> {
        self.counts.unknown_attributes.clone()
    }
}

impl<R> Feed<'_, R> {
    /// What was counted.
    ///
    /// # Errors
    /// The source could not be read to its end: what was handed out is not the whole feed.
    pub fn finish(self) -> io::Result<FeedCounts> {
        self.failure.map_or(Ok(self.counts), Err)
    }

    /// `None` for an entry that only builds the tree.
    fn read(&mut self, raw: &RawEntry) -> Option<Result<FeedEntry, Rejection>> {
        let dn = Dn::parse(&raw.dn);
        let read = match &dn {
            Some(dn) => self.read_known(raw, dn),
            None => Err(Fault {
                attribute: None,
                reason: RejectionReason::MalformedDn,
            }),
        };
        match read {
            Ok(entry) => entry.map(Ok),
            Err(fault) => {
                let about = About::whole(raw, dn, self.mapping);
                Some(Err(Self::reject(raw, about, fault)))
            }
        }
    }

    fn broken(&self, broken: BrokenEntry) -> Rejection {
        let fault = Fault {
            attribute: broken.attribute,
            reason: broken.reason,
        };
        let dn = Dn::parse(&broken.entry.dn);
        let about = About::broken(&broken.entry, dn, broken.entries, self.mapping);
        Self::reject(&broken.entry, about, fault)
    }

    fn reject(raw: &RawEntry, about: About, fault: Fault) -> Rejection {
        Rejection {
            line: raw.line,
            dn: raw.dn.clone(),
            attribute: fault.attribute,
            hsa_ids: about.hsa_ids,
            doubt: about.doubt,
            named: about.named,
            reason: fault.reason,
        }
    }

    fn read_known(&mut self, raw: &RawEntry, dn: &Dn) -> Result<Option<FeedEntry>, Fault> {
        let Some(kind) = Kind::of(raw, self.mapping)? else {
            self.counts.tree_entries += 1;
            return Ok(None);
        };
        self.count_unknown(raw, kind);
        let mut left_out = vec![];
        let entry = Build {
            fields: Fields::new(raw),
            place: Place {
                line: raw.line,
                dn: raw.dn.clone(),
                key: dn.key(),
                hsa_attribute: Fields::new(raw).named(kind.hsa_id(self.mapping)),
            },
            dn,
            left_out: &mut left_out,
        }
        .entry(kind, self.mapping)?;
        for attribute in left_out {
            count(&mut self.counts.values_left_out, &attribute);
        }
        Ok(Some(entry))
    }

    fn count_unknown(&mut self, raw: &RawEntry, kind: Kind) {
        let names = raw
            .attributes
            .iter()
            .map(|(name, _)| name)
            .chain(&raw.not_text);
        for name in names {
            let unused = self
                .mapping
                .unused
                .iter()
                .any(|other| other.eq_ignore_ascii_case(name));
            if !unused && !kind.knows(name, self.mapping) {
                count(&mut self.counts.unknown_attributes, name);
            }
        }
    }
}

fn count(counts: &mut BTreeMap<String, u64>, name: &str) {
    if let Some(number) = counts.get_mut(name) {
        *number += 1;
        return;
    }
    let name = if counts.len() < NAMES_COUNTED {
        name
    } else {
        OTHER_NAMES
    };
    *counts.entry(name.to_owned()).or_default() += 1;
}
