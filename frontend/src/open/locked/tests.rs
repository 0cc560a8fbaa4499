use askama::Template as _;
use cards_app::plain::Office;
use chrono::{DateTime, Utc};

use super::*;
use crate::mina_sidor::samples;
use crate::text::{Lang, Text};

/// Monday 7 January 2030, 08:00 in Stockholm.
const MONDAY: &str = "2030-01-07T07:00:00Z";
/// Three hours after midnight on Saturday.
const NIGHT: &str = "2030-01-12T02:10:00Z";

fn frame(lang: Lang) -> Frame {
    dressed(Frame::new(
        Text::of(lang),
        Portal::MinaSidor,
        "",
        ADDRESS,
        "H3T-9WB",
    ))
}

fn office(name: &str, services: &[&str]) -> Office {
    Office {
        name: name.into(),
        services: services.iter().map(|one| (*one).to_owned()).collect(),
        ..samples::office()
    }
}

fn around(now: &str) -> Option<Around> {
    let now: DateTime<Utc> = now.parse().unwrap();
    Some(Around {
        offices: vec![
            office("Kortkontoret Tallhöjden", &["photo"]),
            office(
                "Kortkontoret Björkvallen",
                &["photo", "unlock", "reserve_loa2"],
            ),
        ],
        now,
    })
}

fn answer(lang: Lang, said: &str, around: &Option<Around>) -> String {
    let number = number(said).unwrap();
    let page = answer::view(frame(lang), &number, around, unlisted(lang));
    page.render().unwrap()
}

fn unlisted(lang: Lang) -> Servicedesk {
    Servicedesk::at(Text::of(lang), None)
}

fn wanted(query: &str) -> Wanted {
    web::Query::<Asked>::from_query(query).unwrap().wanted()
}

fn has_one_heading(page: &str) {
    assert_eq!(page.matches("<h1").count(), 1, "{page}");
    assert!(
        page.matches("data-variant=\"primary\"").count() <= 1,
        "{page}"
    );
}

#[test]
fn the_query_says_what_is_wanted_and_nonsense_is_asked_again() {
    assert_eq!(wanted(""), Wanted::Questions);
    assert_eq!(wanted("lang=en"), Wanted::Questions);
    assert_eq!(wanted("visa=ja"), Wanted::Unanswered);
    assert_eq!(wanted("nummer=osaker&visa=ja"), Wanted::Unsure);
    assert_eq!(wanted("vad=borttappat&nummer=7"), Wanted::Lost);
    assert_eq!(wanted("vad=kontor"), Wanted::Offices);
    assert_eq!(wanted("nummer=inget"), Wanted::Answer(Number::Missing));
    for nonsense in ["", "abc", "71", "7234", "x", "é", "-7"] {
        assert_eq!(number(nonsense), None, "{nonsense}");
    }
    assert_eq!(
        number("７１１"),
        number("711"),
        "however its digits are typed"
    );
}

#[test]
fn a_first_digit_gets_the_answer_of_all_numbers_that_begin_with_it() {
    for digit in 0..10 {
        let first = number(&digit.to_string()).unwrap();
        let whole = number(&format!("{digit}41")).unwrap();
        let ways = |number: &Number| cards_domain::unlock::unlock_ways(number.product_number());
        assert_eq!(ways(&first), ways(&whole));
    }
}

#[test]
fn only_the_answer_for_7_sends_anybody_on_a_visit() {
    for lang in [Lang::Sv, Lang::En] {
        let t = Text::of(lang);
        for said in ["7", "711", "723"] {
            let page = answer(lang, said, &around(MONDAY));
            has_one_heading(&page);
            for needed in [
                t.locked_answer_visit(),
                t.locked_visit_title(),
                t.locked_bring_id(),
                t.locked_order_title(),
                t.locked_puk_locked_visit(),
            ] {
                assert!(page.contains(&needed), "{said}: {needed}");
            }
            assert!(!page.contains(&t.locked_no_visit()), "{said}");
            assert!(!page.contains("Telia"), "{said}: no code letter for these");
        }
        for said in ["5", "6", "641", "inget", "annan", "473"] {
            let page = answer(lang, said, &around(MONDAY));
            has_one_heading(&page);
            for needed in [
                t.locked_answer_puk(),
                t.locked_no_visit(),
                t.locked_letter_title(),
                t.locked_new_letter_title(),
                t.locked_puk_locked_puk(),
            ] {
                assert!(page.contains(&needed), "{said}: {needed}");
            }
            assert!(!page.contains(&t.locked_visit_title()), "{said}");
            assert!(
                !page.contains("Björkvallen</h3>"),
                "{said}: no office to go to"
            );
        }
    }
}

#[test]
fn only_a_number_that_nobody_knows_is_sent_to_the_servicedesk_first() {
    let t = Text::of(Lang::Sv);
    for (said, is_sent) in [
        ("473", true),
        ("annan", true),
        ("641", false),
        ("inget", false),
        ("711", false),
    ] {
        let page = answer(Lang::Sv, said, &around(MONDAY));
        assert_eq!(page.contains(&t.locked_call_title()), is_sent, "{said}");
    }
}

#[test]
fn every_answer_warns_of_guessing_and_says_what_opens_at_night() {
    for said in ["711", "641", "inget", "473"] {
        let page = answer(Lang::Sv, said, &around(NIGHT));
        let t = Text::of(Lang::Sv);
        assert!(page.contains(&t.locked_guess_text()), "{said}");
        assert!(page.contains("måndag 14 januari 08.00"), "{said}: {page}");
        assert!(page.contains(&t.locked_now_reserve_text()), "{said}");
        assert!(page.contains(&t.locked_now_routine_text()), "{said}");
        assert!(page.contains(&t.locked_ask_manager()), "{said}");
    }
}

