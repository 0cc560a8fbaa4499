//! What surrounds every page: language, title, top bar, banners, footer. A page's template
//! extends one of the frames in `templates/layout` and its struct has `frame: Frame`, `t: Text`.

use crate::assets::{Asset, asset_url};
use crate::components::{Hidden, Icon, Link, Message, Sprite};
use crate::text::{Lang, Text};

/// Which portal a page belongs to; it decides the top bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portal {
    /// Officers, responsible issuers, auditors: `/id-admin`.
    IdAdmin,
    /// The servicedesk: `/servicedesk`.
    Servicedesk,
    /// Holders: `/mina-sidor`.
    MinaSidor,
    /// Pages without a session: start, log-in.
    Open,
}

impl Portal {
    /// Address of the portal's start.
    #[must_use]
    pub fn home(self) -> &'static str {
        match self {
            Self::IdAdmin => "/id-admin",
            Self::Servicedesk => "/servicedesk",
            Self::MinaSidor => "/mina-sidor",
            Self::Open => "/",
        }
    }
}

/// A place in the portal's menu.
#[derive(Clone, Debug)]
pub struct NavItem {
    pub(crate) link: Link,
    pub(crate) is_here: bool,
}

impl NavItem {
    /// A menu item; `is_here` marks the one the page belongs to.
    pub fn new(label: impl Into<String>, href: impl Into<String>, is_here: bool) -> Self {
        Self {
            link: Link::new(label, href),
            is_here,
        }
    }
}

/// Who is logged in, as the top bar shows it.
#[derive(Clone, Debug)]
pub struct User {
    /// Name.
    pub name: String,
    /// Office and level of assurance: *Kortkontoret Björkvallen · LoA3*.
    pub place: String,
    /// Address the log-out form is posted to.
    pub log_out_action: String,
    /// CSRF token and key of the log-out form.
    pub log_out_fields: Hidden,
}

/// Everything around the page's own content.
#[derive(Clone, Debug)]
pub struct Frame {
    pub(crate) t: Text,
    pub(crate) portal: Portal,
    pub(crate) title: String,
    pub(crate) address: String,
    pub(crate) correlation: String,
    pub(crate) nav: Vec<NavItem>,
    pub(crate) search: Option<(String, Hidden)>,
    pub(crate) searched: String,
    pub(crate) user: Option<User>,
    pub(crate) banners: Vec<Message>,
    pub(crate) contact: Option<Link>,
    pub(crate) focus: Option<String>,
    pub(crate) entrance: Option<Link>,
}

impl Frame {
    /// A frame. `title` is what the browser tab says before *– Kortkontor*; `address` is the
    /// page's path with its query, for the link to the other language; `correlation` is the code
    /// to read out to the servicedesk.
    pub fn new(
        t: Text,
        portal: Portal,
        title: impl Into<String>,
        address: impl Into<String>,
        correlation: impl Into<String>,
    ) -> Self {
        Self {
            t,
            portal,
            title: title.into(),
            address: address.into(),
            correlation: correlation.into(),
            nav: Vec::new(),
            search: None,
            searched: String::new(),
            user: None,
            banners: Vec::new(),
            contact: None,
            focus: None,
            entrance: None,
        }
    }

    /// The portal's menu.
    #[must_use]
    pub fn nav(mut self, items: Vec<NavItem>) -> Self {
        self.nav = items;
        self
    }

    /// The small search of the top bar, posted as `q` so that no number gets into an address.
    /// Leave it out on the start page.
    #[must_use]
    pub fn search(mut self, action: impl Into<String>, fields: Hidden) -> Self {
        self.search = Some((action.into(), fields));
        self
    }

    /// What was searched for, kept in the small search.
    #[must_use]
    pub fn searched(mut self, typed: impl Into<String>) -> Self {
        self.searched = typed.into();
        self
    }

    /// Without the small search: the page has the large one, or is no place to go on from.
    #[must_use]
    pub fn without_search(mut self) -> Self {
        self.search = None;
        self
    }

    /// Who is logged in.
    #[must_use]
    pub fn user(mut self, user: User) -> Self {
        self.user = Some(user);
        self
    }

