//! A whole system for one test: database, clock, simulators, application.

use std::sync::Arc;

use cards_app::plain::Office;
use cards_app::{App, Call, Lane, Link};
use cards_domain::access::{Loa, Role};
use cards_domain::card::{Card, CardAction, CodeProof, CounterCheck};
use cards_domain::delivery::DeliveryMethod;
use cards_domain::identity_check::{CheckStep, DocumentKind, IdentityCheck};
use cards_domain::ids::{CardId, OrderId, OrganisationId};
use cards_domain::order::{Order, OrderRequest};
use cards_domain::receipt::{Receipt, ReceiptAction, TERMS_VERSION};
use cards_domain::revocation::RevocationAction;
use cards_domain::signature::{Signature, SignatureKind};
use cards_server::{Config, System, demo};
use chrono::{Duration, NaiveDate};
use diesel::prelude::*;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use crate::clock::StillClock;
use crate::database::TestDatabase;
use crate::people::{Officer, Person, REGION};

/// A whole system.
pub struct World {
    /// The system.
    pub system: Arc<System>,
    /// Its configuration.
    pub config: Config,
    /// Its clock.
    pub clock: Arc<StillClock>,
    /// Its database.
    pub database: TestDatabase,
    folder: Folder,
    /// Whether errands may be left when the test ends.
    pub may_leave_errands: bool,
}

