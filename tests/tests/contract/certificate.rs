//! A certificate that nobody but the test trusts.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A self-signed certificate with its key, in a folder of its own.
pub struct Certificate {
    folder: PathBuf,
}

impl Certificate {
    /// For a name or address, such as `IP:127.0.0.1`.
    pub fn for_server(name: &str) -> Self {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("kk-cert-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let made = Self { folder };
        // OpenSSL's own settings would make it an authority, which no server may present.
        let settings = format!(
            "[req]\nprompt=no\ndistinguished_name=dn\nx509_extensions=v3\n[dn]\nCN=test\n\
             [v3]\nbasicConstraints=critical,CA:FALSE\nsubjectAltName={name}\n"
        );
        std::fs::write(made.folder.join("settings"), settings).unwrap();
        let openssl = Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
            ])
            .args([
                "-nodes",
                "-days",
                "2",
                "-config",
                "settings",
                "-keyout",
                "key",
                "-out",
                "certificate",
            ])
            .current_dir(&made.folder)
            .output()
            .expect("the program openssl is installed");
        assert!(
            openssl.status.success(),
            "{}",
            String::from_utf8_lossy(&openssl.stderr)
        );
        made
    }

    /// The file with the certificate.
    pub fn file(&self) -> PathBuf {
        self.folder.join("certificate")
    }

    /// The certificate, in PEM.
    pub fn pem(&self) -> String {
        read(&self.file())
    }

    /// Its key, in PEM.
    pub fn key(&self) -> String {
        read(&self.folder.join("key"))
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

impl Drop for Certificate {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
