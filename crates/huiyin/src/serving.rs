//! Answering until told to stop: then no new requests are taken, those under way are answered, the timetable ends, and
//! the database folds its log.

use crate::at_work;
use crate::live::Hall;
use crate::stop::Stop;
use crate::timetable::Timetable;
use huiyin_foundation::school::App;
use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Whoever has not been answered by then is let down: the machine wants to go.
const ANSWER_WITHIN: Duration = Duration::from_secs(25);

/// Serves a school until SIGTERM or Ctrl-C. `greet` is told the address when everything is ready.
pub async fn serve(app: App, greet: impl FnOnce(SocketAddr)) -> Result<(), Stop> {
    let listen = app.config.listen;
    let listener = TcpListener::bind(listen).await;
    let listener = listener
        .map_err(|cause| Stop::failed(format!("{listen}: {cause}; choose another address with --listen")))?;
    let address = listener.local_addr().map_err(Stop::failed)?;
    // Held until the end: an import in another process then leaves gaps for us.
    let _at_work = at_work::begin(&app.config.data);
    let timetable = Timetable::start(&app);
    let hall = Hall::open();
    let site =
        crate::streaming(app.clone(), hall.clone()).into_make_service_with_connect_info::<SocketAddr>();
    tracing::info!(%address, engine = ?app.db.engine(), version = env!("CARGO_PKG_VERSION"), "ready");
    greet(address);

    let (told, telling) = watch::channel(false);
    let mut asked = telling.clone();
    let serving = axum::serve(listener, site).with_graceful_shutdown(async move {
        let _ = asked.wait_for(|is_told| *is_told).await;
    });
    let patience = async {
        stop_asked_for().await;
        tracing::info!("stopping: no new requests, those under way are answered");
        let _ = told.send(true);
        hall.close();
        tokio::time::sleep(ANSWER_WITHIN).await;
    };
    tokio::select! {
        outcome = serving => outcome.map_err(Stop::failed)?,
        () = patience => tracing::warn!("some requests were not answered in time"),
    }
    timetable.stop().await;
    app.db.fold().await?;
    app.db.close();
    tracing::info!("stopped");
    Ok(())
}

/// Says a line that scripts wait for; nobody may be listening.
pub fn announce(line: impl std::fmt::Display) {
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

async fn stop_asked_for() {
    let mut terminated = signal(SignalKind::terminate()).ok();
    let terminate = async {
        match &mut terminated {
            Some(signal) => signal.recv().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = terminate => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
