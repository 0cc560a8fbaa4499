//! Where to go after a log-in: only ever a page of our own, of the same portal.

use crate::portal::PortalName;

/// The longest address that is remembered.
const LONGEST: usize = 1000;

/// A path, perhaps with a query, inside a portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnTo(String);

impl ReturnTo {
    /// The address if it is one inside the portal, otherwise the portal's start. Whatever could
    /// lead a browser elsewhere (another host, a backslash, a control character, dots) is not one.
    #[must_use]
    pub fn within(portal: PortalName, wanted: Option<&str>) -> Self {
        let inside = wanted.filter(|address| {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            address.len() <= LONGEST
                && address
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
                && portal.has(path)
                && !path.contains("//")
                && !path.split('/').any(|part| part == "." || part == "..")
                && !is_entrance(portal, path)
        });
        Self(inside.unwrap_or(portal.path()).to_owned())
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address with one more pair in its query.
    #[must_use]
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        let (address, fragment) = self
            .0
            .split_once('#')
            .map_or((&*self.0, ""), |(a, f)| (a, f));
        let join = if address.contains('?') { '&' } else { '?' };
        let hash = if fragment.is_empty() { "" } else { "#" };
        format!("{address}{join}{name}={value}{hash}{fragment}")
    }
}

/// Coming back to the log-in itself would go round in circles.
fn is_entrance(portal: PortalName, path: &str) -> bool {
    let rest = path.strip_prefix(portal.path()).unwrap_or_default();
    matches!(
        rest,
        "/logga-in" | "/inloggad" | "/logga-ut" | "/logga-in/kort" | "/inloggad/kort"
    )
}

/// `text` as the value of a pair in a query.
pub(crate) fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(address: &str) -> String {
        ReturnTo::within(PortalName::IdAdmin, Some(address)).0
    }

    #[test]
    fn an_address_of_the_portal_is_kept() {
        for own in [
            "/id-admin",
            "/id-admin/kort/1?flik=2#historik",
            "/id-admin?q=a%20b",
        ] {
            assert_eq!(to(own), own);
        }
    }

    #[test]
    fn an_address_that_leads_elsewhere_becomes_the_start() {
        for elsewhere in [
            "https://evil.example/id-admin",
            "//evil.example/id-admin",
            "/\\evil.example",
            "/id-admin\\..\\x",
            "/id-admin//evil.example",
            "/id-admin/../mina-sidor",
            "/id-admin\r\nSet-Cookie: a=b",
            "/mina-sidor",
            "/id-administration",
            "id-admin",
            "",
            "/id-admin/logga-in",
            "/id-admin/logga-ut?x=1",
        ] {
            assert_eq!(to(elsewhere), "/id-admin", "{elsewhere:?}");
        }
        assert_eq!(
            to(&format!("/id-admin/{}", "a".repeat(LONGEST))),
            "/id-admin"
        );
    }

    #[test]
    fn a_pair_is_added_before_the_fragment() {
        let with = |address| ReturnTo::within(PortalName::IdAdmin, Some(address)).with("a", "1");
        assert_eq!(with("/id-admin/x"), "/id-admin/x?a=1");
        assert_eq!(with("/id-admin/x?b=2#c"), "/id-admin/x?b=2&a=1#c");
    }
}
