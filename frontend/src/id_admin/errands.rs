//! The outgoing tasks that could not be done, for the responsible issuer.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::{App, Link as Db};
use cards_domain::access::Function;
use cards_domain::refusal::Refusal;
use cards_http::signed_form::NoFields;
use cards_http::{Fault, IdAdminSession, Notice, SignedForm};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::components::{Empty, Hidden, Link};
use crate::layout::Frame;
use crate::pages::{Setting, ask, ok, see_other};
use crate::text::Text;

const MOST: i64 = 200;
const ADDRESS: &str = "/id-admin/utgaende";

/// A task that was given up. Its text of the fault stays in the server's log.
pub(super) struct Failed {
    pub(super) id: Uuid,
    pub(super) topic: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) attempts: i32,
}

#[derive(Template)]
#[template(path = "id_admin/errands.html")]
pub(super) struct ErrandsView {
    frame: Frame,
    t: Text,
    hidden: Hidden,
    failed: Vec<Row>,
    empty: Option<Empty>,
}

/// A task with the button that lets it be tried anew.
struct Row {
    what: String,
    since: String,
    attempts: i32,
    action: String,
    /// What the button does, for who cannot see its row.
    again: String,
}

pub(super) async fn show(
    request: HttpRequest,
    session: IdAdminSession,
    app: web::Data<App>,
) -> Result<HttpResponse, Fault> {
    let ((failed, waiting), moment) = ask(&app, |_, link: &mut Db| {
        let buried = link.buried_errands(MOST)?.into_iter();
        let failed = buried.map(|one| Failed {
            id: one.id,
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

/// Lets a task be tried anew, and shows what is left.
pub(super) async fn retry(
    session: IdAdminSession,
    app: web::Data<App>,
    id: web::Path<Uuid>,
    form: SignedForm<NoFields>,
) -> Result<HttpResponse, Fault> {
    let (call, id) = (session.call(Some(form.fingerprint)), *id);
    ask(&app, move |app, link| app.retry_errand(link, &call, id)).await?;
    Ok(see_other(ADDRESS))
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
        hidden: s.hidden.clone(),
        failed: failed.iter().map(|one| row(t, one)).collect(),
        empty: (failed.is_empty() || waiting > 0)
            .then(|| Empty::new(title, text).link(Link::new(t.to_the_start(), "/id-admin"))),
    }
}

fn row(t: Text, one: &Failed) -> Row {
    let (what, since) = (topic(t, &one.topic), t.day_and_clock(one.created_at));
    Row {
        again: t.errand_try_again_which(what.clone(), since.clone()),
        what,
        since,
        attempts: one.attempts,
        action: format!("{ADDRESS}/{}/forsok-igen", one.id),
    }
}

fn topic(t: Text, topic: &str) -> String {
    match topic {
        "notify" => t.errand_mail(),
        "send_to_manufacturer" => t.errand_order(),
        "issue_certificate" => t.errand_issue(),
        "hand_over_certificate" => t.errand_hand_over(),
        "publish_revocation" => t.errand_publish(),
        other => other.to_owned(),
    }
}
