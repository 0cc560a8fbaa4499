//! Certificates of the world: the manufacturer asks for them when it has made a card, and they come
//! as far as they come before the card goes on.

use std::collections::BTreeMap;

use cards_domain::access::{Actor, SystemActor};
use cards_domain::card::Card;
use cards_domain::certificate::{
    Certificate, CertificateAction, CertificateFacts, CertificateRequest, SigningRequest,
};
use cards_domain::ids::{CertificateId, PairId};
use cards_domain::lifecycle::Lifecycle;
use uuid::Uuid;

use super::invariants::is_over;
use super::{Kept, KeptBegin, World, given};

impl Kept for Certificate {
    fn kept(world: &mut World) -> &mut BTreeMap<Uuid, Self> {
        &mut world.certificates
    }
    fn facts(&self, world: &mut World, _: &Actor) -> CertificateFacts {
        let living = world.certificates.values();
        let beside = living
            .filter(|other| other.pair == self.pair && other.id != self.id)
            .filter(|other| !other.stage.is_over());
        CertificateFacts {
            beside: beside.map(|other| other.id).collect(),
            ..world.certificate_facts(&world.cards[&self.card.0])
        }
    }
    fn watch(&self, after: &Self) {
        assert!(
            !self.stage.is_over(),
            "a certificate came back from its end"
        );
        assert_eq!(self.not_after, after.not_after, "its last day was moved");
    }
}

impl KeptBegin for Certificate {
    fn facts_to_begin(
        world: &mut World,
        _: &Actor,
        request: &CertificateRequest,
    ) -> CertificateFacts {
        let mut same = world.certificates.values();
        let pair = same
            .find(|other| other.card == request.card && other.profile == request.profile)
            .map(|other| other.pair);
        CertificateFacts {
            pair,
            ..world.certificate_facts(&world.cards[&request.card.0])
        }
    }
}

impl World {
    fn certificate_facts(&self, card: &Card) -> CertificateFacts {
        CertificateFacts {
            subject: given::subject(),
            card: card.stage(),
            card_number: card.number.clone(),
            valid_to: card.valid_to,
            product: self.product.clone(),
            key_known: false,
            pair: None,
            beside: Vec::new(),
        }
    }

    /// The certificates of a card that has just been made: one is only asked for, the next one is
    /// signed, the next one is on the card, and so on.
    pub(super) fn ask_for_certificates(&mut self) {
        let Some(card) = self.cards.values().next_back().cloned() else {
            return;
        };
        let wanted = self.product.certificates_when_made();
        for (how_far, (profile, usage)) in wanted.into_iter().enumerate() {
            let id = CertificateId(self.fresh());
            let request = CertificateRequest {
                id,
                card: card.id,
                person: given::HOLDER,
                profile,
                usage,
                new_pair: PairId(self.fresh()),
                request: SigningRequest {
                    der: vec![1],
                    key: [0; 32],
                },
            };
            let manufacturer = given::system(SystemActor::Manufacturer);
            let begun = self.begin::<Certificate>(&manufacturer, &request);
            assert_eq!(begun, Ok(()), "the manufacturer was refused a certificate");
            self.bring_on(id, &card, (how_far + self.cards.len()) % 3);
        }
    }

    fn bring_on(&mut self, id: CertificateId, card: &Card, how_far: usize) {
        let systems = [SystemActor::Authority, SystemActor::Manufacturer];
        let issue = CertificateAction::Issue {
            authority: "person-hsa-id-3".to_owned(),
            serial: "5a".repeat(16),
        };
        let write = card.number.clone();
        let write = write.map(|number| CertificateAction::WriteToCard { number });
        let actions = [Some(issue), write].into_iter().flatten();
        for (system, action) in systems.into_iter().zip(actions).take(how_far) {
            let done = self.act::<Certificate>(&given::system(system), id.0, &action);
            assert_eq!(done, Ok(()), "a certificate was not issued");
        }
    }

    /// A certificate lives as long as its card, and its last day is the card's.
    pub(super) fn check_certificates(&self, card: &Card) {
        let own = self.certificates.values();
        for certificate in own.filter(|certificate| certificate.card == card.id) {
            assert_eq!(Some(certificate.not_after), card.valid_to);
            if is_over(card) {
                let stage = certificate.stage;
                assert!(stage.is_over(), "{stage:?}, card {:?}", card.stage);
            }
        }
    }
}
