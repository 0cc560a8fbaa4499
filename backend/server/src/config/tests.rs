//! What the configuration takes and what production refuses.

use super::*;

fn parse(text: &str) -> Result<Config, String> {
    Figment::new()
        .merge(Toml::string(text))
        .extract::<Config>()
        .map_err(|error| error.to_string())
        .and_then(|config| config.fit().map_err(|error| error.to_string()))
}

const DEMO: &str = r#"
    environment = "demonstration"
    data_dir = "/tmp/x"
    [http]
    listen = "127.0.0.1:8080"
    public_url = "http://127.0.0.1:8080"
    [database]
    app_url = "postgresql:///kortkontor?user=kortkontor_app"
"#;

#[test]
fn a_demonstration_needs_no_more_than_addresses() {
    let config = parse(DEMO).unwrap();
    assert_eq!(config.deadlines, DeadlineLengths::default());
}

#[test]
fn an_unknown_key_is_refused_by_name() {
    let error = parse(&format!("{DEMO}\n[mali]\nhost = \"x\"")).unwrap_err();
    assert!(error.contains("mali"), "{error}");
}

#[test]
fn the_mapping_of_a_region_names_its_attributes_and_leaves_the_rest_as_it_was() {
    let config = parse(&format!(
        "{DEMO}\n[directory]\nmost_upload_mib = 10\n\
         [directory.mapping.person]\nnumber = [\"regionPnr\", \"personalIdentityNumber\"]\n"
    ))
    .unwrap();
    let mapping = config.directory.mapping;
    assert_eq!(
        mapping.person.number,
        ["regionPnr", "personalIdentityNumber"]
    );
    assert_eq!(mapping.person.surname, Mapping::default().person.surname);
    assert_eq!(mapping.unit, Mapping::default().unit);
    assert_eq!(config.directory.most_upload_mib, 10);
}

#[test]
fn a_field_that_no_entry_has_is_refused_in_the_mapping() {
    let error = parse(&format!(
        "{DEMO}\n[directory.mapping.person]\nnummer = [\"x\"]"
    ))
    .unwrap_err();
    assert!(error.contains("nummer"), "{error}");
}

#[test]
fn production_refuses_everything_simulated() {
    let error = parse(&DEMO.replace("demonstration", "production")).unwrap_err();
    assert!(error.contains("[oidc]"), "{error}");
}

#[test]
fn a_card_is_asked_for_only_where_it_is_known_whose_cards_are_ours_and_over_https() {
    let with = |more: &str| parse(&format!("{DEMO}\n{more}"));
    let section = "[http.card_log_in]\nlisten = \"127.0.0.1:8444\"\n";
    let authority = "[authority]\nmodule = \"m\"\ntoken_label = \"t\"\npin_file = \"p\"\n";
    let (https, http) = (
        "public_url = \"https://x\"\n",
        "public_url = \"http://x\"\n",
    );
    let error = with(&format!("{section}{https}")).unwrap_err();
    assert!(error.contains("[authority]"), "{error}");
    let error = with(&format!("{section}{http}{authority}")).unwrap_err();
    assert!(error.contains("https only"), "{error}");
    let config = with(&format!("{section}{https}{authority}")).unwrap();
    assert!(config.http.card_log_in.is_some());
}

#[test]
fn a_certificate_and_its_key_are_named_together() {
    let tls = "[http.tls]\nlisten = \"127.0.0.1:8443\"\n";
    let config = parse(&format!("{DEMO}\n{tls}")).unwrap();
    assert_eq!(config.card_client_url().as_str(), "https://127.0.0.1:8443/");
    let error = parse(&format!("{DEMO}\n{tls}key_file = \"k\"\n")).unwrap_err();
    assert!(error.contains("go together"), "{error}");
    let behind = DEMO.replace("[http]", "[http]\n    is_behind_proxy = true");
    let error = parse(&format!("{behind}\n{tls}")).unwrap_err();
    assert!(error.contains("choose their address"), "{error}");
}

#[test]
fn the_commented_example_can_be_read_and_fits_production() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ops/config/example.toml");
    let text = std::fs::read_to_string(file).unwrap();
    parse(&text).unwrap();
}

#[test]
fn production_takes_no_authorities_of_the_demonstration_and_does_without_any() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ops/config/example.toml");
    let text = std::fs::read_to_string(file).unwrap();
    let made_up: String = text
        .lines()
        .filter(|line| !line.starts_with("profiles_file"))
        .map(|line| format!("{line}\n"))
        .collect();
    let error = parse(&made_up).unwrap_err();
    assert!(error.contains("DEV"), "{error}");
    let mut without = Figment::new()
        .merge(Toml::string(&text))
        .extract::<Config>()
        .unwrap();
    without.authority = None;
    assert!(without.fit().is_ok());
}
