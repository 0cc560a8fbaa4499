//! What can be ordered, where, and by whom.

use cards_app::{App, Failure, Link};
use cards_domain::access::{Function, Scope};

use crate::asked::Asked;
use crate::operation::{Content, Operation, Run, Subject, Success};
use crate::reply::{Reply, Wrong};
use crate::shapes::register;

const fn listed(name: &'static str) -> Success {
    Success {
        status: 200,
        meaning: "All of them.",
        content: Content::List(name),
    }
}

pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "products",
        path: "/products",
        subject: Subject::Registers,
        summary: "The products that can be ordered",
        run: Run::Officer(products),
        success: listed("Product"),
        ..Operation::READ
    },
    Operation {
        id: "offices",
        path: "/offices",
        subject: Subject::Registers,
        summary: "The card offices that have not closed for good",
        run: Run::Officer(offices),
        success: listed("Office"),
        ..Operation::READ
    },
    Operation {
        id: "organisations",
        path: "/organisations",
        subject: Subject::Registers,
        summary: "The organisations in the officer's scope, with what they decide for themselves",
        run: Run::Officer(organisations),
        success: listed("Organisation"),
        ..Operation::READ
    },
];

fn products(_: &App, link: &mut Link, _: &Asked) -> Result<Reply, Wrong> {
    let products = link.orderable_products()?;
    Ok(Reply::list(
        products.iter().map(register::product).collect(),
    ))
}

fn offices(_: &App, link: &mut Link, _: &Asked) -> Result<Reply, Wrong> {
    let offices = link.offices()?;
    Ok(Reply::list(offices.iter().map(register::office).collect()))
}

fn organisations(_: &App, link: &mut Link, asked: &Asked) -> Result<Reply, Wrong> {
    let scope = Scope::of(&asked.call().actor, Function::ViewPerson);
    let told = scope.organisations().iter().map(|id| {
        let sheet = link.organisation(*id)?.ok_or(Failure::NotFound)?;
        Ok(register::organisation(*id, &sheet))
    });
    Ok(Reply::list(told.collect::<Result<_, Wrong>>()?))
}
