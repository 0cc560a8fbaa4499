//! The page on which people read what the API can do.

use cards_acceptance::site::Site;
use cards_api::{Subject, operations};
use strum::IntoEnumIterator as _;

fn page(site: &Site, language: &str) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let address = format!("{}/api?lang={language}", site.url);
        reqwest::get(address).await.unwrap().text().await.unwrap()
    })
}

#[test]
fn every_operation_stands_on_the_page_under_the_heading_of_its_subject() {
    let site = Site::start();
    for (language, is_swedish) in [("sv", true), ("en", false)] {
        let page = page(&site, language);
        for subject in Subject::iter() {
            let (sv, en) = subject.names();
            let name = if is_swedish { sv } else { en };
            let heading = format!(">{name}</h2>");
            let (_, rest) = page
                .split_once(&heading)
                .unwrap_or_else(|| panic!("{name}"));
            let own = rest.split("<h2").next().unwrap_or_default();
            for operation in operations().filter(|one| one.subject == subject) {
                let summary = operation.summary.replace('\'', "&#39;");
                assert!(own.contains(&summary), "{name}: {}", operation.id);
                assert!(
                    own.contains(&operation.full_path()),
                    "{name}: {}",
                    operation.id
                );
            }
        }
        assert!(page.contains("href=\"/api/openapi.json\""));
    }
}
