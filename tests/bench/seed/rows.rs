//! Rows of each table as COPY sends them. Columns that are left out take their defaults.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::schema::{
    assignment_member, card, card_order, chip_code, deadline, delivery, journal, name_key, person,
    post, receipt,
};

type Moment = DateTime<Utc>;

/// Makes a struct whose fields are columns of the table.
macro_rules! row {
    ($(#[$about:meta])* $name:ident of $table:ident { $($column:ident: $kind:ty),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Insertable)]
        #[diesel(table_name = $table, treat_none_as_default_value = false)]
        pub struct $name {
            $(#[allow(missing_docs, clippy::allow_attributes, reason = "the column says it")]
            pub $column: $kind,)+
        }
    };
}

row!(
    /// Somebody.
    PersonRow of person {
        id: Uuid,
        number_kind: &'static str,
        number_index: Vec<u8>,
        number: Option<String>,
        given_name: Option<String>,
        middle_name: Option<String>,
        surname: Option<String>,
        surname_key: Option<String>,
        mail: Option<String>,
        protection: &'static str,
        sealed: Option<Vec<u8>>,
        test_person: bool,
        language: &'static str,
    }
);
row!(
    /// A place in the index of names.
    NameRow of name_key {
        organisation_id: Uuid,
        first: String,
        second: String,
        first_sound: String,
        second_sound: String,
        person_id: Uuid,
    }
);
row!(
    /// An employment.
    PostRow of post {
        id: Uuid,
        person_id: Uuid,
        organisation_id: Uuid,
        unit_id: Option<Uuid>,
        hsa_id: String,
        hsa_key: String,
        title: Option<&'static str>,
        licences: Vec<&'static str>,
        specialities: Vec<&'static str>,
        speciality_codes: Vec<&'static str>,
        system_roles: Vec<&'static str>,
    }
);
row!(
    /// Who has an assignment.
    MemberRow of assignment_member {
        assignment_id: Uuid,
        hsa_key: String,
        post_id: Option<Uuid>,
    }
);
row!(
    /// An order.
    OrderRow of card_order {
        id: Uuid,
        number: String,
        person_id: Uuid,
        organisation_id: Uuid,
        product_id: Uuid,
        office_id: Uuid,
        method: &'static str,
        ordered_by: Uuid,
        submitted_on: Option<NaiveDate>,
        recipient: Vec<u8>,
        card_id: Option<Uuid>,
        delivery_id: Option<Uuid>,
        stage: &'static str,
        since: Moment,
        version: i64,
    }
);
row!(
    /// A card.
    CardRow of card {
        id: Uuid,
        person_id: Uuid,
        order_id: Uuid,
        organisation_id: Uuid,
        product_id: Uuid,
        office_id: Uuid,
        ordered_by: Uuid,
        number: Option<String>,
        product_number: Option<&'static str>,
        printed_name: Option<Vec<u8>>,
        valid_to: Option<NaiveDate>,
        custody: &'static str,
        stage: &'static str,
        since: Option<Moment>,
        reason: Option<&'static str>,
        version: i64,
    }
);
row!(
    /// A sending.
    DeliveryRow of delivery {
        id: Uuid,
        order_id: Uuid,
        card_id: Uuid,
        person_id: Uuid,
        method: &'static str,
        forwarded: bool,
        rek_id: Option<String>,
        stage: &'static str,
        since: Moment,
        version: i64,
    }
);
row!(
    /// A code on a chip.
    CodeRow of chip_code {
        id: Uuid,
        card_id: Uuid,
        person_id: Uuid,
        name: &'static str,
        stage: &'static str,
        since: Moment,
        version: i64,
    }
);
row!(
    /// A receipt.
    ReceiptRow of receipt {
        id: Uuid,
        card_id: Uuid,
        person_id: Uuid,
        terms_version: &'static str,
        signature: Option<Value>,
        stage: &'static str,
        since: Moment,
        version: i64,
    }
);
row!(
    /// A clock that runs.
    DeadlineRow of deadline {
        id: Uuid,
        rule: &'static str,
        arithmetic: &'static str,
        thing_id: Uuid,
        person_id: Uuid,
        organisation_id: Uuid,
        office_id: Option<Uuid>,
        base: NaiveDate,
        day: NaiveDate,
        acts_at: Moment,
        started_by: Uuid,
        started_at: Moment,
    }
);
row!(
    /// A line in the log.
    LineRow of journal {
        line_id: Uuid,
        at: Moment,
        schema_version: i32,
        channel: &'static str,
        actor_kind: &'static str,
        actor_person: Option<Uuid>,
        actor_system: Option<&'static str>,
        office_id: Option<Uuid>,
        kind: &'static str,
        action: &'static str,
        subject_id: Option<Uuid>,
        person_id: Option<Uuid>,
        organisation_id: Option<Uuid>,
        from_stage: Option<&'static str>,
        to_stage: Option<&'static str>,
        outcome: &'static str,
        event: Option<Value>,
        sealed: Option<Vec<u8>>,
        salt: Option<Vec<u8>>,
        commitment: Vec<u8>,
        leaf_hash: Vec<u8>,
        correlation: String,
    }
);

/// Rows that are copied in one transaction.
#[derive(Default)]
pub struct Batch {
    /// Who.
    pub persons: Vec<PersonRow>,
    /// How they are found.
    pub names: Vec<NameRow>,
    /// Where they work.
    pub posts: Vec<PostRow>,
    /// As what.
    pub members: Vec<MemberRow>,
    /// What was ordered.
    pub orders: Vec<OrderRow>,
    /// What was made.
    pub cards: Vec<CardRow>,
    /// How it was sent.
    pub deliveries: Vec<DeliveryRow>,
    /// What is known of the codes.
    pub codes: Vec<CodeRow>,
    /// Who signed.
    pub receipts: Vec<ReceiptRow>,
    /// What will happen.
    pub deadlines: Vec<DeadlineRow>,
    lines: Vec<LineRow>,
}

impl Batch {
    /// Adds a line to the log.
    pub fn line(&mut self, line: LineRow) {
        self.lines.push(line);
    }

    /// Sends everything; gives the number of rows. The lines about cards go before, in a
    /// transaction of their own: the database looks for the line of each change among the lines of
    /// its transaction, and must not find thousands there.
    pub fn copy(self, conn: &mut PgConnection, line: LineRow) -> u64 {
        macro_rules! send {
            ($conn:ident, $($rows:expr => $table:ident),+ $(,)?) => {{
                let mut sent = 0;
                $(sent += diesel::copy_from($table::table)
                    .from_insertable($rows)
                    .execute($conn)?;)+
                Ok::<_, diesel::result::Error>(sent)
            }};
        }
        let lines = conn.transaction(|conn| send!(conn, self.lines => journal));
        let rest = conn.transaction(|conn| {
            send!(conn,
                vec![line] => journal,
                self.persons => person,
                self.names => name_key,
                self.posts => post,
                self.members => assignment_member,
                self.orders => card_order,
                self.cards => card,
                self.deliveries => delivery,
                self.codes => chip_code,
                self.receipts => receipt,
                self.deadlines => deadline,
            )
        });
        u64::try_from(lines.unwrap() + rest.unwrap()).unwrap()
    }
}
