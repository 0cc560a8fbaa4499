//! The invented organisations and their units.

/// What a unit is for, which decides who works there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Holds other units.
    Frame,
    Hospital,
    Clinic,
    HomeCare,
    Rehabilitation,
    Dental,
    Office,
}

/// An organisation: care provider or municipality.
pub struct Organisation {
    pub name: &'static str,
    /// Organisation number, invented.
    pub number: &'static str,
    pub owner: &'static str,
    pub mail_domain: &'static str,
    pub city: &'static str,
    /// Units as paths below the organisation, each after the one above it.
    units: &'static [(&'static str, Purpose)],
}

impl Organisation {
    pub fn hsa_id(&self, suffix: &str) -> String {
        format!("SE{}-{suffix}", self.number)
    }

    pub fn dn(&self) -> String {
        format!("o={},c=SE", self.name)
    }
}

/// A unit with its place in the tree.
pub struct Unit {
    pub organisation: &'static Organisation,
    pub path: &'static str,
    pub purpose: Purpose,
    pub hsa_id: String,
}

impl Unit {
    pub fn name(&self) -> &'static str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }

    pub fn dn(&self) -> String {
        let names = self.path.rsplit('/').map(|name| format!("ou={name},"));
        names.collect::<String>() + &self.organisation.dn()
    }

    pub fn city(&self) -> &'static str {
        let cities = [
            ("Björkvallen", "Björkvallen"),
            ("Tallhöjden", "Tallhöjden"),
            ("Näckrosviken", "Näckrosviken"),
            ("Strandängen", "Strandängen"),
        ];
        let found = cities.iter().find(|(word, _)| self.path.contains(word));
        found.map_or(self.organisation.city, |(_, city)| city)
    }
}

/// All units of all organisations, in the order of the feed.
pub struct Places {
    pub units: Vec<Unit>,
}

impl Places {
    pub fn new() -> Self {
        let units = ORGANISATIONS.iter().flat_map(|organisation| {
            organisation
                .units
                .iter()
                .zip(1..)
                .map(|(&(path, purpose), number)| Unit {
                    organisation,
                    path,
                    purpose,
                    hsa_id: organisation.hsa_id(&format!("U{number:03}")),
                })
        });
        Self {
            units: units.collect(),
        }
    }

    /// Where the unit with this path stands among the units.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.units.iter().position(|unit| unit.path == path)
    }

    /// The units of an organisation where people work.
    pub fn staffed(&self, organisation: &str) -> Vec<usize> {
        let units = self.units.iter().enumerate();
        units
            .filter(|(_, unit)| {
                unit.organisation.name == organisation && unit.purpose != Purpose::Frame
            })
            .map(|(place, _)| place)
            .collect()
    }
}

pub const REGION: &str = "Region Mälarvik";
pub const MUNICIPALITY: &str = "Strandängens kommun";

use Purpose::{Clinic, Dental, Frame, HomeCare, Hospital, Office, Rehabilitation};

macro_rules! private {
    ($name:literal, $number:literal, $domain:literal, $city:literal, $units:expr) => {
        Organisation {
            name: $name,
            number: $number,
            owner: "Privat",
            mail_domain: $domain,
            city: $city,
            units: $units,
        }
    };
}

/// The organisations, the region first.
pub const ORGANISATIONS: [Organisation; 14] = [
    Organisation {
        name: REGION,
        number: "2399000013",
        owner: "Region",
        mail_domain: "malarvik.example",
        city: "Mälarvik",
        units: REGION_UNITS,
    },
    Organisation {
        name: MUNICIPALITY,
        number: "2199000015",
        owner: "Kommun",
        mail_domain: "strandangen.example",
        city: "Strandängen",
        units: MUNICIPAL_UNITS,
    },
    private!(
        "Ljungbackens vårdcentral AB",
        "5599990016",
        "ljungbacken.example",
        "Mälarvik",
        &[
            ("Ljungbackens vårdcentral", Clinic),
            (
                "Ljungbackens vårdcentral/Barnavårdscentralen Ljungbacken",
                Clinic
            ),
            ("Ljungbackens vårdcentral/Rehab Ljungbacken", Rehabilitation),
        ]
    ),
    private!(
        "Norrsjö hemsjukvård AB",
        "5599990024",
        "norrsjo.example",
        "Tallhöjden",
        &[
            ("Norrsjö hemsjukvård Tallhöjden", HomeCare),
            ("Norrsjö hemsjukvård Mälarvik", HomeCare),
        ]
    ),
    private!(
        "Ögonhälsan i Mälarvik AB",
        "5599990032",
        "ogonhalsan.example",
        "Mälarvik",
        &[("Ögonmottagningen Hamngatan", Clinic),]
    ),
    private!(
        "Fyrbåkens specialistvård AB",
        "5599990040",
        "fyrbaken.example",
        "Mälarvik",
        &[
            ("Fyrbåkens ortopedi", Hospital),
            ("Fyrbåkens ortopedi/Fyrbåkens operation", Hospital),
            ("Fyrbåkens hudmottagning", Clinic),
        ]
    ),
    private!(
        "Rörelseverket Björkvallen AB",
        "5599990057",
        "rorelseverket.example",
        "Björkvallen",
        &[("Rörelseverket fysioterapi", Rehabilitation),]
    ),
    private!(
        "Tandläkarna vid Torget HB",
        "5599990065",
        "torgettand.example",
        "Mälarvik",
        &[("Tandläkarna vid Torget", Dental),]
    ),
    private!(
        "Almlunda psykiatri AB",
        "5599990073",
        "almlunda.example",
        "Näckrosviken",
        &[
            ("Almlunda öppenvård", Clinic),
            ("Almlunda avdelning 3", Hospital),
        ]
    ),
    private!(
        "Stiftelsen Källgården",
        "5599990081",
        "kallgarden.example",
        "Strandängen",
        &[
            ("Källgårdens hospice", Hospital),
            ("Källgårdens avancerade hemsjukvård", HomeCare),
        ]
    ),
    private!(
        "Barnmorskorna Näckrosviken AB",
        "5599990099",
        "barnmorskorna.example",
        "Näckrosviken",
        &[("Barnmorskemottagningen Näckrosen", Clinic),]
    ),
    private!(
        "Vaccin & Resa Mälarvik AB",
        "5599990107",
        "vaccinresa.example",
        "Mälarvik",
        &[("Vaccinationsmottagningen Stationen", Clinic),]
    ),
    private!(
        "Läkarhuset Linden AB",
        "5599990115",
        "lakarhusetlinden.example",
        "Björkvallen",
        &[
            ("Läkarhuset Linden", Clinic),
            ("Läkarhuset Linden/Linden provtagning", Clinic),
        ]
    ),
    private!(
        "Doktor Ek & Co AB",
        "5599990123",
        "doktorek.example",
        "Tallhöjden",
        &[("Doktor Eks mottagning", Clinic),]
    ),
];

