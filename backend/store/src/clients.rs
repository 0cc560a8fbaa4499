//! System clients at work: the assertions they have used, the tokens they hold.

use cards_domain::access::Client;
use cards_domain::card::CardStageName;
use cards_domain::ids::{CardId, ClientId, OrganisationId};
use cards_domain::values::CardNumber;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Binary, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::Link;
use crate::error::{StoreError, unreadable};
use crate::plain::{ClientRow, SystemClient, client_functions};
use crate::prepared::Part;
use crate::schema::{card, client, client_assertion, client_token};
use crate::seal::sha256;

/// How long a token is good for.
pub const TOKEN_LIFE: TimeDelta = TimeDelta::minutes(10);

/// The organisations of a client's branch.
const BRANCH: &str = "ARRAY(SELECT o.id FROM organisation AS o \
     WHERE o.id = client.organisation_id OR o.issuer_id = client.organisation_id \
     ORDER BY o.id)";

/// The secret that a client holds. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientToken(pub [u8; 32]);

impl std::fmt::Debug for ClientToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClientToken(…)")
    }
}

/// Who holds a token, as registered at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenHolder {
    /// The client.
    pub client: Client,
    /// Most requests in a minute.
    pub rate_per_minute: u32,
}

/// What decides whether a card can be relied on, and nothing else of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardState {
    /// Which card.
    pub card: CardId,
    /// Who has issued it.
    pub organisation: OrganisationId,
    /// Where it stands.
    pub stage: CardStageName,
    /// When it came there.
    pub since: Option<DateTime<Utc>>,
    /// Its last day.
    pub valid_to: Option<NaiveDate>,
}

type StateRow = (Uuid, Uuid, String, Option<DateTime<Utc>>, Option<NaiveDate>);

impl Link {
    /// All system clients, by name.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn clients(&mut self) -> Result<Vec<SystemClient>, StoreError> {
        let rows: Vec<ClientRow> = client::table
            .order(client::name)
            .select(ClientRow::as_select())
            .load(&mut self.conn)?;
        rows.into_iter().map(ClientRow::read).collect()
    }

    /// One system client, revoked or not.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn client(&mut self, id: ClientId) -> Result<Option<SystemClient>, StoreError> {
        let row: Option<ClientRow> = client::table
            .find(id.0)
            .select(ClientRow::as_select())
            .first(&mut self.conn)
            .optional()?;
        row.map(ClientRow::read).transpose()
    }

    /// A token for the assertion with this `jti`, which cannot be used again before it is too old
    /// anyway, at `ends`. `None`: it has been used.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn open_client_token(
        &mut self,
        client: ClientId,
        jti: &str,
        ends: DateTime<Utc>,
    ) -> Result<Option<ClientToken>, StoreError> {
        let now = self.now();
        self.forget_old_tokens(now)?;
        let mut token = [0; 32];
        self.fill(&mut token);
        // One statement, so that of two requests with one assertion only one gets a token.
        let opened = diesel::sql_query(
            "WITH taken AS (INSERT INTO client_assertion (client_id, jti_hash, expires_at) \
             VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING client_id) \
             INSERT INTO client_token (token_hash, client_id, created_at, expires_at) \
             SELECT $4, client_id, $5, $6 FROM taken",
        )
        .bind::<SqlUuid, _>(client.0)
        .bind::<Binary, _>(sha256(&[jti.as_bytes()]))
        .bind::<Timestamptz, _>(ends)
        .bind::<Binary, _>(sha256(&[&token]))
        .bind::<Timestamptz, _>(now)
        .bind::<Timestamptz, _>(now + TOKEN_LIFE)
        .execute(&mut self.conn)?;
        Ok((opened == 1).then_some(ClientToken(token)))
    }

    /// Who holds the token; nobody when it is unknown or too old, or when its client was revoked.
    /// One statement, with every request: a revocation holds at once.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn read_client_token(&mut self, token: &[u8]) -> Result<Option<TokenHolder>, StoreError> {
        let now = self.now();
        let row: Option<(Uuid, Vec<String>, i32, Vec<Uuid>)> = client_token::table
            .inner_join(client::table.on(client::id.eq(client_token::client_id)))
            .filter(client_token::token_hash.eq(sha256(&[token])))
            .filter(client_token::expires_at.gt(now))
            .filter(client::revoked_at.is_null())
            .select((
                client::id,
                client::functions,
                client::rate_per_minute,
                Part::<Array<SqlUuid>>::of(BRANCH),
            ))
            .first(&mut self.conn)
            .optional()?;
        row.map(|(id, functions, rate, branch)| {
            Ok(TokenHolder {
                client: Client {
                    id: ClientId(id),
                    branch: branch.into_iter().map(OrganisationId).collect(),
                    functions: client_functions(&functions)?,
                },
                rate_per_minute: u32::try_from(rate)
                    .map_err(|_| unreadable("client", "rate_per_minute"))?,
            })
        })
        .transpose()
    }

    /// How the card with this number stands, for whoever relies on it.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn card_state(&mut self, number: &CardNumber) -> Result<Option<CardState>, StoreError> {
        let row: Option<StateRow> = card::table
            .filter(card::number.eq(number.as_str()))
            .select((
                card::id,
                card::organisation_id,
                card::stage,
                card::since,
                card::valid_to,
            ))
            .first(&mut self.conn)
            .optional()?;
        row.map(|(id, organisation, stage, since, valid_to)| {
            Ok(CardState {
                card: CardId(id),
                organisation: OrganisationId(organisation),
                stage: stage.parse().map_err(|_| unreadable("card", "stage"))?,
                since,
                valid_to,
            })
        })
        .transpose()
    }

    fn forget_old_tokens(&mut self, now: DateTime<Utc>) -> Result<(), StoreError> {
        diesel::delete(client_assertion::table.filter(client_assertion::expires_at.lt(now)))
            .execute(&mut self.conn)?;
        diesel::delete(client_token::table.filter(client_token::expires_at.lt(now)))
            .execute(&mut self.conn)?;
        Ok(())
    }
}
