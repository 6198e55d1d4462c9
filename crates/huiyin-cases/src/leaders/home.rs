//! 待我批示: what waits for the leader, one sentence on how things stand, and the reddest matters in charge (L1).

use super::{queries, send_backs};
use crate::cases::log::Standing;
use crate::coordination::{posts_of, side};
use crate::dossier::Line;
use crate::supervision::{Light, complaints_above};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use huiyin_domain::access::units_near;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html, percent_of};

/// A leader with more than so many waiting sees the oldest.
const WAITING_MAX: usize = 50;
const RED_SHOWN: usize = 3;
const KEPT_DAYS: i64 = 30;
const DAY_MS: i64 = 86_400_000;

#[derive(Template)]
#[template(path = "leaders/home.html")]
struct Home {
    page: Page,
    waiting: Vec<Line>,
    complaints: Vec<Line>,
    red: Vec<Line>,
    sentence: String,
    running: u64,
}

/// GET /leader
pub(super) async fn show(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let (side, waiting, complaints, red, sentence, running) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let (policy, now) = (&standing.policy.policy, standing.now);
            let away = units_near(&visitor.duties, policy);
            let light = Light { policy, calendar: &standing.calendar, now, away: &away };
            let posts = posts_of(&visitor);
            let units = queries::units_in_charge(policy, &posts);
            let side = side(tx, policy, &visitor, now)?;
            let waiting = queries::waiting(tx, light, &posts, WAITING_MAX)?;
            let waiting = send_backs::beside(tx, policy, waiting)?;
            let is_head = queries::is_head(policy, &posts);
            let in_charge_of = (!is_head).then_some(units.as_slice());
            let complaints = complaints_above(tx, light, &posts, in_charge_of, WAITING_MAX)?;
            let red = queries::worst(tx, light, &units, RED_SHOWN)?;
            let since = now.plus_ms(-KEPT_DAYS * DAY_MS).day();
            let in_charge = queries::in_charge(tx, light, &units, since)?;
            let (running, _) = queries::instructed_counts(tx, light, &posts)?;
            Ok::<_, Error>((side, waiting, complaints, red, sentence(units.len(), &in_charge), running))
        })
        .await?;
    let page = page.titled("待我批示").beside_any(side);
    html(Home { page, waiting, complaints, red, sentence, running })
}

/// How the units in charge stand, in one sentence.
fn sentence(units: usize, in_charge: &queries::InCharge) -> String {
    if units == 0 {
        return "您分管的单位还没有在系统里设好，请联系管理员。".into();
    }
    if in_charge.open == 0 && in_charge.promised == 0 {
        return format!("您分管的 {units} 个单位现在没有在办的件。");
    }
    let late = if in_charge.late == 0 {
        "没有超期".to_owned()
    } else {
        format!("超期 {} 件", in_charge.late)
    };
    let kept = if in_charge.promised == 0 {
        String::new()
    } else {
        format!(
            "；近 30 天到期 {} 件，按期率 {}%",
            in_charge.promised,
            percent_of(in_charge.in_time, in_charge.promised)
        )
    };
    format!("您分管的 {units} 个单位在办 {} 件，{late}{kept}。", in_charge.open)
}
