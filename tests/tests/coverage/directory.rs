//! The directory's page, as officers use it without script: a file is looked at, taken in, and what
//! it leaves is let through by somebody else.

use crate::browser::{Answer, Browser, Form, form};
use crate::cast::Cast;

const ANDERS: &str = "SE2399000013-1004";
const SIV: &str = "SE2399000013-1005";
const KARIN: &str = "SE2399000013-1001";
const PAGE: &str = "/id-admin/katalog";

/// The region with one person of its own, so that everybody else would end.
fn feed() -> String {
    "version: 1\n\n\
     dn: o=Region Mälarvik,c=SE\nobjectClass: organization\no: Region Mälarvik\n\
     hsaIdentity: SE2399000013-0001\norgNo: 2399000013\n\n\
     dn: cn=Ewa Żak,o=Region Mälarvik,c=SE\nobjectClass: inetOrgPerson\n\
     hsaIdentity: SE2399000013-9901\npersonalIdentityNumber: 199007129800\nsn: Żak\n\n\
     dn: cn=Hemlig Person,o=Region Mälarvik,c=SE\nobjectClass: inetOrgPerson\n\
     hsaIdentity: SE2399000013-9902\npersonalIdentityNumber: 1\nsn: Person\n\n\
     dn: cn=Vilse Person,ou=Okänd,o=Region Mälarvik,c=SE\nobjectClass: inetOrgPerson\n\
     hsaIdentity: SE2399000013-9903\npersonalIdentityNumber: AB12345\nsn: Person\n\n\
     dn: o=Främmande AB,c=SE\nobjectClass: organization\no: Främmande AB\n\
     hsaIdentity: SE5590000012-0001\n\n"
        .replace("199007129800", &with_check_digit("19900712980"))
}

fn with_check_digit(digits: &str) -> String {
    let values: Vec<u8> = digits.bytes().skip(2).map(|digit| digit - b'0').collect();
    let check = cards_domain::values::luhn_check_digit(&values);
    format!("{digits}{check}")
}

fn officer(cast: &Cast, hsa_id: &str) -> Browser {
    let mut browser = Browser::new(&cast.site);
    browser.log_in("/id-admin", hsa_id, "loa3");
    browser
}

fn send(browser: &Browser, key: u128, content: &[u8]) -> Answer {
    let fields = browser.signed(PAGE, key, &[("sort", "allt")]);
    browser.upload(PAGE, &fields, ("fil", "region.ldif", content))
}

