//! Reads the Fluent files and generates the methods of `Text`.
//!
//! Swedish decides: its files give the messages, their variables and the order of these; the
//! English files must have exactly the same. Common texts stand in `sv.ftl` and `en.ftl`; a
//! part of the portals may have its own pair, `<part>.sv.ftl` and `<part>.en.ftl`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};

use crate::{methods, read, write};

/// A variable of a message: its name, and whether some selector chooses by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Name without the dollar sign.
    pub name: String,
    /// True when a selector uses it: then it is a number, an `i64`.
    pub is_number: bool,
}

/// A message of the Swedish files.
#[derive(Clone, Debug)]
pub struct Message {
    /// Identifier as in the file, with hyphens.
    pub id: String,
    /// Variables in the order of first appearance.
    pub variables: Vec<Variable>,
    /// The Swedish text on one line, for the documentation of the method.
    pub sample: String,
}

/// Generates `text_methods.rs`, `sv.ftl` and `en.ftl` into `out`.
pub fn generate(folder: &Path, out: &Path) -> Result<(), String> {
    let swedish = joined(folder, "sv")?;
    let english = joined(folder, "en")?;
    let sv = messages("sv", &swedish)?;
    let en = messages("en", &english)?;
    compare(&sv, &en)?;
    write(&out.join("sv.ftl"), &swedish)?;
    write(&out.join("en.ftl"), &english)?;
    write(&out.join("text_methods.rs"), methods::source(&sv)?)
}

fn joined(folder: &Path, language: &str) -> Result<String, String> {
    let common = format!("{language}.ftl");
    let part = format!(".{language}.ftl");
    let entries =
        std::fs::read_dir(folder).map_err(|e| format!("cannot list {}: {e}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
            name.is_some_and(|n| n == common || n.ends_with(&part))
        })
        .collect();
    files.sort_by_key(|path| (path.file_name() != Some(common.as_ref()), path.clone()));
    let texts: Result<Vec<String>, String> = files.iter().map(|file| read(file)).collect();
    Ok(texts?.join("\n"))
}

fn messages(language: &str, source: &str) -> Result<Vec<Message>, String> {
    let resource: Resource<&str> =
        fluent_syntax::parser::parse(source).map_err(|(_, errors)| {
            let first = errors.first();
            let at = first
                .and_then(|e| source.get(..e.pos.start))
                .unwrap_or_default();
            let line = at.lines().count().max(1);
            let near = source
                .lines()
                .nth(line.saturating_sub(1))
                .unwrap_or_default();
            format!("the {language} texts have a fault near `{near}`: {first:?}")
        })?;
    let mut found: Vec<Message> = Vec::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let Some(pattern) = &message.value else {
            continue;
        };
        let id = message.id.name.to_owned();
        if found.iter().any(|m| m.id == id) {
            return Err(format!(
                "the {language} texts have the message `{id}` twice"
            ));
        }
        let mut variables = Vec::new();
        collect(pattern, &mut variables);
        found.push(Message {
            id,
            variables,
            sample: sample(pattern),
        });
    }
    Ok(found)
}

fn collect(pattern: &Pattern<&str>, variables: &mut Vec<Variable>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect_expression(expression, variables);
        }
    }
}

fn collect_expression(expression: &Expression<&str>, variables: &mut Vec<Variable>) {
    match expression {
        Expression::Inline(inline) => collect_inline(inline, false, variables),
        Expression::Select { selector, variants } => {
            collect_inline(selector, true, variables);
            for variant in variants {
                collect(&variant.value, variables);
            }
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, number: bool, variables: &mut Vec<Variable>) {
    match inline {
        InlineExpression::VariableReference { id } => note(id.name, number, variables),
        InlineExpression::Placeable { expression } => collect_expression(expression, variables),
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                collect_inline(argument, number, variables);
            }
        }
        _ => {}
    }
}

fn note(name: &str, is_number: bool, variables: &mut Vec<Variable>) {
    match variables.iter_mut().find(|v| v.name == name) {
        Some(known) => known.is_number |= is_number,
        None => variables.push(Variable {
            name: name.to_owned(),
            is_number,
        }),
    }
}

fn sample(pattern: &Pattern<&str>) -> String {
    let parts: Vec<&str> = pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => *value,
            PatternElement::Placeable { .. } => "…",
        })
        .collect();
    parts
        .concat()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn compare(sv: &[Message], en: &[Message]) -> Result<(), String> {
    let by_id = |all: &[Message]| -> BTreeMap<String, Vec<Variable>> {
        let sorted = |m: &Message| {
            let mut variables = m.variables.clone();
            variables.sort_by(|a, b| a.name.cmp(&b.name));
            variables
        };
        all.iter().map(|m| (m.id.clone(), sorted(m))).collect()
    };
    let (sv, en) = (by_id(sv), by_id(en));
    if let Some(id) = sv.keys().find(|id| !en.contains_key(*id)) {
        return Err(format!(
            "the text `{id}` exists in Swedish only: add it to the English file"
        ));
    }
    if let Some(id) = en.keys().find(|id| !sv.contains_key(*id)) {
        return Err(format!(
            "the text `{id}` exists in English only: add it to the Swedish file"
        ));
    }
    for (id, variables) in &sv {
        if en.get(id) != Some(variables) {
            return Err(format!(
                "the text `{id}` has other variables in English than in Swedish (a selector in \
                 one language needs a selector in both)"
            ));
        }
    }
    Ok(())
}
