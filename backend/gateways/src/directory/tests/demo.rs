//! The demonstration's feed is read as any other.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::Path;

use super::*;

fn demo() -> (Vec<FeedEntry>, FeedCounts) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ops/demo/directory.ldif");
    let mapping = Mapping::default();
    let mut feed = read_feed(open(File::open(path).unwrap()).unwrap(), &mapping);
    let entries = feed.by_ref().collect::<Result<Vec<_>, _>>().unwrap();
    (entries, feed.finish().unwrap())
}

#[test]
fn nothing_of_the_demonstration_is_rejected_left_out_or_unknown() {
    let (entries, counts) = demo();
    assert_eq!((counts.rejected, counts.tree_entries), (0, 1));
    assert_eq!(
        counts.values_left_out.len() + counts.unknown_attributes.len(),
        0
    );
    let numbers: HashSet<_> = entries
        .iter()
        .filter_map(|entry| match entry {
            FeedEntry::Person(person) => Some(&person.number),
            _ => None,
        })
        .collect();
    assert_eq!(numbers.len(), 2_000);
}

#[test]
fn every_parent_and_member_of_the_demonstration_stands_in_it_and_no_hsa_id_twice() {
    let (entries, _) = demo();
    let mut keys = HashSet::new();
    let mut ids = HashMap::new();
    let mut wanted = vec![];
    let mut members = vec![];
    for entry in &entries {
        let (place, id) = match entry {
            FeedEntry::Organisation(one) => (&one.place, &one.hsa_id),
            FeedEntry::Unit(one) => (&one.place, &one.hsa_id),
            FeedEntry::Person(one) => (&one.place, &one.hsa_id),
            FeedEntry::Assignment(one) => (&one.place, &one.hsa_id),
        };
        match entry {
            FeedEntry::Organisation(_) => {}
            FeedEntry::Unit(one) => wanted.push(&one.parent_dn),
            FeedEntry::Person(one) => wanted.push(&one.parent_dn),
            FeedEntry::Assignment(one) => {
                wanted.push(&one.unit_dn);
                members.extend(one.members.iter().map(|member| &member.hsa_id));
            }
        }
        keys.insert(&place.key);
        assert!(ids.insert(id, place.line).is_none(), "{id} twice");
    }
    assert!(wanted.iter().all(|key| keys.contains(key)));
    assert!(!members.is_empty() && members.iter().all(|id| ids.contains_key(id)));
}
