//! LDIF content records (RFC 2849) as a stream of raw entries.
//!
//! Change records, values by reference and oversized entries are refused one by one; a file of
//! any size is read in the memory of one entry.

use std::fmt;
use std::io::{self, BufRead};

use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use cards_app::feed::RejectionReason;

use super::lines::{Line, Lines};

/// Bytes one entry may hold: a unit with thousands of members fits, so does a photo.
const ENTRY_LIMIT: usize = 8 * 1024 * 1024;

/// Of a broken entry at most so many attributes are kept, each of at most so many bytes.
const MOST_NEEDED: usize = 100;
const LONGEST_NEEDED: usize = 200;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// One entry as it stands in the file.
#[derive(Clone, PartialEq, Eq)]
pub struct RawEntry {
    /// Line of its `dn`, from 1.
    pub line: u64,
    /// The distinguished name as written.
    pub dn: String,
    /// Attribute name and value in the order of the file, values decoded.
    pub attributes: Vec<(String, String)>,
    /// Attributes with a value that is not text (a photo, or text in another character set).
    pub not_text: Vec<String>,
}

/// Values are personal data: only place and size are shown.
impl fmt::Debug for RawEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawEntry")
            .field("line", &self.line)
            .field("attributes", &self.attributes.len())
            .finish_non_exhaustive()
    }
}

/// An entry that does not hold together as LDIF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenEntry {
    /// What could be read: of the attributes only those that are read past a fault.
    pub entry: RawEntry,
    /// How many entries the lines seem to be of: two when the line between them is lost.
    pub entries: usize,
    /// The attribute at fault, when it is one.
    pub attribute: Option<String>,
    /// What is wrong.
    pub reason: RejectionReason,
}

/// Reads the entries of an LDIF stream.
pub struct LdifReader<R> {
    lines: Lines<R>,
    limit: usize,
    started: bool,
    /// Attributes that are read past a fault.
    needed: Vec<String>,
    open: bool,
}

impl<R: BufRead> LdifReader<R> {
    /// Reads from `source`, which stands at the beginning of a file checked by [`super::open`].
    pub fn new(source: R) -> Self {
        Self::with_limit(source, ENTRY_LIMIT)
    }

    /// As [`LdifReader::new`] with another limit of bytes for one entry.
    pub fn with_limit(source: R, limit: usize) -> Self {
        Self {
            lines: Lines::new(source, limit),
            limit,
            started: false,
            needed: Vec::new(),
            open: false,
        }
    }

    /// Reads attributes of these names also in an entry with a fault.
    #[must_use]
    pub fn needing(self, needed: Vec<String>) -> Self {
        Self { needed, ..self }
    }

    /// The last line of the file has no line end.
    pub fn is_unterminated(&self) -> bool {
        self.lines.is_unterminated()
    }

    /// No empty line follows the entry that was read last: it stands at the end of the file, and
    /// more of it may have stood there.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// The next entry, what is left of a broken one, or `None` at the end of the file.
    ///
    /// # Errors
    /// The source could not be read; what came before must then not be taken for the whole.
    pub fn next_entry(&mut self) -> io::Result<Option<Result<RawEntry, BrokenEntry>>> {
        let mut draft: Option<Draft> = None;
        while let Some(line) = self.lines.next_line()? {
            if line.bytes.is_empty() {
                if let Some(draft) = draft {
                    self.open = false;
                    return Ok(Some(draft.finish()));
                }
            } else if !line.bytes.starts_with(b"#") && !self.is_version(&line) {
                draft.get_or_insert_with(|| Draft::new(line.number)).take(
                    &line,
                    self.limit,
                    &self.needed,
                );
            }
        }
        self.open |= draft.is_some();
        Ok(draft.map(Draft::finish))
    }

    /// The version stands once, before the first entry.
    fn is_version(&mut self, line: &Line) -> bool {
        let first = !std::mem::replace(&mut self.started, true);
        first && line.bytes.to_ascii_lowercase().starts_with(b"version:")
    }
}

struct Draft {
    line: u64,
    size: usize,
    dns: usize,
    dn: Option<String>,
    attributes: Vec<(String, String)>,
    not_text: Vec<String>,
    fault: Option<Fault>,
}

type Fault = (Option<String>, RejectionReason);

