//! The card task as a table: that of one kind, and the others where they differ.

use chrono::Duration;
use uuid::Uuid;

use super::specimens::{self as given, at, day};
use super::{Tabled, Trial, card, chip_code};
use crate::access::{Actor, Loa};
use crate::card::{Card, CardStageName};
use crate::card_task::{
    CODE_WAITS, CardTask, CardTaskAction, CardTaskFacts, Hashed, LONGEST, MOST_ANSWERS, Renewal,
    TaskCause, TaskCodes, TaskKind, TaskOwner, TaskSide, TaskStage,
};
use crate::certificate::{Certificate, CertificateStage, Usage};
use crate::chip_code::{ChipCode, CodeStage};
use crate::ids::{CardId, CardTaskId, CertificateId};
use crate::values::ProductNumber;

const CODE: [u8; 32] = [1; 32];
const SECRET: [u8; 32] = [3; 32];

impl Tabled for CardTask {
    const FIRST: &'static [TaskStage] = &[TaskStage::Offered];

    fn specimen(stage: TaskStage) -> Self {
        Self {
            id: CardTaskId(Uuid::from_u128(100)),
            card: CardId(Uuid::from_u128(50)),
            person: given::HOLDER,
            kind: TaskKind::FetchSigning,
            owner: TaskOwner {
                person: given::HOLDER,
                side: TaskSide::Holder,
                loa: Loa::Loa3,
            },
            language: "sv".to_owned(),
            pair: None,
            text: None,
            check: None,
            challenge: [9; 32],
            codes: (stage == TaskStage::Offered).then(codes),
            secret: (stage != TaskStage::Offered).then_some(Hashed(SECRET)),
            client: None,
            offered_at: given::now(),
            expires_at: given::now() + LONGEST,
            proved_at: None,
            proved_with: None,
            answers: 0,
            cause: None,
            stage,
            since: given::now(),
            version: 1,
        }
    }

    fn trials() -> Vec<Trial<Self>> {
        let mut trials = fetched();
        trials.extend(done_with_the_card());
        trials.extend(finished());
        trials.extend(offered_again());
        trials.extend(the_end());
        trials
    }
}

fn codes() -> TaskCodes {
    TaskCodes {
        code: CODE,
        token: [2; 32],
        until: given::now() + CODE_WAITS,
    }
}

/// An active card of the kind whose code is chosen, with a certificate to log in with.
fn facts() -> CardTaskFacts {
    let seven = ProductNumber::parse("743").ok();
    let certificate = |usage| Certificate {
        usage,
        ..<Certificate as Tabled>::specimen(CertificateStage::Active)
    };
    CardTaskFacts {
        card: Card {
            product_number: seven,
            ..<Card as Tabled>::specimen(CardStageName::Active)
        },
        about_card: card::facts(),
        code: Some((
            <ChipCode as Tabled>::specimen(CodeStage::Ok),
            chip_code::facts(),
        )),
        signing_code: None,
        certificates: vec![certificate(Usage::Authentication)],
        registered: false,
    }
}

fn with_all() -> CardTaskFacts {
    let mut facts = facts();
    let signing = facts.certificates.first().cloned().map(|one| Certificate {
        usage: Usage::Signature,
        ..one
    });
    facts.certificates.extend(signing);
    facts
}

fn revoked() -> CardTaskFacts {
    CardTaskFacts {
        card: <Card as Tabled>::specimen(CardStageName::Revoked),
        ..facts()
    }
}

fn trial(action: CardTaskAction) -> Trial<CardTask> {
    Trial::new(given::holder(Loa::Loa3), action, facts())
}

fn by(by: Actor, action: CardTaskAction) -> Trial<CardTask> {
    Trial::new(by, action, facts())
}

fn proved(task: CardTask) -> CardTask {
    CardTask {
        proved_at: Some(given::now()),
        proved_with: Some(CertificateId(Uuid::from_u128(90))),
        ..task
    }
}

fn of_the_counter(task: CardTask) -> CardTask {
    CardTask {
        kind: TaskKind::ChooseCode,
        ..task
    }
}

fn overdue() -> chrono::DateTime<chrono::Utc> {
    given::now() + LONGEST
}

