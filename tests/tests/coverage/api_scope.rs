//! The API for every role, with a token: what is out of scope answers exactly like what does not
//! exist, whatever is asked to be done with it.

use cards_acceptance::site::Site;
use cards_api::{Operation, Verb, operations};
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::cast::{Cast, Things};

/// A program of one person.
struct Program<'a> {
    site: &'a Site,
    runtime: Runtime,
    client: reqwest::Client,
    token: String,
}

impl<'a> Program<'a> {
    fn of(site: &'a Site, who: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let client = reqwest::Client::new();
        let form = [
            ("grant_type", "urn:kortkontor:demonstration"),
            ("vem", who),
            ("niva", "loa3"),
        ];
        let asked = client.post(format!("{}/demo/idp/token", site.url));
        let given: Value = runtime.block_on(async {
            let response = asked.form(&form).send().await.unwrap();
            serde_json::from_str(&response.text().await.unwrap()).unwrap()
        });
        let token = given["access_token"].as_str().unwrap().to_owned();
        Self {
            site,
            runtime,
            client,
            token,
        }
    }

    /// Does the operation to the thing; a change is meant for a version that never was, so that
    /// nothing is changed where the thing is in scope.
    fn ask(&self, operation: &Operation, things: &Things) -> (u16, Value) {
        let address = format!("{}{}", self.site.url, path(operation, things));
        let request = match operation.verb {
            Verb::Get => self.client.get(address),
            Verb::Post => self.client.post(address),
            Verb::Put => self.client.put(address),
        };
        let mut request = request.bearer_auth(&self.token);
        if operation.verb != Verb::Get {
            let key = self.site.world.link().new_id().to_string();
            request = request.header("idempotency-key", key);
            request = request.header("if-match", "\"0\"");
        }
        if let Some(schema) = operation.body {
            request = request.json(&filled(&schema()));
        }
        self.runtime.block_on(async {
            let response = request.send().await.unwrap();
            let status = response.status().as_u16();
            let text = response.bytes().await.unwrap();
            let mut told: Value = serde_json::from_slice(&text).unwrap_or_default();
            if let Some(members) = told.as_object_mut() {
                members.remove("correlation");
            }
            (status, told)
        })
    }
}

fn path(operation: &Operation, things: &Things) -> String {
    let id = match operation.path {
        path if path.contains("persons/") => &things.person,
        path if path.contains("orders/") => &things.order,
        path if path.contains("revocations/{") => &things.case,
        _ => &things.card,
    };
    let path = operation.full_path().replace("{id}", id);
    path.replace("{photo}", &Uuid::nil().to_string())
}

/// A body that can be read.
fn filled(schema: &Value) -> Value {
    if let Some(words) = schema["enum"].as_array() {
        return words[0].clone();
    }
    if let Some(ways) = schema["anyOf"].as_array() {
        return filled(&ways[0]);
    }
    match schema["type"].as_str() {
        Some("object") => {
            let members = schema["properties"].as_object().into_iter().flatten();
            let members = members.map(|(name, member)| (name.clone(), filled(member)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        Some("array") => json!([filled(&schema["items"])]),
        Some("boolean") => json!(true),
        _ if schema["format"] == "uuid" => json!(Uuid::nil()),
        _ if schema["format"] == "date" => json!("2030-01-07"),
        _ if schema["pattern"] == "^[0-9]{4}$" => json!("0000"),
        _ => json!("9752269000000001"),
    }
}

/// Operations about a thing that the cast has.
fn of_things() -> impl Iterator<Item = &'static Operation> {
    const OWN: [&str; 5] = [
        "/signatures/",
        "/puk-letters/{",
        "/stops/",
        "/errands/",
        "/directory/",
    ];
    let about = |one: &&Operation| {
        one.path.contains("{id}") && !OWN.iter().any(|own| one.path.contains(own))
    };
    operations()
        .filter(|one| one.is_for_persons())
        .filter(about)
}

#[test]
fn what_is_out_of_scope_answers_every_program_exactly_like_what_does_not_exist() {
    let cast = Cast::assemble();
    let unknown = Things::unknown();
    let (mut compared, mut in_scope, mut told_apart) = (0, 0, Vec::new());
    for (role, who) in [
        ("holder", "SE2399000013-1011"),
        ("id_admin", "SE2399000013-1001"),
        ("servicedesk", "SE2399000013-1006"),
        ("deputy", "SE2399000013-1005"),
        ("responsible", "SE2399000013-1004"),
        ("auditor", "SE2399000013-1007"),
    ] {
        let program = Program::of(&cast.site, who);
        for operation in of_things() {
            let none = program.ask(operation, &unknown);
            assert!(none.0 < 500, "{role} {}: {none:?}", operation.id);
            for things in [&cast.protected, &cast.elsewhere] {
                let there = program.ask(operation, things);
                compared += 1;
                if there != none {
                    told_apart.push(format!(
                        "{role} {} ({}): {there:?}, unknown {none:?}",
                        operation.id, things.name
                    ));
                }
            }
            let known = program.ask(operation, &cast.posted);
            in_scope += i32::from(matches!(known.0, 200 | 412));
        }
    }
    assert!(told_apart.is_empty(), "{}", told_apart.join("\n"));
    assert!(compared > 300, "{compared} comparisons");
    assert!(in_scope > 60, "only {in_scope} were let in at all");
    cast.site.world.work();
}
