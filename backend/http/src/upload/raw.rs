//! A large body that is no form: it comes a piece at a time, so that a file of any size passes in the
//! memory of one piece.

use actix_web::web;

use super::pieces::Pieces;
use crate::body::BodyFault;

/// A body on its way in.
pub struct StreamedBody(Pieces<web::Payload>);

impl StreamedBody {
    /// The body of a request, none of it read yet.
    #[must_use]
    pub fn new(payload: web::Payload) -> Self {
        Self(Pieces::of(payload))
    }

    /// The next piece: `length` bytes, fewer for the last, none after it.
    ///
    /// # Errors
    /// It broke off, or nothing came for half a minute.
    pub async fn piece(&mut self, length: usize) -> Result<Vec<u8>, BodyFault> {
        self.0.next(length).await
    }

    /// Reads on and throws away, so that whoever sends a body that nobody wants gets as far as
    /// reading the answer; no more than `most` bytes. False when there is more: then the connection
    /// can carry nothing else.
    pub async fn drain(mut self, most: usize) -> bool {
        self.0.drain(most).await
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces::DRAINED;
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
