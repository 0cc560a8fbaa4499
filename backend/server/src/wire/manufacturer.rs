//! The exchange with the manufacturer, and in a demonstration the simulator at its other end.

use std::path::Path;
use std::sync::Arc;

use cards_app::ports::Clock;
use cards_gateways::Demonstration;
use cards_gateways::manufacturer::{
    FileExchange, Folders, OwnKey, Pace, PublicKey, Simulator, SimulatorParts,
};

use super::{WireError, part};
use crate::Config;

/// The two folders between us and the manufacturer.
pub(super) fn exchange(config: &Config, clock: Arc<dyn Clock>) -> Result<FileExchange, WireError> {
    let folder = config
        .manufacturer
        .exchange
        .clone()
        .unwrap_or_else(|| config.data_dir.join("manufacturer"));
    let own = match &config.manufacturer.signing_key_file {
        Some(path) => OwnKey::load(path),
        None => OwnKey::load_or_make(&config.data_dir.join("keys"), "kortkontor"),
    };
    let theirs = match &config.manufacturer.public_key_file {
        Some(path) => PublicKey::load(path),
        None => OwnKey::load_or_make(&config.data_dir.join("keys"), "manufacturer")
            .and_then(|key| key.public()),
    };
    FileExchange::open(
        Folders::within(&folder),
        own.map_err(part("[manufacturer] signing_key_file"))?,
        theirs.map_err(part("[manufacturer] public_key_file"))?,
        clock,
    )
    .map_err(part("[manufacturer] exchange"))
}

/// The simulated factory and the exchange with it.
pub(super) fn factory(
    config: &Config,
    allowed: Demonstration,
    home: &Path,
    clock: &Arc<dyn Clock>,
) -> Result<(Arc<FileExchange>, Arc<Simulator>), WireError> {
    let what = "the simulated manufacturer";
    let keys = config.data_dir.join("keys");
    let ours = OwnKey::load_or_make(&keys, "kortkontor").map_err(part(what))?;
    let theirs = OwnKey::load_or_make(&keys, "manufacturer").map_err(part(what))?;
    let parts = SimulatorParts {
        folders: Folders::within(&config.data_dir.join("manufacturer")),
        home: home.to_owned(),
        theirs: ours.public().map_err(part(what))?,
        own: theirs,
        clock: Arc::clone(clock),
        pace: Pace {
            produce_after: chrono::Duration::seconds(
                config.demonstration.produce_after_seconds.into(),
            ),
            dispatch_after: chrono::Duration::seconds(
                config.demonstration.dispatch_after_seconds.into(),
            ),
        },
    };
    let simulator = Simulator::open(allowed, parts).map_err(part(what))?;
    Ok((
        Arc::new(exchange(config, Arc::clone(clock))?),
        Arc::new(simulator),
    ))
}