    /// A message above everything, such as that the nightly work is not running.
    #[must_use]
    pub fn banner(mut self, message: Message) -> Self {
        self.banners.push(message);
        self
    }

    /// Mina sidor: where to ask, in the same place on every page.
    #[must_use]
    pub fn contact(mut self, link: Link) -> Self {
        self.contact = Some(link);
        self
    }

    /// Mina sidor for whoever is not logged in: the way to log in, in the place of the menu, which
    /// stands in the footer.
    #[must_use]
    pub fn entrance(mut self, link: Link) -> Self {
        self.entrance = Some(link);
        self
    }

    /// A Fokus page: no menu and no search, and the act's name beside the mark.
    #[must_use]
    pub fn focus(mut self, act: impl Into<String>) -> Self {
        self.focus = Some(act.into());
        self
    }

    /// Another title, as for the page of an error.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The code to read out to the servicedesk.
    #[must_use]
    pub fn correlation(&self) -> &str {
        &self.correlation
    }

    /// The portal of the page.
    #[must_use]
    pub fn portal(&self) -> Portal {
        self.portal
    }

    /// The texts in the page's language.
    #[must_use]
    pub fn texts(&self) -> Text {
        self.t
    }

    pub(crate) fn lang(&self) -> Lang {
        self.t.lang()
    }

    pub(crate) fn css(&self) -> &'static str {
        asset_url(Asset::Css)
    }

    pub(crate) fn js(&self) -> &'static str {
        asset_url(Asset::Js)
    }

    pub(crate) fn search_script(&self) -> &'static str {
        asset_url(Asset::Search)
    }

    pub(crate) fn font(&self) -> &'static str {
        asset_url(Asset::Font)
    }

    pub(crate) fn icon(&self) -> &'static str {
        asset_url(Asset::Icon)
    }

    pub(crate) fn sprite(&self) -> Sprite {
        Sprite
    }

    pub(crate) fn menu_icon(&self) -> Icon {
        Icon::Right
    }

    pub(crate) fn is_holders(&self) -> bool {
        self.portal == Portal::MinaSidor
    }

    pub(crate) fn body_class(&self) -> &'static str {
        match (self.portal, &self.focus) {
            (Portal::MinaSidor, _) => "ms",
            (_, Some(_)) => "focus",
            (_, None) => "desk",
        }
    }

    /// What stands beside the mark.
    pub(crate) fn portal_name(&self) -> String {
        match (&self.focus, self.portal) {
            (Some(act), _) => act.clone(),
            (None, Portal::IdAdmin) => self.t.portal_id_admin(),
            (None, Portal::Servicedesk) => self.t.portal_servicedesk(),
            (None, Portal::MinaSidor) => self.t.portal_mina_sidor(),
            (None, Portal::Open) => String::new(),
        }
    }

    /// This page in the other language: the same query with `lang` replaced.
    pub(crate) fn other_language_href(&self) -> String {
        let query = self.address.split_once('?').map_or("", |(_, query)| query);
        let kept = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("lang="));
        let mut pairs: Vec<String> = kept.map(str::to_owned).collect();
        pairs.push(format!("lang={}", self.lang().other().tag()));
        format!("?{}", pairs.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(address: &str) -> Frame {
        Frame::new(
            Text::of(Lang::Sv),
            Portal::IdAdmin,
            "Start",
            address,
            "H3T-9WB",
        )
    }

    #[test]
    fn the_link_to_the_other_language_keeps_the_rest_of_the_query() {
        assert_eq!(frame("/id-admin").other_language_href(), "?lang=en");
        assert_eq!(
            frame("/id-admin/sok?q=Maja&lang=sv").other_language_href(),
            "?q=Maja&lang=en"
        );
    }

    #[test]
    fn a_focus_page_shows_the_act_instead_of_the_portal() {
        assert_eq!(frame("/").portal_name(), "Id-administration");
        assert_eq!(
            frame("/").focus("Aktivera kort").portal_name(),
            "Aktivera kort"
        );
    }
}
