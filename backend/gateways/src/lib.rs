//! Each outside party behind one port of `cards_app::ports`: a real side and a simulated one.
//!
//! Real sides are built from settings alone. Whatever is simulated wants a [`Demonstration`], which
//! no production environment can make, so that an invented person, card or mail never meets a
//! true one.

pub mod authority;
pub mod card_office;
pub mod clock;
pub mod demo_identity;
pub mod directory;
pub mod entropy;
mod files;
pub mod mail;
pub mod manufacturer;
pub mod oidc;
pub mod population_register;
pub mod switches;

#[cfg(test)]
mod test_folder;

pub use files::FileError;

/// The word in the configuration that keeps everything simulated out.
const PRODUCTION: &str = "production";

/// The permission to simulate. Holding one means that the environment is not production.
#[derive(Clone, Copy, Debug)]
pub struct Demonstration(());

impl Demonstration {
    /// The permission, unless `environment` (the configuration's word, in any case and with any
    /// space around it) is `production`.
    ///
    /// # Errors
    /// A sentence for the operator when it is production.
    pub fn unless_production(environment: &str) -> Result<Self, String> {
        if environment.trim().eq_ignore_ascii_case(PRODUCTION) {
            Err(format!(
                "environment = \"{PRODUCTION}\" allows nothing simulated: configure the real party"
            ))
        } else {
            Ok(Self(()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Demonstration;

    #[test]
    fn production_gets_no_permission_to_simulate_however_it_is_written() {
        for word in ["production", "Production", " PRODUCTION "] {
            assert!(Demonstration::unless_production(word).is_err(), "{word}");
        }
    }

    #[test]
    fn a_demonstration_and_a_test_get_the_permission() {
        for word in ["demonstration", "test", ""] {
            assert!(Demonstration::unless_production(word).is_ok(), "{word}");
        }
    }
}
