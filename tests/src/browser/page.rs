//! What stands on the page, and what holds for every page.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Browser, quoted};

const AXE: &str = "frontend/node_modules/axe-core/axe.min.js";

const CATALOGUE: &str = "/demo/komponenter";

/// The laws of pages: WCAG 2.2 AA, and what is good practice.
const RUN_AXE: &str = "
const wanted = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] };
return axe.run(document, { runOnly: wanted, resultTypes: ['violations'] })
  .then(found => found.violations.flatMap(law => law.nodes.map(
    node => `${law.id} at ${node.target.join(' ')}: ${law.help} ${(node.any[0] || {}).message || ''}`)));
";

const LOOK: &str = "
const html = document.documentElement;
return {
  heading: document.querySelector('h1')?.innerText.trim() ?? '',
  headings: document.querySelectorAll('h1').length,
  title: document.title,
  language: html.lang,
  width: html.clientWidth,
  needed: html.scrollWidth,
  wide: html.scrollWidth <= html.clientWidth ? [] : [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > html.clientWidth + 1)
    .slice(0, 5).map(e => e.tagName + '.' + e.className),
  text: document.body.innerText,
};
";

/// A page as it is seen.
#[derive(Clone, Debug, Deserialize)]
pub struct Sight {
    /// The one heading of the first level.
    pub heading: String,
    headings: usize,
    /// What stands on the tab.
    pub title: String,
    /// The language the page says it is in.
    pub language: String,
    width: i64,
    needed: i64,
    wide: Vec<String>,
    /// Everything that can be read.
    pub text: String,
}

impl Browser {
    /// Runs a script of the test's own, also where the page may run none.
    ///
    /// # Panics
    /// It fails.
    pub fn run(&self, script: &str) -> Value {
        self.runtime
            .block_on(self.client.execute(script, Vec::new()))
            .unwrap()
    }

    /// The page.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn sight(&self) -> Sight {
        serde_json::from_value(self.run(LOOK)).unwrap()
    }

    /// Address and heading, for messages.
    #[must_use]
    pub fn shown(&self) -> String {
        let sight = self.sight();
        format!("{} ({})\n{}", self.address(), sight.heading, sight.text)
    }

    /// Waits until the page with this heading is there, and looks it over.
    ///
    /// # Panics
    /// It does not come, or is not as every page should be.
    pub fn arrive(&self, heading: &str) {
        let arrived = self.wait(|| (self.sight().heading == heading).then_some(()));
        assert!(
            arrived.is_some(),
            "“{heading}” did not come, but {}",
            self.shown()
        );
        self.look_over();
    }

    /// Waits until this can be read on the page.
    ///
    /// # Panics
    /// It cannot.
    pub fn sees(&self, text: &str) {
        let seen = self.wait(|| self.reads(text).then_some(()));
        assert!(
            seen.is_some(),
            "“{text}” does not stand on {}",
            self.shown()
        );
    }

    /// Whether this can be read on the page now, whatever its line breaks and capitals.
    #[must_use]
    pub fn reads(&self, text: &str) -> bool {
        plain(&self.sight().text).contains(&plain(text))
    }

    /// Where the link with this text goes, once it is there.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn goes_to(&self, name: &str) -> String {
        let path = format!("//a[normalize-space(.)={}]", quoted(name));
        let link = self.wait(|| self.named(&path, "//nothing"));
        let link = link.unwrap_or_else(|| panic!("no link “{name}” on {}", self.shown()));
        self.runtime
            .block_on(link.prop("href"))
            .unwrap()
            .unwrap_or_default()
    }

    /// What stands beside this word in a list of facts.
    ///
    /// # Panics
    /// The word does not stand there.
    #[must_use]
    pub fn fact(&self, term: &str) -> String {
        let path = format!(
            "//dt[normalize-space(.)={0}]/following-sibling::dd[1]",
            quoted(term)
        );
        let value = self.named(&path, "//nothing");
        let value = value.unwrap_or_else(|| panic!("no fact “{term}” on {}", self.shown()));
        self.runtime
            .block_on(value.text())
            .unwrap()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    /// What can be read in the part of the page with this heading.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn region(&self, heading: &str) -> String {
        let path = format!(
            "//section[descendant::*[self::h2 or self::h3][normalize-space(.)={}]]",
            quoted(heading)
        );
        let part = self.named(&path, "//nothing");
        let part = part.unwrap_or_else(|| panic!("no part “{heading}” on {}", self.shown()));
        self.runtime.block_on(part.text()).unwrap()
    }

    /// Everything that holds for every page: one heading, a title, a language, no scrolling
    /// sideways, nothing on the console, and no violation that axe knows.
    ///
    /// # Panics
    /// Something does not hold.
    pub fn look_over(&self) {
        let faults = self.faults();
        assert!(
            faults.is_empty(),
            "{}:\n{}",
            self.address(),
            faults.join("\n")
        );
    }

    /// What [`Browser::look_over`] would find.
    ///
    /// # Panics
    /// The window is gone.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let sight = self.sight();
        let mut faults = self.console();
        // The catalogue shows parts that have a heading of their own.
        if sight.headings != 1 && self.address().path() != CATALOGUE {
            faults.push(format!("{} headings of the first level", sight.headings));
        }
        if sight.title.trim().is_empty() {
            faults.push("no title".to_owned());
        }
        if !["sv", "en"].contains(&sight.language.as_str()) {
            faults.push(format!("language “{}”", sight.language));
        }
        if sight.needed > sight.width {
            let Sight {
                width,
                needed,
                wide,
                ..
            } = sight;
            faults.push(format!("needs {needed} px and has {width}: {wide:?}"));
        }
        if self.is_judged {
            faults.extend(self.violations());
        }
        faults
    }

    fn violations(&self) -> Vec<String> {
        let axe = std::fs::read_to_string(crate::world::checkout().join(AXE)).unwrap();
        let found = self.run(&format!("{axe}\n{RUN_AXE}"));
        serde_json::from_value(found).unwrap()
    }

    /// Errors on the console since last asked. That a page came with a status that is not 200 is
    /// what was asked for; that a file of it did is an error.
    fn console(&self) -> Vec<String> {
        let log = self.command("se/log", &json!({ "type": "browser" }));
        let lines: Vec<Line> = serde_json::from_value(log).unwrap();
        let errors = lines.into_iter().filter(|line| line.level == "SEVERE");
        let errors = errors.map(|line| line.message);
        errors
            .filter(|text| {
                !text.contains("responded with a status of 4") || text.contains("/assets/")
            })
            .collect()
    }
}

#[derive(Deserialize)]
struct Line {
    level: String,
    message: String,
}

/// Words alone: no capitals, line breaks, or marks that only keep words together.
fn plain(text: &str) -> String {
    text.replace('\u{2060}', "")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
