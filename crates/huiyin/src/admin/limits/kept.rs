//! How long what is kept (5.6): for each rule the days after closing, and the notice before anything is taken away. Which
//! kinds and categories a rule speaks of stands in the preset and is not changed here.

use crate::admin::changes::Changes;
use crate::admin::saving::{self, Again, Outcome};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use huiyin_domain::case::Removal;
use huiyin_domain::policy::{Policy, RetentionRule, retention_whose};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, html};

/// A hundred years.
const DAYS_MAX: u16 = 36_525;
const NOTICE_DAYS_MAX: u16 = 90;
const SAY_CLAUSE: &str = "请写依据：哪一份文件的哪一条，或者「平台默认」";

/// A rule with the names of its fields.
struct Rule {
    whose: String,
    contact: String,
    requester: String,
    words: String,
    clause: String,
}

#[derive(Template)]
#[template(path = "admin/limits/kept.html")]
struct Kept {
    page: Page,
    form: Filled,
    rules: Vec<Rule>,
    days_min: u16,
    notice: String,
    version: u32,
}

/// The rules as they stand.
pub(super) async fn page(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let form = filled(&app.policy_in_force().policy);
    render(&app, page, Again::unchanged(form))
}

fn filled(policy: &Policy) -> Filled {
    let retention = &policy.retention;
    let form = Filled::new()
        .with("notice_days", retention.notice_days.to_string())
        .with("clause", retention.clause.as_str());
    retention.rules.iter().enumerate().fold(form, |form, (index, rule)| {
        let days = |step| rule.days(step).map(|days| days.to_string()).unwrap_or_default();
        let form =
            Removal::ALL.into_iter().fold(form, |form, step| form.with(&field(index, step), days(step)));
        form.with(&clause_of(index), rule.clause.as_str())
    })
}

fn field(index: usize, step: Removal) -> String {
    format!("{}-{index}", step.word())
}

fn clause_of(index: usize) -> String {
    format!("clause-{index}")
}

/// Keeps them.
pub(super) async fn save(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Err(again) = saving::judge(&form) {
        return render(&app, page, again);
    }
    let mut policy = app.policy_in_force().policy.clone();
    let changes = match read(&form, &mut policy) {
        Ok(changes) => changes,
        Err(errors) => return render(&app, page, Again::wrong(&form, errors)),
    };
    match saving::keep(&app, &page, &form, changes.about("保存期限"), policy, "/admin/limits").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, again),
    }
}

/// Puts what was typed into the rules, and says what is different. An empty box keeps for good.
fn read(form: &Form, policy: &mut Policy) -> Result<Changes, FieldErrors> {
    let (mut errors, mut changes) = (form.errors(), Changes::default());
    let whose: Vec<String> = policy.retention.rules.iter().map(|rule| whose(policy, rule)).collect();
    let days_min = policy.days_after_the_end();
    let retention = &mut policy.retention;
    let typed = form.text("notice_days");
    match typed.parse::<u16>() {
        Ok(days) if !(1..=NOTICE_DAYS_MAX).contains(&days) => {
            errors.add("notice_days", format!("请写 1 到 {NOTICE_DAYS_MAX} 之间的天数，现在是「{days}」"));
        }
        Ok(days) if days != retention.notice_days => {
            changes.note("提前几天告知", &retention.notice_days.to_string(), &days.to_string());
            retention.notice_days = days;
        }
        Ok(_) => {}
        Err(_) => errors.add("notice_days", format!("请写整数，现在是「{typed}」")),
    }
    let said = |days: Option<u16>| days.map_or_else(|| "长期".to_owned(), |days| format!("{days} 天"));
    for (index, (rule, whose)) in retention.rules.iter_mut().zip(&whose).enumerate() {
        for step in Removal::ALL {
            let name = field(index, step);
            let typed = form.text(&name);
            let days = match typed.as_str() {
                "" => None,
                typed => match typed.parse::<u16>() {
                    Ok(days) if days < days_min => {
                        let why = format!("办结后 {days_min} 天内本人还可以评价、回答效果或要求重办");
                        errors.add(name, format!("{why}，保存期限不能更短，现在是「{days}」"));
                        continue;
                    }
                    Ok(days) if days > DAYS_MAX => {
                        errors.add(name, format!("最多写 {DAYS_MAX} 天（一百年），长期保存就空着"));
                        continue;
                    }
                    Ok(days) => Some(days),
                    Err(_) => {
                        errors.add(name, format!("请写整数，长期保存就空着，现在是「{typed}」"));
                        continue;
                    }
                },
            };
            if rule.days(step) != days {
                let what = format!("{whose}：{}", say::removal(step));
                changes.note(&what, &said(rule.days(step)), &said(days));
                *place_of(rule, step) = days;
            }
        }
        expect_order(form, index, &mut errors);
        let clause = form.text(&clause_of(index));
        if clause.is_empty() {
            errors.add(clause_of(index), SAY_CLAUSE);
        }
        changes.text("依据", &mut rule.clause, clause);
    }
    let clause = form.text("clause");
    errors.expect(!clause.is_empty(), "clause", SAY_CLAUSE);
    changes.text("保存期限的依据", &mut retention.clause, clause);
    errors.or(changes)
}

/// Something goes some day, and no step goes before the one that it contains.
fn expect_order(form: &Form, index: usize, errors: &mut FieldErrors) {
    let days = |step| form.text(&field(index, step)).parse::<u16>().ok();
    let is_empty = |step| form.text(&field(index, step)).is_empty();
    if Removal::ALL.into_iter().all(is_empty) {
        let sentence = "这三项至少要写一项；都长期保存的，请把「正文和附件」写成最长的天数";
        errors.add(field(index, Removal::Contact), sentence);
    }
    let written: Vec<(Removal, u16)> =
        Removal::ALL.into_iter().filter_map(|step| days(step).map(|days| (step, days))).collect();
    for pair in written.windows(2).filter(|pair| pair[1].1 < pair[0].1) {
        errors.add(field(index, pair[1].0), "保存期限要从短到长：联系方式、与本人的关联、正文和附件");
    }
}

fn place_of(rule: &mut RetentionRule, step: Removal) -> &mut Option<u16> {
    match step {
        Removal::Contact => &mut rule.contact_days,
        Removal::Requester => &mut rule.requester_days,
        Removal::Words => &mut rule.words_days,
    }
}

fn whose(policy: &Policy, rule: &RetentionRule) -> String {
    let whose = retention_whose(policy, rule);
    if whose.is_empty() { "其余的".to_owned() } else { whose }
}

fn render(app: &App, page: Page, again: Again) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let rule = |(index, rule): (usize, &RetentionRule)| Rule {
        whose: whose(policy, rule),
        contact: field(index, Removal::Contact),
        requester: field(index, Removal::Requester),
        words: field(index, Removal::Words),
        clause: clause_of(index),
    };
    let kept = Kept {
        page: saving::sheet(page, "改保存期限", "/retention", &again),
        form: again.form,
        rules: policy.retention.rules.iter().enumerate().map(rule).collect(),
        days_min: policy.days_after_the_end(),
        notice: again.notice,
        version: in_force.version,
    };
    Ok((again.status, html(kept)?).into_response())
}
