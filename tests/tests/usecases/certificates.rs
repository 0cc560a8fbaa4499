//! Certificates through the gate: issued with the card, revoked by their holder, by an officer and
//! with the card, and told of at once by the status service and soon by the lists.

mod ceremony;
pub mod crashes;
mod flood;
mod issuing;
mod nightly;
mod openssl;
mod pages;
mod revoking;
mod together;

use std::sync::Arc;

use cards_acceptance::authority::{TestAuthority, issuing};
use cards_acceptance::{Person, World};
use cards_app::Failure;
use cards_domain::card::{Card, RevocationReason};
use cards_domain::certificate::{Certificate, CertificateStage};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::CertificateId;
use cards_store::certificates::{Issuance, SerialStatus, ShardName};

fn world() -> (World, Arc<TestAuthority>) {
    issuing(World::new(), 1)
}

/// A card in the post, with certificates.
fn sent(world: &World, person: &Person) -> Card {
    world.sent_card(person, DeliveryMethod::APost)
}

fn issuance(world: &World, id: CertificateId) -> Issuance {
    world.link().issuance(id).unwrap().unwrap()
}

fn serial(world: &World, id: CertificateId) -> String {
    issuance(world, id).reserved.unwrap().serial
}

/// What the status service is told about a certificate now; `None` for what has no serial.
fn status(world: &World, id: CertificateId) -> Option<SerialStatus> {
    let reserved = issuance(world, id).reserved?;
    let mut link = world.link();
    let serials = [reserved.serial.clone()];
    let statuses = link.serial_statuses(&reserved.authority, &serials).unwrap();
    statuses.get(&reserved.serial).copied()
}

fn is_revoked(status: Option<SerialStatus>) -> bool {
    matches!(status, Some(SerialStatus::Revoked { .. }))
}

/// The serials on the list of a certificate.
fn listed(world: &World, authority: &TestAuthority, id: CertificateId) -> Vec<String> {
    use cards_app::ports::CertificateAuthority as _;
    let reserved = issuance(world, id).reserved.unwrap();
    let name = ShardName {
        authority: reserved.authority,
        shard: reserved.shard,
    };
    let row = world.link().list(&name).unwrap();
    row.map_or_else(Vec::new, |row| {
        authority.read_list(&row.authority, &row.der).unwrap()
    })
}

/// The holder revokes the pair, with the digits of the card.
fn revoke(
    world: &World,
    person: &Person,
    card: &Card,
    id: CertificateId,
) -> Result<Certificate, Failure> {
    let four = card.number.as_ref().unwrap().last_four().to_owned();
    let reason = RevocationReason::CodesCompromised;
    let mut link = world.link();
    world
        .app()
        .revoke_pair(&mut link, &person.call(), id, (reason, &four))
}

fn stages(world: &World, card: &Card) -> Vec<CertificateStage> {
    let certificates = world.certificates(card.id);
    certificates.iter().map(|one| one.stage).collect()
}
