//! What an operation is: one description from which both its route and its place in the OpenAPI
//! document come, so that there is none that answers and is not described.

use std::future::Future;
use std::pin::Pin;

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, web};
use cards_app::{App, Link};
use cards_http::BodyFault;
use cards_http::api_person::ActsAs;
use serde_json::Value;
use strum::{EnumIter, IntoStaticStr};

use crate::asked::Asked;
use crate::kind::Kind;
use crate::problem::Problem;
use crate::reply::{Reply, Wrong};

/// What an operation is about; the page for people is grouped by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
pub enum Subject {
    /// Who calls.
    Me,
    /// Persons.
    Persons,
    /// Cards.
    Cards,
    /// Orders.
    Orders,
    /// Cases of revocation.
    Revocations,
    /// Letters with a PUK.
    Letters,
    /// What is signed.
    Signatures,
    /// What waits.
    Work,
    /// Products, offices, organisations.
    Registers,
    /// The directory of persons and organisations, and the files it comes in.
    Directory,
    /// Nightly runs and errands.
    Operation,
    /// For other systems.
    Systems,
}

impl Subject {
    /// The heading in Swedish and English.
    #[must_use]
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Me => ("Mina uppgifter", "My own"),
            Self::Persons => ("Personer", "Persons"),
            Self::Cards => ("Kort", "Cards"),
            Self::Orders => ("Beställningar", "Orders"),
            Self::Revocations => ("Spärrärenden", "Revocation cases"),
            Self::Letters => ("PUK-brev", "Letters with a PUK"),
            Self::Signatures => ("Underskrifter", "Signatures"),
            Self::Work => ("Att göra", "Work that waits"),
            Self::Registers => (
                "Produkter, kontor och organisationer",
                "Products, offices and organisations",
            ),
            Self::Directory => ("Katalogen", "The directory"),
            Self::Operation => ("Drift", "Running"),
            Self::Systems => ("För andra system", "For other systems"),
        }
    }
}

/// The methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Reads.
    Get,
    /// Makes something new.
    Post,
    /// Puts something in its place.
    Put,
}

impl Verb {
    /// The word in a request.
    #[must_use]
    pub fn method(self) -> Method {
        match self {
            Self::Get => Method::GET,
            Self::Post => Method::POST,
            Self::Put => Method::PUT,
        }
    }
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the path.
    Path,
    /// After the question mark; may be left out unless it is needed.
    Query {
        /// It must be there.
        needed: bool,
    },
}

/// A parameter.
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Where it stands.
    pub place: Place,
    /// What it means.
    pub meaning: &'static str,
    /// What it may hold.
    pub schema: fn() -> Value,
}

/// What an operation answers when all is well.
pub struct Success {
    /// The status.
    pub status: u16,
    /// What it says.
    pub meaning: &'static str,
    /// How it is sent.
    pub content: Content,
}

/// How an answer is sent.
pub enum Content {
    /// JSON of this schema in the document.
    Json(&'static str),
    /// A page of such things, with the address of the next one.
    Page(&'static str),
    /// Such things, all at once.
    List(&'static str),
    /// A picture.
    Jpeg,
}

/// What a change demands of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It changes nothing.
    None,
    /// It makes something beside what there is: `Idempotency-Key`.
    New,
    /// It changes, or follows from, a thing that the caller has read: `Idempotency-Key` and
    /// `If-Match`.
    Existing,
}

/// What is sent beside JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uploads {
    /// Nothing.
    Nothing,
    /// A picture, whole.
    Picture,
    /// A large file, read a piece at a time.
    File,
}

/// The largest body that is read, in bytes, but for a picture or a file.
pub(crate) const MOST_BYTES: usize = 64 * 1024;

/// A future on the thread of its request.
pub type Local = Pin<Box<dyn Future<Output = Result<HttpResponse, Problem>>>>;
/// The body as it came, or why it was not read.
pub type Body = Result<web::Bytes, BodyFault>;
/// What an operation does, once it is known who calls and what was sent can be read.
pub type Work = fn(&App, &mut Link, &Asked) -> Result<Reply, Wrong>;

/// Who may call, and what happens.
#[derive(Clone, Copy)]
pub enum Run {
    /// A person, as officer.
    Officer(Work),
    /// As [`Run::Officer`], for work that takes its time: on the lane where only a few do.
    OfficerAtLength(Work),
    /// A person, as holder: their own things alone.
    Holder(Work),
    /// A person, as one or the other, with something outside the database on the way: a picture to
    /// be made, the identity provider to be asked.
    Outside(
        ActsAs,
        fn(&'static Operation, HttpRequest, web::Payload) -> Local,
    ),
    /// A registered system client.
    Client(fn(HttpRequest, Body) -> Local),
    /// Whoever comes.
    Anybody(fn(HttpRequest, Body) -> Local),
}

/// An operation.
pub struct Operation {
    /// `operationId`.
    pub id: &'static str,
    /// The method.
    pub verb: Verb,
    /// The path below [`crate::BASE`].
    pub path: &'static str,
    /// What it is about.
    pub subject: Subject,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// What happens.
    pub run: Run,
    /// Counted against the person's searches.
    pub searches: bool,
    /// Its parameters; those of a page are added by [`Content::Page`].
    pub parameters: &'static [Parameter],
    /// The JSON that is sent, by its schema.
    pub body: Option<fn() -> Value>,
    /// What is sent beside JSON.
    pub uploads: Uploads,
    /// What a change demands.
    pub change: Change,
    /// What it answers.
    pub success: Success,
    /// Whether the answer carries the thing's version as `ETag`.
    pub versioned: bool,
    /// What can go wrong beside what can go wrong everywhere.
    pub problems: &'static [Kind],
    /// Whether the rules can say no: 403, 409 or 422 with the refusal's code.
    pub refuses: bool,
}

impl Operation {
    /// A reading by an officer, to be filled in.
    pub(crate) const READ: Self = Self {
        id: "",
        verb: Verb::Get,
        path: "",
        subject: Subject::Persons,
        summary: "",
        run: Run::Officer(|_, _, _| Err(Wrong::Kind(Kind::Broken))),
        searches: false,
        parameters: &[],
        body: None,
        uploads: Uploads::Nothing,
        change: Change::None,
        success: Success {
            status: 200,
            meaning: "As asked.",
            content: Content::Json("Me"),
        },
        versioned: false,
        problems: &[],
        refuses: false,
    };

