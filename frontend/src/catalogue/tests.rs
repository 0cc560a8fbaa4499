//! Checks over every component and every sample page, in both languages.

use std::collections::{HashMap, HashSet};

use scraper::{ElementRef, Html, Selector};

use super::*;
use crate::text::Lang;

fn all_pages() -> Vec<(String, Html)> {
    let mut found = Vec::new();
    for lang in [Lang::Sv, Lang::En] {
        for (name, html) in samples::pages(lang).unwrap() {
            found.push((
                format!("{name} {}", lang.tag()),
                Html::parse_document(&html),
            ));
        }
    }
    found
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

#[test]
fn every_component_has_examples_that_render() {
    let all = entries(Text::of(Lang::Sv)).unwrap();
    assert!(all.len() >= 30);
    for entry in all {
        assert!(!entry.examples.is_empty(), "{} has no example", entry.name);
        assert!(
            entry.examples.iter().all(|html| html.contains('<')),
            "{} is empty",
            entry.name
        );
    }
}

#[test]
fn every_component_in_the_folder_is_in_the_catalogue() {
    let written: usize = include_files()
        .iter()
        .map(|s| s.matches("impl Component for ").count())
        .sum();
    assert_eq!(entries(Text::of(Lang::Sv)).unwrap().len(), written);
}

fn include_files() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/components");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path());
    files
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

#[test]
fn no_id_stands_twice_on_a_page() {
    for (name, page) in all_pages() {
        let mut seen = HashSet::new();
        for element in select(&page, "[id]") {
            let id = element.attr("id").unwrap();
            assert!(seen.insert(id), "{name}: the id {id} stands twice");
        }
    }
}

#[test]
fn every_control_has_a_label() {
    for (name, page) in all_pages() {
        let labelled: HashSet<&str> = select(&page, "label[for]")
            .iter()
            .map(|l| l.attr("for").unwrap())
            .collect();
        for control in select(&page, "input:not([type=hidden]), select, textarea") {
            let id = control.attr("id").unwrap_or_default();
            assert!(
                labelled.contains(id),
                "{name}: no label for {}",
                control.html()
            );
        }
    }
}

#[test]
fn every_reference_to_an_id_finds_it() {
    for (name, page) in all_pages() {
        let ids: HashMap<&str, ()> = select(&page, "[id]")
            .iter()
            .map(|e| (e.attr("id").unwrap(), ()))
            .collect();
        for attribute in ["aria-describedby", "aria-labelledby", "for", "form"] {
            for element in select(&page, &format!("[{attribute}]")) {
                for id in element.attr(attribute).unwrap().split_whitespace() {
                    assert!(
                        ids.contains_key(id),
                        "{name}: {attribute}={id} leads nowhere"
                    );
                }
            }
        }
        for used in select(&page, "use") {
            let id = used.attr("href").unwrap().trim_start_matches('#');
            assert!(ids.contains_key(id), "{name}: no icon {id}");
        }
    }
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    for (name, page) in all_pages() {
        assert!(
            select(&page, "[style], style").is_empty(),
            "{name}: inline style"
        );
        assert!(
            select(&page, "script:not([src])").is_empty(),
            "{name}: inline script"
        );
        for element in page.tree.nodes().filter_map(ElementRef::wrap) {
            for (attribute, value) in element.value().attrs() {
                assert!(!attribute.starts_with("on"), "{name}: handler {attribute}");
                let is_outside = value.starts_with("http") || value.starts_with("//");
                assert!(!is_outside, "{name}: {attribute}={value}");
            }
        }
    }
}

#[test]
fn every_sample_page_has_a_language_a_skip_link_first_and_one_heading() {
    for (name, page) in all_pages() {
        let language = select(&page, "html")[0].attr("lang").unwrap();
        assert!(name.ends_with(language), "{name} says {language}");
        let first = select(&page, "body *")[0];
        assert_eq!(
            first.attr("href"),
            Some("#innehall"),
            "{name}: the skip link is not first"
        );
        if !name.starts_with("components") {
            assert_eq!(select(&page, "h1").len(), 1, "{name}: headings");
        }
        assert_eq!(select(&page, "main#innehall").len(), 1, "{name}: main");
    }
}

#[test]
fn a_refused_field_points_to_its_error() {
    for (name, page) in all_pages() {
        for control in select(&page, "[aria-invalid=true]") {
            let described = control.attr("aria-describedby").unwrap_or_default();
            assert!(described.contains("-error"), "{name}: {}", control.html());
        }
    }
}

#[test]
fn swedish_pages_never_say_journal() {
    for (name, page) in all_pages() {
        let text: String = page.root_element().text().collect();
        assert!(!text.to_lowercase().contains("journal"), "{name}");
    }
}

#[test]
fn what_users_write_is_escaped() {
    let html = crate::components::Message::info("<b>", "a & <script>").to_string();
    assert!(
        html.contains("&#60;script&#62;") || html.contains("&lt;script&gt;"),
        "{html}"
    );
    let value = crate::components::Field::text(Text::of(Lang::Sv), "n", "l").value("\"><i>");
    assert!(!value.to_string().contains("\"><i>"));
}
