//! A feed of new persons taken in by the command, as a dry run so that the next measurement finds
//! the same database, beside COPY into a staging table and one upsert, rolled back as well.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::figure::middle;
use super::server;
use crate::RunOptions;
use crate::schema::person;
use crate::seed::numbers::spare;
use crate::seed::rows::PersonRow;

const UNITS: u32 = 100;
const PREFIX: &str = "SE5550099997";

/// What an import cost.
pub struct Import {
    /// Persons in the feed.
    pub persons: u32,
    /// Seconds.
    pub seconds: f64,
    /// Most memory, in MB.
    pub megabytes: u64,
}

/// Takes a feed of so many persons in.
pub fn import(options: &RunOptions, persons: u32) -> Import {
    let file = options.database.folder.join(format!("feed-{persons}.ldif"));
    std::fs::write(&file, feed(persons)).unwrap();
    let config = server::configuration(options, 1);
    let runs = (0..3).map(|_| once(options, &config, (&file, persons)));
    let (seconds, megabytes): (Vec<f64>, Vec<u64>) = runs.unzip();
    let _ = std::fs::remove_file(&file);
    Import {
        persons,
        seconds: middle(seconds),
        megabytes: megabytes.into_iter().max().unwrap(),
    }
}

fn once(options: &RunOptions, config: &Path, (file, persons): (&Path, u32)) -> (f64, u64) {
    let report = file.with_extension("json");
    let begun = Instant::now();
    let mut child = Command::new(&options.kortkontor)
        .arg("--config")
        .arg(config)
        .args(["import", "directory", "--dry-run", "--json"])
        .arg(file)
        .stdout(std::fs::File::create(&report).unwrap())
        .spawn()
        .unwrap();
    let mut megabytes = 0;
    let status = loop {
        megabytes = server::most_memory(child.id()).unwrap_or(0).max(megabytes);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let seconds = begun.elapsed().as_secs_f64();
    assert!(status.success(), "the import failed");
    assert_eq!(taken_in(&report), u64::from(persons), "of the feed");
    (seconds, megabytes)
}

/// How many persons the report says it took in: a feed that is refused is read quickly.
fn taken_in(report: &Path) -> u64 {
    let text = std::fs::read(report).unwrap();
    let told: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let _ = std::fs::remove_file(report);
    told["persons"].as_u64().unwrap()
}

/// One organisation, some units, and persons spread over them.
fn feed(persons: u32) -> String {
    let organisation = "o=Inläsningen AB,c=SE";
    let mut text = format!(
        "version: 1\n\ndn: c=SE\nobjectClass: country\nc: SE\n\ndn:: {}\n\
         objectClass: organization\nobjectClass: hsaOrganisation\no:: {}\n\
         hsaIdentity: {PREFIX}-0001\norgNo: 5550099997\nmanagement: Privat\n",
        base64(organisation),
        base64("Inläsningen AB"),
    );
    for unit in 0..UNITS {
        let dn = base64(&format!("ou=Enhet {unit},{organisation}"));
        let _ = write!(
            text,
            "\ndn:: {dn}\nobjectClass: organizationalUnit\nobjectClass: hsaUnit\nou: Enhet {unit}\n\
             hsaIdentity: {PREFIX}-U{unit:03}\nhsaResponsibleHealthCareProvider: {PREFIX}-0001\n"
        );
    }
    for person in 0..persons {
        let name = format!("Person{person} Inläst");
        let dn = base64(&format!(
            "cn={name},ou=Enhet {},{organisation}",
            person % UNITS
        ));
        let _ = write!(
            text,
            "\ndn:: {dn}\nobjectClass: inetOrgPerson\nobjectClass: hsaPersonExtension\n\
             cn:: {}\nfullName:: {}\nhsaIdentity: {PREFIX}-P{person:06}\n\
             personalIdentityNumber: {}\ngivenName: Person{person}\nsn:: {}\n\
             mail: p{person}@import.example\ntitle: Vikarie\n",
            base64(&name),
            base64(&name),
            spare(person),
            base64("Inläst"),
        );
    }
    text
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}

/// Seconds of the least that taking in so many persons can cost.
pub fn staging(options: &RunOptions, persons: u32) -> f64 {
    let mut conn = PgConnection::establish(&options.database.admin_url).unwrap();
    middle((0..3).map(|_| stage_once(&mut conn, persons)).collect())
}

fn stage_once(conn: &mut PgConnection, persons: u32) -> f64 {
    let rows: Vec<PersonRow> = (0..persons).map(row).collect();
    let begun = Instant::now();
    let rolled_back: QueryResult<()> = conn.transaction(|conn| {
        // A temporary table of the same name stands before the real one.
        conn.batch_execute("CREATE TEMP TABLE person (LIKE public.person) ON COMMIT DROP")?;
        diesel::copy_from(person::table)
            .from_insertable(rows)
            .execute(conn)?;
        conn.batch_execute(
            "INSERT INTO public.person SELECT * FROM pg_temp.person \
             ON CONFLICT (number_index) DO UPDATE SET given_name = EXCLUDED.given_name, \
               surname = EXCLUDED.surname, surname_key = EXCLUDED.surname_key, \
               mail = EXCLUDED.mail",
        )?;
        Err(diesel::result::Error::RollbackTransaction)
    });
    assert_eq!(rolled_back, Err(diesel::result::Error::RollbackTransaction));
    begun.elapsed().as_secs_f64()
}

fn row(place: u32) -> PersonRow {
    let number = spare(place);
    PersonRow {
        id: crate::seed::id(100, place),
        number_kind: "samordningsnummer",
        number_index: crate::seed::digest(&number),
        number: Some(number),
        given_name: Some(format!("Person{place}")),
        middle_name: None,
        surname: Some("Inläst".to_owned()),
        surname_key: Some("inläst".to_owned()),
        mail: Some(format!("p{place}@import.example")),
        protection: "none",
        sealed: None,
        test_person: false,
        language: "sv",
    }
}
