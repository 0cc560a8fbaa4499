//! One request, one transaction: its key is taken first and its outcome kept last.

use cards_domain::lifecycle::Lifecycle;
use cards_domain::refusal::Refusal;
use cards_store::kept::Kept;
use cards_store::{Earlier, Link, Recorded, StoreError, Tx};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Call, Failure, Request};

/// Why a transaction was left.
pub(super) enum Stop {
    /// The request had been carried out before, for this thing.
    Repeated(Uuid),
    /// It failed.
    Failed(Failure),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// A transaction for one request: takes its key first, keeps its outcome last. A refusal commits
/// its line in the log and gives the key back, so that the form can be sent again.
pub(super) fn once<K: Lifecycle>(
    link: &mut Link,
    call: &Call,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Result<K, Refusal>, Failure>,
) -> Result<Result<K, Refusal>, Stop> {
    let owner = call.key_owner();
    write_or(link, |tx| {
        if let Some(request) = &call.request {
            match tx.take_key(&owner, &request.fingerprint)? {
                Earlier::Nothing => {}
                Earlier::Done(outcome) => return Err(repeated(&outcome)),
                Earlier::OtherBody => return Err(Failure::KeyReused.into()),
            }
        }
        let answer = work(tx)?;
        if let Some(request) = &call.request {
            let key = request.fingerprint.key;
            match &answer {
                Ok(thing) => {
                    spend(tx, request)?;
                    tx.keep_outcome(&owner, key, &json!({ "id": thing.id() }))?;
                }
                Err(_) => tx.forget_key(&owner, key)?,
            }
        }
        Ok(tx.record(answer)?)
    })
}

/// The act is done with this signature, or, where another one has used it, not at all.
fn spend(tx: &mut Tx<'_>, request: &Request) -> Result<(), Failure> {
    match &request.signature {
        Some(signature) if !tx.use_signature(signature)? => Err(Failure::SignatureGone),
        Some(_) | None => Ok(()),
    }
}

/// Holds what the caller had read against what there is, once nobody else can change it any more.
pub(super) fn as_read(tx: &mut Tx<'_>, call: &Call) -> Result<(), Failure> {
    let Some(read) = call.request.as_ref().and_then(|request| request.as_read) else {
        return Ok(());
    };
    if tx.version_of(read.kind, read.id)? == Some(read.version) {
        Ok(())
    } else {
        Err(Failure::Conflict)
    }
}

pub(super) fn repeated(outcome: &Value) -> Stop {
    let id = outcome
        .get("id")
        .and_then(Value::as_str)
        .and_then(|id| id.parse().ok());
    id.map_or_else(
        || Stop::Failed(Failure::Broken("a kept outcome has no id".to_owned())),
        Stop::Repeated,
    )
}

/// The thing that a request was about, as it stands.
pub(super) fn reread<K: Kept>(link: &mut Link, id: Uuid) -> Result<K, Failure> {
    link.read(|tx| load::<K>(tx, id))
}

/// The thing as it stands in this transaction.
pub(super) fn load<K: Kept>(tx: &mut Tx<'_>, id: Uuid) -> Result<K, Failure> {
    K::load(tx, &[id])?.pop().ok_or(Failure::NotFound)
}

/// A transaction that fails as use cases do.
pub(super) fn write<T>(
    link: &mut Link,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Recorded<T>, Failure>,
) -> Result<T, Failure> {
    write_or(link, work)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the ledger is the one place that opens transactions"
)]
fn write_or<T, E: From<StoreError>>(
    link: &mut Link,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Recorded<T>, E>,
) -> Result<T, E> {
    link.write(work)
}
