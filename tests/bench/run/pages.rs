//! The weight of the main pages over HTTP, and what Lighthouse says of them.

use std::fmt::Write as _;

use super::http::Browser;
use super::lighthouse;
use super::lines::{Bench, KARIN};
use super::table::reached;
use crate::weight::{LIST, Scales, Sent};

const ELIN: &str = "SE2399000013-1010";
const BEST: f64 = 98.0;
/// A person of the region with a sent card.
const SOMEBODY: &str = "018cc251-f400-7006-8000-";

/// A page and who opens it.
struct Page {
    path: String,
    cookie: Option<String>,
}

impl Bench<'_> {
    /// Weighs the main pages and has Lighthouse look at them.
    pub fn pages(&self, page: &mut String) {
        if self
            .options
            .only
            .as_deref()
            .is_some_and(|only| !"weight of pages".contains(only))
        {
            return;
        }
        let pages = self.main_pages();
        page.push_str(
            "\n### Weight of the main pages, gzip\n\n\
             | page | first visit: bytes | requests | later: bytes | requests | script | limits |\n\
             |---|---|---|---|---|---|---|\n",
        );
        for one in &pages {
            let weighed = scales(&self.ours.url, one.cookie.clone()).weigh(&one.path);
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} | {} | {} | {} |",
                shown(&one.path),
                weighed.first.bytes,
                weighed.first.requests,
                weighed.later.bytes,
                weighed.later.requests,
                weighed.script,
                reached(weighed.faults().is_empty())
            );
        }
        let _ = writeln!(
            page,
            "\n- Limits: 100 kB and 8 requests, 15 kB and 2 requests, 15 kB of script. That a list of \
             50 rows is at most {LIST} bytes of HTML is a test (`tests/tests/coverage/weight.rs`).",
        );
        self.lighthouse(page, &pages);
    }

    fn lighthouse(&self, page: &mut String, pages: &[Page]) {
        page.push_str(
            "\n### Lighthouse, phone with a slow connection, medians of 3\n\n\
             | page | performance | accessibility | best practices | goal 98 |\n|---|---|---|---|---|\n",
        );
        if let Err(missing) = lighthouse::prepare(&self.options.ops) {
            let _ = writeln!(page, "\n- {missing}.");
            return;
        }
        for one in pages {
            match lighthouse::look(
                self.options,
                (&self.ours.url, &one.path),
                one.cookie.as_deref(),
            ) {
                Ok(scores) => {
                    let _ = writeln!(
                        page,
                        "| {} | {:.0} | {:.0} | {:.0} | {} |",
                        shown(&scores.path),
                        scores.performance,
                        scores.accessibility,
                        scores.practices,
                        reached(scores.lowest() >= BEST)
                    );
                }
                Err(missing) => {
                    let _ = writeln!(page, "| {} | | | | {missing} |", shown(&one.path));
                }
            }
        }
    }

    fn main_pages(&self) -> Vec<Page> {
        let browser =
            |portal: &str, hsa_id: &str| Some(Browser::new(&self.ours.url).log_in(portal, hsa_id));
        let (karin, elin) = (browser("/id-admin", KARIN), browser("/mina-sidor", ELIN));
        let somebody = format!("{SOMEBODY}{:012x}", 4);
        let page = |path: &str, cookie: &Option<String>| Page {
            path: path.to_owned(),
            cookie: cookie.clone(),
        };
        vec![
            page("/", &None),
            page("/api", &None),
            page("/id-admin", &None),
            page("/mina-sidor", &None),
            page("/id-admin", &karin),
            page("/id-admin/att-gora/ej-kvitterade", &karin),
            page(&format!("/id-admin/person/{somebody}"), &karin),
            page(&format!("/id-admin/person/{somebody}/bestall"), &karin),
            page("/mina-sidor", &elin),
            page("/mina-sidor/vem-har-tittat", &elin),
        ]
    }
}

/// Without ids.
fn shown(path: &str) -> String {
    path.split('/')
        .map(|part| if part.len() == 36 { "…" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

fn scales(url: &str, cookie: Option<String>) -> Scales<'static> {
    let browser = Browser::new(url);
    let cookie = cookie.and_then(|header| header.strip_prefix("Cookie: ").map(str::to_owned));
    Scales::new(Box::new(move |path| {
        let get = |encoding: &str| {
            let mut headers = vec![("accept-encoding", encoding)];
            headers.extend(cookie.as_deref().map(|cookie| ("cookie", cookie)));
            browser.get(path, &headers)
        };
        let plain = get("identity");
        assert_eq!(plain.status, 200, "{path}");
        Sent {
            bytes: get("gzip").body.len(),
            kind: plain.header("content-type").to_owned(),
            is_immutable: plain.header("cache-control").contains("immutable"),
            text: plain.text(),
        }
    }))
}
