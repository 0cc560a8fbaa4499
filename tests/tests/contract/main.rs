//! The real sides of our ports against servers that others have written.

mod certificate;
mod log_in;
mod node;
mod oidc;
mod smtp;
