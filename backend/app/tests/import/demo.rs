//! The demonstration's feed goes in as any other.

use std::fs::File;
use std::path::Path;
use std::time::Instant;

use cards_app::feed::FeedEntry;
use cards_app::import::{ImportOptions, ImportReport, import_directory};
use cards_gateways::directory::{Mapping, open, read_feed};

use crate::kit::{World, as_told, operator};

fn demo(world: &World, options: ImportOptions) -> ImportReport {
    let mapping = Mapping::default();
    let feed = read_feed(open(File::open(path()).unwrap()).unwrap(), &mapping);
    let begun = Instant::now();
    let report = import_directory(&mut world.link(), &operator(), feed, options).unwrap();
    println!("{:?} took {:?}", report, begun.elapsed());
    report
}

fn path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ops/demo/directory.ldif")
}

#[test]
fn the_demonstration_goes_in_whole_and_a_second_time_changes_nothing() {
    let world = World::new();
    let mapping = Mapping::default();
    let entries: Vec<_> = read_feed(open(File::open(path()).unwrap()).unwrap(), &mapping).collect();
    let of =
        |is: fn(&FeedEntry) -> bool| entries.iter().flatten().filter(|entry| is(entry)).count();
    let first = demo(&world, ImportOptions::default());
    assert_eq!(first.persons, 2_000);
    assert_eq!(
        first.hsa_ids,
        of(|entry| matches!(entry, FeedEntry::Person(_)))
    );
    assert_eq!(first.units, of(|entry| matches!(entry, FeedEntry::Unit(_))));
    assert_eq!(
        first.organisations,
        of(|entry| matches!(entry, FeedEntry::Organisation(_)))
    );
    assert_eq!(
        first.assignments,
        of(|entry| matches!(entry, FeedEntry::Assignment(_)))
    );
    assert!(first.rejected.is_empty() && first.waiting.is_empty());
    assert_eq!((first.ended, first.safety_stop.len()), (0, 0));
    assert_eq!(world.count("person"), 2_000);
    assert_eq!(world.count("person WHERE protection <> 'none'"), 12);
    assert_eq!(world.count("assignment_member WHERE post_id IS NULL"), 0);

    let second = demo(&world, ImportOptions::default());
    assert_eq!(
        second,
        ImportReport {
            changed: 0,
            people_changed: 0,
            changes: vec![],
            ..first
        }
    );
}

#[test]
fn a_rehearsal_reports_the_same_and_leaves_no_trace() {
    let world = World::new();
    let rehearsed = demo(
        &world,
        ImportOptions {
            dry_run: true,
            ..ImportOptions::default()
        },
    );
    for table in [
        "organisation",
        "unit",
        "person",
        "post",
        "import_run",
        "journal",
    ] {
        assert_eq!(world.count(table), 0, "{table}");
    }
    let done = demo(&world, ImportOptions::default());
    assert_eq!(as_told(done), as_told(rehearsed));
}

#[test]
fn an_import_has_one_line_in_the_log_and_keeps_its_report() {
    let world = World::new();
    let options = ImportOptions {
        file_name: "directory.ldif".to_owned(),
        file_hash: vec![1; 32],
        ..ImportOptions::default()
    };
    demo(&world, options);
    let lines = world.texts("SELECT kind || ' ' || action || ' ' || actor_system || ' ' || (event->>'persons') AS text FROM journal");
    assert_eq!(lines, ["batch import_directory operator 2000"]);
    let kept =
        world.texts("SELECT file_name || ' ' || (report->>'persons') AS text FROM import_run");
    assert_eq!(kept, ["directory.ldif 2000"]);
}
