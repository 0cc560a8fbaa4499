//! Who may import whom, and which crate of others is allowed where. A package or crate that is new
//! fails here until it has been added on purpose.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use cards_acceptance::world::checkout;
use cargo_metadata::{Dependency, DependencyKind, Metadata, MetadataCommand, Package};

/// A package of ours, and those of ours that it may import.
const IMPORTS: [(&str, &[&str]); 13] = [
    ("cards-domain", &[]),
    ("cards-store", &["cards-domain"]),
    ("cards-app", &["cards-domain", "cards-store"]),
    ("cards-pki", &[]),
    (
        "cards-gateways",
        &["cards-domain", "cards-app", "cards-pki"],
    ),
    ("cards-http", &["cards-domain", "cards-app"]),
    ("cards-api", &["cards-domain", "cards-app", "cards-http"]),
    ("cards-portal", &["cards-domain", "cards-app", "cards-http"]),
    ("cards-server", ALL),
    ("cards-acceptance", ALL_AND_A_CARD),
    // It is linked with the machine's PC/SC, so nothing else may need it.
    ("cards-card-client", &[]),
    ("cards-testcard", &[]),
    ("cards-xtask", &[]),
];

const ALL: &[&str] = &[
    "cards-domain",
    "cards-store",
    "cards-app",
    "cards-pki",
    "cards-gateways",
    "cards-http",
    "cards-api",
    "cards-portal",
    "cards-server",
];

/// The whole system, and a card in front of it.
const ALL_AND_A_CARD: &[&str] = &[
    "cards-domain",
    "cards-store",
    "cards-app",
    "cards-pki",
    "cards-gateways",
    "cards-http",
    "cards-api",
    "cards-portal",
    "cards-server",
    "cards-testcard",
];

/// What the tests of a package may import beside that.
const IMPORTS_OF_TESTS: [(&str, &[&str]); 2] = [
    ("cards-app", &["cards-gateways"]),
    ("cards-card-client", &["cards-testcard"]),
];

