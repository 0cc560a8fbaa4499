//! The feed and the register as text.

use cards_domain::values::PersonName;

use crate::ldif::Ldif;
use crate::people::{Home, Person, Post};
use crate::places::{ORGANISATIONS, Organisation, Places, Purpose, Unit};

/// A provider of which the directory has no organisation number: a flaw to be shown.
const WITHOUT_NUMBER: &str = "Doktor Ek & Co AB";
/// One unit in so many lacks its workplace code, and as many its e-mail.
const FLAWED_UNIT: usize = 23;

/// The directory feed.
pub fn directory(places: &Places, people: &[Person]) -> String {
    let mut ldif = Ldif::new();
    ldif.comment("Invented persons and organisations for demonstration; see README.md.");
    ldif.entry("c=SE");
    ldif.line("objectClass", "country");
    ldif.line("c", "SE");
    for organisation in &ORGANISATIONS {
        write_organisation(&mut ldif, organisation);
    }
    for (place, unit) in places.units.iter().enumerate() {
        write_unit(&mut ldif, place, unit);
    }
    for person in people {
        for post in &person.posts {
            if let Some(unit) = places.units.get(post.unit) {
                write_person(&mut ldif, unit, person, post);
            }
        }
    }
    for (place, unit) in places.units.iter().enumerate() {
        write_assignments(&mut ldif, place, unit, people);
    }
    ldif.text
}

fn write_organisation(ldif: &mut Ldif, organisation: &Organisation) {
    ldif.entry(&organisation.dn());
    ldif.line("objectClass", "organization");
    ldif.line("objectClass", "hsaOrganisation");
    ldif.line("o", organisation.name);
    ldif.line("hsaIdentity", &organisation.hsa_id("0001"));
    if organisation.name != WITHOUT_NUMBER {
        ldif.line("orgNo", organisation.number);
    }
    ldif.line("management", organisation.owner);
    ldif.line("mail", &format!("registrator@{}", organisation.mail_domain));
    ldif.line("telephoneNumber", "0990-10000");
    ldif.line("startDate", "20040101");
}

fn write_unit(ldif: &mut Ldif, place: usize, unit: &Unit) {
    let suffix = unit.hsa_id.rsplit('-').next().unwrap_or_default();
    ldif.entry(&unit.dn());
    ldif.line("objectClass", "organizationalUnit");
    ldif.line("objectClass", "hsaUnit");
    ldif.line("ou", unit.name());
    ldif.line("hsaIdentity", &unit.hsa_id);
    ldif.line(
        "hsaResponsibleHealthCareProvider",
        &unit.organisation.hsa_id("0001"),
    );
    if place % FLAWED_UNIT != 5 {
        ldif.line("unitPrescriptionCode", &format!("99{place:03}00000000"));
    }
    if place % FLAWED_UNIT != 8 {
        let mail = format!(
            "{}@{}",
            suffix.to_lowercase(),
            unit.organisation.mail_domain
        );
        ldif.line("mail", &mail);
    }
    ldif.line("telephoneNumber", &format!("0990-{}", 20_000 + 7 * place));
    ldif.line(
        "hsaVisitingAddress",
        &format!("{}$Vårdgatan {}", unit.name(), place + 1),
    );
    ldif.line("postalCode", "99100");
    ldif.line("l", unit.city());
    ldif.line("startDate", "20040101");
}

fn write_person(ldif: &mut Ldif, unit: &Unit, person: &Person, post: &Post) {
    let names = [
        person.given.as_deref(),
        person.middle.as_deref(),
        Some(person.surname.as_str()),
    ];
    let full = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let above = unit.dn();
    let cn = ldif.free_name(&full, &above);
    ldif.entry(&format!("cn={cn},{above}"));
    ldif.line("objectClass", "inetOrgPerson");
    ldif.line("objectClass", "hsaPersonExtension");
    ldif.line("cn", &cn);
    ldif.line("fullName", &full);
    ldif.line("hsaIdentity", &post.hsa_id);
    ldif.line("personalIdentityNumber", &person.number);
    ldif.line("givenName", person.given.as_deref().unwrap_or_default());
    ldif.line("middleName", person.middle.as_deref().unwrap_or_default());
    ldif.line("sn", &person.surname);
    write_work(ldif, post);
    if person.protected() {
        ldif.line("hsaProtectedPerson", "TRUE");
    }
    ldif.line("hsaFeignedPerson", "TRUE");
    ldif.line("hsaStartDate", &post.starts);
    ldif.line("hsaEndDate", post.ends.unwrap_or_default());
}

