//! The four kinds of certificates: for a card, the root, an issuing authority, a responder.

use chrono::{DateTime, Datelike, Utc};

use super::{LeafOrder, OwnOrder, TbsFault, extensions as ext, name};
use crate::issuer::Issuer;
use crate::key::Algorithm;
use crate::names;
use crate::profile::{
    AuthorityProfile, AuthorityRole, KeyUse, ProfileFault, Profiles, ROOT, read_oid,
};
use crate::public_key::PublicKey;
use crate::serial::Serial;
use crate::time::utc_or_general;
use crate::wire::{group, integer, sequence, tag};

/// `[0] v3`.
const VERSION_3: [u8; 5] = [0xa0, 3, 2, 1, 2];

struct Fields<'a> {
    serial: Serial,
    algorithm: Algorithm,
    issuer: &'a [u8],
    not_before: DateTime<Utc>,
    not_after: DateTime<Utc>,
    subject: &'a [u8],
    key: &'a PublicKey,
    extensions: Vec<Vec<u8>>,
}

fn assemble(fields: &Fields<'_>) -> Vec<u8> {
    let validity = sequence(&[
        &utc_or_general(fields.not_before),
        &utc_or_general(fields.not_after),
    ]);
    let extensions: Vec<&[u8]> = fields.extensions.iter().map(Vec::as_slice).collect();
    let extensions = group(tag::explicit(3), &[&sequence(&extensions)]);
    sequence(&[
        &VERSION_3,
        &integer(fields.serial.as_bytes()),
        &fields.algorithm.signature().identifier(),
        fields.issuer,
        &validity,
        fields.subject,
        fields.key.as_der(),
        &extensions,
    ])
}

fn check_validity(
    not_before: DateTime<Utc>,
    not_after: DateTime<Utc>,
    issuer: Option<&Issuer>,
) -> Result<(), TbsFault> {
    let years = 2000..2200;
    let known = years.contains(&not_before.year()) && years.contains(&not_after.year());
    let inside = issuer.is_none_or(|issuer| {
        not_before.timestamp() >= issuer.not_before().timestamp()
            && not_after.timestamp() <= issuer.not_after().timestamp()
    });
    let good = known && inside && not_before.timestamp() < not_after.timestamp();
    good.then_some(()).ok_or(TbsFault::Validity)
}

pub(super) fn leaf(
    profiles: &Profiles,
    issuer: &Issuer,
    order: &LeafOrder<'_>,
) -> Result<Vec<u8>, TbsFault> {
    let profile = profiles.leaf(order.kind)?;
    let authority = profiles.authority(issuer.authority())?;
    let policy = match &authority.role {
        AuthorityRole::Issuing {
            identity, policy, ..
        } if *identity == order.kind.identity => read_oid(policy)?,
        AuthorityRole::Issuing { .. } | AuthorityRole::Root => return Err(TbsFault::WrongIssuer),
    };
    if !order.subject.is_for(order.kind.identity) {
        return Err(TbsFault::WrongIdentifier);
    }
    check_validity(order.not_before, order.not_after, Some(issuer))?;
    let usages = profile.extended_key_usage.iter().map(|one| read_oid(one));
    let usages = usages.collect::<Result<Vec<_>, ProfileFault>>()?;
    let shard = profiles.shard_of(&order.serial);
    let mut extensions = vec![
        ext::end_entity(),
        ext::key_usage(profile.key_usage),
        ext::policy(&policy),
        ext::subject_key(order.key),
        ext::issuer_key(issuer.key_identifier()),
        ext::list_at(&profiles.crl_url(&authority.name, shard)),
        ext::information(
            Some(&profiles.ocsp_url(&authority.name)),
            &profiles.issuer_url(&authority.name),
        ),
        ext::card_number(order.card_number),
    ];
    if !usages.is_empty() {
        extensions.insert(2, ext::extended_key_usage(&usages));
    }
    Ok(assemble(&Fields {
        serial: order.serial,
        algorithm: issuer.algorithm(),
        issuer: issuer.name(),
        not_before: order.not_before,
        not_after: order.not_after,
        subject: &name::holder(profiles, profile, order.subject),
        key: order.key,
        extensions,
    }))
}

pub(super) fn root(
    profiles: &Profiles,
    profile: &AuthorityProfile,
    order: OwnOrder<'_>,
) -> Result<Vec<u8>, TbsFault> {
    check_validity(order.not_before, order.not_after, None)?;
    let own = name::authority(profiles, profile);
    Ok(assemble(&Fields {
        serial: order.serial,
        algorithm: profile.algorithm,
        issuer: &own,
        not_before: order.not_before,
        not_after: order.not_after,
        subject: &own,
        key: order.key,
        extensions: vec![
            ext::authority(None),
            ext::authority_key_usage(),
            ext::subject_key(order.key),
        ],
    }))
}

pub(super) fn issuing(
    profiles: &Profiles,
    profile: &AuthorityProfile,
    root: &Issuer,
    order: OwnOrder<'_>,
) -> Result<Vec<u8>, TbsFault> {
    check_validity(order.not_before, order.not_after, Some(root))?;
    let AuthorityRole::Issuing { policy, .. } = &profile.role else {
        return Err(TbsFault::WrongIssuer);
    };
    Ok(assemble(&Fields {
        serial: order.serial,
        algorithm: root.algorithm(),
        issuer: root.name(),
        not_before: order.not_before,
        not_after: order.not_after,
        subject: &name::authority(profiles, profile),
        key: order.key,
        extensions: vec![
            ext::authority(Some(0)),
            ext::authority_key_usage(),
            ext::policy(&read_oid(policy)?),
            ext::subject_key(order.key),
            ext::issuer_key(root.key_identifier()),
            ext::list_at(&profiles.crl_url(ROOT, 0)),
            ext::information(None, &profiles.issuer_url(ROOT)),
        ],
    }))
}

pub(super) fn responder(
    profiles: &Profiles,
    issuer: &Issuer,
    order: OwnOrder<'_>,
) -> Result<Vec<u8>, TbsFault> {
    check_validity(order.not_before, order.not_after, Some(issuer))?;
    let authority = profiles.authority(issuer.authority())?;
    Ok(assemble(&Fields {
        serial: order.serial,
        algorithm: issuer.algorithm(),
        issuer: issuer.name(),
        not_before: order.not_before,
        not_after: order.not_after,
        subject: &name::responder(profiles, authority),
        key: order.key,
        extensions: vec![
            ext::end_entity(),
            ext::key_usage(KeyUse::DigitalSignature),
            ext::extended_key_usage(&[names::OCSP_SIGNING]),
            ext::subject_key(order.key),
            ext::issuer_key(issuer.key_identifier()),
            ext::no_check(),
        ],
    }))
}
