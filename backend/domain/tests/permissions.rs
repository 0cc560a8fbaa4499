//! The policy by property: what is not granted is refused, and what lies outside the scope gives
//! nothing away.

mod world;

use cards_domain::access::{
    Actor, Appointment, Function, Grant, Holder, Loa, Officer, Role, Scope, SystemActor, grant,
    permit, system_may,
};
use cards_domain::ids::{AppointmentId, OrganisationId};
use cards_domain::person::Subject;
use cards_domain::refusal::Refusal;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use strum::IntoEnumIterator;
use uuid::Uuid;
use world::given;

const ORGANISATIONS: [OrganisationId; 3] = [
    OrganisationId(Uuid::from_u128(1)),
    OrganisationId(Uuid::from_u128(2)),
    OrganisationId(Uuid::from_u128(3)),
];
const ELSEWHERE: OrganisationId = OrganisationId(Uuid::from_u128(9));

fn roles() -> impl Strategy<Value = Role> {
    select(Role::iter().collect::<Vec<_>>())
}

fn functions() -> impl Strategy<Value = Function> {
    select(Function::iter().collect::<Vec<_>>())
}

fn appointment() -> impl Strategy<Value = Appointment> {
    let branch = subsequence(ORGANISATIONS.to_vec(), 0..=3);
    (roles(), branch).prop_map(|(role, branch)| Appointment {
        id: AppointmentId(Uuid::from_u128(1)),
        role,
        branch,
        office: None,
    })
}

fn officer() -> impl Strategy<Value = Officer> {
    proptest::collection::vec(appointment(), 0..5).prop_map(|appointments| Officer {
        person: given::colleague(1),
        loa: Loa::Loa3,
        appointments,
    })
}

fn subject(organisation: OrganisationId, protected: bool) -> Subject {
    Subject {
        person: given::HOLDER,
        protected,
        organisations: vec![organisation],
    }
}

/// The rule in other words than the policy's: some appointment gives the function there, and for a
/// protected person some appointment gives the sight of them there.
fn expected(officer: &Officer, function: Function, at: OrganisationId, protected: bool) -> bool {
    let there = |wanted: &dyn Fn(Role) -> bool| {
        officer
            .appointments
            .iter()
            .any(|one| wanted(one.role) && one.branch.contains(&at))
    };
    there(&|role| grant(role, function) == Grant::InBranch)
        && (!protected || there(&|role| role == Role::IdAdminProtected))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_officer_may_only_what_an_appointment_gives_in_its_branch(
        officer in officer(),
        function in functions(),
        at in select(ORGANISATIONS.to_vec()),
        protected: bool,
    ) {
        let allowed = expected(&officer, function, at, protected);
        let verdict = permit(&Actor::Officer(officer), function, &subject(at, protected));
        prop_assert_eq!(verdict.is_ok(), allowed);
    }

    #[test]
    fn a_protected_person_out_of_scope_is_answered_like_one_who_does_not_exist(
        officer in officer(),
        function in functions(),
        at in select(ORGANISATIONS.to_vec()),
    ) {
        let may_see = expected(&officer, Function::ViewPerson, at, true);
        let officer = Actor::Officer(officer);
        let protected = permit(&officer, function, &subject(at, true));
        let unknown = permit(&officer, function, &subject(ELSEWHERE, false));
        prop_assert_eq!(&unknown, &Err(Refusal::OutOfScope));
        prop_assert_eq!(protected == unknown, !may_see);
    }

    #[test]
    fn a_log_in_below_level_three_makes_no_officer(
        officer in officer(),
        function in functions(),
        at in select(ORGANISATIONS.to_vec()),
    ) {
        let officer = Officer { loa: Loa::Loa2, ..officer };
        prop_assert!(permit(&Actor::Officer(officer), function, &subject(at, false)).is_err());
    }

    #[test]
    fn an_officer_may_look_at_their_own_card_as_officer_but_do_nothing_with_it(
        officer in officer(),
        function in functions(),
        at in select(ORGANISATIONS.to_vec()),
    ) {
        let own = Subject { person: officer.person, ..subject(at, false) };
        let verdict = permit(&Actor::Officer(officer), function, &own);
        prop_assert!(verdict.is_err() || function == Function::ViewPerson);
    }

    #[test]
    fn lists_show_whom_the_officer_may_open_and_never_more(
        officer in officer(),
        function in functions(),
        at in select(ORGANISATIONS.to_vec()),
    ) {
        let actor = Actor::Officer(officer);
        let scope = Scope::of(&actor, function);
        let listed = scope.organisations().contains(&at);
        prop_assert_eq!(listed, permit(&actor, function, &subject(at, false)).is_ok());
        if listed && scope.protected_too() {
            prop_assert_eq!(permit(&actor, function, &subject(at, true)), Ok(()));
        }
    }
}

#[test]
fn somebody_without_an_appointment_may_nothing() {
    let nobody = Actor::Officer(given::officer(given::colleague(1), &[]));
    for function in Function::iter() {
        let verdict = permit(&nobody, function, &given::subject());
        assert_eq!(verdict, Err(Refusal::OutOfScope));
    }
}

#[test]
fn a_holder_may_nothing_with_the_cards_of_others_not_even_know_of_them() {
    let holder = Actor::Holder(Holder {
        person: given::colleague(1),
        loa: Loa::Loa3,
    });
    for function in Function::iter() {
        let verdict = permit(&holder, function, &given::subject());
        assert_eq!(verdict, Err(Refusal::OutOfScope));
    }
}

#[test]
fn a_part_of_the_system_may_only_what_it_is_there_for() {
    for actor in SystemActor::iter() {
        for function in Function::iter() {
            let verdict = permit(&given::system(actor), function, &given::subject());
            let expected = if system_may(actor, function) {
                Ok(())
            } else {
                Err(Refusal::NotYourRole)
            };
            assert_eq!(verdict, expected);
        }
    }
}

#[test]
fn the_sight_of_protected_persons_in_one_branch_opens_nobody_in_another() {
    let appointment = |role, organisation| Appointment {
        id: AppointmentId(Uuid::from_u128(1)),
        role,
        branch: vec![organisation],
        office: None,
    };
    let [here, there, _] = ORGANISATIONS;
    let officer = Actor::Officer(Officer {
        person: given::colleague(1),
        loa: Loa::Loa3,
        appointments: vec![
            appointment(Role::IdAdmin, here),
            appointment(Role::IdAdminProtected, there),
        ],
    });
    let verdict = permit(&officer, Function::ViewPerson, &subject(here, true));
    assert_eq!(verdict, Err(Refusal::OutOfScope));
    assert!(!Scope::of(&officer, Function::ViewPerson).protected_too());
}
