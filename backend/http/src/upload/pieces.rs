//! Something large that comes in pieces of any length, handed on in pieces of the length asked for,
//! in the memory of one.

use std::time::Duration;

use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt as _};

use crate::body::BodyFault;

/// A connection that gives nothing for so long is taken to be dead.
pub(super) const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Bytes that are thrown away at a time.
pub(super) const DRAINED: usize = 256 * 1024;

/// What is on its way in.
pub(super) struct Pieces<S> {
    /// `None` once it has been read to its end: it must not be asked again.
    source: Option<S>,
    over: Vec<u8>,
}

impl<S, E> Pieces<S>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    pub(super) fn of(source: S) -> Self {
        Self {
            source: Some(source),
            over: Vec::new(),
        }
    }

    /// The next piece: `length` bytes, fewer for the last, none after it.
    pub(super) async fn next(&mut self, length: usize) -> Result<Vec<u8>, BodyFault> {
        while self.over.len() < length {
            let Some(source) = &mut self.source else {
                return Ok(std::mem::take(&mut self.over));
            };
            let chunk = tokio::time::timeout(LONGEST_PAUSE, source.next()).await;
            match chunk.map_err(|_| BodyFault::TooSlow)? {
                Some(chunk) => {
                    let chunk = chunk.map_err(|_| BodyFault::Broken)?;
                    self.over.extend_from_slice(&chunk);
                }
                None => self.source = None,
            }
        }
        let rest = self.over.split_off(length);
        Ok(std::mem::replace(&mut self.over, rest))
    }

    /// Reads on and throws away, no more than `most` bytes. False when there is more, or it broke
    /// off.
    pub(super) async fn drain(&mut self, most: usize) -> bool {
        let mut read = 0;
        while read < most {
            match self.next(DRAINED).await {
                Ok(piece) if piece.is_empty() => return true,
                Ok(piece) => read += piece.len(),
                Err(_) => return false,
            }
        }
        false
    }
}
