//! Who helps after a loss: the organisation's own ID administrator, and the office.

use cards_app::queries::LossPage;
use chrono::{DateTime, Utc};

use crate::components::{Fact, Facts, Link};
use crate::id_admin::parts;
use crate::mina_sidor::office::tel;
use crate::text::Text;

/// Whom to ask in the organisation.
pub(crate) struct Own {
    pub(crate) name: Option<String>,
    pub(crate) phone: Option<Link>,
    pub(crate) mail: Option<Link>,
    pub(crate) missing: String,
}

impl Own {
    pub(crate) fn of(t: Text, page: &LossPage) -> Self {
        let policy = page.organisation.as_ref().map(|sheet| &sheet.policy);
        let phone = policy.and_then(|policy| policy.contact_phone.as_ref());
        let mail = policy.and_then(|policy| policy.contact_mail.as_ref());
        Self {
            name: policy.and_then(|policy| policy.contact_name.clone()),
            phone: phone.map(|phone| Link::new(phone, tel(phone))),
            mail: mail.map(|mail| Link::new(mail, format!("mailto:{mail}"))),
            missing: t.loss_contact_none(&page.card.organisation_name),
        }
    }

    /// The same for a desk.
    pub(crate) fn facts(&self, t: Text) -> Facts {
        let label = |link: &Option<Link>| link.as_ref().map(|link| link.label.clone());
        let rows = [
            (t.sd_contact(), self.name.clone()),
            (t.phone(), label(&self.phone)),
            (t.sd_mail(), label(&self.mail)),
        ];
        let rows = rows
            .into_iter()
            .filter_map(|(term, value)| Some(Fact::plain(term, value?)));
        Facts::new(rows.collect())
    }
}

/// The office where reserve cards are handed out and the card was collected.
pub(crate) fn office(t: Text, page: &LossPage, now: DateTime<Utc>) -> Facts {
    parts::office_facts(t, &page.card.office, now)
}
