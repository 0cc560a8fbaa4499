//! A browser without script: keeps cookies, reads forms, sends them as they stand.

use std::collections::BTreeMap;

use cards_acceptance::site::Site;
use reqwest::header::{HeaderMap, LOCATION};
use scraper::{ElementRef, Html, Selector};
use tokio::runtime::Runtime;
use url::Url;

/// Fields of a form, by name.
pub type Fields = Vec<(String, String)>;

/// What came back, redirects not followed.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// A header's text; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    /// Whether it is a page for people.
    pub fn is_page(&self) -> bool {
        self.header("content-type").starts_with("text/html")
    }

    /// The code of the request.
    pub fn code(&self) -> &str {
        self.header("x-correlation-id")
    }
}

/// A form as the page has it: where it goes and its hidden fields.
pub struct Form {
    pub action: String,
    pub fields: Fields,
}

/// The page's first form that matches, such as `form:has(input[name="vem"])`.
pub fn form(page: &str, css: &str) -> Option<Form> {
    let page = Html::parse_document(page);
    let form = page.select(&Selector::parse(css).unwrap()).next()?;
    let hidden = Selector::parse(r#"input[type="hidden"]"#).unwrap();
    let text = |element: ElementRef<'_>, name| element.attr(name).unwrap_or_default().to_owned();
    Some(Form {
        action: text(form, "action"),
        fields: form
            .select(&hidden)
            .map(|one| (text(one, "name"), text(one, "value")))
            .collect(),
    })
}

/// One browser of one person.
pub struct Browser {
    client: reqwest::Client,
    runtime: Runtime,
    url: Url,
    /// The latest token for forms, by portal.
    tokens: BTreeMap<&'static str, String>,
}

impl Browser {
    pub fn new(site: &Site) -> Self {
        let none = reqwest::redirect::Policy::none();
        // The server closes connections that lie unused; between two requests nobody here would
        // notice.
        let builder = reqwest::Client::builder()
            .cookie_store(true)
            .pool_max_idle_per_host(0);
        let client = builder.redirect(none).build().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        Self {
            client,
            runtime,
            url: site.url.parse().unwrap(),
            tokens: BTreeMap::new(),
        }
    }

    fn run(&self, request: reqwest::RequestBuilder) -> Answer {
        self.runtime.block_on(async {
            let response = request.send().await.unwrap();
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            Answer {
                status,
                headers,
                body: response.text().await.unwrap(),
            }
        })
    }

    /// Opens a page with this cookie in the hand.
    pub fn get_with(&self, cookie: &str, path: &str) -> Answer {
        self.run(self.client.get(self.address(path)).header("cookie", cookie))
    }

    fn address(&self, path: &str) -> Url {
        self.url.join(path).unwrap()
    }

    /// How many bytes an address sends to a browser that takes gzip.
    pub fn compressed(&self, path: &str) -> usize {
        let request = self.client.get(self.address(path));
        let request = request.header("accept-encoding", "gzip");
        self.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            answer.bytes().await.unwrap().len()
        })
    }

    pub fn get(&self, path: &str) -> Answer {
        self.run(self.client.get(self.address(path)))
    }

    /// Looks again as the script of a page does that follows something.
    pub fn follow(&self, path: &str) -> Answer {
        self.run(self.client.get(self.address(path)).header("x-follow", "1"))
    }

    /// Puts JSON, as programs do.
    pub fn put(&self, path: &str, body: &str) -> Answer {
        let request = self.client.put(self.address(path));
        let request = request.header("content-type", "application/json");
        self.run(request.body(body.to_owned()))
    }

    /// Sends a form as from one of our pages.
    pub fn send(&self, path: &str, fields: &Fields) -> Answer {
        let origin = self.url.origin().ascii_serialization();
        self.send_from(&[("origin", &origin)], path, fields)
    }

    /// Sends a form with a file, as from one of our pages.
    pub fn upload(&self, path: &str, fields: &Fields, file: (&str, &str, &[u8])) -> Answer {
        let origin = self.url.origin().ascii_serialization();
        let request = self.client.post(self.address(path));
        self.run(with_file(request, fields, file).header("origin", origin))
    }

    /// Sends a form with these headers alone.
    pub fn send_from(&self, headers: &[(&str, &str)], path: &str, fields: &Fields) -> Answer {
        let request = self.client.post(self.address(path));
        let request = if path.ends_with("/foto") || path.ends_with("/katalog") {
            with_file(request, fields, ("foto", "foto.jpg", &photo()))
        } else {
            request.form(fields)
        };
        self.run(headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        }))
    }

    /// Logs in at a portal as somebody in the directory, through the provider's own form.
    pub fn log_in(&mut self, portal: &'static str, hsa_id: &str, loa: &str) -> Answer {
        let begun = self.get(&format!("{portal}/logga-in"));
        assert_eq!(begun.status, 303, "{portal}: {}", begun.body);
        let arrived = self.identify(begun.location(), hsa_id, loa);
        if arrived.status == 303 {
            let start = self.get(arrived.location());
            assert_eq!(start.status, 200, "{portal}: {}", start.body);
            self.remember(portal, &start.body);
        }
        arrived
    }

    /// Fills in the provider's form and comes back.
    pub fn identify(&self, at: &str, hsa_id: &str, loa: &str) -> Answer {
        self.get(&self.identified(at, hsa_id, loa))
    }

    /// Fills in the provider's form; gives the address to come back to.
    pub fn identified(&self, at: &str, hsa_id: &str, loa: &str) -> String {
        let page = self.get(at);
        assert_eq!(page.status, 200, "{at}: {}", page.body);
        let Form { action, mut fields } =
            form(&page.body, r#"form:has(input[name="vem"])"#).unwrap();
        fields.retain(|(name, _)| name != "vem");
        fields.push(("vem".to_owned(), hsa_id.to_owned()));
        fields.push(("niva".to_owned(), loa.to_owned()));
        let sent = self.send(&action, &fields);
        assert_eq!(sent.status, 303, "{}", sent.body);
        sent.location().to_owned()
    }

    fn remember(&mut self, portal: &'static str, page: &str) {
        let css = format!(r#"form[action="{portal}/logga-ut"]"#);
        let form = form(page, &css).unwrap_or_else(|| panic!("{portal} has no way out: {page}"));
        let token = form
            .fields
            .into_iter()
            .find(|(name, _)| name == "_csrf")
            .unwrap()
            .1;
        self.tokens.insert(portal, token);
    }

    /// A token for the forms of a path's portal; empty without a session.
    pub fn token(&self, path: &str) -> String {
        let own = self
            .tokens
            .iter()
            .find(|(portal, _)| path.starts_with(**portal));
        own.map(|(_, token)| token.clone()).unwrap_or_default()
    }

    /// Whether there is a session for the path.
    pub fn is_in(&self, path: &str) -> bool {
        !self.token(path).is_empty()
    }

    /// These fields with token and key, as a page of ours would send them.
    pub fn signed(&self, path: &str, key: u128, fields: &[(&str, &str)]) -> Fields {
        let mut all = vec![
            ("_csrf".to_owned(), self.token(path)),
            ("_key".to_owned(), uuid::Uuid::from_u128(key).to_string()),
        ];
        all.extend(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        all
    }
}

/// A small photo.
fn photo() -> Vec<u8> {
    let face = image::RgbImage::from_pixel(400, 600, image::Rgb([200, 160, 140]));
    let mut photo = std::io::Cursor::new(Vec::new());
    face.write_to(&mut photo, image::ImageFormat::Jpeg).unwrap();
    photo.into_inner()
}

/// The form with a file behind its fields.
fn with_file(
    request: reqwest::RequestBuilder,
    fields: &Fields,
    (name, file_name, content): (&str, &str, &[u8]),
) -> reqwest::RequestBuilder {
    let part = |head: String| format!("--grans\r\ncontent-disposition: form-data; {head}\r\n\r\n");
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(part(format!("name=\"{name}\"")).bytes());
        body.extend(value.bytes().chain(*b"\r\n"));
    }
    body.extend(part(format!("name=\"{name}\"; filename=\"{file_name}\"")).bytes());
    body.extend(content);
    body.extend(b"\r\n--grans--\r\n");
    request
        .header("content-type", "multipart/form-data; boundary=grans")
        .body(body)
}

/// The fields of a page that ask for a PIN or a PUK. There must be none, anywhere.
pub fn code_fields(page: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let is_code = |text: &str| {
        let mut words = text.split(|sign: char| !sign.is_alphanumeric());
        words.any(|word| {
            word.to_lowercase().starts_with("pin") || word.to_lowercase().starts_with("puk")
        })
    };
    let fields = Selector::parse("input, textarea, select").unwrap();
    let labels = Selector::parse("label").unwrap();
    let found = page.select(&fields).filter(|field| {
        let own = ["name", "id", "placeholder", "aria-label"];
        let names_it = own.iter().any(|name| field.attr(name).is_some_and(is_code));
        let typed = !matches!(
            field.attr("type"),
            Some("checkbox" | "radio" | "hidden" | "submit")
        );
        let id = field.attr("id").unwrap_or("-");
        let of_it = page
            .select(&labels)
            .filter(|label| label.attr("for") == Some(id));
        names_it
            || typed
                && of_it
                    .map(|label| label.text().collect::<String>())
                    .any(|text| is_code(&text))
    });
    found.map(|field| field.html()).collect()
}
