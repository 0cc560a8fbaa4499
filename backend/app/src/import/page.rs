//! The directory's page: the latest imports, and what they left to people.

use cards_domain::access::{Function, Grant, Role, Scope, grant};
use cards_domain::ids::PersonId;
use cards_domain::refusal::Refusal;
use cards_store::Link;
use cards_store::directory::{Decision, Flaws, ImportRun, ProposalKind};
use serde_json::json;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use super::decide::{EndingSheet, ProposalSheet, is_within, may_decide};
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

/// A question that an import asked, as its report leads there. Whom it is about stands on its own
/// page.
#[derive(Clone, Copy, Debug)]
pub struct AskedSheet {
    /// Its id.
    pub id: Uuid,
    /// How the two seem to belong together.
    pub kind: ProposalKind,
    /// What was decided.
    pub decision: Option<Decision>,
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
            .imports((reader, scope.organisations()), &importing_roles(), IMPORTS)?
            .into_iter()
            .map(|run| sheet(link, reader, run))
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

    /// One import with its report, and the questions that it asked of the reader.
    ///
    /// # Errors
    /// [`Failure::NotFound`], also for the imports of officers elsewhere; [`Failure::Refused`] for
    /// roles that may not import.
    pub fn import_sheet(
        &self,
        link: &mut Link,
        call: &Call,
        id: Uuid,
    ) -> Result<(ImportSheet, Vec<AskedSheet>), Failure> {
        let scope = importers(call)?;
        let reader = call.actor.person().ok_or(Failure::NotFound)?;
        let seen = (reader, scope.organisations());
        let run = link.import_run(seen, &importing_roles(), id)?;
        let sheet = sheet(link, reader, run.ok_or(Failure::NotFound)?)?;
        let mut asked = Vec::new();
        for proposal in link.proposals(&sheet.report.questions)? {
            if may_decide(link, call, &proposal)? {
                asked.push(AskedSheet {
                    id: proposal.id,
                    kind: proposal.kind,
                    decision: proposal.decision,
                });
            }
        }
        Ok((sheet, asked))
    }
}

/// The roles whose imports colleagues see.
fn importing_roles() -> Vec<&'static str> {
    let roles = Role::iter();
    let roles = roles.filter(|role| grant(*role, Function::ImportDirectory) != Grant::No);
    roles.map(Into::into).collect()
}

/// The organisations whose directory the actor answers for.
pub(super) fn importers(call: &Call) -> Result<Scope, Failure> {
    let scope = Scope::of(&call.actor, Function::ImportDirectory);
    if scope.organisations().is_empty() {
        return Err(Failure::Refused(Refusal::NotYourRole));
    }
    Ok(scope)
}

fn sheet(link: &mut Link, reader: PersonId, run: ImportRun) -> Result<ImportSheet, Failure> {
    let by = match run.by() {
        Some(person) => link.open_names(&[person])?.pop().and_then(|(_, name)| name),
        None => None,
    };
    let mut report: ImportReport = serde_json::from_value(run.report.clone())
        .map_err(|_| Failure::Broken("a kept report cannot be read".to_owned()))?;
    if run.by() != Some(reader) {
        // A command's is about everybody's organisations, and a colleague's branch may be wider.
        report = report.without_places();
    }
    Ok(ImportSheet { run, report, by })
}
