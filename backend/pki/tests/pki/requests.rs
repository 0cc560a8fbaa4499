//! Requests as openssl makes them, and those that are refused.

use cards_pki::public_key::{KeyKind, KeyRefused, PublicKey};
use cards_pki::request::{RequestFault, read};

use crate::kit::Folder;

/// A request for a new key, in DER.
fn made(folder: &Folder, key: &[&str], more: &[&str]) -> Vec<u8> {
    let new = [
        "req", "-new", "-nodes", "-subj", "/CN=x", "-keyout", "key.pem",
    ];
    let out = ["-outform", "DER", "-out", "request.der"];
    let all = [&new[..], &["-newkey"], key, more, &out].concat();
    folder.openssl_says(&all);
    std::fs::read(folder.path().join("request.der")).unwrap()
}

const P256: [&str; 3] = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];

#[test]
fn requests_for_every_kind_of_key_that_is_allowed_are_read() {
    let folder = Folder::new();
    let p384 = ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"];
    let cases: [(&[&str], &[&str], KeyKind); 5] = [
        (&P256, &[], KeyKind::P256),
        (&P256, &["-sha384"], KeyKind::P256),
        (&p384, &[], KeyKind::P384),
        (&["rsa:2048"], &[], KeyKind::Rsa { bits: 2048 }),
        (&["rsa:3072"], &["-sha512"], KeyKind::Rsa { bits: 3072 }),
    ];
    for (key, more, kind) in cases {
        let request = read(&made(&folder, key, more)).unwrap();
        assert_eq!(request.key.kind(), kind);
        let again = PublicKey::from_spki(request.key.as_der()).unwrap();
        assert_eq!(again.fingerprint(), request.key.fingerprint());
    }
}

#[test]
fn a_request_in_pem_is_read_and_another_pem_is_not() {
    let folder = Folder::new();
    let der = made(&folder, &P256, &[]);
    folder.openssl_says(&[
        "req",
        "-inform",
        "DER",
        "-in",
        "request.der",
        "-out",
        "request.pem",
    ]);
    let pem = std::fs::read(folder.path().join("request.pem")).unwrap();
    assert_eq!(read(&pem).unwrap(), read(&der).unwrap());
    let key = std::fs::read(folder.path().join("key.pem")).unwrap();
    assert_eq!(read(&key), Err(RequestFault::Malformed));
}

#[test]
fn keys_that_are_not_allowed_are_refused_by_name() {
    let folder = Folder::new();
    let refused = |key: &[&str], more: &[&str]| read(&made(&folder, key, more)).unwrap_err();
    let p521 = ["ec", "-pkeyopt", "ec_paramgen_curve:P-521"];
    let k1 = ["ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"];
    let three = ["rsa:2048", "-pkeyopt", "rsa_keygen_pubexp:3"];
    assert_eq!(refused(&p521, &[]), RequestFault::Key(KeyRefused::Kind));
    assert_eq!(refused(&k1, &[]), RequestFault::Key(KeyRefused::Kind));
    assert_eq!(
        refused(&["ed25519"], &[]),
        RequestFault::Key(KeyRefused::Kind)
    );
    assert_eq!(
        refused(&["rsa:1024"], &[]),
        RequestFault::Key(KeyRefused::Modulus)
    );
    assert_eq!(
        refused(&three, &[]),
        RequestFault::Key(KeyRefused::Exponent)
    );
    assert_eq!(refused(&P256, &["-sha1"]), RequestFault::SignatureAlgorithm);
}

#[test]
fn a_request_whose_sender_has_not_the_key_is_refused() {
    let folder = Folder::new();
    let der = made(&folder, &P256, &[]);
    let mut torn = der.clone();
    let middle = torn.iter().position(|byte| *byte == b'x').unwrap();
    torn[middle] = b'y';
    assert_eq!(read(&torn), Err(RequestFault::NoProof));
    let mut unsigned = der;
    *unsigned.last_mut().unwrap() ^= 1;
    assert_eq!(read(&unsigned), Err(RequestFault::NoProof));
}

#[test]
fn bytes_that_are_no_request_are_refused() {
    let folder = Folder::new();
    let mut longer = made(&folder, &P256, &[]);
    longer.push(0);
    assert_eq!(read(&longer), Err(RequestFault::Malformed));
    assert_eq!(read(b""), Err(RequestFault::Malformed));
    assert_eq!(read(&[0x30; 9000]), Err(RequestFault::TooLong));
}

#[test]
fn points_off_the_curve_and_weak_moduli_are_refused() {
    // id-ecPublicKey on secp256r1, up to the point.
    let mut key = vec![
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08,
        0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    key.push(4);
    key.extend([0x11; 64]);
    assert_eq!(PublicKey::from_spki(&key), Err(KeyRefused::Point));
    // All ones is odd and divisible by three.
    let weak = rsa_key(&[0xff; 256], &[1, 0, 1]);
    assert_eq!(PublicKey::from_spki(&weak), Err(KeyRefused::Weak));
}

fn rsa_key(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    use der::{Encode, asn1::BitString};
    let number = |bytes: &[u8]| der::asn1::Uint::new(bytes).unwrap().to_der().unwrap();
    let parts = [number(modulus), number(exponent)].concat();
    let key = der::Any::new(der::Tag::Sequence, parts).unwrap();
    x509_cert::spki::SubjectPublicKeyInfoOwned {
        algorithm: x509_cert::spki::AlgorithmIdentifierOwned {
            oid: "1.2.840.113549.1.1.1".parse().unwrap(),
            parameters: Some(der::asn1::Null.into()),
        },
        subject_public_key: BitString::from_bytes(&key.to_der().unwrap()).unwrap(),
    }
    .to_der()
    .unwrap()
}
