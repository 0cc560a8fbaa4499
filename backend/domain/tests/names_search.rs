//! Searching by name: which spellings find each other, which do not, and in which order.
#![expect(
    clippy::unwrap_used,
    reason = "a test stops where its own example is wrong"
)]

use cards_domain::values::{
    Likeness, NameQuery, PersonName, WordRange, blurred, name_keys, search_key, sound, sounds_like,
};
use proptest::prelude::*;

fn name(given: &str, surname: &str) -> PersonName {
    PersonName::new(Some(given), None, surname).unwrap()
}

fn likeness(typed: &str, given: &str, surname: &str) -> Option<Likeness> {
    NameQuery::parse(typed)
        .unwrap()
        .likeness(&name(given, surname))
}

/// Spellings of one name, each of which finds the others.
const SAME: &[&[&str]] = &[
    &["Lindqvist", "Lindkvist", "Lindquist", "Lindqwist"],
    &["Blomqvist", "Blomkvist", "Blomquist"],
    &[
        "Eriksson", "Ericsson", "Erikson", "Ericson", "Erickson", "Erixon",
    ],
    &["Karlsson", "Carlsson", "Carlson", "Karlson"],
    &["Gustafsson", "Gustavsson", "Gustafson"],
    &["Olsson", "Ohlsson", "Ohlson"],
    &["Persson", "Pehrsson", "Pärsson"],
    &["Jakobsson", "Jacobsson"],
    &["Löfgren", "Löfgrén", "Lövgren"],
    &["Wikström", "Vikström", "Wickström"],
    &["Svensson", "Swensson", "Svenson"],
    &["Dahl", "Dal"],
    &["Lindh", "Lind"],
    &["Brandt", "Brant"],
    &["Bäckman", "Beckman", "Bäckmann"],
    &["Kjellberg", "Källberg", "Kellberg"],
    &["Zetterberg", "Setterberg"],
    &["Cederberg", "Sederberg", "Zederberg"],
    &["Franzén", "Fransén", "Frantzén"],
    &["Josefsson", "Josephsson"],
    &["Axelsson", "Akselsson"],
    &["Sjöberg", "Schöberg"],
    &["Hjelm", "Jelm"],
    &["Sörensen", "Sørensen", "Soerensen"],
    &["Christina", "Kristina", "Cristina"],
    &["Sofia", "Sophia"],
    &["Sofie", "Sophie", "Sofi"],
    &["Elisabeth", "Elisabet"],
    &["Thomas", "Tomas"],
    &["Michael", "Mikael"],
    &["Fredrik", "Fredrick"],
    &["Catharina", "Katarina", "Katharina"],
    &["Gustaf", "Gustav"],
    &["Olof", "Olov"],
    &["Viktor", "Victor"],
    &["Göran", "Jöran"],
    &["Maja", "Maya", "Maia"],
    &["Jenny", "Jennie", "Jenni"],
    &["Sara", "Sarah"],
    &["Stefan", "Stephan"],
    &["Hedvig", "Hedwig"],
    &["Åsa", "A\u{30a}sa"],
    &["Hélène", "Helene"],
];

/// Names that a careless ear takes for each other, and a search must not.
const DIFFERENT: &[(&str, &str)] = &[
    ("Lindqvist", "Lundqvist"),
    ("Lindqvist", "Lindgren"),
    ("Karlsson", "Larsson"),
    ("Nilsson", "Olsson"),
    ("Hansson", "Jansson"),
    ("Andersson", "Andersen"),
    ("Petersson", "Persson"),
    ("Berg", "Borg"),
    ("Maja", "Mia"),
    ("Eva", "Ewy"),
    ("Anna", "Anne"),
    ("Kristina", "Kristin"),
    ("Johan", "Johanna"),
    ("Mats", "Max"),
    ("Mattsson", "Månsson"),
    ("Åberg", "Aberg"),
    ("Öberg", "Oberg"),
    ("Jönsson", "Jonsson"),
    ("Möller", "Moller"),
    ("Ström", "Strand"),
];