const REGION_UNITS: &[(&str, Purpose)] = &[
    ("Björkvallens sjukhus", Frame),
    ("Björkvallens sjukhus/Akutmottagningen", Hospital),
    ("Björkvallens sjukhus/Kirurgkliniken", Hospital),
    (
        "Björkvallens sjukhus/Kirurgkliniken/Kirurgavdelning 11",
        Hospital,
    ),
    (
        "Björkvallens sjukhus/Kirurgkliniken/Kirurgavdelning 12",
        Hospital,
    ),
    ("Björkvallens sjukhus/Kirurgkliniken/Operation", Hospital),
    ("Björkvallens sjukhus/Medicinkliniken", Hospital),
    (
        "Björkvallens sjukhus/Medicinkliniken/Medicinavdelning 21",
        Hospital,
    ),
    (
        "Björkvallens sjukhus/Medicinkliniken/Medicinavdelning 22",
        Hospital,
    ),
    ("Björkvallens sjukhus/Kvinnokliniken", Hospital),
    (
        "Björkvallens sjukhus/Kvinnokliniken/Förlossningen",
        Hospital,
    ),
    ("Björkvallens sjukhus/Rehabiliteringen", Rehabilitation),
    ("Tallhöjdens sjukhus", Frame),
    ("Tallhöjdens sjukhus/Akutmottagningen Tallhöjden", Hospital),
    ("Tallhöjdens sjukhus/Geriatriska kliniken", Hospital),
    (
        "Tallhöjdens sjukhus/Geriatriska kliniken/Geriatrikavdelning 4",
        Hospital,
    ),
    ("Tallhöjdens sjukhus/Ortopedkliniken", Hospital),
    (
        "Tallhöjdens sjukhus/Ortopedkliniken/Ortopedavdelning 7",
        Hospital,
    ),
    ("Tallhöjdens sjukhus/Röntgen Tallhöjden", Hospital),
    ("Näckrosvikens sjukhus", Frame),
    ("Näckrosvikens sjukhus/Närakuten Näckrosviken", Hospital),
    ("Näckrosvikens sjukhus/Psykiatriska kliniken", Hospital),
    (
        "Näckrosvikens sjukhus/Psykiatriska kliniken/Psykiatriavdelning 2",
        Hospital,
    ),
    (
        "Näckrosvikens sjukhus/Barn- och ungdomsmottagningen",
        Clinic,
    ),
    ("Primärvården", Frame),
    ("Primärvården/Vårdcentralen Hamnen", Clinic),
    ("Primärvården/Vårdcentralen Björkvallen", Clinic),
    ("Primärvården/Vårdcentralen Tallhöjden", Clinic),
    ("Primärvården/Vårdcentralen Strandängen", Clinic),
    ("Primärvården/Vårdcentralen Näckrosviken", Clinic),
    ("Folktandvården", Frame),
    ("Folktandvården/Folktandvården Mälarvik", Dental),
    ("Regionservice", Frame),
    ("Regionservice/Kortkontoret Björkvallen", Office),
    ("Regionservice/Kortkontoret Tallhöjden", Office),
    ("Regionservice/Kortkontoret Strandängen", Office),
    ("Regionservice/Servicedesk", Office),
    ("Regionservice/Enheten för e-tjänstekort", Office),
    ("Regionservice/Internrevisionen", Office),
];

const MUNICIPAL_UNITS: &[(&str, Purpose)] = &[
    ("Vård och omsorg", Frame),
    ("Vård och omsorg/Hemsjukvården Norr", HomeCare),
    ("Vård och omsorg/Hemsjukvården Söder", HomeCare),
    ("Vård och omsorg/Lönngårdens äldreboende", HomeCare),
    ("Vård och omsorg/Kommunrehab", Rehabilitation),
    ("Elevhälsan", Clinic),
    ("Kommunkontoret", Office),
];