    /// A change of a thing that was read, to be filled in.
    pub(crate) const CHANGE: Self = Self {
        verb: Verb::Post,
        change: Change::Existing,
        versioned: true,
        refuses: true,
        ..Self::READ
    };

    /// The whole path.
    #[must_use]
    pub fn full_path(&self) -> String {
        format!("{}{}", crate::BASE, self.path)
    }

    /// Whether a person calls.
    #[must_use]
    pub fn is_for_persons(&self) -> bool {
        matches!(
            self.run,
            Run::Officer(_) | Run::OfficerAtLength(_) | Run::Holder(_) | Run::Outside(..)
        )
    }

    /// As what a person calls it.
    #[must_use]
    pub fn acts_as(&self) -> ActsAs {
        match self.run {
            Run::Officer(_) | Run::OfficerAtLength(_) | Run::Client(_) | Run::Anybody(_) => {
                ActsAs::Officer
            }
            Run::Holder(_) => ActsAs::Holder,
            Run::Outside(role, _) => role,
        }
    }

    /// What can go wrong, whatever it is.
    pub(crate) fn kinds(&self) -> Vec<Kind> {
        let mut kinds = vec![Kind::TooManyRequests, Kind::Unavailable, Kind::Broken];
        match self.run {
            Run::Officer(_) | Run::OfficerAtLength(_) | Run::Outside(ActsAs::Officer, _) => {
                kinds.extend([Kind::NotAppointed, Kind::LevelTooLow]);
            }
            Run::Holder(_) | Run::Outside(ActsAs::Holder, _) => kinds.push(Kind::LevelTooLow),
            Run::Client(_) => kinds.push(Kind::NotRegistered),
            Run::Anybody(_) => {}
        }
        if !matches!(self.run, Run::Anybody(_)) {
            kinds.extend([Kind::TokenMissing, Kind::TokenInvalid]);
        }
        if self.is_for_persons() {
            kinds.extend([
                Kind::UnknownPerson,
                Kind::BadRequest,
                Kind::UnknownParameter,
            ]);
        }
        let in_query = |one: &Parameter| matches!(one.place, Place::Query { .. });
        if self.parameters.iter().any(in_query) || matches!(self.success.content, Content::Page(_))
        {
            kinds.push(Kind::InvalidParameter);
        }
        if self.is_for_persons() && self.parameters.iter().any(|one| one.place == Place::Path) {
            kinds.push(Kind::NotFound);
        }
        if self.body.is_some() {
            kinds.extend([Kind::InvalidBody, Kind::NotJson]);
        }
        if self.verb != Verb::Get {
            kinds.extend([Kind::TooLarge, Kind::TooSlow]);
        }
        match self.uploads {
            Uploads::Nothing => {}
            Uploads::Picture => kinds.extend([Kind::NotAPicture, Kind::PictureUnusable]),
            Uploads::File => kinds.extend([Kind::NotAFile, Kind::FileUnusable]),
        }
        if self.change != Change::None {
            kinds.extend([Kind::KeyMissing, Kind::KeyReused, Kind::ChangedMeanwhile]);
        }
        if self.change == Change::Existing {
            kinds.extend([Kind::VersionMissing, Kind::VersionUnreadable]);
        }
        kinds.extend(self.problems);
        kinds
    }
}
