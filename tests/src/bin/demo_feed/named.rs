//! The persons that the demonstration logs in as: fixed names and HSA-ids.

use std::fmt::Write as _;

use crate::crowd::{Maker, licensed, plain};
use crate::numbers::Born;
use crate::people::{Home, Person, Work};
use crate::places::Places;

struct Named {
    key: &'static str,
    given: &'static str,
    surname: &'static str,
    born: Born,
    man: bool,
    /// Work place and what the HSA-id there ends with.
    posts: &'static [(&'static str, &'static str)],
    work: &'static str,
    protected: bool,
    /// Codes of the roles the demonstration appoints to.
    roles: &'static [&'static str],
    /// Key of the card office, empty without one.
    office: &'static str,
    about_sv: &'static str,
    about_en: &'static str,
}

const SOMEBODY: Named = Named {
    key: "",
    given: "",
    surname: "",
    born: (1970, 1, 1),
    man: false,
    posts: &[],
    work: "",
    protected: false,
    roles: &[],
    office: "",
    about_sv: "",
    about_en: "",
};

const NAMED: [Named; 12] = [
    Named {
        key: "karin",
        given: "Karin",
        surname: "Åkerblom",
        born: (1974, 3, 12),
        posts: &[("Regionservice/Kortkontoret Björkvallen", "1001")],
        work: "Id-administratör",
        roles: &["id_admin"],
        office: "bjorkvallen",
        about_sv: "Id-administratör på kortkontoret Björkvallen",
        about_en: "ID administrator at the card office Björkvallen",
        ..SOMEBODY
    },
    Named {
        key: "tove",
        given: "Tove",
        surname: "Hallgren",
        born: (1988, 11, 2),
        posts: &[("Regionservice/Kortkontoret Björkvallen", "1002")],
        work: "Id-administratör",
        roles: &["id_admin"],
        office: "bjorkvallen",
        about_sv: "Id-administratör på samma kontor: den andra personen när två behövs",
        about_en: "ID administrator at the same office: the second person where two are needed",
        ..SOMEBODY
    },
    Named {
        key: "leif",
        given: "Leif",
        surname: "Bergström",
        born: (1967, 6, 21),
        man: true,
        posts: &[("Regionservice/Kortkontoret Tallhöjden", "1003")],
        work: "Id-administratör",
        roles: &["id_admin", "id_admin_protected"],
        office: "tallhojden",
        about_sv: "Id-administratör med behörigheten skyddade personuppgifter",
        about_en: "ID administrator with the permission for protected personal data",
        ..SOMEBODY
    },
    Named {
        key: "anders",
        given: "Anders",
        surname: "Holm",
        born: (1971, 1, 30),
        man: true,
        posts: &[("Regionservice/Enheten för e-tjänstekort", "1004")],
        work: "Enhetschef",
        roles: &["responsible_issuer"],
        about_sv: "Ansvarig utgivare",
        about_en: "Responsible issuer",
        ..SOMEBODY
    },
    Named {
        key: "siv",
        given: "Siv",
        surname: "Lantz",
        born: (1963, 9, 8),
        posts: &[("Regionservice/Enheten för e-tjänstekort", "1005")],
        work: "Handläggare",
        roles: &["deputy_issuer"],
        about_sv: "Biträdande utgivare",
        about_en: "Deputy issuer",
        ..SOMEBODY
    },
    Named {
        key: "farid",
        given: "Farid",
        surname: "Nazari",
        born: (1992, 5, 17),
        man: true,
        posts: &[("Regionservice/Servicedesk", "1006")],
        work: "Supporttekniker",
        roles: &["servicedesk"],
        about_sv: "Servicedesk",
        about_en: "Servicedesk",
        ..SOMEBODY
    },
    Named {
        key: "nadja",
        given: "Nadja",
        surname: "Holm",
        born: (1980, 12, 5),
        posts: &[("Regionservice/Internrevisionen", "1007")],
        work: "Internrevisor",
        roles: &["auditor"],
        about_sv: "Loggranskare",
        about_en: "Auditor of the log",
        ..SOMEBODY
    },
    Named {
        key: "maja",
        given: "Maja",
        surname: "Lindqvist",
        born: (1985, 4, 15),
        posts: &[
            ("Björkvallens sjukhus/Akutmottagningen", "1008"),
            ("Vård och omsorg/Hemsjukvården Norr", "1008"),
        ],
        work: "Sjuksköterska",
        about_sv: "Sjuksköterska på akuten, anställd också i Strandängens kommun",
        about_en: "Nurse at the emergency unit, employed in Strandängens kommun too",
        ..SOMEBODY
    },
    Named {
        key: "maja_k",
        given: "Maja",
        surname: "Lindkvist",
        born: (1985, 4, 15),
        posts: &[(
            "Björkvallens sjukhus/Medicinkliniken/Medicinavdelning 21",
            "1009",
        )],
        work: "Undersköterska",
        about_sv: "Nästan samma namn och samma födelsedatum som Maja Lindqvist",
        about_en: "Nearly the same name and the same birth date as Maja Lindqvist",
        ..SOMEBODY
    },
    Named {
        key: "elin",
        given: "Elin",
        surname: "Wikander",
        born: (1979, 7, 23),
        posts: &[("Björkvallens sjukhus/Medicinkliniken", "1010")],
        work: "Läkare",
        about_sv: "Läkare, kortinnehavare",
        about_en: "Doctor, card holder",
        ..SOMEBODY
    },
    Named {
        key: "oskar",
        given: "Oskar",
        surname: "Wikander",
        born: (1981, 2, 14),
        man: true,
        posts: &[("Björkvallens sjukhus/Rehabiliteringen", "1011")],
        work: "Fysioterapeut",
        about_sv: "Fysioterapeut, kortinnehavare",
        about_en: "Physiotherapist, card holder",
        ..SOMEBODY
    },
    Named {
        key: "ylva",
        given: "Ylva",
        surname: "Sandin",
        born: (1990, 2, 11),
        posts: &[("Tallhöjdens sjukhus/Akutmottagningen Tallhöjden", "1012")],
        work: "Sjuksköterska",
        protected: true,
        about_sv: "Sjuksköterska med skyddade personuppgifter",
        about_en: "Nurse with protected personal data",
        ..SOMEBODY
    },
];

