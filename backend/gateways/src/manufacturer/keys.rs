//! The key pairs that sign batches and reports: elliptic curve P-256, the private half as PKCS#8
//! in DER for the owner only, the public half beside it as PEM to be given to the other side.

use std::path::Path;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::{DecodingKey, EncodingKey};
use sha2::{Digest, Sha256};

use crate::files::{self, FileError};

/// A key that cannot be made, read or used. Never says anything of the key itself.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Its file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file holds no P-256 key of the right sort.
    #[error("{0} holds no usable P-256 key")]
    Unusable(String),
    /// The system could not make one.
    #[error("a key could not be made")]
    NotMade,
}

/// A key pair of our own: signs.
pub struct OwnKey {
    pub(super) signing: EncodingKey,
    public: Vec<u8>,
}

impl OwnKey {
    /// The pair `<name>.key.der` in `folder`, made if it is missing; `<name>.public.pem` is written
    /// beside it. Two processes that start at once end up with the same pair.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn load_or_make(folder: &Path, name: &str) -> Result<Self, KeyError> {
        files::make_folder(folder)?;
        let path = folder.join(format!("{name}.key.der"));
        if files::read_if_there(&path)?.is_none() {
            files::write_unless_there(&path, &new_pkcs8()?)?;
        }
        let key = Self::load(&path)?;
        let public = folder.join(format!("{name}.public.pem"));
        files::write_whole(&public, pem(&key.public).as_bytes())?;
        Ok(key)
    }

    /// The pair whose private half is in this PKCS#8 file.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        let unusable = || KeyError::Unusable(path.display().to_string());
        let der = files::read_if_there(path)?.ok_or_else(unusable)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der)
            .map_err(|_| unusable())?;
        let public = AsDer::as_der(pair.public_key()).map_err(|_| unusable())?;
        Ok(Self {
            signing: EncodingKey::from_ec_der(&der),
            public: public.as_ref().to_vec(),
        })
    }

    /// The public half.
    ///
    /// # Errors
    /// [`KeyError::Unusable`].
    pub fn public(&self) -> Result<PublicKey, KeyError> {
        PublicKey::from_pem(pem(&self.public).as_bytes(), "the key pair")
    }

    /// A number below `limit` that belongs to this key and tells nothing of its private half.
    pub(super) fn number_below(&self, limit: u64) -> u64 {
        let digest = Sha256::digest(&self.public);
        let number = digest
            .iter()
            .take(8)
            .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        number.checked_rem(limit).unwrap_or(0)
    }
}

impl std::fmt::Debug for OwnKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("OwnKey(****)")
    }
}

/// The other side's public key: verifies.
pub struct PublicKey(pub(super) DecodingKey);

impl PublicKey {
    /// The key in this PEM file (`BEGIN PUBLIC KEY`).
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        let place = path.display().to_string();
        let text = files::read_if_there(path)?.ok_or(KeyError::Unusable(place.clone()))?;
        Self::from_pem(&text, &place)
    }

    fn from_pem(text: &[u8], place: &str) -> Result<Self, KeyError> {
        DecodingKey::from_ec_pem(text)
            .map(Self)
            .map_err(|_| KeyError::Unusable(place.to_owned()))
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("PublicKey")
    }
}

fn new_pkcs8() -> Result<Vec<u8>, KeyError> {
    EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
        .and_then(|pair| pair.to_pkcs8v1())
        .map(|document| document.as_ref().to_vec())
        .map_err(|_| KeyError::NotMade)
}

fn pem(der: &[u8]) -> String {
    let encoded = STANDARD.encode(der);
    let mut text = "-----BEGIN PUBLIC KEY-----\n".to_owned();
    let mut rest = encoded.as_str();
    while let Some((line, after)) = rest.split_at_checked(64) {
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    format!("{text}{rest}\n-----END PUBLIC KEY-----\n")
}
