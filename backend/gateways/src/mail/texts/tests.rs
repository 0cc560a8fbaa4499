//! Every mail in both languages, and what no mail may hold.

use cards_app::ports::OfficeText;
use chrono::NaiveDate;
use strum::IntoEnumIterator;

use super::*;

fn facts() -> MailFacts {
    let hours = [
        ("mon", "08:00-16:00"),
        ("tue", "08:00-16:00"),
        ("wed", "08:00-18:00"),
    ];
    let hours = hours.map(|(day, at)| (day.to_owned(), at.to_owned()));
    MailFacts {
        given_name: Some("Maja".to_owned()),
        office: Some(OfficeText {
            name: "Kortkontoret Björkvallen".to_owned(),
            address: "Plan 2, hiss B, Sjukhusvägen 4, Björkvallen".to_owned(),
            hours: hours.into(),
            phone: Some("0990-20240".to_owned()),
        }),
        method: Some(DeliveryMethod::APost),
        last_day: NaiveDate::from_ymd_opt(2026, 11, 28),
        letter_needed: false,
        pin_min: 6,
        pin_max: 8,
        mina_sidor: "https://kort.malarvik.example/mina-sidor".parse().unwrap(),
        card_last_four: Some("7738".to_owned()),
    }
}

/// The facts of a protected person, as few as there can be.
fn bare() -> MailFacts {
    MailFacts {
        given_name: None,
        office: None,
        method: None,
        last_day: None,
        letter_needed: true,
        card_last_four: None,
        ..facts()
    }
}

fn mail(kind: MailKind, facts: &MailFacts, language: Language) -> String {
    let (subject, text) = render(kind, facts, language).unwrap();
    format!("Subject: {subject}\n\n{text}")
}

fn all(facts: &MailFacts) -> Vec<(String, String)> {
    let mut mails = Vec::new();
    for kind in MailKind::iter() {
        for language in Language::iter() {
            let (kind_name, language_name): (&str, &str) = (kind.into(), language.into());
            let name = format!("{kind_name}.{language_name}");
            mails.push((name, mail(kind, facts, language)));
        }
    }
    mails
}

#[test]
fn every_mail_says_what_it_is_known_to_say() {
    for (name, text) in all(&facts()) {
        insta::assert_snapshot!(name, text);
    }
}

#[test]
fn every_mail_to_a_protected_person_says_what_it_is_known_to_say() {
    for (name, text) in all(&bare()) {
        insta::assert_snapshot!(format!("protected.{name}"), text);
    }
}

#[test]
fn registered_mail_is_told_how_to_trace() {
    let facts = MailFacts {
        method: Some(DeliveryMethod::Rek),
        ..facts()
    };
    for language in Language::iter() {
        let text = mail(MailKind::CardOnItsWay, &facts, language);
        assert!(text.contains("Rek-id") && text.contains("Postnord"));
        assert!(text.contains("Mina sidor"));
    }
}

#[test]
fn a_protected_person_is_not_named_and_not_told_where_the_card_goes() {
    let protected = MailFacts {
        given_name: None,
        ..facts()
    };
    for (name, text) in all(&protected).into_iter().chain(all(&bare())) {
        assert!(!text.contains("Maja"), "{name}");
        assert!(
            text.contains("\nHej,\n") || text.contains("\nHello,\n"),
            "{name}"
        );
        assert!(!text.contains("folkbokföringsadress"), "{name}");
        assert!(!text.contains("registered address"), "{name}");
    }
}

#[test]
fn the_port_writes_english_for_english_and_swedish_for_all_else() {
    let subject = |code: &str| Texts.write(MailKind::CardActive, &facts(), code).0;
    assert_eq!(subject("en"), "Your card is active");
    assert_eq!(subject("en-GB"), "Your card is active");
    for code in ["sv", "", "fi", "e"] {
        assert_eq!(subject(code), "Ditt kort är aktivt");
    }
}

#[test]
fn every_mail_has_a_subject_of_one_line_and_no_gaps_of_two_lines() {
    for facts in [facts(), bare()] {
        for kind in MailKind::iter() {
            for language in Language::iter() {
                let (subject, text) = render(kind, &facts, language).unwrap();
                assert!((5..70).contains(&subject.chars().count()), "{subject}");
                assert!(!text.contains("\n\n\n") && !text.starts_with('\n'));
                assert!(text.ends_with(".\n"));
            }
        }
    }
}

#[test]
fn no_mail_holds_a_number_that_could_be_a_persons_or_a_cards() {
    for (name, text) in all(&facts()) {
        let longest = text
            .split(|letter: char| !letter.is_ascii_digit())
            .map(str::len)
            .max();
        assert!(longest < Some(6), "{name}");
    }
}

#[test]
fn locked_is_never_said_to_be_revoked_and_no_log_is_called_journal() {
    for (name, text) in all(&facts()) {
        assert!(!text.to_lowercase().contains("journal"), "{name}");
        assert!(!text.contains("blocked"), "{name}");
        let wrong_code = text.lines().find(|line| line.contains("tre gånger"));
        assert!(!wrong_code.is_some_and(|line| line.contains("spärr")));
    }
}

#[test]
fn a_card_that_goes_to_the_office_is_told_to_fetch_there_and_not_to_wait_for_the_post() {
    let facts = MailFacts {
        method: Some(DeliveryMethod::ToOffice),
        ..facts()
    };
    for kind in [MailKind::CardOrdered, MailKind::CardReplaced] {
        let text = mail(kind, &facts, Language::Sv);
        assert!(text.contains("hämtar det där"), "{text}");
        assert!(!text.contains("folkbokföringsadress"), "{text}");
        assert!(mail(kind, &facts, Language::En).contains("collect it"));
    }
}

#[test]
fn a_first_card_that_comes_after_all_is_to_be_cut_up() {
    for kind in [MailKind::CardReplaced, MailKind::HasItCome] {
        let sv = mail(kind, &facts(), Language::Sv);
        assert!(
            sv.contains("första kortet") && sv.contains("genom chippet"),
            "{sv}"
        );
        let en = mail(kind, &facts(), Language::En);
        assert!(
            en.contains("first card") && en.contains("through the chip"),
            "{en}"
        );
    }
}

#[test]
fn whoever_did_not_ask_for_it_is_told_whom_to_call() {
    let kinds = [
        MailKind::CardRevoked,
        MailKind::PukLetterApproved,
        MailKind::PukLetterRejected,
    ];
    for kind in kinds {
        let text = mail(kind, &facts(), Language::Sv);
        assert!(
            text.contains("Var det inte du") && text.contains("0990-20240"),
            "{text}"
        );
        let bare = mail(kind, &bare(), Language::Sv);
        assert!(bare.contains("Ring genast kortkontoret"), "{bare}");
    }
}

#[test]
fn who_lost_a_card_is_told_the_ways_to_work_and_that_it_is_final() {
    let text = mail(MailKind::CardRevoked, &facts(), Language::Sv);
    for word in ["spärrat", "inte att häva", "reservkort", "id-administratör"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(!text.contains("låst"), "{text}");
}
