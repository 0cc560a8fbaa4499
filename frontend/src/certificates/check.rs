//! The nightly examination of certificates, for issuers and auditors: when it ran last, what it
//! found, and how old the lists of revoked certificates are.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::certificates::{CheckPage, CheckRun, Finding, ListAge};
use cards_http::{Fault, IdAdminSession};
use chrono::{DateTime, Utc};

use super::authorities::{self, Authority};
use crate::components::{Cell, Column, Empty, Icon, Link, Message, Table};
use crate::layout::Frame;
use crate::open::chain;
use crate::pages::{Setting, ask, ok};
use crate::text::Text;

/// How many findings are named.
const MOST: usize = 50;

#[derive(Template)]
#[template(path = "certificates/check.html")]
struct CheckView {
    frame: Frame,
    t: Text,
    state: Message,
    findings: Option<Table>,
    nights: Option<Table>,
    lists: Option<Table>,
    chain: Link,
    no_lists: Option<Empty>,
}

/// `GET /id-admin/certifikat`.
pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
) -> Result<HttpResponse, Fault> {
    let call = session.call(None);
    let (page, moment) = ask(&app, move |app, link| app.check_page(link, &call)).await?;
    let known = authorities::of(&app);
    let s = Setting::new(&session, &request, moment);
    ok(&view(&s, &page, &known))
}

fn view(s: &Setting, page: &CheckPage, known: &[Authority]) -> CheckView {
    let t = s.t;
    let last = page.checks.iter().find(|run| run.finished_at.is_some());
    let findings = last.map(|run| run.findings.as_slice()).unwrap_or_default();
    CheckView {
        frame: s.frame(t.check_title()),
        t,
        state: state(t, page, last),
        findings: (!findings.is_empty()).then(|| table_of_findings(t, findings, known)),
        nights: (!page.checks.is_empty()).then(|| table_of_nights(t, &page.checks)),
        lists: (!page.lists.is_empty()).then(|| table_of_lists(t, page, known)),
        chain: Link::new(t.chain_title(), chain::ADDRESS),
        no_lists: page
            .lists
            .is_empty()
            .then(|| Empty::new(t.check_no_lists(), t.check_no_lists_means())),
    }
}

fn state(t: Text, page: &CheckPage, last: Option<&CheckRun>) -> Message {
    if !page.has_authority {
        return Message::warning(t.check_no_authority(), t.check_no_authority_means());
    }
    let Some((run, at)) = last.and_then(|run| Some((run, run.finished_at?))) else {
        return Message::info(t.check_not_yet(), t.check_not_yet_means());
    };
    let when = t.day_and_clock(at);
    let open = run.findings.iter().filter(|one| !one.repaired).count();
    let examined = t.check_examined(run.examined);
    if open == 0 {
        Message::info(t.check_clean(when), examined).with_icon(Icon::Check)
    } else {
        let open = i64::try_from(open).unwrap_or(i64::MAX);
        Message::danger(t.check_found(open, when), examined).with_icon(Icon::Warning)
    }
}

fn table_of_findings(t: Text, findings: &[Finding], known: &[Authority]) -> Table {
    let rows = findings.iter().take(MOST).map(|finding| {
        let about = match (&finding.certificate, &finding.list) {
            (Some(certificate), _) => certificate.to_string(),
            (None, Some((authority, shard))) => {
                format!("{} / {shard}", authorities::name_of(known, authority))
            }
            (None, None) => String::new(),
        };
        let done = if finding.repaired {
            t.check_repaired()
        } else {
            t.check_left()
        };
        vec![
            Cell::Code(finding.code.clone()),
            Cell::Code(about),
            Cell::Text(done),
        ]
    });
    let columns = vec![
        Column::text(t.check_column_what()),
        Column::text(t.check_column_about()),
        Column::text(t.check_column_done()),
    ];
    Table::new(t.check_findings(), columns, rows.collect()).headed_above()
}

fn table_of_nights(t: Text, checks: &[CheckRun]) -> Table {
    let rows = checks.iter().map(|run| {
        let finished = run.finished_at.map(|at| t.day_and_clock(at));
        vec![
            Cell::Code(t.day(run.day)),
            Cell::Text(finished.unwrap_or_else(|| t.check_not_done())),
            Cell::Number(run.examined.to_string()),
            Cell::Number(run.findings.len().to_string()),
            Cell::Number(run.repaired.to_string()),
        ]
    });
    let columns = vec![
        Column::text(t.check_column_night()),
        Column::text(t.check_column_finished()),
        Column::number(t.check_column_examined()),
        Column::number(t.check_column_findings()),
        Column::number(t.check_column_repaired()),
    ];
    Table::new(t.check_nights(), columns, rows.collect()).headed_above()
}

/// One row for each authority: each has as many lists as its certificates were divided into.
fn table_of_lists(t: Text, page: &CheckPage, known: &[Authority]) -> Table {
    let mut authorities: BTreeMap<&str, Vec<&ListAge>> = BTreeMap::new();
    for list in &page.lists {
        let lists = authorities.entry(list.authority.as_str()).or_default();
        lists.push(list);
    }
    let rows = authorities.into_iter().map(|(authority, lists)| {
        let entries: i32 = lists.iter().map(|list| list.entries).sum();
        let longest = lists.iter().map(|list| list.bytes).max().unwrap_or(0);
        let oldest = lists.iter().map(|list| list.this_update).min();
        let next = lists.iter().map(|list| list.next_update).min();
        let told = |at: Option<DateTime<Utc>>| at.map(|at| t.day_and_clock(at));
        vec![
            Cell::Text(authorities::name_of(known, authority)),
            Cell::Number(lists.len().to_string()),
            Cell::Number(entries.to_string()),
            Cell::Text(told(oldest).unwrap_or_default()),
            Cell::Text(told(next).unwrap_or_default()),
            Cell::Number(longest.to_string()),
        ]
    });
    let columns = vec![
        Column::text(t.check_column_authority()),
        Column::number(t.check_column_lists()),
        Column::number(t.check_column_entries()),
        Column::text(t.check_column_built()),
        Column::text(t.check_column_next()),
        Column::number(t.check_column_bytes()),
    ];
    let count = i64::try_from(page.lists.len()).unwrap_or(i64::MAX);
    Table::new(t.check_lists_count(count), columns, rows.collect()).headed_above()
}
