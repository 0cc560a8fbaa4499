//! Which tests name which behaviour rows: a doc line `/// Proves: 3-1 3-2` right above the
//! attributes and the name of a test function.

use crate::failure::Failure;
use crate::project::Project;

/// A test that names rows.
#[derive(Debug, PartialEq, Eq)]
pub struct Naming {
    /// The name of the test function.
    pub function: String,
    /// The rows it says it proves, such as `3-10`.
    pub rows: Vec<String>,
}

/// All naming tests of the folder `tests`.
///
/// # Errors
/// When a naming line stands above no test, or two naming tests have the same name.
pub fn find(project: &Project) -> Result<Vec<Naming>, Failure> {
    let mut found: Vec<Naming> = Vec::new();
    for file in project.files()? {
        if !file.starts_with("tests") || file.extension().is_none_or(|kind| kind != "rs") {
            continue;
        }
        let namings = in_text(&project.read(&file)?)
            .map_err(|why| Failure::said(format!("{}: {why}", file.display())))?;
        for naming in namings {
            if found.iter().any(|other| other.function == naming.function) {
                let name = naming.function;
                return Err(Failure::said(format!(
                    "Two tests that name rows are called {name}."
                )));
            }
            found.push(naming);
        }
    }
    Ok(found)
}

/// The naming tests in one file.
fn in_text(text: &str) -> Result<Vec<Naming>, String> {
    let mut found = Vec::new();
    let mut rows: Vec<String> = Vec::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        if let Some(named) = line.strip_prefix("/// Proves:") {
            rows.extend(
                named
                    .split([' ', ','])
                    .filter(|row| !row.is_empty())
                    .map(str::to_owned),
            );
        } else if rows.is_empty() {
            continue;
        } else if let Some(function) = function(line) {
            if !is_test {
                return Err(format!("{function} names rows but is no test"));
            }
            found.push(Naming {
                function,
                rows: std::mem::take(&mut rows),
            });
            is_test = false;
        } else {
            is_test |= is_test_attribute(line);
            if line.starts_with('}') {
                break;
            }
        }
    }
    match rows.is_empty() {
        true => Ok(found),
        false => Err(format!("no test follows `Proves: {}`", rows.join(" "))),
    }
}

fn is_test_attribute(line: &str) -> bool {
    let name = line.strip_prefix("#[").unwrap_or_default();
    let end = name.find([']', '(']).unwrap_or(name.len());
    name.get(..end)
        .is_some_and(|name| name == "test" || name.ends_with("::test"))
}

fn function(line: &str) -> Option<String> {
    let mut words = line
        .split_whitespace()
        .skip_while(|word| matches!(*word, "pub" | "async"));
    if words.next()? != "fn" {
        return None;
    }
    let name = words.next()?;
    name.split(['(', '<']).next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naming(function: &str, rows: &[&str]) -> Naming {
        let rows = rows.iter().map(|row| (*row).to_owned()).collect();
        Naming {
            function: function.to_owned(),
            rows,
        }
    }

    #[test]
    fn rows_go_to_the_test_below_them() {
        let text = "
            /// The whole way.
            /// Proves: 3-1 3-2
            /// Proves: 4-3
            #[tokio::test(flavor = \"multi_thread\")]
            async fn an_officer_orders_a_card() {
            }

            #[test]
            fn names_nothing() {}

            /// Proves: 3-5, 3-6
            #[test]
            fn short() {}
        ";
        let wanted = [
            naming("an_officer_orders_a_card", &["3-1", "3-2", "4-3"]),
            naming("short", &["3-5", "3-6"]),
        ];
        assert_eq!(in_text(text).unwrap(), wanted);
    }

    #[test]
    fn a_function_that_is_no_test_proves_nothing() {
        assert!(in_text("/// Proves: 3-1\nfn a_step() {}").is_err());
        assert!(in_text("/// Proves: 3-1\n#[cfg(test)]\nfn a_step() {}").is_err());
    }

    #[test]
    fn a_naming_line_above_nothing_is_an_error() {
        assert!(in_text("/// Proves: 3-1\n").is_err());
        assert!(in_text("/// Proves: 3-1\n}\n#[test]\nfn elsewhere() {}").is_err());
    }
}
