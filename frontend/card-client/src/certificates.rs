//! What a certificate on a card says that matters to its holder.

use crate::card::{CardNumber, Certificate, Identity, Usage};
use crate::weak::{BirthDate, Facts};
use x509_parser::certificate::X509Certificate;
use x509_parser::oid_registry::OID_X509_SERIALNUMBER;
use x509_parser::parse_x509_certificate;

/// Reads a certificate; `None` when it is none, or an authority's.
#[must_use]
pub fn read(der: &[u8], id: &[u8]) -> Option<Certificate> {
    let (_, parsed) = parse_x509_certificate(der).ok()?;
    if parsed.is_ca() {
        return None;
    }
    let named = named_as(&parsed);
    let validity = parsed.validity();
    Some(Certificate {
        usage: usage(&parsed),
        identity: identity(named.as_deref()),
        not_before: validity.not_before.timestamp(),
        not_after: validity.not_after.timestamp(),
        last_day: validity.not_after.to_datetime().date().to_string(),
        personal_number: named.filter(|number| is_personal_number(number)),
        id: id.to_vec(),
        der: der.to_vec(),
    })
}

/// A certificate's public key, a SubjectPublicKeyInfo in DER.
#[must_use]
pub fn public_key(der: &[u8]) -> Option<Vec<u8>> {
    let (_, parsed) = parse_x509_certificate(der).ok()?;
    Some(parsed.public_key().raw.to_vec())
}

/// A key that may bind its holder to a text is for signing; anything else is for *legitimering*.
fn usage(certificate: &X509Certificate<'_>) -> Usage {
    let usage = certificate.key_usage().ok().flatten();
    if usage.is_some_and(|usage| usage.value.non_repudiation()) {
        Usage::Signature
    } else {
        Usage::Authentication
    }
}

fn named_as(certificate: &X509Certificate<'_>) -> Option<String> {
    let mut found = certificate.subject().iter_by_oid(&OID_X509_SERIALNUMBER);
    found.next()?.as_str().ok().map(str::to_owned)
}

fn identity(named: Option<&str>) -> Identity {
    match named {
        Some(number) if is_personal_number(number) => Identity::Personal,
        // An HSA-id: SE, the organisation's number, a dash, and a suffix (SS 614331 profiles).
        Some(text) if text.starts_with("SE") && text.contains('-') => Identity::Work,
        _ => Identity::Other,
    }
}

fn is_personal_number(text: &str) -> bool {
    BirthDate::of_personal_number(text).is_some()
}

/// What a code may not be made of, as the card shows it.
#[must_use]
pub fn facts(number: &CardNumber, certificates: &[Certificate]) -> Facts {
    let personal: Vec<String> = certificates
        .iter()
        .filter_map(|one| one.personal_number.clone())
        .collect();
    Facts {
        births: personal
            .iter()
            .filter_map(|number| BirthDate::of_personal_number(number))
            .collect(),
        numbers: [number.digits().to_owned()]
            .into_iter()
            .chain(personal)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_is_left_out() {
        assert!(read(b"nothing", &[1]).is_none());
    }

    #[test]
    fn a_holder_is_named_by_hsa_id_or_by_personal_number() {
        assert_eq!(identity(Some("SE2321000016-1AB2")), Identity::Work);
        assert_eq!(identity(Some("197903159809")), Identity::Personal);
        assert_eq!(identity(Some("12345")), Identity::Other);
        assert_eq!(identity(None), Identity::Other);
    }
}
