//! Where an entry of a feed belongs: below which organisation and unit.
//!
//! A file names the entry above by its dn. What the file does not hold itself is looked for among
//! the known organisations and units by the names in the dn, so that a delta can hold a person
//! without the person's unit.

use std::collections::HashMap;

use cards_domain::ids::{OrganisationId, UnitId};
use cards_domain::values::{HsaId, search_key};
use cards_store::directory::{KnownTree, KnownUnit};

/// What an entry stands below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Above {
    pub organisation: OrganisationId,
    /// `None` directly below the organisation.
    pub unit: Option<UnitId>,
}

/// A unit would stand below itself.
pub(super) struct Cycle;

/// Names from the entry itself up to its organisation, folded.
type Path = Vec<String>;

#[derive(Default)]
pub(super) struct Tree {
    organisations: HashMap<String, OrganisationId>,
    units: HashMap<String, UnitId>,
    parents: HashMap<UnitId, Option<UnitId>>,
    homes: HashMap<UnitId, OrganisationId>,
    in_file: HashMap<String, Above>,
    /// `None` where two have the same names.
    known: HashMap<Path, Option<Above>>,
}

impl Tree {
    pub(super) fn new(known: &KnownTree) -> Self {
        let mut tree = Self::default();
        let mut names = HashMap::new();
        for (id, hsa_key, name) in &known.organisations {
            tree.organisations.insert(hsa_key.clone(), *id);
            names.insert(*id, name.as_str());
            tree.know(
                vec![search_key(name)],
                Above {
                    organisation: *id,
                    unit: None,
                },
            );
        }
        let by_id: HashMap<UnitId, &KnownUnit> =
            known.units.iter().map(|unit| (unit.id, unit)).collect();
        for unit in &known.units {
            tree.units.insert(unit.hsa_key.clone(), unit.id);
            tree.parents.insert(unit.id, unit.parent);
            tree.homes.insert(unit.id, unit.organisation);
            let top = names.get(&unit.organisation).copied().unwrap_or_default();
            let above = Above {
                organisation: unit.organisation,
                unit: Some(unit.id),
            };
            tree.know(path(unit, &by_id, top), above);
        }
        tree
    }

    fn know(&mut self, path: Path, above: Above) {
        self.known
            .entry(path)
            .and_modify(|known| *known = None)
            .or_insert(Some(above));
    }

    /// The entry with this dn, as far as the file has held it.
    pub(super) fn in_file(&self, dn_key: &str) -> Option<Above> {
        self.in_file.get(dn_key).copied()
    }

    /// The organisation or unit with this dn that was known before the file.
    pub(super) fn known_before(&self, dn_key: &str) -> Option<Above> {
        self.known.get(&path_of_dn(dn_key)?).copied().flatten()
    }

    /// The organisation in which an entry with this dn stands, whether or not its unit is known.
    pub(super) fn organisation_around(&self, dn_key: &str) -> Option<OrganisationId> {
        std::iter::successors(Some(dn_key), |key| above(key))
            .find_map(|key| self.in_file(key).or_else(|| self.known_before(key)))
            .map(|above| above.organisation)
    }

    /// The organisation that has this HSA-id already.
    pub(super) fn organisation_of(&self, hsa_id: &HsaId) -> Option<OrganisationId> {
        self.organisations.get(&hsa_id.search_key()).copied()
    }

    /// In which organisation the unit with this HSA-id was before the file.
    pub(super) fn home_of(&self, hsa_id: &HsaId) -> Option<OrganisationId> {
        let unit = self.units.get(&hsa_id.search_key())?;
        self.homes.get(unit).copied()
    }

    pub(super) fn organisation(
        &mut self,
        hsa_id: &HsaId,
        dn_key: String,
        new_id: impl FnOnce() -> uuid::Uuid,
    ) -> OrganisationId {
        let make = || OrganisationId(new_id());
        let organisation = *self
            .organisations
            .entry(hsa_id.search_key())
            .or_insert_with(make);
        self.in_file.entry(dn_key).or_insert(Above {
            organisation,
            unit: None,
        });
        organisation
    }

    pub(super) fn unit(
        &mut self,
        hsa_id: &HsaId,
        dn_key: String,
        above: Above,
        new_id: impl FnOnce() -> uuid::Uuid,
    ) -> Result<UnitId, Cycle> {
        let known = self.units.get(&hsa_id.search_key()).copied();
        if known.is_some_and(|id| self.stands_below(above.unit, id)) {
            return Err(Cycle);
        }
        let id = known.unwrap_or_else(|| UnitId(new_id()));
        self.units.insert(hsa_id.search_key(), id);
        self.parents.insert(id, above.unit);
        let own = Above {
            organisation: above.organisation,
            unit: Some(id),
        };
        self.in_file.entry(dn_key).or_insert(own);
        Ok(id)
    }

