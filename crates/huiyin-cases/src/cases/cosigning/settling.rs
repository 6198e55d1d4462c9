//! Who co-signs, for those who handle the proposal; and the word of the unit that leads the channel: taken on as a proposal
//! (立案), or handled as a suggestion. Names stand here only of those who said yes.

use super::{named, standing};
use crate::cases::log::{Standing, carry_out};
use crate::cases::offers::offers;
use crate::cases::once::SentForm;
use crate::cases::reads;
use crate::cases::sight;
use crate::{coordination, desk, dossier};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::{Act, Role};
use huiyin_domain::case::{Case, Command, Cosigning};
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, Visitor, html};

const REASON_CHARS_MAX: usize = 500;

#[derive(Template)]
#[template(path = "cases/cosigning/settling.html")]
struct Settling {
    page: Page,
    no: CaseNo,
    title: String,
    standing: String,
    cosigners: Vec<String>,
    unanswered: usize,
    may_settle: bool,
    ways: Vec<Choice>,
    form: Filled,
    refusal: String,
}

/// GET /staff/cases/{no}/proposal
pub(super) async fn show(
    State(app): State<App>,
    Path(no): Path<String>,
    page: Page,
) -> Result<Response, Error> {
    render(&app, page, CaseNo(no), Filled::new(), String::new(), StatusCode::OK).await
}

async fn render(
    app: &App,
    page: Page,
    no: CaseNo,
    form: Filled,
    refusal: String,
    status: StatusCode,
) -> Result<Response, Error> {
    let actor = dossier::actor_of(&page.visitor)?;
    let (school, visitor, case_no) = (app.clone(), page.visitor.clone(), no.clone());
    let read = app.db.read(move |tx| {
        let now = Standing::of(&school);
        let bench = now.bench(&school.keys);
        let seen = sight::by_staff(tx, &bench, &actor, &case_no)?;
        let standing = standing(bench.policy, seen.case()).ok_or(Error::Hidden)?;
        let may_settle = offers(&seen, &bench).has(Act::SettleProposal);
        let side = match coordination::side(tx, bench.policy, &visitor, bench.now)? {
            None => {
                let at = desk_of(&visitor, seen.case());
                at.map(|unit| desk::side(tx, bench.policy, bench.now, &visitor, unit)).transpose()?
            }
            side => side,
        };
        Ok::<_, Error>((seen, standing, may_settle, side))
    });
    let (seen, standing, may_settle, side) = read.await?;
    reads::note(app, &page.visitor, &seen, reads::Place::Dossier).await?;
    let named = named(&seen.loaded, &seen.texts);
    let of = |wanted: Cosigning| named.iter().filter(move |(_, state)| *state == wanted);
    let has_errors = !form.errors.is_empty();
    let shown = html(Settling {
        cosigners: of(Cosigning::Consents).map(|(name, _)| name.clone()).collect(),
        unanswered: of(Cosigning::Asked).count(),
        title: seen.texts.title().to_owned(),
        page: page
            .titled("附议与立案")
            .back_to(format!("/staff/cases/{no}"))
            .beside_any(side)
            .with_errors(has_errors),
        ways: vec![
            Choice::new("filed", "立案").hinting("作为提案办理"),
            Choice::new("suggestion", "作为建议办理").hinting("要写理由，告诉提案人"),
        ],
        no,
        standing,
        may_settle,
        form,
        refusal,
    })?;
    Ok((status, shown).into_response())
}

/// The desk at which somebody sits who works for a unit: of one that has to do with the case, else the first.
fn desk_of<'a>(visitor: &'a Visitor, case: &Case) -> Option<&'a UnitId> {
    let is_at_a_desk = |role| matches!(role, Role::Officer | Role::UnitHead);
    let held = visitor.duties.iter().filter(|duty| is_at_a_desk(duty.role));
    let units: Vec<&UnitId> = held.filter_map(|duty| duty.unit.as_ref()).collect();
    let is_theirs = |unit: &&&UnitId| case.unit.as_ref() == Some(**unit) || case.assisting.contains(**unit);
    units.iter().find(is_theirs).or(units.first()).copied()
}

/// POST /staff/cases/{no}/proposal
pub(super) async fn act(
    State(app): State<App>,
    Path(no): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let no = CaseNo(no);
    let actor = dossier::actor_of(&page.visitor)?;
    let (school, case_no, seer) = (app.clone(), no.clone(), actor.clone());
    let seen = app.db.read(move |tx| {
        let now = Standing::of(&school);
        sight::by_staff(tx, &now.bench(&school.keys), &seer, &case_no)
    });
    if !seen.await?.may(Act::SettleProposal) {
        return Err(Error::Hidden);
    }
    let mut errors = form.errors();
    let is_filed = match form.text("settled").as_str() {
        "filed" => Some(true),
        "suggestion" => Some(false),
        _ => None,
    };
    errors.expect(is_filed.is_some(), "settled", "请选立案还是作为建议办理");
    let reason = form.words("reason");
    let is_told = is_filed != Some(false) || !reason.is_empty();
    errors.expect(is_told, "reason", "请写作为建议办理的理由，提案人看得到");
    form.expect_at_most(&mut errors, "reason", "理由", REASON_CHARS_MAX);
    let stale = form.token().sentence().unwrap_or_default().to_owned();
    if !errors.is_empty() || !stale.is_empty() {
        let filled = form.filled(errors);
        return render(&app, page, no, filled, stale, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let sent = SentForm::of(&app.keys, &no, "proposal", &form);
    let (school, case_no) = (app.clone(), no.clone());
    let command = Command::SettleProposal { is_filed: is_filed.unwrap_or_default(), reason };
    let write = move |tx: &mut Tx| {
        let now = Standing::of(&school);
        if !sent.is_first(tx, &case_no, now.now.day())? {
            return Ok(());
        }
        carry_out(tx, &now.bench(&school.keys), &actor, None, &case_no, command).map(|_| ())
    };
    match app.db.write(write).await {
        Ok(()) => Ok(Redirect::to(&format!("/staff/cases/{no}/proposal")).into_response()),
        Err(Error::Refused { sentence, clause }) => {
            let filled = form.filled(FieldErrors::new());
            render(&app, page, no, filled, format!("{sentence}{clause}"), StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}
