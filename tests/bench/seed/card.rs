//! Cards with everything around them: order, sending, codes, receipt, clocks and the line of what
//! happened last. Of those who have cards, seven in ten have had one before; most present cards are
//! active, and more than in life are on their way, since a run of the benchmark activates them.

use cards_domain::calendar::{self, Due};
use cards_domain::card::{CardEvent, EndedBy, RevocationReason};
use cards_domain::deadline::DeadlineLengths;
use cards_domain::order::Recipient;
use cards_domain::receipt::TERMS_VERSION;
use cards_domain::signature::{Signature, SignatureKind};
use cards_domain::values::PostalAddress;
use chrono::{DateTime, Datelike as _, Duration, NaiveDate, Utc};
use uuid::Uuid;

use super::log::{self, Done};
use super::people::Somebody;
use super::places::Place;
use super::rows::{Batch, CardRow, CodeRow, DeadlineRow, DeliveryRow, OrderRow, ReceiptRow};
use super::{Scene, draw, id, kind};

const VALID_MONTHS: u32 = 60;

/// Where a card stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Ordered,
    Sent,
    Unsigned,
    Active,
    Returned,
    Superseded,
    Expired,
}

/// The stages of a card and of what stands around it, as the tables write them.
struct Words {
    card: &'static str,
    from: &'static str,
    action: &'static str,
    order: &'static str,
    sending: &'static str,
    codes: &'static str,
    receipt: Option<&'static str>,
    custody: &'static str,
    reason: Option<&'static str>,
}

impl Stage {
    /// Of somebody's present card.
    fn of(person: u32) -> Self {
        match draw(person, 20) % 1000 {
            0..20 => Self::Ordered,
            20..90 => Self::Sent,
            90..120 => Self::Unsigned,
            120..970 => Self::Active,
            970..985 => Self::Returned,
            _ => Self::Expired,
        }
    }

    /// Of the card before: in use until the present one is.
    fn before(self, person: u32) -> Self {
        match self {
            Self::Ordered | Self::Sent | Self::Unsigned => Self::Active,
            _ if draw(person, 21) % 5 < 3 => Self::Superseded,
            _ => Self::Expired,
        }
    }

    fn words(self) -> Words {
        let active = Words {
            card: "active",
            from: "unlocked_unsigned",
            action: "confirm_receipt",
            order: "fulfilled",
            sending: "assumed_delivered",
            codes: "ok",
            receipt: Some("signed"),
            custody: "holder",
            reason: None,
        };
        let ended = |card, action, reason| Words {
            card,
            from: "active",
            action,
            codes: "gone",
            custody: "destroyed",
            reason,
            ..active
        };
        match self {
            Self::Active => active,
            Self::Superseded => ended("revoked", "supersede", Some("superseded")),
            Self::Returned => ended("revoked", "revoke", Some("returned")),
            Self::Expired => ended("expired", "expire", None),
            Self::Unsigned => Words {
                card: "unlocked_unsigned",
                from: "sent",
                action: "unlock",
                order: "dispatched",
                receipt: Some("pending"),
                ..active
            },
            Self::Sent => Words {
                card: "sent",
                from: "ordered",
                action: "dispatch",
                order: "dispatched",
                sending: "posted",
                codes: "not_set",
                receipt: None,
                custody: "post",
                ..active
            },
            Self::Ordered => Words {
                card: "ordered",
                from: "",
                action: "begin",
                order: "sent_to_manufacturer",
                sending: "prepared",
                codes: "not_set",
                receipt: None,
                custody: "manufacturer",
                ..active
            },
        }
    }

    /// How long it has stood there, in minutes: never so long that a clock has ended.
    fn age(self, card: u32) -> Duration {
        let (from, to) = match self {
            Self::Ordered => (1, 12),
            Self::Sent => (2, 80),
            Self::Unsigned => (0, 4),
            Self::Active => (5, 1700),
            Self::Returned | Self::Superseded | Self::Expired => (1, 700),
        };
        let minutes = draw(card, 22) % ((to - from) * 24 * 60);
        Duration::days(i64::from(from)) + Duration::minutes(i64::from(minutes))
    }

