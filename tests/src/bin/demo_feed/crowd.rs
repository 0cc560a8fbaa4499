//! Everybody: the named, the special cases, and the crowd that makes the number two thousand.

use crate::lists;
use crate::numbers::{Born, Numbers};
use crate::people::{Home, Person, Post, Work};
use crate::places::{MUNICIPALITY, ORGANISATIONS, Places, Purpose, REGION};
use crate::random::Random;
use crate::{named, special};

const PERSONS: usize = 2_000;
/// Protected persons drawn from the crowd, besides the named one.
const PROTECTED: usize = 11;
const SEED: u64 = 0x4b6f_7274;
/// What doctors are called, with an invented position code.
const DOCTORS: [(&str, &str); 4] = [
    ("Överläkare", "991010"),
    ("Specialistläkare", "991020"),
    ("ST-läkare", "991030"),
    ("Distriktsläkare", "991040"),
];

/// What making persons needs at hand.
pub struct Maker<'a> {
    pub places: &'a Places,
    pub random: Random,
    pub numbers: Numbers,
    /// Number of the next HSA-id that is nobody's yet.
    next_id: u32,
    /// Number of the next prescriber code.
    next_code: u32,
    region: Vec<usize>,
    municipality: Vec<usize>,
    private: Vec<usize>,
}

/// All persons in the order of the feed.
pub fn all(places: &Places) -> Vec<Person> {
    let private = ORGANISATIONS.iter().skip(2);
    let mut maker = Maker {
        places,
        random: Random::new(SEED),
        numbers: Numbers::default(),
        next_id: 10_001,
        next_code: 9_000_001,
        region: places.staffed(REGION),
        municipality: places.staffed(MUNICIPALITY),
        private: private
            .flat_map(|organisation| places.staffed(organisation.name))
            .collect(),
    };
    let mut people = named::people(&mut maker);
    people.extend(special::people(&mut maker));
    let first_of_crowd = people.len();
    while people.len() < PERSONS {
        people.extend(maker.anybody());
    }
    for person in people
        .iter_mut()
        .skip(first_of_crowd)
        .step_by(150)
        .take(PROTECTED)
    {
        protect(person);
    }
    if let Some(person) = people.iter_mut().rev().nth(4) {
        person.deceased = Some("2026-10-28");
    }
    people
}

fn protect(person: &mut Person) {
    person.protection = "confidentiality";
    person.home = Home::None;
    for post in &mut person.posts {
        post.phone = None;
    }
}