impl Draft {
    fn new(line: u64) -> Self {
        Self {
            line,
            size: 0,
            dns: 0,
            dn: None,
            attributes: vec![],
            not_text: vec![],
            fault: None,
        }
    }

    fn take(&mut self, line: &Line, limit: usize, needed: &[String]) {
        if self.fault.is_some() {
            self.read_past(line, needed);
            return;
        }
        self.size = self.size.saturating_add(line.bytes.len());
        let taken = if line.cut || self.size > limit {
            Err((None, RejectionReason::EntryTooLarge))
        } else {
            self.take_line(&line.bytes)
        };
        if let Err(fault) = taken {
            self.fault = Some(fault);
            self.attributes
                .retain(|(name, value)| is_needed(name, value, needed));
            self.attributes.truncate(MOST_NEEDED);
        }
    }

    /// Past a fault only what tells whom the entry is about is read.
    fn read_past(&mut self, line: &Line, needed: &[String]) {
        let Ok((name, value)) = split(&line.bytes) else {
            return;
        };
        let is_dn = name.eq_ignore_ascii_case("dn");
        self.dns += usize::from(is_dn);
        let Ok(text) = decode(value) else {
            return;
        };
        if is_dn {
            self.dn.get_or_insert(text);
        } else if is_needed(&name, &text, needed) && self.attributes.len() < MOST_NEEDED {
            self.attributes.push((name, text));
        }
    }

    fn take_line(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let (name, value) = split(bytes)?;
        let is_dn = name.eq_ignore_ascii_case("dn");
        self.dns += usize::from(is_dn);
        match (&self.dn, is_dn) {
            (None, false) => return Err((None, RejectionReason::MissingDn)),
            (Some(_), true) => return Err((Some(name), RejectionReason::MalformedLine)),
            _ => {}
        }
        if name.eq_ignore_ascii_case("changetype") || name.eq_ignore_ascii_case("control") {
            return Err((Some(name), RejectionReason::ChangeRecord));
        }
        match (decode(value), is_dn) {
            (Ok(text), true) => self.dn = Some(text),
            (Ok(text), false) => self.attributes.push((name, text)),
            (Err(RejectionReason::NotText), false) => self.not_text.push(name),
            (Err(reason), _) => return Err((Some(name), reason)),
        }
        Ok(())
    }

    fn finish(self) -> Result<RawEntry, BrokenEntry> {
        let entry = RawEntry {
            line: self.line,
            dn: self.dn.unwrap_or_default(),
            attributes: self.attributes,
            not_text: self.not_text,
        };
        match self.fault {
            Some((attribute, reason)) => Err(BrokenEntry {
                entry,
                entries: self.dns.max(1),
                attribute,
                reason,
            }),
            None => Ok(entry),
        }
    }
}

fn is_needed(name: &str, value: &str, needed: &[String]) -> bool {
    let is_short = value.len() <= LONGEST_NEEDED;
    is_short && needed.iter().any(|other| other.eq_ignore_ascii_case(name))
}

/// Name and undecoded rest of `name: value`, `name:: base64` or `name:< url`.
fn split(bytes: &[u8]) -> Result<(String, &[u8]), Fault> {
    let malformed = || (None, RejectionReason::MalformedLine);
    let colon = bytes
        .iter()
        .position(|byte| *byte == b':')
        .ok_or_else(malformed)?;
    let (name, rest) = bytes.split_at_checked(colon).ok_or_else(malformed)?;
    let named = !name.is_empty()
        && name
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-;.".contains(byte));
    let name = std::str::from_utf8(name)
        .ok()
        .filter(|_| named)
        .ok_or_else(malformed)?;
    Ok((name.to_owned(), rest.strip_prefix(b":").unwrap_or(rest)))
}

fn decode(value: &[u8]) -> Result<String, RejectionReason> {
    if value.starts_with(b"<") {
        return Err(RejectionReason::ValueByReference);
    }
    let bytes = match value.strip_prefix(b":") {
        Some(encoded) => BASE64
            .decode(encoded.trim_ascii())
            .map_err(|_| RejectionReason::MalformedBase64)?,
        None => value.trim_ascii_start().to_vec(),
    };
    String::from_utf8(bytes).map_err(|_| RejectionReason::NotText)
}
