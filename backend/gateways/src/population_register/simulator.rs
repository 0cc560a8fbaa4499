//! A population register that knows the persons of a file, and can invent others.

use std::collections::HashMap;
use std::path::Path;

use cards_app::ports::{GatewayError, PopulationRegister, RegisterEntry};
use cards_domain::values::{PersonName, PersonNumber};
use serde::{Deserialize, Serialize};

use super::invented;
use super::lines::{self, RegisterFileError};
use crate::Demonstration;
use crate::files::{self, FileError};
use crate::switches::SwitchFile;

/// Gives the name of a person who is not in the file, from wherever else it is known. `None` when
/// nobody has that number.
pub type Inventor = Box<dyn Fn(&PersonNumber) -> Option<PersonName> + Send + Sync>;

/// What is to go wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// The register does not answer.
    pub down: bool,
}

/// The simulated register.
pub struct RegisterSimulator {
    entries: HashMap<PersonNumber, RegisterEntry>,
    switches: SwitchFile<Switches>,
    invent: Option<Inventor>,
}

impl RegisterSimulator {
    /// The register of the persons in `file`, with its switches in the folder `home`.
    ///
    /// # Errors
    /// [`RegisterFileError`].
    pub fn open(_: Demonstration, file: &Path, home: &Path) -> Result<Self, RegisterFileError> {
        let missing = || FileError::content(file, "there is no such register file");
        let content = files::read_if_there(file)?.ok_or_else(missing)?;
        let text = String::from_utf8(content).map_err(|_| RegisterFileError::Encoding)?;
        Ok(Self {
            entries: lines::parse(&text)?,
            switches: Self::switches(home),
            invent: None,
        })
    }

    /// The same register, which also knows those whom `invent` gives a name to; their addresses
    /// are invented, the same ones each time.
    #[must_use]
    pub fn inventing(mut self, invent: Inventor) -> Self {
        self.invent = Some(invent);
        self
    }

    /// The file with the switches of the register whose folder is `home`.
    #[must_use]
    pub fn switches(home: &Path) -> SwitchFile<Switches> {
        SwitchFile::at(&home.join("register-faults.json"))
    }
}

impl PopulationRegister for RegisterSimulator {
    fn look_up(&self, number: &PersonNumber) -> Result<Option<RegisterEntry>, GatewayError> {
        let down = self.switches.read().map(|switches| switches.down);
        if down.unwrap_or(true) {
            let text = "the population register does not answer".to_owned();
            return Err(GatewayError::Retry(text));
        }
        if let Some(entry) = self.entries.get(number) {
            return Ok(Some(entry.clone()));
        }
        let name = self.invent.as_ref().and_then(|invent| invent(number));
        Ok(name.and_then(|name| invented::entry(number, name)))
    }
}

#[cfg(test)]
mod tests {
    use cards_domain::person::Protection;

    use super::*;
    use crate::test_folder::TestFolder;

    const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ops/demo/register.csv");

    fn demonstration() -> Demonstration {
        Demonstration::unless_production("test").unwrap()
    }

    fn number(text: &str) -> PersonNumber {
        PersonNumber::parse(text).unwrap()
    }

    fn of_text(lines: &str) -> Result<RegisterSimulator, RegisterFileError> {
        let folder = TestFolder::new();
        let file = folder.path().join("register.csv");
        std::fs::write(&file, format!("{}\n{lines}", lines::HEADING)).unwrap();
        RegisterSimulator::open(demonstration(), &file, folder.path())
    }

    fn demo(home: &Path) -> RegisterSimulator {
        RegisterSimulator::open(demonstration(), Path::new(DEMO), home).unwrap()
    }

    #[test]
    fn a_person_of_the_demonstration_is_found_with_name_and_address() {
        let folder = TestFolder::new();
        let register = demo(folder.path());
        let entry = register.look_up(&number("197403129807")).unwrap().unwrap();
        assert_eq!(entry.name.full(), "Karin Åkerblom");
        assert_eq!(
            entry.address.unwrap().lines(),
            ["c/o Hermansson", "Isbrytarvägen 21", "991 50 Näckrosviken"]
        );
    }

    #[test]
    fn a_protected_person_is_reached_through_the_forwarding_only() {
        let folder = TestFolder::new();
        let register = demo(folder.path());
        let entry = register.look_up(&number("199002119809")).unwrap().unwrap();
        assert_eq!(entry.protection, Protection::ProtectedRegistration);
        assert_eq!(entry.address, invented::forwarding());
        assert!(entry.address.is_some());
        assert_eq!(entry.special_address, None);
    }

    #[test]
    fn who_lives_nowhere_has_no_address_and_who_is_dead_has_a_day() {
        let folder = TestFolder::new();
        let register = demo(folder.path());
        let nowhere = register.look_up(&number("196203059800")).unwrap().unwrap();
        assert_eq!(nowhere.address, None);
        let dead = register.look_up(&number("197104069807")).unwrap().unwrap();
        assert_eq!(dead.deceased_on, "2026-10-28".parse().ok());
    }

    #[test]
    fn an_unknown_number_is_invented_only_when_somebody_knows_its_name() {
        let unknown = number("199001019802");
        let register = of_text("").unwrap();
        assert!(register.look_up(&unknown).unwrap().is_none());
        let name = || PersonName::new(Some("Nils"), None, "Påhittad").ok();
        let register = register.inventing(Box::new(move |_| name()));
        let first = register.look_up(&unknown).unwrap().unwrap();
        let again = register.look_up(&unknown).unwrap().unwrap();
        assert!(first.address.is_some());
        assert!(first == again);
    }

    #[test]
    fn a_register_that_is_down_says_try_again_and_names_nobody() {
        let folder = TestFolder::new();
        let register = demo(folder.path());
        let switches = RegisterSimulator::switches(folder.path());
        switches.write(&Switches { down: true }).unwrap();
        let Err(GatewayError::Retry(text)) = register.look_up(&number("197403129807")) else {
            panic!("it answered");
        };
        assert!(!text.chars().any(|letter| letter.is_ascii_digit()));
        switches.write(&Switches::default()).unwrap();
        assert!(register.look_up(&number("197403129807")).unwrap().is_some());
    }

    #[test]
    fn a_broken_line_is_told_by_its_number_alone() {
        let good = "197403129807;Karin;;Åkerblom;Karin;;Vägen 1;99150;Orten;none;;";
        for bad in [
            "197403129808;Karin;;Åkerblom;Karin;;Vägen 1;99150;Orten;none;;",
            "197403129807;Karin;;Åkerblom;Karin;;Vägen 1;99150;Orten;secret;;",
            "197403129807;Karin;;Åkerblom",
            good,
        ] {
            let Err(error) = of_text(&format!("{good}\n{bad}\n")) else {
                panic!("the line was taken");
            };
            let text = error.to_string();
            assert!(text.starts_with("line 3 "), "{text}");
            assert!(!text.contains("1974") && !text.contains("Karin"), "{text}");
        }
    }
}
