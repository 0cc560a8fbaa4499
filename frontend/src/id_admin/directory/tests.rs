//! The directory's pages with made-up imports, in both languages.

use cards_app::feed::RejectionReason;
use cards_app::import::{
    Alteration, AskedSheet, ChangeSheet, Decision, EndingStop, Flaws, ImportReport, ImportSheet,
    KeptImport, PreviewSheet, Proposal, ProposedEntry, RejectedEntry, SafetyStop, StopReason,
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
            why: StopReason::EndLost,
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
            why: "unreadable_entry".to_owned(),
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
        released_by: None,
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
        decided_by: None,
    }
}

/// The same question, answered by two.
fn answered(decision: Decision) -> ProposalSheet {
    let mut sheet = question(true);
    sheet.proposal.decided_at = Some(now());
    sheet.proposal.decision = Some(decision);
    sheet.first_by = Some("Anders Holm".to_owned());
    sheet.decided_by = Some("Siv Lantz".to_owned());
    sheet
}

fn asked_sheets() -> Vec<AskedSheet> {
    let one = |decision| AskedSheet {
        id: Uuid::from_u128(4),
        kind: ProposalKind::NumberDiffers,
        decision,
    };
    vec![
        one(None),
        one(Some(Decision::Approved)),
        one(Some(Decision::Dismissed)),
    ]
}

fn changes() -> Vec<ChangeSheet> {
    let one = |what, name: Option<&str>, before: Option<&str>| ChangeSheet {
        person: PersonId(Uuid::from_u128(5)),
        hsa_id: "SE2399000013-1010".to_owned(),
        name: name.map(str::to_owned),
        before: before.map(str::to_owned),
        what,
    };
    vec![
        one(Alteration::New, Some("Ewa Żak"), None),
        one(Alteration::Name, Some("Elin Ek"), Some("Elin Berg")),
        one(Alteration::Other, None, None),
    ]
}

fn preview() -> PreviewSheet {
    PreviewSheet {
        id: Uuid::from_u128(6),
        file_name: "region.ldif".to_owned(),
        delta: true,
        report: report(),
        leaving: vec![("SE2399000013-1001".to_owned(), Some("Ewa Żak".to_owned()))],
        leaving_hidden: 2,
        changes: changes(),
        import: None,
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
            assert_eq!(html.contains("sort-error"), wrong.is_some(), "not chosen");
        }
        assert_sound("fil", &preview::view(&s, &preview()).render().unwrap());
        let kept = import::view(&s, &import(), &asked_sheets());
        assert_sound("inlasning", &kept.render().unwrap());
        for decision in [Decision::Approved, Decision::Dismissed] {
            let html = question::view(&s, &answered(decision), None);
            assert_sound("besvarad", &html.render().unwrap());
        }
        for error in [None, Some("!".to_owned())] {
            let wrong = error.clone().map(|error| ("x", error));
            let release = release::view(&s, &ending(true), wrong);
            assert_sound("stopp", &release.render().unwrap());
            let asked = question::view(&s, &question(false), error);
            assert_sound("fraga", &asked.render().unwrap());
        }
    }
}

#[test]
fn a_preview_says_of_those_who_are_missing_what_its_safety_stop_says() {
    let s = responsible(Lang::Sv);
    let html = |report| {
        let preview = PreviewSheet {
            id: Uuid::from_u128(6),
            file_name: "region.ldif".to_owned(),
            delta: false,
            report,
            leaving: vec![("SE2399000013-1001".to_owned(), None)],
            leaving_hidden: 0,
            changes: vec![],
            import: None,
        };
        preview::view(&s, &preview).render().unwrap()
    };
    let held = html(report());
    assert!(held.contains("Ingen av dem avslutas nu"), "{held}");
    assert!(held.contains("Filen verkar vara avklippt"));
    assert!(!held.contains("De avslutas"));
    let some = html(ImportReport {
        ended: 1,
        ..report()
    });
    assert!(some.contains("De avslutas, utom i de organisationer"));
    let none = html(ImportReport {
        safety_stop: vec![],
        ..report()
    });
    assert!(none.contains("De avslutas, men tas aldrig bort."));
}