fn write_work(ldif: &mut Ldif, post: &Post) {
    ldif.line("mail", &post.mail);
    ldif.line("telephoneNumber", post.phone.as_deref().unwrap_or_default());
    ldif.line("title", post.work.title);
    ldif.line("hsaTitle", post.work.licence.unwrap_or_default());
    ldif.line("paTitleCode", post.work.position_code.unwrap_or_default());
    if let Some((name, code)) = post.work.speciality {
        ldif.line("hsaSpecialityName", name);
        ldif.line("hsaSpecialityCode", code);
    }
    ldif.line(
        "hsaPersonPrescriptionCode",
        post.work.prescriber_code.as_deref().unwrap_or_default(),
    );
}

fn write_assignments(ldif: &mut Ldif, place: usize, unit: &Unit, people: &[Person]) {
    let posts = people.iter().flat_map(|person| &person.posts);
    let staff: Vec<_> = posts
        .filter(|post| post.unit == place && post.work.care)
        .collect();
    if staff.is_empty() || matches!(unit.purpose, Purpose::Frame | Purpose::Office) {
        return;
    }
    write_assignment(ldif, unit, "Vård och behandling", "C1", &staff);
    if place.is_multiple_of(4) {
        let few: Vec<_> = staff.into_iter().take(3).collect();
        write_assignment(ldif, unit, "Kvalitetsregister", "C2", &few);
    }
}

fn write_assignment(ldif: &mut Ldif, unit: &Unit, purpose: &str, suffix: &str, staff: &[&Post]) {
    ldif.entry(&format!("cn={purpose},{}", unit.dn()));
    ldif.line("objectClass", "hsaCommission");
    ldif.line("cn", purpose);
    ldif.line("hsaIdentity", &format!("{}{suffix}", unit.hsa_id));
    ldif.line("hsaCommissionPurpose", purpose);
    ldif.line("hsaCommissionRight", "Läsa;alla;VE");
    for (turn, post) in staff.iter().enumerate() {
        let (starts, ends) = match turn % 20 {
            7 => ("20250101", "20251231230000Z"),
            3 | 11 => (post.starts.as_str(), post.ends.unwrap_or_default()),
            _ => ("", ""),
        };
        ldif.line(
            "hsaCommissionMember",
            &format!("{};{starts};{ends}", post.hsa_id),
        );
    }
}

/// The population register: one line for each Swedish number.
pub fn register(people: &[Person]) -> String {
    let mut text = String::from(
        "number;given;middle;surname;calling_name;co;street;postcode;city;protection;deceased;\
         special_address\n",
    );
    for person in people.iter().filter(|person| person.registered) {
        text.push_str(&register_line(person));
        text.push('\n');
    }
    text
}

/// The register writes letters composed where a directory may not.
fn register_line(person: &Person) -> String {
    let given = [person.given.as_deref(), person.more_given.as_deref()];
    let given = given.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let calling = composed(person.given.as_deref().unwrap_or_default());
    let (co, street, postcode, city) = match &person.home {
        Home::At {
            co,
            street,
            postcode,
            city,
        } => (
            co.as_deref().unwrap_or_default(),
            street.as_str(),
            *postcode,
            *city,
        ),
        Home::None => ("", "", "", ""),
    };
    let special = if person.protected() {
        "Förmedlas av Skatteverket"
    } else {
        ""
    };
    [
        &person.number,
        &composed(&given),
        person.middle.as_deref().unwrap_or_default(),
        &composed(&person.surname),
        &calling,
        co,
        street,
        postcode,
        city,
        person.protection,
        person.deceased.unwrap_or_default(),
        special,
    ]
    .join(";")
}

fn composed(name: &str) -> String {
    PersonName::new(None, None, name).map_or_else(|_| String::new(), |name| name.full())
}
