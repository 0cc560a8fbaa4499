//! Profiles as data.

use cards_pki::profile::{Algorithm, AuthorityRole, Identity, Level, Profiles};
use figment::Figment;
use figment::providers::{Format, Serialized, Toml};

use crate::kit::{LOGIN, World, noon};

#[test]
fn the_built_in_set_is_changed_by_a_few_lines_of_toml() {
    let lines = r#"
        base_url = "http://pki.example.org"
        shards = 32
        [[authorities]]
        name = "root"
        role = "root"
        common_name = "Example Root"
        algorithm = "rsa3072"
        years = 10
        [[authorities]]
        name = "people"
        role = "issuing"
        identity = "hsa_id"
        level = "three"
        policy = "1.3.6.1.4.1.32473.9"
        common_name = "Example People CA"
        algorithm = "rsa2048"
        years = 5
    "#;
    let profiles: Profiles = Figment::from(Serialized::defaults(Profiles::demonstration()))
        .merge(Toml::string(lines))
        .extract()
        .unwrap();
    let profiles = profiles.checked().unwrap();
    assert_eq!(profiles.leaves, Profiles::demonstration().leaves);
    let people = profiles.issuing(Identity::HsaId, Level::Three).unwrap();
    assert_eq!(people.algorithm, Algorithm::Rsa2048);
    assert!(
        matches!(&people.role, AuthorityRole::Issuing { policy, .. } if policy.ends_with(".9"))
    );
    assert_eq!(
        profiles.crl_url("people", 3),
        "http://pki.example.org/crl/people/3.crl"
    );
    // And it is issued from, with RSA all the way.
    let world = World::of(profiles, noon(), noon());
    let leaf = world.issue(LOGIN);
    let issuer = &world.authority(LOGIN).issuer;
    assert_eq!(
        cards_pki::lint::leaf(&world.profiles, issuer, LOGIN, &leaf.tbs),
        []
    );
}

#[test]
fn profiles_are_written_and_read_as_the_same() {
    let written = Figment::from(Serialized::defaults(Profiles::demonstration()));
    let read: Profiles = written.extract().unwrap();
    assert_eq!(read, Profiles::demonstration());
}

#[test]
fn the_same_order_gives_the_same_bytes() {
    use cards_pki::key::SigningKey;
    let world = World::new();
    let leaf = world.issue(LOGIN);
    let order = cards_pki::tbs::LeafOrder {
        kind: leaf.kind,
        subject: &leaf.subject,
        serial: leaf.serial,
        not_before: leaf.not_before,
        not_after: leaf.not_after,
        key: leaf.key.public_key(),
        card_number: &leaf.card,
    };
    let issuer = &world.authority(LOGIN).issuer;
    let again = cards_pki::tbs::leaf(&world.profiles, issuer, &order).unwrap();
    assert_eq!(again, leaf.tbs);
}

#[test]
fn orders_that_do_not_go_together_are_refused() {
    use cards_pki::key::SigningKey;
    let world = World::new();
    let leaf = world.issue(LOGIN);
    let issuer = &world.authority(LOGIN).issuer;
    let order = cards_pki::tbs::LeafOrder {
        kind: leaf.kind,
        subject: &leaf.subject,
        serial: leaf.serial,
        not_before: leaf.not_before,
        not_after: leaf.not_after,
        key: leaf.key.public_key(),
        card_number: &leaf.card,
    };
    let code = |change: &dyn Fn(&mut cards_pki::tbs::LeafOrder<'_>)| {
        let mut order = order.clone();
        change(&mut order);
        let fault = cards_pki::tbs::leaf(&world.profiles, issuer, &order);
        fault.unwrap_err().code()
    };
    let person = crate::kit::holder(Identity::PersonId);
    assert_eq!(
        code(&|order| order.not_after = order.not_before),
        "tbs_validity"
    );
    let late = "2199-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(code(&|order| order.not_after = late), "tbs_validity");
    assert_eq!(
        code(&|order| order.not_before = world.now - chrono::Duration::days(31)),
        "tbs_validity"
    );
    assert_eq!(
        code(&|order| order.kind = crate::kit::SIGNATURE),
        "tbs_wrong_issuer"
    );
    let mut mixed = order.clone();
    mixed.subject = &person;
    let fault = cards_pki::tbs::leaf(&world.profiles, issuer, &mixed).unwrap_err();
    assert_eq!(fault.code(), "tbs_wrong_identifier");
    let root = &world.founded.root.issuer;
    let fault = cards_pki::tbs::leaf(&world.profiles, root, &order).unwrap_err();
    assert_eq!(fault.code(), "tbs_wrong_issuer");
}
