//! The permission table. A row is a role, a column a function; what is not granted is refused.
//! The printed table under `tests/snapshots/` is what people who know the field review.

use super::{Actor, Appointment, Client, Function, Loa, Officer, Role, SystemActor, client_grant};
use crate::person::Subject;
use crate::refusal::Refusal;

/// What a role gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// Nothing.
    No,
    /// The function, for persons and things in the appointment's branch.
    InBranch,
    /// The function, for things of the whole installation.
    Everywhere,
}

/// The permission table of officers.
#[must_use]
pub fn grant(role: Role, function: Function) -> Grant {
    if granted(role).contains(&function) {
        Grant::InBranch
    } else {
        Grant::No
    }
}

/// The functions of an id-administrator.
const OF_ID_ADMINS: &[Function] = &[
    Function::ViewPerson,
    Function::SeeRekId,
    Function::OrderCard,
    Function::CompletePrerequisites,
    Function::ApprovePhoto,
    Function::CancelOrder,
    Function::ActivateCard,
    Function::RecordPaperReceipt,
    Function::ReceiveCard,
    Function::ReportDelivery,
    Function::ReportLoss,
    Function::Revoke,
    Function::StateLocked,
    Function::Unlock,
    Function::RequestPukLetter,
    Function::ApprovePukLetter,
    Function::UseCardReader,
];

fn granted(role: Role) -> &'static [Function] {
    use Function as F;
    match role {
        Role::Orderer => &[F::ViewPerson, F::OrderCard, F::CancelOrder],
        Role::IdAdmin => OF_ID_ADMINS,
        // These two widen what an id-administrator may do; alone they give nothing.
        Role::IdAdminReserveLoa3 | Role::IdAdminProtected => &[],
        Role::Servicedesk => &[
            F::ViewPerson,
            F::SeeRekId,
            F::ReportDelivery,
            F::ReportLoss,
            F::StateLocked,
            F::RequestPukLetter,
            F::ApprovePukLetter,
        ],
        Role::DeputyIssuer => &[
            F::ViewPerson,
            F::OrderCard,
            F::CancelOrder,
            F::ReceiveCard,
            F::ReportLoss,
            F::Revoke,
            F::ManageOfficers,
            F::ManageOrganisation,
            F::ReleaseSafetyStop,
            F::ImportDirectory,
            F::ReadLog,
        ],
        Role::ResponsibleIssuer => &[
            F::ViewPerson,
            F::OrderCard,
            F::CancelOrder,
            F::ReceiveCard,
            F::ReportLoss,
            F::Revoke,
            F::ManageOfficers,
            F::ManageOrganisation,
            F::ReleaseSafetyStop,
            F::ImportDirectory,
            F::ReadLog,
            F::OperateErrands,
        ],
        Role::SecurityOfficer | Role::Auditor => &[F::ViewPerson, F::ReadLog],
    }
}

/// What a part of the system may do without a person.
#[must_use]
pub fn system_may(actor: SystemActor, function: Function) -> bool {
    use Function as F;
    let granted: &[Function] = match actor {
        SystemActor::Ledger => &[F::FollowUp],
        SystemActor::Manufacturer => &[F::ReportProduction, F::RequestCertificate],
        SystemActor::Authority => &[F::ReportIssuing],
        SystemActor::LetterBureau => &[F::ReportLetter],
        SystemActor::Scheduler => &[F::ExecuteDeadline],
        SystemActor::Directory => &[F::ImportDirectory],
        SystemActor::Operator => &[
            F::ImportDirectory,
            F::ManageOfficers,
            F::ManageOrganisation,
            F::ManageClients,
            F::OperateErrands,
        ],
    };
    granted.contains(&function)
}

