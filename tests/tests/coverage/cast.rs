//! Who comes to the routes, and the things that they ask for.

use cards_acceptance::authority::issuing;
use cards_acceptance::people::MUNICIPALITY;
use cards_acceptance::site::Site;
use cards_acceptance::{Officer, Person, World};
use cards_app::Call;
use cards_app::plain::AppointmentRecord;
use cards_domain::access::{Loa, Role};
use cards_domain::card::{Card, RevocationReason};
use cards_domain::certificate::Profile;
use cards_domain::delivery::DeliveryMethod;
use cards_domain::ids::{CardId, OrganisationId, RevocationId};
use cards_domain::order::Order;
use cards_domain::revocation::{Reporter, Revocation, RevocationRequest};
use cards_server::demo::operator_call;
use diesel::prelude::*;

use crate::browser::Browser;
use crate::leaves::leif;

/// The portals in which somebody may have a session.
pub const PORTALS: [&str; 3] = ["/id-admin", "/mina-sidor", "/servicedesk"];

/// A person with an order and a card, as addresses name them.
#[derive(Clone, Debug)]
pub struct Things {
    /// What stands over the column.
    pub name: &'static str,
    pub person: String,
    pub order: String,
    pub card: String,
    /// A case of revocation that waits for its caller to be checked.
    pub case: String,
    /// A certificate on the card.
    pub certificate: String,
    /// A code of a request that changed something of theirs.
    pub code: String,
}

impl Things {
    /// Things that do not exist.
    pub fn unknown() -> Self {
        let id = |number| uuid::Uuid::from_u128(number).to_string();
        Self {
            name: "unknown",
            person: id(1),
            order: id(2),
            card: id(3),
            case: id(4),
            certificate: id(5),
            code: "BBB-BBB".to_owned(),
        }
    }
}

/// Somebody in one of the roles.
pub struct Visitor {
    pub role: &'static str,
    pub browser: Browser,
}

/// A served system with people in every role and things to ask for.
pub struct Cast {
    pub site: Site,
    /// Oskar: a card in the post, ordered by the region. Known to the region's officers.
    pub posted: Things,
    /// Elin: a card that is unlocked and not signed for.
    pub unsigned: Things,
    /// Ylva, whose data are protected.
    pub protected: Things,
    /// Somebody who works in the municipality alone, with a card of its own issuing.
    pub elsewhere: Things,
    municipal: Person,
}

/// Somebody on the telephone says that the card is lost; nobody knows who.
fn told_lost(world: &World, call: &Call, card: &Card) -> RevocationId {
    let mut link = world.link();
    let number = world.card(card.id).number.unwrap();
    let request = RevocationRequest {
        id: RevocationId(link.new_id()),
        card: card.id,
        person: card.person,
        reason: RevocationReason::Lost,
        wrong_in: None,
        reporter: Reporter::UnverifiedCaller,
        last_four: number.last_four().to_owned(),
    };
    world
        .app()
        .ledger
        .begin::<Revocation>(&mut link, call, &request)
        .unwrap()
        .id
}

fn things(
    world: &World,
    (name, code): (&'static str, &str),
    card: &Card,
    case: RevocationId,
) -> Things {
    let certificate = world.certificate(card.id, Profile::HsaId);
    Things {
        name,
        person: card.person.to_string(),
        order: card.order.to_string(),
        card: card.id.to_string(),
        case: case.to_string(),
        certificate: certificate.id.to_string(),
        code: code.to_owned(),
    }
}

/// Orders a card in an organisation's name and has it posted.
fn sent(
    world: &World,
    call: &Call,
    person: &Person,
    organisation: OrganisationId,
    office: &str,
) -> Card {
    let mut link = world.link();
    world
        .app()
        .refresh_register(&mut link, call, person.id)
        .unwrap();
    let mut request = world.order_request(person, DeliveryMethod::Rek);
    (request.organisation, request.office) = (organisation, world.office(office).id);
    let order = world
        .app()
        .ledger
        .begin::<Order>(&mut link, call, &request)
        .unwrap();
    world.work();
    let card: CardId = world.order_now(order.id).card.unwrap();
    world.card(card)
}

/// HSA-ids of persons who work in the municipality and nowhere else.
fn municipal_people(world: &World) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = diesel::sql_types::Text)]
        hsa_id: String,
    }
    let found: Vec<Found> = diesel::sql_query(
        "SELECT min(o.hsa_id) AS hsa_id FROM post o JOIN person p ON p.id = o.person_id \
         JOIN organisation g ON g.id = o.organisation_id \
         WHERE p.protection = 'none' AND p.number_kind = 'personnummer' \
         GROUP BY p.id HAVING count(*) = 1 AND min(g.hsa_id) = $1 AND min(o.last_day) IS NULL \
         ORDER BY 1 LIMIT 2",
    )
    .bind::<diesel::sql_types::Text, _>(MUNICIPALITY)
    .load(&mut world.database.connect())
    .unwrap();
    found.into_iter().map(|one| one.hsa_id).collect()
}

