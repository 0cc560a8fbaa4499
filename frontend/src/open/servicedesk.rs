//! The servicedesk's number for whoever is told to call it, or where the number is to be found.

use actix_web::web;

use crate::components::Link;
use crate::mina_sidor::office::tel;
use crate::text::Text;

/// The servicedesk's telephone number, handed over by the server; `None` where none is configured.
#[derive(Clone, Debug, Default)]
pub struct ServicedeskPhone(pub Option<String>);

/// What handlers ask for: an application without the data has no number either.
pub(crate) type Configured = Option<web::Data<ServicedeskPhone>>;

/// How the servicedesk is reached.
#[derive(Clone, Debug)]
pub(crate) struct Servicedesk {
    /// To call it, where the number is known.
    pub(crate) call: Option<Link>,
    /// Where the number is, where it is not.
    pub(crate) place: String,
}

impl Servicedesk {
    /// As it is configured.
    pub(crate) fn configured(t: Text, phone: &Configured) -> Self {
        let phone = phone.as_ref().and_then(|phone| phone.0.as_deref());
        Self::at(t, phone)
    }

    /// At this number, if there is one.
    pub(crate) fn at(t: Text, phone: Option<&str>) -> Self {
        Self {
            call: phone.map(|phone| Link::new(t.locked_servicedesk_call(phone), tel(phone))),
            place: t.locked_servicedesk_where(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn the_number_can_be_called_and_without_one_the_page_says_where_it_is() {
        for lang in [Lang::Sv, Lang::En] {
            let t = Text::of(lang);
            let data = web::Data::new(ServicedeskPhone(Some("0990-202 52".to_owned())));
            let known = Servicedesk::configured(t, &Some(data)).call.unwrap();
            assert_eq!(known.href, "tel:099020252");
            assert!(known.label.contains("0990-202 52"), "{}", known.label);
            for none in [None, Some(web::Data::new(ServicedeskPhone(None)))] {
                let unknown = Servicedesk::configured(t, &none);
                assert!(unknown.call.is_none() && !unknown.place.is_empty());
            }
        }
    }
}
