//! Lists of revoked certificates.

use cards_pki::checker::{CrlFinding, read_crl};
use cards_pki::crl::{self, CrlFault, Entries, Reason, Revoked, Scope, Window};
use cards_pki::serial::Serial;
use chrono::Duration;
use der::asn1::{BitString, OctetString};
use der::{Decode, Encode};
use x509_cert::crl::{CertificateList, TbsCertList};

use crate::kit::{LOGIN, World, random};

fn window(world: &World) -> Window {
    Window {
        number: 300,
        this_update: world.now,
        next_update: world.now + Duration::hours(24),
    }
}

fn in_shard(world: &World, shard: u16, count: usize) -> Vec<Revoked> {
    let mut found = Vec::new();
    while found.len() < count {
        let serial = Serial::from_random(random());
        if world.profiles.shard_of(&serial) == shard {
            let reason = Reason::ALL[found.len() % Reason::ALL.len()];
            let at = world.now - Duration::minutes(i64::try_from(found.len()).unwrap());
            found.push(Revoked { serial, at, reason });
        }
    }
    found
}

#[test]
fn a_list_is_read_back_as_it_was_written() {
    let world = World::new();
    let authority = world.authority(LOGIN);
    let revoked = in_shard(&world, 5, 40);
    let list = crl::build(
        &world.profiles,
        &authority.issuer,
        authority.key.as_ref(),
        Scope::Cards { shard: 5 },
        window(&world),
        revoked.clone(),
    )
    .unwrap();
    assert_eq!(list.entries(), 40);
    let read = read_crl(list.as_der(), authority.issuer.as_der()).unwrap();
    assert_eq!(read.revoked, revoked);
    assert_eq!(read.number, 300);
    assert_eq!(read.this_update, world.now);
    assert_eq!(read.next_update, world.now + Duration::hours(24));
    assert_eq!(read.url, Some(world.profiles.crl_url("person-hsa-id-3", 5)));
}

#[test]
fn an_empty_list_is_a_list() {
    let world = World::new();
    let root = &world.founded.root;
    let list = crl::build(
        &world.profiles,
        &root.issuer,
        root.key.as_ref(),
        Scope::Authorities,
        window(&world),
        None,
    )
    .unwrap();
    let read = read_crl(list.as_der(), root.issuer.as_der()).unwrap();
    assert_eq!(read.revoked, []);
    assert_eq!(read.url, None);
    let other = world.authority(LOGIN).issuer.as_der();
    assert_eq!(read_crl(list.as_der(), other), Err(CrlFinding::Issuer));
    let application = [&[0x50], &list.as_der()[1..]].concat();
    let found = read_crl(&application, root.issuer.as_der());
    assert_eq!(found, Err(CrlFinding::Malformed), "no SEQUENCE");
    let mut torn = list.into_der();
    *torn.last_mut().unwrap() ^= 1;
    let found = read_crl(&torn, root.issuer.as_der());
    assert_eq!(found, Err(CrlFinding::Signature));
}

#[test]
fn what_does_not_belong_on_a_list_is_refused() {
    let world = World::new();
    let (root, cards) = (&world.founded.root, world.authority(LOGIN));
    let mut entries = Entries::of(&world.profiles, Scope::Cards { shard: 5 });
    let foreign = in_shard(&world, 6, 1)[0];
    assert!(matches!(
        entries.push(&foreign),
        Err(CrlFault::ForeignEntry)
    ));
    let code = |authority: &cards_pki::ceremony::Authority, scope, window| {
        let profiles = &world.profiles;
        let key = authority.key.as_ref();
        let fault = crl::build(profiles, &authority.issuer, key, scope, window, None);
        fault.unwrap_err().code()
    };
    let good = window(&world);
    let backwards = Window {
        next_update: good.this_update,
        ..good
    };
    assert_eq!(code(cards, Scope::Cards { shard: 128 }, good), "crl_shard");
    assert_eq!(code(cards, Scope::Authorities, good), "crl_wrong_issuer");
    assert_eq!(
        code(root, Scope::Cards { shard: 0 }, good),
        "crl_wrong_issuer"
    );
    assert_eq!(
        code(cards, Scope::Cards { shard: 0 }, backwards),
        "crl_window"
    );
    let other = world.founded.authority("person-id-3").unwrap();
    let key = other.key.as_ref();
    let scope = Scope::Cards { shard: 0 };
    let fault = crl::build(&world.profiles, &cards.issuer, key, scope, good, None);
    assert_eq!(fault.unwrap_err().code(), "crl_unverified");
}

#[test]
fn a_list_that_was_signed_with_something_wrong_is_not_believed() {
    type Change = fn(&mut TbsCertList);
    let world = World::new();
    let authority = world.authority(LOGIN);
    let scope = Scope::Cards { shard: 5 };
    let revoked = in_shard(&world, 5, 2);
    let key = authority.key.as_ref();
    let list = crl::build(
        &world.profiles,
        &authority.issuer,
        key,
        scope,
        window(&world),
        revoked,
    );
    let list = CertificateList::from_der(list.unwrap().as_der()).unwrap();
    let changes: [(CrlFinding, Change); 4] = [
        // certificateHold
        (CrlFinding::Reason, |list| {
            let entry = &mut list.revoked_certificates.as_mut().unwrap()[1];
            let reason = &mut entry.crl_entry_extensions.as_mut().unwrap()[0];
            reason.extn_value = OctetString::new([0x0a, 1, 6]).unwrap();
        }),
        (CrlFinding::Number, |list| {
            drop(list.crl_extensions.as_mut().unwrap().remove(1))
        }),
        (CrlFinding::NextUpdate, |list| list.next_update = None),
        (CrlFinding::Scope, |list| {
            list.crl_extensions.as_mut().unwrap()[2].critical = false
        }),
    ];
    for (wanted, change) in changes {
        let mut changed = list.clone();
        change(&mut changed.tbs_cert_list);
        let message = changed.tbs_cert_list.to_der().unwrap();
        changed.signature = BitString::from_bytes(&key.sign(&message).unwrap()).unwrap();
        let found = read_crl(&changed.to_der().unwrap(), authority.issuer.as_der());
        assert_eq!(found, Err(wanted));
    }
}
