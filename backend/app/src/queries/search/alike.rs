//! Who may be taken for another in a list of persons. Whoever may is told apart by the face as well.

use std::collections::HashSet;

use cards_domain::ids::PersonId;
use cards_domain::values::search_key;
use cards_store::queries::Hit;
use chrono::NaiveDate;

/// How many digits of two numbers may differ for the persons to be taken for each other.
const FEW: usize = 2;

/// What of a person is compared.
struct Traits<'a> {
    person: PersonId,
    name: String,
    surname: String,
    born: Option<NaiveDate>,
    number: &'a str,
}

/// Those who may be taken for another of `hits`: one name, one family name and one day of birth, or
/// numbers a few digits apart. Nothing of a protected person is compared, since it would be told.
pub(super) fn among(hits: &[Hit]) -> HashSet<PersonId> {
    let open = hits.iter().filter(|hit| !hit.protection.is_protected());
    let traits: Vec<Traits<'_>> = open.map(Traits::of).collect();
    let is_alike = |one: &&Traits<'_>| {
        let mut others = traits.iter().filter(|other| other.person != one.person);
        others.any(|other| one.is_like(other))
    };
    traits
        .iter()
        .filter(is_alike)
        .map(|one| one.person)
        .collect()
}

impl<'a> Traits<'a> {
    fn of(hit: &'a Hit) -> Self {
        Self {
            person: hit.person,
            name: hit.name.search_key(),
            surname: search_key(hit.name.surname()),
            born: hit.number.birth_date(),
            number: hit.number.as_str(),
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        let one_day = self.born.is_some() && self.born == other.born;
        self.name == other.name
            || (self.surname == other.surname && one_day)
            || are_near(self.number, other.number)
    }
}

fn are_near(one: &str, other: &str) -> bool {
    let pairs = one.chars().zip(other.chars());
    one.len() == other.len() && pairs.filter(|(a, b)| a != b).count() <= FEW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_two_digits_apart_are_near_and_three_are_not() {
        assert!(are_near("198704129801", "198704129810"));
        assert!(!are_near("198704129801", "198704129932"));
        assert!(!are_near("198704129801", "8704129801"));
    }
}
