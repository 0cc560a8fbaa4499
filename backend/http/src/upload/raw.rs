//! A large body that is no form: it comes a piece at a time, so that a file of any size passes in the
//! memory of one piece.

use actix_web::web;
use futures_util::StreamExt as _;

use super::stream::{DRAINED, LONGEST_PAUSE};
use crate::body::BodyFault;

/// A body on its way in.
pub struct StreamedBody {
    /// `None` once it has been read to its end: it must not be asked again.
    payload: Option<web::Payload>,
    over: Vec<u8>,
}

impl StreamedBody {
    /// The body of a request, none of it read yet.
    #[must_use]
    pub fn new(payload: web::Payload) -> Self {
        Self {
            payload: Some(payload),
            over: Vec::new(),
        }
    }

    /// The next piece: `length` bytes, fewer for the last, none after it.
    ///
    /// # Errors
    /// It broke off, or nothing came for half a minute.
    pub async fn piece(&mut self, length: usize) -> Result<Vec<u8>, BodyFault> {
        while self.over.len() < length {
            let Some(payload) = &mut self.payload else {
                return Ok(std::mem::take(&mut self.over));
            };
            let chunk = tokio::time::timeout(LONGEST_PAUSE, payload.next()).await;
            match chunk.map_err(|_| BodyFault::TooSlow)? {
                Some(chunk) => {
                    let chunk = chunk.map_err(|_| BodyFault::Broken)?;
                    self.over.extend_from_slice(&chunk);
                }
                None => self.payload = None,
            }
        }
        let rest = self.over.split_off(length);
        Ok(std::mem::replace(&mut self.over, rest))
    }

    /// Reads on and throws away, so that whoever sends a body that nobody wants gets as far as
    /// reading the answer; no more than `most` bytes. False when there is more: then the connection
    /// can carry nothing else.
    pub async fn drain(mut self, most: usize) -> bool {
        let mut read = 0;
        while read < most {
            match self.piece(DRAINED).await {
                Ok(piece) if piece.is_empty() => return true,
                Ok(piece) => read += piece.len(),
                Err(_) => return false,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::FromRequest as _;
    use actix_web::dev::Payload;
    use actix_web::error::PayloadError;
    use actix_web::test::TestRequest;
    use actix_web::web::Bytes;
    use futures_util::stream::{self, Stream};

    type Pieces = std::pin::Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>>;

    async fn body(pieces: Vec<Result<Bytes, PayloadError>>) -> StreamedBody {
        let request = TestRequest::default().to_http_request();
        let pieces: Pieces = Box::pin(stream::iter(pieces));
        let payload = web::Payload::from_request(&request, &mut Payload::from(pieces)).await;
        StreamedBody::new(payload.unwrap())
    }

    fn chunk(text: &'static str) -> Result<Bytes, PayloadError> {
        Ok(Bytes::from_static(text.as_bytes()))
    }

    #[actix_web::test]
    async fn pieces_are_as_long_as_asked_for_however_the_body_comes() {
        let mut body = body(vec![chunk("a"), chunk("bcd"), chunk("efgh"), chunk("i")]).await;
        for piece in ["abcd", "efgh", "i", "", ""] {
            assert_eq!(body.piece(4).await.unwrap(), piece.as_bytes());
        }
    }

    #[actix_web::test]
    async fn what_breaks_off_is_no_last_piece_and_what_is_too_long_is_not_read_to_its_end() {
        let broken = || vec![chunk("ab"), Err(PayloadError::Incomplete(None))];
        assert_eq!(body(broken()).await.piece(4).await, Err(BodyFault::Broken));
        assert!(!body(broken()).await.drain(99).await);
        assert!(body(vec![chunk("abc")]).await.drain(99).await);
        let long = [0, 0].map(|byte| Ok(Bytes::from(vec![byte; 2 * DRAINED])));
        assert!(!body(long.into()).await.drain(DRAINED).await);
    }
}
