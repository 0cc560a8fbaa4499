//! What a request must be: its conditions, its body, its parameters, its method.

use cards_acceptance::site::Site;
use cards_http::api_person::ActsAs;
use serde_json::{Value, json};

use super::kit::{Answer, Program, Sent, key};
use super::{KARIN, MAJA, for_persons, path};

#[test]
fn a_card_is_revoked_once_under_the_conditions_that_every_change_has() {
    let site = Site::start();
    let world = &site.world;
    let card = world.active_card(&world.maja());
    let karin = Program::of(&site, KARIN);
    let path = format!("/cards/{}/revocations", card.id);
    let seen = karin.get(&format!("/cards/{}", card.id));
    let (tag, first, other) = (seen.header("etag").to_owned(), key(&site), key(&site));
    let body =
        |four: &str| json!({ "reason": "lost", "reporter": "called_back", "last_four": four });
    let four = card.number.as_ref().unwrap().last_four();
    let send = |key: Option<&str>, tag: Option<&str>, body: &Value| {
        let key = key.map(|key| ("idempotency-key", key));
        let tag = tag.map(|tag| ("if-match", tag));
        let headers: Vec<_> = key.into_iter().chain(tag).collect();
        karin.post(&path, &headers, body)
    };
    let all = (Some(first.as_str()), Some(tag.as_str()));
    let said = |answer: Answer| (answer.status, answer.code().to_owned());
    let no = |status, code: &str| (status, code.to_owned());
    assert_eq!(
        said(send(None, all.1, &body(four))),
        no(400, "idempotency_key_missing")
    );
    assert_eq!(
        said(send(all.0, None, &body(four))),
        no(428, "if_match_missing")
    );
    assert_eq!(
        said(send(all.0, Some("\"999\""), &body(four))),
        no(412, "changed_meanwhile")
    );
    let wrong = if four == "0000" { "1111" } else { "0000" };
    let refused = send(all.0, all.1, &body(wrong));
    assert_eq!(refused.problem(), (422, "last_four_wrong"));
    assert!(refused.json["instead"].is_string());

    let done = send(all.0, all.1, &body(four));
    assert_eq!(done.status, 201, "{done:?}");
    let again = send(all.0, all.1, &body(four));
    assert_eq!(
        (again.status, &again.json),
        (201, &done.json),
        "the first answer"
    );
    assert_eq!(
        said(send(all.0, all.1, &body(wrong))),
        no(422, "idempotency_key_reused")
    );
    assert_eq!(
        said(send(Some(&other), all.1, &body(four))),
        no(412, "changed_meanwhile")
    );
    let now = karin.get(&format!("/cards/{}", card.id));
    assert_eq!(now.json["stage"], "revoked");
    let late = send(Some(&other), Some(now.header("etag")), &body(four));
    assert_eq!(late.problem(), (409, "card_revoked"));
    let case = karin.follow(done.header("location"));
    assert_eq!((case.status, &case.json["id"]), (200, &done.json["id"]));
    assert_eq!(world.lines(card.id.0, "revoke", "done"), 1);
    world.work();
}

#[test]
fn everything_that_is_missing_or_wrong_in_a_body_is_told_at_once() {
    let site = Site::start();
    let card = site.world.active_card(&site.world.maja());
    let karin = Program::of(&site, KARIN);
    let path = format!("/cards/{}/revocations", card.id);
    let lacking = karin.change(&path, "\"1\"", &json!({ "reason": "boredom" }));
    assert_eq!(lacking.problem(), (422, "invalid_body"));
    let pointers = lacking.json["errors"].as_array().unwrap().iter();
    let pointers: Vec<_> = pointers.map(|error| error["pointer"].clone()).collect();
    assert_eq!(
        pointers,
        ["/reason", "/reporter", "/last_four"],
        "{lacking:?}"
    );
}

