//! The words said to people: one file per language under `text/`, the same keys in both.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

const SWEDISH: &str = include_str!("../text/sv.ftl");
const ENGLISH: &str = include_str!("../text/en.ftl");

/// A language of the program.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Language {
    /// Swedish, unless something else is asked for.
    #[default]
    Swedish,
    /// English.
    English,
}

impl Language {
    /// The language of a tag or of an entry in the environment: `en`, `en_GB.UTF-8`. Whatever is not
    /// English is Swedish.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let language = tag.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("en") {
            Self::English
        } else {
            Self::Swedish
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Swedish => Self::English,
            Self::English => Self::Swedish,
        }
    }

    fn source(self) -> (&'static str, &'static str) {
        match self {
            Self::Swedish => ("sv", SWEDISH),
            Self::English => ("en", ENGLISH),
        }
    }
}

/// What a placeholder is filled with.
pub type Value<'a> = FluentValue<'a>;

/// All words in one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        let (tag, source) = language.source();
        let mut bundle = FluentBundle::new(tag.parse().into_iter().collect());
        bundle.set_use_isolating(false);
        // A test parses both files; what could be read is used.
        let resource =
            FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    /// Which language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of a key.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of a key, with its placeholders filled. A key that is missing is said itself.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, value.clone());
        }
        let pattern = self.bundle.get_message(key).and_then(|found| found.value());
        let Some(pattern) = pattern else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&arguments), &mut errors);
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::Cause;
    use crate::weak::Weakness;
    use std::collections::{BTreeMap, BTreeSet};

    /// Key → its placeholders.
    fn keys(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some((key, _)) = line.split_once(" =")
                && !line.starts_with(' ')
            {
                current = key.to_owned();
                assert!(
                    found.insert(current.clone(), BTreeSet::new()).is_none(),
                    "{key} twice"
                );
            }
            let names = line.split('$').skip(1).map(|rest| {
                let own = |it: &char| it.is_ascii_lowercase();
                rest.chars().take_while(own).collect::<String>()
            });
            if let Some(of_key) = found.get_mut(&current) {
                of_key.extend(names);
            }
        }
        found
    }

    /// What the program's own source says, without its tests.
    fn program() -> String {
        fn gather(folder: &std::path::Path, text: &mut String) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.ends_with("task/tests") {
                    continue;
                }
                if path.is_dir() {
                    gather(&path, text);
                } else if !path.ends_with("tests.rs") {
                    let source = std::fs::read_to_string(&path).unwrap();
                    text.push_str(source.split("#[cfg(test)]\nmod tests {").next().unwrap());
                }
            }
        }
        let mut text = String::new();
        gather(
            &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
            &mut text,
        );
        text
    }

    #[test]
    fn both_languages_have_the_same_keys_with_the_same_placeholders() {
        let (swedish, english) = (keys(SWEDISH), keys(ENGLISH));
        assert!(swedish.len() > 60);
        assert_eq!(swedish, english);
    }

    #[test]
    fn both_files_can_be_read_whole() {
        for source in [SWEDISH, ENGLISH] {
            if let Err((_, errors)) = FluentResource::try_new(source.to_owned()) {
                panic!("{errors:?}");
            }
        }
    }

    #[test]
    fn every_word_is_said_and_every_word_that_is_said_exists() {
        let words = keys(SWEDISH);
        let program = program();
        let causes: BTreeSet<String> = Cause::ALL
            .iter()
            .flat_map(|cause| [cause.cause_key(), cause.step_key()])
            .collect();
        for key in words.keys().filter(|key| !causes.contains(*key)) {
            assert!(
                program.contains(&format!("\"{key}\"")),
                "{key} is never said"
            );
        }
        for key in &causes {
            assert!(words.contains_key(key), "{key} has no words");
        }
        for weakness in Weakness::ALL {
            assert!(words.contains_key(weakness.key()), "{weakness:?}");
        }
        for call in [
            ".text(\"",
            ".say(\"",
            ".with(\"",
            ".say_with(\"",
            ".ask(\"",
            ".agrees(\"",
        ] {
            for rest in program.split(call).skip(1) {
                let key = rest.split('"').next().unwrap();
                if key.is_empty() {
                    continue;
                }
                assert!(words.contains_key(key), "{key} has no words");
            }
        }
    }

    #[test]
    fn a_locked_card_is_never_called_revoked_and_no_screen_says_the_word_of_patient_records() {
        let swedish = SWEDISH.to_lowercase();
        assert!(!swedish.contains("journal") && !swedish.contains("blockera"));
        assert!(!ENGLISH.to_lowercase().contains("block"));
    }

    #[test]
    fn numbers_take_their_words_with_them() {
        let words = Words::of(Language::Swedish);
        let said = |left: u8| words.with("tries-left", &[("left", left.into())]);
        assert_eq!(said(1), "1 försök kvar");
        let words = Words::of(Language::English);
        let said = |left: u8| words.with("tries-left", &[("left", left.into())]);
        assert_eq!(
            (said(1), said(3)),
            ("1 try left".into(), "3 tries left".into())
        );
    }

    #[test]
    fn the_language_of_the_environment_is_understood() {
        for english in ["en", "en_GB.UTF-8", "EN-us"] {
            assert_eq!(Language::of(english), Language::English, "{english}");
        }
        for swedish in ["sv_SE.UTF-8", "C.UTF-8", "", "de_DE"] {
            assert_eq!(Language::of(swedish), Language::Swedish, "{swedish}");
        }
    }
}