#[test]
fn spellings_of_one_name_find_each_other() {
    for group in SAME {
        for typed in *group {
            for written in *group {
                let found = likeness(typed, "Inga", written);
                assert!(found.is_some(), "{typed} does not find {written}");
                let keys = [typed, written].map(|one| blurred(&sound(&search_key(one))));
                assert_eq!(keys[0], keys[1], "{typed}, {written}");
            }
        }
    }
}

#[test]
fn names_that_only_resemble_each_other_do_not() {
    for (typed, written) in DIFFERENT {
        let found = likeness(typed, "Inga", written).filter(|found| *found != Likeness::Beginning);
        assert_eq!(found, None, "{typed} finds {written}");
    }
}

#[test]
fn who_types_without_a_swedish_keyboard_finds_the_swedish_letters_and_not_the_other_way_round() {
    for (plain, swedish) in [
        ("Asa", "Åsa"),
        ("Aberg", "Åberg"),
        ("Hagg", "Hägg"),
        ("Ostlund", "Östlund"),
        ("Haakan", "Håkan"),
        ("Kjaer", "Kjær"),
    ] {
        let found = likeness(plain, "Inga", swedish);
        assert_eq!(found, Some(Likeness::Variant), "{plain} for {swedish}");
    }
    for (swedish, plain) in [("Åsa", "Asa"), ("Åberg", "Aberg"), ("Östlund", "Ostlund")] {
        assert_eq!(likeness(swedish, "Inga", plain), None, "{swedish}");
    }
}

#[test]
fn both_orders_a_comma_and_any_part_of_a_double_name_find_the_person() {
    use Likeness::{Beginning, Exact, Part, Variant};
    for (typed, given, surname, expected) in [
        ("Maja Lindqvist", "Maja", "Lindqvist", Some(Exact)),
        ("Lindqvist Maja", "Maja", "Lindqvist", Some(Exact)),
        ("Lindqvist, Maja", "Maja", "Lindqvist", Some(Exact)),
        ("maja  LINDQVIST", "Maja", "Lindqvist", Some(Exact)),
        ("Maja, Lindqvist", "Maja", "Lindqvist", None),
        ("Lindqvist,", "Maja", "Lindqvist", Some(Exact)),
        ("Maj Lind", "Maja", "Lindqvist", Some(Beginning)),
        ("Lind Maj", "Maja", "Lindqvist", Some(Beginning)),
        ("Maya Lindkvist", "Maja", "Lindqvist", Some(Variant)),
        ("Lindqvist Lindqvist", "Maja", "Lindqvist", None),
        ("Andersson", "Eva", "Andersson-Berg", Some(Beginning)),
        ("Andersson", "Eva", "Berg Andersson", Some(Part)),
        ("Berg-Andersson", "Eva", "Berg Andersson", Some(Exact)),
        ("Anderson", "Eva", "Berg Andersson", Some(Part)),
        ("Karin", "Anna Karin", "Ek", Some(Part)),
        ("Karin", "Anna-Karin", "Ek", Some(Part)),
        ("Anna Karin Ek", "Anna-Karin", "Ek", Some(Exact)),
        ("Karin Ek", "Anna Karin", "Ek", Some(Part)),
        ("OBrien", "Sean", "O’Brien", Some(Exact)),
        ("Эк", "Анна", "Эк", Some(Exact)),
        ("王小明", "", "王小明", Some(Exact)),
    ] {
        assert_eq!(likeness(typed, given, surname), expected, "{typed}");
    }
    let middle = PersonName::new(Some("Maja"), Some("Lindqvist"), "Berg").unwrap();
    let typed = NameQuery::parse("Lindqvist").unwrap();
    assert_eq!(typed.likeness(&middle), Some(Part));
}

#[test]
fn an_exact_name_comes_before_a_beginning_a_variant_and_a_part() {
    let ranks = ["Lindqvist", "Lindqvistson", "Lindkvist", "Berg Lindqvist"]
        .map(|surname| likeness("Lindqvist", "Maja", surname).unwrap());
    assert!(ranks.is_sorted(), "{ranks:?}");
    assert_eq!(ranks.len(), std::collections::HashSet::from(ranks).len());
}

