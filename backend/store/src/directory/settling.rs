//! What only a whole file can say of a person: that nothing in it gives a mail address any more, or
//! says that the person is a test person.

use cards_domain::calendar;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Uuid as SqlUuid};
use uuid::Uuid;

use super::{CHUNK, persons};
use crate::error::StoreError;
use crate::tx::Tx;

#[derive(QueryableByName)]
struct Unsaid {
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
}

/// What a page of [`Tx::settle_people`] asks: persons for whom the file has no mail address or no
/// mark of a test person, though one is kept, unless a live post beside the file may have said it.
const UNSAID: &str = "SELECT f.person_id FROM feed_person AS f \
     JOIN person AS p ON p.id = f.person_id \
     WHERE f.person_id > $1 AND (NOT f.mail AND (p.mail IS NOT NULL OR p.sealed IS NOT NULL) \
         OR NOT f.test_person AND p.test_person) \
       AND f.live_posts >= (SELECT count(*) FROM post AS o WHERE o.person_id = f.person_id \
         AND (o.last_day IS NULL OR o.last_day >= $2)) \
     ORDER BY f.person_id LIMIT $3";

impl Tx<'_> {
    /// Once a whole file has been heard: takes away the mail address of persons for whom it has
    /// none, and the mark of a test person where no entry has it. A person with a live post beside
    /// the file is left alone: another file may have said it. Gives how many changed.
    ///
    /// # Errors
    /// The database cannot be asked, or a sealed person cannot be opened.
    pub fn settle_people(&mut self) -> Result<usize, StoreError> {
        let today = calendar::business_day(self.now);
        let (mut changed, mut after) = (0, Uuid::nil());
        loop {
            let page: Vec<Unsaid> = diesel::sql_query(UNSAID)
                .bind::<SqlUuid, _>(after)
                .bind::<Date, _>(today)
                .bind::<BigInt, _>(i64::try_from(CHUNK).unwrap_or(i64::MAX))
                .load(self.conn)?;
            let ids: Vec<Uuid> = page.into_iter().map(|row| row.person_id).collect();
            let Some(last) = ids.last() else {
                return Ok(changed);
            };
            after = *last;
            let heard = self.heard_of(&ids)?;
            let mut drafts = persons::load(self, &ids, &[])?;
            for draft in &mut drafts {
                let heard = heard.get(&draft.id).copied().unwrap_or_default();
                if !heard.mail {
                    draft.mail(None);
                }
                draft.test_person(heard.test_person);
            }
            changed += self.put_persons(drafts.into_iter())?;
        }
    }
}