#[test]
fn of_the_offices_only_those_that_unlock_cards_are_named_for_a_visit() {
    let page = answer(Lang::Sv, "711", &around(MONDAY));
    assert!(page.contains("Björkvallen</h3>"), "{page}");
    assert!(!page.contains("Tallhöjden</h3>"), "{page}");
    let open = Text::of(Lang::Sv).locked_open_until("16.00");
    assert!(page.contains(&open), "{page}");
    let closed = "Inget kortkontor är öppet just nu. Först öppnar Kortkontoret Björkvallen";
    assert!(!page.contains(closed), "{page}");
    let at_night = answer(Lang::Sv, "711", &around(NIGHT));
    let first = at_night.find(closed).unwrap();
    assert!(
        first < at_night.find("Björkvallen</h3>").unwrap(),
        "{at_night}"
    );
    let all = pages::offices(frame(Lang::Sv), &around(MONDAY), unlisted(Lang::Sv));
    let all = all.render().unwrap();
    assert!(all.contains("Björkvallen</h3>") && all.contains("Tallhöjden</h3>"));
}

#[test]
fn at_night_what_helps_now_comes_before_the_offices_and_by_day_after_them() {
    let t = Text::of(Lang::Sv);
    for said in ["711", "641"] {
        let first = |page: &str, text: &str| page.find(text).unwrap();
        let night = answer(Lang::Sv, said, &around(NIGHT));
        assert!(
            first(&night, &t.locked_now()) < first(&night, "panel ways"),
            "{said}"
        );
        let day = answer(Lang::Sv, said, &around(MONDAY));
        assert!(
            first(&day, "panel ways") < first(&day, &t.locked_now()),
            "{said}"
        );
        for page in [night, day] {
            assert_eq!(page.matches("id=\"nu\"").count(), 1, "{said}");
        }
    }
}

#[test]
fn the_letter_can_be_asked_for_in_mina_sidor_whatever_the_number() {
    for (lang, said) in [
        (Lang::Sv, "be själv om brevet i Mina sidor"),
        (Lang::En, "ask for it yourself in Mina sidor"),
    ] {
        for number in ["711", "641", "inget"] {
            let page = answer(lang, number, &around(NIGHT));
            assert!(page.contains(said), "{number}: {page}");
            assert!(page.contains(&format!("href=\"{}\"", Portal::MinaSidor.home())));
        }
    }
}

#[test]
fn the_servicedesk_has_its_number_or_the_page_says_where_it_is() {
    let (t, none) = (Text::of(Lang::Sv), around(MONDAY));
    let pages = |servicedesk: Servicedesk| {
        let number = number("473").unwrap();
        let frame = || frame(Lang::Sv);
        [
            answer::view(frame(), &number, &none, servicedesk.clone()).render(),
            pages::lost(frame(), &none, servicedesk.clone()).render(),
            pages::offices(frame(), &none, servicedesk).render(),
        ]
        .map(Result::unwrap)
    };
    for page in pages(Servicedesk::at(t, Some("0990-202 52"))) {
        assert!(page.contains("href=\"tel:099020252\""), "{page}");
        assert!(!page.contains(&t.locked_servicedesk_where()));
    }
    for page in pages(unlisted(Lang::Sv)) {
        assert!(page.contains(&t.locked_servicedesk_where()), "{page}");
    }
}

#[test]
fn the_advice_stands_without_the_database_too() {
    let t = Text::of(Lang::Sv);
    let page = answer(Lang::Sv, "711", &None);
    assert!(page.contains(&t.locked_visit_title()) && page.contains(&t.locked_no_offices()));
    let page = pages::lost(frame(Lang::Sv), &None, unlisted(Lang::Sv));
    let page = page.render().unwrap();
    assert!(page.contains(&t.locked_no_offices()) && page.contains("020-32 32 62"));
}

#[test]
fn the_questions_come_after_the_one_whether_the_card_is_lost() {
    for lang in [Lang::Sv, Lang::En] {
        let t = Text::of(lang);
        let page = pages::questions(frame(lang), None).render().unwrap();
        has_one_heading(&page);
        let lost = page.find("vad=borttappat").unwrap();
        let number = page.find(&t.locked_question()).unwrap();
        assert!(lost < number, "the loss stands first");
        assert!(page.contains("method=\"get\""), "{page}");
        assert!(!page.contains("checked"), "no answer is chosen for anybody");
        assert!(
            page.contains(&t.card_back_text("723")) && page.contains(&t.card_front_text("752"))
        );
        assert!(!page.contains("role=\"alert\""));
        let again = pages::questions(frame(lang), Some(pages::error(t, false)));
        let again = again.render().unwrap();
        assert!(again.contains("role=\"alert\"") && again.contains("href=\"#nummer\""));
    }
}

#[test]
fn the_way_of_a_lost_card_has_the_telephone_numbers_and_leads_back_to_locked() {
    let page = pages::lost(frame(Lang::Sv), &around(MONDAY), unlisted(Lang::Sv));
    let page = page.render().unwrap();
    has_one_heading(&page);
    assert!(page.contains("href=\"tel:020323262\""), "{page}");
    assert!(page.contains("href=\"tel:099020240\""), "{page}");
    assert!(page.contains(&format!("href=\"{ADDRESS}\"")));
    let unsure = pages::unsure(frame(Lang::En)).render().unwrap();
    has_one_heading(&unsure);
    assert!(unsure.contains("ask your manager"), "{unsure}");
}
