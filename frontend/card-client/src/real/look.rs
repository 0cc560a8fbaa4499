//! A look at the tokens of all cards. A card that is pulled meanwhile is told from one that lacks a code.

use super::middleware::{Middleware, Token, told};
use crate::card::Card;
use crate::code::CodeName;
use crate::port::CardError;
use cryptoki::error::{Error, RvError};
use cryptoki::slot::Slot;

/// How long PKCS#11 lets a slot's description be; a reader with a longer name is cut.
const DESCRIPTION: usize = 64;

impl Middleware {
    /// Looks at the tokens that are in the readers now.
    ///
    /// # Errors
    /// When the module fails.
    pub fn look(&self) -> Result<Look<'_>, Error> {
        let mut look = Look {
            middleware: self,
            tokens: Vec::new(),
            left: Vec::new(),
        };
        for slot in self.slots()? {
            match self.token(slot) {
                Ok(token) => look.tokens.extend(token),
                Err(error) if has_left(&error) => look.left.push(slot),
                // Some other kind of card, which this program has nothing to do with.
                Err(_) => {}
            }
        }
        self.seen.borrow_mut().clone_from(&look.tokens);
        Ok(look)
    }

    /// The token of a code where the last look found it: a look at all cards takes many commands. Its
    /// slot must still be behind the card's reader; that the card is the same is proved by whoever
    /// opens a session.
    pub fn seen(&self, card: &Card, code: CodeName) -> Option<Token> {
        let seen = self.seen.borrow();
        let is_it = |token: &&Token| token.number == card.number && token.code == code;
        let token = seen.iter().find(is_it)?;
        self.is_behind(token.slot, &card.reader)
            .then(|| token.clone())
    }

    fn is_behind(&self, slot: Slot, reader: &str) -> bool {
        let name = self.reader(slot);
        name.is_some_and(|name| is_name_of(&name, reader))
    }
}

/// What the slots showed at one look.
pub struct Look<'m> {
    middleware: &'m Middleware,
    tokens: Vec<Token>,
    /// Slots whose card went away while it was looked at. Other tokens of the same card may have been
    /// shown before.
    left: Vec<Slot>,
}

impl Look<'_> {
    /// The tokens of a card: one for each of its codes.
    ///
    /// # Errors
    /// [`CardError::Gone`], also when only some of them were shown; [`CardError::OtherCard`].
    pub fn of(&self, card: &Card) -> Result<Vec<Token>, CardError> {
        let here = |slot: Slot| self.middleware.is_behind(slot, &card.reader);
        if self.left.iter().any(|slot| here(*slot)) {
            return Err(CardError::Gone);
        }
        let tokens = self.tokens.iter().cloned();
        let (own, others): (Vec<Token>, Vec<Token>) =
            tokens.partition(|token| token.number == card.number);
        // What has the same number is the same card, so the first one tells where all of them are.
        if own.first().is_some_and(|token| here(token.slot)) {
            Ok(own)
        } else if others.iter().any(|token| here(token.slot)) {
            Err(CardError::OtherCard)
        } else {
            Err(CardError::Gone)
        }
    }

    /// What each reader showed: its tokens, or `None` where a card went away.
    pub fn places(&self) -> Vec<(String, Option<Token>)> {
        let shown = self
            .tokens
            .iter()
            .map(|token| (token.slot, Some(token.clone())));
        let left = self.left.iter().map(|slot| (*slot, None));
        shown
            .chain(left)
            .filter_map(|(slot, token)| Some((self.middleware.reader(slot)?, token)))
            .collect()
    }
}

/// Whether a slot's description names this reader.
pub fn is_name_of(description: &str, reader: &str) -> bool {
    let end = (0..=DESCRIPTION.min(reader.len())).rfind(|end| reader.is_char_boundary(*end));
    let cut = reader.get(..end.unwrap_or_default()).unwrap_or(reader);
    description == cut.trim_end()
}

/// Whether a slot that was said to hold a token answers that it holds none: its card has just been
/// pulled. A card that the module does not know lies there still.
fn has_left(error: &Error) -> bool {
    let unknown = matches!(error, Error::Pkcs11(RvError::TokenNotRecognized, _));
    !unknown && told(error) == CardError::Gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use cryptoki::context::Function;

    #[test]
    fn a_slot_that_lost_its_token_is_not_one_with_another_kind_of_card() {
        let answers = |answer| has_left(&Error::Pkcs11(answer, Function::GetTokenInfo));
        assert!(answers(RvError::TokenNotPresent) && answers(RvError::DeviceRemoved));
        assert!(!answers(RvError::TokenNotRecognized) && !answers(RvError::GeneralError));
    }

    #[test]
    fn a_long_name_of_a_reader_is_cut_as_pkcs11_cuts_it() {
        let long = "A reader with a name that is longer than PKCS#11 has any room for 00 00";
        let (cut, _) = long.split_at(DESCRIPTION);
        assert!(is_name_of(cut.trim_end(), long));
        assert!(is_name_of("A reader 00 00", "A reader 00 00"));
        assert!(!is_name_of("A reader 00 00", "A reader 00 01"));
    }
}
