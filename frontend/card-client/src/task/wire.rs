//! What carries calls to the office: TLS in the program, something in memory in tests.

use secrecy::SecretString;
use std::fmt;

/// A call. It is shown without what it carries.
pub struct Call<'a> {
    /// The path below the server's address, from its first slash.
    pub path: &'a str,
    /// Who calls, once a task is held.
    pub bearer: Option<&'a SecretString>,
    /// What is sent, JSON; without it the call only reads.
    pub body: Option<Vec<u8>>,
}

impl fmt::Debug for Call<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Call({})", self.path)
    }
}

/// What came back.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status of HTTP.
    pub status: u16,
    /// What it carries, JSON or nothing.
    pub body: Vec<u8>,
}

impl fmt::Debug for Reply {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Reply({}, {} bytes)", self.status, self.body.len())
    }
}

/// Why nothing came back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WireFault {
    /// Nobody answered, or not in time.
    #[error("the server does not answer")]
    NoContact,
    /// Whoever answered has not proved to be the server.
    #[error("the server is not proved")]
    Untrusted,
}

/// What carries calls.
pub trait Wire {
    /// Sends a call and waits for what comes back, whatever its status.
    ///
    /// # Errors
    /// When nothing came back. The call may have been heard.
    fn send(&self, call: &Call<'_>) -> Result<Reply, WireFault>;
}
