//! Fills an empty demonstration: the feed as any feed, then products, offices, policies,
//! appointments and cards in every state, all through the gate.

pub mod cards;
pub mod desk;
pub mod people;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use cards_app::plain::{AppointmentRecord, EditedProduct, Office, OrganisationPolicy};
use cards_app::{App, Call, Channel, Failure, Lane, Link};
use cards_domain::access::{Actor, SystemActor};
use cards_domain::ids::{OfficeId, OrganisationId, PersonId, ProductId};
use cards_domain::place::ActivationPlace;
use cards_domain::product::{CodeDelivery, Product};
use cards_domain::values::HsaId;
use cards_gateways::Demonstration;
use figment::Figment;
use figment::providers::{Format, Toml};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::Wired;
use people::{Cast, Member};

/// Fills the database from `folder` unless there is somebody in it, and lets cards come about. The
/// clock of the demonstration is moved meanwhile and stands right again at the end. Gives whether
/// it did.
///
/// # Errors
/// A file cannot be read or the gate says no.
pub fn fill(
    app: &App,
    (allowed, demo): (Demonstration, &Wired),
    folder: &Path,
) -> Result<bool, Failure> {
    fill_issuing((app, None), (allowed, demo), folder)
}

/// As [`fill`]. With an application that issues certificates, one of the officers gets an active
/// card that has them; the others come without, as cards did before there was an authority.
///
/// # Errors
/// As [`fill`].
pub fn fill_issuing(
    (app, issuing): (&App, Option<&App>),
    (allowed, demo): (Demonstration, &Wired),
    folder: &Path,
) -> Result<bool, Failure> {
    let Some((stage, cast)) = settle(app, folder)? else {
        return Ok(false);
    };
    let issuing = cards::Issuing(issuing);
    cards::deal(stage, (allowed, demo), (&cast, folder), issuing)?;
    Ok(true)
}

/// As [`fill`], with nothing under way: where tests begin.
///
/// # Errors
/// As [`fill`].
pub fn fill_without_orders(app: &App, folder: &Path) -> Result<bool, Failure> {
    Ok(settle(app, folder)?.is_some())
}

/// People, products, organisations, offices and appointments, unless there is somebody already.
fn settle<'a>(app: &'a App, folder: &Path) -> Result<Option<(Stage<'a>, Cast)>, Failure> {
    let mut link = app.db.link(Lane::Long)?;
    if link.count_people()? > 0 {
        return Ok(None);
    }
    let call = operator_call(app);
    let feed = folder.join("directory.ldif");
    crate::commands::import::take_in(&mut link, &call, &feed, false, false)?;
    let mut stage = Stage {
        app,
        call,
        link,
        offices: HashMap::new(),
        products: Vec::new(),
    };
    stage.products(folder)?;
    stage.organisations(folder)?;
    stage.offices(folder)?;
    let cast = Cast::read(folder).map_err(broken)?;
    stage.appointments(&cast)?;
    Ok(Some((stage, cast)))
}

/// A call by somebody with access to the server.
#[must_use]
pub fn operator_call(app: &App) -> Call {
    Call {
        actor: Actor::System(SystemActor::Operator),
        channel: Channel::CommandLine,
        correlation: app.ports.entropy.id().to_string(),
        request: None,
    }
}

fn broken(error: impl std::fmt::Display) -> Failure {
    Failure::Broken(error.to_string())
}

fn read<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<T, Failure> {
    Figment::from(Toml::file_exact(folder.join(name)))
        .extract()
        .map_err(broken)
}

struct Stage<'a> {
    app: &'a App,
    call: Call,
    link: Link,
    offices: HashMap<String, OfficeId>,
    products: Vec<Product>,
}

#[derive(Deserialize)]
struct Products {
    product: Vec<ProductLine>,
}

#[derive(Deserialize)]
struct ProductLine {
    number: Option<String>,
    name: String,
    has_photo: bool,
    sis_marked: bool,
    validity_months: u32,
    pin_min: u8,
    pin_max: u8,
    code_delivery: CodeDelivery,
    orderable: bool,
}

#[derive(Deserialize)]
struct Organisations {
    organisation: Vec<OrganisationLine>,
}

#[derive(Deserialize)]
struct OrganisationLine {
    hsa_id: String,
    kind: String,
    activation_place: ActivationPlace,
    routine_sv: Option<String>,
    routine_en: Option<String>,
    #[serde(default)]
    contact: Vec<ContactLine>,
}

#[derive(Deserialize)]
struct ContactLine {
    name: String,
    phone: Option<String>,
    mail: Option<String>,
}

#[derive(Deserialize)]
struct Offices {
    office: Vec<OfficeLine>,
}

