//! The pages of the three steps, filled with what was answered so far.

use super::answers::{Answers, word};
use super::channel;
use super::entrance::{Campus, Entrance, campuses};
use super::outlook::{self, Prospect};
use super::personal::numbers_in;
use super::photos::{Preview, previews};
use crate::alike::Alike;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_domain::case::Identity;
use huiyin_domain::ids::{CategoryId, PlaceId, UnitId};
use huiyin_domain::policy::{Kind, Phone, Policy, Statutory, crisis_hits};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::school::School;
use huiyin_foundation::web::{Choice, Filled, Page, html, token_for_anyone};

/// One of the three steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// 1 说清楚
    Matter,
    /// 2 怎么答复您
    Reply,
    /// 3 核对提交
    Check,
}

/// What a step's page needs besides the answers.
pub(super) struct Showing<'a> {
    /// The school.
    pub school: &'a School,
    /// Where the person came in.
    pub entrance: &'a Entrance,
    /// What they answered.
    pub answers: &'a Answers,
    /// What is wrong with it.
    pub errors: FieldErrors,
    /// A sentence above everything; may be empty.
    pub notice: String,
    /// What may be the same matter; looked for before the last step.
    pub alike: Vec<Alike>,
}

/// Fields that the first step asks for itself; the photos it shows with their tickets.
const MATTER: [&str; 8] = ["title", "body", "place", "room", "category", "about", "danger", "kept"];
/// Fields that the second step asks for itself; a stranger only the first two.
const REPLY: [&str; 4] = ["identity", "publish", "phone", "no_phone"];
/// The names of the steps.
const NAMES: [&str; 3] = ["说清楚", "怎么答复您", "核对提交"];

