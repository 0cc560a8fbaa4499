//! The answer: how a card with a certain product number is unlocked. The domain decides the ways;
//! here they get their words.

use askama::Template;
use cards_domain::unlock::{UnlockWays, unlock_ways};

use super::parts::{OfficeRow, Urgent};
use super::{ADDRESS, Around, Number, Servicedesk};
use crate::components::{Button, Icon, Link, Message};
use crate::layout::{Frame, Portal};
use crate::text::Text;

#[derive(Template)]
#[template(path = "open/locked_answer.html")]
pub(super) struct AnswerPage {
    frame: Frame,
    t: Text,
    back: Link,
    title: String,
    lead: String,
    ways: UnlockWays,
    call: Option<Message>,
    order_self: Link,
    bring: Vec<(Icon, String)>,
    offices: Vec<OfficeRow>,
    no_offices: Option<String>,
    all_closed: Option<String>,
    have_letter: Button,
    guess: Message,
    puk_locked: String,
    reserve: String,
    urgent: Urgent,
    /// Nobody can be visited now, so what helps now comes first.
    is_night: bool,
}

/// The page for what is known of the number.
pub(super) fn view(
    frame: Frame,
    number: &Number,
    around: &Option<Around>,
    servicedesk: Servicedesk,
) -> AnswerPage {
    let t = frame.texts();
    let ways = unlock_ways(number.product_number());
    let title = title(t, ways);
    let offices = around.as_ref().map(|around| around.rows(t, true));
    let offices = offices.unwrap_or_default();
    let all_closed = around.as_ref().and_then(|around| around.all_closed(t));
    AnswerPage {
        frame: frame.titled(title.as_str()),
        t,
        back: Link::new(t.locked_change(), ADDRESS),
        title,
        lead: lead(t, number, ways),
        ways,
        call: ways.is_flagged.then(|| call(t, servicedesk)),
        order_self: Link::new(t.locked_order_self(), Portal::MinaSidor.home()),
        bring: bring(t, ways),
        no_offices: offices.is_empty().then(|| t.locked_no_offices()),
        is_night: all_closed.is_some(),
        all_closed,
        offices,
        have_letter: Button::link(t.locked_letter_have(), "#puk-koden").full(),
        guess: Message::warning(t.locked_guess_title(), t.locked_guess_text()),
        puk_locked: puk_locked(t, ways),
        reserve: if ways.visit {
            t.locked_reserve_visit()
        } else {
            t.locked_reserve_puk()
        },
        urgent: Urgent::new(t, ways.visit, around.as_ref()),
    }
}

/// That the servicedesk is to be called first, with its number.
fn call(t: Text, servicedesk: Servicedesk) -> Message {
    let message = Message::info(t.locked_call_title(), t.locked_call_text());
    match servicedesk.call {
        Some(call) => message.link(call),
        None => message.and(servicedesk.place),
    }
}

fn title(t: Text, ways: UnlockWays) -> String {
    if ways.visit {
        t.locked_answer_visit()
    } else {
        t.locked_answer_puk()
    }
}

/// Which cards the answer is for, and that a visit is in vain where it is.
fn lead(t: Text, number: &Number, ways: UnlockWays) -> String {
    let of = match number {
        Number::Whole(number) => t.locked_of_number(number),
        Number::First(number) => t.locked_of_first(first_digit(number.as_str())),
        Number::Missing => t.locked_of_none(),
        Number::Another(_) => t.locked_of_other(),
    };
    if ways.visit {
        of
    } else {
        format!("{of} {}", t.locked_no_visit())
    }
}

fn first_digit(number: &str) -> String {
    number.chars().take(1).collect()
}

/// What to bring to the visit, or to have at hand when a letter is ordered.
fn bring(t: Text, ways: UnlockWays) -> Vec<(Icon, String)> {
    if ways.visit {
        vec![
            (Icon::Card, t.locked_bring_card()),
            (Icon::Person, t.locked_bring_id()),
            (Icon::Ban, t.locked_bring_digital()),
        ]
    } else {
        vec![
            (Icon::Person, t.locked_ready_name()),
            (Icon::Card, t.locked_ready_number()),
        ]
    }
}

fn puk_locked(t: Text, ways: UnlockWays) -> String {
    if ways.is_replaced_when_puk_is_locked() {
        t.locked_puk_locked_puk()
    } else {
        t.locked_puk_locked_visit()
    }
}
