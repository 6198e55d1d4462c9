//! One call: whom, what to say, the questions in their order, and what was said (the order of domain practice: contacted,
//! solved, satisfied, more words, may we publish).

use crate::cases::log::{Bench, Standing};
use crate::cases::offers::offers;
use crate::cases::once::SentForm;
use crate::cases::reads;
use crate::cases::sight::{self, Seen};
use crate::coordination;
use crate::dossier::{actor_of, carry_once, read, seen_seq, stored, unit_name};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::Act;
use huiyin_domain::case::{Command, Event, Identity, Said, Satisfaction, Solved, Stage, TextKind};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};
use huiyin_people::identity;

const WORDS_MAX: usize = 2000;

/// Whom to call.
struct Callee {
    name: String,
    phone: String,
    /// Has an account, and is told what was taken down.
    has_account: bool,
}

impl Callee {
    /// They go by a name, and not by what they called themselves in a letter.
    fn is_named(&self) -> bool {
        !self.name.is_empty() && !self.name.contains('（')
    }
}

#[derive(Template)]
#[template(path = "follow_up/call.html")]
struct Call {
    page: Page,
    no: CaseNo,
    title: String,
    school: String,
    unit: String,
    callee: Callee,
    /// When it came in, when it was answered, what was tried before.
    facts: Vec<String>,
    answer: String,
    contacted: Vec<Choice>,
    solved: Vec<Choice>,
    satisfaction: Vec<Choice>,
    /// Not asked about what everybody sees already.
    publish: Vec<Choice>,
    /// What happens after "not solved".
    unsolved: &'static str,
    calls_left: u16,
    form: Filled,
    seen: u32,
    notice: String,
}

/// GET /follow-ups/{no}
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
) -> Result<Response, Error> {
    render(app, page, CaseNo(no), None, String::new(), StatusCode::OK).await
}

