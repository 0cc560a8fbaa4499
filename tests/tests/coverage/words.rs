//! Every name that the rules have is a word for people in both languages, and the words that must
//! never stand on a screen do not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cards_acceptance::world::checkout;
use cards_app::ports::{MailFacts, MailTexts as _};
use cards_app::queries::Clock;
use cards_domain::calendar::DeadlineKind;
use cards_domain::card::{CardStage, RevocationReason};
use cards_domain::consequences::MailKind;
use cards_domain::deadline::DeadlineRule;
use cards_domain::delivery::{DeliveryMethod, DeliveryStage};
use cards_domain::identity_check::{CheckStep, DocumentKind};
use cards_domain::order::OrderStage;
use cards_domain::refusal::{Refusal, RefusalCode};
use cards_gateways::mail::Texts;
use cards_portal::clocks::{self, Reader};
use cards_portal::refusals::refusal_text;
use cards_portal::states;
use cards_portal::text::{Lang, Text};
use chrono::{DateTime, NaiveDate};
use serde_json::json;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

fn day(month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2030, month, 1).unwrap()
}

/// The text in both languages: there, different, and not the key that stands for a missing text.
fn assert_told(what: &str, tell: impl Fn(Text) -> String) {
    let [sv, en] = [Lang::Sv, Lang::En].map(|lang| tell(Text::of(lang)));
    assert_ne!(sv, en, "{what}: one text for two languages");
    for text in [sv, en] {
        let is_key = !text.contains(' ') && text.contains(['-', '_']);
        assert!(!text.trim().is_empty() && !is_key, "{what}: {text:?}");
    }
}

/// A refusal of each code.
fn refusals() -> impl Iterator<Item = Refusal> {
    RefusalCode::iter().map(|code| {
        let code: &str = code.into();
        let (from, on) = (day(1), day(2));
        serde_json::from_value(json!({
            "code": code, "office": "Björkvallen", "last_day": on, "from": from, "on": on,
            "order_number": "K30-000001", "rek_id": null,
        }))
        .unwrap_or_else(|error| panic!("{code}: {error}"))
    })
}

#[test]
fn every_refusal_says_why_and_what_to_do_instead_in_both_languages() {
    for refusal in refusals() {
        assert_told(refusal.code(), |t| refusal_text(t, &refusal).0);
        assert_told(refusal.code(), |t| refusal_text(t, &refusal).1);
    }
}

#[test]
fn no_two_refusals_say_the_same() {
    let mut told: BTreeMap<String, &str> = BTreeMap::new();
    for refusal in refusals() {
        let (why, _) = refusal_text(Text::of(Lang::Sv), &refusal);
        let before = told.insert(why.clone(), refusal.code());
        assert_eq!(before, None, "{} says the same: {why}", refusal.code());
    }
}

#[test]
fn every_mail_has_its_subject_and_text_in_both_languages() {
    let facts = MailFacts {
        given_name: None,
        office: None,
        method: None,
        last_day: None,
        letter_needed: false,
        pin_min: 6,
        pin_max: 8,
        mina_sidor: "https://kort.example/mina-sidor".parse().unwrap(),
        card_last_four: None,
    };
    let mut subjects = Vec::new();
    for mail in MailKind::iter() {
        let [sv, en] = ["sv", "en"].map(|language| Texts.write(mail, &facts, language));
        assert!(sv.0 != en.0 && sv.1 != en.1, "{mail:?}");
        assert!(
            !sv.0.trim().is_empty() && sv.1.contains("https://kort.example/mina-sidor"),
            "{mail:?}"
        );
        subjects.push(sv.0);
    }
    let count = subjects.len();
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), count, "two mails have one subject");
}

fn card_stages() -> [CardStage; 6] {
    let at = DateTime::UNIX_EPOCH;
    [
        CardStage::Ordered,
        CardStage::Sent { at },
        CardStage::UnlockedUnsigned { at },
        CardStage::Active { at },
        CardStage::Revoked {
            at,
            reason: RevocationReason::Lost,
        },
        CardStage::Expired { at },
    ]
}

#[test]
fn every_stage_reason_document_and_step_has_a_word_in_both_languages() {
    assert_eq!(
        card_stages().len(),
        cards_domain::card::CardStageName::iter().count()
    );
    for stage in card_stages() {
        assert_told("card", |t| states::card(&stage).word(t));
    }
    for stage in OrderStage::iter() {
        assert_told("order", |t| states::order(stage).word(t));
    }
    for stage in DeliveryStage::iter() {
        assert_told("delivery", |t| states::delivery(t, stage).to_string());
    }
    for method in DeliveryMethod::iter() {
        assert_told("method", |t| states::method(t, method));
    }
    for reason in RevocationReason::iter() {
        assert_told("reason", |t| states::revocation_reason(t, reason));
    }
    for kind in DocumentKind::iter() {
        assert_told("document", |t| states::document(t, kind));
    }
    for step in CheckStep::iter() {
        assert_told("step", |t| states::check_step(t, step));
    }
}

#[test]
fn every_clock_says_what_happens_and_why_on_that_day() {
    for rule in DeadlineRule::iter() {
        for kind in DeadlineKind::iter() {
            let clock = Clock {
                rule,
                kind,
                thing: Uuid::nil(),
                base: day(1),
                day: day(4),
                acts_at: DateTime::UNIX_EPOCH,
                is_held: false,
            };
            let before = DateTime::UNIX_EPOCH - chrono::Duration::days(1);
            for now in [before, DateTime::UNIX_EPOCH] {
                assert_told("clock", |t| clocks::by(t, &clock, now));
            }
            assert_told("why", |t| {
                clocks::why(t, clocks::Reader::Officer, &clock).join(" ")
            });
            let held = Clock {
                is_held: true,
                ..clock.clone()
            };
            let ended = DateTime::UNIX_EPOCH;
            for reader in [Reader::Officer, Reader::Holder] {
                for (clock, now) in [(&clock, before), (&clock, ended), (&held, ended)] {
                    assert_told("title", |t| clocks::deadline(t, reader, clock, now).title);
                }
            }
        }
    }
}

