//! Asking the population register, outside any transaction, and keeping its answer.

use cards_domain::access::{Function, Scope};
use cards_domain::ids::PersonId;
use cards_store::Link;
use cards_store::directory::RegisterSnapshot;

use crate::{App, Call, Failure};

/// How old an answer may be before an order asks anew.
const FRESH_FOR_HOURS: i64 = 24;

impl App {
    /// Makes sure that there is a fresh answer about a person in the actor's scope.
    ///
    /// # Errors
    /// The person is not in scope, or the register does not answer.
    pub fn refresh_register(
        &self,
        link: &mut Link,
        call: &Call,
        person: PersonId,
    ) -> Result<(), Failure> {
        let scope = Scope::of(&call.actor, Function::ViewPerson);
        let sheet = link.person(&scope, person)?.ok_or(Failure::NotFound)?;
        let now = link.now();
        if let Some((_, at)) = link.register_answer(person)?
            && now - at < chrono::Duration::hours(FRESH_FOR_HOURS)
        {
            return Ok(());
        }
        let entry = self.ports.register.look_up(&sheet.number)?;
        let snapshot = entry.map(|entry| RegisterSnapshot {
            forwarded: entry.protection.is_protected(),
            name: entry.name,
            calling_name: entry.calling_name,
            address: entry.address,
            protection: entry.protection,
            deceased_on: entry.deceased_on,
            special_address: entry.special_address,
        });
        // A number that the register does not have is an answer too: no registered address.
        let snapshot = snapshot.unwrap_or_else(|| RegisterSnapshot {
            name: sheet.name.clone(),
            calling_name: None,
            address: None,
            protection: sheet.protection,
            deceased_on: None,
            special_address: None,
            forwarded: false,
        });
        self.ledger
            .keep_register_answer(link, call, &sheet, &snapshot)
    }
}
