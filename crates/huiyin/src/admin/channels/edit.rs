//! One channel: its name, the unit that leads it, whom it is for, its own form in the portal, names and co-signers.

use super::list::whom;
use crate::admin::changes::Changes;
use crate::admin::choices;
use crate::admin::saving::{self, Again, CLAUSE_MAX, LINE_MAX, Outcome};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use huiyin_domain::ids::{ChannelId, KindId, UnitId};
use huiyin_domain::policy::{Audience, Channel, Policy};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, html};

const AUDIENCES: [(&str, Audience); 3] =
    [("all", Audience::All), ("students", Audience::Students), ("staff", Audience::Staff)];
/// The settings know no more than this.
const COSIGNERS_MAX: u16 = 30;

#[derive(Template)]
#[template(path = "admin/channels/edit.html")]
struct Edit {
    page: Page,
    form: Filled,
    notice: String,
    version: u32,
    id: ChannelId,
    is_registered_by_staff: bool,
    units: Vec<Choice>,
    audiences: Vec<Choice>,
    kinds: Vec<Choice>,
}

/// The form of a channel as it stands.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
) -> Result<Response, Error> {
    let id = ChannelId(id);
    let in_force = app.policy_in_force();
    let channel = in_force.policy.channel(&id).ok_or(Error::Hidden)?;
    let mut form = Filled::new()
        .with("name", &channel.name)
        .with("owner", channel.owner.as_str())
        .with("audience", word(channel.audience))
        .with("form", channel.form.as_ref().map_or("", KindId::as_str))
        .with("cosigners_min", channel.cosigners_min.map(|count| count.to_string()).unwrap_or_default())
        .with("clause", &channel.clause);
    if channel.real_name_only {
        form = form.with("real_name_only", "yes");
    }
    render(&app, page, id, Again::unchanged(form))
}

/// Keeps what was changed about a channel.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let id = ChannelId(id);
    let mut policy = app.policy_in_force().policy.clone();
    let place = policy.channels.iter().position(|channel| channel.id == id).ok_or(Error::Hidden)?;
    if let Err(again) = saving::judge(&form) {
        return render(&app, page, id, again);
    }
    let known = policy.channels[place].clone();
    let typed = match read(&form, &policy, &known) {
        Ok(typed) => typed,
        Err(errors) => return render(&app, page, id, Again::wrong(&form, errors)),
    };
    let changes = differences(&policy, &known, &typed);
    policy.channels[place] = typed;
    let note = changes.about(&format!("渠道「{}」", known.name));
    match saving::keep(&app, &page, &form, note, policy, "/admin/channels").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, id, again),
    }
}

fn read(form: &Form, policy: &Policy, known: &Channel) -> Result<Channel, FieldErrors> {
    let mut errors = FieldErrors::new();
    errors.expect(form.has("name"), "name", "请填写渠道名称");
    form.expect_at_most(&mut errors, "name", "渠道名称", LINE_MAX);
    form.expect_at_most(&mut errors, "clause", "依据", CLAUSE_MAX);
    let owner = UnitId(form.text("owner"));
    let may_lead = owner == known.owner || policy.unit(&owner).is_some_and(|unit| !unit.closed);
    errors.expect(may_lead, "owner", "没有这个单位，或已停用，请重选");
    let audience = AUDIENCES.into_iter().find(|(word, _)| *word == form.text("audience"));
    errors.expect(audience.is_some(), "audience", "请选谁可以用");
    let kind = Some(form.text("form")).filter(|kind| !kind.is_empty()).map(KindId);
    let is_kind = kind.as_ref().is_none_or(|kind| policy.kind(kind).is_some());
    errors.expect(is_kind, "form", "没有这个类型，请重选");
    let real_name_only = form.has("real_name_only");
    let typed = form.text("cosigners_min");
    let count = typed.parse::<u16>().ok().filter(|count| (1..=COSIGNERS_MAX).contains(count));
    if !typed.is_empty() && count.is_none() {
        errors.add(
            "cosigners_min",
            format!("附议人数请写 1 到 {COSIGNERS_MAX} 的整数，不收提案就空着，现在是「{typed}」"),
        );
    }
    errors.expect(
        count.is_none() || real_name_only,
        "cosigners_min",
        "附议的人要知道是谁提的：收提案，请同时勾“限实名”",
    );
    errors.or(Channel {
        name: form.text("name"),
        owner,
        audience: audience.map_or(known.audience, |(_, audience)| audience),
        form: kind,
        cosigners_min: count,
        real_name_only,
        clause: form.text("clause"),
        ..known.clone()
    })
}

fn differences(policy: &Policy, known: &Channel, typed: &Channel) -> Changes {
    let mut changes = Changes::default();
    changes.compare("名称", &known.name, &typed.name);
    let unit = |channel: &Channel| choices::unit_names(policy, std::slice::from_ref(&channel.owner));
    changes.compare("牵头单位", &unit(known), &unit(typed));
    changes.compare("谁可以用", whom(known.audience), whom(typed.audience));
    let kind = |channel: &Channel| choices::kind_names(policy, channel.form.as_slice());
    changes.compare("网上入口", &kind(known), &kind(typed));
    changes.flag("限实名", &mut known.real_name_only.clone(), typed.real_name_only);
    let count = |channel: &Channel| channel.cosigners_min.map(|n| format!("{n} 人")).unwrap_or_default();
    changes.compare("附议", &count(known), &count(typed));
    changes.compare("依据", &known.clause, &typed.clause);
    changes
}

fn word(audience: Audience) -> &'static str {
    AUDIENCES.into_iter().find(|(_, known)| *known == audience).map_or("", |(word, _)| word)
}

fn render(app: &App, page: Page, id: ChannelId, again: Again) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let channel = policy.channel(&id).ok_or(Error::Hidden)?;
    let edit = Edit {
        page: saving::sheet(page, &channel.name, "/admin/channels", &again),
        form: again.form,
        notice: again.notice,
        version: in_force.version,
        is_registered_by_staff: channel.registered_by_staff,
        // A unit that was closed meanwhile is shown where it still leads.
        units: choices::units(policy, &[&channel.owner]),
        audiences: AUDIENCES
            .into_iter()
            .map(|(value, audience)| Choice::new(value, whom(audience)))
            .collect(),
        kinds: choices::kinds(policy),
        id,
    };
    Ok((again.status, html(edit)?).into_response())
}
