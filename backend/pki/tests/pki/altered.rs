//! Certificates with exactly one thing wrong: the bytes that were built are read, changed and
//! signed again by the same authority.

use cards_pki::ceremony::Authority;
use cards_pki::tbs::Tbs;
use der::asn1::{BitString, OctetString};
use der::{Decode, Encode};
use x509_cert::ext::Extension;
use x509_cert::{Certificate, TbsCertificate};

pub fn altered(tbs: &Tbs, change: impl FnOnce(&mut TbsCertificate)) -> Tbs {
    let mut read = TbsCertificate::from_der(tbs.as_der()).unwrap();
    change(&mut read);
    Tbs::from_stored(read.to_der().unwrap())
}

/// Signs without looking.
pub fn signed(tbs: &Tbs, authority: &Authority) -> Vec<u8> {
    let read = TbsCertificate::from_der(tbs.as_der()).unwrap();
    let certificate = Certificate {
        signature_algorithm: read.signature.clone(),
        signature: BitString::from_bytes(&authority.key.sign(tbs.as_der()).unwrap()).unwrap(),
        tbs_certificate: read,
    };
    certificate.to_der().unwrap()
}

pub fn extension<'a>(read: &'a mut TbsCertificate, id: &str) -> &'a mut Extension {
    let all = read.extensions.as_mut().unwrap();
    let mut all = all.iter_mut();
    all.find(|one| one.extn_id.to_string() == id).unwrap()
}

/// Gives an extension another value.
pub fn says(read: &mut TbsCertificate, id: &str, value: &[u8]) {
    extension(read, id).extn_value = OctetString::new(value).unwrap();
}

/// Changes the last byte of an extension's value.
pub fn says_otherwise(read: &mut TbsCertificate, id: &str) {
    let mut value = extension(read, id).extn_value.as_bytes().to_vec();
    *value.last_mut().unwrap() ^= 1;
    says(read, id, &value);
}

/// Gives a field of the subject another text of the same kind.
pub fn named(read: &mut TbsCertificate, id: &str, text: &str) {
    for part in &mut read.subject.0 {
        let mut fields: Vec<_> = part.0.iter().cloned().collect();
        for field in &mut fields {
            if field.oid.to_string() == id {
                let tag = der::Tagged::tag(&field.value);
                field.value = der::Any::new(tag, text.as_bytes()).unwrap();
            }
        }
        part.0 = fields.try_into().unwrap();
    }
}
