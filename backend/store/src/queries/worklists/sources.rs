//! Where each list comes from. `$1` are the organisations in scope, `$2` the office, `$3` whether
//! protected persons are shown, `$4` the day on or before which an order was begun whose time for
//! the post is over today, `$5` that time in days, `$6` how many rows, `$7` and `$8` the row before.

use std::fmt::Write as _;

use cards_domain::ids::OfficeId;
use strum::IntoEnumIterator as _;

use super::WorklistKind;

/// Whose lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Those of one office.
    Office,
    /// Those of every office in the scope.
    Everywhere,
}

impl Place {
    pub(super) fn of(office: Option<OfficeId>) -> Self {
        match office {
            Some(_) => Self::Office,
            None => Self::Everywhere,
        }
    }
}

/// A list as a query: what of its row says what.
struct Source {
    /// Tables, and what makes a row stand in the list.
    from: &'static str,
    wanted: &'static str,
    thing: &'static str,
    number: &'static str,
    person: &'static str,
    organisation: &'static str,
    office: &'static str,
    due: &'static str,
}

/// Cards with a clock, in the order of an index.
const CLOCKED: Source = Source {
    from: "deadline d JOIN card c ON c.id = d.thing_id",
    wanted: "",
    thing: "d.thing_id",
    number: SHORT,
    person: "d.person_id",
    organisation: "d.organisation_id",
    office: "d.office_id",
    due: "d.acts_at",
};

/// Orders that stand.
const ORDERED: Source = Source {
    from: "card_order o",
    wanted: "",
    thing: "o.id",
    number: "o.number",
    person: "o.person_id",
    organisation: "o.organisation_id",
    office: "o.office_id",
    due: "o.since",
};

const CASES: Source = Source {
    from: "revocation r JOIN card c ON c.id = r.card_id",
    wanted: "",
    thing: "r.id",
    number: SHORT,
    person: "r.person_id",
    organisation: "r.organisation_id",
    office: "c.office_id",
    due: "coalesce((SELECT min((s -> 'outcome' ->> 'by')::date)::timestamptz \
        FROM jsonb_array_elements(r.steps) AS s \
        WHERE s -> 'outcome' ->> 'outcome' = 'holder_will_do'), r.executed_at)",
};

/// What should have come, or has strayed.
const NOT_ARRIVED: Source = Source {
    from: "card_order o LEFT JOIN delivery v ON v.id = o.delivery_id \
        LEFT JOIN card c ON c.id = o.card_id",
    wanted: "o.stage IN ('sent_to_manufacturer', 'produced', 'dispatched') \
        AND c.custody IS DISTINCT FROM 'office' AND ( \
          o.stage IN ('sent_to_manufacturer', 'produced') \
            AND coalesce(o.photo_on, o.submitted_on) <= $4 \
          OR o.stage = 'dispatched' AND ( \
            v.stage IN ('returned_to_sender', 'lost', 'reported_missing') \
            OR v.stage = 'posted' AND o.method <> 'rek' \
              AND coalesce(o.photo_on, o.submitted_on) <= $4))",
    due: "CASE WHEN v.stage IN ('returned_to_sender', 'lost') THEN v.since \
        ELSE coalesce(o.photo_on, o.submitted_on)::timestamptz + make_interval(days => $5) END",
    ..ORDERED
};

/// What is said of a card's number in a list.
const SHORT: &str = "'…' || right(c.number, 4)";

