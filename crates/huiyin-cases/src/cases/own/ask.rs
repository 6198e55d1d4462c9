//! The forms of the requester's acts: add, urge, complain about the handling, judge, say whether it still holds, ask again,
//! take back, take off the public list (pages S10–S12; 5.3, 5.4).

use super::mine::stored;
use crate::cases::log::{Bench, Standing};
use crate::cases::offers::offers;
use crate::cases::sight::{self, Seen};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use huiyin_domain::access::Act;
use huiyin_domain::case::{Command, Event, Satisfaction, Solved, Stage, TextKind, UrgeReason};
use huiyin_domain::ids::{CaseNo, FileId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};

const WORDS_MAX: usize = 2000;

/// An act of the requester, by the noun in its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    Supplement,
    Reminder,
    Complaint,
    Rating,
    Effect,
    Reopening,
    Withdrawal,
    Unpublication,
}

impl Noun {
    pub fn of(word: &str) -> Result<Noun, Error> {
        Ok(match word {
            "supplement" => Noun::Supplement,
            "reminder" => Noun::Reminder,
            "complaint" => Noun::Complaint,
            "rating" => Noun::Rating,
            "effect" => Noun::Effect,
            "reopening" => Noun::Reopening,
            "withdrawal" => Noun::Withdrawal,
            "unpublication" => Noun::Unpublication,
            _ => return Err(Error::Hidden),
        })
    }

    pub fn act(self) -> Act {
        match self {
            Noun::Supplement => Act::Supplement,
            Noun::Reminder => Act::Urge,
            Noun::Complaint => Act::ComplainAboutHandling,
            Noun::Rating => Act::Rate,
            Noun::Effect => Act::CheckEffect,
            Noun::Reopening => Act::Reopen,
            Noun::Withdrawal => Act::Withdraw,
            Noun::Unpublication => Act::Unpublish,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Noun::Supplement => "supplement",
            Noun::Reminder => "reminder",
            Noun::Complaint => "complaint",
            Noun::Rating => "rating",
            Noun::Effect => "effect",
            Noun::Reopening => "reopening",
            Noun::Withdrawal => "withdrawal",
            Noun::Unpublication => "unpublication",
        }
    }

    /// Heading, explanation and button; `again` is from when one may urge or complain once more.
    fn says(self, again: &str, answer_days: u16, corrects: bool) -> (&'static str, String, &'static str) {
        let (heading, explanation, button) = match self {
            Noun::Supplement => (
                "补充说明",
                "补充的内容会和原来的诉求放在一起，不耽误办理。承办单位正等您补充的，发送后办结期限接着计算。",
                "发送",
            ),
            Noun::Reminder => (
                "催一催",
                "承办单位会马上收到提醒。催过以后，{again} 起才能再催；到时间没有结果，系统会自动升级督办。",
                "催办",
            ),
            Noun::Complaint => (
                "反映办理中的问题",
                "不经承办单位，直接到协调部门，{answer_days} 个工作日内答复您；承办单位看不到，也不会知道。反映以后，{again} 起才能再反映。",
                "发送",
            ),
            Noun::Rating if corrects => (
                "更正评价",
                "电话里记下的和您的意思不一样，在这里改，以您自己写的为准。已经重新办理的接着办。",
                "提交更正",
            ),
            Noun::Rating => ("评价", "", "提交评价"),
            Noun::Effect => ("现在还好吗", "办结有一阵子了，想请您再看一眼。", "提交"),
            Noun::Reopening => {
                ("要求重新办理", "退回原单位再办一轮，期限重新计算，并由协调部门跟踪。", "要求重新办理")
            }
            Noun::Withdrawal => ("撤回诉求", "撤回后不再办理，编号保留。需要时可以再提交一件。", "确定撤回"),
            Noun::Unpublication => {
                ("撤下公开", "撤下后，这件不再出现在办理公开里，您自己仍能看到。", "确定撤下")
            }
        };
        let explanation = explanation.replace("{again}", again);
        (heading, explanation.replace("{answer_days}", &answer_days.to_string()), button)
    }
}

/// On which road the form is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Road {
    /// By account.
    Account,
    /// With the receipt code.
    Receipt(String),
    /// By the link of a letter, which shows the number and nothing else of the case.
    Letter(String),
}

