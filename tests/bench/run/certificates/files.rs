//! Keys and certificates for the others, made with the openssl command.

use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cards_pki::algorithm::Algorithm;

use super::ran;

/// An authority in files.
pub struct FileAuthority {
    /// Its certificate (PEM).
    pub certificate: PathBuf,
    /// Its key (PEM).
    pub key: PathBuf,
}

/// The openssl command in `folder`.
pub fn openssl(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new("openssl");
    command.current_dir(folder).args(arguments.split(' '));
    command
}

fn make_key(folder: &Path, algorithm: Algorithm, file: &str) {
    let kind = match algorithm {
        Algorithm::P256 => "EC -pkeyopt ec_paramgen_curve:P-256",
        Algorithm::P384 => "EC -pkeyopt ec_paramgen_curve:P-384",
        Algorithm::Rsa2048 => "RSA -pkeyopt rsa_keygen_bits:2048",
        Algorithm::Rsa3072 => "RSA -pkeyopt rsa_keygen_bits:3072",
        Algorithm::Rsa4096 => "RSA -pkeyopt rsa_keygen_bits:4096",
    };
    // CFSSL reads keys of elliptic curves only in their older form, which openssl ec writes.
    ran(&mut openssl(
        folder,
        &format!("genpkey -algorithm {kind} -out {file}"),
    ));
    if matches!(algorithm, Algorithm::P256 | Algorithm::P384) {
        ran(&mut openssl(folder, &format!("ec -in {file} -out {file}")));
    }
}

/// An authority with a key of the kind.
pub fn authority(folder: &Path, algorithm: Algorithm) -> FileAuthority {
    make_key(folder, algorithm, "ca.key");
    ran(&mut openssl(
        folder,
        "req -x509 -new -key ca.key -days 3650 -sha256 -subj /O=Bench/CN=Bench -out ca.crt",
    ));
    FileAuthority {
        certificate: folder.join("ca.crt"),
        key: folder.join("ca.key"),
    }
}

/// A responder of the authority in the folder: `ocsp.key` and `ocsp.crt`.
pub fn responder(folder: &Path, algorithm: Algorithm) {
    make_key(folder, algorithm, "ocsp.key");
    std::fs::write(folder.join("ocsp.ext"), "extendedKeyUsage=OCSPSigning\n").unwrap();
    ran(&mut openssl(
        folder,
        "req -new -key ocsp.key -subj /O=Bench/CN=Status -out ocsp.csr",
    ));
    ran(&mut openssl(
        folder,
        "x509 -req -in ocsp.csr -CA ca.crt -CAkey ca.key -set_serial 4096 -days 365 -extfile ocsp.ext -out ocsp.crt",
    ));
}

/// A request (PEM) by a leaf's key, elliptic curve P-256 as our cards' keys are.
pub fn request(folder: &Path) -> String {
    make_key(folder, Algorithm::P256, "leaf.key");
    ran(&mut openssl(
        folder,
        "req -new -key leaf.key -subj /O=Bench/CN=Leaf -out leaf.csr",
    ));
    std::fs::read_to_string(folder.join("leaf.csr")).unwrap()
}

/// A certificate as PEM.
pub fn pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines = text.as_bytes().chunks(64);
    let lines = lines.map(|line| String::from_utf8_lossy(line).into_owned());
    let lines: Vec<String> = lines.collect();
    format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        lines.join("\n")
    )
}
