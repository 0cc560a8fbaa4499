//! Requests that come again, recognised before anything about them is judged: what was asked for the
//! first time may have changed the very thing that the request was conditional on.

use cards_store::kept::Kept;
use cards_store::{Earlier, Link};

use super::Ledger;
use super::request::{Stop, repeated, reread};
use crate::{Call, Failure};

impl Ledger {
    /// The thing that the same request made or changed before, as it stands; `None` for a request
    /// that is new. Only a convenience: whether it is new is decided when it is carried out.
    ///
    /// # Errors
    /// [`Failure::KeyReused`] when the key was used for another request; the store fails.
    pub fn repeated<K: Kept>(&self, link: &mut Link, call: &Call) -> Result<Option<K>, Failure> {
        let Some(request) = &call.request else {
            return Ok(None);
        };
        match link.earlier_request(&call.key_owner(), &request.fingerprint)? {
            Earlier::Nothing => Ok(None),
            Earlier::OtherBody => Err(Failure::KeyReused),
            Earlier::Done(outcome) => match repeated(&outcome) {
                Stop::Repeated(id) => reread::<K>(link, id).map(Some),
                Stop::Failed(failure) => Err(failure),
            },
        }
    }
}