#[derive(Template)]
#[template(path = "cases/own/ask.html")]
struct AskPage {
    page: Page,
    action: String,
    code: String,
    noun: Noun,
    no: String,
    title: String,
    says: (&'static str, String, &'static str),
    /// The words that this form replies to, and who said them when.
    quoted: (String, String),
    form: Filled,
    refusal: String,
    reasons: Vec<Choice>,
    solved: Vec<Choice>,
    satisfaction: Vec<Choice>,
    complaints: Vec<Choice>,
    contacted: Vec<Choice>,
    /// Asked only where it is not decided by protection, and not shown to everybody already.
    publish: Vec<Choice>,
    /// Until when it may be judged.
    rated_until: String,
    /// Another round may be asked for with the judgement.
    may_reopen: bool,
    /// What happens after "not solved".
    unsolved: &'static str,
    /// How the coordinating office is called.
    office: String,
}

/// GET /cases/{no}/{act}
pub(super) async fn show(
    State(app): State<App>,
    Path((no, act)): Path<(String, String)>,
    page: Page,
) -> Result<Response, Error> {
    let (noun, no) = (Noun::of(&act)?, CaseNo(no));
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (school, standing) = (app.clone(), Standing::of(&app));
    let seen =
        app.db.read(move |tx| sight::by_account(tx, &standing.bench(&school.keys), &person, &no)).await?;
    form_page(&app, page, noun, &Road::Account, &seen, Filled::new(), "")
}

/// The form of an act; when the act is not open now, the rule says why.
pub(super) fn form_page(
    app: &App,
    page: Page,
    noun: Noun,
    road: &Road,
    seen: &Seen,
    form: Filled,
    refusal: &str,
) -> Result<Response, Error> {
    let standing = Standing::of(app);
    let bench = standing.bench(&app.keys);
    if refusal.is_empty() && form.errors.is_empty() && !offers(seen, &bench).has(noun.act()) {
        return Err(refused(seen, noun, &bench));
    }
    let days = bench.policy.handling_complaints.answer_working_days;
    let corrects = seen.case().stage != Stage::Replied;
    let again = bench.now.plus_hours(u32::from(bench.policy.urging.every_hours));
    let says = noun.says(&say::moment_long(bench.now, again), days, corrects);
    let page = page.titled(says.0).back_to(format!("/cases/{}", seen.no)).at("mine");
    let (action, code) = match road {
        Road::Account => (format!("/cases/{}/{}", seen.no, noun.word()), String::new()),
        Road::Receipt(code) => (format!("/receipt/{}", noun.word()), code.clone()),
        Road::Letter(link) => (format!("/follow-up/{link}"), String::new()),
    };
    let is_told = !matches!(road, Road::Letter(_));
    let page = if is_told { page } else { page.back_to("").at("receipt") };
    html(AskPage {
        page: page.with_errors(!form.errors.is_empty() || !refusal.is_empty()),
        action,
        code,
        noun,
        no: seen.no.to_string(),
        title: if is_told { seen.texts.title().to_owned() } else { says.0.to_owned() },
        says,
        quoted: if is_told { quoted(noun, seen, &bench) } else { Default::default() },
        form,
        refusal: refusal.to_owned(),
        reasons: choices(&["no_contact", "getting_worse", "time_is_short", "other"], |reason: UrgeReason| {
            say::urge_reason(reason)
        }),
        solved: choices(&["yes", "partly", "no"], |solved: Solved| say::solved(solved)),
        satisfaction: choices(&["satisfied", "fairly", "dissatisfied"], |degree: Satisfaction| {
            say::satisfaction(degree)
        }),
        complaints: bench.policy.rating.complaints.iter().map(|words| Choice::new(words, words)).collect(),
        contacted: vec![Choice::new("yes", "联系过"), Choice::new("no", "没联系过")],
        publish: if seen.case().restricted || seen.case().is_published {
            Vec::new()
        } else {
            vec![Choice::new("yes", "可以公开"), Choice::new("no", "不要公开")]
        },
        rated_until: {
            let answered = seen.case().round().replied_at.unwrap_or(bench.now);
            say::moment_long(bench.now, answered.plus_hours(u32::from(bench.policy.rating.days) * 24))
        },
        may_reopen: !seen.case().is_on_statute() && !seen.case().stage.is_open(),
        unsolved: if seen.case().reopens_by_itself(bench.policy) {
            "选“没解决”会自动重新办理"
        } else {
            "已经重新办理过，再选“没解决”由协调部门督办"
        },
        office: bench
            .policy
            .unit(&bench.policy.school.coordinator)
            .map_or_else(|| "协调部门".into(), |unit| unit.name.clone()),
    })
}

