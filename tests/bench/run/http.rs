//! Asking over HTTP: `wrk` for the load, and a small client for logging in.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use scraper::{Html, Selector};

use super::figure::Figure;
use super::threads;

/// Takes the lines of a file as addresses, each run from another place.
const SCRIPT: &str = r#"
local paths, at = {}, 0
function init(args)
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  math.randomseed(os.time())
  at = math.random(#paths)
end
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
"#;

/// Sends the content of a file as JSON, again and again.
const POSTING: &str = r#"
function init(args)
  local file = io.open(args[1], "rb")
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.body = file:read("*a")
  file:close()
end
"#;

/// Many requests to one server.
pub struct Load {
    /// The server's address.
    pub url: String,
    /// Headers, as `Name: value`.
    pub headers: Vec<String>,
    script: PathBuf,
    paths: PathBuf,
}

impl Load {
    /// Requests for `paths`, kept as a file in `folder`.
    pub fn new(folder: &Path, (name, url): (&str, &str), paths: &[String]) -> Self {
        assert!(!paths.is_empty(), "{name} has nothing to ask for");
        let (script, list) = (folder.join("wrk.lua"), folder.join(format!("{name}.paths")));
        std::fs::write(&script, SCRIPT).unwrap();
        std::fs::write(&list, paths.join("\n")).unwrap();
        Self {
            url: url.to_owned(),
            headers: Vec::new(),
            script,
            paths: list,
        }
    }

    /// The same text sent to `url` each time, kept as a file in `folder`.
    pub fn posting(folder: &Path, url: &str, json: &str) -> Self {
        let (script, body) = (folder.join("post.lua"), folder.join("body.json"));
        std::fs::write(&script, POSTING).unwrap();
        std::fs::write(&body, json).unwrap();
        Self {
            url: url.to_owned(),
            headers: Vec::new(),
            script,
            paths: body,
        }
    }

    /// Asks with so many clients for so long. An answer that is not 200 is a fault.
    pub fn run(&self, clients: u32, seconds: u32) -> Figure {
        let mut wrk = Command::new("wrk");
        wrk.args(["--threads", "1", "--latency", "--timeout", "10s"]);
        wrk.args(["--connections", &clients.to_string()]);
        wrk.args(["--duration", &format!("{seconds}s")]);
        for header in &self.headers {
            wrk.args(["--header", header]);
        }
        wrk.arg("--script").arg(&self.script).arg(&self.url);
        wrk.arg("--").arg(&self.paths);
        let output = wrk.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        let is_bad = |line: &str| line.contains("Non-2xx") || line.contains("Socket errors");
        let bad = text.lines().any(is_bad);
        assert!(output.status.success() && !bad, "{}: {text}", self.url);
        read(&text)
    }
}

/// Many requests to one server, a connection for each. wrk cannot ask `openssl ocsp`: it begins with a
/// connection on which nothing is sent, and that keeps `openssl ocsp` busy for ever.
pub struct Closing {
    address: String,
    paths: Vec<String>,
    next: AtomicUsize,
}

impl Closing {
    /// Requests for `paths` to `url`.
    pub fn new(url: &str, paths: &[String]) -> Self {
        Self {
            address: url.trim_start_matches("http://").to_owned(),
            paths: paths.to_vec(),
            next: AtomicUsize::new(0),
        }
    }

    /// Asks with so many clients for so long. An answer that is not 200 is a fault.
    pub fn run(&self, clients: u32, seconds: u32) -> Figure {
        threads::run((clients, seconds), || (), |()| self.ask())
    }

    fn ask(&self) -> bool {
        let place = self.next.fetch_add(1, Ordering::Relaxed) % self.paths.len();
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let asked = format!("GET {} HTTP/1.0\r\n\r\n", self.paths[place]);
        stream.write_all(asked.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let status = answer.get(9..12);
        assert_eq!(status, Some(b"200".as_slice()), "{}", self.address);
        true
    }
}

/// The figures in what wrk prints.
fn read(text: &str) -> Figure {
    let after = |mark: &str| {
        let line = text.lines().find_map(|line| line.trim().strip_prefix(mark));
        line.unwrap_or_else(|| panic!("wrk does not say {mark}: {text}"))
            .trim()
    };
    Figure {
        per_second: after("Requests/sec:").parse().unwrap(),
        p50: millis(after("50%")),
        p99: millis(after("99%")),
    }
}

/// A time such as `812.00us`, `3.10ms` or `1.02s`.
fn millis(text: &str) -> f64 {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1000.0)];
    let (number, unit) = units
        .into_iter()
        .find_map(|(mark, unit)| text.strip_suffix(mark).map(|number| (number, unit)))
        .unwrap();
    number.parse::<f64>().unwrap() * unit
}

