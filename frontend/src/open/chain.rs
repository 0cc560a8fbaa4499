//! *Certifikatkedjan*: the authorities' own certificates, to install where a browser cannot make a
//! safe connection with a card. First the ones between, then the root (source text S3).

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_http::Fault;

use super::card_test;
use crate::certificates::authorities::{self, Authority};
use crate::components::{Button, Empty, Fact, Facts, Link};
use crate::layout::{Frame, Portal};
use crate::pages::ok;
use crate::text::Text;

/// The page's address.
pub(crate) const ADDRESS: &str = "/certifikatkedja";

/// One file with what it is to be compared by.
struct FileView {
    name: String,
    facts: Facts,
    download: Button,
    sha256: String,
    sha1: String,
}

#[derive(Template)]
#[template(path = "open/chain.html")]
pub(super) struct ChainPage {
    frame: Frame,
    t: Text,
    back: Link,
    between: Vec<FileView>,
    roots: Vec<FileView>,
    none: Option<Empty>,
}

/// `GET /certifikatkedja`, for everybody.
///
/// # Errors
/// The page cannot be rendered.
pub async fn get(request: HttpRequest, app: web::Data<App>) -> Result<HttpResponse, Fault> {
    let frame = super::locked::dressed(super::frame(&request, Portal::MinaSidor));
    ok(&view(frame, &authorities::of(&app)))
}

/// The page with these authorities.
pub(super) fn view(frame: Frame, all: &[Authority]) -> ChainPage {
    let t = frame.texts();
    let files = |is_root: bool| -> Vec<FileView> {
        let of = all.iter().filter(|one| one.is_root == is_root);
        of.map(|one| file(t, one)).collect()
    };
    ChainPage {
        frame: frame.titled(t.chain_title()),
        t,
        back: Link::new(t.test_title(), card_test::ADDRESS),
        between: files(false),
        roots: files(true),
        none: all
            .is_empty()
            .then(|| Empty::new(t.chain_none(), t.chain_none_means())),
    }
}

fn file(t: Text, authority: &Authority) -> FileView {
    let until = authority.until.map(|day| t.day(day)).unwrap_or_default();
    let facts = vec![
        Fact::plain(t.chain_file(), format!("{}.cer", authority.technical)),
        Fact::plain(t.chain_until(), until),
    ];
    let label = t.chain_download(&authority.name);
    FileView {
        name: authority.name.clone(),
        facts: Facts::new(facts),
        download: Button::link(label, &authority.href).secondary().full(),
        sha256: authority.sha256.clone(),
        sha1: authority.sha1.clone(),
    }
}
