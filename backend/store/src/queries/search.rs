//! Finding persons: by a number of theirs or of a thing of theirs, or by name.
//!
//! A name is looked up in the index of name keys, which begins with the organisation: whoever the
//! asker may not see is no candidate, and costs nothing. The index gives some hundred candidates at
//! most; the rules say how well each answers.

use cards_domain::access::Scope;
use cards_domain::calendar;
use cards_domain::ids::{PersonId, PhotoId};
use cards_domain::person::Protection;
use cards_domain::values::{
    CardNumber, HsaId, Likeness, NameQuery, PersonName, PersonNumber, Probe, RekId, WordRange,
};
use diesel::dsl::exists;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Array, Binary, Bool, Nullable, Text, Uuid as SqlUuid};
use uuid::Uuid;

use super::people::{Boxed, PostRow, PostSheet, read_post, visible};
use crate::db::Link;
use crate::error::StoreError;
use crate::kept::people::IdentityRow;
use crate::prepared::Part;
use crate::schema::{card, card_order, delivery, organisation, person, post, unit};

/// What one place of the index gives at most.
const OF_A_PROBE: usize = 100;
/// The most candidates that are looked at, and the most persons that are shown.
const MOST_CANDIDATES: usize = 50;
const MOST_HITS: usize = 30;

/// A person with one post, and the photo.
type Row = (IdentityRow, Option<PostRow>, Option<Uuid>);

/// One that was printed on a card for somebody else is no photo of the person.
const NEWEST_PHOTO: &str = "(SELECT f.id FROM photo f \
    WHERE f.person_id = person.id AND f.stage = 'approved' AND NOT EXISTS \
        (SELECT FROM card_order o JOIN card c ON c.order_id = o.id \
         WHERE o.photo_id = f.id AND c.reason = 'wrongly_issued') \
    ORDER BY f.taken_on DESC, f.since DESC LIMIT 1)";

/// What somebody typed into the one search field, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchFor {
    /// A person's number.
    Number(PersonNumber),
    /// An HSA-id.
    HsaId(HsaId),
    /// A card's number.
    CardNumber(CardNumber),
    /// An order's number.
    OrderNumber(String),
    /// A tracking number.
    RekId(RekId),
    /// A name, or its beginning.
    Name(NameQuery),
}

/// A person found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Who.
    pub person: PersonId,
    /// The name.
    pub name: PersonName,
    /// The number.
    pub number: PersonNumber,
    /// How the person is protected.
    pub protection: Protection,
    /// The posts in the actor's scope.
    pub posts: Vec<PostSheet>,
    /// The newest approved photo that is not known to show somebody else.
    pub photo: Option<PhotoId>,
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// At most thirty persons, those that answer best first.
    pub hits: Vec<Hit>,
    /// There are more than are shown: something more must be typed.
    pub more: bool,
}