/// POST /follow-ups/{no}
pub(super) async fn act(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let no = CaseNo(no);
    let said = match form.taken(said(&form)) {
        Ok(said) => said,
        Err((filled, notice)) => {
            return render(app, page, no, Some(filled), notice, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let sent = SentForm::of(&app.keys, &no, "follow-up", &form);
    let (school, visitor, case_no, seen_seq) =
        (app.clone(), page.visitor.clone(), no.clone(), seen_seq(&app.keys, &no, &form));
    let done = app.db.write(move |tx| {
        let standing = Standing::of(&school);
        let bench = standing.bench(&school.keys);
        carry_once(tx, &bench, &visitor, &case_no, &sent, seen_seq, Command::FollowUp(said))
    });
    match done.await {
        Ok(()) => Ok(Redirect::to(&format!("/follow-ups?done={no}")).into_response()),
        Err(Error::Refused { sentence, .. } | Error::Conflict { sentence }) => {
            let filled = form.filled(form.errors());
            render(app, page, no, Some(filled), sentence, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

/// What was said; none where nobody was reached.
fn said(form: &Form) -> Result<Option<Said>, FieldErrors> {
    if form.text("reached") == "no" {
        return Ok(None);
    }
    let mut errors = form.errors();
    let yes_or_no = |name: &str| match form.text(name).as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let contacted = yes_or_no("contacted");
    errors.expect(contacted.is_some(), "contacted", "请问：承办单位联系过没有");
    let solved: Option<Solved> = read(&form.text("solved"));
    errors.expect(solved.is_some(), "solved", "请问：解决了、部分解决还是没解决");
    let satisfaction: Option<Satisfaction> = read(&form.text("satisfaction"));
    errors.expect(satisfaction.is_some(), "satisfaction", "请问：满意、基本满意还是不满意");
    form.expect_at_most(&mut errors, "words", "说的话", WORDS_MAX);
    let (words, publish) = (form.words("words"), yes_or_no("publish"));
    match (solved, satisfaction) {
        (Some(solved), Some(satisfaction)) => {
            errors.or(Some(Said { contacted, solved, satisfaction, words, publish }))
        }
        _ => Err(errors),
    }
}

/// Who brought it in: on paper as they were registered, else as the roster knows them.
fn callee(tx: &mut Tx, seen: &Seen) -> Result<Callee, Error> {
    let text = |kind| seen.texts.of(1, kind).to_owned();
    let person = match &seen.requester {
        Some(id) => identity::person(tx, id)?,
        None => None,
    };
    let has_account = person.is_some();
    let (name, known) = match person {
        Some(person) => (person.name, person.phone),
        None => (text(TextKind::OnBehalfOf), String::new()),
    };
    let contact = text(TextKind::Contact);
    Ok(Callee { name, phone: if contact.is_empty() { known } else { contact }, has_account })
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
    let (school, visitor, is_anew) = (app.clone(), page.visitor.clone(), form.is_some());
    let (standing, seen, callee, side) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let bench = standing.bench(&school.keys);
            let seen = sight::by_staff(tx, &bench, &actor, &no)?;
            let callee = match expect_open(&seen, &bench) {
                Ok(()) => callee(tx, &seen)?,
                // What was typed is kept, and nothing is told of whom nobody may call any more.
                Err(_) if is_anew => Callee { name: String::new(), phone: String::new(), has_account: false },
                Err(error) => return Err(error),
            };
            let side = coordination::side(tx, bench.policy, &visitor, bench.now)?;
            Ok::<_, Error>((standing, seen, callee, side))
        })
        .await?;
    reads::note(&app, &page.visitor, &seen, reads::Place::Dossier).await?;
    let (case, policy) = (seen.case(), &standing.policy.policy);
    let round = case.round();
    let answered = seen.loaded.record.iter().rev().find(|line| matches!(line.event, Event::Replied { .. }));
    let replied_at = round.replied_at.map(|at| format!("{} 答复", say::moment(standing.now, at)));
    let tried: Vec<String> = round.calls.iter().map(|at| say::moment(standing.now, *at)).collect();
    let tried = Some(tried).filter(|tried| !tried.is_empty());
    let facts = [
        Some(format!("{} 提交", say::moment(standing.now, case.submitted_at))),
        replied_at,
        tried.map(|tried| format!("没打通：{}", tried.join("、"))),
    ];
    let form = form.unwrap_or_default();
    let has_errors = !form.errors.is_empty() || !notice.is_empty();
    let solved = [Solved::Yes, Solved::Partly, Solved::No];
    let satisfaction = [Satisfaction::Satisfied, Satisfaction::Fairly, Satisfaction::Dissatisfied];
    let answer = html(Call {
        no: seen.no.clone(),
        title: seen.texts.title().to_owned(),
        school: policy.school.name.clone(),
        unit: case.unit.as_ref().map_or_else(|| "学校".into(), |unit| unit_name(policy, unit)),
        callee,
        facts: facts.into_iter().flatten().collect(),
        answer: answered.map_or("", |line| seen.texts.of(line.seq, TextKind::Words)).to_owned(),
        contacted: vec![Choice::new("yes", "联系过"), Choice::new("no", "没联系过")],
        solved: solved.map(|one| Choice::new(stored(&one), say::solved(one))).into(),
        satisfaction: satisfaction.map(|one| Choice::new(stored(&one), say::satisfaction(one))).into(),
        publish: if case.is_published {
            Vec::new()
        } else {
            vec![Choice::new("yes", "可以公开"), Choice::new("no", "不要公开")]
        },
        unsolved: if case.reopens_by_itself(policy) {
            "没解决的会自动重新办理"
        } else {
            "已经重新办理过，还没解决的由协调部门督办"
        },
        calls_left: policy
            .rating
            .follow_up_calls
            .saturating_sub(u16::try_from(round.calls.len()).unwrap_or(u16::MAX)),
        form,
        seen: seen.last_read(),
        notice,
        page: page.titled("电话回访").back_to("/follow-ups").with_errors(has_errors).beside_any(side),
    })?;
    Ok((status, answer).into_response())
}

/// Only a case about which somebody may still be called has this page; the rule says why another has not.
fn expect_open(seen: &Seen, bench: &Bench<'_>) -> Result<(), Error> {
    let case = seen.case();
    let is_called_today = case.round().calls.last().is_some_and(|at| at.day() == bench.now.day());
    let may_be_called = case.stage == Stage::Replied && case.identity == Identity::Open && !case.restricted;
    if offers(seen, bench).has(Act::FollowUp) || (is_called_today && may_be_called) {
        return Ok(());
    }
    let refusal = crate::cases::offers::refusal(seen, bench, Act::FollowUp);
    Err(refusal.map_or(Error::Hidden, |refusal| Error::refused(refusal.sentence(), refusal.clause())))
}
