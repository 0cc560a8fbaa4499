//! Boxes to tick: each must be ticked, and what is sent empty or as anything else is no tick.

use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::CardId;
use cards_domain::receipt::TERMS_VERSION;

use crate::browser::Browser;
use crate::cast::Cast;
use crate::forms::counter_check;
use crate::sessions::KARIN;

const ELIN: &str = "SE2399000013-1010";
const OSKAR: &str = "SE2399000013-1011";

type Answers = Vec<(String, String)>;

fn answers(of: &[(&str, &str)]) -> Answers {
    let pairs = of.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// A form with everything answered as it should be: the boxes are those that send `ja`.
fn forms(cast: &Cast) -> Vec<(String, Answers)> {
    let world = &cast.site.world;
    let posted = world.card(CardId(cast.posted.card.parse().unwrap()));
    let wanted = world.order_request(&world.maja(), DeliveryMethod::Rek);
    let ids = [
        wanted.organisation.to_string(),
        wanted.product.to_string(),
        wanted.office.to_string(),
    ];
    let receipt = format!("kort/{}/kvittens", cast.unsigned.card);
    vec![
        (
            format!("/id-admin/kort/{}/aktivera", posted.id),
            counter_check(&posted, &world.person(OSKAR)),
        ),
        (
            format!("/id-admin/{receipt}"),
            answers(&[("underskriven", "ja"), ("villkor", TERMS_VERSION)]),
        ),
        (
            format!("/mina-sidor/{receipt}"),
            answers(&[("godkanner", "ja"), ("med", "legitimering")]),
        ),
        (
            format!("/id-admin/person/{}/bestall", world.maja().id),
            answers(&[
                ("organisation", &ids[0]),
                ("kort", &ids[1]),
                ("kontor", &ids[2]),
                ("satt", "rek"),
                ("rutin", "ja"),
            ]),
        ),
    ]
}

#[test]
fn an_office_that_is_not_offered_stands_at_its_field() {
    let cast = Cast::assemble();
    let mut browser = Browser::new(&cast.site);
    browser.log_in("/id-admin", KARIN, "loa3");
    let (path, right) = forms(&cast).pop().unwrap();
    let unknown = uuid::Uuid::from_u128(4711).to_string();
    for (name, key) in [("kontor", 1), ("organisation", 2)] {
        let mut wrong = right.clone();
        wrong.retain(|(other, _)| other != name);
        wrong.push((name.to_owned(), unknown.clone()));
        let mut fields = browser.signed(&path, key, &[]);
        fields.extend(wrong);
        let answer = browser.send(&path, &fields);
        assert_eq!(answer.status, 422, "{name}: {}", answer.body);
        let place = format!("{name}-error");
        assert!(answer.body.contains(&place), "{name}: {}", answer.body);
    }
}

#[test]
fn a_code_that_can_be_none_is_neither_looked_for_nor_said_back() {
    let cast = Cast::assemble();
    let mut browser = Browser::new(&cast.site);
    browser.log_in("/id-admin", "SE2399000013-1007", "loa3");
    let number = cast.site.world.maja().number.as_str().to_owned();
    let dashed = format!("{}-{}", &number[..8], &number[8..]);
    let before = crate::sessions::lines(&cast.site.world);
    for written in ["%00", &number, &dashed, &"x".repeat(5000)] {
        let page = browser.get(&format!("/id-admin/handelser/{written}"));
        assert_eq!(page.status, 200, "{written}");
        assert!(!page.body.contains(&number[..8]), "{}", page.body);
        assert!(!page.body.contains("xxxx"), "{}", page.body);
    }
    assert_eq!(crate::sessions::lines(&cast.site.world), before);
    let known = browser.get("/id-admin/handelser/bbb-222");
    assert!(known.body.contains("BBB-222"), "{}", known.body);
}

#[test]
fn a_box_that_is_sent_without_its_tick_is_not_ticked() {
    let cast = Cast::assemble();
    let mut browser = Browser::new(&cast.site);
    browser.log_in("/id-admin", KARIN, "loa3");
    browser.log_in("/mina-sidor", ELIN, "loa3");
    let (mut key, mut tried) = (100, 0);
    let mut send = |path: &str, answers: &Answers| {
        key += 1;
        let mut fields = browser.signed(path, key, &[]);
        fields.extend(answers.iter().cloned());
        browser.send(path, &fields)
    };
    for (path, right) in forms(&cast) {
        let boxes = right.iter().filter(|(_, value)| value == "ja");
        for (name, _) in boxes {
            for sent in ["", "nej", "on", "0"] {
                let mut wrong = right.clone();
                wrong.retain(|(other, _)| other != name);
                wrong.push((name.clone(), sent.to_owned()));
                let answer = send(&path, &wrong);
                assert_eq!(answer.status, 422, "{path}: {name}={sent}");
                tried += 1;
            }
        }
        let answer = send(&path, &right);
        assert_eq!(answer.status, 303, "{path}: {}", answer.body);
    }
    assert!(tried > 25, "only {tried}");
    cast.site.world.work();
}
