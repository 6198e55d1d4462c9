//! All channels, each with the unit that leads it and what it asks of those who use it.

use crate::admin::saving::Just;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::policy::{Audience, Channel, Policy};
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Side, html};

struct Line {
    id: String,
    name: String,
    owner: String,
    /// 「学生、教职工都能用」「网上有自己的入口（建议）」「限实名」
    facts: Vec<String>,
    clause: String,
    is_outside: bool,
}

#[derive(Template)]
#[template(path = "admin/channels/list.html")]
struct List {
    page: Page,
    saved: String,
    lines: Vec<Line>,
}

/// The list.
pub(super) async fn page(
    State(app): State<App>,
    Query(just): Query<Just>,
    page: Page,
) -> Result<Response, Error> {
    let policy = &app.policy_in_force().policy;
    let lines = policy.channels.iter().map(|channel| line(policy, channel)).collect();
    html(List { page: page.titled("渠道").beside(Side::admin()), saved: just.sentence(), lines })
}

/// 「学生用」
pub(super) fn whom(audience: Audience) -> &'static str {
    match audience {
        Audience::Students => "学生用",
        Audience::Staff => "教职工用",
        Audience::All => "学生、教职工都能用",
    }
}

fn line(policy: &Policy, channel: &Channel) -> Line {
    let mut facts = vec![whom(channel.audience).to_owned()];
    if let Some(kind) = channel.form.as_ref().and_then(|id| policy.kind(id)) {
        facts.push(format!("网上有自己的入口（{}）", kind.name));
    }
    let by_whom =
        if channel.registered_by_staff { "由工作人员代为登记" } else { "本人在网上提交" };
    facts.push(by_whom.to_owned());
    if channel.real_name_only {
        facts.push("限实名".to_owned());
    }
    facts.extend(channel.cosigners_min.map(|count| format!("收提案，一般 {count} 人附议")));
    Line {
        id: channel.id.to_string(),
        name: channel.name.clone(),
        owner: policy.unit(&channel.owner).map_or("", |unit| unit.name.as_str()).to_owned(),
        facts,
        clause: channel.clause.clone(),
        is_outside: channel.outside,
    }
}
