//! What is wrong, by its cause: each with a number to tell the servicedesk, and a next step.

use crate::card::{Card, CardInfo, Certificate, CodeState, Holds, Reader, Usage};
use crate::port::LookError;

pub use crate::cause::{Cause, Weight};

/// The cards that may be used, or why there is none.
///
/// # Errors
/// The cause, the one nearest to a card that works: a broken card says more than an empty reader.
pub fn cards(
    seen: Result<Vec<Reader>, LookError>,
    wanted: Option<&str>,
) -> Result<Vec<Card>, Cause> {
    let readers = seen?;
    if readers.is_empty() {
        return Err(Cause::NoReader);
    }
    let asked: Vec<Reader> = readers
        .into_iter()
        .filter(|reader| wanted.is_none_or(|part| is_named(&reader.name, part)))
        .collect();
    if asked.is_empty() {
        return Err(Cause::NoSuchReader);
    }
    let cards: Vec<Card> = asked
        .iter()
        .filter_map(|reader| match &reader.holds {
            Holds::Card(card) => Some(card.clone()),
            _ => None,
        })
        .collect();
    let has = |what: &Holds| asked.iter().any(|reader| reader.holds == *what);
    match cards.is_empty() {
        false => Ok(cards),
        true if has(&Holds::Unknown) => Err(Cause::UnknownCard),
        true if has(&Holds::Mute) => Err(Cause::MuteCard),
        true => Err(Cause::NoCard),
    }
}

fn is_named(name: &str, part: &str) -> bool {
    name.to_lowercase().contains(&part.to_lowercase())
}

/// What is wrong with the codes and certificates of a card, the gravest first.
#[must_use]
pub fn of_card(info: &CardInfo, certificates: &[Certificate], now: i64) -> Vec<Cause> {
    let mut causes = of_usage(Usage::Authentication, info, certificates, now);
    causes.extend(of_usage(Usage::Signature, info, certificates, now));
    if info.puk == CodeState::Locked {
        causes.push(match info.opening {
            crate::card::Opening::Visit => Cause::PukLockedVisit,
            _ => Cause::PukLocked,
        });
    }
    causes.sort_by_key(|cause| cause.weight() == Weight::Note);
    causes
}

fn of_usage(usage: Usage, info: &CardInfo, certificates: &[Certificate], now: i64) -> Vec<Cause> {
    let own: Vec<&Certificate> = certificates
        .iter()
        .filter(|one| one.usage == usage)
        .collect();
    let first = usage == Usage::Authentication;
    let mut causes = Vec::new();
    match info.state(usage.code()) {
        CodeState::Locked if first => causes.push(Cause::Pin1Locked),
        CodeState::Locked => causes.push(Cause::Pin2Locked),
        CodeState::Working(Some(1)) if first => causes.push(Cause::Pin1LastTry),
        CodeState::Working(Some(1)) => causes.push(Cause::Pin2LastTry),
        CodeState::NotSet if first => causes.push(Cause::Pin1NotSet),
        // Nobody misses a code that nothing on the card asks for.
        CodeState::NotSet if !own.is_empty() => causes.push(Cause::Pin2NotSet),
        _ => {}
    }
    causes.extend(of_certificates(first, &own, now));
    causes
}

