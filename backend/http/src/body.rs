//! The one way to read a body whole: so much at most, and in so long a time. Whoever sends it drop by
//! drop holds a connection and memory, but not for ever.

use std::time::Duration;

use actix_web::web;
use futures_util::StreamExt as _;

/// A form or JSON gets through any connection in this time.
pub const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyFault {
    /// It is longer than may be.
    #[error("the body is too long")]
    TooLarge,
    /// It did not come in time.
    #[error("the body did not come in time")]
    TooSlow,
    /// It broke off, or cannot be read.
    #[error("the body broke off")]
    Broken,
}

/// Reads a body of at most `most` bytes, which must be there within `wait`.
///
/// # Errors
/// Why it was not read.
pub async fn read_body(
    payload: web::Payload,
    most: usize,
    wait: Duration,
) -> Result<web::Bytes, BodyFault> {
    match tokio::time::timeout(wait, payload.to_bytes_limited(most)).await {
        Err(_) => Err(BodyFault::TooSlow),
        Ok(Err(_)) => Err(BodyFault::TooLarge),
        Ok(Ok(Err(_))) => Err(BodyFault::Broken),
        Ok(Ok(Ok(bytes))) => Ok(bytes),
    }
}

/// Reads a body that nobody wants and throws it away piece by piece, so that whoever sent it gets as
/// far as reading the answer: so much at most, and for so long a time. False when there is more; then
/// the connection can carry nothing else.
pub async fn discard_body(mut payload: web::Payload, most: usize, wait: Duration) -> bool {
    let read = async {
        let mut length = 0;
        while let Some(Ok(piece)) = payload.next().await {
            length += piece.len();
            if length > most {
                return false;
            }
        }
        true
    };
    tokio::time::timeout(wait, read).await.unwrap_or(false)
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

    async fn read(pieces: Pieces) -> Result<Bytes, BodyFault> {
        let request = TestRequest::default().to_http_request();
        let mut payload = Payload::from(pieces);
        let payload = web::Payload::from_request(&request, &mut payload).await;
        read_body(payload.unwrap(), 8, Duration::from_millis(40)).await
    }

    fn piece(text: &'static [u8]) -> Result<Bytes, PayloadError> {
        Ok(Bytes::from_static(text))
    }

    #[actix_web::test]
    async fn a_body_that_comes_drop_by_drop_is_given_up_in_time() {
        let drops = stream::unfold((), |()| async {
            actix_web::rt::time::sleep(Duration::from_millis(15)).await;
            Some((piece(b"a"), ()))
        });
        assert_eq!(read(Box::pin(drops.take(7))).await, Err(BodyFault::TooSlow));
        let never = stream::iter([piece(b"a=")]).chain(stream::pending());
        assert_eq!(read(Box::pin(never)).await, Err(BodyFault::TooSlow));
    }

    #[actix_web::test]
    async fn a_body_is_read_whole_or_refused_for_what_is_wrong_with_it() {
        let whole = stream::iter([piece(b"1234"), piece(b"5678")]);
        assert_eq!(read(Box::pin(whole)).await.unwrap(), "12345678");
        let long = stream::iter([piece(b"12345678"), piece(b"9")]);
        assert_eq!(read(Box::pin(long)).await, Err(BodyFault::TooLarge));
        let broken = stream::iter([piece(b"1"), Err(PayloadError::Incomplete(None))]);
        assert_eq!(read(Box::pin(broken)).await, Err(BodyFault::Broken));
    }
}