/// Somebody who clicks three times.
fn three_at_once(browser: &Browser, form: &Form) -> Vec<Answer> {
    let send = || browser.send(&form.action, &form.fields);
    std::thread::scope(|scope| {
        let clicks: Vec<_> = (0..3).map(|_| scope.spawn(send)).collect();
        clicks.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

#[test]
fn a_file_is_looked_at_first_then_taken_in_and_its_endings_are_let_through_by_somebody_else() {
    let cast = Cast::assemble();
    let anders = officer(&cast, ANDERS);
    let sent = send(&anders, 1, feed().as_bytes());
    assert_eq!(sent.status, 303, "{}", sent.body);
    let preview = anders.get(sent.location());
    assert_eq!(preview.status, 200, "{}", preview.body);
    for told in ["…,o=Region Mälarvik", "cn=Vilse Person", "SE2399000013-1"] {
        assert!(preview.body.contains(told), "{told}: {}", preview.body);
    }
    assert!(
        !preview.body.contains("Hemlig Person"),
        "nobody is named of whom it cannot be told whether they are protected"
    );
    let before = anders.get(PAGE);
    assert!(
        !before.body.contains("region.ldif"),
        "nothing is taken in yet"
    );

    let run = form(&preview.body, "main form").unwrap();
    let clicks = three_at_once(&anders, &run);
    let done = &clicks[0];
    for click in &clicks {
        assert_eq!(click.status, 303, "{}", click.body);
        assert_eq!(click.location(), done.location(), "one import");
    }
    let again = anders.send(&run.action, &run.fields);
    assert_eq!(
        again.location(),
        done.location(),
        "a second click is harmless"
    );
    let report = anders.get(done.location());
    assert_eq!(report.status, 200, "{}", report.body);
    assert!(
        !report.body.contains("Hemlig Person") && !report.body.contains("Vilse Person"),
        "what is kept names nobody"
    );

    let_through_by_somebody_else(&cast, &anders);
    cast.site.world.work();
}

/// Whoever took the file in may not; another officer gives a reason, and then it is over.
fn let_through_by_somebody_else(cast: &Cast, anders: &Browser) {
    let page = anders.get(PAGE);
    assert!(page.body.contains("region.ldif"), "{}", page.body);
    assert!(
        !page.body.contains("/katalog/stopp/"),
        "not their own to release"
    );
    let siv = officer(cast, SIV);
    let page = siv.get(PAGE);
    let link = page
        .body
        .split("href=\"")
        .find(|rest| rest.starts_with("/id-admin/katalog/stopp/"));
    let address = link
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    assert_eq!(
        anders
            .send(&address, &anders.signed(&address, 5, &[("skal", "x")]))
            .status,
        409
    );
    let silent = siv.send(&address, &siv.signed(&address, 2, &[("skal", " ")]));
    assert_eq!(silent.status, 422, "a reason is asked for");
    let released = siv.send(&address, &siv.signed(&address, 3, &[("skal", "Ny fil.")]));
    assert_eq!(released.status, 303, "{}", released.body);
    let over = siv.get(&address);
    assert!(
        over.status == 200 && over.body.contains("Ny fil."),
        "it no longer stands, and says why: {}",
        over.body
    );
    assert!(form(&over.body, "main form").is_none(), "{}", over.body);
}

#[test]
fn a_file_that_cannot_be_read_is_refused_whole_at_its_field() {
    let cast = Cast::assemble();
    let anders = officer(&cast, ANDERS);
    for (content, status) in [
        (&b"dn: cn=\xC5sa,c=SE\n"[..], 422),
        (&b"version: 2\n\n"[..], 422),
        (&b"version: 1\n"[..], 422),
        (&b"<html><body>500</body></html>\n"[..], 422),
        (&b"dn: cn=\0,c=SE\n"[..], 422),
        (&b"version: 1\rdn: cn=A,c=SE\r"[..], 422),
        (&b""[..], 422),
    ] {
        let answer = send(&anders, 1, content);
        assert_eq!(answer.status, status, "{}", answer.body);
        assert!(answer.body.contains("fil-error"), "{}", answer.body);
    }
    assert!(!anders.get(PAGE).body.contains("region.ldif"));
}

#[test]
fn a_file_of_which_nobody_has_said_what_it_holds_is_asked_about_and_not_kept() {
    let cast = Cast::assemble();
    let anders = officer(&cast, ANDERS);
    let fields = anders.signed(PAGE, 1, &[]);
    let content = feed();
    let asked = anders.upload(PAGE, &fields, ("fil", "region.ldif", content.as_bytes()));
    assert_eq!(asked.status, 422, "{}", asked.body);
    assert!(
        asked.body.contains("Välj vad filen innehåller."),
        "{}",
        asked.body
    );
    assert!(!asked.body.contains(" checked"), "{}", asked.body);
}

#[test]
fn a_file_is_its_senders_and_nobody_else_sees_it() {
    let cast = Cast::assemble();
    let anders = officer(&cast, ANDERS);
    let address = send(&anders, 1, feed().as_bytes()).location().to_owned();
    assert_eq!(officer(&cast, SIV).get(&address).status, 404);
    assert_eq!(officer(&cast, KARIN).get(&address).status, 403);
    assert_eq!(officer(&cast, KARIN).get(PAGE).status, 403);
    assert_eq!(
        send(&officer(&cast, KARIN), 2, feed().as_bytes()).status,
        403
    );
    cast.site.world.advance(chrono::Duration::minutes(61));
    let anders = officer(&cast, ANDERS);
    assert_eq!(anders.get(&address).status, 404, "after an hour it is gone");
}