/// Several certificates of a kind are no fault as long as one of them is valid.
fn of_certificates(first: bool, own: &[&Certificate], now: i64) -> Option<Cause> {
    let valid = |one: &&Certificate| one.not_before <= now && now <= one.not_after;
    if own.iter().any(valid) {
        return None;
    }
    let early = own.iter().any(|one| now < one.not_before);
    Some(match (own.is_empty(), early, first) {
        (true, _, true) => Cause::NoAuthentication,
        (true, _, false) => Cause::NoSignature,
        (false, true, _) => Cause::NotYetValid,
        (false, false, true) => Cause::AuthenticationExpired,
        (false, false, false) => Cause::SignatureExpired,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::{CardNumber, Identity, Opening};
    use std::collections::BTreeSet;

    const NOW: i64 = 1_000;

    fn info() -> CardInfo {
        CardInfo {
            pin1: CodeState::Working(Some(3)),
            pin2: CodeState::Working(Some(3)),
            puk: CodeState::Working(Some(10)),
            opening: Opening::Nothing,
            lengths: 6..=8,
        }
    }

    fn certificate(usage: Usage, not_before: i64, not_after: i64) -> Certificate {
        Certificate {
            usage,
            identity: Identity::Work,
            not_before,
            not_after,
            last_day: "2026-01-01".into(),
            personal_number: None,
            id: vec![1],
            der: Vec::new(),
        }
    }

    fn pair() -> Vec<Certificate> {
        vec![
            certificate(Usage::Authentication, 0, 2_000),
            certificate(Usage::Signature, 0, 2_000),
        ]
    }

    fn reader(name: &str, holds: Holds) -> Reader {
        Reader {
            name: name.into(),
            holds,
        }
    }

    fn card(reader: &str) -> Card {
        Card {
            reader: reader.into(),
            label: "TEST".into(),
            number: CardNumber::new("975200000001"),
        }
    }

    #[test]
    fn every_cause_has_a_number_of_its_own() {
        let codes: BTreeSet<&str> = Cause::ALL.iter().map(|cause| cause.code()).collect();
        assert_eq!(codes.len(), Cause::ALL.len());
    }

    #[test]
    fn what_is_in_the_readers_is_told_by_the_cause_nearest_to_a_working_card() {
        let of = |seen: Vec<Reader>| cards(Ok(seen), None).unwrap_err();
        assert_eq!(
            cards(Err(LookError::NoService), None),
            Err(Cause::NoService)
        );
        assert_eq!(of(vec![]), Cause::NoReader);
        assert_eq!(of(vec![reader("a", Holds::Nothing)]), Cause::NoCard);
        assert_eq!(
            of(vec![reader("a", Holds::Nothing), reader("b", Holds::Mute)]),
            Cause::MuteCard
        );
        assert_eq!(
            of(vec![reader("a", Holds::Mute), reader("b", Holds::Unknown)]),
            Cause::UnknownCard
        );
        let both = vec![
            reader("a", Holds::Unknown),
            reader("b", Holds::Card(card("b"))),
        ];
        assert_eq!(cards(Ok(both), None), Ok(vec![card("b")]));
    }

    #[test]
    fn a_reader_is_asked_for_by_a_piece_of_its_name() {
        let seen = || {
            Ok(vec![
                reader("Left reader", Holds::Card(card("Left reader"))),
                reader("Right reader", Holds::Nothing),
            ])
        };
        assert_eq!(cards(seen(), Some("left")), Ok(vec![card("Left reader")]));
        assert_eq!(cards(seen(), Some("right")), Err(Cause::NoCard));
        assert_eq!(cards(seen(), Some("other")), Err(Cause::NoSuchReader));
    }

    #[test]
    fn a_card_with_two_valid_certificates_and_open_codes_has_no_fault() {
        assert_eq!(of_card(&info(), &pair(), NOW), []);
    }

    #[test]
    fn a_missing_signing_certificate_is_only_a_note() {
        let causes = of_card(&info(), &pair()[..1], NOW);
        assert_eq!(causes, [Cause::NoSignature]);
        assert_eq!(causes[0].weight(), Weight::Note);
        assert_eq!(
            of_card(&info(), &pair()[1..], NOW),
            [Cause::NoAuthentication]
        );
    }

    #[test]
    fn a_code_with_one_try_left_is_told_before_other_notes() {
        let mut last = info();
        last.pin2 = CodeState::Working(Some(1));
        assert_eq!(
            of_card(&last, &pair()[..1], NOW),
            [Cause::Pin2LastTry, Cause::NoSignature]
        );
        last.pin1 = CodeState::Working(Some(1));
        let causes = of_card(&last, &pair(), NOW);
        assert_eq!(causes, [Cause::Pin1LastTry, Cause::Pin2LastTry]);
        assert!(causes.iter().all(|one| one.weight() == Weight::Note));
    }

    #[test]
    fn certificates_are_judged_by_their_first_and_last_second() {
        let of = |not_before, not_after| {
            let one = [
                certificate(Usage::Authentication, not_before, not_after),
                pair()[1].clone(),
            ];
            of_card(&info(), &one, NOW)
        };
        assert_eq!(of(NOW, NOW), []);
        assert_eq!(of(0, NOW - 1), [Cause::AuthenticationExpired]);
        assert_eq!(of(NOW + 1, 2_000), [Cause::NotYetValid]);
        let signing = [pair()[0].clone(), certificate(Usage::Signature, 0, 1)];
        assert_eq!(of_card(&info(), &signing, NOW), [Cause::SignatureExpired]);
    }

    #[test]
    fn an_old_certificate_beside_a_valid_one_is_no_fault() {
        let mut three = pair();
        three.push(certificate(Usage::Authentication, 0, 1));
        assert_eq!(of_card(&info(), &three, NOW), []);
    }

    #[test]
    fn codes_that_are_locked_or_not_chosen_are_told_before_notes() {
        let mut locked = info();
        locked.pin1 = CodeState::Locked;
        locked.puk = CodeState::Locked;
        let causes = of_card(&locked, &pair()[..1], NOW);
        assert_eq!(
            causes,
            [Cause::Pin1Locked, Cause::NoSignature, Cause::PukLocked]
        );
        locked.opening = Opening::Visit;
        assert!(of_card(&locked, &pair(), NOW).contains(&Cause::PukLockedVisit));
        let mut fresh = info();
        fresh.pin1 = CodeState::NotSet;
        fresh.pin2 = CodeState::NotSet;
        assert_eq!(
            of_card(&fresh, &pair()[..1], NOW),
            [Cause::Pin1NotSet, Cause::NoSignature]
        );
        assert_eq!(
            of_card(&fresh, &pair(), NOW),
            [Cause::Pin1NotSet, Cause::Pin2NotSet]
        );
    }
}
