//! The outgoing tasks that could not be done, for the responsible issuer.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::{App, Link as Db};
use cards_domain::access::Function;
use cards_domain::refusal::Refusal;
use cards_http::{Fault, IdAdminSession, Notice};
use chrono::{DateTime, Utc};

use crate::components::{Cell, Column, Empty, Link, Table};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok};
use crate::text::Text;

const MOST: i64 = 200;

/// A task that was given up. Its text of the fault stays in the server's log.
pub(super) struct Failed {
    pub(super) topic: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) attempts: i32,
}

#[derive(Template)]
#[template(path = "id_admin/errands.html")]
pub(super) struct ErrandsView {
    frame: Frame,
    t: Text,
    table: Option<Table>,
    empty: Option<Empty>,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
) -> Result<HttpResponse, Fault> {
    let ((failed, waiting), moment) = ask(&app, |_, link: &mut Db| {
        let buried = link.buried_errands(MOST)?.into_iter();
        let failed = buried.map(|one| Failed {
            topic: one.topic,
            created_at: one.created_at,
            attempts: one.attempts,
        });
        Ok((failed.collect::<Vec<_>>(), link.waiting_errands()?))
    })
    .await?;
    let setting = Setting::new(&session, &request, moment);
    if !setting.has(Function::OperateErrands) {
        return Err(Notice::Refused(Refusal::NotYourRole).into());
    }
    ok(&view(&setting, &failed, waiting))
}

/// `waiting` have neither left nor been given up.
pub(super) fn view(s: &Setting, failed: &[Failed], waiting: i64) -> ErrandsView {
    let t = s.t;
    let (title, text) = if waiting > 0 {
        (t.errands_waiting(waiting), t.errands_waiting_means())
    } else {
        (t.errands_all_done(), t.errands_all_done_means())
    };
    ErrandsView {
        frame: s.frame(t.errands_failed()),
        t,
        table: (!failed.is_empty()).then(|| table(t, failed)),
        empty: (failed.is_empty() || waiting > 0)
            .then(|| Empty::new(title, text).link(Link::new(t.to_the_start(), "/id-admin"))),
    }
}

fn table(t: Text, failed: &[Failed]) -> Table {
    let columns = vec![
        Column::text(t.errand()),
        Column::text(t.errand_since()),
        Column::number(t.errand_attempts()),
    ];
    let rows = failed.iter().map(|one| {
        vec![
            Cell::Text(topic(t, &one.topic)),
            Cell::Code(t.day_and_clock(one.created_at)),
            Cell::Number(one.attempts.to_string()),
        ]
    });
    Table::new(t.errands_failed(), columns, rows.collect())
}

fn topic(t: Text, topic: &str) -> String {
    match topic {
        "notify" => t.errand_mail(),
        "send_to_manufacturer" => t.errand_order(),
        other => other.to_owned(),
    }
}
