//! Questions and answers about the state of certificates.

use cards_pki::crl::Reason;
use cards_pki::ocsp::{self, Answer, OcspFault, OcspRequest, OcspWindow, read_response};
use cards_pki::serial::Serial;
use chrono::Duration;
use der::asn1::OctetString;
use der::{Decode, Encode};
use x509_cert::Certificate;
use x509_cert::ext::Extension;
use x509_ocsp::{
    BasicOcspResponse, CertId, OcspRequest as Asked, OcspResponse, Request, TbsRequest,
};

use crate::kit::{Folder, LOGIN, World, random};

const NONCE: &str = "1.3.6.1.5.5.7.48.1.2";

/// A request for these numbers of the authority that issues log-in certificates.
fn asked(world: &World, serials: &[Serial], extensions: Vec<Extension>) -> Vec<u8> {
    let issuer = Certificate::from_der(world.authority(LOGIN).issuer.as_der()).unwrap();
    let id = |serial: &Serial| CertId {
        hash_algorithm: x509_cert::spki::AlgorithmIdentifierOwned {
            oid: "1.3.14.3.2.26".parse().unwrap(),
            parameters: Some(der::asn1::Null.into()),
        },
        issuer_name_hash: sha1(&issuer.tbs_certificate.subject.to_der().unwrap()),
        issuer_key_hash: {
            let key = &issuer.tbs_certificate.subject_public_key_info;
            sha1(key.subject_public_key.raw_bytes())
        },
        serial_number: x509_cert::serial_number::SerialNumber::new(serial.as_bytes()).unwrap(),
    };
    let request = Asked {
        tbs_request: TbsRequest {
            request_list: serials
                .iter()
                .map(|serial| Request {
                    req_cert: id(serial),
                    single_request_extensions: None,
                })
                .collect(),
            request_extensions: (!extensions.is_empty()).then_some(extensions),
            ..TbsRequest::default()
        },
        optional_signature: None,
    };
    request.to_der().unwrap()
}

fn sha1(bytes: &[u8]) -> OctetString {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, bytes);
    OctetString::new(digest.as_ref()).unwrap()
}

fn nonce(bytes: &[u8]) -> Extension {
    Extension {
        extn_id: NONCE.parse().unwrap(),
        critical: false,
        extn_value: OctetString::new(OctetString::new(bytes).unwrap().to_der().unwrap()).unwrap(),
    }
}

fn serials(count: usize) -> Vec<Serial> {
    (0..count).map(|_| Serial::from_random(random())).collect()
}

fn window(world: &World) -> OcspWindow {
    OcspWindow {
        produced_at: world.now,
        this_update: world.now - Duration::seconds(3),
        next_update: world.now + Duration::hours(1),
    }
}

fn answer(world: &World, request: &OcspRequest, answers: &[Answer]) -> Vec<u8> {
    let responder = world.authority(LOGIN).responder.as_ref().unwrap();
    responder.answer(request, answers, window(world)).unwrap()
}

#[test]
fn several_certificates_are_answered_for_in_the_order_of_the_question() {
    let world = World::new();
    let issuer = &world.authority(LOGIN).issuer;
    let numbers = serials(4);
    let request = ocsp::read(&asked(&world, &numbers, vec![nonce(&[9; 32])])).unwrap();
    let revoked = |reason| Answer::Revoked {
        at: world.now - Duration::days(1),
        reason,
    };
    let answers = [
        Answer::Good,
        revoked(Reason::PrivilegeWithdrawn),
        Answer::Unknown,
        revoked(Reason::Unspecified),
    ];
    let response = answer(&world, &request, &answers);
    let read = read_response(&response, issuer).unwrap();
    let wanted: Vec<_> = numbers.into_iter().zip(answers).collect();
    assert_eq!(read, wanted);
    let outer = OcspResponse::from_der(&response).unwrap();
    let basic = outer.response_bytes.unwrap();
    let basic = BasicOcspResponse::from_der(basic.response.as_bytes()).unwrap();
    assert_eq!(basic.nonce().unwrap().0.as_bytes(), [9; 32]);
    let other = &world.founded.authority("person-id-3").unwrap().issuer;
    let fault = read_response(&response, other).unwrap_err();
    assert_eq!(fault.code(), "ocsp_unverified");
}

