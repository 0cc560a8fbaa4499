//! What the demonstration's own pages see of the simulators and may do to them.

use std::path::PathBuf;
use std::sync::Arc;

use cards_app::Failure;
use cards_app::ports::Clock as _;
use cards_gateways::demo_identity::DemoIdentity;
use cards_gateways::mail::InboxMail;
use cards_gateways::manufacturer::{Letter, LetterFate, Simulator, Switches};
use cards_http::PortalName;
use cards_portal::demo::{DemoDesk, DeskLetter, DeskMail, Factory, Persona};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::people::{Cast, Member};
use crate::Wired;

const MAILS: usize = 100;
/// Enough turns for every card under way to be made and posted.
const TURNS: usize = 10;
/// After so many turns without anything to do there is nothing left.
const IDLE_TURNS: usize = 3;

/// The desk of the demonstration.
#[derive(Clone)]
pub struct Desk {
    wired: Wired,
    folder: PathBuf,
    app: cards_app::App,
}

impl Desk {
    /// A desk over these simulators; `folder` has the named people.
    #[must_use]
    pub fn new(wired: Wired, folder: PathBuf, app: cards_app::App) -> Self {
        Self { wired, folder, app }
    }

    /// The identity provider.
    #[must_use]
    pub fn identity(&self) -> &Arc<DemoIdentity> {
        &self.wired.identity
    }

    fn switches(&self) -> Result<Switches, Failure> {
        Simulator::switches(&self.wired.home).read().map_err(broken)
    }
}

fn broken(error: impl std::fmt::Display) -> Failure {
    Failure::Broken(error.to_string())
}

impl DemoDesk for Desk {
    fn personas(&self) -> Vec<Persona> {
        Cast::read(&self.folder)
            .map(|cast| cast.person.iter().map(persona).collect())
            .unwrap_or_default()
    }

    fn mails(&self) -> Result<Vec<DeskMail>, Failure> {
        let mails = self.wired.inbox.list(MAILS).map_err(broken)?;
        Ok(mails.into_iter().map(mail).collect())
    }

    fn mail(&self, id: Uuid) -> Result<Option<DeskMail>, Failure> {
        Ok(self.wired.inbox.read(id).map_err(broken)?.map(mail))
    }

    fn letters(&self) -> Result<Vec<DeskLetter>, Failure> {
        let letters = self.wired.factory.letters().map_err(broken)?;
        Ok(letters.into_iter().map(letter).collect())
    }

    fn factory(&self) -> Result<Factory, Failure> {
        let Switches {
            pause,
            fail_next,
            lose_next,
        } = self.switches()?;
        Ok(Factory {
            is_paused: pause,
            fail_next,
            lose_next,
        })
    }

    fn set_factory(&self, factory: Factory) -> Result<(), Failure> {
        let Factory {
            is_paused,
            fail_next,
            lose_next,
        } = factory;
        let switches = Switches {
            pause: is_paused,
            fail_next,
            lose_next,
        };
        Simulator::switches(&self.wired.home)
            .write(&switches)
            .map_err(broken)
    }

    fn hurry(&self) -> Result<(), Failure> {
        // Time is moved by the seconds that the factory takes, so that what waits is due.
        let mut idle = 0;
        for _ in 0..TURNS {
            self.wired.clock.advance(TimeDelta::seconds(5));
            let made = self.wired.factory.tick().map_err(broken)?;
            let done = self.app.work_once("demonstration")?;
            idle = if made == 0 && done == 0 { idle + 1 } else { 0 };
            if idle == IDLE_TURNS {
                break;
            }
        }
        Ok(())
    }

    fn now(&self) -> DateTime<Utc> {
        self.wired.clock.now()
    }

    fn moved(&self) -> TimeDelta {
        self.wired.clock.offset()
    }

    fn advance(&self, from: TimeDelta, by: TimeDelta) -> bool {
        self.wired.clock.advance_from(from, by)
    }
}

fn persona(member: &Member) -> Persona {
    let own = match member.portal() {
        "id-admin" => vec![PortalName::IdAdmin, PortalName::MinaSidor],
        "servicedesk" => vec![PortalName::Servicedesk, PortalName::MinaSidor],
        _ => vec![PortalName::MinaSidor],
    };
    Persona {
        key: member.key.clone(),
        name: member.name.clone(),
        about_sv: member.about_sv.clone(),
        about_en: member.about_en.clone(),
        portals: own,
    }
}

fn mail(mail: InboxMail) -> DeskMail {
    DeskMail {
        at: mail.at,
        mail: mail.mail,
    }
}

fn letter(letter: Letter) -> DeskLetter {
    DeskLetter {
        order_number: letter.order_number,
        is_registered: letter.registered,
        rek_id: letter.rek_id,
        name: letter.name,
        address: letter.address,
        posted_at: letter.posted_at,
        is_lost: letter.fate == LetterFate::Lost,
    }
}