#[test]
fn what_the_document_does_not_name_is_refused_in_every_body() {
    let site = Site::start();
    let card = site.world.active_card(&site.world.maja());
    let (karin, maja) = (Program::of(&site, KARIN), Program::of(&site, MAJA));
    let id = key(&site);
    let headers = [("idempotency-key", id.as_str()), ("if-match", "\"1\"")];
    let mut tried = 0;
    for operation in for_persons().filter(|one| one.body.is_some()) {
        let program = match operation.acts_as() {
            ActsAs::Officer => &karin,
            ActsAs::Holder => &maja,
        };
        let path = path(operation, &card);
        let method: reqwest::Method = operation.verb.method().as_str().parse().unwrap();
        let send = |sent: Sent<'_>| program.call(method.clone(), &path, &headers, sent);
        let more = send(Sent::Json(&json!({ "zz": 1 })));
        assert_eq!(more.problem(), (422, "invalid_body"), "{}", operation.id);
        assert_eq!(more.json["errors"][0]["pointer"], "/zz", "{more:?}");
        let twice = send(Sent::Bytes("application/json", br#"{"card":1,"card":2}"#));
        assert_eq!(twice.problem(), (422, "invalid_body"), "{}", operation.id);
        let errors = twice.json["errors"].as_array().unwrap();
        assert!(
            errors.iter().any(|one| one["detail"] == "stands twice"),
            "{twice:?}"
        );
        tried += 1;
    }
    assert!(tried > 20, "only {tried} bodies");
    let search = karin.post("/persons/searches", &[], &json!({ "text": "4711" }));
    assert_eq!(search.json["errors"][0]["pointer"], "/text", "{search:?}");
}

#[test]
fn a_request_that_is_no_request_of_the_api_is_told_so_as_a_problem() {
    let site = Site::start();
    let card = site.world.active_card(&site.world.maja());
    let karin = Program::of(&site, KARIN);
    let nobody = Program::with(&site, "");
    let path = format!("/cards/{}", card.id);
    let wrong = nobody.call(reqwest::Method::DELETE, &path, &[], Sent::Nothing);
    assert_eq!(wrong.problem(), (405, "method_not_allowed"));
    assert_eq!(wrong.header("allow"), "GET, HEAD");
    let get = nobody.get(&format!("{path}/destruction"));
    assert_eq!((get.problem().0, get.header("allow")), (405, "POST"));
    let head = karin.call(reqwest::Method::HEAD, &path, &[], Sent::Nothing);
    assert_eq!((head.status, head.json), (200, Value::Null));
    for address in ["/api/v2", "/api/v1/nothing", "/api/nothing", "/api/v1/"] {
        let answer = nobody.follow(address);
        assert_eq!(answer.problem(), (404, "not_found"), "{address}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    let large = vec![b' '; 70_000];
    let sent = |program: &Program<'_>| {
        let body = Sent::Bytes("application/json", &large);
        program.call(reqwest::Method::POST, "/persons/searches", &[], body)
    };
    assert_eq!(sent(&karin).problem(), (413, "too_large"));
    assert_eq!(
        sent(&nobody).problem(),
        (401, "token_missing"),
        "who asks comes before what is sent"
    );
    let id = key(&site);
    for tag in ["*", "1", "W/\"1\"", ""] {
        let headers = [("idempotency-key", id.as_str()), ("if-match", tag)];
        let answer = karin.post(&format!("{path}/puk-unlocks"), &headers, &json!({}));
        assert_eq!(answer.problem(), (400, "if_match_invalid"), "{tag}");
    }
}

#[test]
fn an_id_that_cannot_be_read_is_answered_like_one_that_nothing_has() {
    let site = Site::start();
    let karin = Program::of(&site, KARIN);
    let unknown = karin.get("/cards/00000000-0000-0000-0000-000000000007");
    assert_eq!(unknown.problem(), (404, "not_found"));
    let told = karin.get("/cards/abc").without_code();
    assert_eq!(told, unknown.without_code());
}

#[test]
fn a_parameter_that_there_is_not_or_that_stands_twice_is_told_by_its_name() {
    let site = Site::start();
    let card = site.world.active_card(&site.world.maja());
    let karin = Program::of(&site, KARIN);
    let path = format!("/cards/{}", card.id);
    let unknown = karin.get(&format!("{path}?signature=abc"));
    assert_eq!(unknown.problem(), (400, "unknown_parameter"));
    assert_eq!(unknown.json["parameter"], "signature");
    let twice = karin.get("/cards?number=9752269000000001&number=9752269000000001");
    assert_eq!(twice.problem(), (400, "unknown_parameter"));
    assert_eq!(twice.json["parameter"], "number");
    let personal = karin.get("/me?19850415-9800=1");
    assert_eq!(personal.json["parameter"], Value::Null, "not said back");
    let missing = karin.get("/cards");
    assert_eq!(missing.problem(), (400, "invalid_parameter"));
    assert_eq!(missing.json["parameter"], "number");
}

#[test]
fn an_id_that_is_none_is_told_where_it_stands() {
    let site = Site::start();
    let card = site.world.active_card(&site.world.maja());
    let karin = Program::of(&site, KARIN);
    let body = json!({ "signature": "abc", "code_works": true });
    let wrong = karin.change(&format!("/cards/{}/activation", card.id), "\"1\"", &body);
    assert_eq!(wrong.problem(), (422, "invalid_body"));
    let told = json!([{ "pointer": "/signature", "detail": "a UUID is needed" }]);
    assert_eq!(wrong.json["errors"], told);
}
