//! Six hundred thousand valid numbers that belong to nobody. Birth numbers 980–999 are never given
//! out, which leaves twenty a day: 69 years of birth give 504,000 personnummer, 90,000 more persons
//! have a samordningsnummer, and the rest the reserve number of a region. Somebody with a reserve
//! number never has a card.

use std::collections::HashSet;

use cards_domain::values::{PersonNumber, luhn_check_digit};
use chrono::{Datelike as _, Days, NaiveDate};
use diesel::prelude::*;

use super::sealed::Sealer;
use crate::schema::person;

const PERSONNUMMER: u32 = 504_000;
const SAMORDNINGSNUMMER: u32 = 90_000;
/// Days of birth from the beginning of 1940.
const DAYS: u32 = 25_200;

/// The numbers, beside those that are taken: known by their keyed hash, which protected persons have too.
pub struct Numbers(HashSet<Vec<u8>>);

impl Numbers {
    /// All that the directory does not have yet.
    pub fn beside(conn: &mut PgConnection) -> Self {
        let taken = person::table.select(person::number_index).load(conn);
        Self(taken.unwrap().into_iter().collect())
    }

    /// The number of somebody, and its keyed hash; always the same.
    pub fn of(&self, person: u32, sealer: &Sealer) -> (PersonNumber, Vec<u8>) {
        let written = if person < PERSONNUMMER {
            dated(person, 0)
        } else if person < PERSONNUMMER + SAMORDNINGSNUMMER {
            dated(person - PERSONNUMMER, 60)
        } else {
            reserve(person)
        };
        let number = PersonNumber::parse(&written).unwrap();
        let index = sealer.index(number.as_str());
        if !self.0.contains(&index) {
            return (number, index);
        }
        let number = PersonNumber::parse(&reserve(person)).unwrap();
        let index = sealer.index(number.as_str());
        (number, index)
    }
}

/// A coordination number that nobody seeded has, for up to 100,000 more persons.
pub fn spare(place: u32) -> String {
    dated(10 * DAYS + place, 60)
}

/// 12 digits: a day, with `added` to it, a birth number from 980 on, and the check digit.
fn dated(place: u32, added: u32) -> String {
    let first = NaiveDate::from_ymd_opt(1940, 1, 1).unwrap();
    let born = first + Days::new(u64::from(place % DAYS));
    // From the far end, since the demonstration's people begin at the near one.
    let birth_number = 999 - place / DAYS;
    let (year, month, day) = (born.year(), born.month(), born.day() + added);
    let body = format!("{year:04}{month:02}{day:02}{birth_number:03}");
    let digits: Vec<u8> = body.bytes().skip(2).map(|byte| byte - b'0').collect();
    format!("{body}{}", luhn_check_digit(&digits))
}

fn reserve(person: u32) -> String {
    format!("99{person:010}")
}
