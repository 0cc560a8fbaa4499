//! Persons: names as unevenly spread as names are, with the spellings that sound alike, a post or
//! two, an assignment for every second, and one in two hundred protected.

use cards_domain::values::{PersonName, name_keys, search_key};
use serde_json::json;
use uuid::Uuid;

use super::places::Place;
use super::rows::{Batch, MemberRow, NameRow, PersonRow, PostRow};
use super::{Scene, card, draw, id, kind, skewed};

const GIVEN: &[&str] = &[
    "Anna",
    "Maria",
    "Erik",
    "Lars",
    "Karl",
    "Anders",
    "Johan",
    "Eva",
    "Karin",
    "Per",
    "Elisabeth",
    "Mikael",
    "Kristina",
    "Lena",
    "Nils",
    "Jan",
    "Kerstin",
    "Marie",
    "Sara",
    "Birgitta",
    "Peter",
    "Ingrid",
    "Emma",
    "Fredrik",
    "Malin",
    "Jenny",
    "Hans",
    "Åsa",
    "Märta",
    "Göran",
    "Örjan",
    "Elin",
    "Hanna",
    "Olof",
    "Linnéa",
    "Björn",
    "Sofia",
    "Mats",
    "Gunilla",
    "Daniel",
    "Anna-Karin",
    "Lars-Erik",
    "Ulrika",
    "Fatima",
    "Amina",
    "Zeynep",
    "Milica",
    "Jürgen",
    "Søren",
    "Päivi",
    "Noor",
    "Rojin",
    "Agnieszka",
    "Håkan",
    "Siv",
    "Ylva",
    "Viktoria",
    "Tove",
    "Leif",
    "Farid",
];
const SURNAMES: &[&str] = &[
    "Andersson",
    "Johansson",
    "Karlsson",
    "Nilsson",
    "Eriksson",
    "Larsson",
    "Olsson",
    "Persson",
    "Svensson",
    "Gustafsson",
    "Pettersson",
    "Jonsson",
    "Ericsson",
    "Carlsson",
    "Gustavsson",
    "Petersson",
    "Lindberg",
    "Lindström",
    "Lindqvist",
    "Lindkvist",
    "Lindquist",
    "Bergström",
    "Öberg",
    "Åberg",
    "Östlund",
    "Åkerblom",
    "Söderström",
    "Sjögren",
    "Nyström",
    "Björk",
    "Ek",
    "Holmqvist",
    "Holmkvist",
    "Wikström",
    "Vikström",
    "Lundqvist",
    "Lundkvist",
    "Nordin",
    "Hallgren",
    "Ali",
    "Mohamed",
    "Hussein",
    "Nguyen",
    "Kowalska",
    "Virtanen",
    "Müller",
];
const FRONTS: &[&str] = &[
    "Berg", "Björk", "Dal", "Ek", "Fors", "Gran", "Hag", "Hed", "Hell", "Holm", "Kvarn", "Lilje",
    "Lund", "Löv", "Mal", "Nor", "Ny", "Rosen", "Sand", "Sjö", "Skog", "Strand", "Sund", "Söder",
    "Tall", "Vall", "Väster", "Ål", "Ång", "Öst",
];
const BACKS: &[&str] = &[
    "berg", "blad", "blom", "borg", "dahl", "fors", "gren", "holm", "kvist", "qvist", "lund",
    "mark", "stedt", "ström",
];
const TITLES: &[&str] = &[
    "Sjuksköterska",
    "Undersköterska",
    "Läkare",
    "Sekreterare",
    "Chef",
];

/// Somebody, as far as cards ask.
pub struct Somebody {
    /// Their place among all.
    pub number: u32,
    /// The id.
    pub id: Uuid,
    /// The name.
    pub name: PersonName,
    /// Protected personal data.
    pub is_protected: bool,
}

