//! What can be wrong with a certificate that is about to be signed.

use thiserror::Error;

macro_rules! flaws {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $text:literal;)+) => {
        /// Something wrong with a certificate. Names what, never its content.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Error)]
        pub enum Flaw {
            $($(#[doc = $doc])+ #[error($text)] $name,)+
        }

        impl Flaw {
            /// All flaws.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

flaws! {
    /// Not a certificate, or not in the one form that DER allows.
    NotDer = "lint_not_der", "the bytes are not a certificate in DER";
    /// Not version 3.
    Version = "lint_version", "the certificate is not of version 3";
    /// Not 16 positive octets.
    SerialNumber = "lint_serial", "the serial number has not 16 positive octets";
    /// Signed in another way than the authority signs.
    SignatureAlgorithm = "lint_signature_algorithm", "the signature is not of the authority's kind";
    /// Another name than the authority's.
    IssuerName = "lint_issuer_name", "the issuer's name is not the authority's";
    /// A name that begins as the real authorities' names do.
    RealName = "lint_real_name", "the authority bears the name of a real one";
    /// Ends before it begins.
    ValidityOrder = "lint_validity_order", "the validity ends before it begins";
    /// Longer than the authority's own.
    ValidityBeyondIssuer = "lint_validity_beyond_issuer", "the validity is outside the issuer's";
    /// UTCTime from 2050, or GeneralizedTime before.
    TimeForm = "lint_time_form", "a time is written in the wrong form";
    /// Unique identifiers, which RFC 5280 4.1.2.8 forbids.
    UniqueIds = "lint_unique_ids", "the certificate has unique identifiers";
    /// A field too many, too few, twice or in another order than the profile's.
    SubjectFields = "lint_subject_fields", "the subject has other fields than the profile";
    /// A field that is empty, too long, of the wrong kind of string or with control characters.
    SubjectText = "lint_subject_text", "a field of the subject is written wrongly";
    /// Another country than the profiles'.
    Country = "lint_country", "the subject is of another country";
    /// The identifier is not of the kind that the certificate carries.
    Identifier = "lint_identifier", "the identifier is of another kind";
    /// The common name is not made of given names and surname.
    CommonName = "lint_common_name", "the common name is not the holder's name";
    /// The authority's own common name is another than the profile's.
    OwnName = "lint_own_name", "the authority's name is another than the profile's";
    /// A key that may not stand in a certificate.
    Key = "lint_key", "the key may not stand in a certificate";
    /// The authority's own key.
    IssuersKey = "lint_issuers_key", "the key is the authority's own";
    /// The authority does not issue such certificates.
    WrongAuthority = "lint_wrong_authority", "the authority does not issue such certificates";
    /// An extension is missing.
    ExtensionMissing = "lint_extension_missing", "an extension is missing";
    /// An extension that the profile does not know.
    ExtensionUnknown = "lint_extension_unknown", "there is an extension that does not belong there";
    /// An extension twice.
    ExtensionTwice = "lint_extension_twice", "an extension stands there twice";
    /// Critical and should not be, or the other way round.
    Criticality = "lint_criticality", "an extension is wrongly critical or wrongly not";
    /// An authority, or none where there should be one.
    BasicConstraints = "lint_basic_constraints", "the basic constraints are wrong";
    /// Another key usage than the profile's.
    KeyUsage = "lint_key_usage", "the key usage is another than the profile's";
    /// Another extended key usage than the profile's.
    ExtendedKeyUsage = "lint_extended_key_usage", "the extended key usage is another than the profile's";
    /// Another policy than the level's.
    Policy = "lint_policy", "the policy is another than the level's";
    /// Not the hash of the key.
    SubjectKeyId = "lint_subject_key_id", "the key identifier is not the key's";
    /// Not the authority's key.
    AuthorityKeyId = "lint_authority_key_id", "the issuer's key identifier is not the authority's";
    /// Another list than the one the number belongs to.
    DistributionPoint = "lint_distribution_point", "the revocation list is not the one of the number";
    /// Other addresses than the authority's.
    InformationAccess = "lint_information_access", "the authority's addresses are wrong";
    /// Not a card number.
    CardNumber = "lint_card_number", "the card number is not one";
}