/// A folder that is removed with the value.
struct Folder(std::path::PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The checkout's top folder.
#[must_use]
pub fn checkout() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn config(admin_url: &str, app_url: &str, folder: &std::path::Path, port: u16) -> Config {
    let text = serde_json::json!({
        "environment": "test",
        "data_dir": folder,
        "http": {
            "listen": format!("127.0.0.1:{port}"),
            "public_url": format!("http://127.0.0.1:{port}"),
            "workers": 1,
        },
        "database": { "admin_url": admin_url, "app_url": app_url, "threads": 4 },
        "demonstration": {
            "folder": checkout().join("ops/demo"),
            "produce_after_seconds": 0,
            "dispatch_after_seconds": 0,
        },
    });
    serde_json::from_value(text).unwrap()
}

fn folder() -> Folder {
    let path = std::env::temp_dir().join(format!("kk-{}-{}", std::process::id(), next()));
    std::fs::create_dir_all(&path).unwrap();
    // One key for the template and every clone of it.
    std::fs::write(path.join("sealing.key"), [7; 32]).unwrap();
    Folder(path)
}

fn next() -> u32 {
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
}

/// Fills the template with the demonstration's people.
pub(crate) fn fill(admin_url: &str, app_url: &str) {
    let folder = folder();
    let config = config(admin_url, app_url, &folder.0, 1);
    let system = System::build_at(&config, "", Arc::new(StillClock::start())).unwrap();
    demo::fill_without_orders(&system.app, &config.demonstration.folder).unwrap();
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// The demonstration's people and nothing under way.
    ///
    /// # Panics
    /// The system does not start.
    #[must_use]
    pub fn new() -> Self {
        Self::at_port(1)
    }

    /// As [`World::new`], to be served at `port`.
    ///
    /// # Panics
    /// The system does not start.
    #[must_use]
    pub fn at_port(port: u16) -> Self {
        Self::configured(port, |_, _| ())
    }

    /// As [`World::at_port`], with a configuration that `settle` has changed; it is given the
    /// world's folder.
    ///
    /// # Panics
    /// The system does not start.
    #[must_use]
    pub fn configured(port: u16, settle: impl FnOnce(&mut Config, &std::path::Path)) -> Self {
        Self::over(TestDatabase::filled(), port, settle)
    }

    /// A system with nobody in it, with a configuration that `settle` has changed.
    ///
    /// # Panics
    /// The system does not start.
    #[must_use]
    pub fn unfilled(settle: impl FnOnce(&mut Config, &std::path::Path)) -> Self {
        Self::over(TestDatabase::migrated(), 1, settle)
    }

    fn over(
        database: TestDatabase,
        port: u16,
        settle: impl FnOnce(&mut Config, &std::path::Path),
    ) -> Self {
        let folder = folder();
        let mut config = config(&database.admin_url(), &database.app_url(), &folder.0, port);
        settle(&mut config, &folder.0);
        let clock = Arc::new(StillClock::start());
        let stylesheet = cards_portal::assets::asset_url(cards_portal::assets::Asset::Css);
        let system = System::build_at(&config, stylesheet, clock.clone()).unwrap();
        let system = Arc::new(system);
        Self {
            system,
            config,
            clock,
            database,
            folder,
            may_leave_errands: false,
        }
    }

    /// The application.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.system.app
    }

    /// The folder of keys, exchanged files and mails.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        &self.folder.0
    }

    /// A connection.
    ///
    /// # Panics
    /// The database is gone.
    #[must_use]
    pub fn link(&self) -> Link {
        self.app().db.link(Lane::Short).unwrap()
    }

    /// Somebody by HSA-id.
    #[must_use]
    pub fn person(&self, hsa_id: &str) -> Person {
        Person::find(&mut self.link(), hsa_id)
    }

    /// Maja Lindqvist, nurse.
    #[must_use]
    pub fn maja(&self) -> Person {
        self.person("SE2399000013-1008")
    }

    /// Karin Åkerblom, id-administrator at Björkvallen.
    #[must_use]
    pub fn karin(&self) -> Officer {
        self.officer("SE2399000013-1001", Role::IdAdmin, Some("Björkvallen"))
    }

    /// Tove Hallgren, id-administrator at the same office.
    #[must_use]
    pub fn tove(&self) -> Officer {
        self.officer("SE2399000013-1002", Role::IdAdmin, Some("Björkvallen"))
    }

    /// Leif Bergström, id-administrator at Tallhöjden.
    #[must_use]
    pub fn leif(&self) -> Officer {
        self.officer("SE2399000013-1003", Role::IdAdmin, Some("Tallhöjden"))
    }

    /// An officer of the region with one role.
    ///
    /// # Panics
    /// There is no such person or office.
    #[must_use]
    pub fn officer(&self, hsa_id: &str, role: Role, office: Option<&str>) -> Officer {
        let mut link = self.link();
        let office = office.map(|name| {
            link.offices()
                .unwrap()
                .into_iter()
                .find(|o| o.name.contains(name))
                .unwrap()
                .id
        });
        Officer {
            person: Person::find(&mut link, hsa_id),
            role,
            branch: vec![self.region()],
            office,
            loa: Loa::Loa3,
        }
    }

    /// The region.
    ///
    /// # Panics
    /// The feed does not have it.
    #[must_use]
    pub fn region(&self) -> OrganisationId {
        self.link().organisation_by_hsa_id(REGION).unwrap().unwrap()
    }

    /// An office by part of its name.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn office(&self, name: &str) -> Office {
        self.link()
            .offices()
            .unwrap()
            .into_iter()
            .find(|o| o.name.contains(name))
            .unwrap()
    }

    /// An order of a card without photo.
    ///
    /// # Panics
    /// There is no such product.
    #[must_use]
    pub fn order_request(&self, person: &Person, method: DeliveryMethod) -> OrderRequest {
        let mut link = self.link();
        let products = link.orderable_products().unwrap();
        OrderRequest {
            id: OrderId(link.new_id()),
            person: person.id,
            organisation: self.region(),
            product: products
                .iter()
                .find(|product| !product.has_photo)
                .unwrap()
                .id,
            office: self.office("Björkvallen").id,
            method,
            routine_confirmed: true,
            replaces: None,
        }
    }

    /// Orders a card as Karin.
    ///
    /// # Panics
    /// The gate says no.
    #[must_use]
    pub fn order(&self, person: &Person, method: DeliveryMethod) -> Order {
        let mut link = self.link();
        let call = self.karin().call();
        self.app()
            .refresh_register(&mut link, &call, person.id)
            .unwrap();
        let request = self.order_request(person, method);
        self.app()
            .ledger
            .begin::<Order>(&mut link, &call, &request)
            .unwrap()
    }

    /// Lets the manufacturer and the worker go on until nothing is left to do.
    ///
    /// # Panics
    /// Work cannot be done.
    pub fn work(&self) {
        let demo = self.system.demo.as_ref().unwrap();
        for _ in 0..20 {
            let made = demo.factory.tick().unwrap();
            let done = self.app().work_once("test").unwrap();
            if made == 0 && done == 0 {
                return;
            }
        }
        panic!("the work has no end");
    }

    /// A card that has been posted.
    ///
    /// # Panics
    /// The gate says no.
    #[must_use]
    pub fn sent_card(&self, person: &Person, method: DeliveryMethod) -> Card {
        let order = self.order(person, method);
        self.work();
        let sheet = self.link().order_for_errand(order.id).unwrap().unwrap();
        self.card(sheet.order.card.unwrap())
    }

    /// A card as it stands.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn card(&self, id: CardId) -> Card {
        self.link().card_for_errand(id).unwrap().unwrap().card
    }

    /// An order as it stands.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn order_now(&self, id: OrderId) -> Order {
        self.link().order_for_errand(id).unwrap().unwrap().order
    }

    /// A counter check that holds.
    ///
    /// # Panics
    /// The card has no number.
    #[must_use]
    pub fn check(&self, card: &Card, person: &Person) -> CounterCheck {
        CounterCheck {
            identity: IdentityCheck {
                document: DocumentKind::Passport,
                document_last_four: "4417".to_owned(),
                valid_to: NaiveDate::from_ymd_opt(2033, 5, 30).unwrap(),
                number_on_document: person.number.clone(),
                steps: CheckStep::iter().collect(),
            },
            number_on_card: card.number.clone().unwrap(),
            printed_name_confirmed: true,
            face_compared: true,
            code: Some(CodeProof::ChosenInSoftware),
            signature: Some(self.signature(SignatureKind::ReauthenticatedSession)),
            exception: None,
        }
    }

    /// Carrying out a report about a card, confirmed with the card's last four digits.
    #[must_use]
    pub fn execution(&self, card: CardId) -> RevocationAction {
        let number = self.card(card).number.unwrap();
        RevocationAction::Execute {
            last_four: number.last_four().to_owned(),
        }
    }

    /// A signature made now.
    #[must_use]
    pub fn signature(&self, kind: SignatureKind) -> Signature {
        let at = self.app().db.now();
        Signature {
            kind,
            at,
            text_hash: "00".repeat(32),
            evidence: None,
        }
    }

    /// Unlocks a sent card as `by`.
    ///
    /// # Errors
    /// The gate says no.
    pub fn unlock(
        &self,
        by: &Call,
        card: &Card,
        check: &CounterCheck,
    ) -> Result<Card, cards_app::Failure> {
        let action = CardAction::Unlock(check.clone());
        self.app()
            .ledger
            .act::<Card>(&mut self.link(), by, card.id.0, &action)
    }

    /// Signs the pending receipt of a card as its holder.
    ///
    /// # Errors
    /// The gate says no.
    ///
    /// # Panics
    /// No receipt is pending.
    pub fn sign(&self, person: &Person, card: &Card) -> Result<Receipt, cards_app::Failure> {
        let mut link = self.link();
        let sheet = link.card_for_errand(card.id).unwrap().unwrap();
        let action = ReceiptAction::Sign {
            terms_version: TERMS_VERSION.to_owned(),
            signature: self.signature(SignatureKind::ReauthenticatedSession),
        };
        let receipt = sheet.receipt.unwrap();
        self.app()
            .ledger
            .act::<Receipt>(&mut link, &person.call(), receipt.0, &action)
    }

    /// A card that is active.
    ///
    /// # Panics
    /// The gate says no.
    #[must_use]
    pub fn active_card(&self, person: &Person) -> Card {
        let card = self.sent_card(person, DeliveryMethod::APost);
        let check = self.check(&card, person);
        self.unlock(&self.karin().call(), &card, &check).unwrap();
        self.sign(person, &card).unwrap();
        self.work();
        self.card(card.id)
    }

    /// Moves the clock.
    pub fn advance(&self, step: Duration) {
        self.clock.advance(step);
    }

    /// How many lines the log has with this action on this thing and this outcome.
    ///
    /// # Panics
    /// The database is gone.
    #[must_use]
    pub fn lines(&self, subject: Uuid, action: &str, outcome: &str) -> i64 {
        use diesel::sql_types::{BigInt, Text, Uuid as SqlUuid};
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        diesel::sql_query(
            "SELECT count(*) AS count FROM journal WHERE subject_id = $1 AND action = $2 AND outcome = $3",
        )
        .bind::<SqlUuid, _>(subject)
        .bind::<Text, _>(action)
        .bind::<Text, _>(outcome)
        .get_result::<Count>(&mut self.database.connect())
        .unwrap()
        .count
    }
}

