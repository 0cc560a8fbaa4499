//! What every kept thing with a life of its own has in common: stages, actions, and three pure
//! functions that say what an action leads to.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use strum::{EnumIter, IntoEnumIterator, IntoStaticStr};

use crate::access::{Actor, Function};
use crate::consequences::Consequences;
use crate::ids::PersonId;
use crate::person::Subject;
use crate::refusal::Refusal;

/// The kinds of things that have a lifecycle, as they are named in the log and in `allowed_step`.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    IntoStaticStr,
    Serialize,
    strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ThingKind {
    /// [`crate::order::Order`]
    CardOrder,
    /// [`crate::delivery::Delivery`]
    Delivery,
    /// [`crate::card::Card`]
    Card,
    /// [`crate::chip_code::ChipCode`]
    ChipCode,
    /// [`crate::receipt::Receipt`]
    Receipt,
    /// [`crate::certificate::Certificate`]
    Certificate,
    /// [`crate::puk_letter::PukLetter`]
    PukLetter,
    /// [`crate::photo::Photo`]
    Photo,
    /// [`crate::revocation::Revocation`]
    Revocation,
    /// [`crate::card_task::CardTask`]
    CardTask,
}

/// The plain name of a stage or an action: a column value, a table heading, a log word.
pub trait Name:
    Copy + Eq + std::fmt::Debug + IntoEnumIterator + Into<&'static str> + 'static
{
}
impl<T: Copy + Eq + std::fmt::Debug + IntoEnumIterator + Into<&'static str> + 'static> Name for T {}

/// A thing whose every change is an action that the rules accept or refuse.
///
/// `permitted` asks who may, `decide` asks whether it can be done now, `evolve` does it, and
/// `consequences` says what must follow in the same transaction and outside it.
pub trait Lifecycle: Sized + Clone {
    /// Which kind of thing this is.
    const KIND: ThingKind;
    /// The stages by name.
    type Stage: Name;
    /// What can be done to the thing.
    type Action: Clone;
    /// The actions by name.
    type ActionName: Name;
    /// What has happened; stored in the log.
    type Event: Clone + Serialize + DeserializeOwned;
    /// What the rules need to know from elsewhere.
    type Facts;

    /// The thing's own id.
    fn id(&self) -> uuid::Uuid;
    /// The person whose things are changed one transaction at a time.
    fn person(&self) -> PersonId;
    /// Where the thing stands.
    fn stage(&self) -> Self::Stage;
    /// The version that the next save replaces.
    fn version(&self) -> i64;
    /// The name of an action.
    fn action_name(action: &Self::Action) -> Self::ActionName;
    /// Which permission an action asks for.
    fn function(action: &Self::Action) -> Function;
    /// Whom the action is about, for scope and separation of duties.
    fn subject(facts: &Self::Facts) -> &Subject;
    /// Which system actors may do the action; officers and holders are judged by the policy.
    fn permitted(
        &self,
        by: &Actor,
        action: &Self::Action,
        facts: &Self::Facts,
    ) -> Result<(), Refusal> {
        let _ = self;
        crate::access::permit(by, Self::function(action), Self::subject(facts))
    }
    /// Whether the action can be done now, and what then has happened.
    ///
    /// # Errors
    /// The refusal that explains why not.
    fn decide(
        &self,
        by: &Actor,
        action: &Self::Action,
        facts: &Self::Facts,
        now: DateTime<Utc>,
    ) -> Result<Self::Event, Refusal>;
    /// The thing after the event, one version older.
    #[must_use]
    fn evolve(self, event: &Self::Event, now: DateTime<Utc>) -> Self;
    /// What must follow; `self` is the thing after the event.
    fn consequences(
        &self,
        event: &Self::Event,
        facts: &Self::Facts,
        now: DateTime<Utc>,
    ) -> Consequences;
}

/// A thing that comes into being by a request that the rules accept or refuse.
pub trait Begin: Lifecycle {
    /// What is asked for, with the new thing's id.
    type Request: Clone;

    /// Which permission beginning asks for.
    const FUNCTION: Function;

    /// The new thing and the event that made it.
    ///
    /// # Errors
    /// The refusal that explains why not.
    fn begin(
        by: &Actor,
        request: &Self::Request,
        facts: &Self::Facts,
        now: DateTime<Utc>,
    ) -> Result<(Self, Self::Event), Refusal>;
}
