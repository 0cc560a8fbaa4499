//! Answers in DER (RFC 6960 4.2.1).

use super::{Answer, AskedId, OcspRequest, OcspWindow};
use crate::algorithm::SignatureAlgorithm;
use crate::crl::Reason;
use crate::names;
use crate::public_key::PublicKey;
use crate::time::general;
use crate::wire::{bits, element, group, octets, oid, put, sequence, tag};

/// `ResponseData`: what is signed. The responder is named by its key.
pub(super) fn data(
    responder: &PublicKey,
    request: &OcspRequest,
    answers: &[Answer],
    window: OcspWindow,
) -> Vec<u8> {
    let responder = group(tag::explicit(2), &[&octets(&responder.key_identifier())]);
    let mut singles = Vec::new();
    for (id, answer) in request.ids.iter().zip(answers) {
        put_single(&mut singles, id, *answer, window);
    }
    let extensions = request.nonce.as_deref().map(nonce).unwrap_or_default();
    sequence(&[
        &responder,
        &general(window.produced_at),
        &sequence(&[&singles]),
        &extensions,
    ])
}

fn put_single(out: &mut Vec<u8>, id: &AskedId, answer: Answer, window: OcspWindow) {
    let next = group(tag::explicit(0), &[&general(window.next_update)]);
    let single = [
        id.der.as_slice(),
        &status(answer),
        &general(window.this_update),
        &next,
    ];
    put(out, tag::SEQUENCE, &single.concat());
}

fn status(answer: Answer) -> Vec<u8> {
    match answer {
        Answer::Good => element(tag::context(0), &[]),
        Answer::Unknown => element(tag::context(2), &[]),
        Answer::Revoked {
            at,
            reason: Reason::Unspecified,
        } => group(tag::explicit(1), &[&general(at)]),
        Answer::Revoked { at, reason } => {
            let told = element(tag::ENUMERATED, &[reason.number()]);
            let told = group(tag::explicit(0), &[&told]);
            group(tag::explicit(1), &[&general(at), &told])
        }
    }
}

fn nonce(value: &[u8]) -> Vec<u8> {
    let extension = sequence(&[&oid(&names::OCSP_NONCE), &octets(&octets(value))]);
    group(tag::explicit(1), &[&sequence(&[&extension])])
}

/// The whole answer, with the responder's certificate.
pub(super) fn response(
    data: &[u8],
    algorithm: SignatureAlgorithm,
    signature: &[u8],
    certificate: &[u8],
) -> Vec<u8> {
    let certificates = group(tag::explicit(0), &[&sequence(&[certificate])]);
    let basic = sequence(&[
        data,
        &algorithm.identifier(),
        &bits(signature),
        &certificates,
    ]);
    let bytes = sequence(&[&oid(&names::OCSP_BASIC), &octets(&basic)]);
    let successful = element(tag::ENUMERATED, &[0]);
    sequence(&[&successful, &group(tag::explicit(0), &[&bytes])])
}
