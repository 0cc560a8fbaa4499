//! Licence expressions as packages write them: names joined by OR, AND and WITH, brackets, and
//! the older slash for OR.

/// Licences that this work may be built from and shipped with.
pub const ALLOWED: [&str; 17] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OpenSSL",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Licences of fonts, data and tools that npm packages carry besides.
pub const ALLOWED_IN_NPM: [&str; 6] = [
    "BlueOak-1.0.0",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "OFL-1.1",
    "Python-2.0",
    "WTFPL",
];

/// Whether the expression leaves a choice that `allowed` agrees to. An expression that cannot be
/// read is not agreed to.
pub fn agrees(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    let agreed = any(&mut words, allowed);
    agreed == Some(true) && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut agreed = all(words, allowed)?;
    while words.next_if_eq(&"OR").is_some() {
        agreed |= all(words, allowed)?;
    }
    Some(agreed)
}

fn all(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut agreed = one(words, allowed)?;
    while words.next_if_eq(&"AND").is_some() {
        agreed &= one(words, allowed)?;
    }
    Some(agreed)
}

fn one(words: &mut Words<'_>, allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    match words.next()? {
        "(" => {
            let agreed = any(words, allowed)?;
            words.next_if_eq(&")").map(|_| agreed)
        }
        ")" | "OR" | "AND" | "WITH" => None,
        name => match words.next_if_eq(&"WITH") {
            Some(_) => Some(allowed(&format!("{name} WITH {}", words.next()?))),
            None => Some(allowed(name)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(expression: &str) -> bool {
        agrees(expression, &|name| ALLOWED.contains(&name))
    }

    #[test]
    fn expressions_with_an_allowed_choice_are_agreed_to() {
        for expression in [
            "MIT",
            "MIT OR GPL-3.0",
            "MIT/Apache-2.0",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
            "GPL-3.0 AND MIT OR ISC",
            "ISC AND (Apache-2.0 OR ISC)",
        ] {
            assert!(allowed(expression), "{expression}");
        }
    }

    #[test]
    fn expressions_without_an_allowed_choice_are_not() {
        for expression in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "MIT AND (GPL-2.0 OR GPL-3.0)",
            "GPL-2.0 WITH Classpath-exception-2.0",
            "MIT WITH Unknown-exception",
        ] {
            assert!(!allowed(expression), "{expression}");
        }
    }

    #[test]
    fn expressions_that_cannot_be_read_are_not_agreed_to() {
        for expression in [
            "",
            "MIT OR",
            "(MIT",
            "MIT)",
            "MIT ISC",
            "AND MIT",
            "SEE LICENSE IN X",
        ] {
            assert!(!allowed(expression), "{expression}");
        }
    }
}