/// Files that people read, by their ending.
fn texts(folder: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    collect(&checkout().join(folder), endings, &mut found);
    assert!(!found.is_empty(), "{folder} has no text");
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<(PathBuf, String)>) {
    for path in std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        if path.is_dir() {
            collect(&path, endings, found);
        } else if endings
            .iter()
            .any(|ending| path.to_string_lossy().ends_with(ending))
        {
            found.push((path.clone(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Lines of a text file that people read: no comments, no keys.
fn lines(text: &str) -> impl Iterator<Item = String> {
    let read = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    read.map(|line| {
        let said = match line.split_once(" = ") {
            Some((key, said)) if !key.contains(' ') => said,
            _ => line,
        };
        said.to_lowercase()
    })
}

fn swedish() -> Vec<(PathBuf, String)> {
    let mut all = texts("frontend/text", &["sv.ftl"]);
    all.extend(texts("backend/gateways/templates/mail", &["sv.txt"]));
    all
}

fn assert_absent(files: &[(PathBuf, String)], is_wrong: impl Fn(&str) -> bool) {
    for (path, text) in files {
        for line in lines(text) {
            assert!(!is_wrong(&line), "{}: {line}", path.display());
        }
    }
}

#[test]
fn the_patient_record_is_never_named_where_the_event_log_is_meant() {
    assert_absent(&swedish(), |line| {
        line.replace("sammanhållen journalföring", "")
            .contains("journal")
    });
}

#[test]
fn swedish_texts_use_none_of_the_words_that_go_wrong() {
    let wrong = [
        "avblockera",
        "blockera",
        "avregistrera",
        "revokera",
        "inaktivera",
        "deadline",
        "kampanj",
    ];
    assert_absent(&swedish(), |line| {
        wrong.iter().any(|word| line.contains(word))
    });
}

#[test]
fn english_texts_never_call_a_card_or_a_code_blocked() {
    let mut files = texts("frontend/text", &["en.ftl"]);
    files.extend(texts("backend/gateways/templates/mail", &["en.txt"]));
    assert_absent(&files, |line| {
        let mut words = line.split(|sign: char| !sign.is_alphabetic());
        words.any(|word| {
            matches!(
                word,
                "block" | "blocked" | "blocks" | "unblock" | "unblocked"
            )
        })
    });
}

/// Whether a code is said to be revoked, or a card for ever locked.
fn mixes_locked_and_revoked(line: &str) -> bool {
    line.split(['.', ':', ';']).any(|sentence| {
        let between = ["är", "blir", "har", "blivit", "kan"];
        let words: Vec<&str> = sentence
            .split_whitespace()
            .filter(|word| !between.contains(word))
            .collect();
        let revoked_code = words.windows(2).any(|near| {
            let is_code = |word: &str| {
                word.starts_with("pin") || word.starts_with("puk") || word.starts_with("koden")
            };
            let is_revoked = |word: &str| word.starts_with("spärra");
            is_code(near[0]) && is_revoked(near[1]) || is_revoked(near[0]) && is_code(near[1])
        });
        let locked_for_ever = sentence.contains("låst") && sentence.contains("för alltid");
        revoked_code || locked_for_ever
    })
}

#[test]
fn a_code_is_locked_and_a_card_is_revoked_and_never_the_other_way_round() {
    assert!(mixes_locked_and_revoked(
        "pin-koden är spärrad efter tre fel"
    ));
    assert!(mixes_locked_and_revoked("nu spärras pin-koden"));
    assert!(!mixes_locked_and_revoked(
        "kortet är låst. det går att låsa upp"
    ));
    assert_absent(&swedish(), mixes_locked_and_revoked);
}

#[test]
fn no_template_has_a_field_for_a_code() {
    let mut pages = texts("frontend/templates", &[".html"]);
    pages.extend(texts("backend/gateways/src/demo_identity", &["page.rs"]));
    for (path, text) in pages {
        let fields = crate::browser::code_fields(&text);
        assert!(fields.is_empty(), "{}: {fields:?}", path.display());
    }
    assert_eq!(
        crate::browser::code_fields(r#"<input type="text" name="pin1">"#).len(),
        1
    );
    let labelled = r#"<label for="a">Puk-kod</label><input id="a" name="a">"#;
    assert_eq!(crate::browser::code_fields(labelled).len(), 1);
}

/// The names under which forms are built in the pages' source.
#[test]
fn no_page_builds_a_field_with_the_name_of_a_code() {
    for (path, text) in texts("frontend/src", &[".rs"]) {
        for (at, line) in text.lines().enumerate() {
            let builds = [
                "Field::",
                "Select::new(",
                "Choices::new(",
                "Check::new(",
                "Tick::new(",
            ];
            let names = line.split('"').skip(1).step_by(2);
            let is_code = |name: &str| name.starts_with("pin") || name.starts_with("puk");
            let wrong = builds.iter().any(|one| line.contains(one)) && names.clone().any(is_code);
            assert!(!wrong, "{}:{}: {line}", path.display(), at + 1);
        }
    }
}
