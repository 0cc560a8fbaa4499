//! What must be known of a JPEG file before it is unpacked: whether it has an end, and whether it
//! comes in layers, each of which costs work that its few bytes do not show.

use super::PhotoFault;

/// Cameras and programs write one to about a dozen.
const MOST_LAYERS: usize = 64;

const END: u8 = 0xD9;
const LAYER: u8 = 0xDA;
/// Frames that are sent from coarse to fine.
const PROGRESSIVE: [u8; 2] = [0xC2, 0xCA];

/// Whether the whole picture must be kept while its layers are read.
///
/// # Errors
/// [`PhotoFault::Broken`] when the file stops before its end or has more layers than anybody makes.
pub(super) fn is_kept_whole(bytes: &[u8]) -> Result<bool, PhotoFault> {
    let mut rest = bytes.get(2..).unwrap_or_default();
    let mut layers = 0;
    let mut is_progressive = false;
    while let Some((marker, after)) = next_marker(rest) {
        if marker == END {
            return Ok(is_progressive || layers > 1);
        }
        is_progressive |= PROGRESSIVE.contains(&marker);
        layers += usize::from(marker == LAYER);
        if layers > MOST_LAYERS {
            return Err(PhotoFault::Broken);
        }
        rest = behind_segment(after);
    }
    Err(PhotoFault::Broken)
}

/// The next marker that begins something, and what follows it.
fn next_marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let is_marker = |pair: &[u8]| match pair {
        // Stuffing, padding, restarts and a second beginning say nothing.
        [0xFF, code] => !matches!(code, 0x00 | 0x01 | 0xFF | 0xD0..=0xD8),
        _ => false,
    };
    let at = bytes.windows(2).position(is_marker)?;
    let (code, after) = bytes.get(at + 1..)?.split_first()?;
    Some((*code, after))
}

/// A segment begins with its own length.
fn behind_segment(bytes: &[u8]) -> &[u8] {
    let Some((length, _)) = bytes.split_first_chunk() else {
        return &[];
    };
    let length = usize::from(u16::from_be_bytes(*length));
    bytes.get(length..).unwrap_or_default()
}
