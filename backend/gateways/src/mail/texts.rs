//! What each mail says: what has happened, what it means, what to do now.
//!
//! No mail holds a person number, a code, a whole card number or a Rek-id, nor anything that tells
//! who a protected person is.

use askama::Template;
use cards_app::ports::{MailFacts, MailTexts};
use cards_domain::consequences::MailKind;
use cards_domain::delivery::DeliveryMethod;
use strum::{EnumIter, EnumString, IntoStaticStr};

use super::{dates, hours};

/// The languages that mails are written in; `sv` and `en` as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Language {
    /// Swedish.
    #[default]
    Sv,
    /// English.
    En,
}

impl Language {
    /// The language of this code; Swedish for all but English.
    #[must_use]
    pub fn of(code: &str) -> Self {
        match code.get(..2) {
            Some(start) if start.eq_ignore_ascii_case("en") => Self::En,
            _ => Self::Sv,
        }
    }
}

/// The texts in the templates of this package.
#[derive(Clone, Copy, Debug, Default)]
pub struct Texts;

impl MailTexts for Texts {
    #[expect(
        clippy::expect_used,
        reason = "a template of plain fields, written to memory, has nothing that can fail"
    )]
    fn write(&self, mail: MailKind, facts: &MailFacts, language: &str) -> (String, String) {
        render(mail, facts, Language::of(language)).expect("a mail template can be filled in")
    }
}

/// The facts as the templates want them.
struct View<'a> {
    facts: &'a MailFacts,
    last_day: Option<String>,
    code_length: String,
    hours: String,
    phone: Option<&'a str>,
    home: &'static str,
    to_office: bool,
}

impl<'a> View<'a> {
    fn new(facts: &'a MailFacts, language: Language) -> Self {
        let office = facts.office.as_ref();
        let hours = office.map(|office| &office.hours);
        Self {
            facts,
            last_day: facts.last_day.map(|day| dates::day(language, day)),
            code_length: dates::code_length(language, facts.pin_min, facts.pin_max),
            hours: hours.map_or_else(String::new, |hours| hours::in_words(language, hours)),
            phone: office.and_then(|office| office.phone.as_deref()),
            home: home(facts, language),
            to_office: facts.method == Some(DeliveryMethod::ToOffice),
        }
    }
}

/// Source text S3: the card goes to the registered address. Not said where no name may be, since
/// the letters of a protected person go another way.
fn home(facts: &MailFacts, language: Language) -> &'static str {
    match (language, &facts.given_name) {
        (_, None) => "",
        (Language::Sv, Some(_)) => " till din folkbokföringsadress",
        (Language::En, Some(_)) => " to your registered address",
    }
}

/// One template per mail and language.
macro_rules! templates {
    ($($name:ident = $path:literal),+ $(,)?) => {$(
        #[derive(Template)]
        #[template(path = $path)]
        struct $name<'a> {
            v: &'a View<'a>,
        }
    )+};
}

templates! {
    CardOrderedSv = "mail/card_ordered.sv.txt",
    CardOrderedEn = "mail/card_ordered.en.txt",
    CardOnItsWaySv = "mail/card_on_its_way.sv.txt",
    CardOnItsWayEn = "mail/card_on_its_way.en.txt",
    SignTheReceiptSv = "mail/sign_the_receipt.sv.txt",
    SignTheReceiptEn = "mail/sign_the_receipt.en.txt",
    CardActiveSv = "mail/card_active.sv.txt",
    CardActiveEn = "mail/card_active.en.txt",
    PhotoNeededSv = "mail/photo_needed.sv.txt",
    PhotoNeededEn = "mail/photo_needed.en.txt",
    HasItComeSv = "mail/has_it_come.sv.txt",
    HasItComeEn = "mail/has_it_come.en.txt",
    CardReplacedSv = "mail/card_replaced.sv.txt",
    CardReplacedEn = "mail/card_replaced.en.txt",
    CardAtOfficeSv = "mail/card_at_office.sv.txt",
    CardAtOfficeEn = "mail/card_at_office.en.txt",
    CardRevokedSv = "mail/card_revoked.sv.txt",
    CardRevokedEn = "mail/card_revoked.en.txt",
    PukLetterApprovedSv = "mail/puk_letter_approved.sv.txt",
    PukLetterApprovedEn = "mail/puk_letter_approved.en.txt",
    PukLetterRejectedSv = "mail/puk_letter_rejected.sv.txt",
    PukLetterRejectedEn = "mail/puk_letter_rejected.en.txt",
}

/// The subject and the text of a mail.
///
/// # Errors
/// The template cannot be filled in, which no facts bring about.
pub(super) fn render(
    kind: MailKind,
    facts: &MailFacts,
    language: Language,
) -> Result<(String, String), askama::Error> {
    let v = &View::new(facts, language);
    let filled = match (kind, language) {
        (MailKind::CardOrdered, Language::Sv) => CardOrderedSv { v }.render(),
        (MailKind::CardOrdered, Language::En) => CardOrderedEn { v }.render(),
        (MailKind::CardOnItsWay, Language::Sv) => CardOnItsWaySv { v }.render(),
        (MailKind::CardOnItsWay, Language::En) => CardOnItsWayEn { v }.render(),
        (MailKind::SignTheReceipt, Language::Sv) => SignTheReceiptSv { v }.render(),
        (MailKind::SignTheReceipt, Language::En) => SignTheReceiptEn { v }.render(),
        (MailKind::CardActive, Language::Sv) => CardActiveSv { v }.render(),
        (MailKind::CardActive, Language::En) => CardActiveEn { v }.render(),
        (MailKind::PhotoNeeded, Language::Sv) => PhotoNeededSv { v }.render(),
        (MailKind::PhotoNeeded, Language::En) => PhotoNeededEn { v }.render(),
        (MailKind::HasItCome, Language::Sv) => HasItComeSv { v }.render(),
        (MailKind::HasItCome, Language::En) => HasItComeEn { v }.render(),
        (MailKind::CardReplaced, Language::Sv) => CardReplacedSv { v }.render(),
        (MailKind::CardReplaced, Language::En) => CardReplacedEn { v }.render(),
        (MailKind::CardAtOffice, Language::Sv) => CardAtOfficeSv { v }.render(),
        (MailKind::CardAtOffice, Language::En) => CardAtOfficeEn { v }.render(),
        (MailKind::CardRevoked, Language::Sv) => CardRevokedSv { v }.render(),
        (MailKind::CardRevoked, Language::En) => CardRevokedEn { v }.render(),
        (MailKind::PukLetterApproved, Language::Sv) => PukLetterApprovedSv { v }.render(),
        (MailKind::PukLetterApproved, Language::En) => PukLetterApprovedEn { v }.render(),
        (MailKind::PukLetterRejected, Language::Sv) => PukLetterRejectedSv { v }.render(),
        (MailKind::PukLetterRejected, Language::En) => PukLetterRejectedEn { v }.render(),
    }?;
    let (subject, text) = filled.split_once('\n').unwrap_or((&filled, ""));
    Ok((subject.trim().to_owned(), single_gaps(text)))
}

/// The text with one empty line at most between its lines, none before and one line end after:
/// templates need not care how their conditions fall.
fn single_gaps(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut gap = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            gap = !tidy.is_empty();
            continue;
        }
        if gap {
            tidy.push('\n');
            gap = false;
        }
        tidy.push_str(line);
        tidy.push('\n');
    }
    tidy
}

#[cfg(test)]
mod tests;
