//! The channels by which matters come in, each with the unit that leads it (A5; 1.4): which unit that is can be changed here.
//!
//! What this page deliberately does not do: adding, renaming or closing channels; those stand in the preset.

use super::changes::Changes;
use super::saving::{self, Again, Just, Outcome};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::{Audience, Channel, Policy};
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, Side, html};

struct Line {
    /// The name of its box in the form.
    field: String,
    name: String,
    /// 「学生、教职工都可以用；由工作人员代为登记」
    hint: String,
}

#[derive(Template)]
#[template(path = "admin/channels.html")]
struct Channels {
    page: Page,
    form: Filled,
    notice: String,
    saved: String,
    version: u32,
    lines: Vec<Line>,
    units: Vec<Choice>,
}

/// The channels as they stand.
pub(super) async fn page(
    State(app): State<App>,
    Query(just): Query<Just>,
    page: Page,
) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let owners = in_force.policy.channels.iter();
    let form =
        owners.fold(Filled::new(), |form, channel| form.with(&field_of(channel), channel.owner.as_str()));
    render(&app, page, Again::unchanged(form), just.sentence())
}

/// Keeps who leads each of them.
pub(super) async fn save(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Err(again) = saving::judge(&form) {
        return render(&app, page, again, String::new());
    }
    let mut policy = app.policy_in_force().policy.clone();
    let mut changes = Changes::default();
    let mut errors = form.errors();
    let known = policy.clone();
    // A channel that was not sent stays as it is.
    for channel in policy.channels.iter_mut().filter(|channel| form.has(&field_of(channel))) {
        let typed = UnitId(form.text(&field_of(channel)));
        if channel.owner == typed {
            continue;
        }
        if known.unit(&typed).is_none_or(|unit| unit.closed) {
            errors.add(field_of(channel), "没有这个单位，或已停用，请重选");
        }
        let label = format!("「{}」牵头单位", channel.name);
        changes.note(&label, unit_name(&known, &channel.owner), unit_name(&known, &typed));
        channel.owner = typed;
    }
    if !errors.is_empty() {
        return render(&app, page, Again::wrong(&form, errors), String::new());
    }
    match saving::keep(&app, &page, &form, changes.about("渠道"), policy, "/admin/channels").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, again, String::new()),
    }
}

fn field_of(channel: &Channel) -> String {
    format!("owner-{}", channel.id)
}

fn unit_name<'a>(policy: &'a Policy, id: &'a UnitId) -> &'a str {
    policy.unit(id).map_or(id.as_str(), |unit| unit.name.as_str())
}

fn hint(channel: &Channel) -> String {
    let whom = match channel.audience {
        Audience::Students => "学生用",
        Audience::Staff => "教职工用",
        Audience::All => "学生、教职工都能用",
    };
    let how = match (channel.registered_by_staff, &channel.form) {
        (true, Some(_)) => "，网上有自己的入口，也由工作人员代为登记",
        (true, None) => "，由工作人员代为登记",
        (false, _) => "",
    };
    let by_name = if channel.real_name_only { "，限实名" } else { "" };
    format!("{whom}{how}{by_name}")
}

fn render(app: &App, page: Page, again: Again, saved: String) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    // A unit that was closed meanwhile is shown where it still leads.
    let is_led = |id: &UnitId| policy.channels.iter().any(|channel| channel.owner == *id);
    let units = policy.units.iter().filter(|unit| !unit.closed || is_led(&unit.id));
    let line = |channel: &Channel| Line {
        field: field_of(channel),
        name: channel.name.clone(),
        hint: hint(channel),
    };
    let channels = Channels {
        page: page.titled("渠道").beside(Side::admin()).with_errors(!again.form.errors.is_empty()),
        form: again.form,
        notice: again.notice,
        saved,
        version: in_force.version,
        lines: policy.channels.iter().map(line).collect(),
        units: units.map(|unit| Choice::new(unit.id.as_str(), &unit.name)).collect(),
    };
    Ok((again.status, html(channels)?).into_response())
}
