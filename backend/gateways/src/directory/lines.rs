//! Physical and logical lines of an LDIF stream, each held to a size limit so that no input can
//! make the reader grow.

use std::io::{self, BufRead, Read};

/// One line of the file after unfolding.
pub(super) struct Line {
    /// Number of its first physical line, from 1.
    pub number: u64,
    /// The bytes without line end and without the folds.
    pub bytes: Vec<u8>,
    /// More bytes than the limit: the surplus was thrown away.
    pub cut: bool,
}

/// Reads unfolded lines; both `LF` and `CRLF` end a line.
pub(super) struct Lines<R> {
    source: R,
    ahead: Option<Line>,
    read: u64,
    limit: usize,
    unterminated: bool,
}

impl<R: BufRead> Lines<R> {
    pub fn new(source: R, limit: usize) -> Self {
        Self {
            source,
            ahead: None,
            read: 0,
            limit,
            unterminated: false,
        }
    }

    /// The last line that was read has no line end, as when the rest of a file is lost.
    pub fn is_unterminated(&self) -> bool {
        self.unterminated
    }

    /// The next line with its continuation lines joined to it, `None` at the end.
    pub fn next_line(&mut self) -> io::Result<Option<Line>> {
        let first = match self.ahead.take() {
            Some(line) => Some(line),
            None => self.physical()?,
        };
        let Some(mut line) = first else {
            return Ok(None);
        };
        while let Some(next) = self.physical()? {
            match next.bytes.strip_prefix(b" ") {
                Some(rest) if !line.bytes.is_empty() => append(&mut line, rest, &next, self.limit),
                _ => {
                    self.ahead = Some(next);
                    break;
                }
            }
        }
        Ok(Some(line))
    }

    fn physical(&mut self) -> io::Result<Option<Line>> {
        let room = u64::try_from(self.limit)
            .unwrap_or(u64::MAX)
            .saturating_add(2);
        let mut bytes = Vec::new();
        let read = (&mut self.source)
            .take(room)
            .read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        self.read += 1;
        let ended = bytes.pop_if(|last| *last == b'\n').is_some();
        if ended {
            bytes.pop_if(|last| *last == b'\r');
        } else if u64::try_from(read).is_ok_and(|read| read == room) {
            self.unterminated = !skip_line(&mut self.source)?;
        } else {
            self.unterminated = true;
        }
        let cut = bytes.len() > self.limit;
        Ok(Some(Line {
            number: self.read,
            bytes,
            cut,
        }))
    }
}

/// Throws away the rest of a line; `false` when it has no end.
fn skip_line<R: BufRead>(source: &mut R) -> io::Result<bool> {
    loop {
        let ahead = source.fill_buf()?;
        if ahead.is_empty() {
            return Ok(false);
        }
        let end = ahead.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(ahead.len(), |end| end + 1);
        source.consume(length);
        if end.is_some() {
            return Ok(true);
        }
    }
}

fn append(line: &mut Line, rest: &[u8], next: &Line, limit: usize) {
    line.cut |= next.cut || line.bytes.len() + rest.len() > limit;
    if !line.cut {
        line.bytes.extend_from_slice(rest);
    }
}
