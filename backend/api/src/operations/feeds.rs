//! A file of the directory: sent piece by piece, rehearsed at once, and taken in by another request
//! or thrown away within the hour. The same steps as on the directory's page.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, HttpResponse, web};
use cards_app::import::{NewUpload, UPLOAD_PART};
use cards_app::{App, Call, Failure, Lane, Link};
use cards_http::StreamedBody;
use cards_http::api_person::{ActsAs, Caller, call_as};

use super::ID;
use crate::answer::{judged, respond};
use crate::asked::{Asked, Sent};
use crate::kind::Kind;
use crate::operation::{
    Change, Content, Operation, Parameter, Place, Run, Subject, Success, Uploads, Verb,
};
use crate::problem::Problem;
use crate::reply::{Reply, Wrong};
use crate::schema::{text_of, word};
use crate::shapes::directory::{self, Holds};
use crate::shapes::feed;

/// As what a file is sent: which format it has, the configuration says.
const FILE: &str = "application/octet-stream";
/// Of a file that nobody takes so much more is read, in bytes, before the connection is cut.
const DRAINED: usize = 64 * 1024 * 1024;
/// Characters of a file's name.
const LONGEST_NAME: usize = 200;

const OF_FILE: Operation = Operation {
    subject: Subject::Directory,
    parameters: &[ID],
    success: Success {
        status: 200,
        meaning: "The file, and what its import would do. Who is named is written down.",
        content: Content::Json("DirectoryFile"),
    },
    refuses: true,
    ..Operation::READ
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "sendDirectoryFile",
        verb: Verb::Post,
        path: "/directory/files",
        summary: "Send a file of the directory and have its import rehearsed: nothing is changed yet",
        run: Run::Outside(ActsAs::Officer, |operation, request, payload| {
            Box::pin(send(operation, request, payload))
        }),
        uploads: Uploads::File,
        parameters: &[
            Parameter {
                name: "content",
                place: Place::Query { needed: true },
                meaning: "Everything of the organisations in it, or changes alone. Of everything: \
                    whoever is not in it is ended.",
                schema: word::<Holds>,
            },
            Parameter {
                name: "name",
                place: Place::Query { needed: true },
                meaning: "The file's name, for the report.",
                schema: || text_of(LONGEST_NAME),
            },
        ],
        success: Success {
            status: 201,
            meaning: "The file, which waits for an hour, in the place of one that the caller sent \
                before; and what its import would do.",
            content: Content::Json("DirectoryFile"),
        },
        ..OF_FILE
    },
    Operation {
        id: "directoryFile",
        path: "/directory/files/{id}",
        summary: "A file that the caller has sent, and what its import would do",
        run: Run::Officer(one),
        ..OF_FILE
    },
    Operation {
        id: "importDirectoryFile",
        verb: Verb::Post,
        path: "/directory/files/{id}/import",
        summary: "Take in a file that was rehearsed; once more gives the same import",
        run: Run::OfficerAtLength(take_in),
        change: Change::New,
        success: Success {
            status: 201,
            meaning: "The import with its report.",
            content: Content::Json("DirectoryImportPage"),
        },
        ..OF_FILE
    },
];

/// Nobody makes us read a file before it is known that they may send one.
async fn send(
    operation: &'static Operation,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let body = StreamedBody::new(payload);
    let (caller, asked) = match invited(operation, &request).await {
        Ok(known) => known,
        Err(problem) => return Err(unread(problem, body).await),
    };
    let of_file = (|| {
        let content: Holds = asked.chosen("content")?;
        let name: String = asked.chosen("name")?;
        Ok((name, content == Holds::Changes))
    })();
    let of_file = match of_file {
        Ok(of_file) => of_file,
        Err(wrong) => return Err(unread(Problem::of_wrong(wrong, &request), body).await),
    };
    let Some(app) = request.app_data::<web::Data<App>>() else {
        return Err(Problem::new(Kind::Broken, &request));
    };
    let call = caller.call(None);
    match keep(app, &call, body, of_file).await {
        Ok(upload) => {
            let done = rehearsed(app, call, upload).await;
            let reply = done.map_err(|wrong| Problem::of_wrong(wrong, &request))?;
            Ok(respond(operation, reply))
        }
        Err((wrong, body)) => Err(unread(Problem::of_wrong(wrong, &request), body).await),
    }
}

