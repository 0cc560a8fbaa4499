//! The directory's page: the latest imports, and what they left to people.

use cards_domain::access::{Function, Scope};
use cards_domain::ids::PersonId;
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::directory::{Flaws, ImportRun};
use serde_json::json;
use uuid::Uuid;

use super::decide::{EndingSheet, ProposalSheet, is_within};
use super::report::ImportReport;
use crate::{App, Call, Failure};

/// How many imports the page shows.
const IMPORTS: i64 = 20;
/// How many questions it shows.
const QUESTIONS: i64 = 50;

/// The directory's page.
#[derive(Clone, Debug)]
pub struct DirectoryPage {
    /// The latest imports, newest first.
    pub imports: Vec<ImportSheet>,
    /// Endings that wait for a second person, in the reader's branch.
    pub stops: Vec<EndingSheet>,
    /// Questions about numbers, in the reader's branch.
    pub proposals: Vec<ProposalSheet>,
    /// What the directory lacks, in the reader's branch.
    pub flaws: Flaws,
    /// Entries that wait for their parent.
    pub waiting: i64,
}

/// An import with its report.
#[derive(Clone, Debug)]
pub struct ImportSheet {
    /// The import.
    pub run: ImportRun,
    /// Its report, without names of persons.
    pub report: ImportReport,
    /// Who took it in; `None` for a command on the server.
    pub by: Option<String>,
}

impl App {
    /// The page. The look is written down.
    ///
    /// # Errors
    /// [`Failure::Refused`] for roles that may not import.
    pub fn directory_page(&self, link: &mut Link, call: &Call) -> Result<DirectoryPage, Failure> {
        let scope = importers(call)?;
        let reader = call.actor.person().ok_or(Failure::NotFound)?;
        let imports = link
            .imports(reader, IMPORTS)?
            .into_iter()
            .map(|run| sheet(link, run))
            .collect::<Result<_, Failure>>()?;
        let mut stops = Vec::new();
        for (stop, organisation) in link.standing_endings(scope.organisations())? {
            stops.push(self.ending_sheet(link, call, stop, organisation)?);
        }
        let mut proposals = Vec::new();
        for proposal in link.open_proposals(scope.organisations(), QUESTIONS)? {
            if is_within(link, call, proposal.person)? {
                proposals.push(self.proposal_sheet(link, call, proposal)?);
            }
        }
        let people: Vec<PersonId> = proposals.iter().map(|one| one.proposal.person).collect();
        if !people.is_empty() {
            let found = json!({ "identity_proposals": people.len(), "hits": people });
            self.ledger.searched(link, call, &scope, found)?;
        }
        Ok(DirectoryPage {
            imports,
            stops,
            proposals,
            flaws: link.directory_flaws(scope.organisations())?,
            waiting: link.waiting_entries()?,
        })
    }

    /// One import with its report.
    ///
    /// # Errors
    /// [`Failure::NotFound`], also for the imports of other officers; [`Failure::Refused`] for roles
    /// that may not import.
    pub fn import_sheet(
        &self,
        link: &mut Link,
        call: &Call,
        id: Uuid,
    ) -> Result<ImportSheet, Failure> {
        importers(call)?;
        let run = link.import_run(id)?.ok_or(Failure::NotFound)?;
        if run.by().is_some() && run.by() != call.actor.person() {
            return Err(Failure::NotFound);
        }
        sheet(link, run)
    }
}

/// The organisations whose directory the actor answers for.
pub(super) fn importers(call: &Call) -> Result<Scope, Failure> {
    let scope = Scope::of(&call.actor, Function::ImportDirectory);
    if scope.organisations().is_empty() {
        return Err(Failure::Refused(Refusal::NotYourRole));
    }
    Ok(scope)
}

fn sheet(link: &mut Link, run: ImportRun) -> Result<ImportSheet, Failure> {
    let by = match run.by() {
        Some(person) => link.open_names(&[person])?.pop().and_then(|(_, name)| name),
        None => None,
    };
    let mut report: ImportReport = serde_json::from_value(run.report.clone())
        .map_err(|_| Failure::Broken("a kept report cannot be read".to_owned()))?;
    if run.by().is_none() {
        // It is about everybody's organisations.
        report = report.without_places();
    }
    Ok(ImportSheet { run, report, by })
}
