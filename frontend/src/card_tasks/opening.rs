//! How the card program gets a task: by the link that opens it on this computer, or by the code that
//! is typed in it. With script the page opens the link by itself, once for each code that is not
//! asked for as a new one.

use std::fmt::Write as _;

use actix_web::HttpRequest;
use actix_web::http::header::USER_AGENT;
use sha2::{Digest as _, Sha256};
use url::form_urlencoded::byte_serialize;

use super::pass::Pass;
use crate::components::{Button, Icon, Link, Message};
use crate::open::card_test;
use crate::text::{Lang, Text};

/// The number under which it is explained that no program opens.
const NO_PROGRAM: &str = "S502";

/// Code and link, as long as they work.
pub(super) struct Opening {
    /// To type.
    pub(super) code: String,
    /// Until when code and link work.
    pub(super) until: String,
    /// The command that fetches the task, word by word.
    pub(super) command: Vec<String>,
    /// What the button says that copies the command.
    pub(super) copy: String,
    /// The link; none where the address of the server is not known.
    pub(super) open: Option<Open>,
    /// What stands in place of the link where no card can be read.
    pub(super) on_phone: Message,
    /// Whether the browser says that it is on a phone or a tablet.
    pub(super) is_phone: bool,
    /// What to do where the program is not there.
    pub(super) install: Link,
}

/// The link that opens the program.
pub(super) struct Open {
    /// The link.
    pub(super) button: Button,
    /// Where the page opens it by itself, another one for each token and nothing that leads to it: by
    /// this the page remembers what it has opened.
    pub(super) mark: Option<String>,
}

/// What the page shows of a pass.
pub(super) fn of(t: Text, pass: &Pass, server: Option<&str>, is_phone: bool) -> Opening {
    let means = t.task_phone_means();
    Opening {
        code: pass.code.clone(),
        until: t.task_until(t.clock_for_holders(pass.until)),
        command: command(t, pass, server),
        copy: t.copy(t.task_command()),
        open: server.map(|server| Open {
            button: Button::link(t.task_open(), link(pass, server))
                .large()
                .full(),
            mark: pass.opens.then(|| mark(&pass.token)),
        }),
        on_phone: Message::info(t.task_phone(), means).with_icon(Icon::Reader),
        is_phone,
        install: Link::new(t.task_install(), card_test::explained(NO_PROGRAM)),
    }
}

fn command(t: Text, pass: &Pass, server: Option<&str>) -> Vec<String> {
    let word = match t.lang() {
        Lang::Sv => "hamta",
        Lang::En => "fetch",
    };
    let at = server.map(|server| ["--server", server]);
    let words = ["kortklient", word, &pass.code].into_iter();
    let words = words.chain(at.into_iter().flatten());
    words.map(str::to_owned).collect()
}

fn link(pass: &Pass, server: &str) -> String {
    let server: String = byte_serialize(server.as_bytes()).collect();
    format!("kortklient:?server={server}&token={}", pass.token)
}

/// The first half of the hash of a token that cannot be guessed.
fn mark(token: &str) -> String {
    let hash = Sha256::digest(token.as_bytes());
    hash.iter().take(16).fold(String::new(), |mut mark, byte| {
        let _ = write!(mark, "{byte:02x}");
        mark
    })
}

/// Whether the browser says that it is on a phone or a tablet, where cards cannot be read.
pub(crate) fn is_phone(request: &HttpRequest) -> bool {
    let agent = request.headers().get(USER_AGENT);
    let agent = agent.and_then(|agent| agent.to_str().ok());
    agent.is_some_and(|agent| {
        ["Mobi", "Android", "iPad"]
            .iter()
            .any(|one| agent.contains(one))
    })
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn phones_and_tablets_are_told_from_computers_by_what_browsers_call_themselves() {
        let phone = |agent: &str| {
            let request = TestRequest::default().insert_header((USER_AGENT, agent));
            is_phone(&request.to_http_request())
        };
        let (webkit, gecko) = ("AppleWebKit/537.36 (KHTML, like Gecko)", "Gecko/20100101");
        assert!(phone(&format!(
            "Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/140.0.0.0 Mobile Safari/537.36"
        )));
        assert!(phone(&format!(
            "Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/140.0.0.0 Safari/537.36"
        )));
        assert!(phone(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148 Safari/604.1"
        ));
        assert!(!phone(&format!(
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) {gecko} Firefox/140.0"
        )));
        assert!(!phone(&format!(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/140.0.0.0 Safari/537.36"
        )));
        assert!(!is_phone(&TestRequest::default().to_http_request()));
    }

    #[test]
    fn what_is_remembered_of_a_link_is_another_for_each_token_and_does_not_hold_it() {
        let token = "dG9rZW4_-";
        assert_ne!(mark(token), mark("dG9rZW4_0"));
        assert_eq!(mark(token).len(), 32);
        assert!(!mark(token).contains(token));
    }
}
