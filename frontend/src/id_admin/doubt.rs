//! *Jag är osäker, stoppa*: that an officer was not sure who stood at the counter is written down, and
//! the next officer reads it until a check of an identity document has held.

use actix_web::{HttpResponse, web};
use cards_app::queries::Event;
use cards_app::{App, Stopped};
use cards_domain::ids::{CardId, PersonId};
use cards_http::{Fault, IdAdminSession, Notice, SignedForm};
use serde::Deserialize;

use super::parts::{self, STOPPED_ACTIVATION, STOPPED_UNLOCK};
use crate::components::{Button, Hidden, Icon, Message};
use crate::events;
use crate::pages::{Setting, ask, see_other};

/// The id of the form, by which its button at the foot of the page finds it.
const FORM: &str = "tveka";

/// What was stopped.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Said {
    vid: String,
}

impl Said {
    fn stopped(&self) -> Option<Stopped> {
        match self.vid.as_str() {
            STOPPED_ACTIVATION => Some(Stopped::Activation),
            STOPPED_UNLOCK => Some(Stopped::Unlock),
            _ => None,
        }
    }
}

/// The form of the button: it stands beside the form of the check, and holds nothing of it.
pub(super) struct DoubtForm {
    pub(super) id: &'static str,
    pub(super) action: String,
    pub(super) hidden: Hidden,
}

impl DoubtForm {
    /// For a card, and what is stopped with it.
    pub(super) fn new(s: &Setting, card: CardId, what: &'static str) -> Self {
        Self {
            id: FORM,
            action: format!("/id-admin/kort/{card}/tveka"),
            hidden: s.hidden.clone().and("vid", what.to_owned()),
        }
    }

    /// The button that sends it.
    pub(super) fn button(s: &Setting) -> Button {
        Button::submit(s.t.unsure_stop()).of_form(FORM)
    }
}

/// `POST /id-admin/kort/{id}/tveka`: on to the person's page, which says what not to do now.
pub(super) async fn send(
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<CardId>,
    form: SignedForm<Said>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(Some(form.fingerprint)), *id);
    let stopped = form.fields.stopped().ok_or(Notice::UnreadableForm)?;
    let work = move |app: &App, link: &mut cards_app::Link| app.doubt(link, &call, id, stopped);
    let (person, _) = ask(&app, work).await?;
    Ok(see_other(parts::stopped_address(person, &form.fields.vid)))
}

/// What an officer reads who meets the person after a doubt.
pub(super) fn notice(s: &Setting, person: PersonId, doubt: Option<&Event>) -> Option<Message> {
    let (t, doubt) = (s.t, doubt?);
    let reader = s.reader().unwrap_or(person);
    let when = t.day_and_clock(doubt.entry.at);
    let text = if doubt.entry.actor_person == Some(reader) {
        t.doubt_yours(when)
    } else {
        t.doubt_of(events::capitalised(&events::who(t, doubt)), when)
    };
    let message = Message::warning(t.doubt_title(), text).and(t.doubt_until());
    Some(message.with_icon(Icon::Person))
}
