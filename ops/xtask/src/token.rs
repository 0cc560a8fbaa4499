//! The token in software that holds the keys of the demonstration's certificate authorities
//! (SoftHSM2): its settings and codes lie beside the demonstration's data and go with it.

use crate::failure::{Failure, at};
use crate::running::write_private;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The label of the token.
const LABEL: &str = "kortkontor-demo";
/// The variable by which SoftHSM2 finds its settings.
const SETTINGS: &str = "SOFTHSM2_CONF";

/// Where distributions put the module.
const MODULES: [&str; 4] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/lib/pkcs11/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];

/// The module, where one is installed.
pub fn module() -> Option<PathBuf> {
    let mut known = MODULES.iter().map(PathBuf::from);
    known.find(|path| path.exists())
}

fn settings(state: &Path) -> PathBuf {
    state.join("softhsm2.conf")
}

/// Writes what the token needs, its codes only once, and gives the section for the configuration;
/// an empty one where there is no module, and then no certificates are issued.
pub fn configure(state: &Path) -> Result<String, Failure> {
    let Some(module) = module() else {
        return Ok(String::new());
    };
    let tokens = state.join("data").join("tokens");
    std::fs::create_dir_all(&tokens).map_err(at(&tokens))?;
    let text = format!(
        "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n",
        tokens.display()
    );
    write_private(&settings(state), &text)?;
    let pin = code(state, "token-pin")?;
    let so_pin = code(state, "token-so-pin")?;
    Ok(format!(
        "\n[authority]\nmodule = {}\ntoken_label = \"{LABEL}\"\npin_file = {}\nso_pin_file = {}\n",
        quoted(&module)?,
        quoted(&pin)?,
        quoted(&so_pin)?,
    ))
}

/// Lets a process find the token.
pub fn tell(command: &mut Command, state: &Path) {
    command.env(SETTINGS, settings(state));
}

/// A code of sixteen digits in a file of its own, made once.
fn code(state: &Path, name: &str) -> Result<PathBuf, Failure> {
    let path = state.join(name);
    if !path.is_file() {
        let random = Path::new("/dev/urandom");
        let mut bytes = [0_u8; 16];
        File::open(random)
            .and_then(|mut file| file.read_exact(&mut bytes))
            .map_err(at(random))?;
        let digits: String = bytes
            .iter()
            .map(|byte| char::from(b'0' + byte % 10))
            .collect();
        write_private(&path, &digits)?;
    }
    Ok(path)
}

fn quoted(path: &Path) -> Result<String, Failure> {
    let text = path.to_string_lossy();
    serde_json::to_string(&text).map_err(|error| Failure::said(format!("{text}: {error}")))
}
