//! Every notice as a page: sound, in both languages, and with a way on.

use cards_http::Language;

use super::*;

fn all() -> Vec<Notice> {
    let log_in = || "/id-admin/logga-in".to_owned();
    let back = || "/id-admin/kort/1/aktivera".to_owned();
    vec![
        Notice::NotFound,
        Notice::NoSuchPage,
        Notice::Refused(Refusal::OwnCard),
        Notice::Refused(Refusal::NotYourRole),
        Notice::Conflict,
        Notice::KeyReused,
        Notice::ForeignForm,
        Notice::Unavailable,
        Notice::Broken,
        Notice::TooMany { wait: 12 },
        Notice::LoggedOut {
            why: Some(SessionEnd::Idle),
            idle_minutes: 15,
            log_in: log_in(),
        },
        Notice::LoggedOut {
            why: None,
            idle_minutes: 15,
            log_in: log_in(),
        },
        Notice::NoAppointment(PortalName::IdAdmin),
        Notice::UnknownPerson { log_in: log_in() },
        Notice::AssuranceTooLow { log_in: log_in() },
        Notice::LogInFailed { log_in: log_in() },
        Notice::ProviderDown { log_in: log_in() },
        Notice::AttemptGone { log_in: log_in() },
        refused(CardRefused::NoCertificate),
        refused(CardRefused::UnknownCertificate),
        refused(CardRefused::NotForLogIn),
        refused(CardRefused::CertificateRevoked),
        refused(CardRefused::CertificateExpired),
        refused(CardRefused::CardNotActive),
        not_signed(Unsigned::BrokenOff),
        not_signed(Unsigned::TooLow(Loa::Loa2)),
        not_signed(Unsigned::ProviderDown),
        not_signed(Unsigned::NotTrusted),
        Notice::SignedByAnother { back: back() },
        Notice::SignatureGone,
    ]
}

fn refused(why: CardRefused) -> Notice {
    let log_in = "/id-admin/logga-in".to_owned();
    Notice::CardRefused { why, log_in }
}

fn not_signed(why: Unsigned) -> Notice {
    let back = "/id-admin/kort/1/aktivera/kod?utkast=2".to_owned();
    Notice::NotSigned { why, back }
}

fn html(notice: &Notice, language: Language) -> String {
    let place = Place {
        portal: Some(PortalName::IdAdmin),
        language,
        correlation: "B6M-2KD".to_owned(),
        address: "/id-admin/x".to_owned(),
    };
    NoticePages.render(notice, &place).body
}

#[test]
fn every_notice_has_a_page_with_its_code_and_a_way_on_in_both_languages() {
    for notice in all() {
        let [sv, en] = [Language::Sv, Language::En].map(|language| html(&notice, language));
        for page in [&sv, &en] {
            assert!(page.contains("B6M-2KD"), "{notice:?}");
            assert_eq!(page.matches("<h1").count(), 1, "{notice:?}");
        }
        let titles = [sv, en].map(|page| page.split("<h1").nth(1).unwrap().to_owned());
        assert_ne!(titles[0], titles[1], "{notice:?} is not translated");
    }
}

#[test]
fn what_is_not_found_is_told_in_words_for_whoever_looks() {
    let told = |portal| {
        let place = Place {
            portal,
            language: Language::Sv,
            correlation: "B6M-2KD".to_owned(),
            address: "/x".to_owned(),
        };
        NoticePages.render(&Notice::NotFound, &place).body
    };
    for portal in [PortalName::IdAdmin, PortalName::Servicedesk] {
        let page = told(Some(portal));
        assert!(page.contains("ansvarig utgivare"), "{portal:?}: {page}");
    }
    let own = told(Some(PortalName::MinaSidor));
    assert!(own.contains("bara det som är ditt"), "{own}");
    for officers in ["id-handlingen", "ansvarig utgivare", "arbetar för"] {
        assert!(!own.contains(officers), "{officers}: {own}");
        assert!(!told(None).contains(officers), "{officers}");
    }
}

#[test]
fn who_has_not_signed_reads_why_and_comes_back_to_the_answers() {
    for (why, said) in [
        (Unsigned::BrokenOff, "avbröts"),
        (Unsigned::TooLow(Loa::Loa2), "tillitsnivå 2"),
        (Unsigned::ProviderDown, "svarar inte"),
        (Unsigned::NotTrusted, "inte att lita på"),
    ] {
        let page = html(&not_signed(why), Language::Sv);
        assert!(page.contains(said), "{why:?}: {page}");
        assert!(page.contains("/aktivera/kod?utkast=2"), "{why:?}");
    }
}

#[test]
fn whoever_was_away_reads_for_how_long_and_comes_back_to_the_page() {
    let why = Some(SessionEnd::Idle);
    let log_in = "/id-admin/logga-in?return_to=x".to_owned();
    let page = html(
        &Notice::LoggedOut {
            why,
            idle_minutes: 15,
            log_in,
        },
        Language::Sv,
    );
    assert!(page.contains("15 minuter"));
    assert!(page.contains("/id-admin/logga-in?return_to=x"));
}

#[test]
fn what_could_not_be_done_leads_back_to_what_it_was_about() {
    let led = |notice: &Notice, portal, address: &str| {
        let place = Place {
            portal: Some(portal),
            language: Language::Sv,
            correlation: "B6M-2KD".to_owned(),
            address: address.to_owned(),
        };
        NoticePages.render(notice, &place).body
    };
    let (desk, own) = (PortalName::IdAdmin, PortalName::MinaSidor);
    for (portal, address, home) in [
        (desk, "/id-admin/kort/1/makulera", "/id-admin/kort/1"),
        (
            desk,
            "/id-admin/kort/1/kvittens/papper?x=1",
            "/id-admin/kort/1",
        ),
        (desk, "/id-admin/puk-brev/2/godkann", "/id-admin/puk-brev/2"),
        (
            desk,
            "/id-admin/bestallning/3/skicka",
            "/id-admin/bestallning/3",
        ),
        (own, "/mina-sidor/kort/1/kvittens", "/mina-sidor/kort/1"),
    ] {
        for notice in [Notice::Conflict, Notice::Refused(Refusal::OwnCard)] {
            let page = led(&notice, portal, address);
            assert!(page.contains(&format!("href=\"{home}\"")), "{address}");
        }
        let page = led(&Notice::Refused(Refusal::NotYourRole), portal, address);
        assert!(!page.contains(&format!("href=\"{home}\"")), "{address}");
    }
    let page = led(&Notice::Conflict, desk, "/id-admin/bestallning/3");
    assert!(!page.contains("href=\"/id-admin/bestallning/3\""), "itself");
}

#[test]
fn a_refusal_is_shown_with_its_reason_and_the_lawful_way() {
    let page = html(&Notice::Refused(Refusal::OwnCard), Language::Sv);
    assert!(page.contains("ditt eget kort") && page.contains("Be en kollega"));
}
