//! What is laid aside while rows are copied, and put back afterwards: references and indexes that
//! no constraint needs.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;

#[derive(QueryableByName)]
struct Definition {
    #[diesel(sql_type = Text)]
    drop: String,
    #[diesel(sql_type = Text)]
    make: String,
}

/// What has to be put back.
pub struct LaidAside {
    indexes: Vec<String>,
    references: Vec<String>,
}

const REFERENCES: &str = "\
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop, \
      format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, \
        pg_get_constraintdef(oid)) AS make \
    FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 ORDER BY conrelid::regclass::text";
const INDEXES: &str = "\
    SELECT format('DROP INDEX %s', i.indexrelid::regclass) AS drop, \
      replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') AS make \
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid \
    WHERE t.relnamespace = 'public'::regnamespace AND NOT t.relispartition AND NOT EXISTS ( \
      SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid) \
    AND t.relname <> 'journal' OR i.indexrelid = ANY (ARRAY['journal_subject', 'journal_person', \
      'journal_actor', 'journal_client', 'journal_correlation', 'journal_xid_subject']::regclass[]) \
    ORDER BY pg_relation_size(t.oid) DESC";

/// Drops references and indexes and remembers them.
pub fn lay_aside(conn: &mut PgConnection) -> LaidAside {
    let references = taken(conn, REFERENCES);
    let indexes = taken(conn, INDEXES);
    LaidAside {
        indexes,
        references,
    }
}

fn taken(conn: &mut PgConnection, what: &str) -> Vec<String> {
    let found: Vec<Definition> = diesel::sql_query(what).load(conn).unwrap();
    found
        .into_iter()
        .map(|definition| {
            conn.batch_execute(&definition.drop).unwrap();
            definition.make
        })
        .collect()
}

/// Makes everything again, indexes on two connections.
pub fn put_back(admin_url: &str, aside: &LaidAside) {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let build = || {
        let mut conn = with_memory(admin_url);
        loop {
            let place = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(index) = aside.indexes.get(place) else {
                return;
            };
            conn.batch_execute(index).unwrap();
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..super::THREADS {
            scope.spawn(build);
        }
    });
    let mut conn = with_memory(admin_url);
    for reference in &aside.references {
        conn.batch_execute(reference).unwrap();
    }
}

fn with_memory(admin_url: &str) -> PgConnection {
    let mut conn = PgConnection::establish(admin_url).unwrap();
    conn.batch_execute("SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'")
        .unwrap();
    conn
}