fn fetched() -> Vec<Trial<CardTask>> {
    let fetch = |with| CardTaskAction::Fetch {
        with: Hashed(with),
        secret: Hashed(SECRET),
        client: "kortklient 0.1.0".to_owned(),
    };
    vec![
        trial(fetch(CODE)).when("with the code"),
        trial(fetch([2; 32])).when("with the token"),
        trial(fetch([7; 32])).when("with another code"),
        trial(fetch(CODE))
            .when("a second before the code is too old")
            .at(given::now() + CODE_WAITS - Duration::seconds(1)),
        trial(fetch(CODE))
            .when("when the code is too old")
            .at(given::now() + CODE_WAITS),
        by(given::holder(Loa::Loa2), fetch(CODE)).when("at level 2"),
        by(given::admin(), fetch(CODE)).when("in an officer's name"),
    ]
}

fn done_with_the_card() -> Vec<Trial<CardTask>> {
    let prove = || CardTaskAction::Prove {
        certificate: CertificateId(Uuid::from_u128(90)),
    };
    let another = CardTaskFacts {
        card: Card {
            product_number: ProductNumber::parse("641").ok(),
            ..facts().card
        },
        ..facts()
    };
    let answer = || CardTaskAction::AnswerChip;
    vec![
        trial(prove()),
        trial(prove()).when("too late").at(overdue()),
        by(given::admin(), prove())
            .when("at the counter")
            .on(of_the_counter),
        trial(answer()).when("for certificates"),
        trial(answer()).when("for certificates, proved").on(proved),
        by(given::admin(), answer())
            .when("at the counter")
            .on(of_the_counter),
        by(given::admin(), answer())
            .when("at the counter, too often")
            .on(|task| CardTask {
                answers: MOST_ANSWERS,
                ..of_the_counter(task)
            }),
        Trial::new(given::admin(), answer(), another)
            .when("at the counter, product 641")
            .on(of_the_counter),
    ]
}

fn finished() -> Vec<Trial<CardTask>> {
    let finish = || CardTaskAction::Finish;
    let all = || Trial::new(given::holder(Loa::Loa3), finish(), with_all());
    vec![
        trial(finish()).when("with certificates lacking").on(proved),
        all().when("with all certificates, unproved"),
        all().when("with all certificates").on(proved),
        trial(finish()).when("of a test").on(|task| CardTask {
            kind: TaskKind::TestCard,
            ..task
        }),
        by(given::admin(), finish())
            .when("at the counter")
            .on(of_the_counter),
    ]
}

fn offered_again() -> Vec<Trial<CardTask>> {
    let renew = || {
        CardTaskAction::Renew(Box::new(Renewal {
            language: "sv".to_owned(),
            pair: None,
            text: None,
            check: None,
            challenge: [8; 32],
            codes: codes(),
        }))
    };
    let holder = || given::holder(Loa::Loa3);
    vec![
        trial(renew()),
        trial(renew()).when("too late").at(overdue()),
        by(given::holder(Loa::Loa2), renew()).when("at level 2"),
        by(given::admin(), renew()).when("by an officer"),
        Trial::new(holder(), renew(), with_all()).when("with nothing lacking"),
        Trial::new(holder(), renew(), revoked()).when("of a revoked card"),
    ]
}

fn the_end() -> Vec<Trial<CardTask>> {
    let cause = TaskCause::parse("K203").ok();
    let given_up = cause.map(|cause| trial(CardTaskAction::GiveUp { cause }));
    let mut trials: Vec<_> = given_up.into_iter().collect();
    trials.extend([
        trial(CardTaskAction::Cancel),
        by(given::servicedesk(), CardTaskAction::Cancel).when("by the servicedesk"),
        trial(CardTaskAction::Cancel).when("too late").at(overdue()),
        by(given::scheduler(), CardTaskAction::Lapse)
            .when("a second before its time")
            .at(overdue() - Duration::seconds(1)),
        by(given::scheduler(), CardTaskAction::Lapse)
            .when("when its time is over")
            .at(overdue()),
        by(given::scheduler(), CardTaskAction::Lapse)
            .when("days later")
            .at(at(day(2026, 11, 9))),
        by(given::ledger(), CardTaskAction::EndWithCard),
    ]);
    trials
}