/// Adds a person with posts and cards.
pub fn add(batch: &mut Batch, scene: &Scene, number: u32) {
    let somebody = Somebody {
        number,
        id: id(kind::PERSON, number),
        name: name(number),
        is_protected: number % 200 == 7,
    };
    let (personal_number, number_index) = scene.numbers.of(number, &scene.seal);
    let place = Place::of(&scene.places, number);
    let mail = (!number.is_multiple_of(5)).then(|| format!("person{number}@seed.example"));
    let empty = PersonRow {
        id: somebody.id,
        number_kind: personal_number.kind().into(),
        number_index,
        number: None,
        given_name: None,
        middle_name: None,
        surname: None,
        surname_key: None,
        mail: None,
        protection: "none",
        sealed: None,
        test_person: false,
        language: "sv",
    };
    let row = if somebody.is_protected {
        let hidden = json!({ "number": personal_number, "name": somebody.name, "mail": mail });
        PersonRow {
            protection: if number % 400 == 7 {
                "confidentiality"
            } else {
                "protected_registration"
            },
            sealed: Some(scene.seal.close("person.sealed", &hidden)),
            ..empty
        }
    } else {
        let name = &somebody.name;
        PersonRow {
            number: Some(personal_number.as_str().to_owned()),
            given_name: name.given().map(str::to_owned),
            middle_name: name.middle().map(str::to_owned),
            surname: Some(name.surname().to_owned()),
            surname_key: Some(search_key(name.surname())),
            mail,
            ..empty
        }
    };
    let may_have_cards = row.number_kind != "reservnummer";
    batch.persons.push(row);
    if !somebody.is_protected {
        add_names(batch, place, &somebody);
    }
    add_posts(batch, place, &somebody);
    // Nobody orders a card of their own.
    if may_have_cards && somebody.id != place.officer {
        card::add(batch, scene, place, &somebody);
    }
}

fn add_names(batch: &mut Batch, place: &Place, somebody: &Somebody) {
    let keys = name_keys(&somebody.name).into_iter();
    batch.names.extend(keys.map(|key| NameRow {
        organisation_id: place.organisation,
        first: key.first,
        second: key.second,
        first_sound: key.first_sound,
        second_sound: key.second_sound,
        person_id: somebody.id,
    }));
}

fn add_posts(batch: &mut Batch, place: &Place, somebody: &Somebody) {
    let number = somebody.number;
    let hsa_id = format!("{}-K{number:06}", place.prefix);
    let unit = draw(number, 1);
    if number.is_multiple_of(2) {
        batch.members.push(MemberRow {
            assignment_id: place.assignment(unit),
            hsa_key: hsa_id.clone(),
            post_id: Some(id(kind::POST, number)),
        });
    }
    batch
        .posts
        .push(post(place, somebody, kind::POST, (hsa_id, unit)));
    if number % 10 == 3 {
        let second = format!("{}-L{number:06}", place.prefix);
        let unit = draw(number, 2);
        batch
            .posts
            .push(post(place, somebody, kind::SECOND_POST, (second, unit)));
    }
}

fn post(place: &Place, who: &Somebody, which: u16, (hsa_id, unit): (String, u32)) -> PostRow {
    let title = skewed(TITLES, who.number, 3);
    PostRow {
        id: id(which, who.number),
        person_id: who.id,
        organisation_id: place.organisation,
        unit_id: Some(place.unit(unit)),
        hsa_key: hsa_id.clone(),
        hsa_id,
        title: (!who.is_protected).then_some(title),
        licences: if title == "Läkare" {
            vec!["LK"]
        } else {
            Vec::new()
        },
        specialities: Vec::new(),
        speciality_codes: Vec::new(),
        system_roles: Vec::new(),
    }
}

fn name(number: u32) -> PersonName {
    let given = skewed(GIVEN, number, 4);
    let surname = if draw(number, 5).is_multiple_of(3) {
        skewed(SURNAMES, number, 6).to_owned()
    } else {
        format!("{}{}", skewed(FRONTS, number, 7), skewed(BACKS, number, 8))
    };
    let second = skewed(SURNAMES, number, 9);
    match draw(number, 10) % 20 {
        0 => PersonName::new(Some(given), Some(second), &surname),
        1 => PersonName::new(Some(given), None, &format!("{second} {surname}")),
        2 => PersonName::new(
            Some(&format!("{given} {}", skewed(GIVEN, number, 11))),
            None,
            &surname,
        ),
        _ => PersonName::new(Some(given), None, &surname),
    }
    .unwrap()
}
