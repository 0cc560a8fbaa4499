//! The named people of the demonstration: whom one can log in as.

use std::path::Path;

use cards_domain::access::Role;
use cards_domain::values::HsaId;
use cards_gateways::demo_identity::Persona;
use figment::Figment;
use figment::providers::{Format, Toml};
use serde::Deserialize;

/// How many holders have a card under way from the start.
const WAITING: usize = 2;

/// The named people, as `people.toml` has them.
#[derive(Clone, Debug, Deserialize)]
pub struct Cast {
    /// Each of them.
    pub person: Vec<Member>,
}

/// One of them.
#[derive(Clone, Debug, Deserialize)]
pub struct Member {
    /// Short name.
    pub key: String,
    /// The HSA-id by which the person is found.
    pub hsa_id: String,
    /// Every HSA-id.
    pub hsa_ids: Vec<String>,
    /// Name.
    pub name: String,
    /// HSA-id of the organisation.
    pub organisation: String,
    /// What the person is appointed to.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// The office, by its key.
    pub office: Option<String>,
    /// Who this is, in Swedish.
    pub about_sv: String,
    /// Who this is, in English.
    pub about_en: String,
}

impl Cast {
    /// Reads `people.toml` in `folder`.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(folder: &Path) -> Result<Self, Box<figment::Error>> {
        let file = Toml::file_exact(folder.join("people.toml"));
        Figment::from(file).extract().map_err(Box::new)
    }

    /// The choices at the demonstration's log-in.
    #[must_use]
    pub fn personas(&self) -> Vec<Persona> {
        self.person.iter().map(Member::persona).collect()
    }

    /// Holders who have a card under way from the start. The first holder is left without, for the
    /// one who tries the demonstration.
    pub fn waiting_for_cards(&self) -> impl Iterator<Item = &Member> {
        let region = self
            .person
            .first()
            .map(|member| member.organisation.clone());
        self.person
            .iter()
            .filter(move |member| {
                member.roles.is_empty() && Some(&member.organisation) == region.as_ref()
            })
            .skip(1)
            .filter(|member| !member.about_en.contains("rotected"))
            .take(WAITING)
    }
}

/// The key of the officer who has a card with certificates from the start: another one than those
/// who order and hand over the demonstration's cards.
const WITH_CERTIFICATES: &str = "leif";

impl Cast {
    /// Whoever has a card with certificates from the start.
    #[must_use]
    pub fn with_certificates(&self) -> Option<&Member> {
        self.person.iter().find(|one| one.key == WITH_CERTIFICATES)
    }
}

impl Member {
    /// The portal in which the person has most to do.
    #[must_use]
    pub fn portal(&self) -> &'static str {
        match self.roles.first() {
            None => "mina-sidor",
            Some(Role::Servicedesk) => "servicedesk",
            Some(_) => "id-admin",
        }
    }

    fn persona(&self) -> Persona {
        Persona {
            key: self.key.clone(),
            name: self.name.clone(),
            hsa_ids: self
                .hsa_ids
                .iter()
                .filter_map(|id| HsaId::parse_import(id).ok())
                .collect(),
            number: None,
            description_sv: self.about_sv.clone(),
            description_en: self.about_en.clone(),
            portal: self.portal().to_owned(),
        }
    }
}
