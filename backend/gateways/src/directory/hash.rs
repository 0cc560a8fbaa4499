//! The hash by which a file that was taken in is recognised.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use aws_lc_rs::digest;

/// SHA-256 of a file, read in pieces.
///
/// # Errors
/// The file cannot be read.
pub fn file_hash(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let mut context = digest::Context::new(&digest::SHA256);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        match buffer.get(..read) {
            Some(piece) if read > 0 => context.update(piece),
            _ => return Ok(context.finish().as_ref().to_vec()),
        }
    }
}
