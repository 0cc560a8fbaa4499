//! Where a task comes from: a server that was set for this computer, or that a link names.

use super::ticket::Ticket;
use crate::cause::Cause;
use std::fmt;
use url::Url;

/// What a link to this program begins with.
pub const SCHEME: &str = "kortklient:";

/// The address of a server. It begins with https; nothing else is spoken to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Server(Url);

impl Server {
    /// Takes an address, `https://host[:port][/path]`.
    ///
    /// # Errors
    /// [`Cause::BadServer`]: not an address, not https, or with something else in it.
    pub fn parse(text: &str) -> Result<Self, Cause> {
        let url = Url::parse(text.trim()).map_err(|_| Cause::BadServer)?;
        let bare = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if url.scheme() == "https" && url.has_host() && bare {
            Ok(Self(url))
        } else {
            Err(Cause::BadServer)
        }
    }

    /// The address of something below it.
    #[must_use]
    pub fn with(&self, path: &str) -> String {
        format!("{}{path}", self.0.as_str().trim_end_matches('/'))
    }

    /// What people are told: the host, and its port when it is not the usual one.
    #[must_use]
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }
}

/// A link from the portal: `kortklient:?server=…&token=…`. Its `Debug` hides the token.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// The server that it names.
    pub server: String,
    /// What fetches the task there.
    pub ticket: Ticket,
}

impl fmt::Debug for Link {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Link({})", self.server)
    }
}

impl Link {
    /// Takes a link apart; `None` when it is none of this program's.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        if url.scheme() != SCHEME.trim_end_matches(':') {
            return None;
        }
        let given = |wanted: &str| {
            let mut found = url.query_pairs().filter(|(name, _)| name == wanted);
            let first = found.next().map(|(_, value)| value.into_owned());
            // Twice the same name would leave it to chance which one counts.
            first.filter(|_| found.next().is_none())
        };
        Some(Self {
            server: given("server")?,
            ticket: Ticket::token(&given("token")?)?,
        })
    }
}

/// A server, and whether somebody has set it for this computer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The server.
    pub server: Server,
    /// Whether it was set here. One that only a link names is confirmed by the holder first.
    pub known: bool,
}

/// The server to speak with. A link cannot lead away from the one that was set.
///
/// # Errors
/// [`Cause::NoServer`], [`Cause::BadServer`], [`Cause::BadLink`].
pub fn place(set: Option<&str>, link: Option<&Link>) -> Result<Place, Cause> {
    let set = set.map(Server::parse).transpose()?;
    let linked = link.map(|link| Server::parse(&link.server)).transpose();
    let linked = linked.map_err(|_| Cause::BadLink)?;
    match (set, linked) {
        (Some(set), Some(linked)) if set.with("") != linked.with("") => Err(Cause::BadLink),
        (Some(server), _) => Ok(Place {
            server,
            known: true,
        }),
        (None, Some(server)) => Ok(Place {
            server,
            known: false,
        }),
        (None, None) => Err(Cause::NoServer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP-";

    fn link(server: &str) -> Option<Link> {
        Link::parse(&format!("kortklient:?server={server}&token={TOKEN}"))
    }

    #[test]
    fn only_https_is_spoken_to() {
        assert!(Server::parse("https://kort.example:8443/base/").is_ok());
        for wrong in [
            "http://kort.example",
            "kort.example",
            "https://",
            "ftp://kort.example",
            "https://user:word@kort.example",
            "https://kort.example/?a=b",
        ] {
            assert_eq!(Server::parse(wrong), Err(Cause::BadServer), "{wrong}");
        }
    }

    #[test]
    fn an_address_is_continued_below_its_own_path() {
        let of = |text: &str| Server::parse(text).unwrap();
        assert_eq!(of("https://a.example").with("/x"), "https://a.example/x");
        assert_eq!(
            of("https://a.example/b/").with("/x"),
            "https://a.example/b/x"
        );
        assert_eq!(of("https://a.example:8443/b").host(), "a.example:8443");
    }

    #[test]
    fn a_link_names_a_server_and_a_token_and_hides_the_token() {
        let link = link("https%3A%2F%2F127.0.0.1%3A8443").unwrap();
        assert_eq!(link.server, "https://127.0.0.1:8443");
        assert!(!format!("{link:?}").contains(TOKEN));
        for wrong in [
            "kortklient:?server=https%3A%2F%2Fa.example",
            "https://a.example/?server=https%3A%2F%2Fa.example&token=x",
            "kortklient:?token=x&server=https%3A%2F%2Fa.example",
            "kortklient:",
        ] {
            assert!(Link::parse(wrong).is_none(), "{wrong}");
        }
        let twice =
            format!("kortklient:?server=https://a.example&server=https://b.example&token={TOKEN}");
        assert!(Link::parse(&twice).is_none());
    }

    #[test]
    fn a_link_cannot_lead_away_from_the_server_that_was_set() {
        let link = link("https%3A%2F%2Fa.example").unwrap();
        let set = place(Some("https://a.example/"), Some(&link)).unwrap();
        assert!(set.known);
        assert_eq!(
            place(Some("https://b.example"), Some(&link)),
            Err(Cause::BadLink)
        );
        assert!(!place(None, Some(&link)).unwrap().known);
        assert_eq!(place(None, None), Err(Cause::NoServer));
        assert_eq!(place(Some("http://a.example"), None), Err(Cause::BadServer));
    }

    #[test]
    fn a_link_without_tls_is_refused() {
        let link = link("http%3A%2F%2Fa.example").unwrap();
        assert_eq!(place(None, Some(&link)), Err(Cause::BadLink));
    }
}
