//! Whom an entry is about that cannot be used: it stands in the feed all the same, so whoever it may
//! be about is not missing, and may not be named to everybody.

use cards_app::feed::{Doubt, Named};
use cards_domain::values::{HsaId, PersonNumber};

use super::build::Kind;
use super::dn::Dn;
use super::fields::Fields;
use super::ldif::RawEntry;
use super::mapping::Mapping;

/// What can be told of a rejected entry.
pub(super) struct About {
    pub hsa_ids: Vec<HsaId>,
    pub doubt: Option<Doubt>,
    pub named: Named,
}

/// The attributes that [`About`] asks for, also past a fault.
pub(super) fn needed(mapping: &Mapping) -> Vec<String> {
    hsa_id_names(mapping)
        .into_iter()
        .chain(["objectClass".to_owned()])
        .collect()
}

fn hsa_id_names(mapping: &Mapping) -> Vec<String> {
    let kinds = [
        Kind::Person,
        Kind::Assignment,
        Kind::Unit,
        Kind::Organisation,
    ];
    let mut names: Vec<String> = Vec::new();
    for name in kinds.iter().flat_map(|kind| kind.hsa_id(mapping)) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// What the object classes say.
enum Class {
    /// A unit, an organisation, an assignment, or a part of the tree above.
    NoPerson,
    /// Nothing that this installation reads.
    Unknown,
    /// A person, or there are none.
    MayBePerson,
}

impl Class {
    fn of(raw: &RawEntry, mapping: &Mapping) -> Self {
        let object_class = "objectClass".to_owned();
        match Kind::of(raw, mapping) {
            Ok(Some(Kind::Person)) => Self::MayBePerson,
            Ok(_) => Self::NoPerson,
            Err(_) if Fields::new(raw).has_any(&[object_class]) => Self::Unknown,
            Err(_) => Self::MayBePerson,
        }
    }
}

impl About {
    /// Of an entry that could be read and not used.
    pub fn whole(raw: &RawEntry, dn: Option<Dn>, mapping: &Mapping) -> Self {
        let fields = Fields::new(raw);
        let (hsa_ids, is_whole) = fields.hsa_ids(&hsa_id_names(mapping));
        let person = &mapping.person;
        let no_person = match Class::of(raw, mapping) {
            Class::NoPerson => true,
            // A device or a group; but what has a number or an HSA-id may be a person's.
            Class::Unknown => hsa_ids.is_empty() && is_whole && !fields.has_any(&person.number),
            Class::MayBePerson => false,
        };
        if no_person {
            return Self {
                hsa_ids,
                doubt: None,
                named: Named::Nobody,
            };
        }
        let is_known = is_whole && !hsa_ids.is_empty();
        let number = fields.identity(&person.number).ok();
        let number = number.and_then(|found| PersonNumber::parse(&found.value).ok());
        Self {
            hsa_ids,
            doubt: (!is_known).then(|| doubt(dn)),
            named: match fields.flag(&person.protected) {
                Ok(false) => Named::Somebody(number),
                Ok(true) | Err(_) => Named::Hidden,
            },
        }
    }

    /// Of what is left of an entry, or of several that have run together.
    pub fn broken(raw: &RawEntry, dn: Option<Dn>, entries: usize, mapping: &Mapping) -> Self {
        let (hsa_ids, is_whole) = Fields::new(raw).hsa_ids(&hsa_id_names(mapping));
        let no_person = matches!(Class::of(raw, mapping), Class::NoPerson) && entries == 1;
        let is_known = is_whole && hsa_ids.len() >= entries;
        let doubt = match entries {
            _ if is_known || no_person => None,
            1 => Some(doubt(dn)),
            _ => Some(Doubt::Anywhere),
        };
        Self {
            hsa_ids,
            doubt,
            named: if no_person {
                Named::Nobody
            } else {
                Named::Hidden
            },
        }
    }
}

fn doubt(dn: Option<Dn>) -> Doubt {
    dn.map(|dn| dn.parent())
        .filter(|parent| !parent.is_empty())
        .map_or(Doubt::Anywhere, Doubt::Below)
}