impl Link {
    /// The persons in `scope` that match. Two statements for a name, one for anything else,
    /// however many there are.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn search(&mut self, scope: &Scope, wanted: &SearchFor) -> Result<Found, StoreError> {
        let SearchFor::Name(query) = wanted else {
            let found = matching(person::table.into_boxed(), self, wanted);
            let hits = self.hits(scope, found)?;
            return Ok(shown(hits, false));
        };
        let (ids, more) = self.candidates(scope, query)?;
        if ids.is_empty() {
            return Ok(Found::default());
        }
        let candidates = person::table.filter(person::id.eq_any(ids)).into_boxed();
        let hits = self.hits(scope, candidates)?;
        let mut ranked: Vec<(Likeness, Hit)> = hits
            .into_iter()
            .filter_map(|hit| Some((query.likeness(&hit.name)?, hit)))
            .collect();
        // They come in the order of the Swedish alphabet, which stays within each rank.
        ranked.sort_by_key(|(likeness, _)| *likeness);
        Ok(shown(
            ranked.into_iter().map(|(_, hit)| hit).collect(),
            more,
        ))
    }

    /// Whom the index gives, the best places first, and whether it has more.
    fn candidates(
        &mut self,
        scope: &Scope,
        query: &NameQuery,
    ) -> Result<(Vec<Uuid>, bool), StoreError> {
        #[derive(QueryableByName)]
        struct Candidate {
            #[diesel(sql_type = diesel::sql_types::Integer)]
            place: i32,
            #[diesel(sql_type = SqlUuid)]
            person_id: Uuid,
        }
        let probes = Probes {
            organisations: scope.organisations().iter().map(|id| id.0).collect(),
            probes: query.probes(),
        };
        let mut rows: Vec<Candidate> = probes.load(&mut self.conn)?;
        rows.sort_by_key(|row| row.place);
        let is_full =
            |place: i32| rows.iter().filter(|row| row.place == place).count() >= OF_A_PROBE;
        let mut more = rows
            .last()
            .is_some_and(|last| (0..=last.place).any(is_full));
        let mut ids: Vec<Uuid> = Vec::new();
        let mut known = std::collections::HashSet::new();
        ids.extend(
            rows.into_iter()
                .map(|row| row.person_id)
                .filter(|id| known.insert(*id)),
        );
        more |= ids.len() > MOST_CANDIDATES;
        ids.truncate(MOST_CANDIDATES);
        Ok((ids, more))
    }

    /// Those of the persons that are in `scope`, with their posts in it, in alphabetical order.
    fn hits(&mut self, scope: &Scope, wanted: Boxed<'_>) -> Result<Vec<Hit>, StoreError> {
        let today = calendar::business_day(self.now());
        let organisations: Vec<Uuid> = scope.organisations().iter().map(|id| id.0).collect();
        let in_scope = post::organisation_id
            .eq_any(organisations)
            .and(post::last_day.is_null().or(post::last_day.ge(today)));
        let rows: Vec<Row> = person::table
            .left_join(post::table.on(post::person_id.eq(person::id).and(in_scope)))
            .left_join(organisation::table.on(organisation::id.eq(post::organisation_id)))
            .left_join(unit::table.on(unit::id.nullable().eq(post::unit_id)))
            .filter(person::id.eq_any(visible(wanted, scope, today).select(person::id)))
            .order((
                Part::<Text>::of("person.surname COLLATE \"sv-x-icu\""),
                Part::<Text>::of("person.given_name COLLATE \"sv-x-icu\""),
                person::id,
                organisation::name,
                post::hsa_key,
            ))
            .select((
                IdentityRow::as_select(),
                (
                    post::person_id,
                    post::hsa_id,
                    organisation::id,
                    organisation::name,
                    unit::id.nullable(),
                    unit::name.nullable(),
                    post::title,
                    post::last_day,
                )
                    .nullable(),
                Part::<Nullable<SqlUuid>>::of(NEWEST_PHOTO),
            ))
            .load(&mut self.conn)?;
        self.gather(rows)
    }

    /// One hit for each person: the rows of one follow each other.
    fn gather(&self, rows: Vec<Row>) -> Result<Vec<Hit>, StoreError> {
        let mut hits: Vec<Hit> = Vec::new();
        for (row, post, photo) in rows {
            let posts = post.map(read_post).transpose()?.map(|(_, post)| post);
            match hits.last_mut() {
                Some(hit) if hit.person.0 == row.id => hit.posts.extend(posts),
                Some(_) | None => {
                    let identity = row.read(self.seal())?;
                    hits.push(Hit {
                        person: PersonId(row.id),
                        name: identity.name,
                        number: identity.number,
                        protection: identity.protection,
                        posts: posts.into_iter().collect(),
                        photo: photo.map(PhotoId),
                    });
                }
            }
        }
        Ok(hits)
    }

    /// How PostgreSQL would look up a name, for the test that it never reads a whole table.
    ///
    /// # Errors
    /// The database cannot be asked.
    pub fn plan_of_name_search(
        &mut self,
        scope: &Scope,
        query: &NameQuery,
    ) -> Result<String, StoreError> {
        #[derive(QueryableByName)]
        struct PlanLine {
            #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
            line: String,
        }
        let probes = Probes {
            organisations: scope.organisations().iter().map(|id| id.0).collect(),
            probes: query.probes(),
        };
        let lines: Vec<PlanLine> = Explained(probes).load(&mut self.conn)?;
        let lines: Vec<String> = lines.into_iter().map(|row| row.line).collect();
        Ok(lines.join("\n"))
    }
}

