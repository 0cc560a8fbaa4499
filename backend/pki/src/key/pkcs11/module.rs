//! PKCS#11 modules of the process: each is loaded and initialised once and stays, for a module can
//! be initialised once in a process only.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::session::UserType;
use cryptoki::slot::Slot;
use secrecy::SecretString;

use super::super::KeyFault;

static LOADED: Mutex<BTreeMap<PathBuf, Pkcs11>> = Mutex::new(BTreeMap::new());

/// The module at that path, loaded and initialised.
pub(super) fn load(path: &Path) -> Result<Pkcs11, KeyFault> {
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(module) = loaded.get(path) {
        return Ok(module.clone());
    }
    let module = Pkcs11::new(path).map_err(KeyFault::Module)?;
    match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
        Err(fault) => return Err(KeyFault::Module(fault)),
    }
    loaded.insert(path.to_owned(), module.clone());
    Ok(module)
}

/// Where the token of that label is; none if there is no such token.
pub(super) fn slot(module: &Pkcs11, label: &str) -> Result<Option<Slot>, KeyFault> {
    let slots = module.get_slots_with_initialized_token();
    let slots = slots.map_err(KeyFault::Token)?;
    let mut found = slots.into_iter().filter(|slot| {
        let token = module.get_token_info(*slot);
        token.is_ok_and(|token| token.label().trim_end() == label)
    });
    match (found.next(), found.next()) {
        (one, None) => Ok(one),
        (_, Some(_)) => Err(KeyFault::NoToken),
    }
}

/// Makes the first uninitialised token the one of that label.
pub(super) fn initialise(
    module: &Pkcs11,
    label: &str,
    so_pin: &SecretString,
    pin: &SecretString,
) -> Result<(), KeyFault> {
    let slots = module.get_slots_with_token().map_err(KeyFault::Token)?;
    let mut free = slots.into_iter().filter(|slot| {
        let token = module.get_token_info(*slot);
        token.is_ok_and(|token| !token.token_initialized())
    });
    let free = free.next().ok_or(KeyFault::NoFreeToken)?;
    module
        .init_token(free, so_pin, label)
        .map_err(KeyFault::Token)?;
    let made = slot(module, label)?.ok_or(KeyFault::NoToken)?;
    let session = module.open_rw_session(made).map_err(KeyFault::Token)?;
    session
        .login(UserType::So, Some(so_pin))
        .map_err(|_| KeyFault::Pin)?;
    session.init_pin(pin).map_err(|_| KeyFault::Pin)
}
