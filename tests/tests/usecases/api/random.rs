//! Random calls, driven by the document that is served: nothing breaks, and nothing is answered that
//! the document does not describe. The same calls every time.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use cards_acceptance::site::Site;
use cards_domain::delivery::DeliveryMethod;
use reqwest::Method;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::kit::{Answer, Program, Sent};
use super::schema::misfits;
use super::{ANDERS, KARIN, MAJA};

/// Calls of each operation.
const CALLS: u32 = 14;
/// Texts that somebody may send by accident or on purpose.
const ODD: [&str; 8] = [
    "",
    "x",
    "0000",
    "9752269000000001",
    "2026-11-22",
    "' OR 1=1 --",
    "\u{202e}åäö\u{0}",
    "00000000-0000-0000-0000-000000000000",
];

/// A generator that gives the same numbers in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(sides).unwrap()).unwrap()
    }

    /// Once in so many times.
    fn once_in(&mut self, times: usize) -> bool {
        self.roll(times) == 0
    }

    fn one_of<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }

    fn uuid(&mut self) -> Uuid {
        Uuid::from_u64_pair(
            u64::try_from(self.roll(usize::MAX)).unwrap(),
            u64::try_from(self.roll(usize::MAX)).unwrap(),
        )
    }
}

/// Ids of things by what they are called in paths and bodies.
struct Ids(BTreeMap<&'static str, Vec<String>>);

impl Ids {
    /// One that fits the name mostly; else one of anything, or of nothing.
    fn one(&self, dice: &mut Dice, name: &str) -> String {
        let own = self.0.get(name).filter(|_| !dice.once_in(6));
        if let Some(own) = own {
            return dice.one_of(own).clone();
        }
        let all: Vec<&String> = self.0.values().flatten().collect();
        (*dice.one_of(&all)).clone()
    }
}

/// A value for a schema; now and then one that it does not allow.
fn value(dice: &mut Dice, schema: &Value, (ids, name): (&Ids, &str)) -> Value {
    if dice.once_in(14) {
        let odd = [json!(null), json!(7), json!([]), json!({}), json!(true)];
        return dice.one_of(&odd).clone();
    }
    if let Some(ways) = schema["anyOf"].as_array() {
        let way = dice.one_of(ways).clone();
        return value(dice, &way, (ids, name));
    }
    if let Some(words) = schema["enum"].as_array() {
        return dice.one_of(words).clone();
    }
    if let Some(only) = schema.get("const") {
        return only.clone();
    }
    match schema["type"].as_str() {
        Some("object") => json!(object(dice, schema, ids)),
        Some("array") => {
            let length = dice.roll(8);
            let items = (0..length).map(|_| value(dice, &schema["items"], (ids, name)));
            items.collect()
        }
        Some("boolean") => json!(!dice.once_in(4)),
        Some("integer") => json!(dice.roll(300)),
        Some("null") => Value::Null,
        _ if schema["format"] == "uuid" => json!(ids.one(dice, name)),
        _ if schema["format"] == "date" => json!("2026-11-20"),
        _ if schema["pattern"] == "^[0-9]{4}$" => json!(format!("{:04}", dice.roll(10_000))),
        _ => json!(dice.one_of(&ODD)),
    }
}

fn object(dice: &mut Dice, schema: &Value, ids: &Ids) -> Map<String, Value> {
    let mut members = Map::new();
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        if !dice.once_in(12) {
            let made = value(dice, member, (ids, name));
            members.insert(name.clone(), made);
        }
    }
    if dice.once_in(10) {
        members.insert("more".to_owned(), json!("than asked for"));
    }
    members
}

/// A call as it is sent.
struct Call {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<(String, Vec<u8>)>,
}

impl Call {
    /// Means a change mostly for the version that is.
    fn aim(&mut self, dice: &mut Dice, program: &Program<'_>) {
        for (name, value) in &mut self.headers {
            if name == "If-Match" && !dice.once_in(3) {
                let read = program.get(&read_of(&self.path));
                read.header("etag").clone_into(value);
            }
        }
    }

