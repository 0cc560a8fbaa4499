//! PKCS#15 (ISO/IEC 7816-15): the directories by which any middleware finds codes, keys and
//! certificates on the card.

pub mod der;
pub mod entries;

use crate::codes::{Code, LENGTHS};
use crate::files::{APPLICATION, Content, File, Files, ROOT};
use crate::hex::Bytes;
use crate::image::Image;
use der::{SEQUENCE, bits, integer, octets, of, text, value};

/// The name of the PKCS#15 application.
const NAME: &[u8] = b"\xA0\x00\x00\x00\x63PKCS-15";

/// The list of applications.
const APPLICATIONS: u16 = 0x2F00;
/// The list of directories.
const DIRECTORIES: u16 = 0x5031;
/// What the token says about itself.
const TOKEN: u16 = 0x5032;
/// The directory of codes.
pub const CODES: u16 = 0x4401;
/// The directory of private keys.
pub const PRIVATE_KEYS: u16 = 0x4402;
/// The directory of certificates.
pub const CERTIFICATES: u16 = 0x4403;
/// The directory of public keys.
pub const PUBLIC_KEYS: u16 = 0x4404;
const TRUSTED: u16 = 0x4405;
const DATA: u16 = 0x4406;

/// Directories that a host rewrites, with their size in bytes: multiples of what one command
/// carries, because OpenSC writes them whole.
const WRITABLE: [(u16, usize); 5] = [
    (PRIVATE_KEYS, 4 * 255),
    (CERTIFICATES, 3 * 255),
    (PUBLIC_KEYS, 2 * 255),
    (TRUSTED, 255),
    (DATA, 255),
];

/// The size of the directory of codes, in bytes.
const CODES_SIZE: usize = 320;

/// Whether a name, or its beginning, is that of the application.
#[must_use]
pub fn is_application(name: &[u8]) -> bool {
    !name.is_empty() && NAME.starts_with(name)
}

/// Whether a file can never be changed by a command.
#[must_use]
pub fn is_fixed(folder: u16, id: u16) -> bool {
    folder == ROOT || (is_own(id) && !is_directory(id))
}

/// Whether a file of the application's folder belongs to the card itself, not to an object.
#[must_use]
pub fn is_own(id: u16) -> bool {
    [DIRECTORIES, TOKEN, CODES].contains(&id) || is_directory(id)
}

/// Whether a file is a directory that a host rewrites.
#[must_use]
pub fn is_directory(id: u16) -> bool {
    WRITABLE.iter().any(|(directory, _)| *directory == id)
}

/// The serial number of a card: the digits of its number, two in each byte, filled up with F.
#[must_use]
pub fn serial(card_number: &str) -> Vec<u8> {
    let mut digits = card_number.to_owned();
    if digits.len() % 2 == 1 {
        digits.push('F');
    }
    crate::hex::read(&digits).unwrap_or_default()
}

/// Where the entries of a directory end and its empty rest begins.
#[must_use]
pub fn end_of_entries(directory: &[u8]) -> usize {
    let mut end = 0;
    loop {
        let size = match directory.get(end..).unwrap_or_default() {
            [tag, length, ..] if *tag != 0 && *length < 0x80 => 2 + usize::from(*length),
            [tag, 0x81, length, ..] if *tag != 0 => 3 + usize::from(*length),
            [tag, 0x82, high, low, ..] if *tag != 0 => {
                4 + usize::from(u16::from_be_bytes([*high, *low]))
            }
            _ => return end,
        };
        end += size;
    }
}

/// The path of a file in the application's folder.
#[must_use]
pub fn path(id: u16) -> Vec<u8> {
    let steps = [ROOT, APPLICATION, id].map(u16::to_be_bytes).concat();
    of(SEQUENCE, &[&octets(&steps)])
}

