//! Moving the clock of the demonstration, to see limits run out without waiting for them.
//!
//! The clock only runs ahead or comes back to the real time; whatever came due on the way is recorded at once, as if a
//! server had slept that long.

use crate::timetable;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_cases::cases::deadlines;
use huiyin_domain::calendar::{Calendar, Instant, TimeOfDay};
use huiyin_foundation::clock::{Clock, Stopwatch};
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Form, Page, Routes, html};

const HOUR_MS: i64 = 3_600_000;
const OPENS: TimeOfDay = TimeOfDay { minutes: 8 * 60 + 30 };

#[derive(Template)]
#[template(path = "demo/clock.html")]
struct ClockPage {
    page: Page,
    now: String,
    real: String,
    is_moved: bool,
    notice: String,
}

/// Its routes.
pub fn routes() -> Routes {
    Routes::new("demo").get("/demo/clock", Door::Demo, show).post("/demo/clock", Door::Demo, act)
}

async fn show(State(app): State<App>, page: Page) -> Result<Response, Error> {
    again(&app, page, String::new())
}

async fn act(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Some(sentence) = form.token().sentence() {
        return again(&app, page, sentence.to_owned());
    }
    let to = destination(&form.text("to"), app.now(), &app.calendar.load()).ok_or(Error::Hidden)?;
    app.clock.set(to);
    let since = Stopwatch::start();
    let swept = deadlines::sweep(&app).await?;
    timetable::tell_done("moved-clock", swept.changed, &since);
    Ok(Redirect::to("/demo/clock").into_response())
}

fn destination(word: &str, now: Instant, calendar: &Calendar) -> Option<Instant> {
    Some(match word {
        "hour" => now.plus_ms(HOUR_MS),
        "day" => now.plus_ms(24 * HOUR_MS),
        "week" => now.plus_ms(7 * 24 * HOUR_MS),
        "morning" => calendar.nth_working_day_after(now.day(), 1).0.at(OPENS),
        "real" => Clock::System.now(),
        _ => return None,
    })
}

fn again(app: &App, page: Page, notice: String) -> Result<Response, Error> {
    let (now, real) = (app.now(), Clock::System.now());
    let page = page.titled("演示的时钟").back_to("/");
    let is_moved = (now.0 - real.0).abs() > 60_000;
    html(ClockPage {
        page,
        now: say::moment_long(real, now),
        real: say::moment_long(real, real),
        is_moved,
        notice,
    })
}
