//! The words on the screens: two languages, one method per message, and how dates and times read.
//!
//! The methods are generated from `text/*.ftl`; a message that lacks in one language does not
//! compile. Texts are plain text: the templates escape them.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Europe::Stockholm;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

/// A language of the portals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Swedish, the language shown unless the reader chooses another.
    #[default]
    Sv,
    /// English.
    En,
}

impl Lang {
    /// The BCP 47 tag, for `lang` attributes and links: `sv` or `en`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// The language with this tag; anything unknown is Swedish.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        if tag == "en" { Self::En } else { Self::Sv }
    }

    /// The language to offer on the page.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Sv => Self::En,
            Self::En => Self::Sv,
        }
    }
}

/// All texts in one language. Cheap to copy: every view holds one as `t`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text {
    lang: Lang,
}

type Bundle = FluentBundle<FluentResource>;

static SWEDISH: LazyLock<Bundle> =
    LazyLock::new(|| bundle("sv", include_str!(concat!(env!("OUT_DIR"), "/sv.ftl"))));
static ENGLISH: LazyLock<Bundle> =
    LazyLock::new(|| bundle("en", include_str!(concat!(env!("OUT_DIR"), "/en.ftl"))));

/// The build script has parsed the source, so what `try_new` could report cannot occur here.
fn bundle(tag: &str, source: &str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(tag.parse().into_iter().collect());
    bundle.set_use_isolating(false);
    let resource =
        FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    bundle
}

include!(concat!(env!("OUT_DIR"), "/text_methods.rs"));

impl Text {
    /// The texts of a language.
    #[must_use]
    pub fn of(lang: Lang) -> Self {
        Self { lang }
    }

    /// The language of these texts.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    fn plain(self, id: &str) -> String {
        self.format(id, None)
    }

    /// An unknown id cannot come here: only generated methods call this.
    fn format(self, id: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let bundle: &Bundle = match self.lang {
            Lang::Sv => &SWEDISH,
            Lang::En => &ENGLISH,
        };
        let pattern = bundle.get_message(id).and_then(|message| message.value());
        pattern.map_or_else(
            || id.to_owned(),
            |pattern| {
                bundle
                    .format_pattern(pattern, arguments, &mut Vec::new())
                    .into_owned()
            },
        )
    }

    /// The day an instant falls on in Sweden, as `2026-11-23`.
    #[must_use]
    pub fn day_of(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&Stockholm).format("%Y-%m-%d").to_string()
    }

    /// A date as officers read it: `2026-11-23`.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> String {
        date.format("%Y-%m-%d").to_string()
    }

    /// A time of day in Sweden as officers read it: `09:42`.
    #[must_use]
    pub fn clock(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&Stockholm).format("%H:%M").to_string()
    }

    /// A time of day in Sweden as holders and letters have it: `11.00`, in English `11:00`.
    #[must_use]
    pub fn clock_for_holders(&self, at: DateTime<Utc>) -> String {
        let pattern = match self.lang {
            Lang::Sv => "%H.%M",
            Lang::En => "%H:%M",
        };
        at.with_timezone(&Stockholm).format(pattern).to_string()
    }

    /// Day and time in Sweden: `2026-11-23 09:42`.
    #[must_use]
    pub fn day_and_clock(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&Stockholm)
            .format("%Y-%m-%d %H:%M")
            .to_string()
    }

    /// A date as holders read it: the year is said only where it is another than today's,
    /// `fredag 4 december` but `måndag 22 februari 2027`.
    #[must_use]
    pub fn near_day(&self, date: NaiveDate, today: NaiveDate) -> String {
        let day = self.close_day(date);
        if date.year() == today.year() {
            day
        } else {
            format!("{day} {}", date.year())
        }
    }

    /// A close date as holders read it: `fredag 4 december`, `Friday 4 December`.
    /// The year is left out: see [`Text::near_day`] for dates that may lie in another.
    #[must_use]
    pub fn close_day(&self, date: NaiveDate) -> String {
        let (days, months) = match self.lang {
            Lang::Sv => (&DAYS_SV, &MONTHS_SV),
            Lang::En => (&DAYS_EN, &MONTHS_EN),
        };
        let weekday = nth(days, date.weekday().num_days_from_monday());
        format!("{weekday} {} {}", date.day(), nth(months, date.month0()))
    }
}

fn nth(words: &'static [&'static str], at: u32) -> &'static str {
    usize::try_from(at)
        .ok()
        .and_then(|at| words.get(at))
        .copied()
        .unwrap_or_default()
}

const DAYS_SV: [&str; 7] = [
    "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
];
const DAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS_SV: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_instant_before_midnight_utc_is_the_next_day_in_sweden() {
        let t = Text::of(Lang::Sv);
        assert_eq!(
            t.day_and_clock(instant("2026-11-22T23:30:00Z")),
            "2026-11-23 00:30"
        );
        assert_eq!(t.day_of(instant("2026-06-30T22:30:00Z")), "2026-07-01");
    }

    #[test]
    fn holders_read_close_dates_as_weekday_and_month() {
        let date = NaiveDate::from_ymd_opt(2026, 12, 4).unwrap();
        assert_eq!(Text::of(Lang::Sv).close_day(date), "fredag 4 december");
        assert_eq!(Text::of(Lang::En).close_day(date), "Friday 4 December");
        assert_eq!(Text::of(Lang::Sv).day(date), "2026-12-04");
    }

    #[test]
    fn a_day_of_another_year_is_read_with_its_year_and_one_of_this_year_without() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (today, sv) = (day("2026-11-22"), Text::of(Lang::Sv));
        assert_eq!(sv.near_day(day("2026-12-31"), today), "torsdag 31 december");
        assert_eq!(
            sv.near_day(day("2027-02-22"), today),
            "måndag 22 februari 2027"
        );
        assert_eq!(
            Text::of(Lang::En).near_day(day("2025-12-31"), today),
            "Wednesday 31 December 2025"
        );
    }

    #[test]
    fn holders_read_swedish_times_with_a_full_stop() {
        let at = instant("2026-11-23T10:00:00Z");
        assert_eq!(Text::of(Lang::Sv).clock_for_holders(at), "11.00");
        assert_eq!(Text::of(Lang::En).clock_for_holders(at), "11:00");
        assert_eq!(Text::of(Lang::Sv).clock(at), "11:00");
    }

    #[test]
    fn a_number_chooses_singular_or_plural_in_both_languages() {
        let (sv, en) = (Text::of(Lang::Sv), Text::of(Lang::En));
        assert_eq!(sv.error_summary_title(1), "Rätta en uppgift");
        assert_eq!(sv.error_summary_title(3), "Rätta 3 uppgifter");
        assert_eq!(en.error_summary_title(1), "Correct one answer");
        assert_eq!(en.error_summary_title(3), "Correct 3 answers");
    }

    #[test]
    fn variables_stand_in_the_text_without_isolation_marks() {
        let title = Text::of(Lang::Sv).page_title("Start");
        assert_eq!(title, "Start – Kortkontor");
    }
}