    fn event(self) -> CardEvent {
        let revoked = |reason| CardEvent::Revoked {
            reason,
            ended_by: EndedBy::Itself,
        };
        match self {
            Self::Ordered => CardEvent::Begun,
            Self::Sent => CardEvent::Dispatched,
            Self::Unsigned | Self::Active => CardEvent::Activated,
            Self::Superseded => revoked(RevocationReason::Superseded),
            Self::Returned => revoked(RevocationReason::Returned),
            Self::Expired => CardEvent::Expired,
        }
    }
}

/// A card on its way into the batch.
struct Draft<'a> {
    scene: &'a Scene,
    place: &'a Place,
    holder: &'a Somebody,
    /// Its place among all cards: two to a person, the present one even.
    number: u32,
    stage: Stage,
    words: Words,
    id: Uuid,
    since: DateTime<Utc>,
    ordered_on: NaiveDate,
    method: &'static str,
}

/// Adds somebody's cards.
pub fn add(batch: &mut Batch, scene: &Scene, place: &Place, holder: &Somebody) {
    let present = Stage::of(holder.number);
    add_one(
        batch,
        &Draft::new(scene, place, holder, (2 * holder.number, present)),
    );
    if holder.number % 10 < 7 {
        let before = present.before(holder.number);
        add_one(
            batch,
            &Draft::new(scene, place, holder, (2 * holder.number + 1, before)),
        );
    }
}

fn add_one(batch: &mut Batch, draft: &Draft<'_>) {
    batch.orders.push(draft.order());
    batch.cards.push(draft.card());
    batch.deliveries.push(draft.delivery());
    batch
        .codes
        .extend([draft.code(kind::PIN, "pin1"), draft.code(kind::PUK, "puk")]);
    batch.receipts.extend(draft.receipt());
    batch.deadlines.extend(draft.clock());
    batch.deadlines.extend(draft.post_clock());
    batch.line(draft.line());
}

impl<'a> Draft<'a> {
    fn new(
        scene: &'a Scene,
        place: &'a Place,
        holder: &'a Somebody,
        (number, stage): (u32, Stage),
    ) -> Self {
        let since = scene.now - stage.age(number);
        let from_the_order = match stage {
            Stage::Ordered => 0,
            Stage::Sent => 3,
            Stage::Unsigned | Stage::Active => 10,
            Stage::Returned | Stage::Superseded => 900,
            Stage::Expired => 1830,
        };
        let ordered_on = calendar::business_day(since - Duration::days(from_the_order));
        Self {
            scene,
            place,
            holder,
            number,
            stage,
            words: stage.words(),
            id: id(kind::CARD, number),
            since,
            ordered_on,
            method: ["a_post", "a_post", "a_post", "rek", "to_office"]
                [usize::try_from(draw(number, 23) % 5).unwrap()],
        }
    }

    fn is_made(&self) -> bool {
        self.stage != Stage::Ordered
    }

    fn order(&self) -> OrderRow {
        let street = format!("Storgatan {}", 1 + draw(self.holder.number, 24) % 200);
        let recipient = Recipient {
            name: self.holder.name.clone(),
            address: PostalAddress::new(None, &street, "99120", "Björkvallen").unwrap(),
            forwarded: self.holder.is_protected,
            as_of: calendar::start_of_day(self.ordered_on),
        };
        OrderRow {
            id: id(kind::ORDER, self.number),
            number: format!(
                "K-{:02}{:02}-{:07}",
                self.ordered_on.year() % 100,
                self.ordered_on.month(),
                1_000_000 + self.number
            ),
            person_id: self.holder.id,
            organisation_id: self.place.organisation,
            product_id: self.scene.product,
            office_id: self.place.office,
            method: self.method,
            ordered_by: self.place.officer,
            submitted_on: Some(self.ordered_on),
            recipient: self.scene.seal.close("card_order.recipient", &recipient),
            card_id: Some(self.id),
            delivery_id: Some(id(kind::DELIVERY, self.number)),
            stage: self.words.order,
            since: self.since,
            version: 4,
        }
    }

    fn card(&self) -> CardRow {
        let made = self.is_made();
        let name = || {
            self.scene
                .seal
                .close("card.printed_name", &self.holder.name.full())
        };
        CardRow {
            id: self.id,
            person_id: self.holder.id,
            order_id: id(kind::ORDER, self.number),
            organisation_id: self.place.organisation,
            product_id: self.scene.product,
            office_id: self.place.office,
            ordered_by: self.place.officer,
            number: made.then(|| card_number(self.number)),
            product_number: made.then_some("731"),
            printed_name: made.then(name),
            valid_to: made.then(|| self.valid_to()),
            custody: self.words.custody,
            stage: self.words.card,
            since: made.then_some(self.since),
            reason: self.words.reason,
            version: 3,
        }
    }

