//! Writes the demonstration's directory feed, its population register and the list of the named
//! persons into `ops/demo`. Everything is invented and the same on every run.

mod crowd;
mod ldif;
mod lists;
mod named;
mod numbers;
mod output;
mod people;
mod places;
mod random;
mod special;

use std::path::{Path, PathBuf};
use std::{fs, io};

fn main() -> io::Result<()> {
    for (name, text) in files() {
        fs::write(folder().join(name), text)?;
    }
    Ok(())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../ops/demo")
}

/// Each generated file by name.
fn files() -> [(&'static str, String); 3] {
    let places = places::Places::new();
    let people = crowd::all(&places);
    [
        ("directory.ldif", output::directory(&places, &people)),
        ("register.csv", output::register(&people)),
        ("people.toml", named::list(&places)),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use cards_domain::values::{Personnummer, Samordningsnummer};

    use super::*;

    #[test]
    fn generating_again_gives_the_committed_files_byte_for_byte() {
        for (name, text) in files() {
            let committed = fs::read_to_string(folder().join(name)).unwrap();
            assert!(committed == text, "{name} differs: run the generator again");
        }
    }

    #[test]
    fn two_thousand_persons_have_numbers_that_nobody_living_has() {
        let people = crowd::all(&places::Places::new());
        let numbers: HashSet<_> = people.iter().map(|person| person.number.clone()).collect();
        assert_eq!((people.len(), numbers.len()), (2_000, 2_000));
        for person in people.iter().filter(|person| person.registered) {
            let personnummer = Personnummer::parse(&person.number).map(|one| one.is_test_number());
            let coordination =
                Samordningsnummer::parse(&person.number).map(|one| one.is_test_number());
            assert_eq!(personnummer.or(coordination), Ok(true));
        }
        assert_eq!(people.iter().filter(|person| !person.registered).count(), 2);
        assert_eq!(
            people.iter().filter(|person| person.protected()).count(),
            12
        );
    }

    #[test]
    fn no_mail_address_holds_a_number_of_a_person() {
        for person in crowd::all(&places::Places::new()) {
            for post in &person.posts {
                assert!(!post.mail.contains(&person.number));
            }
        }
    }
}
