//! The certificate authority in the configuration.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

/// The certificate authority. Without the section nothing is issued.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// The PKCS#11 module of the token that has the keys.
    pub module: PathBuf,
    /// The token's label.
    pub token_label: String,
    /// File with the token's PIN.
    pub pin_file: PathBuf,
    /// File with the PIN of the token's security officer, for making the token in a demonstration.
    #[serde(default)]
    pub so_pin_file: Option<PathBuf>,
    /// Where relying parties find lists and the status service; it stands in every certificate.
    /// Without it `/pki` at the public address.
    #[serde(default)]
    pub base_url: Option<Url>,
    /// File with the profiles (TOML); without it those of the demonstration.
    #[serde(default)]
    pub profiles_file: Option<PathBuf>,
}