    fn send(&self, program: &Program<'_>) -> Answer {
        let headers = self.headers.iter();
        let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
        let headers: Vec<(&str, &str)> = headers.collect();
        let body = match &self.body {
            Some((kind, bytes)) => Sent::Bytes(kind, bytes),
            None => Sent::Nothing,
        };
        program.call(self.method.clone(), &self.path, &headers, body)
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sent = self.body.as_ref();
        let sent = sent.map(|(_, bytes)| String::from_utf8_lossy(bytes));
        write!(f, "{} {} {sent:?}", self.method, self.path)
    }
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

fn call(dice: &mut Dice, path: &str, method: &str, described: &Value, ids: &Ids) -> Call {
    let mut made = Call {
        method: method.to_uppercase().parse().unwrap(),
        path: path.trim_start_matches("/api/v1").to_owned(),
        headers: Vec::new(),
        body: None,
    };
    let mut query = Vec::new();
    for one in described["parameters"].as_array().into_iter().flatten() {
        let (name, schema) = (one["name"].as_str().unwrap(), &one["schema"]);
        let of = if name == "id" { thing(path) } else { name };
        let text = match value(dice, schema, (ids, of)) {
            Value::String(text) => text,
            other => other.to_string(),
        };
        match one["in"].as_str().unwrap() {
            // An empty name is another address.
            "path" if text.is_empty() || text.contains(['/', '\0']) => {
                made.path = made.path.replace(&format!("{{{name}}}"), "x");
            }
            "path" => made.path = made.path.replace(&format!("{{{name}}}"), &encoded(&text)),
            "query" if dice.once_in(5) => {}
            "query" => query.push(format!("{name}={}", encoded(&text))),
            _ if dice.once_in(8) => {}
            _ if name == "If-Match" => {
                let version = dice.roll(6);
                made.headers
                    .push((name.to_owned(), format!("\"{version}\"")));
            }
            _ => {
                let key = dice.uuid().to_string();
                made.headers.push((name.to_owned(), key));
            }
        }
    }
    if !query.is_empty() {
        made.path = format!("{}?{}", made.path, query.join("&"));
    }
    made.body = body(dice, described, ids);
    made
}

/// What the id in a path is of.
fn thing(path: &str) -> &str {
    let mut parts = path.split('/').skip_while(|part| *part != "{id}");
    let before = path
        .split("/{id}")
        .next()
        .and_then(|text| text.rsplit('/').next());
    parts.next().and(before).unwrap_or_default()
}

/// The thing that a change is of, as it is read.
fn read_of(path: &str) -> String {
    let parts: Vec<&str> = path
        .split('?')
        .next()
        .unwrap_or_default()
        .split('/')
        .collect();
    let most = match parts.get(3) {
        _ if matches!(parts.get(1), Some(&"me" | &"directory")) => 4,
        Some(&"photos") if parts.len() > 5 => 5,
        _ => 3,
    };
    parts[..most.min(parts.len())].join("/")
}

fn body(dice: &mut Dice, described: &Value, ids: &Ids) -> Option<(String, Vec<u8>)> {
    let kinds = described.pointer("/requestBody/content")?.as_object()?;
    let (kind, content) = kinds.iter().next()?;
    let made = value(dice, &content["schema"], (ids, ""));
    let bytes = match kind.as_str() {
        "application/x-www-form-urlencoded" => {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            for (name, value) in made.as_object().into_iter().flatten() {
                form.append_pair(name, value.as_str().unwrap_or("x"));
            }
            form.finish().into_bytes()
        }
        "image/jpeg" => vec![0xff, 0xd8, 0xff, 0xe0, 0, 1],
        _ if dice.once_in(12) => b"{\"half\":".to_vec(),
        _ => made.to_string().into_bytes(),
    };
    let kind = if dice.once_in(15) { "text/plain" } else { kind };
    Some((kind.to_owned(), bytes))
}

/// What the document lets it answer; an empty list where that is so.
fn undescribed(document: &Value, described: &Value, answer: &Answer) -> Vec<String> {
    let status = answer.status.to_string();
    let Some(response) = described["responses"].get(&status) else {
        return vec![format!("status {status} is not described")];
    };
    let kind = answer.header("content-type");
    let kind = kind.split(';').next().unwrap_or_default();
    let Some(content) = response["content"].get(kind) else {
        return vec![format!("{status} as {kind} is not described")];
    };
    if kind == "image/jpeg" {
        return Vec::new();
    }
    misfits(document, &content["schema"], &answer.json, "")
}

/// Things of every kind, and nothing.
fn ids(site: &Site) -> Ids {
    let world = &site.world;
    let active = world.active_card(&world.maja());
    let (second, third) = ("SE2399000013-1010", "SE2399000013-1011");
    let sent = world.sent_card(&world.person(second), DeliveryMethod::APost);
    let ordered = world.order(&world.person(third), DeliveryMethod::Rek);
    let request = world.order_request(&world.maja(), DeliveryMethod::APost);
    let karin = Program::of(site, KARIN);
    let told = json!({ "reason": "lost", "reporter": "unverified_caller",
        "last_four": sent.number.as_ref().unwrap().last_four() });
    let tag = karin.get(&format!("/cards/{}", sent.id));
    let path = format!("/cards/{}/revocations", sent.id);
    let case = karin.change(&path, tag.header("etag"), &told);
    assert_eq!(case.status, 201, "{case:?}");
    let case = case.json["id"].as_str().unwrap().to_owned();
    let cards = vec![active.id.to_string(), sent.id.to_string()];
    let persons = vec![active.person.to_string(), sent.person.to_string()];
    let orders = vec![active.order.to_string(), ordered.id.to_string()];
    Ids(BTreeMap::from([
        ("card", cards.clone()),
        ("cards", cards),
        ("person", persons.clone()),
        ("persons", persons),
        ("orders", orders),
        ("revocations", vec![case]),
        ("organisation", vec![request.organisation.to_string()]),
        ("product", vec![request.product.to_string()]),
        ("office", vec![request.office.to_string()]),
        ("nothing", vec![Uuid::nil().to_string(), "no-id".to_owned()]),
    ]))
}

/// Who calls: mostly somebody for whom the operation is.
fn caller<'a, 'b>(
    dice: &mut Dice,
    programs: &'a [(&'a str, Program<'b>)],
    described: &Value,
) -> &'a (&'a str, Program<'b>) {
    let fits = match described["x-acts-as"].as_str() {
        Some("holder") => "Maja",
        _ => "Karin",
    };
    let fitting = programs.iter().find(|(who, _)| *who == fits);
    match fitting {
        Some(one) if !dice.once_in(3) => one,
        _ => dice.one_of(programs),
    }
}

