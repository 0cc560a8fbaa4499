//! What the directory says of the holder's work, and who mends what is missing there.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use cards_app::App;
use cards_app::queries::Employment;
use cards_domain::calendar::business_day;
use cards_http::{Fault, HolderSession};
use chrono::{DateTime, Utc};

use super::frame;
use crate::components::{Empty, Link};
use crate::employment::{self, EmploymentPart, Voice};
use crate::layout::Frame;
use crate::pages::{self, ask};
use crate::text::Text;

#[derive(Template)]
#[template(path = "mina_sidor/directory.html")]
pub(super) struct DirectoryPage {
    frame: Frame,
    t: Text,
    back: Link,
    employments: Vec<EmploymentPart>,
    empty: Empty,
}

/// `GET /mina-sidor/katalogen`.
///
/// # Errors
/// The database is away.
pub async fn get(
    request: HttpRequest,
    session: HolderSession,
    app: web::Data<App>,
) -> Result<HttpResponse, Fault> {
    let call = session.call(None);
    let (own, moment) = ask(&app, move |app, link| app.own_employments(link, &call)).await?;
    let frame = frame::frame(&request, &session, moment);
    pages::ok(&view(frame, &own.employments, moment.now))
}

/// The page of these employments at this time.
pub(super) fn view(frame: Frame, own: &[Employment], now: DateTime<Utc>) -> DirectoryPage {
    let t = frame.texts();
    DirectoryPage {
        frame: frame.titled(t.ms_directory_title()),
        t,
        back: Link::new(t.ms_back(), "/mina-sidor"),
        employments: employment::parts(t, Voice::Holder, own, business_day(now)),
        empty: Empty::new(t.ms_directory_none(), t.ms_directory_none_means()),
    }
}