#[derive(Template)]
#[template(path = "cases/submit/matter.html")]
struct MatterPage<'a> {
    page: Page,
    kind: &'a Kind,
    form: Filled,
    notice: String,
    /// The channel whose form this is, and what to know of it.
    channel: Option<(String, String)>,
    steps: [&'static str; 3],
    carried: Vec<(&'static str, String)>,
    campuses: Vec<Campus>,
    categories: Vec<Choice>,
    units: Vec<Choice>,
    photos: Vec<Preview>,
    photos_max: usize,
    takes_papers: bool,
    phones: Vec<Phone>,
    /// By when a procedure of the law is begun, where the kind has one.
    by_law: Vec<String>,
}

#[derive(Template)]
#[template(path = "cases/submit/reply.html")]
struct ReplyPage<'a> {
    page: Page,
    kind: &'a Kind,
    form: Filled,
    notice: String,
    steps: [&'static str; 3],
    carried: Vec<(&'static str, String)>,
    /// The channel, if it asks for a name.
    by_name: Option<String>,
    identities: Vec<Choice>,
    audiences: Vec<Choice>,
    /// What somebody chose before the session ended; signing in brings it back.
    wanted: &'static str,
    is_signed_in: bool,
}

#[derive(Template)]
#[template(path = "cases/submit/check.html")]
struct CheckPage<'a> {
    page: Page,
    kind: &'a Kind,
    form: Filled,
    notice: String,
    steps: [&'static str; 3],
    carried: Vec<(&'static str, String)>,
    action: &'static str,
    token: String,
    is_anonymous: bool,
    lines: Vec<Line>,
    photos: Vec<Preview>,
    prospects: Vec<Prospect>,
    climbs: bool,
    phones: Vec<Phone>,
    is_danger: bool,
    /// Numbers in the text by which somebody can be known; empty if there are none.
    personal: String,
    /// Public cases that may be the same matter.
    alike: Vec<Alike>,
}

/// A line of the summary, with the step that can change it.
struct Line {
    label: &'static str,
    words: String,
    step: u8,
}

/// The page of a step. With errors, or a notice that the act was not done, the answer is no 200.
pub(super) fn show(step: Step, page: Page, showing: Showing<'_>) -> Result<Response, Error> {
    let status = if showing.errors.is_empty() && showing.notice.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let kind = showing.entrance.kind();
    let own_form = showing.entrance.own_form(showing.answers);
    let title = own_form.map_or(&kind.entrance, |channel| &channel.name);
    let page = page.titled(title).with_errors(!showing.errors.is_empty()).back_to("/say");
    let response = match step {
        Step::Matter => matter(page, showing),
        Step::Reply => reply(page, showing),
        Step::Check => check(page, showing),
    }?;
    Ok((status, response).into_response())
}

fn matter(page: Page, showing: Showing<'_>) -> Result<Response, Error> {
    let Showing { school, entrance, answers, errors, notice, .. } = showing;
    let (policy, kind) = (entrance.policy(), entrance.kind());
    html(MatterPage {
        kind,
        form: answers.filled(&school.keys, errors),
        notice,
        channel: entrance.own_form(answers).map(|own| (own.name.clone(), channel::hint(policy, own))),
        steps: NAMES,
        carried: answers.carried(&school.keys, &MATTER),
        campuses: campuses(policy),
        categories: entrance.categories(),
        units: entrance.units(),
        photos: previews(answers, &school.keys),
        photos_max: usize::from(policy.attachments.count_max),
        takes_papers: page.visitor.is_signed_in(),
        phones: policy.phones(),
        by_law: by_law(policy, kind),
        page,
    })
}

/// By when a procedure of the law is begun (5.7). Nobody is turned away for coming late: whether that counts is for the body
/// to say.
fn by_law(policy: &Policy, kind: &Kind) -> Vec<String> {
    let procedures = policy.statutory.iter().filter(|procedure| procedure.kinds.contains(&kind.id));
    let sentence = |procedure: &Statutory| {
        let days = procedure.filing_days?;
        let body = policy.unit(&procedure.unit).map_or("受理的机构", |unit| unit.name.as_str());
        Some(format!(
            "{}一般在收到决定之日起 {days} 天内提出。过了也可以提交，由{body}决定是否受理。",
            procedure.name
        ))
    };
    procedures.filter_map(sentence).collect()
}

fn reply(page: Page, showing: Showing<'_>) -> Result<Response, Error> {
    let Showing { school, entrance, answers, errors, notice, .. } = showing;
    let kind = entrance.kind();
    let is_signed_in = page.visitor.is_signed_in();
    let asked = if is_signed_in { &REPLY[..] } else { &REPLY[..2] };
    let wanted = answers.identity.filter(|identity| !is_signed_in && *identity != Identity::Anonymous);
    let publish = if answers.may_publish(kind) { "yes" } else { "no" };
    let by_name = entrance.channel(answers).filter(|channel| channel.real_name_only);
    let identity = match by_name {
        Some(_) => Identity::Open,
        None => answers.identity_or(kind, is_signed_in),
    };
    let form = answers
        .filled(&school.keys, errors)
        .with_only("identity", word(identity))
        .with_only("publish", publish);
    html(ReplyPage {
        kind,
        form,
        notice,
        steps: NAMES,
        carried: answers.carried(&school.keys, asked),
        wanted: wanted.map(word).unwrap_or_default(),
        identities: identities(is_signed_in, by_name.is_some()),
        by_name: by_name.map(|channel| channel.name.clone()),
        audiences: audiences(kind),
        is_signed_in,
        page,
    })
}

/// Who sees what, in plain words (2.1). Only what can be chosen is offered.
fn identities(is_signed_in: bool, is_by_name: bool) -> Vec<Choice> {
    let choice = |identity, hint: &str| Choice::new(word(identity), say::identity(identity)).hinting(hint);
    let known = [
        choice(Identity::Open, "承办单位能看到您的姓名，便于联系核实；公开时不显示姓名"),
        choice(
            Identity::Sealed,
            "承办单位和受理部门都看不到您的姓名，姓名和电话加密存放；您照样能收到进度、追问和评价",
        ),
    ];
    let unknown = choice(
        Identity::Anonymous,
        "不存账号、姓名和电话，谁也查不到是谁；凭查询码看进度、追问和评价，码丢了找不回来",
    );
    let known = known.into_iter().filter(|_| is_signed_in);
    if is_by_name { known.take(1).collect() } else { known.chain([unknown]).collect() }
}

fn audiences(kind: &Kind) -> Vec<Choice> {
    if kind.restricted {
        return Vec::new();
    }
    let usual = |is_usual: bool, words: &str| {
        if is_usual { format!("{}一般选这个", kind.name) } else { words.to_owned() }
    };
    vec![
        Choice::new("no", "只给我看").hinting(usual(!kind.public, "不出现在办理公开里")),
        Choice::new("yes", "可以公开").hinting(usual(kind.public, "公开前隐去个人信息")),
    ]
}

fn check(page: Page, showing: Showing<'_>) -> Result<Response, Error> {
    let Showing { school, entrance, answers, errors, notice, alike } = showing;
    let bench = entrance.bench(&school.keys);
    let case = outlook::foreseen(&bench, entrance.submission(answers)?)?;
    let is_anonymous = answers.identity == Some(Identity::Anonymous);
    let text = format!("{}\n{}", answers.title, answers.body);
    html(CheckPage {
        kind: entrance.kind(),
        form: answers.filled(&school.keys, errors),
        notice,
        steps: NAMES,
        carried: answers.carried(&school.keys, &[]),
        action: if is_anonymous { "/nameless/cases" } else { "/cases" },
        // The anonymous road knows no session, so its form must not be bound to one.
        token: if is_anonymous { token_for_anyone(school) } else { page.token.clone() },
        is_anonymous,
        lines: lines(entrance, answers, &page),
        photos: previews(answers, &school.keys),
        prospects: outlook::prospects(&bench, &case),
        climbs: outlook::climbs_by_itself(&bench),
        phones: entrance.policy().phones(),
        personal: numbers_in(&text),
        alike,
        is_danger: answers.danger || !crisis_hits(entrance.policy(), &text).is_empty(),
        page,
    })
}

fn lines(entrance: &Entrance, answers: &Answers, page: &Page) -> Vec<Line> {
    let policy = entrance.policy();
    let kind = entrance.kind();
    let place = policy.place(&PlaceId(answers.place.clone())).map_or("", |place| place.name.as_str());
    let category = policy.category(&CategoryId(answers.category.clone()));
    let away = policy.unit(&UnitId(answers.about.clone()));
    let identity = answers.identity.unwrap_or(Identity::Anonymous);
    let who = match identity {
        Identity::Open => format!("{}（{}）", say::identity(identity), page.visitor.name),
        _ => say::identity(identity).to_owned(),
    };
    let phone = answers.contact();
    let line = |step, label, words: String| Line { label, words, step };
    let channel = entrance.own_form(answers).map_or_else(String::new, |channel| channel.name.clone());
    let mut lines = vec![
        line(1, "渠道", channel),
        line(1, "问题", answers.title.clone()),
        line(1, "地点", format!("{place} {}", answers.room).trim().to_owned()),
        line(1, "类别", category.map_or_else(String::new, |category| category.name.clone())),
        line(1, "说明", answers.body.clone()),
        line(1, "回避", away.map_or_else(String::new, |unit| format!("{}看不到这件，也不由它办", unit.name))),
        line(1, "安全", if answers.danger { "有人身危险".into() } else { String::new() }),
        line(2, "身份", who),
        line(2, "答复", if answers.may_publish(kind) { "可以公开".into() } else { "只给我看".into() }),
    ];
    if identity != Identity::Anonymous {
        lines.push(line(2, "电话", if phone.is_empty() { "不留电话".into() } else { phone }));
    }
    lines.retain(|line| !line.words.is_empty());
    lines
}
