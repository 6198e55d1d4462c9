//! The requester's own case: one page in plain words — where it is, who has it, when it is due, why it moved (5.2; page S9).
//!
//! The same page serves an account and the holder of a receipt code. On the receipt road no session exists: the code
//! travels in the body of each form, never in an address.

use super::done::just_done;
use super::stand::{Stand, lead_of, standing};
use crate::cases::cosigning;
use crate::cases::log::{Bench, Standing};
use crate::cases::offers::{Offers, offers, refusal};
use crate::cases::photos::{self, Paper};
use crate::cases::sight::{self, Seen};
use crate::cases::timeline::{Ear, Item, Telling, staff_in, timeline};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use huiyin_domain::access::Act;
use huiyin_domain::case::{Case, Refusal, Removal, Solved, Stage, kept_until};
use huiyin_domain::ids::{CaseNo, FileId, UnitId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::files::StoredFile;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::say::{self, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Photo, html};
use huiyin_people::names;
use std::collections::BTreeMap;

/// GET /cases/{no}
pub(super) async fn show(
    State(app): State<App>,
    Path(no): Path<String>,
    page: Page,
) -> Result<Response, Error> {
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (school, no) = (app.clone(), CaseNo(no));
    let told = app.db.read(move |tx| {
        let standing = Standing::of(&school);
        let bench = standing.bench(&school.keys);
        let seen = sight::by_account(tx, &bench, &person, &no)?;
        tell(tx, &bench, &seen, "")
    });
    answer(page.at("mine").back_to("/cases"), told.await?)
}

/// The page of a told case.
pub(super) fn answer(page: Page, told: Told) -> Result<Response, Error> {
    html(ShowPage { page: page.titled("诉求详情"), told })
}

#[derive(Template)]
#[template(path = "cases/own/show.html")]
struct ShowPage {
    page: Page,
    told: Told,
}

/// An item with its links.
pub(super) struct Shown {
    pub item: Item,
    pub photos: Vec<Photo>,
    pub papers: Vec<Paper>,
}

/// An act offered at the bottom.
pub(super) struct Way {
    pub noun: &'static str,
    pub words: &'static str,
    pub icon: &'static str,
    pub is_primary: bool,
    /// Rarely wanted and not easily undone: it stands by itself, away from the thumb.
    pub is_quiet: bool,
}

/// A case as its requester is told of it.
pub(super) struct Told {
    pub no: CaseNo,
    pub title: String,
    pub tag: Tag,
    pub kind: (u8, String),
    pub facts: Vec<String>,
    pub station: usize,
    pub stations: [&'static str; 5],
    pub standing: Option<Stand>,
    pub items: Vec<Shown>,
    pub ways: Vec<Way>,
    /// The receipt code, on the road without an account.
    pub code: String,
    pub echoes: i64,
    /// Somebody still owes an answer.
    pub is_running: bool,
    /// What an archived case still allows; empty before.
    pub frozen: &'static str,
    /// Whether a missed promise climbs by itself.
    pub climbs: bool,
    /// The rights that closing here never ends; empty for an ordinary matter.
    pub rights: String,
    /// How long it stays here; empty while it is not over, or where it is kept for good.
    pub kept: String,
    /// What the requester has just done; empty if nothing.
    pub done: String,
    /// From when they may urge again; empty where they may, or where nothing is to be urged.
    pub urged: String,
}

impl Told {
    /// Whether any act is offered, quiet or not.
    pub fn has_ways(&self, is_quiet: bool) -> bool {
        self.ways.iter().any(|way| way.is_quiet == is_quiet)
    }

    /// Where an act leads on the account road.
    pub fn href(&self, noun: &str) -> String {
        format!("/cases/{}/{noun}", self.no)
    }
}

/// Tells the requester of their case. `code` is the receipt code on the road without an account.
pub(super) fn tell(tx: &mut Tx, bench: &Bench<'_>, seen: &Seen, code: &str) -> Result<Told, Error> {
    let names = names::of(tx, &staff_in(&seen.loaded))?;
    let telling = Telling {
        ear: Ear::Requester,
        hats: &seen.hats,
        law: bench.policy.law_of(seen.case()),
        now: bench.now,
        policy: bench.policy,
        names: &names,
    };
    let stored = photos::of_case(tx, &seen.no, &seen.loaded.record)?;
    let items = timeline(&seen.loaded, &seen.texts, &telling);
    let case = seen.case();
    let kind = bench.policy.kind(&case.kind);
    Ok(Told {
        no: seen.no.clone(),
        title: seen.texts.title().to_owned(),
        tag: say::case_tag(
            case.stage,
            case.signed_at.is_some(),
            case.rounds.len() as u32,
            case.round().solved,
        ),
        kind: kind.map_or((2, String::new()), |kind| (kind.colour, kind.name.clone())),
        facts: facts(bench, seen),
        station: station(seen),
        stations: stations(station(seen), case),
        standing: standing(bench, seen, lead_of(tx, case)?.as_ref()),
        items: items.into_iter().map(|item| with_links(item, &stored, bench.keys, bench)).collect(),
        ways: ways(&offers(seen, bench), case),
        code: code.to_owned(),
        echoes: seen.echoes,
        is_running: case.stage.is_open(),
        frozen: frozen(&offers(seen, bench), case),
        climbs: !bench.policy.supervision.ladder.is_empty(),
        rights: rights(bench, case),
        kept: kept(bench, case, code),
        done: just_done(seen, bench),
        urged: urged(seen, bench),
    })
}

/// Whoever is asked how it is now answers on a case that is archived already, and is not told that there is nothing to do.
fn frozen(offers: &Offers, case: &Case) -> &'static str {
    match case.stage {
        Stage::Archived if offers.has(Act::CheckEffect) => "已归档；还想请您说一声，现在怎么样",
        Stage::Archived if case.round().effect_asked_at.is_some() && case.round().effect.is_none() => {
            "已归档，回答效果的日子过了；又有问题，请再说一件"
        }
        Stage::Archived => "已归档，只能查看",
        _ => "",
    }
}

/// 「已经催过，明天 10:00 起可以再催」: the button is not there meanwhile.
fn urged(seen: &Seen, bench: &Bench<'_>) -> String {
    let Some(Refusal::UrgedRecently { again_at }) = refusal(seen, bench, Act::Urge) else {
        return String::new();
    };
    format!("已经催过，{} 起可以再催。", say::moment_long(bench.now, again_at))
}

/// Until when the requester finds it here (5.6).
fn kept(bench: &Bench<'_>, case: &Case, code: &str) -> String {
    let until = |step| kept_until(case, step, bench.policy);
    let Some(day) = until(Removal::Requester).or_else(|| until(Removal::Words)) else { return String::new() };
    let day = say::day_long(bench.now, day);
    if code.is_empty() {
        format!("保存到 {day}以前，到期前会告诉您；要留存请先下载。")
    } else {
        format!("凭查询码可以看到 {day}以前，要留存请先下载。")
    }
}

fn with_links(item: Item, stored: &BTreeMap<FileId, StoredFile>, keys: &Keys, bench: &Bench<'_>) -> Shown {
    let (photos, papers) = photos::shown(&item, stored, keys, bench.now);
    Shown { item, photos, papers }
}

fn facts(bench: &Bench<'_>, seen: &Seen) -> Vec<String> {
    let case = seen.case();
    let place =
        case.place.as_ref().and_then(|id| bench.policy.place(id)).map_or("", |place| place.name.as_str());
    let place = format!("{place} {}", seen.texts.room()).trim().to_owned();
    let visibility = match (case.is_published, case.may_publish && !case.restricted) {
        (true, _) => "已公开",
        (false, true) => "同意公开",
        (false, false) => "仅我可见",
    };
    let identity = say::identity(case.identity);
    let cosigned = cosigning::standing(bench.policy, case).unwrap_or_default();
    [place, cosigned, format!("{identity} · {visibility}")]
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .collect()
}

/// Which of the five stations the case stands at; 0 when it left the road, 6 when all are passed.
fn station(seen: &Seen) -> usize {
    match seen.case().stage {
        Stage::Submitted | Stage::Accepted => 2,
        Stage::Assigned if seen.case().signed_at.is_none() => 3,
        Stage::Assigned => 4,
        Stage::Replied => 5,
        Stage::Rated | Stage::Archived => 6,
        Stage::Declined | Stage::Withdrawn | Stage::Merged => 0,
    }
}

/// How the five are called; the one that is still to happen is not called as if it had.
fn stations(now: usize, case: &Case) -> [&'static str; 5] {
    let dispatched = if now == 2 { "待派单" } else { "已派单" };
    let signed = if now == 3 { "待签收" } else { "已签收" };
    let judged = match (now, case.round().solved.is_some()) {
        (6, true) => "已评价",
        // Nobody is asked to judge how danger was met (7.6).
        _ if case.is_crisis() => "已答复",
        (6, false) => "没有评价",
        _ => "待评价",
    };
    ["已提交", dispatched, signed, "办理中", judged]
}

/// What closing here never ends (5.7): what the entrance of a protected kind says of the road it goes, and, once there is
/// an answer, which way the law leaves open.
fn rights(bench: &Bench<'_>, case: &Case) -> String {
    let policy = bench.policy;
    let procedure = policy.statutory_of(&case.kind, case.category.as_ref());
    let always = "在这里办结，不影响您依法申诉、复核、举报和信访的权利。";
    let Some(procedure) = procedure else {
        let kind = policy.kind(&case.kind).filter(|kind| kind.restricted);
        return kind.map_or_else(String::new, |kind| format!("{}{always}", kind.note));
    };
    // Named only where it is so: the body may itself be what is complained of, or danger may come first.
    let has_it =
        |body: &&UnitId| !case.is_recused(body) && case.unit.as_ref().is_none_or(|unit| unit == *body);
    let body = policy.body_of(procedure).filter(has_it).filter(|_| !case.is_crisis());
    let body = body.and_then(|id| policy.unit(id)).map_or("有权的机构", |unit| unit.name.as_str());
    let by = format!("这件按{}的法定程序，由{body}办理（依据：{}）。", procedure.name, procedure.clause);
    let is_over = !case.stage.is_open() && case.stage != Stage::Merged;
    if is_over { format!("{by}{always}{}", procedure.rights) } else { format!("{by}{always}") }
}

/// Whoever said that it is solved is not urged to ask again.
fn ways(offers: &Offers, case: &Case) -> Vec<Way> {
    // What was taken down on the phone, whoever said it may put right.
    let is_correction = case.stage != Stage::Replied;
    let rate = if is_correction { "更正评价" } else { "去评价" };
    let (is_solved, is_asked) = (case.round().solved == Some(Solved::Yes), case.asked_at.is_some());
    let way = |act, noun, words, icon, is_primary| {
        let is_quiet = matches!(act, Act::Withdraw | Act::Unpublish | Act::ComplainAboutHandling)
            || (is_solved && act == Act::Reopen)
            // Three do not fit beside one another under a thumb.
            || (act == Act::Urge && offers.has(Act::NameCosigners));
        offers.has(act).then_some(Way { noun, words, icon, is_primary, is_quiet })
    };
    [
        way(Act::Rate, "rating", rate, "star", !is_correction),
        way(Act::CheckEffect, "effect", "现在还好吗", "star", true),
        way(Act::Reopen, "reopening", "重新办理", "rotate-ccw", !is_solved),
        way(Act::NameCosigners, "cosigners", "请人附议", "users", false),
        way(Act::Supplement, "supplement", "补充说明", "message-square-text", is_asked),
        way(Act::Urge, "reminder", "催一催", "bell-ring", false),
        way(Act::ComplainAboutHandling, "complaint", "反映办理问题", "circle-alert", false),
        way(Act::Withdraw, "withdrawal", "撤回", "undo-2", false),
        way(Act::Unpublish, "unpublication", "撤下公开", "eye-off", false),
    ]
    .into_iter()
    .flatten()
    .collect()
}
