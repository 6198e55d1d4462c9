//! Channels with a form of their own (1.4): staff consultation, proposals of the staff congress. For whom they are, and that
//! they ask for a name, is said before anything is written.
//!
//! Nobody is turned away with what they have to say: whoever is not meant, or does not want to give a name, goes on by the
//! ordinary road with every word they wrote, where sealed and anonymous are open to them.

use super::answers::Answers;
use super::entrance::Entrance;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_domain::policy::{Audience, Channel, Kind, Policy};
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Visitor, html};
use huiyin_people::identity::{self, PersonKind};

/// A channel in the list of what one can say.
pub(super) struct Row {
    /// The way to its form.
    pub href: String,
    /// 教职工咨询
    pub name: String,
    /// 面向教职工，限实名，人事处牵头
    pub hint: String,
}

/// The channels with a form of their own that this visitor may use; a stranger is shown all of them.
pub(super) async fn rows(app: &App, policy: &Policy, visitor: &Visitor) -> Result<Vec<Row>, Error> {
    let channels: Vec<(&Channel, &Kind)> = policy.channels_with_a_form().collect();
    if channels.is_empty() {
        return Ok(Vec::new());
    }
    let kind = kind_of(app, visitor).await?;
    let is_meant = |channel: &Channel| kind.is_none_or(|kind| is_for(channel, kind));
    let channels = channels.into_iter().filter(|(channel, _)| is_meant(channel));
    let row = |(channel, kind): (&Channel, &Kind)| Row {
        href: format!("/say/{}?via={}", kind.id, channel.id),
        name: channel.name.clone(),
        hint: hint(policy, channel),
    };
    Ok(channels.map(row).collect())
}

/// 「面向教职工，限实名，由人事处牵头」; of a proposal also that colleagues may co-sign it.
pub(super) fn hint(policy: &Policy, channel: &Channel) -> String {
    let whom = match channel.audience {
        Audience::Students => "面向学生，",
        Audience::Staff => "面向教职工，",
        Audience::All => "",
    };
    let by_name = if channel.real_name_only { "限实名，" } else { "" };
    let owner = policy.unit(&channel.owner).map_or(channel.owner.as_str(), |unit| unit.name.as_str());
    let cosigning = channel
        .cosigners_min
        .map(|wanted| format!("；提交后可以请同事附议，一般 {wanted} 位，人数不够也照常受理"));
    format!("{whom}{by_name}由{owner}牵头{}", cosigning.unwrap_or_default())
}

fn is_for(channel: &Channel, kind: PersonKind) -> bool {
    match channel.audience {
        Audience::All => true,
        Audience::Students => kind == PersonKind::Student,
        Audience::Staff => kind == PersonKind::Staff,
    }
}

/// Whether a visitor is a student or on the staff; none for a stranger.
async fn kind_of(app: &App, visitor: &Visitor) -> Result<Option<PersonKind>, Error> {
    let Some(id) = visitor.person.clone() else { return Ok(None) };
    let person = app.db.read(move |tx| identity::person(tx, &id).map_err(Error::from)).await?;
    Ok(person.map(|person| person.kind))
}

#[derive(Template)]
#[template(path = "cases/submit/channel.html")]
struct NotMeant<'a> {
    page: Page,
    channel: &'a str,
    hint: String,
    whom: &'static str,
    kind: &'a Kind,
    carried: Vec<(&'static str, String)>,
}

/// The page for somebody signed in for whom the channel is not; none when they may go on. What was written travels on.
pub(super) async fn not_meant(
    app: &App,
    page: &Page,
    entrance: &Entrance,
    answers: &Answers,
) -> Result<Option<Response>, Error> {
    let Some(channel) = entrance.own_form(answers) else { return Ok(None) };
    let kind = kind_of(app, &page.visitor).await?;
    if kind.is_none_or(|kind| is_for(channel, kind)) {
        return Ok(None);
    }
    let shown = html(NotMeant {
        page: page.clone().titled(&channel.name).back_to("/say"),
        channel: &channel.name,
        hint: hint(entrance.policy(), channel),
        whom: if channel.audience == Audience::Staff { "教职工" } else { "学生" },
        kind: entrance.kind(),
        carried: answers.carried(&app.keys, &["via"]),
    })?;
    Ok(Some((StatusCode::FORBIDDEN, shown).into_response()))
}