/// A crate of others: the packages that may use it, and why only these.
const CRATES: &[(&str, &[&str])] = &[
    ("actix-multipart", &["http"]),
    // TLS is ended in one place.
    ("actix-tls", &["server"]),
    // HTTP stays out of the rules and the use cases.
    (
        "actix-web",
        &["acceptance", "api", "http", "portal", "server"],
    ),
    ("askama", &["gateways", "portal"]),
    (
        "aws-lc-rs",
        &[
            "acceptance",
            "card-client",
            "gateways",
            "pki",
            // Fingerprints of the files that people compare.
            "portal",
            "store",
            "testcard",
        ],
    ),
    (
        "base64",
        &[
            "acceptance",
            "app",
            "card-client",
            "gateways",
            "http",
            "pki",
            "testcard",
        ],
    ),
    ("cargo_metadata", &["acceptance"]),
    (
        "chrono",
        &[
            "acceptance",
            "api",
            "app",
            "domain",
            "gateways",
            "http",
            "pki",
            "portal",
            "server",
            "store",
        ],
    ),
    ("chrono-tz", &["domain", "portal"]),
    (
        "clap",
        &["acceptance", "card-client", "server", "testcard", "xtask"],
    ),
    // Tokens are known where the authority is, and where the holder's card is.
    ("cryptoki", &["card-client", "pki"]),
    // What stands in certificates is known where the authority is.
    ("der", &["pki"]),
    // SQL is written in one place.
    ("diesel", &["acceptance", "store"]),
    ("diesel_migrations", &["store"]),
    ("fantoccini", &["acceptance"]),
    ("figment", &["card-client", "server"]),
    ("fluent-bundle", &["card-client", "portal"]),
    ("fluent-syntax", &["portal"]),
    ("futures-util", &["http"]),
    ("governor", &["http"]),
    // What the browser driver speaks through.
    ("hyper-util", &["acceptance"]),
    // Pictures of strangers are opened in one place.
    ("image", &["acceptance", "app"]),
    ("insta", &["acceptance"]),
    // What system clients sign is read where their tokens are.
    ("jsonwebtoken", &["acceptance", "gateways", "http"]),
    // Outside parties are spoken to in one place.
    ("lettre", &["gateways"]),
    ("mimalloc", &["acceptance", "server"]),
    ("openidconnect", &["gateways"]),
    // Readers, and the terminal in front of them.
    ("pcsc", &["card-client"]),
    ("prometheus-client", &["http"]),
    ("proptest", &["acceptance"]),
    // Randomness comes from one place.
    ("rand", &["gateways"]),
    // The demonstration makes its own certificate for TLS, and so do tests of it.
    ("rcgen", &["server"]),
    ("reqwest", &["acceptance", "card-client", "gateways"]),
    ("rpassword", &["card-client"]),
    ("rustls", &["server"]),
    ("scraper", &["acceptance"]),
    (
        "secrecy",
        &["acceptance", "card-client", "gateways", "pki", "server"],
    ),
    (
        "serde",
        &[
            "acceptance",
            "api",
            "app",
            "card-client",
            "domain",
            "gateways",
            "http",
            "pki",
            "portal",
            "server",
            "store",
            "testcard",
            "xtask",
        ],
    ),
    ("serde_html_form", &["http"]),
    (
        "serde_json",
        &[
            "acceptance",
            "api",
            "app",
            "card-client",
            "gateways",
            "http",
            "portal",
            "server",
            "store",
            "testcard",
            "xtask",
        ],
    ),
    ("sha2", &["gateways", "http", "portal"]),
    ("signal-hook", &["xtask"]),
    (
        "strum",
        &[
            "acceptance",
            "api",
            "app",
            "domain",
            "gateways",
            "http",
            "portal",
            "server",
            "store",
        ],
    ),
    (
        "thiserror",
        &[
            "app",
            "card-client",
            "domain",
            "gateways",
            "http",
            "pki",
            "server",
            "store",
            "testcard",
        ],
    ),
    (
        "tokio",
        &["acceptance", "gateways", "http", "server", "store"],
    ),
    (
        "tracing",
        &["app", "gateways", "http", "portal", "server", "store"],
    ),
    ("tracing-subscriber", &["server"]),
    ("unicode-normalization", &["domain", "gateways"]),
    (
        "url",
        &[
            "acceptance",
            "app",
            "card-client",
            "gateways",
            "http",
            "portal",
            "server",
        ],
    ),
    (
        "uuid",
        &[
            "acceptance",
            "api",
            "app",
            "card-client",
            "domain",
            "gateways",
            "http",
            "portal",
            "server",
            "store",
        ],
    ),
    // A card in software is for tests and demonstrations only.
    ("vpicc", &["testcard"]),
    ("x509-cert", &["acceptance", "gateways", "pki"]),
    ("x509-ocsp", &["pki"]),
    // Certificates are examined by a parser that does not build them; the portal reads the names in
    // the authorities' own.
    ("x509-parser", &["card-client", "pki", "portal"]),
    // Codes are wiped where they are typed.
    ("zeroize", &["card-client"]),
];

/// As [`CRATES`], for tests within a package alone.
const CRATES_OF_TESTS: &[(&str, &[&str])] = &[
    ("diesel", &["app"]),
    ("figment", &["pki"]),
    ("insta", &["domain", "gateways"]),
    ("proptest", &["app", "domain", "gateways", "pki"]),
    // The card client's tests speak with a server of their own.
    ("rcgen", &["card-client"]),
    ("rustls", &["card-client"]),
    ("scraper", &["portal"]),
];

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(checkout().join("Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap()
}

fn is_ours(dependency: &Dependency) -> bool {
    dependency.path.is_some()
}

fn is_for_tests(dependency: &Dependency) -> bool {
    dependency.kind == DependencyKind::Development
}

fn short(package: &Package) -> &str {
    package.name.trim_start_matches("cards-")
}

fn imports(package: &Package, for_tests: bool) -> BTreeSet<&str> {
    let ours = package
        .dependencies
        .iter()
        .filter(|one| is_ours(one) && is_for_tests(one) == for_tests);
    ours.map(|one| one.name.as_str()).collect()
}

/// Crate of others → packages that name it, as the manifests have it.
fn used(metadata: &Metadata, for_tests: bool) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut used: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in &metadata.packages {
        for one in &package.dependencies {
            if !is_ours(one) && is_for_tests(one) == for_tests {
                used.entry(&one.name).or_default().insert(short(package));
            }
        }
    }
    used
}