#[test]
fn random_calls_find_nothing_broken_and_nothing_that_the_document_does_not_describe() {
    let mut site = Site::start();
    site.world.may_leave_errands = true;
    let ids = ids(&site);
    let document = Program::with(&site, "").follow("/api/openapi.json").json;
    let programs = [
        ("nobody", Program::with(&site, "")),
        ("a stranger", Program::with(&site, "eyJ.eyJ.x")),
        ("Karin", Program::of(&site, KARIN)),
        ("Anders", Program::of(&site, ANDERS)),
        ("Farid", Program::of(&site, "SE2399000013-1006")),
        ("Maja", Program::of(&site, MAJA)),
        ("Karin on level 2", Program::at_level(&site, KARIN, "loa2")),
    ];
    let mut dice = Dice(2026);
    let (mut wrong, mut answered) = (Vec::new(), BTreeMap::<u16, u32>::new());
    let mut succeeded = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, described) in item.as_object().unwrap() {
            if !path.starts_with("/api/v1") {
                continue;
            }
            for _ in 0..CALLS {
                let (who, program) = caller(&mut dice, &programs, described);
                let mut call = call(&mut dice, path, method, described, &ids);
                call.aim(&mut dice, program);
                let answer = call.send(program);
                *answered.entry(answer.status).or_default() += 1;
                if answer.status < 300 {
                    succeeded.insert(described["operationId"].to_string());
                }
                let faults = undescribed(&document, described, &answer);
                if answer.status >= 500 || !faults.is_empty() {
                    wrong.push(format!("{who}: {call}: {faults:?}: {answer:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The calls have gone where they should: inside, not only to the door.
    assert!(answered.values().sum::<u32>() > 500, "{answered:?}");
    assert!(succeeded.len() > 25, "{answered:?} {succeeded:?}");
    for status in [200, 201, 400, 401, 403, 404, 409, 412, 415, 422, 428] {
        assert!(answered.contains_key(&status), "{status}: {answered:?}");
    }
}