/// Who sends a file, and what is said of it, if they may and it is one.
async fn invited(
    operation: &'static Operation,
    request: &HttpRequest,
) -> Result<(Caller, Asked), Problem> {
    let let_in = |app: &App, link: &mut Link, caller: &Caller| {
        app.let_in(link, &caller.call(None))?;
        Ok(Ok::<_, Wrong>(caller.clone()))
    };
    let known = call_as(request, (ActsAs::Officer, false), let_in).await;
    let caller = judged(known, request)?;
    let kind = request.headers().get(CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != FILE) {
        return Err(Problem::new(Kind::NotAFile, request));
    }
    let sent = Sent::read(operation, request, Ok(web::Bytes::new()));
    let asked = sent.map(|sent| sent.by(caller.clone()));
    let asked = asked.map_err(|wrong| Problem::of_wrong(wrong, request))?;
    Ok((caller, asked))
}

/// Reads what nobody wants, so that whoever sends it gets as far as reading why.
async fn unread(problem: Problem, body: StreamedBody) -> Problem {
    if body.drain(DRAINED).await {
        problem
    } else {
        problem.closing()
    }
}

/// Keeps the file piece by piece. What is not kept is given back with the reason.
async fn keep(
    app: &App,
    call: &Call,
    mut body: StreamedBody,
    (name, delta): (String, bool),
) -> Result<NewUpload, (Wrong, StreamedBody)> {
    let call = call.clone();
    let begin = move |app: &App, link: &mut Link| app.begin_upload(link, &call, (&name, delta));
    let mut upload = match app.run(Lane::Short, begin).await {
        Ok(upload) => upload,
        Err(failure) => return Err((failure.into(), body)),
    };
    loop {
        let piece = match body.piece(UPLOAD_PART).await {
            Ok(piece) if piece.is_empty() => return Ok(upload),
            Ok(piece) => piece,
            Err(fault) => {
                let given_up = move |_: &App, link: &mut Link| upload.give_up(link);
                let why = app.run(Lane::Short, given_up).await.err();
                let wrong = why.map_or_else(|| Kind::from(fault).into(), Wrong::from);
                return Err((wrong, body));
            }
        };
        let add = move |_: &App, link: &mut Link| {
            let fits = upload.add(link, &piece)?;
            Ok((upload, fits))
        };
        upload = match app.run(Lane::Short, add).await {
            Ok((upload, true)) => upload,
            Ok((_, false)) => return Err((Kind::TooLarge.into(), body)),
            Err(failure) => return Err((failure.into(), body)),
        };
    }
}

/// All of it has come: what its import would do.
async fn rehearsed(app: &App, call: Call, upload: NewUpload) -> Result<Reply, Wrong> {
    let work = move |app: &App, link: &mut Link| {
        let id = upload.finish(link)?;
        if let Err(refused) = app.preview_upload(link, &call, id)? {
            return Ok::<_, Failure>(Err(refused));
        }
        Ok(Ok(app.preview_sheet(link, &call, id)?))
    };
    match app.run(Lane::Long, work).await? {
        Ok(sheet) => {
            let address = format!("{}/directory/files/{}", crate::BASE, sheet.id);
            Ok(Reply::json(feed::preview(&sheet)).at(address))
        }
        Err(refused) => Err(Wrong::Told(Kind::FileUnusable, refused.to_string())),
    }
}

fn one(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let sheet = app.preview_sheet(link, &asked.call(), asked.named("id")?)?;
    Ok(Reply::json(feed::preview(&sheet)))
}

fn take_in(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let id = app.import_upload(link, &asked.changing(), asked.named("id")?)?;
    let (sheet, questions) = app.import_sheet(link, &asked.call(), id)?;
    let address = format!("{}/directory/imports/{id}", crate::BASE);
    Ok(Reply::json(directory::import_page(&sheet, &questions)).at(address))
}
