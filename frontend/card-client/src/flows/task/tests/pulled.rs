//! The card is pulled at every act: before it, after it, in its midst. The same run goes on when the
//! card comes back; when it does not, the next run does.

use super::{NEW, Person, Scene};
use crate::code::CodeName;
use crate::fake::Loss;
use crate::flows::Outcome;

const LOSSES: [Loss; 3] = [Loss::Command, Loss::Answer, Loss::Half];

/// Runs a flow whole, then once for each way to be interrupted; `holds` must be true in between.
fn everywhere(scene: fn() -> Scene, holds: fn(&Scene), done: fn(&Scene)) {
    let clean = scene();
    assert_eq!(clean.run(&mut Person::new()), Outcome::Well);
    done(&clean);
    let acts = clean.cards.chest.acts.get();
    assert!(acts > 0);
    for at in 1..=acts {
        for loss in LOSSES {
            let pulled = || {
                let scene = scene();
                scene.cards.chest.pull.set(Some((at, loss)));
                scene
            };
            let scene = pulled();
            let mut person = Person::new();
            let outcome = scene.run(&mut person);
            assert_eq!(outcome, Outcome::Well, "{at} {loss:?}: {}", person.text());
            done(&scene);
            let scene = pulled();
            next_run(&scene, (at, loss), holds);
            done(&scene);
        }
    }
}

/// Whoever pulled the card went away; later she comes with a new code.
fn next_run(scene: &Scene, pull: (u32, Loss), holds: fn(&Scene)) {
    let mut person = Person::new();
    person.patient = false;
    scene.run(&mut person);
    holds(scene);
    scene.cards.chest.pull.set(None);
    scene.cards.chest.gone.set(false);
    if scene.office.books().done {
        return;
    }
    scene.office.renew();
    let mut person = Person::new();
    // A code that was chosen before is the one that she knows.
    for pin in CodeName::PINS {
        if scene.cards.code(pin) == NEW {
            *(if pin == CodeName::Pin1 {
                &mut person.pin1
            } else {
                &mut person.pin2
            }) = NEW;
        }
    }
    let outcome = scene.run(&mut person);
    assert_eq!(outcome, Outcome::Well, "{pull:?}: {}", person.text());
}

#[test]
fn while_a_certificate_is_fetched() {
    everywhere(
        || Scene::new("fetch_signing"),
        |_| {},
        |scene| scene.has_exactly(1),
    );
}

#[test]
fn while_two_are_fetched_to_a_card_whose_code_is_not_chosen() {
    let scene = || {
        let scene = Scene::seven("fetch_signing", [false, true]);
        scene.office.books().profiles = vec!["hsa_id", "person_id"];
        scene
    };
    everywhere(scene, |_| {}, |scene| scene.has_exactly(2));
}

#[test]
fn while_a_pair_is_replaced_there_is_always_a_whole_one() {
    let scene = || Scene::new("fetch_signing").with_pair(b"kk999999", "person_id", "superseded");
    let holds = |scene: &Scene| {
        let pairs = scene.cards.chest.pairs();
        let whole = |pair: &crate::card::Pair| pair.whole().is_some() && pair.certificate.is_some();
        assert!(pairs.iter().any(whole), "{pairs:?}");
    };
    everywhere(scene, holds, |scene| scene.has_exactly(1));
}

#[test]
fn while_a_code_is_chosen() {
    everywhere(
        || Scene::seven("choose_code", [true; 2]),
        |_| {},
        |scene| assert_eq!(scene.cards.code(CodeName::Pin1), NEW),
    );
}

#[test]
fn while_a_card_is_opened() {
    let scene = || {
        let scene = Scene::seven("unlock_visit", [false; 2]);
        scene.cards.chip.borrow_mut().tries = [0, 0, 0];
        scene
    };
    everywhere(
        scene,
        |_| {},
        |scene| assert_eq!(scene.cards.code(CodeName::Pin1), NEW),
    );
}

#[test]
fn while_a_pair_is_removed() {
    everywhere(
        || Scene::new("delete_certificate").with_pair(b"kk999999", "person_id", "active"),
        |_| {},
        |scene| scene.has_exactly(0),
    );
}
