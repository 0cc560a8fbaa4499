//! Somebody at the pages: opens them and sends their forms over HTTP, as a browser without script.

use cards_acceptance::Person;
use cards_acceptance::site::Site;
use chrono::{DateTime, Utc};
use scraper::{Html, Selector};

use crate::web::{Answer, Browser, Fields, form};

/// Karin Åkerblom, id-administrator at Björkvallen.
pub const KARIN: &str = "SE2399000013-1001";
/// Tove Hallgren, at the same office.
pub const TOVE: &str = "SE2399000013-1002";
/// Nadja Holm, who reviews the log.
pub const NADJA: &str = "SE2399000013-1007";

/// Where people identify themselves and sign.
const PROVIDER: &str = "/demo/idp/";

/// Moves the clock to an instant. Sessions end meanwhile: log in afterwards.
pub fn go_to(site: &Site, instant: &str) {
    let at: DateTime<Utc> = instant.parse().unwrap();
    site.world.advance(at - site.world.app().db.now());
}

/// A page as it came, after redirects.
pub struct Page {
    pub status: u16,
    /// Where it was found.
    pub path: String,
    pub body: String,
    /// What can be read on it.
    pub text: String,
}

impl Page {
    fn new(path: &str, answer: Answer) -> Self {
        let text = {
            let page = Html::parse_document(&answer.body);
            let main = Selector::parse("main").unwrap();
            page.select(&main)
                .flat_map(|part| part.text())
                .collect::<Vec<_>>()
                .join(" ")
        };
        Self {
            status: answer.status,
            path: path.to_owned(),
            body: answer.body,
            text: plain(&text),
        }
    }

    /// Whether this can be read on the page.
    pub fn reads(&self, text: &str) -> bool {
        self.text.contains(&plain(text))
    }

    /// Fails when this cannot be read on the page.
    pub fn sees(&self, text: &str) {
        assert!(
            self.reads(text),
            "“{text}” does not stand on {} ({}):\n{}",
            self.path,
            self.status,
            self.text
        );
    }

    /// Whether the page has a form that goes there.
    pub fn has_form(&self, action: &str) -> bool {
        form(&self.body, &format!(r#"form[action="{action}"]"#)).is_some()
    }

    /// Whether a link goes there.
    pub fn leads_to(&self, path: &str) -> bool {
        let page = Html::parse_document(&self.body);
        let link = Selector::parse(&format!(r#"a[href="{path}"]"#)).unwrap();
        page.select(&link).next().is_some()
    }

    /// The heading of the group of work in which the link stands.
    pub fn group_of(&self, path: &str) -> Option<String> {
        let page = Html::parse_document(&self.body);
        let link = Selector::parse(&format!(r#"a[href="{path}"]"#)).unwrap();
        let (group, heading, note) = (
            Selector::parse(".ledger").unwrap(),
            Selector::parse("h3").unwrap(),
            Selector::parse("h3 .sub").unwrap(),
        );
        let group = page
            .select(&group)
            .find(|group| group.select(&link).next().is_some())?;
        let words = |css: &Selector| {
            let part = group.select(css).next();
            part.map(|part| plain(&part.text().collect::<String>()))
        };
        let title = words(&heading)?;
        let note = words(&note).unwrap_or_default();
        Some(title.trim_end_matches(&note).trim().to_owned())
    }

    /// The values of a form's radio buttons with this name.
    pub fn choices(&self, name: &str) -> Vec<String> {
        let page = Html::parse_document(&self.body);
        let css = format!(r#"input[type="radio"][name="{name}"]:not([disabled])"#);
        page.select(&Selector::parse(&css).unwrap())
            .filter_map(|one| one.attr("value"))
            .map(str::to_owned)
            .collect()
    }
}

/// Words alone, however they are broken and kept together.
fn plain(text: &str) -> String {
    text.replace('\u{2060}', "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace(" .", ".")
        .replace(" ,", ",")
}

/// Somebody who is logged in at one portal.
pub struct Desk {
    pub browser: Browser,
    hsa_id: String,
}

impl Desk {
    /// An officer of the region.
    pub fn officer(site: &Site, hsa_id: &str) -> Self {
        Self::at(site, "/id-admin", hsa_id)
    }

    /// A holder in Mina sidor.
    pub fn holder(site: &Site, person: &Person) -> Self {
        Self::at(site, "/mina-sidor", &person.hsa_id)
    }

    /// Somebody at the servicedesk.
    pub fn servicedesk(site: &Site, hsa_id: &str) -> Self {
        Self::at(site, "/servicedesk", hsa_id)
    }

    fn at(site: &Site, portal: &'static str, hsa_id: &str) -> Self {
        let mut browser = Browser::new(site);
        let arrived = browser.log_in(portal, hsa_id, "loa3");
        assert_eq!(arrived.status, 303, "{hsa_id}: {}", arrived.body);
        Self {
            browser,
            hsa_id: hsa_id.to_owned(),
        }
    }

    /// Opens a page and goes where it leads.
    pub fn open(&self, path: &str) -> Page {
        self.follow(path, self.browser.get(path))
    }

    fn follow(&self, path: &str, first: Answer) -> Page {
        let (mut at, mut answer) = (path.to_owned(), first);
        for _ in 0..5 {
            let to = answer.location().to_owned();
            if answer.status != 303 {
                break;
            }
            if to.contains(PROVIDER) {
                return Page::new(&to, answer);
            }
            answer = self.browser.get(&to);
            at = to;
        }
        Page::new(&at, answer)
    }

    /// What a page's form would send, with these answers.
    pub fn filled(page: &Page, action: &str, answers: &[(&str, &str)]) -> Fields {
        let found = form(&page.body, &format!(r#"form[action="{action}"]"#));
        let found = found.unwrap_or_else(|| {
            panic!(
                "no form to {action} on {} ({}):\n{}",
                page.path, page.status, page.text
            )
        });
        let mut fields = found.fields;
        let answers = answers.iter();
        fields.extend(answers.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        fields
    }

    /// Sends a form that stands on the page.
    pub fn send(&self, page: &Page, action: &str, answers: &[(&str, &str)]) -> Page {
        let fields = Self::filled(page, action, answers);
        self.follow(action, self.browser.send(action, &fields))
    }

    /// Sends a form that no page shows, with the token of the session.
    pub fn force(&self, path: &str, key: u128, answers: &[(&str, &str)]) -> Page {
        let fields = self.browser.signed(path, key, answers);
        self.follow(path, self.browser.send(path, &fields))
    }

    /// Signs at the identity provider, where a form has led, and comes back.
    pub fn sign(&self, asked: &Page) -> Page {
        self.sign_as(asked, &self.hsa_id, "loa3")
    }

    /// The same with any e-identification at a level.
    pub fn sign_as(&self, asked: &Page, hsa_id: &str, loa: &str) -> Page {
        assert!(
            asked.path.contains(PROVIDER),
            "nothing is to be signed on {}: {}",
            asked.path,
            asked.text
        );
        let back = self.browser.identify(&asked.path, hsa_id, loa);
        self.follow(&asked.path, back)
    }

    /// Types something in the search box of the start page.
    pub fn search(&self, text: &str) -> Page {
        let start = self.open("/id-admin");
        self.send(&start, "/id-admin/sok", &[("q", text)])
    }
}