    /// Whether `unit` is `id` or stands below it.
    fn stands_below(&self, unit: Option<UnitId>, id: UnitId) -> bool {
        let mut ancestors =
            std::iter::successors(unit, |unit| self.parents.get(unit).copied().flatten());
        // No tree is deeper than it has units; the limit ends a walk through damaged data.
        ancestors
            .by_ref()
            .take(self.parents.len() + 1)
            .any(|ancestor| ancestor == id)
    }
}

/// The dn of the entry above; none at the top.
fn above(dn_key: &str) -> Option<&str> {
    let mut escaped = false;
    let end = dn_key.char_indices().find(|&(_, character)| {
        let ends = !escaped && character == ',';
        escaped = character == '\\' && !escaped;
        ends
    });
    end.and_then(|(at, _)| dn_key.get(at + 1..))
}

fn path(unit: &KnownUnit, by_id: &HashMap<UnitId, &KnownUnit>, top: &str) -> Path {
    std::iter::successors(Some(unit), |unit| by_id.get(&unit.parent?).copied())
        .take(by_id.len())
        .map(|unit| search_key(&unit.name))
        .chain([search_key(top)])
        .collect()
}

/// The names of the units and the organisation in a dn. Other levels, such as county and country,
/// are passed over; `None` when the entry itself is neither unit nor organisation.
fn path_of_dn(dn_key: &str) -> Option<Path> {
    let parts = components(dn_key);
    let named = |part: &String| {
        let (kind, name) = part.split_once('=')?;
        matches!(kind, "ou" | "o").then(|| search_key(name))
    };
    parts.first().and_then(named)?;
    Some(parts.iter().filter_map(named).collect())
}

/// The components of a dn without escapes.
fn components(dn_key: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut characters = dn_key.chars();
    while let Some(character) = characters.next() {
        let taken = match character {
            ',' => {
                parts.push(String::new());
                continue;
            }
            '\\' => characters.next(),
            other => Some(other),
        };
        if let (Some(part), Some(taken)) = (parts.last_mut(), taken) {
            part.push(taken);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn known() -> KnownTree {
        let organisation = OrganisationId(Uuid::from_u128(1));
        let unit = |id, parent: Option<u128>, name: &str| KnownUnit {
            id: UnitId(Uuid::from_u128(id)),
            organisation,
            parent: parent.map(|id| UnitId(Uuid::from_u128(id))),
            hsa_key: format!("SE2321000016-{id}"),
            name: name.to_owned(),
        };
        KnownTree {
            organisations: vec![(
                organisation,
                "SE2321000016-1".to_owned(),
                "Region X".to_owned(),
            )],
            units: vec![
                unit(2, None, "Kirurgi, akut"),
                unit(3, Some(2), "Avd 1"),
                unit(4, None, "Dubbel"),
                unit(5, None, "Dubbel"),
            ],
        }
    }

    fn unit_at(tree: &Tree, dn_key: &str) -> Option<u128> {
        tree.known_before(dn_key)
            .and_then(|above| above.unit)
            .map(|unit| unit.0.as_u128())
    }

    #[test]
    fn a_known_unit_is_found_by_the_names_of_its_dn() {
        let tree = Tree::new(&known());
        let of_avd = "ou=avd 1,ou=kirurgi\\, akut,o=region x,l=v\u{e4}rmland,c=se";
        assert_eq!(unit_at(&tree, of_avd), Some(3));
        assert_eq!(
            unit_at(&tree, "ou=kirurgi\\, akut,o=region x,c=se"),
            Some(2)
        );
        assert_eq!(unit_at(&tree, "ou=avd 1,o=region x,c=se"), None);
        assert_eq!(
            unit_at(&tree, "cn=avd 1,ou=kirurgi\\, akut,o=region x,c=se"),
            None
        );
        assert!(
            tree.known_before("o=region x,c=se")
                .is_some_and(|above| above.unit.is_none())
        );
    }

    #[test]
    fn the_organisation_around_an_entry_is_found_also_below_an_unknown_unit() {
        let tree = Tree::new(&known());
        let around = |dn| tree.organisation_around(dn).map(|id| id.0.as_u128());
        assert_eq!(around("ou=ny\\, sent,ou=okänd,o=region x,c=se"), Some(1));
        assert_eq!(around("o=region x,c=se"), Some(1));
        assert_eq!(around("ou=okänd,o=annan,c=se"), None);
        assert_eq!(around(""), None);
    }

    #[test]
    fn two_units_with_the_same_names_are_not_guessed_between() {
        assert_eq!(
            unit_at(&Tree::new(&known()), "ou=dubbel,o=region x,c=se"),
            None
        );
    }

    #[test]
    fn a_unit_below_its_own_child_is_a_cycle() {
        let mut tree = Tree::new(&known());
        let child = tree
            .known_before("ou=avd 1,ou=kirurgi\\, akut,o=region x,c=se")
            .unwrap();
        let parent = HsaId::parse("SE2321000016-2").unwrap();
        let dn = "ou=a,ou=avd 1,ou=kirurgi\\, akut,o=region x,c=se".to_owned();
        assert!(
            tree.unit(&parent, dn, child, || Uuid::from_u128(9))
                .is_err()
        );
    }
}
