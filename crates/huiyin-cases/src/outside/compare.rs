//! One matter from outside beside the cases inside that it may stem from: which it was, and why it went outside.

use super::queries::{self, Line};
use crate::cases::log::{Bench, Standing};
use crate::cases::numbers;
use crate::cases::once::SentForm;
use crate::cases::reads;
use crate::cases::sight;
use crate::coordination;
use crate::dossier::{actor_of, carry_once, read, seen_seq, stored};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::{Act, units_near};
use huiyin_domain::case::{Actor, Command, LeakCause, TextKind};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};

#[derive(Template)]
#[template(path = "outside/compare.html")]
struct Compare {
    page: Page,
    no: CaseNo,
    title: String,
    body: String,
    facts: Vec<String>,
    candidates: Vec<Line>,
    causes: Vec<Choice>,
    form: Filled,
    seen: u32,
    notice: String,
}

/// GET /outside/{no}
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
) -> Result<Response, Error> {
    render(app, page, CaseNo(no), None, String::new(), StatusCode::OK).await
}

/// POST /outside/{no}
pub(super) async fn act(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let no = CaseNo(no);
    let (earlier, cause) = match form.taken(asked(&form)) {
        Ok(asked) => asked,
        Err((filled, notice)) => {
            return render(app, page, no, Some(filled), notice, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let (school, visitor, case_no) = (app.clone(), page.visitor.clone(), no.clone());
    let sent = SentForm::of(&app.keys, &no, "match", &form);
    let seen_seq = seen_seq(&app.keys, &no, &form);
    let (mut errors, actor) = (form.errors(), actor_of(&page.visitor)?);
    let done = app.db.write(move |tx| {
        let standing = Standing::of(&school);
        let bench = standing.bench(&school.keys);
        if let Some(earlier) = &earlier {
            judge(tx, &bench, &actor, &case_no, earlier, &mut errors)?;
            errors.or(())?;
        }
        let command = Command::Match { earlier, cause };
        carry_once(tx, &bench, &visitor, &case_no, &sent, seen_seq, command)
    });
    let (errors, notice, status) = match done.await {
        Ok(()) => return Ok(Redirect::to(&format!("/outside?show=compared&done={no}")).into_response()),
        Err(Error::Refused { sentence, .. } | Error::Conflict { sentence }) => {
            (form.errors(), sentence, StatusCode::CONFLICT)
        }
        Err(Error::Invalid(errors)) => (errors, String::new(), StatusCode::UNPROCESSABLE_ENTITY),
        Err(other) => return Err(other),
    };
    render(app, page, no, Some(form.filled(errors)), notice, status).await
}

/// The earlier case, typed or ticked, and the reason.
fn asked(form: &Form) -> Result<(Option<CaseNo>, LeakCause), FieldErrors> {
    let mut errors = form.errors();
    let cause: Option<LeakCause> = read(&form.text("cause"));
    errors.expect(cause.is_some(), "cause", "请选为什么到了校外");
    let typed = form.text("earlier_no").to_uppercase();
    let ticked = form.text("earlier");
    let no = if typed.is_empty() { ticked } else { typed };
    errors.expect(
        no.is_empty() || numbers::is_number(&no),
        "earlier_no",
        "编号像 HY-20261102-0003 这样，请核对后再填",
    );
    let is_needed = cause.is_some_and(LeakCause::has_earlier);
    errors.expect(
        !is_needed || !no.is_empty(),
        "earlier_no",
        "选了“校内反映过”，请在上面选先前那一件，或填它的编号",
    );
    let Some(cause) = cause else { return Err(errors) };
    errors.or((Some(CaseNo(no)).filter(|no| is_needed && !no.as_str().is_empty()), cause))
}

/// The earlier case is there for this reader, is another, and came in before.
fn judge(
    tx: &mut Tx,
    bench: &Bench<'_>,
    actor: &Actor,
    no: &CaseNo,
    earlier: &CaseNo,
    errors: &mut FieldErrors,
) -> Result<(), Error> {
    let here = sight::by_staff(tx, bench, actor, no)?.submitted_at();
    let found = match sight::by_staff(tx, bench, actor, earlier) {
        Ok(seen) => Some(seen.submitted_at()),
        Err(Error::Hidden) => None,
        Err(other) => return Err(other),
    };
    match found {
        _ if earlier == no => errors.add("earlier_no", "这是本件自己的编号，请填校内先前那一件的"),
        None => errors.add("earlier_no", "没有这个编号的件，请核对后再填"),
        Some(at) if at > here => errors.add("earlier_no", "那一件比本件晚，请填先前的那一件"),
        Some(_) => {}
    }
    Ok(())
}

async fn render(
    app: App,
    page: Page,
    no: CaseNo,
    form: Option<Filled>,
    notice: String,
    status: StatusCode,
) -> Result<Response, Error> {
    let actor = actor_of(&page.visitor)?;
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let (standing, seen, candidates, side) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let bench = standing.bench(&school.keys);
            let seen = sight::by_staff(tx, &bench, &actor, &no)?;
            let is_outside =
                bench.policy.channel(&seen.case().channel).is_some_and(|channel| channel.outside);
            if !seen.may(Act::Match) || !is_outside {
                return Err(Error::Hidden);
            }
            let away = units_near(&visitor.duties, bench.policy);
            let candidates = queries::candidates(tx, &standing, &away, &no, seen.case())?;
            let side = coordination::side(tx, bench.policy, &visitor, bench.now)?;
            Ok::<_, Error>((standing, seen, candidates, side))
        })
        .await?;
    reads::note(&app, &page.visitor, &seen, reads::Place::Dossier).await?;
    let (case, policy) = (seen.case(), &standing.policy.policy);
    let form = form.unwrap_or_else(|| {
        let (earlier, cause) = match &case.leak {
            Some((earlier, cause)) => (earlier.as_ref(), stored(cause)),
            None => (None, String::new()),
        };
        let no = earlier.map_or("", |no| no.as_str());
        let is_listed = candidates.iter().any(|line| line.no.as_str() == no);
        let (ticked, typed) = if is_listed { (no, "") } else { ("", no) };
        Filled::new().with("cause", cause).with("earlier", ticked).with("earlier_no", typed)
    });
    let channel = policy.channel(&case.channel).map_or("", |channel| channel.name.as_str());
    let outside_no = seen.texts.of(1, TextKind::OutsideNo);
    let place = case.place.as_ref().and_then(|id| policy.place(id)).map_or("", |place| place.name.as_str());
    let category = case.category.as_ref().and_then(|id| policy.category(id));
    let facts = [
        channel.to_owned(),
        if outside_no.is_empty() { String::new() } else { format!("来件编号 {outside_no}") },
        format!("{} 登记", say::moment(standing.now, seen.submitted_at())),
        category.map_or_else(String::new, |category| category.name.clone()),
        place.to_owned(),
    ];
    let has_errors = !form.errors.is_empty();
    let answer = html(Compare {
        no: seen.no.clone(),
        title: seen.texts.title().to_owned(),
        body: seen.texts.body().to_owned(),
        facts: facts.into_iter().filter(|fact| !fact.is_empty()).collect(),
        candidates,
        causes: LeakCause::ALL.map(|cause| Choice::new(stored(&cause), say::leak_cause(cause))).into(),
        form,
        seen: seen.last_read(),
        notice,
        page: page.titled("与校内来件比对").back_to("/outside").with_errors(has_errors).beside_any(side),
    })?;
    Ok((status, answer).into_response())
}
