//! Logs for the operator: one line per thing that happened, with fields, never personal data.

use tracing_subscriber::EnvFilter;

/// What is shown when `KORTKONTOR_LOG` does not say. Whoever sends lines that are no HTTP would fill
/// the log with errors of the server's connections, which are none of ours.
const USUAL: &str = "info,actix_server=warn,actix_http::h1::dispatcher=off";

/// Starts the log on standard error. `KORTKONTOR_LOG` chooses what is shown.
pub fn start() {
    let filter =
        EnvFilter::try_from_env("KORTKONTOR_LOG").unwrap_or_else(|_| EnvFilter::new(USUAL));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .try_init();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn lines_that_are_no_http_do_not_fill_the_log() {
        let kept = Kept::default();
        let writer = kept.clone();
        let log = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new(USUAL))
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(log, || {
            tracing::error!(target: "actix_http::h1::dispatcher", "stream error: invalid Header");
            tracing::error!(target: "cards_server", "broken");
        });
        let told = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        assert!(
            told.contains("broken") && !told.contains("stream error"),
            "{told}"
        );
    }
}
