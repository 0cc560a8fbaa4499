//! The licences and origins of everything that is built in: crates by cargo's own metadata, npm
//! packages by what lies in `node_modules`.

use crate::failure::{Failure, at};
use crate::process;
use crate::project::Project;
use crate::spdx::{ALLOWED, ALLOWED_IN_NPM, agrees};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What cargo tells of the workspace and what it is built from.
#[derive(Deserialize)]
pub struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

impl Metadata {
    /// Asks cargo.
    pub fn read(project: &Project) -> Result<Self, Failure> {
        let output = process::capture(project.cargo().args(["metadata", "--format-version", "1"]))?;
        serde_json::from_slice(&output.stdout).map_err(|error| {
            let told = String::from_utf8_lossy(&output.stderr);
            Failure::said(format!("cargo metadata: {error}: {}", told.trim()))
        })
    }

    /// The names of the libraries, programs and test programs of a package.
    pub fn targets(&self, package: &str) -> BTreeSet<String> {
        let packages = self.packages.iter().filter(|found| found.name == package);
        packages
            .flat_map(|found| &found.targets)
            .map(|target| target.name.clone())
            .collect()
    }

    fn denied(&self) -> Vec<String> {
        self.packages.iter().filter_map(Package::denied).collect()
    }
}

impl Package {
    fn denied(&self) -> Option<String> {
        let named = |why: &str| Some(format!("crate {} {}: {why}", self.name, self.version));
        match (&self.source, &self.license) {
            (Some(source), _) if !source.starts_with("registry+") => {
                named(&format!("comes from {source}, not from the registry"))
            }
            (_, Some(licence)) if agrees(licence, &|name| ALLOWED.contains(&name)) => None,
            (_, licence) => named(licence.as_deref().unwrap_or("names no licence")),
        }
    }
}

/// Checks every crate and every npm package.
///
/// # Errors
/// A sentence that names each package whose licence or origin is not allowed.
pub fn check(project: &Project) -> Result<(), Failure> {
    let mut denied = Metadata::read(project)?.denied();
    for folder in npm_packages(&project.path("frontend/node_modules"))? {
        denied.extend(denied_npm(&folder)?);
    }
    match denied.is_empty() {
        true => Ok(()),
        false => Err(Failure::said(format!(
            "Not allowed to be built in:\n{}",
            denied.join("\n")
        ))),
    }
}

/// The folders of all packages below a `node_modules` folder, scoped and nested ones too.
fn npm_packages(modules: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut waiting = vec![modules.to_owned()];
    while let Some(folder) = waiting.pop().filter(|folder| folder.is_dir()) {
        for entry in fs::read_dir(&folder).map_err(at(&folder))? {
            let path = entry.map_err(at(&folder))?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if name.starts_with('@') {
                waiting.push(path);
            } else if path.join("package.json").is_file() {
                waiting.extend(Some(path.join("node_modules")).filter(|inner| inner.is_dir()));
                found.push(path);
            }
        }
    }
    Ok(found)
}

fn denied_npm(folder: &Path) -> Result<Option<String>, Failure> {
    let file = folder.join("package.json");
    let text = fs::read_to_string(&file).map_err(at(&file))?;
    let package: Value = serde_json::from_str(&text).map_err(at(&file))?;
    let allowed = |name: &str| ALLOWED.contains(&name) || ALLOWED_IN_NPM.contains(&name);
    let licence = npm_licence(&package);
    Ok((!agrees(&licence, &allowed)).then(|| {
        let name = folder.display();
        format!(
            "npm {name}: {}",
            if licence.is_empty() {
                "names no licence"
            } else {
                &licence
            }
        )
    }))
}

/// The licence as npm packages have written it over the years: a text, `{type}`, or a list.
fn npm_licence(package: &Value) -> String {
    let one = |value: &Value| {
        let text = value
            .as_str()
            .or_else(|| value.get("type").and_then(Value::as_str));
        text.unwrap_or_default().to_owned()
    };
    match (
        package.get("license"),
        package.get("licenses").and_then(Value::as_array),
    ) {
        (Some(licence), _) => one(licence),
        (None, Some(list)) => list.iter().map(one).collect::<Vec<_>>().join(" OR "),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn package(license: Option<&str>, source: Option<&str>) -> Package {
        let text = |value: &str| value.to_owned();
        Package {
            name: text("a"),
            version: text("1.0.0"),
            license: license.map(text),
            source: source.map(text),
            targets: Vec::new(),
        }
    }

    #[test]
    fn a_crate_needs_an_allowed_licence_and_the_registry_or_a_path() {
        assert_eq!(package(Some("MIT"), None).denied(), None);
        assert_eq!(
            package(Some("MIT"), Some("registry+https://index")).denied(),
            None
        );
        assert!(
            package(Some("MIT"), Some("git+https://host/a"))
                .denied()
                .is_some()
        );
        assert!(package(Some("GPL-3.0"), None).denied().is_some());
        assert!(package(None, None).denied().is_some());
    }

    #[test]
    fn npm_licences_are_read_in_every_form() {
        assert_eq!(npm_licence(&json!({"license": "MIT"})), "MIT");
        assert_eq!(npm_licence(&json!({"license": {"type": "ISC"}})), "ISC");
        assert_eq!(
            npm_licence(&json!({"licenses": [{"type": "MIT"}, "ISC"]})),
            "MIT OR ISC"
        );
        assert_eq!(npm_licence(&json!({})), "");
    }
}
