//! The ceremony in a token, by several processes at once: a server and a worker may start together on
//! a machine where nothing has been founded yet.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Child, Stdio};

use aws_lc_rs::digest::{SHA256, digest};
use cards_acceptance::World;
use cards_app::Lane;
use cards_gateways::authority::Token;
use cards_pki::key::Vault as _;
use cards_server::config::Authority;
use cards_server::{Config, System};
use secrecy::SecretString;

use crate::own_process;

const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
const LABEL: &str = "ceremony";
const PIN: &str = "123456";
const THIS: &str = "certificates::ceremony::\
                    of_several_ceremonies_at_once_one_founds_and_the_others_find_what_it_made";
/// What a ceremony prints before what it found.
const FOUND: &str = "founded ";
const AT_ONCE: usize = 4;

/// The world's configuration with a token that does not exist yet.
fn with_token(world: &World) -> Config {
    let folder = world.folder();
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let tokens = folder.join("tokens");
    std::fs::create_dir_all(&tokens).unwrap();
    let text = format!(
        "directories.tokendir = {}\nlog.level = ERROR\n",
        tokens.display()
    );
    file("softhsm2.conf", &text);
    let mut config = world.config.clone();
    config.database.threads = 1;
    // Who waits for the others waits for their keys, too.
    config.database.statement_timeout_ms = 60_000;
    config.authority = Some(Authority {
        module: MODULE.into(),
        token_label: LABEL.to_owned(),
        pin_file: file("pin", PIN),
        so_pin_file: Some(file("so-pin", "12345678")),
        profiles_file: None,
        base_url: None,
    });
    config
}

/// As `kortkontor authority found` and then as a server that starts, when all are ready. Prints what
/// is in the token afterwards: every authority and responder has one key and one certificate, or this
/// panics.
fn hold(config: &Config) {
    let mut system = System::build(config, "").unwrap();
    let folder = &config.data_dir;
    std::fs::write(folder.join(format!("ready-{}", std::process::id())), "").unwrap();
    own_process::until("the beginning", || folder.join("begin").exists());
    let founded = system.found_authority(config).unwrap();
    system.open_authority(config).unwrap();
    let mut link = system.app.db.link(Lane::Short).unwrap();
    system.app.keep_authorities(&mut link).unwrap();
    let names: Vec<String> = founded.into_iter().map(|(name, _, _)| name).collect();
    let told = link.alone("ceremony", || told(&names)).unwrap();
    let mut out = std::io::stdout().lock();
    std::io::Write::write_all(&mut out, format!("\n{FOUND}{told}\n").as_bytes()).unwrap();
}

/// What is in the token. Opened alone: SoftHSM writes to a token when somebody logs in, and whoever looks
/// at that moment finds it broken.
fn told(names: &[String]) -> String {
    let pin = SecretString::from(PIN.to_owned());
    let token = Token::open(Path::new(MODULE), LABEL, pin).unwrap();
    let mut told = String::new();
    for name in names {
        let responder = format!("{name}-ocsp");
        let labels = [name.as_str(), &responder];
        for label in labels.into_iter().filter(|label| *label != "root-ocsp") {
            assert!(token.find(label).unwrap().is_some(), "{label} has no key");
            let kept = token.certificates(label).unwrap();
            let [certificate] = kept.as_slice() else {
                panic!("{label} has {} certificates", kept.len());
            };
            let digest = digest(&SHA256, certificate);
            told += &format!(" {label}={digest:?}");
        }
    }
    told
}

fn start(world: &World, config: &Config) -> Child {
    let mut command = own_process::again(THIS, world, config);
    command.env("SOFTHSM2_CONF", world.folder().join("softhsm2.conf"));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// How many are ready to begin.
fn ready(world: &World) -> usize {
    let files = std::fs::read_dir(world.folder()).unwrap();
    let names = files.map(|file| file.unwrap().file_name());
    names
        .filter(|name| name.to_string_lossy().starts_with("ready-"))
        .count()
}

/// What a ceremony found, once it is over.
fn found_by(ceremony: Child) -> String {
    let output = ceremony.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{said}");
    let mut lines = said.lines().filter_map(|line| line.strip_prefix(FOUND));
    lines.next().unwrap_or_else(|| panic!("{said}")).to_owned()
}

#[test]
fn of_several_ceremonies_at_once_one_founds_and_the_others_find_what_it_made() {
    if let Some(config) = own_process::config() {
        return hold(&config);
    }
    assert!(
        Path::new(MODULE).exists(),
        "SoftHSM2 is needed for this test"
    );
    let world = World::new();
    let config = with_token(&world);
    let mut started: Vec<Child> = (0..AT_ONCE).map(|_| start(&world, &config)).collect();
    own_process::until("that all are ready", || {
        let has_ended = |child: &mut Child| child.try_wait().unwrap().is_some();
        // What one has ended of is told further down.
        ready(&world) == AT_ONCE || started.iter_mut().any(has_ended)
    });
    std::fs::write(world.folder().join("begin"), "").unwrap();
    let found: BTreeSet<String> = started.into_iter().map(found_by).collect();
    assert_eq!(found.len(), 1, "one tree for all of them: {found:#?}");
    let names = found.first().unwrap();
    assert!(
        names.contains(" root=") && names.contains(" person-hsa-id-3-ocsp="),
        "{names}"
    );
    let later = found_by(start(&world, &config));
    assert_eq!(
        found,
        BTreeSet::from([later]),
        "who comes later finds it, too"
    );
}
