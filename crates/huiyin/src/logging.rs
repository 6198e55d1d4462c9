//! Log lines on standard error, for people or for collectors; `docs/logging.md` says what may stand in one.
//!
//! `RUST_LOG` chooses how much is said. Nothing about persons is: the places that log are written that way, and a request
//! is told by its number and route pattern only.

use huiyin_foundation::config::LogFormat;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

/// Begins to log; `usual` holds unless `RUST_LOG` says otherwise.
pub fn begin(format: LogFormat, usual: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    let lines = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second call, as tests make it, changes nothing.
    let _ = match format {
        LogFormat::Text => lines.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
}