/// Why an act is not open: the refusal the rule itself gives.
fn refused(seen: &Seen, noun: Noun, bench: &Bench<'_>) -> Error {
    let refusal = crate::cases::offers::refusal(seen, bench, noun.act());
    refusal.map_or(Error::Hidden, |refusal| Error::refused(refusal.sentence(), refusal.clause()))
}

/// A rating replies to the last answer, a supplement to the question that is open.
fn quoted(noun: Noun, seen: &Seen, bench: &Bench<'_>) -> (String, String) {
    let is_asked = seen.case().asked_at.is_some();
    let is_replied_to = |event: &Event| match noun {
        Noun::Rating | Noun::Effect => matches!(event, Event::Replied { .. }),
        Noun::Supplement => is_asked && matches!(event, Event::Asked {}),
        _ => false,
    };
    let line = seen.loaded.record.iter().rev().find(|line| is_replied_to(&line.event));
    let Some(line) = line else { return (String::new(), String::new()) };
    let did = if noun == Noun::Supplement { "请您补充" } else { "答复" };
    let unit = seen.case().unit.as_ref().and_then(|id| bench.policy.unit(id));
    let name = unit.map_or("", |unit| unit.name.as_str());
    let signed = format!("{name}　{} {did}", say::moment(bench.now, line.at));
    (seen.texts.of(line.seq, TextKind::Words).to_owned(), signed)
}

fn choices<T: serde::de::DeserializeOwned>(words: &[&str], say: impl Fn(T) -> &'static str) -> Vec<Choice> {
    let known = words.iter().filter_map(|word| stored::<T>(word).map(|value| Choice::new(*word, say(value))));
    known.collect()
}

/// What was sent, as a command; or what is wrong with it.
pub(super) fn command(
    noun: Noun,
    form: &Form,
    policy: &Policy,
    files: Vec<FileId>,
) -> Result<Command, FieldErrors> {
    let mut errors = form.errors();
    let words = form.words("words");
    form.expect_at_most(&mut errors, "words", "内容", WORDS_MAX);
    let command = match noun {
        Noun::Supplement => {
            errors.expect(
                !words.is_empty() || !files.is_empty(),
                "words",
                "请写下要补充的内容，或选一张照片",
            );
            Some(Command::Supplement { words, files })
        }
        Noun::Reminder => {
            let because = stored::<UrgeReason>(&form.text("because"));
            errors.expect(because.is_some(), "because", "请选一个催办的原因");
            because.map(|because| Command::Urge { because, reason: words })
        }
        Noun::Complaint => {
            errors.expect(!words.is_empty(), "words", "请写明办理中有什么问题");
            Some(Command::ComplainAboutHandling { words, about_office: form.has("about_office") })
        }
        Noun::Effect => {
            let holds = stored::<Solved>(&form.text("solved"));
            errors.expect(holds.is_some(), "solved", "请选：解决了、部分解决或没解决");
            holds.map(|holds| Command::CheckEffect { holds, words })
        }
        Noun::Rating => rating(form, policy, words, &mut errors),
        Noun::Reopening => {
            errors.expect(!words.is_empty(), "words", "请写下哪里还没办好");
            Some(Command::Reopen { reason: words })
        }
        Noun::Withdrawal => Some(Command::Withdraw { reason: words }),
        Noun::Unpublication => Some(Command::Unpublish { reason: words }),
    };
    match command {
        Some(command) if errors.is_empty() => Ok(command),
        _ => Err(errors),
    }
}

fn rating(form: &Form, policy: &Policy, words: String, errors: &mut FieldErrors) -> Option<Command> {
    let solved = stored::<Solved>(&form.text("solved"));
    let satisfaction = stored::<Satisfaction>(&form.text("satisfaction"));
    errors.expect(solved.is_some(), "solved", "请选：解决了、部分解决或没解决");
    errors.expect(satisfaction.is_some(), "satisfaction", "请选：满意、基本满意或不满意");
    let contacted = match form.text("contacted").as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let known = |words: &String| policy.rating.complaints.contains(words);
    let publish = match form.text("publish").as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let complaints = form.all("complaint").into_iter().filter(known).collect();
    let reopen = form.has("reopen") && solved != Some(Solved::Yes);
    let (solved, satisfaction) = (solved?, satisfaction?);
    Some(Command::Rate { contacted, solved, satisfaction, complaints, words, publish, reopen })
}
