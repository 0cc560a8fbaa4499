//! What the start and a card's page say of a card that is locked, at the office, missing or
//! revoked: the same on both, and never that it works when it does not.

use cards_app::queries::CardSheet;
use cards_domain::card::{Custody, RevocationReason};
use cards_domain::chip_code::{ChipCode, CodeName, CodeStage};
use cards_domain::ids::{ChipCodeId, PukLetterId, RevocationId};
use cards_domain::puk_letter::{LetterReason, PukLetter, PukLetterStage};
use cards_domain::revocation::{
    CaseStep, ExternalStep, Reporter, Revocation, RevocationStage, StepOutcome,
};

use super::*;

fn locked(codes: &[CodeName]) -> CardSheet {
    let mut sheet = card(5, active(), DeliveryMethod::APost);
    let code = |name: &CodeName| ChipCode {
        id: ChipCodeId(Uuid::from_u128(700)),
        card: sheet.card.id,
        person: HOLDER,
        name: *name,
        stage: CodeStage::Locked,
        since: at("2026-11-23T06:52:00Z"),
        version: 1,
    };
    sheet.parts.codes = codes.iter().map(code).collect();
    sheet
}

fn letter(sheet: &CardSheet, stage: PukLetterStage) -> PukLetter {
    PukLetter {
        id: PukLetterId(Uuid::from_u128(800)),
        card: sheet.card.id,
        person: HOLDER,
        reason: LetterReason::Locked,
        requested_by: HOLDER,
        stage,
        since: now(),
        version: 1,
    }
}

fn case(sheet: &CardSheet, stage: RevocationStage, steps: Vec<CaseStep>) -> Revocation {
    let is_reported = stage == RevocationStage::Reported;
    Revocation {
        id: RevocationId(Uuid::from_u128(900)),
        card: sheet.card.id,
        person: HOLDER,
        organisation: sheet.card.organisation,
        reason: RevocationReason::Lost,
        reporter: Reporter::UnverifiedCaller,
        steps,
        reported_at: now(),
        executed_at: (!is_reported).then(now),
        stage,
        since: now(),
        version: 1,
    }
}

fn at_office(method: DeliveryMethod, stage: DeliveryStage) -> CardSheet {
    let mut sheet = card(1, sent(), method);
    sheet.card.custody = Custody::Office;
    sheet.delivery.as_mut().unwrap().stage = stage;
    sheet
}

fn missing(stage: DeliveryStage) -> CardSheet {
    let mut sheet = card(1, sent(), DeliveryMethod::APost);
    sheet.delivery.as_mut().unwrap().stage = stage;
    sheet
}

fn start_of(lang: Lang, sheet: &CardSheet) -> String {
    start_html(lang, &page(vec![sheet.clone()], Vec::new()))
}

fn page_of(lang: Lang, sheet: &CardSheet) -> String {
    card_html(lang, &page(vec![sheet.clone()], Vec::new()))
}

