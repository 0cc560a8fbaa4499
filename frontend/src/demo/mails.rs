//! What would have left the house: mails, and letters with cards in them.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_http::{Fault, Notice};
use uuid::Uuid;

use super::{Desk, DeskLetter, DeskMail};
use crate::components::{Fact, Facts, Link};
use crate::layout::Frame;
use crate::pages;
use crate::text::Text;

/// A mail in the list.
pub(super) struct MailRow {
    pub(super) at: String,
    pub(super) to: String,
    pub(super) link: Link,
}

impl MailRow {
    pub(super) fn new(t: Text, kept: &DeskMail) -> Self {
        Self {
            at: t.day_and_clock(kept.at),
            to: kept.mail.to.to_string(),
            link: Link::new(
                &kept.mail.subject,
                format!("/demo/mejl/{}", kept.mail.errand),
            ),
        }
    }
}

/// A letter in the list. Everything personal but the name is masked.
pub(super) struct LetterRow {
    pub(super) at: String,
    pub(super) name: String,
    pub(super) facts: Facts,
}

impl LetterRow {
    pub(super) fn new(t: Text, letter: &DeskLetter) -> Self {
        let way = if letter.is_registered {
            t.method_rek()
        } else {
            t.method_a_post()
        };
        let address: Vec<String> = letter.address.iter().map(|line| masked(line)).collect();
        let mut facts = vec![
            Fact::plain(t.ms_order_number(), letter.order_number.as_str()),
            Fact::plain(t.demo_letter_way(), way),
            Fact::plain(t.demo_letter_address(), address.join(", ")),
        ];
        let rek_id = letter.rek_id.as_ref().map(ToString::to_string);
        facts.extend(rek_id.map(|rek_id| Fact::copyable(t, t.ms_rek_id(), rek_id)));
        if letter.is_lost {
            facts.push(Fact::plain(t.demo_letter_fate(), t.demo_letter_lost()));
        }
        Self {
            at: t.day_and_clock(letter.posted_at),
            name: letter.name.clone(),
            facts: Facts::new(facts),
        }
    }
}

/// A text with a dot for every letter and digit.
pub(super) fn masked(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_alphanumeric() { '•' } else { c })
        .collect()
}

#[derive(Template)]
#[template(path = "demo/mails.html")]
pub(super) struct MailsPage {
    frame: Frame,
    t: Text,
    rows: Vec<MailRow>,
}

#[derive(Template)]
#[template(path = "demo/letters.html")]
pub(super) struct LettersPage {
    frame: Frame,
    t: Text,
    rows: Vec<LetterRow>,
}

/// A line of a mail; one that is an address of its own becomes a link.
struct Line {
    text: String,
    is_address: bool,
}

#[derive(Template)]
#[template(path = "demo/mail.html")]
pub(super) struct MailPage {
    frame: Frame,
    t: Text,
    subject: String,
    facts: Facts,
    paragraphs: Vec<Vec<Line>>,
}

/// `GET /demo/mejl`.
pub(super) async fn list(request: HttpRequest, desk: Desk) -> Result<HttpResponse, Fault> {
    let mails = super::ask(desk, |desk| desk.mails()).await?;
    pages::ok(&mails_view(super::frame(&request), &mails))
}

/// `GET /demo/mejl/{id}`.
pub(super) async fn one(
    request: HttpRequest,
    desk: Desk,
    id: web::Path<String>,
) -> Result<HttpResponse, Fault> {
    let id: Uuid = id.parse().map_err(|_| Notice::NotFound)?;
    let mail = super::ask(desk, move |desk| desk.mail(id))
        .await?
        .ok_or(Notice::NotFound)?;
    pages::ok(&mail_view(super::frame(&request), &mail))
}

/// `GET /demo/brev`.
pub(super) async fn letters(request: HttpRequest, desk: Desk) -> Result<HttpResponse, Fault> {
    let letters = super::ask(desk, |desk| desk.letters()).await?;
    pages::ok(&letters_view(super::frame(&request), &letters))
}

pub(super) fn mails_view(frame: Frame, mails: &[DeskMail]) -> MailsPage {
    let t = frame.texts();
    let rows = mails.iter().map(|mail| MailRow::new(t, mail)).collect();
    MailsPage {
        frame: frame.titled(t.demo_mails()),
        t,
        rows,
    }
}

pub(super) fn letters_view(frame: Frame, letters: &[DeskLetter]) -> LettersPage {
    let t = frame.texts();
    let rows = letters
        .iter()
        .map(|letter| LetterRow::new(t, letter))
        .collect();
    LettersPage {
        frame: frame.titled(t.demo_letters()),
        t,
        rows,
    }
}

pub(super) fn mail_view(frame: Frame, kept: &DeskMail) -> MailPage {
    let t = frame.texts();
    let mail = &kept.mail;
    let facts = vec![
        Fact::plain(t.demo_mail_to(), mail.to.to_string()),
        Fact::plain(t.demo_mail_at(), t.day_and_clock(kept.at)),
    ];
    MailPage {
        frame: frame.titled(mail.subject.as_str()),
        t,
        subject: mail.subject.clone(),
        facts: Facts::new(facts),
        paragraphs: mail.text.split("\n\n").map(lines).collect(),
    }
}

fn lines(paragraph: &str) -> Vec<Line> {
    let line = |text: &str| Line {
        is_address: text.starts_with("http://") || text.starts_with("https://"),
        text: text.to_owned(),
    };
    paragraph
        .lines()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(line)
        .collect()
}
