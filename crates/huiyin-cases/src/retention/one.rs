//! One list: what would be taken away, who has looked, and from when; confirming it, leaving a case out, calling it off.

use super::list::{side, tag};
use super::queries::{self, Fate, Item, List, State};
use crate::cases::log::Standing;
use crate::dossier::kind_of;
use askama::Template;
use axum::extract::{Path, Query, State as Of};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::{Role, units_near};
use huiyin_domain::calendar::Day;
use huiyin_domain::case::Removal;
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say::{self, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page, html};
use huiyin_people::identity;
use huiyin_people::notices::{self, InPlace, Notice, Recipient, Teller};
use serde::Deserialize;

const ROWS: usize = 100;

/// What the address may ask for.
#[derive(Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    after: String,
}

/// A case as a row.
struct Row {
    no: CaseNo,
    /// How its kind is called, and its colour.
    kind: (String, u8),
    ended: String,
    step: &'static str,
    fate: String,
    may_be_left_out: bool,
    may_be_put_back: bool,
}

#[derive(Template)]
#[template(path = "retention/one.html")]
struct One {
    page: Page,
    id: String,
    tag: Tag,
    history: Vec<String>,
    /// Step, and of how many cases.
    totals: Vec<(&'static str, u64)>,
    left_out: u64,
    kept: u64,
    failed: u64,
    rows: Vec<Row>,
    next: String,
    /// Whether the reader holds a duty under which every case that is shown here opens.
    opens_cases: bool,
    /// Something on it leads to a person, who is told; a telephone number alone does not.
    tells: bool,
    may_confirm: bool,
    is_own: bool,
    may_call_off: bool,
    from: String,
    notice: String,
}

/// GET /retention/{id}
pub(super) async fn show(
    Of(app): Of<App>,
    page: Page,
    Path(id): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    render(app, page, id, ask.after, String::new(), StatusCode::OK).await
}

/// POST /retention/{id}/call-off
pub(super) async fn call_off(
    Of(app): Of<App>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let (list, school) = (id.clone(), app.clone());
    act(app, page, id, &form, form.errors(), move |tx, by| {
        let standing = Standing::of(&school);
        let found = queries::find(tx, &list)?.ok_or(Error::Hidden)?;
        if !queries::end(tx, &list, State::CalledOff, Some(by), standing.now)? {
            return Err(too_late());
        }
        // Of a list that nobody has confirmed nobody was told.
        if found.confirmed.is_none() { Ok(()) } else { announce(tx, &standing, &school, &list, None) }
    })
    .await
}

/// POST /retention/{id}/confirm
pub(super) async fn confirm(
    Of(app): Of<App>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let (list, school) = (id.clone(), app.clone());
    let away = units_near(&page.visitor.duties, &app.policy_in_force().policy);
    act(app, page, id, &form, form.errors(), move |tx, by| {
        let standing = Standing::of(&school);
        let found = queries::find(tx, &list)?.ok_or(Error::Hidden)?;
        if found.made_by == *by {
            let clause = standing.policy.policy.retention.clause.clone();
            return Err(Error::refused("清单是您列的，请另一位管理员或审计员来确认。", clause));
        }
        // 清单要看全了才能确认：反映自己单位的件，本人看不到。
        if queries::has_hidden(tx, &list, &away)? {
            let clause = standing.policy.policy.retention.clause.clone();
            return Err(Error::refused("这份清单请另一位管理员或审计员来确认。", clause));
        }
        let from = first_day(&standing);
        if !queries::confirm(tx, &list, by, standing.now, from)? {
            return Err(too_late());
        }
        announce(tx, &standing, &school, &list, Some(from))
    })
    .await
}

/// Tells those who are still known from when what will lead back to them no longer, each once; or, without a day, that it stays.
fn announce(
    tx: &mut Tx,
    standing: &Standing,
    school: &App,
    list: &str,
    from: Option<Day>,
) -> Result<(), Error> {
    let bench = standing.bench(&school.keys);
    let (keys, outlets, coordinator) = (bench.keys, bench.outlets, &bench.policy.school.coordinator);
    let in_place = InPlace::Clerks;
    let teller = Teller { keys, outlets, coordinator, in_place, at: bench.now, not_before: bench.now };
    let day = from.map(|day| say::day_long(bench.now, day));
    for concerned in queries::concerned(tx, list)? {
        let (count, no) = (concerned.count, concerned.no);
        let notice = match day.clone() {
            Some(from) => Notice::ToBeRemoved { count, from },
            None => Notice::RemovalCalledOff { count },
        };
        notices::tell(tx, &teller, &Recipient::PersonKey(concerned.key), &no, &notice)?;
    }
    // Whoever wrote by mail is found by their address, which every step takes away.
    for (no, step) in queries::not_done(tx, list)? {
        let Some(exchange) = notices::exchange_of(tx, &no)? else { continue };
        let notice = match day.clone() {
            Some(from) if step == Removal::Contact => Notice::AddressToBeForgotten { from },
            Some(from) => Notice::ToBeRemoved { count: 1, from },
            None => Notice::RemovalCalledOff { count: 1 },
        };
        notices::tell(tx, &teller, &Recipient::Exchange(exchange), &no, &notice)?;
    }
    Ok(())
}

/// The first day on which a list confirmed now is carried out.
fn first_day(standing: &Standing) -> Day {
    let days = standing.policy.policy.retention.notice_days;
    (0..days).fold(standing.now.day(), |day, _| day.next())
}

pub(super) fn too_late() -> Error {
    Error::conflict("这份清单刚有变化，请看过最新情况再点。")
}

/// Carries out a button of this page, or shows the page again with what stood in the way.
pub(super) async fn act(
    app: App,
    page: Page,
    id: String,
    form: &Form,
    errors: FieldErrors,
    work: impl Fn(&mut Tx, &PersonId) -> Result<(), Error> + Send + 'static,
) -> Result<Response, Error> {
    let wrong = errors.iter().next().map(|(_, sentence)| sentence.to_owned());
    if let Some(sentence) = form.token().sentence().map(str::to_owned).or(wrong) {
        let (status, notice) = (StatusCode::UNPROCESSABLE_ENTITY, sentence);
        return render(app, page, id, String::new(), notice, status).await;
    }
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    match app.db.write(move |tx| work(tx, &by)).await {
        Ok(()) => Ok(Redirect::to(&format!("/retention/{id}")).into_response()),
        Err(Error::Refused { sentence, .. } | Error::Conflict { sentence }) => {
            render(app, page, id, String::new(), sentence, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

async fn render(
    app: App,
    page: Page,
    id: String,
    after: String,
    notice: String,
    status: StatusCode,
) -> Result<Response, Error> {
    let standing = Standing::of(&app);
    let (policy, now) = (&standing.policy.policy, standing.now);
    let away = units_near(&page.visitor.duties, policy);
    let (list, totals, mut items, names) = app
        .db
        .read(move |tx| {
            let list = queries::find(tx, &id)?.ok_or(Error::Hidden)?;
            let totals = queries::totals(tx, &id, &away)?;
            let items = queries::items(tx, &id, &away, &after, ROWS + 1)?;
            let confirmed_by = list.confirmed.iter().map(|(_, by)| by);
            let kept_by = items.iter().filter_map(|item| item.left_out.as_ref().map(|(by, _)| by));
            let known = [&list.made_by].into_iter().chain(confirmed_by).chain(&list.ended_by);
            let people: Vec<PersonId> = known.chain(kept_by).cloned().collect();
            let names = identity::names_of(tx, &people)?;
            Ok::<_, Error>((list, totals, items, names))
        })
        .await?;
    let name = |id: &PersonId| names.get(id).cloned().unwrap_or_else(|| "已不在名册的人".to_owned());
    let has_more = items.len() > ROWS;
    items.truncate(ROWS);
    let next = items.last().filter(|_| has_more);
    let is_listed = list.state == State::Listed;
    let is_own = page.visitor.person.as_ref() == Some(&list.made_by);
    let of = |fate: Fate| totals.iter().filter(|one| one.1 == fate).map(|one| one.2).sum();
    let tells = totals.iter().any(|one| one.0 != Removal::Contact && one.1 != Fate::LeftOut);
    let one = One {
        tag: tag(list.state),
        history: history(&standing, &list, tells, name),
        tells,
        totals: Removal::ALL
            .into_iter()
            .map(|step| {
                let of_step = totals.iter().filter(|one| one.0 == step);
                let told = of_step.filter(|one| matches!(one.1, Fate::Listed | Fate::Done));
                (say::removal(step), told.map(|one| one.2).sum())
            })
            .filter(|(_, count)| *count > 0)
            .collect(),
        left_out: of(Fate::LeftOut),
        kept: of(Fate::Kept),
        failed: of(Fate::Failed),
        rows: items.iter().map(|item| row(&standing, item, is_listed, name)).collect(),
        next: next.map_or_else(String::new, |last| format!("/retention/{}?after={}", list.id, last.no)),
        opens_cases: [Role::Auditor, Role::Supervisor, Role::Clerk]
            .iter()
            .any(|role| page.visitor.has(*role)),
        may_confirm: is_listed && !is_own,
        is_own: is_listed && is_own,
        may_call_off: matches!(list.state, State::Listed | State::Confirmed),
        from: say::day_long(now, first_day(&standing)),
        notice,
        id: list.id,
        page: {
            let side = side(&page, policy);
            page.titled("到期清单").beside(side).back_to("/retention")
        },
    };
    Ok((status, html(one)?).into_response())
}

fn history(standing: &Standing, list: &List, tells: bool, name: impl Fn(&PersonId) -> String) -> Vec<String> {
    let at = |moment| say::moment_long(standing.now, moment);
    let mut told = vec![format!("{} 由{}列出", at(list.made_at), name(&list.made_by))];
    if let Some((moment, by)) = &list.confirmed {
        let day = list.from_day.as_deref().and_then(|day| day.parse::<Day>().ok());
        let from = day.map(|day| say::day_long(standing.now, day)).unwrap_or_default();
        let telling = if tells { "已告知本人，" } else { "" };
        told.push(format!("{} 由{}确认，{telling}{from}起删去", at(*moment), name(by)));
    }
    match (list.state, list.ended_at, &list.ended_by) {
        (State::CalledOff, Some(moment), Some(by)) => {
            told.push(format!("{} 由{}作罢，没有删去的都留着", at(moment), name(by)));
        }
        (State::Done, Some(moment), _) => told.push(format!("{} 按清单删完", at(moment))),
        _ => {}
    }
    told
}

fn row(standing: &Standing, item: &Item, is_listed: bool, name: impl Fn(&PersonId) -> String) -> Row {
    Row {
        no: item.no.clone(),
        kind: kind_of(&standing.policy.policy, &item.kind),
        ended: say::day_long(standing.now, item.ended_at.day()),
        step: say::removal(item.step),
        fate: match (item.fate, &item.left_out) {
            (Fate::Listed, _) => String::new(),
            (Fate::LeftOut, Some((by, reason))) => format!("这次留着，{}：{reason}", name(by)),
            (Fate::LeftOut, None) => "这次留着".to_owned(),
            (Fate::Done, _) => "已删去".to_owned(),
            (Fate::Kept, _) => "仍在保存期内，没有删".to_owned(),
            (Fate::Failed, _) => "没有删成，请联系维护的人".to_owned(),
        },
        may_be_put_back: is_listed && item.fate == Fate::LeftOut,
        may_be_left_out: is_listed && item.fate == Fate::Listed,
    }
}
