//! Signatures: a text is asked for, the person logs in afresh at the identity provider with the
//! text's hash as nonce, and the provider's ID token is handed in. What was signed is done with
//! another request, which names the signature.

use actix_web::{HttpRequest, HttpResponse, web};
use cards_app::queries::CardPage;
use cards_app::sessions::NewSignature;
use cards_app::{App, Call, Channel, Failure, Link};
use cards_domain::access::Loa;
use cards_domain::card::CounterCheck;
use cards_domain::chip_code::VisitCheck;
use cards_domain::ids::CardId;
use cards_domain::receipt::TERMS_VERSION;
use cards_domain::refusal::Refusal;
use cards_http::api_person::{ActsAs, Caller, NoSignature, call_as, sign};
use cards_http::{LONGEST_WAIT, read_body};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{ID, my_changes, seen, signed};
use crate::answer::{judged, respond};
use crate::asked::{Asked, Sent};
use crate::kind::Kind;
use crate::operation::{Content, MOST_BYTES, Operation, Run, Subject, Success, Verb};
use crate::problem::Problem;
use crate::reply::{Reply, Wrong};
use crate::shapes::signature::{self, Purpose};

const ASKED: Success = Success {
    status: 201,
    meaning: "The whole text, and the nonce with which to log the person in.",
    content: Content::Json("SignatureRequest"),
};

/// Asking for a signature changes nothing, and one that is asked for twice is signed once.
const ASK: Operation = Operation {
    verb: Verb::Post,
    subject: Subject::Signatures,
    success: ASKED,
    refuses: true,
    problems: &[Kind::NotFound],
    ..Operation::READ
};

const HAND_IN: Operation = Operation {
    verb: Verb::Put,
    subject: Subject::Signatures,
    parameters: &[ID],
    body: Some(signature::handed_in),
    success: Success {
        status: 200,
        meaning: "It is signed, and can be used once within a quarter of an hour.",
        content: Content::Json("Signed"),
    },
    refuses: true,
    problems: &[
        Kind::SignatureGone,
        Kind::TokenNotForThis,
        Kind::SignedByAnother,
    ],
    ..Operation::READ
};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "askForSignature",
        path: "/signatures",
        summary: "Have a check at the counter judged, and get the text that the officer signs",
        run: Run::Officer(ask),
        body: Some(signature::wanted),
        ..ASK
    },
    Operation {
        id: "handInSignature",
        path: "/signatures/{id}",
        summary: "Hand in the ID token of the fresh log-in by which the officer signed",
        run: Run::Outside(ActsAs::Officer, |operation, request, payload| {
            Box::pin(hand_in(operation, request, payload))
        }),
        ..HAND_IN
    },
    Operation {
        id: "askForMySignature",
        path: "/me/signatures",
        summary: "Get the terms that the holder signs for a card",
        run: Run::Holder(ask_for_receipt),
        body: Some(signature::wanted_by_holder),
        ..ASK
    },
    Operation {
        id: "handInMySignature",
        path: "/me/signatures/{id}",
        summary: "Hand in the ID token of the fresh log-in by which the holder signed",
        run: Run::Outside(ActsAs::Holder, |operation, request, payload| {
            Box::pin(hand_in(operation, request, payload))
        }),
        ..HAND_IN
    },
];

/// What an officer is about to sign.
enum Wanted {
    Activation(CounterCheck),
    Unlock(VisitCheck),
    Paper(String),
}

fn ask(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let (mut body, now) = (asked.body(), link.now());
    let purpose = body.needed::<Purpose>("purpose");
    let card = body.id::<CardId>("card");
    let wanted = match purpose {
        Some(Purpose::Activation) => seen::counter(&mut body, now).map(Wanted::Activation),
        Some(Purpose::Unlock) => seen::visit(&mut body, now).map(Wanted::Unlock),
        Some(Purpose::PaperReceipt) => {
            let version = body.text("terms_version");
            version.map(|version| Wanted::Paper(version.to_owned()))
        }
        None => None,
    };
    let (card, wanted) = body.done(card.zip(wanted))?;
    let call = asked.call();
    let page = app.card_page_again(link, &call, card)?;
    let text = judge(app, link, asked, (&call, &page), &wanted)?;
    let purpose = match wanted {
        Wanted::Activation(_) => signed::ACTIVATION,
        Wanted::Unlock(_) => signed::UNLOCK,
        Wanted::Paper(_) => signed::PAPER,
    };
    let payload = asked.sent_body().clone();
    keep(link, asked, Channel::IdAdmin, (purpose, &text, payload))
}

