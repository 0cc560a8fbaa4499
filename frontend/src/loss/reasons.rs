//! The reasons to choose from, in groups: what cannot wait comes first.

use askama::Template;
use cards_domain::card::RevocationReason;

use super::asked::{ENVELOPE, REASON, Teller};
use crate::components::{Icon, finished_html};
use crate::text::Text;

/// One reason.
pub(crate) struct Row {
    pub(crate) value: &'static str,
    label: String,
    hint: Option<String>,
    id: String,
}

/// Reasons of one kind.
pub(crate) struct Group {
    title: Option<String>,
    pub(crate) rows: Vec<Row>,
}

/// The question why, with its answers in groups.
#[derive(Template)]
#[template(path = "loss/reasons.html")]
pub(crate) struct Reasons {
    legend: String,
    /// The page's title asks the same.
    is_title: bool,
    pub(crate) groups: Vec<Group>,
    chosen: String,
    error: Option<String>,
}

finished_html!(Reasons);

impl Reasons {
    /// The reasons that this reader may give.
    pub(crate) fn new(t: Text, teller: Teller, chosen: &str, error: Option<String>) -> Self {
        let (legend, mut groups) = match teller {
            Teller::Officer => (t.loss_title(), vec![lost(t, true), wrong(t), no_longer(t)]),
            Teller::Servicedesk => (t.loss_title(), vec![lost(t, false)]),
            Teller::Holder => (t.loss_my_what(), vec![own(t)]),
        };
        let rows = groups.iter_mut().flat_map(|group| &mut group.rows);
        for (place, row) in rows.enumerate() {
            // The first bears the group's own name, which the list of faults leads to.
            row.id = match place {
                0 => REASON.to_owned(),
                place => format!("{REASON}-{}", place + 1),
            };
        }
        Self {
            legend,
            is_title: teller != Teller::Holder,
            groups,
            chosen: chosen.to_owned(),
            error,
        }
    }

    fn is_chosen(&self, row: &Row) -> bool {
        self.chosen == row.value
    }
}

fn row(reason: RevocationReason, label: String, hint: Option<String>) -> Row {
    Row {
        value: reason.into(),
        label,
        hint,
        id: String::new(),
    }
}

fn lost(t: Text, is_officer: bool) -> Group {
    use RevocationReason as R;
    let mut rows = vec![
        row(R::Lost, t.loss_lost(), Some(t.loss_lost_means())),
        row(R::Stolen, t.loss_stolen(), Some(t.loss_stolen_means())),
        row(
            R::CodesCompromised,
            t.loss_codes(),
            Some(t.loss_codes_means()),
        ),
    ];
    if is_officer {
        rows.push(row(R::Misuse, t.loss_misuse(), None));
    }
    Group {
        title: is_officer.then(|| t.loss_group_loss()),
        rows,
    }
}

fn wrong(t: Text) -> Group {
    use RevocationReason as R;
    Group {
        title: Some(t.loss_group_card()),
        rows: vec![
            row(
                R::CardDamaged,
                t.loss_damaged(),
                Some(t.loss_damaged_means()),
            ),
            row(R::NameChanged, t.loss_name_changed(), None),
            row(R::DataWrong, t.loss_data_wrong(), None),
            row(R::WronglyIssued, t.loss_wrongly_issued(), None),
        ],
    }
}

fn no_longer(t: Text) -> Group {
    use RevocationReason as R;
    Group {
        title: Some(t.loss_group_end()),
        rows: vec![
            row(R::EmploymentEnded, t.loss_employment_ended(), None),
            row(R::Returned, t.loss_returned(), None),
            row(
                R::PersonDeceased,
                t.loss_deceased(),
                Some(t.loss_deceased_means()),
            ),
            row(R::IssuerDecision, t.loss_issuer(), None),
        ],
    }
}

fn own(t: Text) -> Group {
    use RevocationReason as R;
    let envelope = Row {
        value: ENVELOPE,
        label: t.loss_my_envelope(),
        hint: None,
        id: String::new(),
    };
    let rows = vec![
        row(R::Lost, t.loss_my_lost(), Some(t.loss_my_lost_means())),
        row(R::Stolen, t.loss_my_stolen(), None),
        row(
            R::CodesCompromised,
            t.loss_my_codes(),
            Some(t.loss_my_codes_means()),
        ),
        envelope,
    ];
    Group { title: None, rows }
}