/// Conditions that hold over the whole database whatever has happened. Each query gives what
/// breaks one.
const INVARIANTS: [(&str, &str); 6] = [
    (
        "a receipt is pending exactly while its card is unlocked and unsigned",
        "SELECT c.id::text AS broken FROM card c WHERE (c.stage = 'unlocked_unsigned') <> EXISTS \
           (SELECT 1 FROM receipt r WHERE r.card_id = c.id AND r.stage = 'pending')",
    ),
    (
        "an ended card has no open clock and no code in use",
        "SELECT c.id::text AS broken FROM card c WHERE c.stage IN ('revoked', 'expired') AND (EXISTS \
           (SELECT 1 FROM deadline d WHERE d.thing_id = c.id AND d.stopped_at IS NULL) OR EXISTS \
           (SELECT 1 FROM chip_code k WHERE k.card_id = c.id AND k.stage <> 'gone'))",
    ),
    (
        "a fulfilled order has a card that was signed for",
        "SELECT o.id::text AS broken FROM card_order o WHERE o.stage = 'fulfilled' AND NOT EXISTS \
           (SELECT 1 FROM receipt r WHERE r.card_id = o.card_id AND r.stage = 'signed')",
    ),
    (
        "a sent card has a clock for its activation",
        "SELECT c.id::text AS broken FROM card c WHERE c.stage = 'sent' AND NOT EXISTS \
           (SELECT 1 FROM deadline d WHERE d.thing_id = c.id AND d.rule = 'activation' AND d.stopped_at IS NULL)",
    ),
    (
        "nobody has unlocked a card of their own",
        "SELECT j.line_id::text AS broken FROM journal j WHERE j.actor_kind = 'officer' \
           AND j.actor_person = j.person_id AND j.outcome = 'done' AND j.action <> 'look' \
           AND j.kind <> 'session'",
    ),
    (
        "a protected person stands nowhere in the open",
        "SELECT id::text AS broken FROM person WHERE protection <> 'none' \
           AND (surname IS NOT NULL OR number IS NOT NULL OR mail IS NOT NULL)",
    ),
];

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let waiting = self.link().waiting_errands().unwrap();
        assert!(
            self.may_leave_errands || waiting == 0,
            "{waiting} errands were left"
        );
        #[derive(QueryableByName)]
        struct Broken {
            #[diesel(sql_type = diesel::sql_types::Text)]
            broken: String,
        }
        let mut conn = self.database.connect();
        for (invariant, query) in INVARIANTS {
            let broken: Vec<Broken> = diesel::sql_query(query).load(&mut conn).unwrap();
            let broken: Vec<String> = broken.into_iter().map(|row| row.broken).collect();
            assert!(broken.is_empty(), "not so: {invariant}: {broken:?}");
        }
    }
}
