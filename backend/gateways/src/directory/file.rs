//! What is asked of the file as a whole before its first entry is read.

use std::io::{BufReader, Read, Seek, SeekFrom};

use cards_app::feed::FeedRefused;

use super::lines::Lines;

const CHUNK: usize = 64 * 1024;
const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];
/// A version line is short; anything longer is not one.
const FIRST_LINE_LIMIT: usize = 1024;

/// Checks the whole of `source` and gives it back at its first line.
///
/// The file is read once from beginning to end in constant memory. A byte order mark is
/// stepped over.
///
/// # Errors
/// Another character set than UTF-8, another LDIF version than 1, no line with which an entry could
/// begin, or a source that cannot be read or rewound.
pub fn open<R: Read + Seek>(mut source: R) -> Result<BufReader<R>, FeedRefused> {
    source.rewind()?;
    check_text(&mut source)?;
    let start = first_byte(&mut source)?;
    source.seek(SeekFrom::Start(start))?;
    check_version(&mut source)?;
    source.seek(SeekFrom::Start(start))?;
    check_entries(&mut source)?;
    source.seek(SeekFrom::Start(start))?;
    Ok(BufReader::with_capacity(CHUNK, source))
}

fn check_text<R: Read>(source: &mut R) -> Result<(), FeedRefused> {
    let mut line = 1;
    let mut held = Vec::with_capacity(2 * CHUNK);
    loop {
        let read = source.by_ref().take(64 * 1024).read_to_end(&mut held)?;
        let rest = match std::str::from_utf8(&held) {
            Ok(_) => 0,
            Err(fault) => check_tail(&held, &fault, read == 0, line)?,
        };
        if let Some(at) = held.iter().position(|byte| *byte == 0) {
            let line = line + newlines(held.iter().take(at));
            return Err(nul(&held, line));
        }
        if read == 0 {
            return Ok(());
        }
        let whole = held.len() - rest;
        line += newlines(held.iter().take(whole));
        held.drain(..whole);
    }
}

/// Where every other byte or so is NUL, the text is in another character set, such as UTF-16.
fn nul(held: &[u8], line: u64) -> FeedRefused {
    let nuls = held.iter().filter(|byte| **byte == 0).count();
    if nuls.saturating_mul(4) >= held.len() {
        FeedRefused::NotUtf8 { line }
    } else {
        FeedRefused::Nul { line }
    }
}

/// Length of a character cut in two by the end of the chunk; an error for anything else.
fn check_tail(
    held: &[u8],
    fault: &std::str::Utf8Error,
    at_end: bool,
    line: u64,
) -> Result<usize, FeedRefused> {
    if fault.error_len().is_none() && !at_end {
        return Ok(held.len() - fault.valid_up_to());
    }
    Err(FeedRefused::NotUtf8 {
        line: line + newlines(held.iter().take(fault.valid_up_to())),
    })
}

fn newlines<'a>(bytes: impl Iterator<Item = &'a u8>) -> u64 {
    bytes.fold(0, |count, byte| count + u64::from(*byte == b'\n'))
}

fn first_byte<R: Read + Seek>(source: &mut R) -> Result<u64, FeedRefused> {
    source.rewind()?;
    let mut start = Vec::new();
    source.by_ref().take(3).read_to_end(&mut start)?;
    Ok(if start == BYTE_ORDER_MARK { 3 } else { 0 })
}

fn check_version<R: Read>(source: &mut R) -> Result<(), FeedRefused> {
    let mut lines = Lines::new(BufReader::new(source), FIRST_LINE_LIMIT);
    while let Some(line) = lines.next_line()? {
        if line.bytes.is_empty() || line.bytes.starts_with(b"#") {
            continue;
        }
        if line.bytes.contains(&b'\r') {
            return Err(FeedRefused::LineEnds);
        }
        let text = String::from_utf8_lossy(&line.bytes).to_ascii_lowercase();
        return match text.strip_prefix("version:") {
            Some(version) if version.trim() != "1" => {
                Err(FeedRefused::Version { line: line.number })
            }
            _ => Ok(()),
        };
    }
    Ok(())
}

/// A page of HTML, a table or an empty file is no feed: something must begin as an entry does.
fn check_entries<R: Read>(source: &mut R) -> Result<(), FeedRefused> {
    let mut lines = Lines::new(BufReader::with_capacity(CHUNK, source), FIRST_LINE_LIMIT);
    while let Some(line) = lines.next_line()? {
        let name = line.bytes.get(..3).unwrap_or_default();
        if name.eq_ignore_ascii_case(b"dn:") {
            return Ok(());
        }
    }
    Err(FeedRefused::NoEntries)
}
