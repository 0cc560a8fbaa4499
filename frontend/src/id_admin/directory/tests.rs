//! The directory's pages with made-up imports, in both languages.

use cards_app::feed::RejectionReason;
use cards_app::import::{
    EndingStop, Flaws, ImportReport, ImportSheet, KeptImport, PreviewSheet, Proposal,
    ProposedEntry, RejectedEntry, SafetyStop,
};
use cards_domain::access::Role;
use cards_domain::ids::{OrganisationId, PersonId};
use cards_domain::values::{PersonName, PersonNumber};
use strum::IntoEnumIterator as _;

use super::*;
use crate::id_admin::samples::{now, setting};
use crate::id_admin::tests::assert_sound;
use crate::layout::Portal;
use crate::text::Lang;

const LANGUAGES: [Lang; 2] = [Lang::Sv, Lang::En];

fn responsible(lang: Lang) -> Setting {
    setting(lang, Portal::IdAdmin, Role::ResponsibleIssuer)
}

fn report() -> ImportReport {
    ImportReport {
        organisations: 1,
        persons: 1_204,
        rejected: RejectionReason::iter()
            .map(|reason| RejectedEntry {
                line: 7,
                dn: "…,ou=Akuten,c=SE".to_owned(),
                attribute: Some("sn".to_owned()),
                reason: <&str>::from(reason).to_owned(),
            })
            .collect(),
        waiting: vec!["…,ou=Rum 1,c=SE".to_owned()],
        safety_stop: vec![SafetyStop {
            organisation: "SE2399000013-0001".to_owned(),
            would_end: 60,
            of: 1_264,
        }],
        came_in: 2,
        proposed: 1,
        unknown_attributes: [("regionOwn".to_owned(), 3)].into(),
        ..ImportReport::default()
    }
}

fn import() -> ImportSheet {
    let run = KeptImport {
        id: Uuid::from_u128(1),
        at: now(),
        file_name: "region.ldif".to_owned(),
        file_hash: vec![],
        delta: false,
        by_person: None,
        report: serde_json::Value::Null,
    };
    ImportSheet {
        run,
        report: report(),
        by: None,
    }
}

fn ending(may_release: bool) -> EndingSheet {
    EndingSheet {
        stop: EndingStop {
            id: Uuid::from_u128(2),
            import_id: Uuid::from_u128(1),
            organisation_id: Uuid::from_u128(3),
            imported_by: None,
            stopped_at: now(),
            last_day: now().date_naive(),
            would_end: 60,
            live: 1_264,
            released_by: None,
            released_at: None,
            reason: None,
            ended: None,
            replaced_at: None,
            version: 1,
        },
        organisation: "Region Mälarvik".to_owned(),
        may_release,
        is_own: !may_release,
        first: vec![("SE2399000013-1001".to_owned(), None)],
        first_hidden: 1,
    }
}

fn question(is_taken: bool) -> ProposalSheet {
    ProposalSheet {
        proposal: Proposal {
            id: Uuid::from_u128(4),
            kind: ProposalKind::NumberReplaced,
            person: PersonId(Uuid::from_u128(5)),
            organisation: OrganisationId(Uuid::from_u128(3)),
            hsa_key: "SE2399000013-1009".to_owned(),
            proposed_at: now(),
            first_by: None,
            first_at: None,
            decided_by: None,
            decided_at: None,
            decision: None,
            entry: ProposedEntry {
                number: PersonNumber::parse("AB12345").unwrap(),
                name: PersonName::new(None, None, "Ek").unwrap(),
                entry: serde_json::Value::Null,
            },
            version: 1,
        },
        organisation: "Region Mälarvik".to_owned(),
        known: Some(("Ewa Żak".to_owned(), "AB1".to_owned())),
        entry: Some(("Ewa Żak".to_owned(), "AB2".to_owned())),
        is_taken,
        is_own: false,
        first_by: None,
    }
}

fn page() -> DirectoryPage {
    let hidden = ProposalSheet {
        known: None,
        entry: None,
        ..question(false)
    };
    DirectoryPage {
        imports: vec![import()],
        stops: vec![ending(true), ending(false)],
        proposals: vec![question(false), hidden],
        flaws: Flaws::default(),
        waiting: 1,
    }
}

#[test]
fn every_page_of_the_directory_is_sound_in_both_languages() {
    for lang in LANGUAGES {
        let s = responsible(lang);
        let asked = Asked::default();
        for wrong in [None, Some(Wrong::Missing), Some(Wrong::TooLarge)] {
            let html = view(&s, &page(), 10, (&asked, wrong)).render().unwrap();
            assert_sound("katalog", &html);
            assert_eq!(html.contains("fil-error"), wrong.is_some());
        }
        let preview = PreviewSheet {
            id: Uuid::from_u128(6),
            file_name: "region.ldif".to_owned(),
            delta: true,
            report: report(),
            leaving: vec![("SE2399000013-1001".to_owned(), Some("Ewa Żak".to_owned()))],
            leaving_hidden: 2,
            import: None,
        };
        assert_sound("fil", &preview::view(&s, &preview).render().unwrap());
        assert_sound("inlasning", &import::view(&s, &import()).render().unwrap());
        for error in [None, Some("!".to_owned())] {
            let release = release::view(&s, &ending(true), error.clone());
            assert_sound("stopp", &release.render().unwrap());
            let asked = question::view(&s, &question(false), error);
            assert_sound("fraga", &asked.render().unwrap());
        }
    }
}

#[test]
fn a_reason_is_told_in_words_and_never_as_its_code() {
    for lang in LANGUAGES {
        let s = responsible(lang);
        let html = import::view(&s, &import()).render().unwrap();
        for reason in RejectionReason::iter() {
            let code: &str = reason.into();
            assert!(!code.contains('_') || !html.contains(code), "{code}");
        }
    }
}

#[test]
fn what_the_reader_may_not_decide_has_no_way_to_it() {
    let s = responsible(Lang::Sv);
    let html = view(&s, &page(), 10, (&Asked::default(), None))
        .render()
        .unwrap();
    assert_eq!(html.matches("/katalog/stopp/").count(), 1);
    assert_eq!(html.matches("/katalog/fraga/").count(), 1);
    let taken = question::view(&s, &question(true), None).render().unwrap();
    assert!(
        !taken.contains("value=\"ja\""),
        "nobody is given a number twice"
    );
    let own = release::view(&s, &ending(false), None).render().unwrap();
    assert!(
        !own.contains("<form class=\"stack\" action"),
        "a second person releases"
    );
}
