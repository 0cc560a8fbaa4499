//! Logs for the operator: one line per thing that happened, with fields, never personal data.

use tracing_subscriber::EnvFilter;

/// Starts the log on standard error. `KORTKONTOR_LOG` chooses what is shown.
pub fn start() {
    let filter = EnvFilter::try_from_env("KORTKONTOR_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,actix_server=warn"));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .try_init();
}
