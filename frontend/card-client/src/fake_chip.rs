//! The keys of the card in memory, and how it is pulled.

use crate::card::{Certificate, Pair};
use crate::certificates;
use crate::code::CodeName;
use crate::der;
use crate::fake::Loss;
use crate::port::CardError;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use std::cell::{Cell, RefCell};

/// What lies under one identifier.
pub struct Kept {
    pub id: Vec<u8>,
    pub pin: CodeName,
    pub private: Option<EcdsaKeyPair>,
    pub public: Option<Vec<u8>>,
    pub certificate: Option<Vec<u8>>,
}

/// Keys, certificates, and when the card is pulled.
#[derive(Default)]
pub struct Chest {
    pub kept: RefCell<Vec<Kept>>,
    /// The card is pulled at the act with this number, counted from 1.
    pub pull: Cell<Option<(u32, Loss)>>,
    pub acts: Cell<u32>,
    pub gone: Cell<bool>,
}

impl Chest {
    /// Makes a key as the card's maker does; its public key.
    pub fn add_key(&self, pin: CodeName, id: &[u8]) -> Vec<u8> {
        let private = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let public = der::curve_key(private.public_key().as_ref());
        self.kept.borrow_mut().push(Kept {
            id: id.to_vec(),
            pin,
            private: Some(private),
            public: Some(public.clone()),
            certificate: None,
        });
        public
    }

    pub fn certify(&self, id: &[u8], certificate: &[u8]) {
        let mut kept = self.kept.borrow_mut();
        let one = kept.iter_mut().find(|one| one.id == id).unwrap();
        one.certificate = Some(certificate.to_vec());
    }

    pub fn certificates(&self) -> Vec<Certificate> {
        let kept = self.kept.borrow();
        let read = |one: &Kept| certificates::read(one.certificate.as_deref()?, &one.id);
        kept.iter().filter_map(read).collect()
    }

    pub fn pairs(&self) -> Vec<Pair> {
        let kept = self.kept.borrow();
        let signing = kept.iter().filter(|one| one.pin == CodeName::Pin2);
        signing
            .map(|one| Pair {
                id: one.id.clone(),
                private: one.private.is_some(),
                public: one.public.clone(),
                certificate: one.certificate.clone(),
            })
            .collect()
    }

    pub fn sign(&self, pin: CodeName, id: &[u8], message: &[u8]) -> Option<Vec<u8>> {
        let kept = self.kept.borrow();
        let one = kept.iter().find(|one| one.id == id && one.pin == pin)?;
        let signature = one.private.as_ref()?.sign(&SystemRandom::new(), message);
        Some(signature.unwrap().as_ref().to_vec())
    }

    pub fn make(&self, id: &[u8], half: bool) -> Result<(), CardError> {
        if self.kept.borrow().iter().any(|one| one.id == id) {
            return Err(CardError::Failed);
        }
        self.add_key(CodeName::Pin2, id);
        if half && let Some(last) = self.kept.borrow_mut().last_mut() {
            last.public = None;
        }
        Ok(())
    }

    pub fn delete(&self, id: &[u8], half: bool) {
        let mut kept = self.kept.borrow_mut();
        if half && let Some(one) = kept.iter_mut().find(|one| one.id == id) {
            one.certificate = None;
            one.public = None;
        } else {
            kept.retain(|one| one.id != id);
        }
    }

    /// Does something with the card, unless it is pulled there. The act hears whether it is done half.
    pub fn touch<T>(&self, act: impl FnOnce(bool) -> Result<T, CardError>) -> Result<T, CardError> {
        if self.gone.get() {
            return Err(CardError::Gone);
        }
        self.acts.set(self.acts.get() + 1);
        let loss = self.pull.get().filter(|(at, _)| *at == self.acts.get());
        match loss.map(|(_, loss)| loss) {
            None => act(false),
            Some(loss) => {
                self.gone.set(true);
                if loss == Loss::Command {
                    return Err(CardError::Gone);
                }
                let _ = act(loss == Loss::Half);
                Err(CardError::Uncertain)
            }
        }
    }
}
