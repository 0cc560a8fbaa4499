//! The authorization endpoint: the page of choices, and what was chosen on it.

use url::Url;

use super::page::{self, Way, Words};
use super::{DemoIdentity, Grant, Identity, Persona, Reply, fields};

pub(super) const LOA3: &str = "http://id.sambi.se/loa/loa3";
pub(super) const LOA2: &str = "http://id.sambi.se/loa/loa2";

/// An authorization request that holds.
pub(super) struct Asked {
    query: String,
    redirect_uri: Url,
    state: String,
    nonce: String,
    challenge: String,
    is_fresh: bool,
    hint: Option<String>,
    words: &'static Words,
}

impl Asked {
    /// The first part of the path that the browser goes back to: the portal.
    fn portal(&self) -> &str {
        self.redirect_uri
            .path()
            .trim_start_matches('/')
            .split('/')
            .next()
            .unwrap_or_default()
    }

    fn back_with(&self, name: &str, value: &str) -> Reply {
        let mut url = self.redirect_uri.clone();
        url.query_pairs_mut()
            .append_pair(name, value)
            .append_pair("state", &self.state);
        Reply::to(&url)
    }
}

impl DemoIdentity {
    /// The page that asks who to be.
    pub(super) fn ask(&self, query: &str) -> Reply {
        match self.read(query) {
            Ok(asked) => self.page(&asked, 200, None),
            Err(words) => Reply::html(400, page::broken(words, &self.settings.stylesheet)),
        }
    }

    /// What was chosen on the page.
    pub(super) fn choose(&self, body: &str) -> Reply {
        let form = fields(body);
        let field = |name: &str| form.get(name).map(String::as_str);
        let asked = match self.read(field("request").unwrap_or_default()) {
            Ok(asked) => asked,
            Err(words) => return Reply::html(400, page::broken(words, &self.settings.stylesheet)),
        };
        if field("avbryt").is_some() {
            return asked.back_with("error", "access_denied");
        }
        let typed = field("vem").unwrap_or_default().trim();
        let chosen = match field("persona") {
            Some(key) => self.persona(key).map(Identity::from),
            None => self.expected(typed),
        };
        let Some(identity) = chosen else {
            return self.page(&asked, 422, Some(typed));
        };
        let acr = if field("niva") == Some("loa2") {
            LOA2
        } else {
            LOA3
        };
        let code = self.grant(Grant {
            redirect_uri: asked.redirect_uri.to_string(),
            nonce: asked.nonce.clone(),
            challenge: asked.challenge.clone(),
            identity,
            acr,
            at: self.clock.now(),
        });
        asked.back_with("code", &code)
    }

    fn read(&self, query: &str) -> Result<Asked, &'static Words> {
        let given = fields(query);
        let text = |name: &str| given.get(name).cloned().unwrap_or_default();
        let words = Words::of(&text("ui_locales"));
        let redirect_uri = self
            .settings
            .redirect_uris
            .iter()
            .find(|known| known.as_str() == text("redirect_uri"))
            .ok_or(words)?;
        let holds = text("client_id") == self.settings.client_id
            && text("response_type") == "code"
            && text("code_challenge_method") == "S256"
            && !text("code_challenge").is_empty()
            && !text("state").is_empty()
            && !text("nonce").is_empty();
        if !holds {
            return Err(words);
        }
        Ok(Asked {
            query: query.to_owned(),
            redirect_uri: redirect_uri.clone(),
            state: text("state"),
            nonce: text("nonce"),
            challenge: text("code_challenge"),
            is_fresh: text("prompt").split(' ').any(|prompt| prompt == "login"),
            hint: given
                .get("login_hint")
                .filter(|hint| !hint.is_empty())
                .cloned(),
            words,
        })
    }

    fn page(&self, asked: &Asked, status: u16, not_found: Option<&str>) -> Reply {
        let hinted = asked
            .hint
            .as_deref()
            .and_then(|hint| self.expected(hint).map(|identity| (hint, identity.name)));
        let way = match &hinted {
            Some((hint, name)) => Way::One {
                hint,
                name,
                signs: asked.is_fresh,
            },
            None => Way::Choice {
                personas: self.personas(asked.portal()),
                not_found,
            },
        };
        let action = format!(
            "{}/authorize",
            self.settings.issuer.path().trim_end_matches('/')
        );
        let html = page::choose(
            asked.words,
            &self.settings.stylesheet,
            &action,
            &asked.query,
            way,
        );
        Reply::html(status, html)
    }

    /// Those of the portal; everybody where a portal has none of its own.
    fn personas(&self, portal: &str) -> Vec<&Persona> {
        let all = &self.settings.personas;
        let own: Vec<_> = all
            .iter()
            .filter(|persona| persona.portal == portal)
            .collect();
        if own.is_empty() {
            all.iter().collect()
        } else {
            own
        }
    }

    fn persona(&self, key: &str) -> Option<&Persona> {
        self.settings
            .personas
            .iter()
            .find(|persona| persona.key == key)
    }

    /// A persona by its key, or somebody in the directory.
    pub(super) fn expected(&self, text: &str) -> Option<Identity> {
        let persona = self.persona(text).map(Identity::from);
        persona.or_else(|| {
            if text.is_empty() {
                None
            } else {
                (self.settings.look_up)(text)
            }
        })
    }
}
