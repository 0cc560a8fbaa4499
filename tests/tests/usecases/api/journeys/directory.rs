//! A file of the directory: sent, rehearsed, taken in, and what it leaves to two officers.

use cards_domain::values::luhn_check_digit;
use reqwest::Method;

use super::*;
use crate::api::kit::Sent;

/// From the file to the answers of what it asks.
pub static FILE: Journey = Journey::of(file);

const REGION: &str = "version: 1\n\ndn: o=Region Mälarvik,c=SE\nobjectClass: organization\n\
    o: Region Mälarvik\nhsaIdentity: SE2399000013-0001\norgNo: 2399000013\n\n";

#[test]
fn a_file_of_the_directory_is_rehearsed_and_taken_in_and_two_officers_answer_what_it_asks() {
    FILE.go();
}

fn checked(body: &str) -> String {
    let digits: Vec<u8> = body.bytes().skip(2).map(|byte| byte - b'0').collect();
    format!("{body}{}", luhn_check_digit(&digits))
}

fn ewa(number: &str) -> String {
    format!(
        "{REGION}dn: cn=Ewa Żak,o=Region Mälarvik,c=SE\nobjectClass: inetOrgPerson\n\
         hsaIdentity: SE2399000013-9901\npersonalIdentityNumber: {number}\n\
         givenName: Ewa\nsn: Żak\n\n"
    )
}

fn send(program: &Program<'_>, what: &str, file: &[u8]) -> Answer {
    let path = format!("/directory/files?content={what}&name=katalog.ldif");
    let body = Sent::Bytes("application/octet-stream", file);
    program.call(Method::POST, &path, &[], body)
}

/// Sends a file, looks at what it would do, and takes it in; gives the import.
fn take_in(program: &Program<'_>, what: &str, file: &str) -> Value {
    let sent = send(program, what, file.as_bytes());
    assert_eq!(sent.status, 201, "{sent:?}");
    let waits = program.follow(sent.header("location"));
    assert_eq!(waits.json, sent.json);
    let path = format!("/directory/files/{}/import", sent.id());
    let done = program.make(&path, &json!({}));
    assert_eq!(program.make(&path, &json!({})).json, done.json, "once");
    let kept = program.follow(done.header("location"));
    assert_eq!(kept.json, done.json);
    done.json
}

fn file() {
    let site = Site::start();
    let (anders, siv) = (Program::of(&site, ANDERS), Program::of(&site, SIV));
    let (old, new) = (checked("19900772980"), checked("19900712981"));
    let first = take_in(&anders, "changes", &ewa(&old));
    assert_eq!(first["report"]["persons"], 1);
    let second = take_in(&anders, "changes", &ewa(&new));
    let asked = second["questions"][0]["id"].as_str().unwrap();
    let question = format!("/directory/questions/{asked}");
    let yes = json!({ "decision": "approved" });
    let waits = anders.act(&question, "answers", &yes);
    assert_eq!(waits.json["decision"], Value::Null);
    let decided = siv.act(&question, "answers", &yes);
    assert_eq!(decided.json["decision"], "approved");
    let person = site.world.person("SE2399000013-9901");
    assert_eq!(person.number.as_str(), new);

    take_in(&anders, "everything", REGION);
    let page = siv.read("/directory");
    let stop = format!(
        "/directory/stops/{}",
        page["stops"][0]["id"].as_str().unwrap()
    );
    let own = anders.get(&stop);
    let why = json!({ "reason": "Regionen har lagts ner." });
    let refused = anders.change(&format!("{stop}/release"), own.header("etag"), &why);
    assert_eq!(refused.problem(), (409, "second_person_needed"));
    let released = siv.act(&stop, "release", &why);
    assert!(released.json["released_at"].is_string());
    site.world.work();
}

#[test]
fn an_answer_that_is_sent_twice_counts_once_and_a_version_that_was_not_read_not_at_all() {
    let site = Site::start();
    let anders = Program::of(&site, ANDERS);
    let (old, new) = (checked("19900772980"), checked("19900712981"));
    take_in(&anders, "changes", &ewa(&old));
    let asked = take_in(&anders, "changes", &ewa(&new));
    let id = asked["questions"][0]["id"].as_str().unwrap();
    let path = format!("/directory/questions/{id}");
    let tag = anders.get(&path).header("etag").to_owned();
    let say = |tag: &str, what: &str| {
        let body = json!({ "decision": what });
        anders.change(&format!("{path}/answers"), tag, &body)
    };
    assert_eq!(
        say("\"77\"", "approved").problem(),
        (412, "changed_meanwhile")
    );
    let first = say(&tag, "approved");
    assert_eq!(first.status, 200, "{first:?}");
    assert_eq!(say(&tag, "approved").json, first.json, "the first answer");
    assert_eq!(say(&tag, "dismissed").problem(), (412, "changed_meanwhile"));
    let alone = say(first.header("etag"), "approved");
    assert_eq!(alone.problem(), (409, "second_person_needed"));
}

#[test]
fn nobody_else_sends_a_file_or_sees_one_and_what_is_no_file_is_told_so() {
    let site = Site::start();
    let (karin, anders) = (Program::of(&site, KARIN), Program::of(&site, ANDERS));
    let file = ewa(&checked("19900712981"));
    let refused = send(&karin, "changes", file.as_bytes());
    assert_eq!(refused.problem(), (403, "not_your_role"));
    let unsaid = send(&anders, "some", file.as_bytes());
    assert_eq!(unsaid.problem(), (400, "invalid_parameter"));
    assert_eq!(unsaid.json["parameter"], "content");
    let json = Sent::Json(&json!({}));
    let path = "/directory/files?content=changes&name=x";
    let no_file = anders.call(Method::POST, path, &[], json);
    assert_eq!(no_file.problem(), (415, "not_a_file"));
    for (file, why) in [("", "no entries"), ("dn: o=A\u{0}", "NUL")] {
        let unusable = send(&anders, "changes", file.as_bytes());
        assert_eq!(unusable.problem(), (422, "file_unusable"));
        let told = unusable.json["errors"][0]["detail"].as_str().unwrap();
        assert!(told.contains(why), "{told}");
    }
    let sent = send(&anders, "changes", file.as_bytes());
    let siv = Program::of(&site, SIV);
    let theirs = siv.follow(sent.header("location"));
    assert_eq!(theirs.problem(), (404, "not_found"));
    let none = siv.get(&format!("/directory/files/{}", uuid::Uuid::nil()));
    assert_eq!(none.without_code(), theirs.without_code());
    site.world.advance(chrono::Duration::minutes(61));
    let anders = Program::of(&site, ANDERS);
    let late = anders.follow(sent.header("location"));
    assert_eq!(late.problem(), (404, "not_found"), "kept for an hour");
}

#[test]
fn a_file_that_is_longer_than_is_taken_is_refused_and_nothing_of_it_is_kept() {
    let site = Site::with(|port| {
        World::configured(port, |config, _| config.directory.most_upload_mib = 1)
    });
    let anders = Program::of(&site, ANDERS);
    let long = vec![b'#'; 2 * 1024 * 1024];
    let refused = send(&anders, "changes", &long);
    assert_eq!(refused.problem(), (413, "too_large"));
}