/// Somebody's browser.
pub struct Browser {
    client: reqwest::Client,
    runtime: tokio::runtime::Runtime,
    url: String,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers.
    pub headers: reqwest::header::HeaderMap,
    /// The body as it was sent.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's text; empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Browser {
    /// One without cookies.
    pub fn new(url: &str) -> Self {
        let builder = reqwest::Client::builder().cookie_store(true);
        Self {
            client: builder
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .unwrap(),
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
            url: url.to_owned(),
        }
    }

    fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        self.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            Answer {
                status: answer.status().as_u16(),
                headers: answer.headers().clone(),
                body: answer.bytes().await.unwrap().to_vec(),
            }
        })
    }

    /// Opens an address, which may be a whole one.
    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = self.client.get(self.address(path));
        self.send(headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        }))
    }

    fn address(&self, path: &str) -> String {
        if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.url)
        }
    }

    fn post(&self, path: &str, fields: &[(String, String)]) -> Answer {
        let request = self.client.post(self.address(path));
        self.send(request.header("origin", &self.url).form(fields))
    }

    /// Logs in at a portal through the demonstration's provider; gives the header with the cookies.
    pub fn log_in(&self, portal: &str, hsa_id: &str) -> String {
        let begun = self.get(&format!("{portal}/logga-in"), &[]);
        let choices = self.get(begun.header("location"), &[]);
        let (action, mut fields) = form(&choices.text());
        fields.retain(|(name, _)| name != "vem");
        fields.push(("vem".to_owned(), hsa_id.to_owned()));
        fields.push(("niva".to_owned(), "loa3".to_owned()));
        let chosen = self.post(&action, &fields);
        let arrived = self.get(chosen.header("location"), &[]);
        assert_eq!(
            arrived.status,
            303,
            "{hsa_id} at {portal}: {}",
            arrived.text()
        );
        let cookies = arrived.headers.get_all("set-cookie").iter();
        let pairs = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
        format!("Cookie: {}", pairs.collect::<Vec<_>>().join("; "))
    }

    /// An access token of somebody for the API; `None` where the provider gives none.
    pub fn access_token(&self, hsa_id: &str) -> Option<String> {
        let fields = [
            ("grant_type", "urn:kortkontor:demonstration"),
            ("vem", hsa_id),
            ("niva", "loa3"),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let answer = self.post("/demo/idp/token", &fields);
        let said: serde_json::Value = serde_json::from_slice(&answer.body).ok()?;
        let token = said.get("access_token")?.as_str()?;
        Some(format!("Authorization: Bearer {token}"))
    }
}

/// The form of the provider's page of choices.
fn form(page: &str) -> (String, Vec<(String, String)>) {
    let page = Html::parse_document(page);
    let css = |text| Selector::parse(text).unwrap();
    let form = page
        .select(&css(r#"form:has(input[name="vem"])"#))
        .next()
        .unwrap();
    let hidden = css(r#"input[type="hidden"]"#);
    let hidden = form.select(&hidden).map(|one| {
        let text = |name| one.attr(name).unwrap_or_default().to_owned();
        (text("name"), text("value"))
    });
    let action = form.attr("action").unwrap_or_default().to_owned();
    (action, hidden.collect())
}