/// Appoints an id-administrator of the municipality.
fn appointed(world: &World, person: Person) -> Officer {
    let mut link = world.link();
    let organisation = link.organisation_by_hsa_id(MUNICIPALITY).unwrap().unwrap();
    let record = AppointmentRecord {
        id: link.new_id(),
        person: person.id,
        role: Role::IdAdmin,
        organisation,
        office: None,
        starts_at: link.now(),
        ends_at: None,
        approved_by: vec!["Siv Lantz".to_owned(), "Anders Holm".to_owned()],
        version: 0,
    };
    world
        .app()
        .ledger
        .edit(&mut link, &operator_call(world.app()), &record)
        .unwrap();
    let branch = vec![organisation];
    Officer {
        person,
        role: Role::IdAdmin,
        branch,
        office: None,
        loa: Loa::Loa3,
    }
}

fn coded(mut call: Call, code: &str) -> Call {
    code.clone_into(&mut call.correlation);
    call
}

impl Cast {
    pub fn assemble() -> Self {
        let site = Site::with(|port| issuing(World::at_port(port), port).0);
        let world = &site.world;
        let region = world.region();
        let karin = world.karin().call();
        let [oskar, elin, ylva] =
            ["1011", "1010", "1012"].map(|id| world.person(&format!("SE2399000013-{id}")));
        let posted = sent(
            world,
            &coded(karin.clone(), "BBB-222"),
            &oskar,
            region,
            "Björkvallen",
        );
        let unsigned = sent(
            world,
            &coded(karin.clone(), "BBB-333"),
            &elin,
            region,
            "Björkvallen",
        );
        world
            .unlock(&karin, &unsigned, &world.check(&unsigned, &elin))
            .unwrap();
        let protected = sent(
            world,
            &coded(leif(world), "BBB-444"),
            &ylva,
            region,
            "Tallhöjden",
        );
        let municipal = municipal_people(world);
        let [officer, holder] = [0, 1].map(|at| world.person(&municipal[at]));
        let officer = appointed(world, officer);
        let call = coded(officer.call(), "BBB-555");
        let elsewhere = sent(world, &call, &holder, officer.branch[0], "Strandängen");
        let cases = [
            told_lost(world, &karin, &posted),
            told_lost(world, &karin, &unsigned),
            told_lost(world, &leif(world), &protected),
            told_lost(world, &call, &elsewhere),
        ];
        world.work();
        Self {
            posted: things(world, ("posted", "BBB-222"), &posted, cases[0]),
            unsigned: things(world, ("unsigned", "BBB-333"), &unsigned, cases[1]),
            protected: things(world, ("protected", "BBB-444"), &protected, cases[2]),
            elsewhere: things(world, ("elsewhere", "BBB-555"), &elsewhere, cases[3]),
            municipal: officer.person,
            site,
        }
    }

    /// Everybody, logged in wherever they are let in.
    pub fn visitors(&self) -> Vec<Visitor> {
        let region = |id: &str| Some(format!("SE2399000013-{id}"));
        let people = [
            ("nobody", None),
            ("holder", region("1011")),
            ("id_admin", region("1001")),
            ("elsewhere", Some(self.municipal.hsa_id.clone())),
            ("protected", region("1003")),
            ("servicedesk", region("1006")),
            ("deputy", region("1005")),
            ("responsible", region("1004")),
            ("auditor", region("1007")),
        ];
        people
            .into_iter()
            .map(|(role, hsa_id)| self.visitor(role, hsa_id.as_deref()))
            .collect()
    }

    fn visitor(&self, role: &'static str, hsa_id: Option<&str>) -> Visitor {
        let mut browser = Browser::new(&self.site);
        for portal in PORTALS {
            if let Some(hsa_id) = hsa_id {
                let arrived = browser.log_in(portal, hsa_id, "loa3");
                assert!(
                    matches!(arrived.status, 303 | 403),
                    "{role} {portal}: {}",
                    arrived.body
                );
            }
        }
        Visitor { role, browser }
    }
}