impl Maker<'_> {
    /// Somebody aged 20–66, `None` when the number drawn is taken.
    fn anybody(&mut self) -> Option<Person> {
        let man = self.random.chance(24);
        let born = (
            1960 + self.random.below(46),
            1 + self.random.below(12),
            1 + self.random.below(28),
        );
        let number = self.numbers.take(born, man)?;
        let names = if man { lists::MEN } else { lists::WOMEN };
        let given = self.random.word(names);
        let surname = self.surname();
        let mut person = self.person(number, Some(given), &surname);
        if self.random.chance(3) {
            person.middle = Some(self.random.word(lists::SURNAMES).to_owned());
        }
        if self.random.chance(40) {
            person.more_given =
                Some(self.random.word(names).to_owned()).filter(|more| more != given);
        }
        self.employ(&mut person, born);
        Some(person)
    }

    /// A person with an address and no post yet.
    pub fn person(&mut self, number: String, given: Option<&str>, surname: &str) -> Person {
        Person {
            number,
            given: given.map(str::to_owned),
            more_given: None,
            middle: None,
            surname: surname.to_owned(),
            posts: vec![],
            protection: "none",
            home: self.home(),
            deceased: None,
            registered: true,
        }
    }

    fn surname(&mut self) -> String {
        let first = self.random.word(lists::SURNAMES);
        if !self.random.chance(6) {
            return first.to_owned();
        }
        let joint = if self.random.chance(50) { " " } else { "-" };
        format!("{first}{joint}{}", self.random.word(lists::SURNAMES))
    }

    fn home(&mut self) -> Home {
        let (postcode, city) = self.random.pick(lists::TOWNS).copied().unwrap_or_default();
        let co = self
            .random
            .chance(3)
            .then(|| self.random.word(lists::SURNAMES));
        let flat = if self.random.chance(30) {
            " lgh 1102"
        } else {
            ""
        };
        let street = self.random.word(lists::STREETS);
        let street = format!("{street} {}{flat}", 1 + self.random.below(90));
        Home::At {
            co: co.map(str::to_owned),
            street,
            postcode,
            city,
        }
    }

    fn employ(&mut self, person: &mut Person, born: Born) {
        let unit = match self.random.below(100) {
            0..70 => self.random.pick(&self.region),
            70..86 => self.random.pick(&self.municipality),
            _ => self.random.pick(&self.private),
        };
        let unit = unit.copied().unwrap_or(0);
        let work = self.work(unit);
        let mut post = self.post(unit, work, born.0);
        if self.random.chance(4) {
            post.ends = Some(self.random.word(lists::LAST_DAYS_TO_COME));
        } else if self.random.chance(1) {
            post.ends = Some(self.random.word(lists::LAST_DAYS_GONE));
        }
        let second = self.second_employer(unit).filter(|_| post.work.care);
        let work = post.work.clone();
        person.posts.push(post);
        if let Some(unit) = second {
            let post = self.post(unit, work, born.0);
            person.posts.push(post);
        }
    }

    /// For a few, a unit in another organisation.
    fn second_employer(&mut self, first: usize) -> Option<usize> {
        if !self.random.chance(4) {
            return None;
        }
        let other = self.random.pick(&self.private).copied()?;
        let organisation = |place: usize| {
            self.places
                .units
                .get(place)
                .map(|unit| unit.organisation.number)
        };
        (organisation(first) != organisation(other)).then_some(other)
    }

    /// A post with an HSA-id and a mail address made of it.
    pub fn post(&mut self, unit: usize, work: Work, born: u32) -> Post {
        let suffix = format!("E{}", self.next_id);
        self.next_id += 1;
        self.post_with_id(unit, work, born, &suffix)
    }

    /// A post whose HSA-id ends with `suffix`.
    pub fn post_with_id(&mut self, unit: usize, work: Work, born: u32, suffix: &str) -> Post {
        let organisation = self.places.units.get(unit).map(|unit| unit.organisation);
        let (hsa_id, domain) = organisation.map_or_else(Default::default, |organisation| {
            (organisation.hsa_id(suffix), organisation.mail_domain)
        });
        let mail = if self.random.chance(3) {
            String::new()
        } else {
            format!("{}@{domain}", suffix.to_lowercase())
        };
        let phone = self
            .random
            .chance(70)
            .then(|| format!("0990-{}", 10_000 + self.random.below(89_999)));
        Post {
            unit,
            hsa_id,
            mail,
            phone,
            work,
            starts: self.first_day(born),
            ends: None,
        }
    }

    /// A first day at the age of 18 or more, before November 2026, written in one of two ways.
    fn first_day(&mut self, born: u32) -> String {
        let earliest = (born + 18).max(2004);
        let year = earliest + self.random.below(2027_u32.saturating_sub(earliest));
        match (self.random.below(3), self.random.chance(40)) {
            (0, true) => format!("{}1231230000Z", year - 1),
            (0, false) => format!("{year}0101"),
            (1, true) => format!("{year}0331220000Z"),
            (1, false) => format!("{year}0401"),
            (_, true) => format!("{year}0831220000Z"),
            (_, false) => format!("{year}0901"),
        }
    }

    fn work(&mut self, unit: usize) -> Work {
        let purpose = self
            .places
            .units
            .get(unit)
            .map_or(Purpose::Office, |unit| unit.purpose);
        let lot = self.random.below(100);
        match (purpose, lot) {
            (Purpose::Office | Purpose::Frame, 0..60) => plain("Administratör", false),
            (Purpose::Office | Purpose::Frame, _) => plain("Verksamhetsutvecklare", false),
            (Purpose::Rehabilitation, 0..55) => licensed("Fysioterapeut"),
            (Purpose::Rehabilitation, 55..90) => licensed("Arbetsterapeut"),
            (Purpose::Dental, 0..40) => self.dentist(),
            (Purpose::Dental, 40..65) => licensed("Tandhygienist"),
            (Purpose::Dental, 65..95) => plain("Tandsköterska", true),
            (Purpose::HomeCare, 0..45) => self.nurse(),
            (Purpose::HomeCare, 45..95) => plain("Undersköterska", true),
            (Purpose::Hospital, 0..20) | (Purpose::Clinic, 0..26) => self.doctor(),
            (Purpose::Hospital, 20..60) | (Purpose::Clinic, 26..64) => self.nurse(),
            (Purpose::Hospital, 60..86) => plain("Undersköterska", true),
            (Purpose::Hospital, 86..92) => licensed("Biomedicinsk analytiker"),
            (Purpose::Clinic, 64..76) => licensed("Barnmorska"),
            (Purpose::Clinic, 76..86) => licensed("Psykolog"),
            _ => plain("Medicinsk sekreterare", true),
        }
    }

    /// One in five lacks something that certificates for patients need.
    pub fn doctor(&mut self) -> Work {
        let lacking = self.random.below(24);
        let title = self.random.word(&DOCTORS.map(|(title, _)| title));
        let code = DOCTORS.iter().find(|(known, _)| *known == title);
        Work {
            title: if lacking == 4 { "" } else { title },
            licence: Some("Läkare").filter(|_| lacking != 3),
            position_code: code.map(|(_, code)| *code).filter(|_| lacking != 2),
            speciality: self
                .random
                .pick(lists::DOCTOR_SPECIALITIES)
                .copied()
                .filter(|_| lacking != 0),
            prescriber_code: Some(self.prescriber_code()).filter(|_| lacking != 1),
            care: true,
        }
    }

    fn dentist(&mut self) -> Work {
        let code = self.prescriber_code();
        let is_specialist = self.next_code.is_multiple_of(2);
        Work {
            prescriber_code: Some(code),
            position_code: Some("994010"),
            speciality: is_specialist.then_some(("Ortodonti", "9100")),
            ..licensed("Tandläkare")
        }
    }

    fn prescriber_code(&mut self) -> String {
        self.next_code += 1;
        (self.next_code - 1).to_string()
    }

    pub fn nurse(&mut self) -> Work {
        let speciality = self.random.pick(lists::NURSE_SPECIALITIES).copied();
        Work {
            speciality: speciality.filter(|_| self.random.chance(35)),
            ..licensed("Sjuksköterska")
        }
    }
}

/// Licensed work whose title is the licence.
pub fn licensed(title: &'static str) -> Work {
    Work {
        title,
        licence: Some(title),
        speciality: None,
        prescriber_code: None,
        position_code: None,
        care: true,
    }
}

/// Work without a licence.
pub fn plain(title: &'static str, care: bool) -> Work {
    Work {
        title,
        licence: None,
        speciality: None,
        prescriber_code: None,
        position_code: None,
        care,
    }
}
