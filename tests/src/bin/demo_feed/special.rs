//! The cases that systems stumble on: namesakes, twins, scripts, numbers of other kinds, minors.

use crate::crowd::{Maker, licensed, plain};
use crate::numbers::Born;
use crate::people::{Home, Person, Work};

/// Given name (or none), family name, birth, man, unit.
type Case = (Option<&'static str>, &'static str, Born, bool, &'static str);

const NAMESAKES_AND_TWINS: [Case; 12] = [
    (
        Some("Johan"),
        "Karlsson",
        (1983, 2, 17),
        true,
        "Björkvallens sjukhus/Akutmottagningen",
    ),
    (
        Some("Johan"),
        "Karlsson",
        (1983, 2, 17),
        true,
        "Primärvården/Vårdcentralen Hamnen",
    ),
    (
        Some("Eva"),
        "Lundgren",
        (1969, 5, 9),
        false,
        "Primärvården/Vårdcentralen Tallhöjden",
    ),
    (
        Some("Eva"),
        "Lundgren",
        (1969, 5, 9),
        false,
        "Primärvården/Vårdcentralen Tallhöjden",
    ),
    (
        Some("Anna"),
        "Andersson",
        (1975, 10, 1),
        false,
        "Björkvallens sjukhus/Kirurgkliniken",
    ),
    (
        Some("Anna"),
        "Andersson",
        (1991, 1, 30),
        false,
        "Björkvallens sjukhus/Kirurgkliniken",
    ),
    (
        Some("Anna"),
        "Andersson",
        (2001, 6, 6),
        false,
        "Vård och omsorg/Hemsjukvården Söder",
    ),
    (
        Some("Anna"),
        "Andersson",
        (1964, 12, 24),
        false,
        "Regionservice/Servicedesk",
    ),
    (
        Some("Emil"),
        "Sandahl",
        (1994, 8, 25),
        true,
        "Tallhöjdens sjukhus/Ortopedkliniken",
    ),
    (
        Some("Erik"),
        "Sandahl",
        (1994, 8, 25),
        true,
        "Tallhöjdens sjukhus/Ortopedkliniken",
    ),
    (
        Some("Klara"),
        "Bergqvist",
        (1999, 3, 3),
        false,
        "Vård och omsorg/Kommunrehab",
    ),
    (
        Some("Moa"),
        "Bergqvist",
        (1999, 3, 3),
        false,
        "Vård och omsorg/Kommunrehab",
    ),
];

/// Other scripts, rare letters, a single name; the last family name but one is written with
/// decomposed letters.
const SCRIPTS: [Case; 12] = [
    (
        Some("Олена"),
        "Шевченко",
        (1986, 4, 4),
        false,
        "Tallhöjdens sjukhus/Geriatriska kliniken",
    ),
    (
        Some("ليلى"),
        "الحداد",
        (1993, 9, 12),
        false,
        "Näckrosvikens sjukhus/Närakuten Näckrosviken",
    ),
    (
        Some("Δημήτρης"),
        "Παπαδάκης",
        (1978, 2, 2),
        true,
        "Tallhöjdens sjukhus/Röntgen Tallhöjden",
    ),
    (
        Some("芳"),
        "王",
        (1990, 7, 15),
        false,
        "Primärvården/Vårdcentralen Hamnen",
    ),
    (
        Some("Thị Hương"),
        "Nguyễn",
        (1984, 3, 28),
        false,
        "Källgårdens hospice",
    ),
    (
        Some("Łukasz"),
        "Żak",
        (1982, 11, 11),
        true,
        "Fyrbåkens ortopedi",
    ),
    (
        Some("José Ángel"),
        "Núñez de la Peña",
        (1976, 6, 19),
        true,
        "Ljungbackens vårdcentral",
    ),
    (
        Some("Þóra"),
        "Jónsdóttir",
        (1972, 1, 13),
        false,
        "Björkvallens sjukhus/Kvinnokliniken",
    ),
    (
        Some("Søren"),
        "Ærø",
        (1966, 8, 8),
        true,
        "Doktor Eks mottagning",
    ),
    (
        Some("Siobhán"),
        "O’Brien-Ångström",
        (1989, 10, 20),
        false,
        "Elevhälsan",
    ),
    (
        Some("Pa\u{308}r"),
        "A\u{30a}stro\u{308}m",
        (1971, 5, 27),
        true,
        "Läkarhuset Linden",
    ),
    (
        None,
        "Suharti",
        (1987, 12, 3),
        false,
        "Vård och omsorg/Lönngårdens äldreboende",
    ),
];

const COORDINATION: [Case; 6] = [
    (
        Some("Olga"),
        "Kowalska",
        (1995, 2, 11),
        false,
        "Björkvallens sjukhus/Akutmottagningen",
    ),
    (
        Some("Matteo"),
        "Ferri",
        (1992, 4, 23),
        true,
        "Tallhöjdens sjukhus/Röntgen Tallhöjden",
    ),
    (
        Some("Ananya"),
        "Sharma",
        (1997, 7, 7),
        false,
        "Almlunda avdelning 3",
    ),
    (
        Some("Dmytro"),
        "Bondarenko",
        (1988, 9, 18),
        true,
        "Vård och omsorg/Hemsjukvården Norr",
    ),
    (
        Some("Chloé"),
        "Lefèvre",
        (2000, 1, 26),
        false,
        "Primärvården/Vårdcentralen Strandängen",
    ),
    (
        Some("Tariq"),
        "Aziz",
        (1985, 6, 14),
        true,
        "Björkvallens sjukhus/Medicinkliniken",
    ),
];

const MINORS: [Case; 2] = [
    (
        Some("Alva"),
        "Nyström",
        (2009, 9, 12),
        false,
        "Vård och omsorg/Lönngårdens äldreboende",
    ),
    (
        Some("Hugo"),
        "Eklund",
        (2009, 10, 2),
        true,
        "Björkvallens sjukhus/Medicinkliniken",
    ),
];

/// Known by numbers that are not in the population register.
const FOREIGN: [(&str, Case); 2] = [
    (
        "XK4471902",
        (
            Some("Marie"),
            "Dupont",
            (1990, 1, 1),
            false,
            "Fyrbåkens ortopedi",
        ),
    ),
    (
        "19910514A21B",
        (
            Some("Ewa"),
            "Wójcik",
            (1991, 5, 14),
            false,
            "Källgårdens hospice",
        ),
    ),
];

const WITHOUT_ADDRESS: Case = (
    Some("Ingrid"),
    "Falkenö",
    (1962, 3, 5),
    false,
    "Primärvården/Vårdcentralen Näckrosviken",
);

pub fn people(maker: &mut Maker<'_>) -> Vec<Person> {
    let mut people = vec![];
    for case in NAMESAKES_AND_TWINS.into_iter().chain(SCRIPTS) {
        let work = maker.nurse();
        people.extend(swedish(maker, case, work));
    }
    for case in MINORS {
        people.extend(swedish(maker, case, plain("Vårdbiträde", false)));
    }
    if let Some(mut person) = swedish(maker, WITHOUT_ADDRESS, licensed("Barnmorska")) {
        person.home = Home::None;
        people.push(person);
    }
    for case in COORDINATION {
        let number = maker.numbers.take_coordination(case.2, case.3);
        let work = maker.doctor();
        people.extend(number.map(|number| Person {
            home: Home::None,
            ..employed(maker, number, case, work)
        }));
    }
    for (number, case) in FOREIGN {
        let person = employed(maker, number.to_owned(), case, licensed("Fysioterapeut"));
        people.push(Person {
            home: Home::None,
            registered: false,
            ..person
        });
    }
    people
}

fn swedish(maker: &mut Maker<'_>, case: Case, work: Work) -> Option<Person> {
    let number = maker.numbers.take(case.2, case.3)?;
    Some(employed(maker, number, case, work))
}

fn employed(maker: &mut Maker<'_>, number: String, case: Case, work: Work) -> Person {
    let (given, surname, born, _, unit) = case;
    let mut person = maker.person(number, given, surname);
    let unit = maker.places.position(unit).unwrap_or(0);
    person.posts.push(maker.post(unit, work, born.0));
    person
}
