//! `huiyin serve`: runs a school until SIGTERM or Ctrl-C.

use crate::cli;
use crate::logging;
use crate::school;
use crate::serving::{announce, serve};
use crate::stop::Stop;
use huiyin_foundation::school::App;

/// Serves.
pub fn run(options: cli::Serve) -> Result<(), Stop> {
    let config = options.place.config_with(&options.answering)?;
    logging::begin(config.log_format, "info");
    let app = school::open(config)?;
    run_now(app, |address| announce(format!("listening on http://{address}")))
}

/// Serves a school on threads of its own.
pub fn run_now(app: App, greet: impl FnOnce(std::net::SocketAddr)) -> Result<(), Stop> {
    let threads = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Stop::failed)?;
    threads.block_on(serve(app, greet))
}
