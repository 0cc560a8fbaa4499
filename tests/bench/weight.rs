//! What a page weighs on the line: everything a browser fetches for it, compressed where the
//! server compresses. Used by the benchmark and by the test that keeps the limits.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{Html, Selector};

/// A kilobyte as the goals count it.
const KB: usize = 1000;
/// Bytes and requests of somebody's first page.
pub const FIRST: Weight = Weight {
    bytes: 100 * KB,
    requests: 8,
};
/// Bytes and requests of each page after it.
pub const LATER: Weight = Weight {
    bytes: 15 * KB,
    requests: 2,
};
/// Bytes of all the script of a page.
pub const SCRIPT: usize = 15 * KB;
/// Bytes of the HTML of a list of fifty rows.
pub const LIST: usize = 8 * KB;

/// Bytes and requests.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weight {
    /// Bytes of the bodies.
    pub bytes: usize,
    /// How many answers.
    pub requests: usize,
}

impl Weight {
    fn add(&mut self, bytes: usize) {
        self.bytes += bytes;
        self.requests += 1;
    }

    fn fits(self, most: Self) -> bool {
        self.bytes <= most.bytes && self.requests <= most.requests
    }
}

/// One file as it came over the line.
pub struct Sent {
    /// Bytes of the body, compressed where the server compresses.
    pub bytes: usize,
    /// The body as the browser reads it.
    pub text: String,
    /// Its content type.
    pub kind: String,
    /// Never asked for again.
    pub is_immutable: bool,
}

/// Asks the server for an address.
pub type Fetch<'a> = Box<dyn Fn(&str) -> Sent + 'a>;

/// A page on the scales.
#[derive(Debug)]
pub struct Weighed {
    /// Of a visit with an empty cache.
    pub first: Weight,
    /// Of a visit that has the files which never change.
    pub later: Weight,
    /// Bytes of script.
    pub script: usize,
}

impl Weighed {
    /// What is over the limits.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if !self.first.fits(FIRST) {
            faults.push(format!(
                "a first visit is {:?}, at most {FIRST:?}",
                self.first
            ));
        }
        if !self.later.fits(LATER) {
            faults.push(format!(
                "a later visit is {:?}, at most {LATER:?}",
                self.later
            ));
        }
        if self.script > SCRIPT {
            faults.push(format!("{} bytes of script, at most {SCRIPT}", self.script));
        }
        faults
    }
}

/// Weighs pages; each file is fetched once.
pub struct Scales<'a> {
    fetch: Fetch<'a>,
    seen: BTreeMap<String, Sent>,
}

impl<'a> Scales<'a> {
    /// Scales that ask with `fetch`.
    pub fn new(fetch: Fetch<'a>) -> Self {
        Self {
            fetch,
            seen: BTreeMap::new(),
        }
    }

    /// A file.
    pub fn send(&mut self, path: &str) -> &Sent {
        if !self.seen.contains_key(path) {
            self.seen.insert(path.to_owned(), (self.fetch)(path));
        }
        &self.seen[path]
    }

    /// Everything that a browser with an empty cache fetches for a page.
    fn files_of(&mut self, page: &str) -> BTreeSet<String> {
        let html = self.send(page).text.clone();
        let mut files = BTreeSet::from([page.to_owned()]);
        let mut waiting = named_in_page(&html);
        while let Some(file) = waiting.pop() {
            if files.insert(file.clone()) {
                let sent = self.send(&file);
                waiting.extend(named_in_file(&sent.kind, &sent.text));
            }
        }
        files
    }

    /// Weighs a page.
    pub fn weigh(&mut self, page: &str) -> Weighed {
        let mut weighed = Weighed {
            first: Weight::default(),
            later: Weight::default(),
            script: 0,
        };
        for file in self.files_of(page) {
            let sent = self.send(&file);
            weighed.first.add(sent.bytes);
            if !sent.is_immutable {
                weighed.later.add(sent.bytes);
            }
            if sent.kind.starts_with("text/javascript") {
                weighed.script += sent.bytes;
            }
        }
        weighed
    }
}

/// What the page itself makes a browser load.
fn named_in_page(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let all = [
        ("link[href]:not([rel=canonical])", "href"),
        ("script[src], img[src], source[src], iframe[src]", "src"),
    ];
    let mut named = Vec::new();
    for (css, attribute) in all {
        let css = Selector::parse(css).unwrap();
        let found = page
            .select(&css)
            .filter_map(|element| element.attr(attribute));
        named.extend(
            found
                .filter(|at| !at.starts_with("data:"))
                .map(str::to_owned),
        );
    }
    named
}

/// What a stylesheet or a module makes a browser load.
fn named_in_file(kind: &str, text: &str) -> Vec<String> {
    let marks: &[&str] = match kind.split(';').next() {
        Some("text/css") => &["url("],
        Some("text/javascript") => &["from \"", "import \"", "import(\""],
        _ => &[],
    };
    let after = |mark: &&str| -> Vec<String> {
        let pieces = text.split(*mark).skip(1);
        let addresses = pieces.map(|rest| {
            let rest = rest.trim_start_matches(['"', '\'']);
            rest.split(['"', '\'', ')'])
                .next()
                .unwrap_or_default()
                .to_owned()
        });
        addresses
            .filter(|address| address.starts_with('/'))
            .collect()
    };
    marks.iter().flat_map(after).collect()
}
