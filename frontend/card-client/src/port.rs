//! The card as the flows know it: one trait, with real readers behind it in the program and a card in
//! memory behind it in the tests.

use crate::card::{Card, CardInfo, Certificate, Pair, Reader};
use crate::code::{Code, CodeName};

/// Where the office's answer to a card's question comes from; `None` when it does not come.
pub type Answering<'a> = dyn FnMut(&[u8]) -> Option<Vec<u8>> + 'a;

/// Why nothing at all can be seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LookError {
    /// The service for smart cards does not run.
    #[error("the smart card service does not run")]
    NoService,
    /// There is no PKCS#11 module, or it cannot be loaded.
    #[error("the PKCS#11 module cannot be loaded")]
    NoModule,
    /// Something else in the computer failed.
    #[error("the readers cannot be looked at")]
    Failed,
}

/// Why an act with a card was not done, or not surely. No text in it comes from the card.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CardError {
    /// The code was wrong, and a try is gone.
    #[error("wrong code")]
    Wrong,
    /// The code is locked.
    #[error("the code is locked")]
    Locked,
    /// The code has not been chosen yet.
    #[error("the code has not been chosen")]
    NotSet,
    /// The card does not take such a code; no try is gone.
    #[error("the card does not take such a code")]
    BadForm,
    /// Another card is in the reader than the one that was named.
    #[error("another card is in the reader")]
    OtherCard,
    /// The card was taken out before anything changed.
    #[error("the card was taken out before anything changed")]
    Gone,
    /// The card was taken out while it was told to change: it did, or it did not.
    #[error("the card was taken out while it changed")]
    Uncertain,
    /// The certificate has no key on the card.
    #[error("the certificate has no key")]
    NoKey,
    /// This program does not know how to do it with this kind of card.
    #[error("not known for this kind of card")]
    Unsupported,
    /// The card has no room left.
    #[error("the card is full")]
    Full,
    /// The office did not answer the card's question.
    #[error("the office did not answer")]
    NoAnswer,
    /// The card does not take the office's answer. A try of the office's key is gone.
    #[error("the card does not take the office's answer")]
    NotTaken,
    /// Something else failed, and nothing changed.
    #[error("the card or its software failed")]
    Failed,
}

/// Cards in readers. Every act names its card and is refused by any other.
pub trait CardPort {
    /// Looks at all readers, anew at each call.
    ///
    /// # Errors
    /// Why nothing can be seen. No reader at all is an empty list.
    fn readers(&self) -> Result<Vec<Reader>, LookError>;

    /// What the card tells about its codes. Costs no try.
    ///
    /// # Errors
    /// [`CardError::Gone`], [`CardError::OtherCard`], [`CardError::Failed`].
    fn read_card_info(&self, card: &Card) -> Result<CardInfo, CardError>;

    /// The holder's certificates on the card.
    ///
    /// # Errors
    /// As [`CardPort::read_card_info`].
    fn list_certificates(&self, card: &Card) -> Result<Vec<Certificate>, CardError>;

    /// Proves a PIN. A wrong one costs a try, the right one gives all tries back.
    ///
    /// # Errors
    /// Any but [`CardError::Uncertain`].
    fn check_pin(&self, card: &Card, pin: CodeName, code: &Code) -> Result<(), CardError>;

    /// Changes a PIN. A wrong old one costs one try.
    ///
    /// # Errors
    /// After [`CardError::Uncertain`] either of the two codes is right; after any other the old one.
    fn change_pin(
        &self,
        card: &Card,
        pin: CodeName,
        old: &Code,
        new: &Code,
    ) -> Result<(), CardError>;

    /// Chooses a new PIN with the PUK. A wrong PUK costs one of its tries.
    ///
    /// # Errors
    /// After [`CardError::Uncertain`] the PIN is as it was or the new one; after any other as it was.
    fn unblock_with_puk(
        &self,
        card: &Card,
        pin: CodeName,
        puk: &Code,
        new: &Code,
    ) -> Result<(), CardError>;

    /// Signs a message (SHA-256) with the key of a certificate. An elliptic curve's signature is the
    /// two numbers one after the other, as PKCS#11 has it.
    ///
    /// # Errors
    /// Any but [`CardError::Uncertain`].
    fn sign(
        &self,
        card: &Card,
        certificate: &Certificate,
        code: &Code,
        message: &[u8],
    ) -> Result<Vec<u8>, CardError> {
        let pin = certificate.usage.code();
        self.sign_with(card, pin, code, &certificate.id, message)
    }

    /// The same, with the key that has this identifier under this PIN.
    ///
    /// # Errors
    /// As [`CardPort::sign`].
    fn sign_with(
        &self,
        card: &Card,
        pin: CodeName,
        code: &Code,
        id: &[u8],
        message: &[u8],
    ) -> Result<Vec<u8>, CardError>;

    /// What lies under PIN2: keys, and the certificates with the same identifiers. It shows also what
    /// was left half done.
    ///
    /// # Errors
    /// Any but [`CardError::Uncertain`].
    fn pairs(&self, card: &Card, code: &Code) -> Result<Vec<Pair>, CardError>;

    /// Makes a key pair (P-256) on the card under PIN2.
    ///
    /// # Errors
    /// After an error other than about the code the pair may be there, whole or half:
    /// [`CardPort::pairs`] tells.
    fn make_pair(&self, card: &Card, code: &Code, id: &[u8]) -> Result<(), CardError>;

    /// Writes a certificate (DER) beside the key with this identifier under PIN2.
    ///
    /// # Errors
    /// As [`CardPort::make_pair`]; [`CardError::Full`].
    fn write_certificate(
        &self,
        card: &Card,
        code: &Code,
        id: &[u8],
        certificate: &[u8],
    ) -> Result<(), CardError>;

    /// Deletes whatever has this identifier under PIN2: the certificate, the public key, the private
    /// key, in this order. Nothing there is well.
    ///
    /// # Errors
    /// As [`CardPort::make_pair`].
    fn delete_pair(&self, card: &Card, code: &Code, id: &[u8]) -> Result<(), CardError>;

    /// Chooses a PIN without its PUK: the card asks a question, and the office answers it.
    ///
    /// # Errors
    /// [`CardError::NoAnswer`], [`CardError::NotTaken`]; [`CardError::Unsupported`] for a card that no
    /// office can open; after [`CardError::Uncertain`] the PIN is as it was or the new one.
    fn choose_with_office(
        &self,
        card: &Card,
        pin: CodeName,
        new: &Code,
        answer: &mut Answering<'_>,
    ) -> Result<(), CardError>;

    /// The name of the PKCS#11 module, without its folder; `None` when there is none.
    fn module(&self) -> Option<String>;
}