fn source(kind: WorklistKind) -> Source {
    let clocked = |wanted| Source { wanted, ..CLOCKED };
    let ordered = |wanted| Source { wanted, ..ORDERED };
    match kind {
        WorklistKind::Unsigned => clocked(
            "d.rule = 'receipt_signature' AND d.stopped_at IS NULL AND c.stage = 'unlocked_unsigned'",
        ),
        WorklistKind::ToActivate => clocked(
            "d.rule = 'activation' AND d.stopped_at IS NULL AND c.stage = 'sent' \
             AND c.custody <> 'office'",
        ),
        WorklistKind::AtOffice => clocked(
            "d.rule = 'activation' AND d.stopped_at IS NULL AND c.stage = 'sent' \
             AND c.custody = 'office'",
        ),
        WorklistKind::ToCut => Source {
            from: "card c",
            wanted: "c.stage IN ('revoked', 'expired') AND c.custody = 'office'",
            thing: "c.id",
            person: "c.person_id",
            organisation: "c.organisation_id",
            office: "c.office_id",
            due: "c.since",
            ..CLOCKED
        },
        WorklistKind::Callback => Source {
            from: "revocation r JOIN card c ON c.id = r.card_id LEFT JOIN deadline d \
                ON d.thing_id = r.id AND d.rule = 'caller_callback' AND d.stopped_at IS NULL",
            wanted: "r.stage = 'reported'",
            due: "coalesce(d.acts_at, r.reported_at)",
            ..CASES
        },
        WorklistKind::OpenSteps => Source {
            wanted: "r.stage = 'external_steps_pending'",
            ..CASES
        },
        WorklistKind::PukRequests => Source {
            from: "puk_letter l JOIN card c ON c.id = l.card_id",
            wanted: "l.stage = 'requested'",
            thing: "l.id",
            person: "l.person_id",
            organisation: "c.organisation_id",
            office: "c.office_id",
            due: "l.since",
            ..CLOCKED
        },
        WorklistKind::ProductionFailed => ordered("o.stage = 'ready_to_send'"),
        WorklistKind::AwaitingPhoto => ordered("o.stage = 'awaiting_photo'"),
        WorklistKind::AwaitingPrerequisites => ordered("o.stage = 'awaiting_prerequisites'"),
        WorklistKind::NotArrived => NOT_ARRIVED,
    }
}

impl Source {
    /// The rows in an office, or in the organisation `g.id`.
    fn rows(&self, place: Place) -> String {
        let Self {
            from,
            wanted,
            thing,
            number,
            person,
            organisation,
            office,
            due,
        } = self;
        let here = match place {
            Place::Office => format!("{office} = $2 AND {organisation} = ANY ($1)"),
            Place::Everywhere => format!("{organisation} = g.id"),
        };
        format!(
            "SELECT {thing} AS thing, {number} AS number, {person} AS person_id, p.given_name, \
               p.middle_name, p.surname, f.name AS office, {due} AS due \
             FROM {from} JOIN person p ON p.id = {person} JOIN office f ON f.id = {office} \
             WHERE {here} AND {wanted} AND ($3 OR p.protection = 'none')"
        )
    }

    /// The first rows, behind `more`.
    fn first(&self, place: Place, more: &str, limit: &str) -> String {
        let (rows, due, thing) = (self.rows(place), self.due, self.thing);
        let ordered = format!("{rows}{more} ORDER BY {due}, {thing} LIMIT {limit}");
        match place {
            Place::Office => ordered,
            // Each organisation in the order of its index, then the nearest of all.
            Place::Everywhere => format!(
                "SELECT w.* FROM unnest($1) AS g (id) CROSS JOIN LATERAL ({ordered}) AS w \
                 ORDER BY w.due, w.thing LIMIT {limit}"
            ),
        }
    }

    fn counted(&self, place: Place) -> String {
        let rows = self.rows(place);
        let listed = match place {
            Place::Office => rows,
            Place::Everywhere => {
                format!("SELECT 1 FROM unnest($1) AS g (id) CROSS JOIN LATERAL ({rows}) AS w")
            }
        };
        format!("SELECT count(*) AS count FROM ({listed} LIMIT $6) AS listed")
    }
}

/// One page of a list.
pub(super) fn one_page(kind: WorklistKind, place: Place, behind: bool) -> String {
    let source = source(kind);
    let more = if behind {
        format!(" AND ({}, {}) > ($7, $8)", source.due, source.thing)
    } else {
        String::new()
    };
    source.first(place, &more, "$6")
}

/// How many stand in each list, and the nearest. `$6` is where counting stops.
pub(super) fn every_list(place: Place) -> String {
    let mut text = String::new();
    for kind in WorklistKind::iter() {
        let source = source(kind);
        let name: &'static str = kind.into();
        let or = if text.is_empty() { "" } else { " UNION ALL " };
        let (nearest, counted) = (source.first(place, "", "1"), source.counted(place));
        let _ = write!(
            text,
            "{or}SELECT '{name}' AS kind, n.count, one.* FROM ({nearest}) AS one, ({counted}) AS n"
        );
    }
    text
}
