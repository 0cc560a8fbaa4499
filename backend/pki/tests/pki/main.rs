//! The certificate authority as its users see it: openssl, a token, strangers' bytes.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod altered;
mod checker;
mod founding;
mod kit;
mod lint;
mod lists;
mod measured;
mod openssl;
mod pkilint;
mod profiles;
mod properties;
mod requests;
mod responder;
mod token;
