//! The yardsticks: what this machine can do at this minute with the same server library and the same database driver,
//! and nothing of ours in between.

use super::figures::Figure;
use super::loops::{Fetch, Pace, rounds};
use super::{Browser, Server};
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use rusqlite::Connection;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Instant;

const PAGE_BYTES: usize = 4096;
const ROW_BYTES: usize = 350;

/// Y1: axum serving one fixed page of 4 KB, 8 connections, from a process of its own.
pub async fn hello(pace: Pace) -> Result<Figure, String> {
    let server = Server::start(Server::this_errand()?.args(["bench", "--serve-hello"]), "/").await?;
    let browser = Browser::open(&server.address).await?;
    let rounds = rounds(&browser, 8, pace, Fetch::one("/")).await?;
    Ok(Figure::of_rounds("Y1 hello: a fixed 4 KB page, 8 connections", &rounds))
}

/// The server of Y1; runs until it is ended.
pub async fn serve_hello(address: SocketAddr) -> Result<(), String> {
    let page = "回".repeat(PAGE_BYTES / 3);
    let app = Router::new()
        .route("/", get(move || async move { ([(CONTENT_TYPE, "text/html; charset=utf-8")], page.clone()) }));
    let door = tokio::net::TcpListener::bind(address).await.map_err(|e| format!("{address}: {e}"))?;
    axum::serve(door, app).await.map_err(|e| format!("{address}: {e}"))
}

/// Y2: durable commits of the bare driver, one writer, so many rows a transaction.
pub fn commit(folder: &Path, rows: usize, pace: Pace) -> Result<Figure, String> {
    let file = folder.join(format!("yardstick-{rows}.db"));
    let mut rates = Vec::new();
    for _ in 0..pace.rounds {
        std::fs::remove_file(&file).ok();
        rates.push(commit_round(&file, rows, pace).map_err(|e| format!("bare SQLite: {e}"))?);
    }
    Ok(Figure::of(format!("Y2 commit: rows a second, {rows} a transaction"), "/s", rates))
}

fn commit_round(file: &Path, rows: usize, pace: Pace) -> rusqlite::Result<f64> {
    let mut db = Connection::open(file)?;
    db.pragma_update(None, "journal_mode", "wal")?;
    db.pragma_update(None, "synchronous", "full")?;
    db.execute_batch("create table events (id integer primary key, body text not null)")?;
    let body = "x".repeat(ROW_BYTES);
    let (mut written, began) = (0_usize, Instant::now());
    while began.elapsed() < pace.round {
        let tx = db.transaction()?;
        {
            let mut insert = tx.prepare_cached("insert into events (body) values (?1)")?;
            for _ in 0..rows {
                insert.execute([&body])?;
            }
        }
        tx.commit()?;
        written += rows;
    }
    Ok(written as f64 / began.elapsed().as_secs_f64())
}