/// The files of a card that holds nothing yet.
#[must_use]
pub fn empty(card_number: &str, label: &str) -> Files {
    let mut files = Files::default();
    let application = of(
        0x61,
        &[
            &value(0x4F, NAME),
            &value(0x50, label.as_bytes()),
            &value(0x51, &[0x3F, 0, 0x50, 0x15]),
        ],
    );
    let fixed = [
        folder(ROOT),
        folder(APPLICATION),
        filled(ROOT, APPLICATIONS, application, 128),
        filled(APPLICATION, DIRECTORIES, directories(), 128),
        filled(APPLICATION, TOKEN, token(card_number, label), 128),
        filled(APPLICATION, CODES, Vec::new(), CODES_SIZE),
    ];
    let writable = WRITABLE.map(|(id, size)| filled(APPLICATION, id, Vec::new(), size));
    for file in fixed.into_iter().chain(writable) {
        // Nothing is there yet, so no number can be taken twice.
        let _ = files.add(file);
    }
    files
}

fn folder(id: u16) -> File {
    File {
        folder: ROOT,
        id,
        rights: [0, 0, 0xFF],
        content: Content::Folder,
    }
}

/// A file of this size that begins with these bytes.
fn filled(folder: u16, id: u16, mut bytes: Vec<u8>, size: usize) -> File {
    bytes.resize(size.max(bytes.len()), 0);
    File {
        folder,
        id,
        rights: [0, 0, 0xFF],
        content: Content::Bytes(Bytes(bytes)),
    }
}

fn directories() -> Vec<u8> {
    let tags = [
        (0xA8, CODES),
        (0xA0, PRIVATE_KEYS),
        (0xA1, PUBLIC_KEYS),
        (0xA4, CERTIFICATES),
        (0xA5, TRUSTED),
        (0xA7, DATA),
    ];
    tags.iter()
        .flat_map(|(tag, id)| value(*tag, &path(*id)))
        .collect()
}

fn token(card_number: &str, label: &str) -> Vec<u8> {
    of(
        SEQUENCE,
        &[
            &integer(0),
            &octets(&serial(card_number)),
            &text("TEST Kortkontor"),
            &value(0x80, label.as_bytes()),
            // Random numbers can be had; the layout is the one that eID cards have.
            &bits(&[2, 3]),
        ],
    )
}

/// The directory of codes, which says of each whether it has been chosen.
#[must_use]
pub fn code_directory(image: &Image) -> Vec<u8> {
    let mut directory = [
        code("Legitimering", 1, &image.pin1, false),
        code("Underskrift", 2, &image.pin2, false),
        code("PUK", 3, &image.puk, true),
    ]
    .concat();
    directory.resize(CODES_SIZE, 0);
    directory
}

/// Bits of PinFlags: case-sensitive, local, needs-padding, initialized, unblocking PIN.
fn code(label: &str, reference: u8, code: &Code, unblocks: bool) -> Vec<u8> {
    let mut flags = vec![0, 1, 5];
    flags.extend(code.is_set().then_some(4));
    flags.extend(if unblocks { &[2, 6][..] } else { &[] });
    let (shortest, longest) = (*LENGTHS.start(), *LENGTHS.end());
    let number = |length: usize| integer(u16::try_from(length).unwrap_or(8));
    let owner = if unblocks { Vec::new() } else { octets(&[3]) };
    let attributes = of(
        SEQUENCE,
        &[
            &bits(&flags),
            &value(0x0A, &[1]),
            &number(shortest),
            &number(longest),
            &number(longest),
            &value(0x80, &[reference]),
            &octets(&[0xFF]),
            &of(SEQUENCE, &[&octets(&[0x3F, 0, 0x50, 0x15])]),
        ],
    );
    of(
        SEQUENCE,
        &[
            &of(SEQUENCE, &[&text(label), &bits(&[0, 1]), &owner]),
            &of(SEQUENCE, &[&octets(&[reference])]),
            &value(0xA1, &attributes),
        ],
    )
}
