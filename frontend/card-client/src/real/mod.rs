//! Real readers: PKCS#11 for what every card software can do, PC/SC directly for what PKCS#11 cannot
//! tell or do — how many tries are left, and the PUK.

mod apdu;
mod dialect;
mod look;
mod middleware;
mod module;
mod pairs;
mod smartcards;

use crate::card::{Card, CardInfo, Certificate, CodeState, Holds, Opening, Pair, Reader};
use crate::certificates;
use crate::code::{Code, CodeName};
use crate::port::{Answering, CardError, CardPort, LookError};
use look::is_name_of;
use middleware::{Middleware, Token};
use smartcards::{Contact, Smartcards};
use std::cell::OnceCell;
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// How many digits a code has when the middleware does not tell (public pages: six to eight).
const LENGTHS: RangeInclusive<usize> = 6..=8;

/// The readers of this computer.
pub struct RealCards {
    module: Option<PathBuf>,
    /// Loaded once: a PKCS#11 module is initialised once in a process.
    middleware: OnceCell<Middleware>,
}

impl RealCards {
    /// The readers of this computer, through this PKCS#11 module or the one that is found.
    #[must_use]
    pub fn new(module: Option<PathBuf>) -> Self {
        Self {
            module,
            middleware: OnceCell::new(),
        }
    }

    fn middleware(&self) -> Result<&Middleware, LookError> {
        if let Some(loaded) = self.middleware.get() {
            return Ok(loaded);
        }
        let path = module::find(self.module.clone()).ok_or(LookError::NoModule)?;
        let loaded = Middleware::load(&path)?;
        Ok(self.middleware.get_or_init(|| loaded))
    }

    /// The tokens of a card: one for each of its codes.
    fn tokens(&self, card: &Card) -> Result<Vec<Token>, CardError> {
        let middleware = self.middleware().map_err(|_| CardError::Failed)?;
        middleware.look().map_err(|_| CardError::Failed)?.of(card)
    }

    fn token(&self, card: &Card, code: CodeName) -> Result<Token, CardError> {
        let middleware = self.middleware().map_err(|_| CardError::Failed)?;
        if let Some(token) = middleware.seen(card, code) {
            return Ok(token);
        }
        let mut tokens = self.tokens(card)?.into_iter();
        tokens
            .find(|token| token.code == code)
            .ok_or(CardError::Unsupported)
    }

    fn place(&self, card: &Card, code: CodeName) -> Result<(&Middleware, Token), CardError> {
        let token = self.token(card, code)?;
        let middleware = self.middleware().map_err(|_| CardError::Failed)?;
        Ok((middleware, token))
    }
}

impl CardPort for RealCards {
    fn readers(&self) -> Result<Vec<Reader>, LookError> {
        let smartcards = Smartcards::reach()?;
        let places = smartcards.places()?;
        let shown = if places
            .iter()
            .any(|(_, contact)| *contact == Contact::Answers)
        {
            let look = self.middleware()?.look();
            look.map_err(|_| LookError::Failed)?.places()
        } else {
            Vec::new()
        };
        Ok(places
            .into_iter()
            .map(|(name, contact)| Reader {
                holds: match contact {
                    Contact::Nothing => Holds::Nothing,
                    Contact::Mute => Holds::Mute,
                    Contact::Answers => card_in(&name, &shown),
                },
                name,
            })
            .collect())
    }

    fn read_card_info(&self, card: &Card) -> Result<CardInfo, CardError> {
        let tokens = self.tokens(card)?;
        let state = |code| {
            let found = tokens.iter().find(|token| token.code == code);
            found.map_or(CodeState::Untold, Token::state)
        };
        let told = CardInfo {
            pin1: state(CodeName::Pin1),
            pin2: state(CodeName::Pin2),
            puk: CodeState::Untold,
            opening: Opening::Untold,
            lengths: tokens
                .first()
                .map_or(LENGTHS, |token| token.lengths.clone()),
        };
        match Smartcards::reach()
            .map_err(|_| CardError::Failed)?
            .info(card, &told)
        {
            // What PKCS#11 tells is less, but true of every card.
            Err(CardError::Unsupported) => Ok(told),
            other => other,
        }
    }

