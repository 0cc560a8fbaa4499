//! A person of the demonstration, as directory and population register know them.

/// A person with one post for each HSA-id.
pub struct Person {
    pub number: String,
    pub given: Option<String>,
    /// Given names after the calling name; known to the population register only.
    pub more_given: Option<String>,
    pub middle: Option<String>,
    pub surname: String,
    pub posts: Vec<Post>,
    /// The population register's code of protection.
    pub protection: &'static str,
    pub home: Home,
    /// Date of death.
    pub deceased: Option<&'static str>,
    /// Whether the number is one of the population register.
    pub registered: bool,
}

impl Person {
    pub fn protected(&self) -> bool {
        self.protection != "none"
    }
}

/// What the population register says of an address.
pub enum Home {
    At {
        co: Option<String>,
        street: String,
        postcode: &'static str,
        city: &'static str,
    },
    None,
}

/// One employment.
pub struct Post {
    /// Place of the unit in [`crate::places::Places::units`].
    pub unit: usize,
    pub hsa_id: String,
    pub mail: String,
    pub phone: Option<String>,
    pub work: Work,
    pub starts: String,
    pub ends: Option<&'static str>,
}

/// What somebody works as, in the words of the directory.
#[derive(Clone)]
pub struct Work {
    pub title: &'static str,
    pub licence: Option<&'static str>,
    pub speciality: Option<(&'static str, &'static str)>,
    pub prescriber_code: Option<String>,
    pub position_code: Option<&'static str>,
    /// Whether the work is care of patients.
    pub care: bool,
}
