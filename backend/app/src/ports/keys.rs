//! Keys on chips, as the manufacturer and we tell each other of them.

use cards_domain::certificate::{Profile, Usage};
use cards_domain::ids::{CertificateId, OrderId};
use cards_domain::values::CardNumber;
use serde::{Deserialize, Serialize};

/// A key that is to be made on a chip, and asked for a certificate for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedKey {
    /// Whom its certificate will name the holder as.
    pub profile: Profile,
    /// What it is for.
    pub usage: Usage,
}

/// A request for a certificate, by the chip that has the key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRequest {
    /// Whom the certificate will name the holder as.
    pub profile: Profile,
    /// What the key is for.
    pub usage: Usage,
    /// The request (PKCS #10, DER). In Base64 where it is written down.
    #[serde(with = "in_base64")]
    pub request: Vec<u8>,
}

impl std::fmt::Debug for KeyRequest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "KeyRequest({:?}, {:?})", self.profile, self.usage)
    }
}

/// A certificate to be written to the card that has its key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardCertificate {
    /// Which; comes back when it has been written.
    pub certificate: CertificateId,
    /// The order of the card.
    pub order: OrderId,
    /// The number of the card. It is written to no other.
    pub number: CardNumber,
    /// Whom it names the holder as.
    pub profile: Profile,
    /// What its key is for.
    pub usage: Usage,
    /// The certificate (DER). In Base64 where it is written down.
    #[serde(with = "in_base64")]
    pub der: Vec<u8>,
}

impl std::fmt::Debug for CardCertificate {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "CardCertificate({})", self.certificate)
    }
}

mod in_base64 {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        STANDARD.decode(text).map_err(serde::de::Error::custom)
    }
}
