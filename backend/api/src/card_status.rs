//! `GET /api/v1/card-status/{number}`.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse};
use cards_app::Failure;
use cards_domain::card::Validity;
use cards_domain::values::CardNumber;
use cards_http::api_token::{NoClient, ask};
use chrono::SecondsFormat;
use serde_json::{Value, json};

use crate::kind::Kind;
use crate::problem::Problem;

/// Whether the card is valid, and nothing else.
///
/// # Errors
/// Whoever asks is not known or not registered for it, or there is no such card.
pub(crate) async fn get(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let number = CardNumber::parse(request.match_info().query("number")).ok();
    let asked = number.clone();
    // Whoever is not known is not told whether the number could be one.
    let told = ask(&request, move |app, link, call| match &asked {
        Some(number) => app.card_status(link, call, number).map(Some),
        None => Ok(None),
    })
    .await
    .map_err(|why| problem(why, &request))?;
    let (Some(number), Some(told)) = (number, told) else {
        return Err(Problem::new(Kind::InvalidCardNumber, &request));
    };
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(answer(&number, told)))
}

fn problem(why: NoClient, request: &HttpRequest) -> Problem {
    match why {
        NoClient::Failed(Failure::NotFound) => Problem::new(Kind::UnknownCard, request),
        other => Problem::of(other, request),
    }
}

fn answer(number: &CardNumber, told: Validity) -> Value {
    match told {
        Validity::Valid => json!({ "card": number.as_str(), "status": "valid" }),
        Validity::NotValid { since } => json!({
            "card": number.as_str(),
            "status": "not_valid",
            "since": since.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_the_number_the_status_and_at_most_a_moment() {
        let number = CardNumber::parse("9752 2690 0000 0001").unwrap();
        let since = "2030-01-07T07:00:00.123456Z".parse().ok();
        let told = |validity| answer(&number, validity).to_string();
        assert_eq!(
            told(Validity::Valid),
            r#"{"card":"9752269000000001","status":"valid"}"#
        );
        assert_eq!(
            told(Validity::NotValid { since }),
            r#"{"card":"9752269000000001","since":"2030-01-07T07:00:00Z","status":"not_valid"}"#
        );
        assert_eq!(
            told(Validity::NotValid { since: None }),
            r#"{"card":"9752269000000001","since":null,"status":"not_valid"}"#
        );
    }
}
