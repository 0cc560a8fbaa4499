//! Opening hours in words: days after one another with the same hours are told together.

use std::collections::BTreeMap;

use super::dates::pick;
use super::texts::Language;

/// The days by their key, in Swedish and in English.
const DAYS: [(&str, (&str, &str)); 7] = [
    ("mon", ("måndag", "Monday")),
    ("tue", ("tisdag", "Tuesday")),
    ("wed", ("onsdag", "Wednesday")),
    ("thu", ("torsdag", "Thursday")),
    ("fri", ("fredag", "Friday")),
    ("sat", ("lördag", "Saturday")),
    ("sun", ("söndag", "Sunday")),
];

/// Days after one another with the same hours.
struct Run<'a> {
    first: &'static str,
    last: &'static str,
    hours: &'a str,
    /// The day after `last` may still join.
    open: bool,
}

/// `måndag–tisdag 08:00–16:00, onsdag 08:00–18:00`; nothing where there are no hours.
pub(super) fn in_words(language: Language, hours: &BTreeMap<String, String>) -> String {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (key, names) in DAYS {
        let name = pick(language, names);
        match (hours.get(key), runs.last_mut()) {
            (Some(same), Some(run)) if run.open && run.hours == same => run.last = name,
            (Some(hours), _) => runs.push(Run {
                first: name,
                last: name,
                hours,
                open: true,
            }),
            (None, Some(run)) => run.open = false,
            (None, None) => {}
        }
    }
    runs.iter().map(Run::words).collect::<Vec<_>>().join(", ")
}

impl Run<'_> {
    fn words(&self) -> String {
        let hours = self.hours.replace('-', "–");
        if self.first == self.last {
            format!("{} {hours}", self.first)
        } else {
            format!("{}–{} {hours}", self.first, self.last)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: Language, hours: &[(&str, &str)]) -> String {
        let hours = hours
            .iter()
            .map(|(day, at)| ((*day).to_owned(), (*at).to_owned()));
        in_words(language, &hours.collect())
    }

    #[test]
    fn days_with_the_same_hours_are_told_together_unless_a_closed_day_lies_between() {
        let hours = [
            ("mon", "08:00-16:00"),
            ("tue", "08:00-16:00"),
            ("thu", "08:00-16:00"),
            ("fri", "08:00-14:30"),
        ];
        assert_eq!(
            words(Language::Sv, &hours),
            "måndag–tisdag 08:00–16:00, torsdag 08:00–16:00, fredag 08:00–14:30"
        );
        assert_eq!(words(Language::En, &hours[1..2]), "Tuesday 08:00–16:00");
        assert_eq!(words(Language::Sv, &[]), "");
    }
}
