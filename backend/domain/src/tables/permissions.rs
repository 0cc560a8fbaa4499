//! The permission tables as text: officers, parts of the system, system clients, holders.

use std::fmt::Write as _;

use strum::IntoEnumIterator;

use super::specimens as given;
use crate::access::{
    ClientFunction, Function, Grant, Loa, Role, SystemActor, client_grant, grant, permit,
    system_may,
};

/// Which role gives an officer which function, in the branch of the appointment.
#[must_use]
pub fn officers() -> String {
    let roles: Vec<Role> = Role::iter().collect();
    let names = roles.iter().map(<&str>::from);
    table("officer", names, |function| {
        let yes = |role: &Role| mark(grant(*role, function) == Grant::InBranch);
        roles.iter().map(yes).collect()
    })
}

/// Which part of the system may do what without a person.
#[must_use]
pub fn systems() -> String {
    let actors: Vec<SystemActor> = SystemActor::iter().collect();
    let names = actors.iter().map(<&str>::from);
    table("system", names, |function| {
        let yes = |actor: &SystemActor| mark(system_may(*actor, function));
        actors.iter().map(yes).collect()
    })
}

/// What a system client may do, by what it is registered for.
#[must_use]
pub fn clients() -> String {
    let registered: Vec<ClientFunction> = ClientFunction::iter().collect();
    let names = registered.iter().map(<&str>::from);
    table("client", names, |function| {
        let reach = |one: &ClientFunction| match client_grant(*one, function) {
            Grant::No => "-",
            Grant::InBranch => "in branch",
            Grant::Everywhere => "everywhere",
        };
        registered.iter().map(reach).collect()
    })
}

/// What holders may do to their own things, by the level of their log-in.
#[must_use]
pub fn holders() -> String {
    let levels: Vec<Loa> = Loa::iter().collect();
    let names = levels.iter().map(<&str>::from);
    table("holder", names, |function| {
        let subject = given::subject();
        let yes = |loa: &Loa| mark(permit(&given::holder(*loa), function, &subject).is_ok());
        levels.iter().map(yes).collect()
    })
}

fn mark(yes: bool) -> &'static str {
    if yes { "yes" } else { "-" }
}

fn table<'names>(
    title: &str,
    names: impl Iterator<Item = &'names str>,
    cells: impl Fn(Function) -> Vec<&'static str>,
) -> String {
    let names: Vec<&str> = names.collect();
    let mut text = format!("{title:<23}{}\n", names.join(" "));
    for function in Function::iter() {
        let mut line = format!("{:<23}", <&str>::from(function));
        for (name, cell) in names.iter().zip(cells(function)) {
            let _ = write!(line, "{cell:<width$} ", width = name.len());
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}
