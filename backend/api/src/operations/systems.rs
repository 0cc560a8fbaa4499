//! For other systems, which are registered and do no identity acts.

use crate::kind::Kind;
use crate::operation::{Content, Operation, Parameter, Place, Run, Subject, Success, Verb};
use crate::schema::text_like;
use crate::{card_status, token};

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: token::ID,
        verb: Verb::Post,
        path: "/token",
        subject: Subject::Systems,
        summary: "Get an access token for ten minutes",
        run: Run::Anybody(|request, body| Box::pin(token::post(request, body))),
        success: Success {
            status: 200,
            meaning: "A token.",
            content: Content::Json("Token"),
        },
        ..Operation::READ
    },
    Operation {
        id: "cardStatus",
        path: "/card-status/{number}",
        subject: Subject::Systems,
        summary: "Whether a card is valid now; nothing about its holder",
        run: Run::Client(|request, _| Box::pin(card_status::get(request))),
        parameters: &[Parameter {
            name: "number",
            place: Place::Path,
            meaning: "The number on the card, without spaces.",
            schema: || text_like("^[0-9]{9,20}$"),
        }],
        success: Success {
            status: 200,
            meaning: "Valid or not.",
            content: Content::Json("CardStatus"),
        },
        problems: &[Kind::InvalidCardNumber, Kind::UnknownCard],
        ..Operation::READ
    },
];