fn shown(mut hits: Vec<Hit>, more: bool) -> Found {
    let more = more || hits.len() > MOST_HITS;
    hits.truncate(MOST_HITS);
    Found { hits, more }
}

fn matching<'a>(query: Boxed<'a>, link: &Link, wanted: &SearchFor) -> Boxed<'a> {
    match wanted {
        SearchFor::Number(number) => {
            let index = link.seal().index(number.as_str());
            // A number that the person had before finds the person too. Not with OR, which would
            // read everybody.
            let with_number =
                Part::<Bool>::of("person.id IN (SELECT id FROM person WHERE number_index = ")
                    .with::<Binary, _>(
                        index.clone(),
                        " UNION SELECT person_id FROM former_number WHERE number_index = ",
                    )
                    .with::<Binary, _>(index, ")");
            query.filter(with_number)
        }
        SearchFor::HsaId(hsa_id) => query.filter(exists(
            post::table
                .filter(post::person_id.eq(person::id))
                .filter(post::hsa_key.eq_any(hsa_id.spellings())),
        )),
        SearchFor::CardNumber(number) => query.filter(exists(
            card::table
                .filter(card::person_id.eq(person::id))
                .filter(card::number.eq(number.as_str().to_owned())),
        )),
        SearchFor::OrderNumber(number) => query.filter(exists(
            card_order::table
                .filter(card_order::person_id.eq(person::id))
                .filter(card_order::number.eq(number.clone())),
        )),
        SearchFor::RekId(rek_id) => query.filter(exists(
            delivery::table
                .filter(delivery::person_id.eq(person::id))
                .filter(delivery::rek_id.eq(rek_id.as_str().to_owned())),
        )),
        // Names are looked up in their own index.
        SearchFor::Name(_) => query,
    }
}

/// The statement that looks in each place of the index, each as a range of a B-tree.
struct Probes {
    organisations: Vec<Uuid>,
    probes: Vec<Probe>,
}

impl QueryFragment<Pg> for Probes {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        for (place, probe) in self.probes.iter().enumerate() {
            let before = if place == 0 { "" } else { " UNION ALL " };
            out.push_sql(&format!(
                "{before}(SELECT {place} AS place, k.person_id FROM unnest("
            ));
            out.push_bind_param::<Array<SqlUuid>, _>(&self.organisations)?;
            out.push_sql(
                ") AS o (id) CROSS JOIN LATERAL (SELECT person_id FROM name_key \
                 WHERE organisation_id = o.id",
            );
            let (first, second) = if probe.by_sound {
                ("first_sound", "second_sound")
            } else {
                ("first", "second")
            };
            within(&mut out, first, &probe.first)?;
            if let Some(range) = &probe.second {
                within(&mut out, second, range)?;
            }
            // The index's own order: it costs nothing, and without it the planner may believe that
            // reading the table from its beginning soon finds enough.
            out.push_sql(&format!(
                " ORDER BY {first}, {second}, person_id LIMIT {OF_A_PROBE}) AS k LIMIT {OF_A_PROBE})"
            ));
        }
        Ok(())
    }
}

/// A half-open range, which a B-tree in byte order answers; a LIKE with a parameter it does not.
fn within<'b>(
    out: &mut AstPass<'_, 'b, Pg>,
    column: &str,
    range: &'b WordRange,
) -> QueryResult<()> {
    let is = if range.to.is_some() { ">=" } else { "=" };
    out.push_sql(&format!(" AND {column} {is} "));
    out.push_bind_param::<Text, _>(&range.from)?;
    if let Some(to) = &range.to {
        out.push_sql(&format!(" AND {column} < "));
        out.push_bind_param::<Text, _>(to)?;
    }
    Ok(())
}

impl QueryId for Probes {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl diesel::query_builder::Query for Probes {
    type SqlType = diesel::sql_types::Untyped;
}

impl RunQueryDsl<PgConnection> for Probes {}

/// `EXPLAIN` of the same.
struct Explained(Probes);

impl QueryFragment<Pg> for Explained {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("EXPLAIN ");
        self.0.walk_ast(out)
    }
}

impl QueryId for Explained {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl diesel::query_builder::Query for Explained {
    type SqlType = diesel::sql_types::Untyped;
}

impl RunQueryDsl<PgConnection> for Explained {}
