//! An officer's start page.

use cards_domain::access::{Function, Scope};
use cards_store::Link;
use cards_store::plain::Office;
use cards_store::queries::{Waiting, WaitingAfter, Worklist, WorklistKind};

use crate::{App, Call, Failure};

/// What waits for the officer.
#[derive(Clone, Debug)]
pub struct StartPage {
    /// The officer's office.
    pub office: Option<Office>,
    /// The lists, with counts.
    pub worklists: Vec<Worklist>,
    /// How many questions from the directory wait for an answer; none for those who may not decide.
    pub questions: i64,
    /// How many errands could not be done; only for those who may retry them.
    pub buried_errands: Option<usize>,
}

impl App {
    /// What waits at the officer's office, or in the whole branch for officers without one.
    ///
    /// # Errors
    /// The store fails.
    pub fn start_page(&self, link: &mut Link, call: &Call) -> Result<StartPage, Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let office = match call.actor.office() {
            Some(id) => link.office(id)?,
            None => None,
        };
        let operates = !Scope::of(&call.actor, Function::OperateErrands)
            .organisations()
            .is_empty();
        let buried_errands = if operates {
            Some(link.buried_errands(100)?.len())
        } else {
            None
        };
        let imports = Scope::of(&call.actor, Function::ImportDirectory);
        let questions = match imports.organisations() {
            [] => 0,
            organisations => link.count_open_proposals(organisations)?,
        };
        let worklists = link.worklists(
            &scope,
            office.as_ref().map(|office| office.id),
            self.ledger.lengths(),
        )?;
        Ok(StartPage {
            office,
            worklists,
            questions,
            buried_errands,
        })
    }

    /// What stands in one list after `after`.
    ///
    /// # Errors
    /// The store fails.
    pub fn worklist_page(
        &self,
        link: &mut Link,
        call: &Call,
        kind: WorklistKind,
        (after, limit): (Option<WaitingAfter>, i64),
    ) -> Result<Vec<Waiting>, Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let most = (limit, self.ledger.lengths());
        Ok(link.waiting_page((&scope, call.actor.office()), kind, after, most)?)
    }
}