fn table(rows: &'static [(&str, &[&str])]) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    rows.iter()
        .map(|(name, packages)| (*name, packages.iter().copied().collect()))
        .collect()
}

/// Where two tables differ, for people.
fn differences(
    used: &BTreeMap<&str, BTreeSet<&str>>,
    allowed: &BTreeMap<&str, BTreeSet<&str>>,
) -> Vec<String> {
    let names: BTreeSet<&&str> = used.keys().chain(allowed.keys()).collect();
    let differing = names
        .into_iter()
        .filter(|name| used.get(**name) != allowed.get(**name));
    differing
        .map(|name| {
            format!(
                "{name}: used by {:?}, allowed in {:?}",
                used.get(name),
                allowed.get(name)
            )
        })
        .collect()
}

#[test]
fn packages_import_one_another_in_one_direction_only() {
    let metadata = metadata();
    let known: BTreeSet<&str> = IMPORTS.iter().map(|(name, _)| *name).collect();
    let present: BTreeSet<&str> = metadata
        .packages
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(
        present, known,
        "a package is missing here or in the workspace"
    );
    for package in &metadata.packages {
        let row = IMPORTS
            .iter()
            .find(|(name, _)| *name == package.name.as_str())
            .unwrap();
        let allowed: BTreeSet<&str> = row.1.iter().copied().collect();
        let imports = imports(package, false);
        assert!(
            imports.is_subset(&allowed),
            "{} imports {imports:?}, may {allowed:?}",
            package.name
        );
    }
}

#[test]
fn tests_of_a_package_import_no_more_of_ours_than_is_said_here() {
    let metadata = metadata();
    for package in &metadata.packages {
        let row = IMPORTS_OF_TESTS
            .iter()
            .find(|(name, _)| *name == package.name.as_str());
        let allowed: BTreeSet<&str> = row
            .map(|row| row.1.iter().copied().collect())
            .unwrap_or_default();
        assert_eq!(imports(package, true), allowed, "{}", package.name);
    }
}

#[test]
fn a_crate_of_others_is_used_only_where_it_was_allowed_on_purpose() {
    let metadata = metadata();
    let told = differences(&used(&metadata, false), &table(CRATES));
    assert!(told.is_empty(), "{told:#?}");
    let told = differences(&used(&metadata, true), &table(CRATES_OF_TESTS));
    assert!(told.is_empty(), "in tests: {told:#?}");
}

/// The crates that a package is built with, each with its features.
fn built_with(package: &str) -> Vec<String> {
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let arguments = [
        "tree",
        "-p",
        package,
        "-e",
        "normal",
        "--prefix",
        "none",
        "-f",
        "{lib} {f}",
    ];
    let tree = Command::new(cargo)
        .args(arguments)
        .current_dir(checkout())
        .output()
        .unwrap();
    assert!(
        tree.status.success(),
        "{}",
        String::from_utf8_lossy(&tree.stderr)
    );
    String::from_utf8(tree.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_rules_are_built_with_nothing_that_knows_the_time_rolls_dice_or_talks() {
    let lines = built_with("cards-domain");
    let of = |name: &str| {
        lines
            .iter()
            .find(|line| line.split_whitespace().next() == Some(name))
    };
    let chrono = of("chrono").expect("the rules calculate with dates");
    let features: Vec<&str> = chrono.split([' ', ',']).skip(1).collect();
    assert!(
        !features.contains(&"clock") && !features.contains(&"now"),
        "{chrono}"
    );
    for outside in [
        "tokio",
        "mio",
        "diesel",
        "actix_web",
        "hyper",
        "rand",
        "getrandom",
        "iana_time_zone",
    ] {
        assert_eq!(of(outside), None);
    }
}
