//! A list of very many revoked certificates: our builder in a process of its own, so that its memory
//! can be told, beside `openssl ca -gencrl`. Both read the same file, sign with a P-256 key of their
//! own in memory, and write the list.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cards_app::ports::Clock as _;
use cards_gateways::clock::SystemClock;
use cards_pki::algorithm::Algorithm;
use cards_pki::ceremony;
use cards_pki::crl::{self, Entries, Reason, Revoked, Scope, Window};
use cards_pki::key::memory::MemoryVault;
use cards_pki::profile::Profiles;
use cards_pki::serial::Serial;
use chrono::{DateTime, Utc};

use super::files::{authority, openssl};
use super::ran;
use crate::run::figure::middle;
use crate::run::{server, table::reached};
use crate::{ListOptions, RunOptions};

/// Most runs: openssl takes a quarter of a minute for each.
const MOST_RUNS: u32 = 3;
/// Memory that ours may take, in MB.
const MOST_MEGABYTES: u64 = 200;
/// How many times faster ours must be.
const TIMES: f64 = 3.0;
const REVOKED_AT: &str = "261101120000Z";

/// What a list cost.
struct Cost {
    seconds: f64,
    megabytes: u64,
}

/// Builds lists and tells what they cost.
pub fn measure(options: &RunOptions, page: &mut String) {
    let home = options.database.folder.join("certificates/lists");
    let _ = std::fs::remove_dir_all(&home);
    std::fs::create_dir_all(&home).unwrap();
    authority(&home, Algorithm::P256);
    write_index(&home, options.revoked);
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for _ in 0..options.runs.min(MOST_RUNS) {
        theirs.push(timed(&mut openssl(
            &home,
            "ca -config ca.cnf -gencrl -keyfile ca.key -cert ca.crt -out theirs.pem",
        )));
        let mut own = Command::new(std::env::current_exe().unwrap());
        own.arg("list").arg("--index").arg(home.join("index.txt"));
        own.arg("--out").arg(home.join("ours.der"));
        ours.push(timed(&mut own));
    }
    let told = ran(&mut openssl(
        &home,
        "crl -inform DER -in ours.der -text -noout",
    ));
    let told = String::from_utf8_lossy(&told);
    let listed = told.matches("Serial Number:").count();
    assert_eq!(listed, usize::try_from(options.revoked).unwrap());
    let size = std::fs::metadata(home.join("ours.der")).unwrap().len();
    write(
        page,
        options.revoked,
        (&middling(&ours), &middling(&theirs)),
        size,
    );
    let _ = std::fs::remove_dir_all(&home);
}

fn write(page: &mut String, revoked: u32, (ours, theirs): (&Cost, &Cost), size: u64) {
    let _ = write!(
        page,
        "\n### List of {revoked} revoked certificates (CRL), key P-256\n\n\
         | | seconds | most memory, MB |\n|---|---|---|\n"
    );
    for (name, cost) in [("openssl ca -gencrl", theirs), ("ours", ours)] {
        let _ = writeln!(
            page,
            "| {name} | {:.2} | {} |",
            cost.seconds, cost.megabytes
        );
    }
    let times = theirs.seconds / ours.seconds;
    let _ = writeln!(
        page,
        "\n- openssl takes **{times:.1} ×** as long as ours, goal {TIMES:.0} ×: {}",
        reached(times >= TIMES)
    );
    let _ = writeln!(
        page,
        "- Memory of ours: **{} MB**, goal {MOST_MEGABYTES} MB: {}",
        ours.megabytes,
        reached(ours.megabytes <= MOST_MEGABYTES)
    );
    let _ = writeln!(
        page,
        "- Both are processes of their own that read the same index file, sign and write ({} MB). \
         Ours founds its authorities in memory first. In operation the entries come from \
         PostgreSQL, and 128 lists share them.",
        size / 1_000_000
    );
}

/// The index as openssl keeps it, every certificate revoked.
fn write_index(home: &Path, revoked: u32) {
    let mut text = String::new();
    for number in 0..revoked {
        let mut random = [0x11; 16];
        random[..4].copy_from_slice(&crate::seed::draw(number, 77).to_be_bytes());
        random[4..8].copy_from_slice(&number.to_be_bytes());
        let serial = Serial::from_random(random).to_hex().to_uppercase();
        let _ = writeln!(
            text,
            "R\t391231235959Z\t{REVOKED_AT},superseded\t{serial}\tunknown\t/O=Bench/CN=Person {number}"
        );
    }
    std::fs::write(home.join("index.txt"), text).unwrap();
    std::fs::write(home.join("index.txt.attr"), "unique_subject = no\n").unwrap();
    std::fs::write(home.join("crlnumber"), "1000\n").unwrap();
    let settings = "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=crlnumber\n\
        default_md=sha256\ndefault_crl_days=1\ncrl_extensions=x\n[x]\nauthorityKeyIdentifier=keyid:always\n";
    std::fs::write(home.join("ca.cnf"), settings).unwrap();
}

/// Runs a program to its end and watches its memory.
fn timed(command: &mut Command) -> Cost {
    let begun = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut megabytes = 0;
    let status = loop {
        megabytes = server::most_memory(child.id()).unwrap_or(0).max(megabytes);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(status.success(), "{command:?} failed");
    Cost {
        seconds: begun.elapsed().as_secs_f64(),
        megabytes,
    }
}

fn middling(costs: &[Cost]) -> Cost {
    Cost {
        seconds: middle(costs.iter().map(|cost| cost.seconds).collect()),
        megabytes: costs.iter().map(|cost| cost.megabytes).max().unwrap(),
    }
}

/// Builds a list from an index of openssl's, all of it in one shard.
pub fn build(options: &ListOptions) {
    let mut random = rand();
    let profiles = Profiles {
        shards: 1,
        ..Profiles::demonstration()
    };
    let now = SystemClock.now();
    let founded = ceremony::found(&profiles, &MemoryVault::new(), now, &mut random).unwrap();
    let authority = founded.authority("person-hsa-id-3").unwrap();
    let scope = Scope::Cards { shard: 0 };
    let mut entries = Entries::of(&profiles, scope);
    let file = std::fs::File::open(&options.index).unwrap();
    for line in BufReader::new(file).lines() {
        entries.push(&revoked(&line.unwrap())).unwrap();
    }
    let window = Window {
        number: 1,
        this_update: now,
        next_update: now + chrono::Duration::hours(24),
    };
    let key = authority.key.as_ref();
    let list = crl::seal(&profiles, &authority.issuer, key, scope, window, entries);
    std::fs::write(&options.out, list.unwrap().as_der()).unwrap();
}

fn revoked(line: &str) -> Revoked {
    let fields: Vec<&str> = line.split('\t').collect();
    let (at, reason) = fields[2].split_once(',').unwrap();
    assert_eq!(reason, "superseded");
    Revoked {
        serial: Serial::from_hex(&fields[3].to_lowercase()).unwrap(),
        at: time(at),
        reason: Reason::Superseded,
    }
}

fn time(text: &str) -> DateTime<Utc> {
    let naive = chrono::NaiveDateTime::parse_from_str(text, "%y%m%d%H%M%SZ");
    naive.unwrap().and_utc()
}

fn rand() -> impl FnMut() -> [u8; 16] {
    || {
        let mut bytes = [0; 16];
        aws_lc_rs::rand::fill(&mut bytes).unwrap();
        bytes
    }
}