/// The named persons, first in the feed.
pub fn people(maker: &mut Maker<'_>) -> Vec<Person> {
    NAMED
        .iter()
        .filter_map(|named| person(maker, named))
        .collect()
}

fn person(maker: &mut Maker<'_>, named: &Named) -> Option<Person> {
    let number = maker.numbers.take(named.born, named.man)?;
    let mut person = maker.person(number, Some(named.given), named.surname);
    for (unit, suffix) in named.posts {
        let place = maker.places.position(unit)?;
        let mut post = maker.post_with_id(place, work(named.work), named.born.0, suffix);
        let domain = maker.places.units.get(place)?.organisation.mail_domain;
        // The named persons always have an address: the demonstration writes to them.
        post.mail = format!("{}.{suffix}@{domain}", named.key);
        person.posts.push(post);
    }
    if named.protected {
        person.protection = "protected_registration";
        person.home = Home::None;
    }
    Some(person)
}

fn work(title: &'static str) -> Work {
    match title {
        "Läkare" => Work {
            title: "Överläkare",
            speciality: Some(("Internmedicin", "2100")),
            prescriber_code: Some("9000000".to_owned()),
            position_code: Some("991010"),
            ..licensed("Läkare")
        },
        "Sjuksköterska" | "Fysioterapeut" => licensed(title),
        "Undersköterska" => plain(title, true),
        _ => plain(title, false),
    }
}

/// The file that tells the demonstration who these persons are.
pub fn list(places: &Places) -> String {
    let mut text = String::from(
        "# Generated with the feed; see README.md.\n\
         # The persons to log in as in the demonstration. `roles` are what each is appointed to.\n",
    );
    for named in &NAMED {
        let ids: Vec<_> = named
            .posts
            .iter()
            .filter_map(|post| hsa_id(places, post))
            .collect();
        let organisation = named
            .posts
            .first()
            .and_then(|(unit, _)| places.position(unit));
        let organisation = organisation.and_then(|place| places.units.get(place));
        let organisation = organisation.map(|unit| unit.organisation.hsa_id("0001"));
        let _ = write!(
            text,
            "\n[[person]]\nkey = {:?}\nhsa_id = {:?}\nhsa_ids = {ids:?}\nname = \"{} {}\"\n\
             organisation = {:?}\nroles = {:?}\n",
            named.key,
            ids.first().map_or("", String::as_str),
            named.given,
            named.surname,
            organisation.unwrap_or_default(),
            named.roles,
        );
        if !named.office.is_empty() {
            let _ = writeln!(text, "office = {:?}", named.office);
        }
        let _ = writeln!(
            text,
            "about_sv = \"{}\"\nabout_en = \"{}\"",
            named.about_sv, named.about_en
        );
    }
    text
}

fn hsa_id(places: &Places, (unit, suffix): &(&str, &str)) -> Option<String> {
    Some(
        places
            .units
            .get(places.position(unit)?)?
            .organisation
            .hsa_id(suffix),
    )
}
