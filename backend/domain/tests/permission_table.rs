//! Who may do what, as people review it.
//!
//! After a change of the policy: read the difference, and accept it with
//! `INSTA_UPDATE=always cargo test -p cards-domain --test permission_table`.

use cards_domain::tables::permissions;

#[test]
fn officers_may_do_what_the_reviewed_table_says() {
    insta::assert_snapshot!("officers", permissions::officers());
}

#[test]
fn parts_of_the_system_may_do_what_the_reviewed_table_says() {
    insta::assert_snapshot!("systems", permissions::systems());
}

#[test]
fn system_clients_may_do_what_the_reviewed_table_says() {
    insta::assert_snapshot!("clients", permissions::clients());
}

#[test]
fn holders_may_do_what_the_reviewed_table_says() {
    insta::assert_snapshot!("holders", permissions::holders());
}
