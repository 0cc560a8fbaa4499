//! What the PC/SC daemon says of its readers, read from its socket. Its library serves one daemon in a
//! process, a program for each look costs a hundred times the look, and each look at a card that has
//! not moved burns a millisecond in the library.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// The protocol of pcsc-lite 1.9; a daemon with another one says so.
const VERSION: [u32; 2] = [4, 4];

const ASK_VERSION: u32 = 0x11;
const ASK_READERS: u32 = 0x12;

/// The daemon has room for so many readers, and tells of all at once.
const READERS: usize = 16;

/// Of a reader: its name, a counter, its state, how it is shared, its card's ATR and protocol.
const READER: usize = NAME + 4 + 4 + 4 + 36 + 4 + 4;

const NAME: usize = 128;

/// Where the state begins.
const STATE: usize = NAME + 4;

/// The bit of the state that says that there is a card.
const PRESENT: u32 = 0x0004;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A line to the daemon.
pub(crate) struct Daemon(UnixStream);

impl Daemon {
    /// Calls the daemon.
    ///
    /// # Errors
    /// Nobody is there, or it speaks another protocol.
    pub(crate) fn call(socket: &Path) -> io::Result<Self> {
        let stream = UnixStream::connect(socket)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut daemon = Self(stream);
        let [major, minor] = VERSION.map(u32::to_ne_bytes);
        let mut answer = [0; 12];
        daemon.ask(ASK_VERSION, &[major, minor, [0; 4]].concat(), &mut answer)?;
        if answer.ends_with(&[0; 4]) {
            Ok(daemon)
        } else {
            Err(io::Error::other("the PC/SC daemon speaks another protocol"))
        }
    }

    /// The readers' names, and whether there is a card in them.
    ///
    /// # Errors
    /// The daemon is gone.
    pub(crate) fn readers(&mut self) -> io::Result<Vec<(String, bool)>> {
        let mut answer = [0; READERS * READER];
        self.ask(ASK_READERS, &[], &mut answer)?;
        let (readers, _) = answer.as_chunks::<READER>();
        Ok(readers.iter().filter_map(reader).collect())
    }

    fn ask(&mut self, command: u32, body: &[u8], answer: &mut [u8]) -> io::Result<()> {
        let length = u32::try_from(body.len()).map_err(io::Error::other)?;
        let header = [length.to_ne_bytes(), command.to_ne_bytes()].concat();
        self.0.write_all(&[&header, body].concat())?;
        self.0.read_exact(answer)
    }
}

/// One of the daemon's readers; a place without a name is none.
fn reader(bytes: &[u8; READER]) -> Option<(String, bool)> {
    let name = bytes.get(..NAME)?.split(|byte| *byte == 0).next()?;
    let state = bytes.get(STATE..)?.first_chunk::<4>()?;
    let present = u32::from_ne_bytes(*state) & PRESENT != 0;
    (!name.is_empty()).then(|| (String::from_utf8_lossy(name).into_owned(), present))
}