fn says(html: &str, parts: &[&str]) {
    let text = words(html);
    for part in parts {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
}

fn never_says(html: &str, parts: &[&str]) {
    let text = words(html);
    for part in parts {
        assert!(!text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_locked_card_is_something_to_do_and_never_said_to_work() {
    let sheet = locked(&[CodeName::Pin1]);
    let html = start_of(Lang::Sv, &sheet);
    says(
        &html,
        &[
            "Du har en sak att göra.",
            "Låst sedan 2026-11-23",
            "Ditt kort från Region Mälarvik 5 är låst",
            "Så låser du upp det",
        ],
    );
    never_says(&html, &["fungerar.", "Fungerar nu", "inget att göra"]);
    assert!(html.contains(&format!("/mina-sidor/kort/{}/last", sheet.card.id)));
    assert_eq!(count(&html, "#last"), 1, "a group of its own");
    let card = page_of(Lang::Sv, &sheet);
    says(
        &card,
        &["Kortet är låst, inte spärrat.", "går att låsa upp"],
    );
    never_says(&card, &["Kortet är aktivt"]);
    let english = start_of(Lang::En, &sheet);
    says(
        &english,
        &[
            "Your card from Region Mälarvik 5 is locked",
            "How to unlock it",
        ],
    );
}

#[test]
fn a_locked_code_for_signing_is_something_to_do_with_a_card_that_works() {
    let mut sheet = locked(&[CodeName::Pin1, CodeName::Pin2]);
    for code in &mut sheet.parts.codes {
        if code.name == CodeName::Pin1 {
            code.stage = CodeStage::Ok;
        }
    }
    says(
        &start_of(Lang::Sv, &sheet),
        &[
            "Du har en sak att göra.",
            "Pin-koden för underskrift (PIN2) på ditt kort från Region Mälarvik 5 är låst",
            "Du kan logga in med kortet",
        ],
    );
    let card = page_of(Lang::Sv, &sheet);
    says(
        &card,
        &[
            "Kortet är aktivt",
            "Pin-kod för legitimering (PIN1) vald",
            "Pin-kod för underskrift (PIN2) låst",
        ],
    );
    never_says(&card, &["Kortet är låst, inte spärrat."]);
    assert_eq!(count(&card, "svg.pic .bwi"), 1, "a padlock");
    let none = page_of(Lang::Sv, &{
        sheet.parts.codes.retain(|code| code.name == CodeName::Pin1);
        sheet
    });
    says(&none, &["väljs när underskriftscertifikatet hämtas"]);
}

#[test]
fn a_letter_that_was_asked_for_stands_on_the_start() {
    let mut sheet = locked(&[CodeName::Pin1]);
    for (stage, said) in [
        (PukLetterStage::Requested, "Det väntar på att godkännas."),
        (PukLetterStage::Approved, "godkänt men inte skickat"),
    ] {
        sheet.parts.letters = vec![letter(&sheet, stage)];
        says(&start_of(Lang::Sv, &sheet), &[said]);
    }
    let mut fetched = card(1, sent(), DeliveryMethod::APost);
    fetched.parts.letters = vec![letter(&fetched, PukLetterStage::Requested)];
    for html in [start_of(Lang::Sv, &fetched), page_of(Lang::Sv, &fetched)] {
        says(&html, &["Du har bett om ett puk-brev."]);
    }
}

#[test]
fn a_locked_puk_is_told_where_the_locked_card_is() {
    let mut sheet = locked(&[CodeName::Pin1, CodeName::Puk]);
    says(&start_of(Lang::Sv, &sheet), &["Boka ett besök"]);
    sheet.card.product_number = "641".parse().ok();
    says(
        &start_of(Lang::Sv, &sheet),
        &["Be en id-administratör i din organisation beställa ett nytt kort."],
    );
}

#[test]
fn a_card_at_the_office_is_fetched_there_whichever_way_it_came() {
    for (method, stage) in [
        (DeliveryMethod::APost, DeliveryStage::ReturnedToSender),
        (DeliveryMethod::Rek, DeliveryStage::ReturnedToSender),
        (DeliveryMethod::Rek, DeliveryStage::Collected),
        (DeliveryMethod::ToOffice, DeliveryStage::AssumedDelivered),
    ] {
        let sheet = at_office(method, stage);
        let start = start_of(Lang::Sv, &sheet);
        says(
            &start,
            &[
                "Du har en sak att göra.",
                "ligger på Kortkontoret Björkvallen",
                "Ta med en giltig fysisk id-handling dit",
            ],
        );
        let card = page_of(Lang::Sv, &sheet);
        says(&card, &["Kortet ligger på Kortkontoret Björkvallen."]);
        for html in [start, card] {
            never_says(
                &html,
                &[
                    "När kortet har kommit till dig",
                    "som har kommit med posten",
                    "Kom i retur",
                    "kan inte spåras",
                    "Jag har tappat mitt kort",
                    "Kortet har inte kommit",
                    "Nytt kort får beställas",
                ],
            );
            assert!(!html.contains("tracking.postnord.com"), "{method:?}");
        }
    }
}

#[test]
fn a_card_that_did_not_come_is_not_to_be_activated() {
    for stage in [DeliveryStage::ReportedMissing, DeliveryStage::Lost] {
        let sheet = missing(stage);
        let start = start_of(Lang::Sv, &sheet);
        says(
            &start,
            &[
                "Du har inget att göra just nu.",
                "har inte kommit fram. Kontoret vet om det.",
                "De beställer ett nytt",
            ],
        );
        let card = page_of(Lang::Sv, &sheet);
        says(&card, &["Kontoret vet att kortet inte har kommit"]);
        for html in [start, card] {
            never_says(&html, &["Aktivera", "är på väg", "Det här tar du med"]);
            assert!(html.contains("/inte-kommit\""), "{stage:?}");
        }
    }
}

#[test]
fn a_registered_letter_has_a_way_for_whoever_misses_it_and_the_page_leads_to_the_start() {
    let sheet = card(1, sent(), DeliveryMethod::Rek);
    for html in [start_of(Lang::Sv, &sheet), page_of(Lang::Sv, &sheet)] {
        says(&html, &["Kortet har inte kommit"]);
    }
    let refusal = Err(cards_domain::refusal::Refusal::UndeliveredTraceable {
        rek_id: sheet.delivery.as_ref().unwrap().rek_id.clone(),
    });
    let hidden = crate::components::Hidden::default();
    let page = super::super::missing::view(frame(Lang::Sv), &sheet, &refusal, &hidden, now());
    let html = page.render().unwrap();
    says(&html, &["Sök efter Rek-id RR473124829SE hos Postnord."]);
    assert!(html.contains("https://tracking.postnord.com/se/?id=RR473124829SE"));
    let doc = Html::parse_document(&html);
    let back = Selector::parse("a.back").unwrap();
    let back = doc.select(&back).next().unwrap();
    assert_eq!(back.attr("href"), Some("/mina-sidor"));
    assert_eq!(count(&html, "form[method=post][action$=inte-kommit]"), 0);
}

#[test]
fn a_revoked_card_leads_to_its_case_and_what_is_left_is_something_to_do() {
    let step = |outcome| CaseStep {
        step: ExternalStep::Telia,
        outcome,
    };
    let to = format!("/mina-sidor/sparr/{}", Uuid::from_u128(900));
    let mut sheet = card(6, revoked(), DeliveryMethod::APost);
    sheet.parts.cases = vec![case(&sheet, RevocationStage::Closed, Vec::new())];
    let closed = start_of(Lang::Sv, &sheet);
    says(&closed, &["inget att göra", "Spärren och vad du gör nu"]);
    assert!(closed.contains(&to) && page_of(Lang::Sv, &sheet).contains(&to));

    let stage = RevocationStage::ExternalStepsPending;
    sheet.parts.cases = vec![case(&sheet, stage, vec![step(None)])];
    says(
        &start_of(Lang::Sv, &sheet),
        &[
            "Du har en sak att göra.",
            "Så snart du kan",
            "Ditt kort är spärrat. En sak återstår.",
        ],
    );
    let promised = Some(StepOutcome::HolderWillDo {
        by: day("2026-11-30"),
    });
    sheet.parts.cases = vec![case(&sheet, stage, vec![step(promised)])];
    says(&start_of(Lang::Sv, &sheet), &["Senast 2026-11-30"]);
}

#[test]
fn a_report_by_somebody_unknown_is_the_first_thing_to_do_until_the_card_is_revoked() {
    let mut sheet = card(4, unsigned(), DeliveryMethod::APost);
    sheet.parts.cases = vec![case(&sheet, RevocationStage::Reported, Vec::new())];
    let html = start_of(Lang::Sv, &sheet);
    let text = words(&html);
    let reported = text.find("Någon har anmält ditt kort som borta").unwrap();
    assert!(reported < text.find("Skriv under kvittensen").unwrap());
    assert_eq!(count(&html, "[data-variant=primary]"), 1);
    sheet.card.stage = revoked();
    never_says(&start_of(Lang::Sv, &sheet), &["Någon har anmält"]);
}

#[test]
fn a_card_is_drawn_cut_only_when_it_has_been_cut_and_with_a_portrait_only_when_it_has_one() {
    let mut sheet = card(6, revoked(), DeliveryMethod::APost);
    sheet.product.has_photo = true;
    let whole = start_of(Lang::Sv, &sheet);
    assert_eq!(count(&whole, "svg.pic > g"), 0, "not in two halves");
    assert_eq!(count(&whole, "svg.pic .bd"), 1, "a ban");
    assert_eq!(count(&whole, "svg.pic .gp"), 1, "a portrait");
    sheet.card.custody = Custody::Destroyed;
    assert_eq!(count(&start_of(Lang::Sv, &sheet), "svg.pic > g"), 2);
    sheet.product.has_photo = false;
    for custody in [Custody::Unknown, Custody::Destroyed] {
        sheet.card.custody = custody;
        let plain = start_of(Lang::Sv, &sheet);
        assert_eq!(count(&plain, "svg.pic .gp, svg.pic .p"), 0, "{custody:?}");
    }
}

#[test]
fn nobody_is_sent_to_the_manager_for_a_new_card() {
    let mut html = all_pages(Lang::Sv);
    html.push((
        "none".to_owned(),
        start_html(Lang::Sv, &page(Vec::new(), Vec::new())),
    ));
    for (_, html) in html {
        never_says(&html, &["din chef"]);
    }
}

#[test]
fn a_card_that_is_not_signed_for_does_not_stand_among_those_that_work() {
    let html = start_of(Lang::Sv, &card(4, unsigned(), DeliveryMethod::APost));
    assert_eq!(count(&html, "section[aria-labelledby=kvittera] .pic"), 1);
    assert_eq!(count(&html, "#fungerar"), 0);
    says(&html, &["Väntar på din underskrift"]);
}