#[derive(Deserialize)]
struct OfficeLine {
    key: String,
    name: String,
    organisation: String,
    street: String,
    postcode: String,
    city: String,
    floor: Option<String>,
    phone: Option<String>,
    services: Vec<String>,
    hours: BTreeMap<String, String>,
}

impl Stage<'_> {
    fn organisation(&mut self, hsa_id: &str) -> Result<OrganisationId, Failure> {
        let key = HsaId::parse_import(hsa_id).map_err(broken)?.search_key();
        let found = self.link.organisation_by_hsa_id(&key)?;
        found.ok_or_else(|| Failure::Broken(format!("{hsa_id} is not in the feed")))
    }

    fn person(&mut self, hsa_id: &str) -> Result<PersonId, Failure> {
        let key = HsaId::parse_import(hsa_id).map_err(broken)?.search_key();
        let found = self.link.person_by_hsa_id(&key)?;
        found.ok_or_else(|| Failure::Broken(format!("{hsa_id} is not in the feed")))
    }

    fn products(&mut self, folder: &Path) -> Result<(), Failure> {
        let lines: Products = read(folder, "products.toml")?;
        for line in lines.product {
            let number = line
                .number
                .map(|number| number.parse().map_err(broken))
                .transpose()?;
            let product = Product {
                id: ProductId(self.link.new_id()),
                number,
                name: line.name,
                sis_marked: line.sis_marked,
                has_photo: line.has_photo,
                validity_months: line.validity_months,
                pin_min: line.pin_min,
                pin_max: line.pin_max,
                code_delivery: line.code_delivery,
                orderable: line.orderable,
            };
            self.keep_product(product.clone(), 0)?;
            self.products.push(product);
        }
        Ok(())
    }

    fn keep_product(&mut self, product: Product, version: i64) -> Result<(), Failure> {
        let edited = EditedProduct {
            product,
            organisation: OrganisationId(Uuid::nil()),
            version,
        };
        self.app.ledger.edit(&mut self.link, &self.call, &edited)
    }

    /// The region's officers serve everybody but the municipality, which issues its own cards.
    fn organisations(&mut self, folder: &Path) -> Result<(), Failure> {
        let lines: Organisations = read(folder, "organisations.toml")?;
        let region = lines
            .organisation
            .iter()
            .find(|line| line.kind == "region_own");
        let region = region.map(|line| line.hsa_id.clone()).unwrap_or_default();
        let region = self.organisation(&region)?;
        for line in lines.organisation {
            let id = self.organisation(&line.hsa_id)?;
            let sheet = self.link.organisation(id)?.ok_or(Failure::NotFound)?;
            let contact = line.contact.into_iter().next();
            let policy = OrganisationPolicy {
                issuer: if line.kind == "municipality" {
                    id
                } else {
                    region
                },
                activation_place: line.activation_place,
                routine_sv: line.routine_sv,
                routine_en: line.routine_en,
                contact_name: contact.as_ref().map(|contact| contact.name.clone()),
                contact_phone: contact.as_ref().and_then(|contact| contact.phone.clone()),
                contact_mail: contact.and_then(|contact| contact.mail),
                ..sheet.policy
            };
            self.app.ledger.edit(&mut self.link, &self.call, &policy)?;
        }
        Ok(())
    }

    fn offices(&mut self, folder: &Path) -> Result<(), Failure> {
        let lines: Offices = read(folder, "offices.toml")?;
        for line in lines.office {
            let id = OfficeId(self.link.new_id());
            let office = Office {
                id,
                organisation: self.organisation(&line.organisation)?,
                name: line.name,
                address: format!("{}, {} {}", line.street, line.postcode, line.city),
                floor: line.floor,
                phone: line.phone,
                hours: line.hours,
                services: line.services,
                closed_on: None,
                opens_on: None,
                successor: None,
                version: 0,
            };
            self.app.ledger.edit(&mut self.link, &self.call, &office)?;
            self.offices.insert(line.key, id);
        }
        Ok(())
    }

    fn appointments(&mut self, cast: &Cast) -> Result<(), Failure> {
        for member in &cast.person {
            for role in &member.roles {
                let record = AppointmentRecord {
                    id: self.link.new_id(),
                    person: self.person(&member.hsa_id)?,
                    role: *role,
                    organisation: self.organisation(&member.organisation)?,
                    office: self.office_of(member),
                    starts_at: self.link.now(),
                    ends_at: None,
                    approved_by: vec!["Demonstrationen".to_owned()],
                    version: 0,
                };
                self.app.ledger.edit(&mut self.link, &self.call, &record)?;
            }
        }
        Ok(())
    }

    fn office_of(&self, member: &Member) -> Option<OfficeId> {
        member
            .office
            .as_ref()
            .and_then(|key| self.offices.get(key).copied())
    }
}
