//! A signed file: content and manifest, published and read as one.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::keys::{OwnKey, PublicKey};
use crate::files::{self, FileError};

/// The ending of the content's name.
pub(super) const CONTENT: &str = ".json";
/// The ending of the manifest's name.
pub(super) const MANIFEST: &str = ".manifest";

/// The largest content that is read, in bytes: some 20 000 jobs.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// What a manifest vouches for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The content's file name.
    pub file: String,
    /// SHA-256 of the content, in lower-case hexadecimal.
    pub sha256: String,
    /// How many jobs or reports the content holds.
    pub items: usize,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

/// Why a signed file is not to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unsound {
    #[error("the manifest's signature does not hold")]
    Signature,
    #[error("the manifest belongs to another file")]
    OtherFile,
    #[error("there is a manifest but no file")]
    NoContent,
    #[error("the file is larger than 32 MB")]
    TooLarge,
    #[error("the file is not the one that was signed")]
    Hash,
    #[error("the file does not hold what its name says")]
    Unreadable,
}

/// Publishes `content` under `stem`: the content first, the manifest last.
pub(super) fn publish(
    folder: &Path,
    stem: &str,
    content: &[u8],
    (items, made_at): (usize, DateTime<Utc>),
    key: &OwnKey,
) -> Result<(), FileError> {
    let file = format!("{stem}{CONTENT}");
    let path = folder.join(&file);
    let manifest = Manifest {
        file,
        sha256: sha256_hex(content),
        items,
        made_at,
    };
    let token = encode(&Header::new(Algorithm::ES256), &manifest, &key.signing)
        .map_err(|_| FileError::content(&path, "could not be signed"))?;
    files::write_whole(&path, content)?;
    files::write_whole(&manifest_path(folder, stem), token.as_bytes())
}

/// Reads what was published under `stem`. The outer error is the system's, the inner one says that
/// the file is not to be believed.
pub(super) fn read(
    folder: &Path,
    stem: &str,
    key: &PublicKey,
) -> Result<Result<(Manifest, Vec<u8>), Unsound>, FileError> {
    let token = files::read_if_there(&manifest_path(folder, stem))?.unwrap_or_default();
    let manifest = match verified(&token, key) {
        Ok(manifest) if manifest.file == format!("{stem}{CONTENT}") => manifest,
        Ok(_) => return Ok(Err(Unsound::OtherFile)),
        Err(unsound) => return Ok(Err(unsound)),
    };
    let path = content_path(folder, stem);
    if std::fs::metadata(&path).is_ok_and(|facts| facts.len() > too_many()) {
        return Ok(Err(Unsound::TooLarge));
    }
    Ok(match files::read_if_there(&path)? {
        None => Err(Unsound::NoContent),
        Some(content) if sha256_hex(&content) != manifest.sha256 => Err(Unsound::Hash),
        Some(content) => Ok((manifest, content)),
    })
}

fn too_many() -> u64 {
    u64::try_from(MAX_BYTES).unwrap_or(u64::MAX)
}

fn verified(token: &[u8], key: &PublicKey) -> Result<Manifest, Unsound> {
    let mut rules = Validation::new(Algorithm::ES256);
    rules.required_spec_claims.clear();
    rules.validate_exp = false;
    rules.validate_aud = false;
    decode(token, &key.0, &rules)
        .map(|token| token.claims)
        .map_err(|_| Unsound::Signature)
}

/// Where the content lies.
pub(super) fn content_path(folder: &Path, stem: &str) -> PathBuf {
    folder.join(format!("{stem}{CONTENT}"))
}

/// Where the manifest lies.
pub(super) fn manifest_path(folder: &Path, stem: &str) -> PathBuf {
    folder.join(format!("{stem}{MANIFEST}"))
}

/// The stems of all that is published in `folder`, in alphabetical order.
pub(super) fn published(folder: &Path, prefix: &str) -> Result<Vec<String>, FileError> {
    files::stems(folder, prefix, MANIFEST)
}

/// Moves content and manifest into `to`. The manifest goes last: what is left after a crash is a
/// manifest whose content is in `to` already, and can be moved on.
pub(super) fn move_pair(folder: &Path, stem: &str, to: &Path) -> Result<(), FileError> {
    files::move_into(&content_path(folder, stem), to)?;
    files::move_into(&manifest_path(folder, stem), to)
}

fn sha256_hex(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