    fn list_certificates(&self, card: &Card) -> Result<Vec<Certificate>, CardError> {
        let middleware = self.middleware().map_err(|_| CardError::Failed)?;
        let mut found: Vec<Certificate> = Vec::new();
        for token in self.tokens(card)? {
            for stored in middleware.certificates(&token)? {
                let read = certificates::read(&stored.der, &stored.id);
                // A middleware may show a card's certificates in both of its tokens.
                found.extend(read.filter(|one| found.iter().all(|known| known.der != one.der)));
            }
        }
        Ok(found)
    }

    fn check_pin(&self, card: &Card, pin: CodeName, code: &Code) -> Result<(), CardError> {
        let token = self.token(card, pin)?;
        let middleware = self.middleware().map_err(|_| CardError::Failed)?;
        middleware.check(&token, code)
    }

    fn change_pin(
        &self,
        card: &Card,
        pin: CodeName,
        old: &Code,
        new: &Code,
    ) -> Result<(), CardError> {
        let token = self.token(card, pin)?;
        let middleware = self.middleware().map_err(|_| CardError::Failed)?;
        middleware.change(&token, old, new)
    }

    fn unblock_with_puk(
        &self,
        card: &Card,
        pin: CodeName,
        puk: &Code,
        new: &Code,
    ) -> Result<(), CardError> {
        let smartcards = Smartcards::reach().map_err(|_| CardError::Failed)?;
        smartcards.unblock(card, pin, puk, new)
    }

    fn sign_with(
        &self,
        card: &Card,
        pin: CodeName,
        code: &Code,
        id: &[u8],
        message: &[u8],
    ) -> Result<Vec<u8>, CardError> {
        let (middleware, token) = self.place(card, pin)?;
        middleware.sign(&token, id, code, message)
    }

    fn pairs(&self, card: &Card, code: &Code) -> Result<Vec<Pair>, CardError> {
        let (middleware, token) = self.place(card, CodeName::Pin2)?;
        middleware.pairs(&token, code)
    }

    fn make_pair(&self, card: &Card, code: &Code, id: &[u8]) -> Result<(), CardError> {
        let (middleware, token) = self.place(card, CodeName::Pin2)?;
        middleware.make_pair(&token, code, id)
    }

    fn write_certificate(
        &self,
        card: &Card,
        code: &Code,
        id: &[u8],
        certificate: &[u8],
    ) -> Result<(), CardError> {
        let (middleware, token) = self.place(card, CodeName::Pin2)?;
        middleware.write_certificate(&token, code, id, certificate)
    }

    fn delete_pair(&self, card: &Card, code: &Code, id: &[u8]) -> Result<(), CardError> {
        let (middleware, token) = self.place(card, CodeName::Pin2)?;
        middleware.delete_pair(&token, code, id)
    }

    fn choose_with_office(
        &self,
        card: &Card,
        pin: CodeName,
        new: &Code,
        answer: &mut Answering<'_>,
    ) -> Result<(), CardError> {
        let smartcards = Smartcards::reach().map_err(|_| CardError::Failed)?;
        smartcards.choose(card, pin, new, answer)
    }

    fn module(&self) -> Option<String> {
        let path = module::find(self.module.clone())?;
        Some(path.file_name()?.to_string_lossy().into_owned())
    }
}

/// A card is one of ours when its middleware shows a token for PIN1; one that was pulled meanwhile is
/// no card any more.
fn card_in(reader: &str, shown: &[(String, Option<Token>)]) -> Holds {
    let here = shown.iter().filter(|(name, _)| is_name_of(name, reader));
    let Some(tokens) = here
        .map(|(_, token)| token.as_ref())
        .collect::<Option<Vec<_>>>()
    else {
        return Holds::Nothing;
    };
    match tokens
        .into_iter()
        .find(|token| token.code == CodeName::Pin1)
    {
        Some(token) => Holds::Card(Card {
            reader: reader.to_owned(),
            label: token.label.clone(),
            number: token.number.clone(),
        }),
        None => Holds::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_that_was_pulled_while_it_was_looked_at_is_none() {
        let shown = [("Left".to_owned(), None)];
        assert_eq!(card_in("Left", &shown), Holds::Nothing);
        assert_eq!(card_in("Right", &shown), Holds::Unknown);
    }
}