#[test]
fn a_reason_is_told_in_words_and_never_as_its_code() {
    for lang in LANGUAGES {
        let s = responsible(lang);
        let html = import::view(&s, &import(), &[]).render().unwrap();
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

#[test]
fn nothing_is_chosen_for_the_reader_where_one_of_the_answers_ends_people() {
    let s = responsible(Lang::Sv);
    let html = |asked: &Asked, wrong| view(&s, &page(), 10, (asked, wrong)).render().unwrap();
    assert!(!html(&Asked::default(), None).contains(" checked"));
    let unsaid = html(&Asked::default(), Some(Wrong::Unsaid));
    assert!(unsaid.contains("Välj vad filen innehåller.") && !unsaid.contains("fil-error"));
    let sort = Some(CHANGES.to_owned());
    let kept = html(&Asked { sort }, Some(Wrong::Missing));
    assert!(kept.contains(" checked") && !kept.contains("sort-error"));
}

#[test]
fn a_question_that_is_answered_says_what_and_by_whom_and_asks_no_more() {
    let s = responsible(Lang::Sv);
    let html = |decision| {
        let view = question::view(&s, &answered(decision), None);
        view.render().unwrap()
    };
    let yes = html(Decision::Approved);
    assert!(yes.contains("ja, av Anders Holm och Siv Lantz"), "{yes}");
    assert!(
        !yes.contains("<form class=\"stack l\"") && !yes.contains("AB2"),
        "{yes}"
    );
    let no = html(Decision::Dismissed);
    assert!(no.contains("nej, av Siv Lantz"), "{no}");
}

#[test]
fn an_import_leads_to_the_questions_that_it_asked_and_says_where_they_stand() {
    let s = responsible(Lang::Sv);
    let html = import::view(&s, &import(), &asked_sheets())
        .render()
        .unwrap();
    assert_eq!(html.matches("/katalog/fraga/").count(), 3);
    assert!(
        html.contains("väntar på svar") && html.contains("besvarad med ja"),
        "{html}"
    );
}

#[test]
fn a_preview_tells_who_changes_and_how_before_it_lists_what_cannot_be_used() {
    let s = responsible(Lang::Sv);
    let html = preview::view(&s, &preview()).render().unwrap();
    for told in [
        "Ny person",
        "Nytt namn, förut Elin Berg",
        "Skyddade uppgifter",
    ] {
        assert!(html.contains(told), "{told}");
    }
    let at = |text: &str| html.find(text).unwrap();
    assert!(at("Läs in filen") < at("Nytt namn, förut") && at("Läs in filen") < at("avvisade"));
    assert!(!html.contains("stycken"), "{html}");
}

#[test]
fn a_stop_that_waits_for_nobody_says_who_released_it_or_that_a_newer_file_came() {
    let s = responsible(Lang::Sv);
    assert!(release::over_view(&s, &ending(true)).is_none());
    let mut sheet = ending(false);
    sheet.stop.replaced_at = Some(now());
    let html = release::over_view(&s, &sheet).unwrap().render().unwrap();
    assert!(html.contains("Stoppet gäller inte längre"), "{html}");
    sheet.stop.released_at = Some(now());
    sheet.stop.reason = Some("Vikarierna slutade.".to_owned());
    sheet.released_by = Some("Siv Lantz".to_owned());
    let html = release::over_view(&s, &sheet).unwrap().render().unwrap();
    for told in [
        "Stoppet är redan släppt",
        "av Siv Lantz",
        "Vikarierna slutade.",
    ] {
        assert!(html.contains(told), "{told}: {html}");
    }
    assert!(!html.contains("<form class=\"stack\""), "{html}");
}
