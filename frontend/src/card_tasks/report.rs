//! What a card program has found of card and reader, for the holder and for whoever helps.

use cards_app::card_tasks::TaskPage;
use cards_app::{App, Failure, Link as Db};
use cards_domain::card_task::{TaskKind, TaskReport};
use cards_domain::ids::CardId;
use chrono::{DateTime, Utc};

use crate::causes;
use crate::components::{Fact, Facts, Icon, Link, Message};
use crate::open::card_test;
use crate::text::Text;

/// The number of the card client for a card that the task is not for.
const WRONG_CARD: &str = "K608";

/// The newest test of a card that has been finished.
#[derive(Clone, Debug)]
pub(crate) struct LastTest {
    /// When.
    pub(crate) at: DateTime<Utc>,
    /// What was found.
    pub(crate) report: TaskReport,
}

/// The newest finished test of a card that the caller has looked at: it stands until another one is
/// finished.
///
/// # Errors
/// The store fails.
pub(crate) fn last(app: &App, link: &mut Db, card: CardId) -> Result<Option<LastTest>, Failure> {
    let last = app.last_test(link, card)?;
    Ok(last.map(|(at, report)| LastTest { at, report }))
}

/// Whether a finished test never came to the card: no reader, no card, another card.
pub(super) fn came_to_no_card(page: &TaskPage) -> bool {
    let report = page.report.as_ref();
    let report = report.filter(|_| page.task.kind == TaskKind::TestCard);
    let cause = report.and_then(|report| report.cause.as_ref());
    cause.is_some_and(|cause| {
        let code = cause.as_str();
        code.starts_with("K1") || code.starts_with("K2") || code == WRONG_CARD
    })
}

/// The cause with its number and the next step, or that nothing is wrong.
pub(crate) fn message(t: Text, report: &TaskReport) -> Message {
    let Some(cause) = &report.cause else {
        return Message::info(t.test_last_well(), t.task_ready()).with_icon(Icon::Check);
    };
    let (says, step) = causes::told(t, cause.as_str());
    let message = Message::warning(says, step).and(t.task_desk_code(cause));
    let on = causes::find(cause.as_str()).and_then(|cause| card_test::way_on(t, cause));
    match on {
        Some(on) => message.link(on),
        None => message,
    }
}

/// In one line, for whoever is called: the number first.
pub(crate) fn in_short(t: Text, test: &LastTest) -> String {
    let when = t.day_and_clock(test.at);
    match &test.report.cause {
        Some(cause) => t.sd_test_cause(cause, causes::told(t, cause.as_str()).0, when),
        None => t.sd_test_well(when),
    }
}

/// What else was found.
pub(crate) fn facts(t: Text, report: &TaskReport) -> Facts {
    let mut rows = vec![
        Fact::plain(t.test_readers(), report.readers.to_string()),
        Fact::plain(t.test_cards(), report.cards.to_string()),
    ];
    let module = report.module.as_ref();
    rows.extend(module.map(|module| Fact::plain(t.test_module(), module.as_str())));
    let tries = tries(t, report);
    if !tries.is_empty() {
        rows.push(Fact::plain(t.test_tries(), tries.join(", ")));
    }
    Facts::new(rows)
}

fn tries(t: Text, report: &TaskReport) -> Vec<String> {
    let tries = &report.tries;
    let all = [
        ("PIN1", tries.pin1),
        ("PIN2", tries.pin2),
        ("PUK", tries.puk),
    ];
    let known = all
        .into_iter()
        .filter_map(|(code, left)| Some((code, left?)));
    known
        .map(|(code, left)| t.test_tries_of(code, left.to_string()))
        .collect()
}

/// The page on which every cause is explained.
pub(crate) fn more(t: Text) -> Link {
    Link::new(t.test_more_help(), card_test::ADDRESS)
}
