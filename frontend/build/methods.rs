//! Writes the Rust source of the typed methods, one per message.

use std::fmt::Write as _;

use crate::texts::Message;

/// Names that cannot be methods, because Rust or `Text` itself has them.
const TAKEN: [&str; 12] = [
    "as", "fn", "for", "in", "match", "move", "type", "use", "where", "of", "lang", "format",
];

/// The whole `impl Text` block for the messages.
pub fn source(messages: &[Message]) -> Result<String, String> {
    let mut out = String::from("impl Text {\n");
    for message in messages {
        out.push_str(&method(message)?);
    }
    out.push_str("}\n");
    Ok(out)
}

fn method(message: &Message) -> Result<String, String> {
    let name = snake(&message.id);
    if TAKEN.contains(&name.as_str()) {
        return Err(format!(
            "the text `{}` needs another name: `{name}` is taken",
            message.id
        ));
    }
    let id = &message.id;
    let doc = message.sample.replace(['`', '<', '>', '[', ']'], " ");
    let mut parameters = String::new();
    let mut setting = String::new();
    for variable in &message.variables {
        let parameter = snake(&variable.name);
        let (kind, value) = if variable.is_number {
            ("i64", parameter.clone())
        } else {
            ("impl std::fmt::Display", format!("{parameter}.to_string()"))
        };
        let _ = write!(parameters, ", {parameter}: {kind}");
        let _ = writeln!(
            setting,
            "        arguments.set(\"{}\", {value});",
            variable.name
        );
    }
    let body = if message.variables.is_empty() {
        format!("        self.plain(\"{id}\")\n")
    } else {
        format!(
            "        let mut arguments = fluent_bundle::FluentArgs::new();\n{setting}        \
             self.format(\"{id}\", Some(&arguments))\n"
        )
    };
    Ok(format!(
        "    /// Swedish: *{doc}*\n    #[must_use]\n    pub fn {name}(&self{parameters}) -> String {{\n{body}    }}\n"
    ))
}

fn snake(id: &str) -> String {
    let mut out = String::new();
    for c in id.chars() {
        match c {
            '-' => out.push('_'),
            c if c.is_ascii_uppercase() => {
                out.push('_');
                out.push(c.to_ascii_lowercase());
            }
            c => out.push(c),
        }
    }
    out
}