/// The text, if what was seen to holds so far.
fn judge(
    app: &App,
    link: &mut Link,
    asked: &Asked,
    (call, page): (&Call, &CardPage),
    wanted: &Wanted,
) -> Result<String, Wrong> {
    let (texts, language) = asked.texts()?;
    let sheet = &page.card.sheet;
    match wanted {
        Wanted::Activation(check) => {
            app.examine_card(link, call, page, check)?;
            Ok(texts.activation(language, page, check))
        }
        Wanted::Unlock(check) => {
            let code = sheet.parts.pin_to_open();
            let code = code.ok_or_else(|| Wrong::Refused(sheet.card.stands()))?;
            let facts = app.code_facts(link, call, code)?;
            app.examine_unlock(link, call, (code, &facts), check)?;
            Ok(texts.unlock(language, page, check))
        }
        Wanted::Paper(version) => {
            let receipt = sheet.receipt;
            let receipt = receipt.ok_or_else(|| Wrong::Refused(sheet.card.stands()))?;
            let action = signed::paper(texts, page, version, (link.now(), None));
            app.may_register_paper(link, call, (page, receipt), &action)?;
            Ok(texts.paper(language, page, version))
        }
    }
}

fn keep(
    link: &mut Link,
    asked: &Asked,
    portal: Channel,
    (purpose, text, payload): (&str, &str, Value),
) -> Result<Reply, Wrong> {
    let new = NewSignature {
        person: asked.caller.person,
        portal,
        purpose,
        text,
        payload,
    };
    let request = link.request_signature(&new)?;
    let address = asked.below(&request.id.to_string());
    Ok(Reply::json(signature::request(&request)).at(address))
}

fn ask_for_receipt(app: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let mut body = asked.body();
    let card = body.id::<CardId>("card");
    let card = body.done(card)?;
    let page = app.receipt_page(link, &asked.call(), card)?;
    let receipt = page.receipt;
    let receipt = receipt.ok_or_else(|| Wrong::Refused(my_changes::nothing_to_sign(&page.card)))?;
    if asked.caller.loa < Loa::Loa3 {
        return Err(Wrong::Refused(Refusal::AssuranceTooLow));
    }
    let (texts, language) = asked.texts()?;
    let text = texts.receipt(language, &page.card);
    let payload = json!({ "card": card, "receipt": receipt, "terms_version": TERMS_VERSION });
    let wanted = (signed::RECEIPT, text.as_str(), payload);
    keep(link, asked, Channel::MinaSidor, wanted)
}

async fn hand_in(
    operation: &'static Operation,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let role = operation.acts_as();
    let id: Option<Uuid> = request.match_info().query("id").parse().ok();
    let known = call_as(&request, (role, false), |_, _, caller: &Caller| {
        Ok::<_, Failure>(Ok::<_, Wrong>(caller.clone()))
    });
    let caller = judged(known.await, &request)?;
    let body = read_body(payload, MOST_BYTES, LONGEST_WAIT).await;
    let token = Sent::read(operation, &request, body).and_then(|sent| {
        let asked = sent.by(caller);
        let mut body = asked.body();
        let token = body.text("id_token").map(str::to_owned);
        body.done(token)
    });
    let token = token.map_err(|wrong| Problem::of_wrong(wrong, &request))?;
    let id = id.ok_or_else(|| Problem::new(Kind::SignatureGone, &request))?;
    match sign(&request, role, id, &token).await {
        Ok(()) => {
            let told = json!({ "id": id, "signed": true });
            Ok(respond(operation, Reply::json(told)))
        }
        Err(NoSignature::Caller(why)) => Err(Problem::of_caller(why, &request)),
        Err(NoSignature::Gone) => Err(Problem::new(Kind::SignatureGone, &request)),
        Err(NoSignature::BadToken) => Err(Problem::new(Kind::TokenNotForThis, &request)),
        Err(NoSignature::ByAnother) => Err(Problem::new(Kind::SignedByAnother, &request)),
        Err(NoSignature::LevelTooLow) => {
            let wrong = Wrong::Refused(Refusal::AssuranceTooLow);
            Err(Problem::of_wrong(wrong, &request))
        }
    }
}
