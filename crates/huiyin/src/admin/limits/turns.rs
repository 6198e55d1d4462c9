//! What a unit may do when it cannot keep to the plain road: more time, waiting for the requester, the list of what cannot
//! be done yet, whose answers the head looks at first, and when the requester is asked whether it still holds (4.4, 4.5,
//! 5.1, 5.3). Each number stands with the clause it comes from.

use crate::admin::changes::Changes;
use crate::admin::saving::{self, Again, Outcome};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_domain::policy::{Policy, SecondLook};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};

const SECOND_LOOKS: [(&str, SecondLook, &str); 4] = [
    ("none", SecondLook::None, "都不用"),
    ("restricted", SecondLook::Restricted, "受保护的诉求"),
    ("public", SecondLook::Public, "公开的答复"),
    ("all", SecondLook::All, "每一件答复"),
];

#[derive(Template)]
#[template(path = "admin/limits/turns.html")]
struct Turns {
    page: Page,
    form: Filled,
    second_looks: Vec<Choice>,
    notice: String,
    version: u32,
}

/// The rules as they stand.
pub(super) async fn page(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let form = filled(&app.policy_in_force().policy);
    render(&app, page, Again { status: StatusCode::OK, form, notice: String::new() })
}

fn filled(policy: &Policy) -> Filled {
    let look = policy.answering.second_look;
    let look = SECOND_LOOKS.into_iter().find(|(_, known, _)| *known == look).map_or("", |(word, _, _)| word);
    Filled::new()
        .with("extension_times", policy.extension.times.to_string())
        .with("extension_days", policy.extension.working_days_max.to_string())
        .with("extension_clause", policy.extension.clause.as_str())
        .with("asking_times", policy.asking.times.to_string())
        .with("asking_days", policy.asking.days.to_string())
        .with("asking_clause", policy.asking.clause.as_str())
        .with("calls", policy.rating.follow_up_calls.to_string())
        .with("effect_weeks", policy.rating.effect_check_weeks.to_string())
        .with("shelving_days", policy.shelving.review_days_max.to_string())
        .with("shelving_clause", policy.shelving.clause.as_str())
        .with("complaint_days", policy.handling_complaints.answer_working_days.to_string())
        .with("complaint_clause", policy.handling_complaints.clause.as_str())
        .with("second_look", look)
        .with("answering_clause", policy.answering.clause.as_str())
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
    let note = changes.about("延期、补充、挂账和审核");
    match saving::keep(&app, &page, &form, note, policy, "/admin/limits").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, again),
    }
}

/// Puts what was typed into the rules, and says what is different.
fn read(form: &Form, policy: &mut Policy) -> Result<Changes, FieldErrors> {
    let (mut errors, mut changes) = (form.errors(), Changes::default());
    let numbers = [
        ("extension_times", "最多延期次数", &mut policy.extension.times),
        ("extension_days", "每次最多延几个工作日", &mut policy.extension.working_days_max),
        ("asking_times", "每轮最多停几次", &mut policy.asking.times),
        ("asking_days", "等反映人补充几天", &mut policy.asking.days),
        ("calls", "电话回访最多打几次", &mut policy.rating.follow_up_calls),
        ("effect_weeks", "办结几周后回访", &mut policy.rating.effect_check_weeks),
        ("shelving_days", "复核日期最远几天", &mut policy.shelving.review_days_max),
        ("complaint_days", "几个工作日内答复办理问题", &mut policy.handling_complaints.answer_working_days),
    ];
    for (name, label, place) in numbers {
        let typed = form.text(name);
        let Ok(number) = typed.parse::<u16>() else {
            errors.add(name, format!("请写整数，现在是「{typed}」"));
            continue;
        };
        if *place != number {
            changes.note(label, &place.to_string(), &number.to_string());
            *place = number;
        }
    }
    let clauses = [
        ("extension_clause", "延期的依据", &mut policy.extension.clause),
        ("asking_clause", "等补充的依据", &mut policy.asking.clause),
        ("shelving_clause", "挂账的依据", &mut policy.shelving.clause),
        ("complaint_clause", "答复办理问题的依据", &mut policy.handling_complaints.clause),
        ("answering_clause", "审核的依据", &mut policy.answering.clause),
    ];
    for (name, label, place) in clauses {
        let typed = form.text(name);
        errors.expect(!typed.is_empty(), name, "请写依据：哪一份文件的哪一条，或者「平台默认」");
        changes.text(label, place, typed);
    }
    let word = form.text("second_look");
    let said = |look| SECOND_LOOKS.into_iter().find(|(_, known, _)| *known == look).map_or("", |it| it.2);
    match SECOND_LOOKS.into_iter().find(|(known, _, _)| *known == word) {
        Some((_, look, _)) if look != policy.answering.second_look => {
            changes.note("先送单位负责人签发", said(policy.answering.second_look), said(look));
            policy.answering.second_look = look;
        }
        Some(_) => {}
        None => errors.add("second_look", "请选哪些答复先送单位负责人签发"),
    }
    errors.or(changes)
}

fn render(app: &App, page: Page, again: Again) -> Result<Response, Error> {
    let turns = Turns {
        page: saving::sheet(page, "改延期、补充、挂账和审核", "/admin/limits", &again),
        form: again.form,
        second_looks: SECOND_LOOKS.into_iter().map(|(word, _, says)| Choice::new(word, says)).collect(),
        notice: again.notice,
        version: app.policy_in_force().version,
    };
    Ok((again.status, html(turns)?).into_response())
}