/// What a holder may do to their own things, and how surely they must be logged in.
fn holder_needs(function: Function) -> Option<Loa> {
    match function {
        Function::ViewOwn
        | Function::SeeRekId
        | Function::ReportDelivery
        | Function::ReportLoss
        | Function::StateLocked
        | Function::RequestPukLetter
        | Function::UseCardReader => Some(Loa::Loa2),
        Function::SignReceipt | Function::Revoke | Function::RequestCertificate => Some(Loa::Loa3),
        Function::ViewPerson
        | Function::OrderCard
        | Function::CompletePrerequisites
        | Function::ApprovePhoto
        | Function::CancelOrder
        | Function::ActivateCard
        | Function::RecordPaperReceipt
        | Function::ReceiveCard
        | Function::Unlock
        | Function::ApprovePukLetter
        | Function::ReportProduction
        | Function::ReportIssuing
        | Function::ReportLetter
        | Function::ExecuteDeadline
        | Function::ReleaseSafetyStop
        | Function::FollowUp
        | Function::ManageOfficers
        | Function::ManageOrganisation
        | Function::ManageClients
        | Function::CheckCardStatus
        | Function::ImportDirectory
        | Function::ReadLog
        | Function::OperateErrands => None,
    }
}

/// Whether `by` may do `function` to `subject`.
///
/// # Errors
/// [`Refusal::OutOfScope`] when the subject must look as if it did not exist,
/// [`Refusal::NotYourRole`] when the function is above the actor's roles,
/// [`Refusal::OwnCard`] when officer and holder are the same person, and
/// [`Refusal::AssuranceTooLow`] when the log-in was not sure enough.
pub fn permit(by: &Actor, function: Function, subject: &Subject) -> Result<(), Refusal> {
    match by {
        Actor::System(system) if system_may(*system, function) => Ok(()),
        Actor::System(_) => Err(Refusal::NotYourRole),
        Actor::Holder(holder) if holder.person != subject.person => Err(Refusal::OutOfScope),
        Actor::Holder(holder) => match holder_needs(function) {
            None => Err(Refusal::NotYourRole),
            Some(needed) if holder.loa < needed => Err(Refusal::AssuranceTooLow),
            Some(_) => Ok(()),
        },
        Actor::Officer(officer) => permit_officer(officer, function, subject),
        Actor::Client(client) if client_may(client, function, subject) => Ok(()),
        Actor::Client(_) => Err(Refusal::NotYourRole),
    }
}

/// Whether something the client is registered for reaches the subject.
fn client_may(client: &Client, function: Function, subject: &Subject) -> bool {
    let in_branch = || {
        let mut branch = client.branch.iter();
        !subject.protected && branch.any(|one| subject.organisations.contains(one))
    };
    client
        .functions
        .iter()
        .any(|registered| match client_grant(*registered, function) {
            Grant::No => false,
            Grant::InBranch => in_branch(),
            Grant::Everywhere => true,
        })
}

fn permit_officer(officer: &Officer, function: Function, subject: &Subject) -> Result<(), Refusal> {
    // First of all: what must look as if it did not exist looks so whatever was tried.
    if !grants(officer, Function::ViewPerson, subject) {
        return Err(Refusal::OutOfScope);
    }
    if !grants(officer, function, subject) {
        return Err(Refusal::NotYourRole);
    }
    if officer.loa < Loa::Loa3 {
        return Err(Refusal::AssuranceTooLow);
    }
    // Nobody acts as officer on their own card: trust framework, separation of duties.
    if officer.person == subject.person && function != Function::ViewPerson {
        return Err(Refusal::OwnCard);
    }
    Ok(())
}

/// Whether some appointment gives the function in a branch that covers the subject. The permission
/// for protected persons holds in its own branch, not in every other.
fn grants(officer: &Officer, function: Function, subject: &Subject) -> bool {
    let covers = |appointment: &&Appointment| {
        let mut branch = appointment.branch.iter();
        branch.any(|organisation| subject.organisations.contains(organisation))
    };
    let mut covering = officer.appointments.iter().filter(covers);
    let may_see_protected = || {
        officer
            .appointments
            .iter()
            .filter(covers)
            .any(|a| a.role == Role::IdAdminProtected)
    };
    covering.any(|appointment| grant(appointment.role, function) == Grant::InBranch)
        && (!subject.protected || may_see_protected())
}
