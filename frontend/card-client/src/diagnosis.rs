//! What is wrong, by its cause: each with a number to tell the servicedesk, and a next step.

use crate::card::{Card, CardInfo, Certificate, CodeState, Holds, Reader, Usage};
use crate::port::{CardError, LookError};

/// A cause. The numbers are for ever: one that is no longer needed is not given to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// The service for smart cards does not run.
    NoService,
    /// No reader is connected.
    NoReader,
    /// No reader has the name that was asked for.
    NoSuchReader,
    /// There is no PKCS#11 module.
    NoModule,
    /// The computer's card software failed.
    SoftwareFailed,
    /// The readers are empty.
    NoCard,
    /// Something is in the reader and does not answer.
    MuteCard,
    /// Not an e-tjänstekort.
    UnknownCard,
    /// Several cards, and nobody chose.
    SeveralCards,
    /// This card does not do, but another one in another reader may.
    WrongOfSeveral,
    /// The card left its reader.
    CardGone,
    /// Another card came into the reader.
    OtherCard,
    /// The program does not know this kind of card.
    Unsupported,
    /// PIN1 has not been chosen.
    Pin1NotSet,
    /// PIN1 is locked.
    Pin1Locked,
    /// PIN2 is locked.
    Pin2Locked,
    /// The PUK is locked, and a visit opens the card.
    PukLockedVisit,
    /// The PUK is locked; the card works until its codes are.
    PukLocked,
    /// A wrong code was typed.
    WrongCode,
    /// PIN2 has not been chosen.
    Pin2NotSet,
    /// No certificate for *legitimering*.
    NoAuthentication,
    /// No certificate for *underskrift*.
    NoSignature,
    /// The certificate for *legitimering* has expired.
    AuthenticationExpired,
    /// The certificate for *underskrift* has expired.
    SignatureExpired,
    /// A certificate is not valid yet; the computer's clock may be wrong.
    NotYetValid,
    /// The certificate has no key on the card.
    NoKey,
    /// Key and certificate do not belong together.
    FalseSignature,
    /// A kind of key that cannot be judged.
    UnknownKey,
}

/// Whether a cause stops the holder, or is only good to know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weight {
    /// The card cannot be used for what it is for.
    Stops,
    /// The card works, but not for everything.
    Note,
}

impl Cause {
    /// All of them.
    pub const ALL: [Self; 28] = [
        Self::NoService,
        Self::NoReader,
        Self::NoSuchReader,
        Self::NoModule,
        Self::SoftwareFailed,
        Self::NoCard,
        Self::MuteCard,
        Self::UnknownCard,
        Self::SeveralCards,
        Self::WrongOfSeveral,
        Self::CardGone,
        Self::OtherCard,
        Self::Unsupported,
        Self::Pin1NotSet,
        Self::Pin1Locked,
        Self::Pin2Locked,
        Self::PukLockedVisit,
        Self::PukLocked,
        Self::WrongCode,
        Self::Pin2NotSet,
        Self::NoAuthentication,
        Self::NoSignature,
        Self::AuthenticationExpired,
        Self::SignatureExpired,
        Self::NotYetValid,
        Self::NoKey,
        Self::FalseSignature,
        Self::UnknownKey,
    ];

    /// What the holder tells the servicedesk: K1 computer, K2 card, K3 codes, K4 certificates, K5
    /// keys.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoService => "K101",
            Self::NoReader => "K102",
            Self::NoSuchReader => "K103",
            Self::NoModule => "K104",
            Self::SoftwareFailed => "K105",
            Self::NoCard => "K201",
            Self::MuteCard => "K202",
            Self::UnknownCard => "K203",
            Self::SeveralCards => "K204",
            Self::WrongOfSeveral => "K205",
            Self::CardGone => "K206",
            Self::OtherCard => "K207",
            Self::Unsupported => "K208",
            Self::Pin1NotSet => "K301",
            Self::Pin1Locked => "K302",
            Self::Pin2Locked => "K303",
            Self::PukLockedVisit => "K304",
            Self::PukLocked => "K305",
            Self::WrongCode => "K306",
            Self::Pin2NotSet => "K307",
            Self::NoAuthentication => "K401",
            Self::NoSignature => "K402",
            Self::AuthenticationExpired => "K403",
            Self::SignatureExpired => "K404",
            Self::NotYetValid => "K405",
            Self::NoKey => "K501",
            Self::FalseSignature => "K502",
            Self::UnknownKey => "K503",
        }
    }

    /// The key of its explanation in `text/`.
    #[must_use]
    pub fn cause_key(self) -> String {
        format!("cause-{}", self.code().to_lowercase())
    }

    /// The key of the next step in `text/`.
    #[must_use]
    pub fn step_key(self) -> String {
        format!("step-{}", self.code().to_lowercase())
    }

    /// A missing signing certificate is how cards come from the factory, and a locked PUK does no
    /// harm until a PIN is locked.
    #[must_use]
    pub fn weight(self) -> Weight {
        match self {
            Self::NoSignature | Self::PukLocked | Self::PukLockedVisit | Self::UnknownKey => {
                Weight::Note
            }
            _ => Weight::Stops,
        }
    }
}

impl From<LookError> for Cause {
    fn from(error: LookError) -> Self {
        match error {
            LookError::NoService => Self::NoService,
            LookError::NoModule => Self::NoModule,
            LookError::Failed => Self::SoftwareFailed,
        }
    }
}

impl From<CardError> for Cause {
    fn from(error: CardError) -> Self {
        match error {
            CardError::Wrong | CardError::BadForm => Self::WrongCode,
            CardError::Locked => Self::Pin1Locked,
            CardError::NotSet => Self::Pin1NotSet,
            CardError::OtherCard => Self::OtherCard,
            CardError::Gone | CardError::Uncertain => Self::CardGone,
            CardError::NoKey => Self::NoKey,
            CardError::Unsupported => Self::Unsupported,
            CardError::Failed => Self::SoftwareFailed,
        }
    }
}

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
