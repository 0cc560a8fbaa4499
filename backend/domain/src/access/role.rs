//! The roles that people are appointed to, and the functions that permissions are given for.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

/// What an officer is appointed as.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// *Behörig beställare*: manager or delegate who places orders.
    Orderer,
    /// *Id-administratör*.
    IdAdmin,
    /// *Behörighet: reservkort tillitsnivå 3*, beside [`Role::IdAdmin`].
    IdAdminReserveLoa3,
    /// *Behörighet: skyddade personuppgifter*, beside [`Role::IdAdmin`].
    IdAdminProtected,
    /// *Servicedesk*.
    Servicedesk,
    /// *Biträdande utgivare*.
    DeputyIssuer,
    /// *Ansvarig utgivare*.
    ResponsibleIssuer,
    /// *Säkerhetsansvarig*.
    SecurityOfficer,
    /// *Loggranskare*.
    Auditor,
}

/// What can be permitted or not.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, IntoStaticStr, Serialize,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// See one's own cards, orders and who has looked.
    ViewOwn,
    /// Search for and open a person, with cards and orders.
    ViewPerson,
    /// See the tracking number of a registered letter.
    SeeRekId,
    /// Order an ordinary card.
    OrderCard,
    /// Confirm agreement, form or payment of a small provider.
    CompletePrerequisites,
    /// Approve a photo or choose a stored one.
    ApprovePhoto,
    /// Stop an order before the card is used.
    CancelOrder,
    /// Check identity and unlock a sent card.
    ActivateCard,
    /// Sign for one's own card.
    SignReceipt,
    /// Register a receipt signed on paper, or that the holder refuses.
    RecordPaperReceipt,
    /// Receive a card that came back by post.
    ReceiveCard,
    /// Say whether a sent card has come.
    ReportDelivery,
    /// Report that a card is lost, stolen or known, and follow the case.
    ReportLoss,
    /// Revoke a card or certificate for any reason that people give.
    Revoke,
    /// Say that a code is locked.
    StateLocked,
    /// Unlock a code at a visit.
    Unlock,
    /// Ask for a letter with a PUK code.
    RequestPukLetter,
    /// Approve or reject such a request.
    ApprovePukLetter,
    /// Have something done with a card in a reader: beside the permission for what is done.
    UseCardReader,
    /// Have a certificate issued: for a card that is being made, or to one's own card.
    RequestCertificate,
    /// Report what the manufacturer or the post has done.
    ReportProduction,
    /// Report what the certificate authority has done.
    ReportIssuing,
    /// Report what the letter bureau has done.
    ReportLetter,
    /// Do what a deadline says.
    ExecuteDeadline,
    /// Let a nightly run go on that stopped because it would revoke too many cards.
    ReleaseSafetyStop,
    /// Finish, in the same transaction, what another change began.
    FollowUp,
    /// Appoint and end officers.
    ManageOfficers,
    /// Change offices, routines and policies of an organisation.
    ManageOrganisation,
    /// Register system clients, change their keys and revoke them.
    ManageClients,
    /// Ask whether a card is valid, and learn nothing else.
    CheckCardStatus,
    /// Take in a directory feed, and decide what it leaves to people.
    ImportDirectory,
    /// Read the event log of others.
    ReadLog,
    /// See and retry errands that failed.
    OperateErrands,
}
