//! The receipt (S7): the number, what happens next and by when. With an account it is a page to come back to, which later
//! shows how the case stands; without one it is the answer to the form, the only time the receipt code is shown.

use super::outlook::{self, Prospect};
use crate::cases::log::Standing;
use crate::cases::sight::{self, Seen};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use huiyin_domain::ids::{CaseNo, KindId};
use huiyin_domain::policy::Phone;
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::ReceiptCode;
use huiyin_foundation::say::{self, Due, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};

#[derive(Template)]
#[template(path = "cases/submit/receipt.html")]
struct ReceiptPage {
    page: Page,
    no: CaseNo,
    kind: KindId,
    title: String,
    code: String,
    identity: &'static str,
    is_fresh: bool,
    tag: Tag,
    unit: String,
    due: Option<(&'static str, Due)>,
    prospects: Vec<Prospect>,
    climbs: bool,
    can_rate_days: u16,
    /// For a proposal: who leads it, and how many co-signers are usual.
    proposal: Option<(String, u16)>,
    /// Whether somebody may be in danger: then the telephones stand on it too.
    is_danger: bool,
    phones: Vec<Phone>,
}

/// `GET /cases/{no}/receipt`
pub(super) async fn with_account(
    State(app): State<App>,
    Path(no): Path<String>,
    page: Page,
) -> Result<Response, Error> {
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let standing = Standing::of(&app);
    let (school, now) = (app.clone(), standing.clone());
    let no = CaseNo(no);
    let seen = app.db.read(move |tx| sight::by_account(tx, &now.bench(&school.keys), &person, &no)).await?;
    render(&app, &standing, page, &seen, "")
}

/// The receipt of the case that a code opens: the answer to a form on the nameless road.
pub(super) async fn with_code(app: &App, page: Page, code: &ReceiptCode) -> Result<Response, Error> {
    let standing = Standing::of(app);
    let (school, now) = (app.clone(), standing.clone());
    let hash = app.keys.receipt_code_hash(code);
    let seen = app.db.read(move |tx| sight::by_receipt(tx, &now.bench(&school.keys), &hash)).await?;
    render(app, &standing, page, &seen, &code.grouped())
}

fn render(app: &App, standing: &Standing, page: Page, seen: &Seen, code: &str) -> Result<Response, Error> {
    let case = seen.case();
    let bench = standing.bench(&app.keys);
    let unit = case.unit.as_ref().and_then(|id| bench.policy.unit(id));
    // Everything that was recorded so far was recorded at the moment of submission.
    let is_fresh = seen.loaded.record.iter().all(|line| line.at == case.submitted_at);
    html(ReceiptPage {
        page: page.titled(if is_fresh { "提交成功" } else { "回执" }),
        no: seen.no.clone(),
        kind: case.kind.clone(),
        title: seen.texts.title().to_owned(),
        code: code.to_owned(),
        identity: say::identity(case.identity),
        is_fresh,
        tag: say::case_tag(
            case.stage,
            case.signed_at.is_some(),
            case.rounds.len() as u32,
            case.round().solved,
        ),
        unit: unit.map_or_else(String::new, |unit| unit.name.clone()),
        due: case.next_promise().map(|promise| {
            (say::clock(promise.clock), say::due(bench.now, promise.due, promise.calendar, bench.calendar))
        }),
        prospects: outlook::prospects(&bench, case),
        climbs: outlook::climbs_by_itself(&bench),
        can_rate_days: bench.policy.rating.days,
        proposal: bench.policy.channel(&case.channel).and_then(|channel| {
            let lead = bench.policy.unit(&channel.owner)?;
            Some((lead.name.clone(), channel.cosigners_min?))
        }),
        is_danger: case.is_crisis(),
        phones: bench.policy.phones(),
    })
}
