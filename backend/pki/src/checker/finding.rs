//! What the examiner can find.

use thiserror::Error;

macro_rules! findings {
    ($(#[doc = $of:literal])+ $all:ident: $($(#[doc = $doc:literal])+ $name:ident = $code:literal, $text:literal;)+) => {
        $(#[doc = $of])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Error)]
        pub enum $all {
            $($(#[doc = $doc])+ #[error($text)] $name,)+
        }

        impl $all {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

findings! {
    /// Something that is wrong with a certificate or its record. Names what, never its content.
    Finding:
    /// The records say that it was signed, and there is none.
    Missing = "missing", "the certificate is missing";
    /// There is one, and the records say that none was signed.
    Premature = "premature", "there is a certificate that the records do not know of";
    /// It cannot be read.
    Malformed = "malformed", "the certificate cannot be read";
    /// Bytes follow it.
    TrailingBytes = "trailing_bytes", "bytes follow the certificate";
    /// The bytes that were stored before signing are missing.
    StoredMissing = "stored_missing", "the bytes stored before signing are missing";
    /// The bytes that were stored before signing are others.
    StoredDiffers = "stored_differs", "other bytes were signed than were stored";
    /// The authority's certificate cannot be read.
    IssuerMalformed = "issuer_malformed", "the authority's certificate cannot be read";
    /// The authority's certificate is not an authority's.
    IssuerNoAuthority = "issuer_no_authority", "the issuer is not an authority";
    /// It names another issuer.
    IssuerName = "issuer_name", "the certificate names another issuer";
    /// The signature is not the authority's.
    Signature = "signature", "the signature is not the authority's";
    /// Two different signature algorithms, or one that is not used.
    SignatureAlgorithm = "signature_algorithm", "the signature algorithm is not one that is used";
    /// It outlives its issuer.
    OutlivesIssuer = "outlives_issuer", "the certificate outlives its issuer";
    /// It is older than its issuer.
    OlderThanIssuer = "older_than_issuer", "the certificate is older than its issuer";
    /// Not version 3.
    Version = "version", "the certificate is not of version 3";
    /// Another number than the reserved one.
    SerialNumber = "serial", "the serial number is not the reserved one";
    /// Unique identifiers.
    UniqueIds = "unique_ids", "the certificate has unique identifiers";
    /// Valid from another moment than on record.
    NotBefore = "not_before", "the certificate begins at another moment";
    /// Valid to another moment than the card.
    NotAfter = "not_after", "the certificate does not end with the card";
    /// Living on record and over.
    Overdue = "overdue", "the certificate is over and lives on record";
    /// Over on record and still valid.
    ExpiredTooEarly = "expired_too_early", "the certificate is valid and over on record";
    /// Another key than the request proved.
    Key = "key", "the key is not the one that was asked for";
    /// A key that is too short or of a kind that is not used.
    KeyKind = "key_kind", "the key is too short or of a kind that is not used";
    /// Fields missing, too many or in another order.
    SubjectFields = "subject_fields", "the subject has other fields than the profile";
    /// Another country.
    Country = "country", "the country is another";
    /// Another organisation.
    Organisation = "organisation", "the organisation is another";
    /// Another name of the holder.
    HolderName = "holder_name", "the holder's name is another";
    /// Another title.
    Title = "title", "the title is another";
    /// Another HSA-id or personal number.
    Identifier = "identifier", "the identifier is another";
    /// The records name a shard that the number does not belong to.
    Shard = "shard", "the number belongs to another shard";
    /// Another list than the shard's.
    DistributionPoint = "distribution_point", "the revocation list is another";
    /// Other addresses of responder and issuer.
    InformationAccess = "information_access", "the authority's addresses are others";
    /// An authority.
    BasicConstraints = "basic_constraints", "the certificate may be an authority's";
    /// Another key usage.
    KeyUsage = "key_usage", "the key usage is another";
    /// Another extended key usage.
    ExtendedKeyUsage = "extended_key_usage", "the extended key usage is another";
    /// Another policy than that of the authority's level.
    Policy = "policy", "the policy is another";
    /// Not the hash of the key.
    SubjectKeyId = "subject_key_id", "the key identifier is not the key's";
    /// Not the issuer's key.
    AuthorityKeyId = "authority_key_id", "the issuer's key identifier is another";
    /// Another card.
    CardNumber = "card_number", "the card number is another";
    /// An extension that such certificates do not have.
    UnexpectedExtension = "unexpected_extension", "there is an extension that does not belong";
    /// An extension twice.
    RepeatedExtension = "repeated_extension", "an extension stands there twice";
    /// Critical and should not be, or the other way round.
    Criticality = "criticality", "an extension is wrongly critical or wrongly not";
}

findings! {
    /// Why a published list is not believed.
    CrlFinding:
    /// It cannot be read.
    Malformed = "crl_malformed", "the list cannot be read";
    /// It names another issuer.
    Issuer = "crl_issuer", "the list names another issuer";
    /// The signature is not the authority's.
    Signature = "crl_signature", "the list's signature is not the authority's";
    /// It has no number, or too great a one.
    Number = "crl_number", "the list has no number";
    /// It does not say until when it may be used.
    NextUpdate = "crl_next_update", "the list does not say until when it may be used";
    /// It is a part of something else than the cards' certificates, or not critically so.
    Scope = "crl_scope", "the list speaks for something else than a shard";
    /// A reason that is never used, such as certificateHold.
    Reason = "crl_reason", "the list gives a reason that is never used";
}