#[test]
fn a_name_is_kept_under_every_ordered_pair_of_its_words_and_says_none_of_them_in_a_log() {
    let keys = name_keys(&name("Anna Karin", "Ek"));
    let mut pairs: Vec<_> = keys
        .iter()
        .map(|key| format!("{} {}", key.first, key.second))
        .collect();
    pairs.sort();
    let all = [
        "anna ek",
        "anna karin",
        "ek anna",
        "ek karin",
        "karin anna",
        "karin ek",
    ];
    assert_eq!(pairs, all);
    let single = name_keys(&PersonName::new(None, None, "Sukarno").unwrap());
    assert_eq!((single.len(), single[0].second.as_str()), (1, ""));
    let many = "a b c d e f g h i j";
    assert_eq!(name_keys(&name(many, "K")).len(), 30);
    assert_eq!(format!("{:?}", keys[0]), "NameKey(****)");
    let query = NameQuery::parse("Anna Ek").unwrap();
    assert_eq!(format!("{query:?}"), "NameQuery(****)");
    assert_eq!(NameQuery::parse(" - , "), None);
}

/// Whether an index of keys, asked as the query says, finds the name.
fn is_indexed(typed: &str, name: &PersonName) -> bool {
    let holds = |range: &WordRange, word: &String| match &range.to {
        None => *word == range.from,
        Some(to) => *word >= range.from && word < to,
    };
    let query = NameQuery::parse(typed).unwrap();
    query.probes().iter().any(|probe| {
        name_keys(name).iter().any(|key| {
            let (first, second) = if probe.by_sound {
                (&key.first_sound, &key.second_sound)
            } else {
                (&key.first, &key.second)
            };
            let second_fits = |range: &WordRange| holds(range, second);
            holds(&probe.first, first) && probe.second.as_ref().is_none_or(second_fits)
        })
    })
}

#[test]
fn whoever_is_called_the_same_twice_is_found_by_both_names_and_by_one() {
    let person = name("Hassan", "Hassan");
    for typed in ["Hassan Hassan", "Hasan Hassan", "Hassan Has", "Hassan"] {
        assert!(is_indexed(typed, &person), "{typed}");
    }
    assert_eq!(name_keys(&person).len(), 1);
    let with_more = name("Ali Omar", "Ali");
    for typed in ["Ali Ali", "Omar Ali", "Ali Omar"] {
        assert!(is_indexed(typed, &with_more), "{typed}");
    }
    let once = name("Hassan", "Ali");
    assert!(
        !is_indexed("Hassan Hassan", &once),
        "only one of them is Hassan"
    );
}

proptest! {
    #[test]
    fn whoever_answers_by_sound_or_spelling_is_found_by_the_index(
        given in "[A-ZÅÄÖ][a-zåäö]{1,7}", surname in "[A-ZÅÄÖ][a-zåäö]{2,9}", turned in any::<bool>(),
    ) {
        let person = name(&given, &surname);
        let typed = if turned { format!("{surname} {given}") } else { format!("{given} {surname}") };
        prop_assert!(is_indexed(&typed, &person));
        prop_assert!(is_indexed(&surname, &person));
        let begun: String = surname.chars().take(3).collect();
        prop_assert!(is_indexed(&begun, &person));
    }

    #[test]
    fn words_that_sound_alike_have_one_blurred_sound(one in "[a-zåäö]{1,10}", other in "[a-zåäö]{1,10}") {
        let (one, other) = (sound(&one), sound(&other));
        prop_assert!(sounds_like(&one, &one, false));
        if sounds_like(&one, &other, false) {
            prop_assert_eq!(blurred(&one), blurred(&other));
        }
        if sounds_like(&one, &other, true) {
            prop_assert!(blurred(&other).starts_with(&blurred(&one)));
        }
    }
}