#[test]
fn a_question_about_another_authority_is_not_ours_to_answer() {
    let world = World::new();
    let request = ocsp::read(&asked(&world, &serials(1), Vec::new())).unwrap();
    let other = world.founded.authority("person-id-3").unwrap();
    let responder = other.responder.as_ref().unwrap();
    assert_eq!(responder.serial_asked(&request.ids()[0]), None);
}

fn read_get(path: &str) -> Result<OcspRequest, OcspFault> {
    ocsp::read(&ocsp::in_path(path)?)
}

#[test]
fn a_get_is_read_with_and_without_percent_signs() {
    use base64::Engine as _;
    let world = World::new();
    let der = asked(&world, &serials(1), vec![nonce(&[7; 20])]);
    let plain = base64::engine::general_purpose::STANDARD.encode(&der);
    let escaped = plain
        .replace('+', "%2B")
        .replace('/', "%2f")
        .replace('=', "%3D");
    let wanted = ocsp::read(&der).unwrap();
    for path in [plain, escaped] {
        assert_eq!(read_get(&path).unwrap(), wanted);
    }
    for path in ["%", "%4", "%zz", "a b", ""] {
        assert_eq!(
            read_get(path).unwrap_err().code(),
            "ocsp_malformed",
            "{path}"
        );
    }
}

#[test]
fn questions_that_are_none_are_refused_as_the_protocol_says() {
    let world = World::new();
    let numbers = serials(21);
    let critical = Extension {
        extn_id: "1.2.3".parse().unwrap(),
        critical: true,
        extn_value: OctetString::new([5, 0]).unwrap(),
    };
    let malformed = [
        b"0".to_vec(),
        asked(&world, &[], Vec::new()),
        asked(&world, &numbers, Vec::new()),
        asked(&world, &numbers[..1], vec![nonce(&[])]),
        asked(&world, &numbers[..1], vec![nonce(&[1; 33])]),
        asked(&world, &numbers[..1], vec![nonce(&[1; 8]), nonce(&[2; 8])]),
        asked(&world, &numbers[..1], vec![critical]),
    ];
    for body in malformed {
        let fault = ocsp::read(&body).unwrap_err();
        assert_eq!(fault.code(), "ocsp_malformed");
        assert_eq!(ocsp::refusal(&fault), ocsp::MALFORMED_REQUEST);
    }
    let fault = ocsp::read(&[0x30; 4097]).unwrap_err();
    assert_eq!(fault.code(), "ocsp_too_long");
    let fault = read_get(&"A".repeat(2049)).unwrap_err();
    assert_eq!(fault.code(), "ocsp_too_long");
    assert_eq!(ocsp::refusal(&OcspFault::Answers), ocsp::INTERNAL_ERROR);
}

#[test]
fn openssl_reads_each_refusal() {
    let folder = Folder::new();
    for (bytes, text) in [
        (ocsp::MALFORMED_REQUEST, "malformedrequest"),
        (ocsp::INTERNAL_ERROR, "internalerror"),
        (ocsp::TRY_LATER, "trylater"),
        (ocsp::UNAUTHORIZED, "unauthorized"),
    ] {
        folder.write("refusal.der", bytes);
        let output = folder.openssl(&["ocsp", "-respin", "refusal.der", "-noverify"]);
        assert!(crate::kit::said(&output).contains(text), "{text}");
    }
    let world = World::new();
    let fault = read_response(ocsp::TRY_LATER, &world.founded.root.issuer).unwrap_err();
    assert_eq!(fault.code(), "ocsp_refused");
}

#[test]
fn there_is_one_answer_for_each_question_or_none() {
    let world = World::new();
    let request = ocsp::read(&asked(&world, &serials(2), Vec::new())).unwrap();
    let responder = world.authority(LOGIN).responder.as_ref().unwrap();
    let fault = responder.answer(&request, &[Answer::Good], window(&world));
    assert_eq!(fault.unwrap_err().code(), "ocsp_answers");
}