    fn valid_to(&self) -> NaiveDate {
        calendar::add_months(self.ordered_on, VALID_MONTHS)
    }

    fn delivery(&self) -> DeliveryRow {
        let traced = self.method == "rek" && self.is_made();
        DeliveryRow {
            id: id(kind::DELIVERY, self.number),
            order_id: id(kind::ORDER, self.number),
            card_id: self.id,
            person_id: self.holder.id,
            method: self.method,
            forwarded: self.holder.is_protected,
            rek_id: traced.then(|| format!("RR{:09}SE", self.number)),
            stage: self.words.sending,
            since: self.since,
            version: 2,
        }
    }

    fn code(&self, which: u16, name: &'static str) -> CodeRow {
        CodeRow {
            id: id(which, self.number),
            card_id: self.id,
            person_id: self.holder.id,
            name,
            // A PUK is there from the beginning.
            stage: self.words.codes,
            since: self.since,
            version: 2,
        }
    }

    fn receipt(&self) -> Option<ReceiptRow> {
        let stage = self.words.receipt?;
        let signature = Signature {
            kind: SignatureKind::ReauthenticatedSession,
            at: self.since,
            text_hash: "00".repeat(32),
            evidence: None,
        };
        Some(ReceiptRow {
            id: id(kind::RECEIPT, self.number),
            card_id: self.id,
            person_id: self.holder.id,
            terms_version: TERMS_VERSION,
            signature: (stage == "signed").then(|| serde_json::to_value(signature).unwrap()),
            stage,
            since: self.since,
            version: 1,
        })
    }

    /// The clock of the card.
    fn clock(&self) -> Option<DeadlineRow> {
        let lengths = DeadlineLengths::default();
        let base = calendar::business_day(self.since);
        let (rule, due) = match self.stage {
            Stage::Sent => {
                let last = calendar::add_months(base, lengths.activation_months);
                ("activation", Due::lives_through(last))
            }
            Stage::Unsigned => {
                let time = Duration::hours(i64::from(lengths.receipt_hours));
                ("receipt_signature", Due::after(self.since, time))
            }
            Stage::Active => ("card_expiry", Due::lives_through(self.valid_to())),
            Stage::Ordered | Stage::Returned | Stage::Superseded | Stage::Expired => return None,
        };
        Some(self.deadline((kind::DEADLINE, rule, self.id), base, &due))
    }

    /// The clock of an order whose card should come: registered letters are traced instead, and
    /// after thirty days the nightly run has asked.
    fn post_clock(&self) -> Option<DeadlineRow> {
        let waits = matches!(self.stage, Stage::Ordered | Stage::Sent) && self.method != "rek";
        let due = Due::allowed_from(self.ordered_on, DeadlineLengths::default().undelivered_days);
        let order = id(kind::ORDER, self.number);
        (waits && due.acts_at > self.scene.now).then(|| {
            self.deadline(
                (kind::ORDER_DEADLINE, "undelivered", order),
                self.ordered_on,
                &due,
            )
        })
    }

    fn deadline(
        &self,
        (which, rule, thing_id): (u16, &'static str, Uuid),
        base: NaiveDate,
        due: &Due,
    ) -> DeadlineRow {
        DeadlineRow {
            id: id(which, self.number),
            rule,
            arithmetic: due.kind.into(),
            thing_id,
            person_id: self.holder.id,
            organisation_id: self.place.organisation,
            office_id: (rule != "undelivered").then_some(self.place.office),
            base,
            day: due.day,
            acts_at: due.acts_at,
            started_by: id(kind::LINE, self.number),
            started_at: self.since,
        }
    }

    fn line(&self) -> super::rows::LineRow {
        let done = Done {
            line_id: id(kind::LINE, self.number),
            at: self.since,
            by: (self.place.officer, self.place.office),
            card: (self.id, self.holder.id, self.place.organisation),
            action: (self.words.action, self.words.from, self.words.card),
            event: &self.stage.event(),
            is_protected: self.holder.is_protected,
        };
        log::of_card(self.scene, &done)
    }
}

/// The number on a card: 9752, as Swedish ones begin, and its place among all cards.
pub fn card_number(card: u32) -> String {
    format!("9752{card:012}")
}
