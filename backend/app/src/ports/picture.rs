//! A picture inside a JSON file: text in Base64 (RFC 4648, with padding), or `null`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(super) fn serialize<S: Serializer>(
    picture: &Option<Vec<u8>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let text = picture.as_ref().map(|bytes| STANDARD.encode(bytes));
    text.serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<u8>>, D::Error> {
    let text: Option<String> = Option::deserialize(deserializer)?;
    // What stands there is somebody's face: the error tells nothing of it.
    let broken = |_| serde::de::Error::custom("a picture is not Base64");
    text.map(|text| STANDARD.decode(text).map_err(broken))
        .transpose()
}
