//! C2: a clerk or officer registers for somebody who came by, rang up or wrote, in under a minute (1.4).
//!
//! One page; the unit may be chosen at once: a clerk any, an officer their own, since the unit asked first is responsible
//! (3.4); otherwise the coordinating office dispatches. The person gets a receipt code on the slip and follows the case with
//! it. What it does not do: let staff register under their own account, or look up who the person is.

use super::answers::{Answers, identity_from, mobile, word};
use super::entrance::{Campus, campuses};
use super::photos::{self, Preview, previews};
use super::rules;
use super::send::form_key;
use super::slip::{self, Registered};
use crate::cases::log::{self, Bringer, Standing};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_domain::access::Role;
use huiyin_domain::case::{Identity, Submission};
use huiyin_domain::ids::{ChannelId, UnitId};
use huiyin_domain::policy::{Channel, Kind, Policy};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::limits::Who;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, Side, Visitor, html};
use serde::Deserialize;

/// Longest name and contact.
const PERSON_CHARS_MAX: usize = 60;
/// The boxes of the form as they stand from top to bottom.
const ASKED: [&str; 11] = [
    "channel",
    "outside_no",
    "kind",
    "title",
    "body",
    "place",
    "room",
    "identity",
    "on_behalf_of",
    "contact",
    "photo",
];

/// What was registered last may be proposed for the next one.
#[derive(Deserialize)]
pub(super) struct Before {
    #[serde(default)]
    channel: String,
    #[serde(default)]
    kind: String,
}

#[derive(Template)]
#[template(path = "cases/submit/register.html")]
struct RegisterPage {
    page: Page,
    form: Filled,
    notice: String,
    channels: Vec<Choice>,
    kinds: Vec<Choice>,
    campuses: Vec<Campus>,
    identities: Vec<Choice>,
    units: Vec<Choice>,
    photos: Vec<Preview>,
    photos_max: usize,
}

/// `GET /register`
pub(super) async fn begin(
    State(app): State<App>,
    Query(before): Query<Before>,
    page: Page,
) -> Result<Response, Error> {
    let seat = Seat::of(&page.visitor)?;
    let standing = Standing::of(&app);
    let policy = &standing.policy.policy;
    // Nothing is chosen beforehand: a wrong channel would not be noticed. Only the one used last is proposed again.
    let channel = hand_channels(policy).find(|channel| channel.id.as_str() == before.channel);
    let form = Filled::new()
        .with("channel", channel.map_or("", |channel| channel.id.as_str()))
        .with("kind", before.kind)
        .with("identity", word(Identity::Open));
    show_form(&standing, &seat, page, form, Vec::new(), String::new())
}

/// `POST /register`
pub(super) async fn send(State(app): State<App>, page: Page, mut form: Form) -> Result<Response, Error> {
    let seat = Seat::of(&page.visitor)?;
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let standing = Standing::of(&app);
    let mut errors = form.errors();
    let mut answers = Answers::read(&form, &app.keys);
    let sent = form.take_files("photo");
    photos::keep(&app, Who::Person(&person), true, sent, &mut answers, &mut errors).await?;

    let entry = Entry::read(&form, &answers, &standing.policy.policy, &seat, &mut errors);
    let token = form.token();
    let (Some(entry), Some(nonce)) = (entry, token.nonce()) else {
        let has_errors = !errors.is_empty();
        let notice = if has_errors { "" } else { token.sentence().unwrap_or_default() };
        let photos = previews(&answers, &app.keys);
        let filled = form.filled(errors.in_order_of(&ASKED));
        let page = page.with_errors(has_errors);
        let shown = show_form(&standing, &seat, page, filled, photos, notice.to_owned())?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    };
    let code = app.keys.receipt_code_from(&nonce.0);
    let hash = app.keys.receipt_code_hash(&code);
    let key = form_key(&app.keys, nonce);
    let actor = log::staff(&person, &page.visitor.duties);
    let (school, now, acting_for) = (app.clone(), standing.clone(), seat.unit().cloned());
    let submission = entry.submission.clone();
    let (no, case) = app
        .db
        .write(move |tx| {
            let bench = now.bench(&school.keys);
            let bringer = Bringer::Receipt(hash);
            let acting_for = acting_for.as_ref();
            let no = log::submit(tx, &bench, &actor, acting_for, &bringer, Some(&key), submission)?;
            let loaded = log::load(tx, &no)?.ok_or(Error::Hidden)?;
            Ok::<_, Error>((no, loaded.case))
        })
        .await?;
    let registered = Registered {
        no,
        code: code.grouped(),
        case,
        entry,
        desk: seat.unit().cloned(),
        seat: seat.words(&standing.policy.policy),
    };
    slip::show(&app, &standing, page, registered)
}

/// What was registered, as judged.
pub(super) struct Entry {
    /// The matter, with the unit it goes to at once.
    pub submission: Submission,
}

impl Entry {
    /// Reads and judges the form; none if something is wrong.
    fn read(
        form: &Form,
        answers: &Answers,
        policy: &Policy,
        seat: &Seat,
        errors: &mut FieldErrors,
    ) -> Option<Entry> {
        let kind = policy.kinds.iter().find(|kind| kind.id.as_str() == form.text("kind"));
        let outside_no = form.text("outside_no");
        let channel = hand_channels(policy).find(|channel| channel.id.as_str() == form.text("channel"));
        errors.expect(channel.is_some(), "channel", "请选是怎么来的");
        errors.expect(kind.is_some(), "kind", "请选类型");
        rules::expect_at_most(errors, "outside_no", "来件编号", &outside_no, PERSON_CHARS_MAX);
        let is_outside = channel.is_some_and(|channel| channel.outside);
        errors.expect(!is_outside || !outside_no.is_empty(), "outside_no", "校外转来的，请填对方的来件编号");
        let identity = identity_from(&form.text("identity"));
        errors.expect(identity.is_some(), "identity", "请选登记的身份");
        rules::judge_registered_name(errors, identity, &form.text("on_behalf_of"), channel);
        match kind {
            Some(kind) => rules::judge_matter(errors, answers, kind, policy),
            None => rules::judge_words(errors, answers, policy),
        }
        let name = form.text("on_behalf_of");
        let contact = form.text("contact");
        rules::expect_at_most(errors, "on_behalf_of", "姓名", &name, PERSON_CHARS_MAX);
        rules::expect_at_most(errors, "contact", "联系方式", &contact, PERSON_CHARS_MAX);
        let unit = form.text("unit");
        let unit = (!unit.is_empty()).then_some(UnitId(unit));
        let is_offered = |unit: &UnitId| seat.units(policy).iter().any(|choice| choice.value == unit.0);
        errors.expect(unit.as_ref().is_none_or(is_offered), "unit", "只能派给列表里的单位，请重新选一次");
        // What only the words tell is no reason to turn anybody away at the counter: danger goes to the clerks by itself.
        let category = policy.categories.iter().find(|category| category.id.as_str() == answers.category);
        let is_restricted =
            kind.is_some_and(|kind| kind.restricted) || category.is_some_and(|category| category.restricted);
        errors.expect(
            seat.is_clerk || unit.is_none() || !is_restricted,
            "unit",
            "这类诉求只能由受理员派单，请改选“交受理员派单”",
        );
        let (kind, channel, identity) = (kind?, channel?, identity?);
        if !errors.is_empty() {
            return None;
        }
        let may_publish = form.has("publish") && !kind.restricted;
        let answers = Answers { identity: Some(identity), ..answers.clone() };
        let submission = Submission {
            contact: mobile(&contact).unwrap_or(contact),
            on_behalf_of: name,
            unit,
            outside_no: if is_outside { outside_no } else { String::new() },
            ..answers.submission(&kind.id, may_publish, &channel.id)
        };
        Some(Entry { submission })
    }
}

/// Where the registrar sits.
struct Seat {
    is_clerk: bool,
    units: Vec<UnitId>,
}

impl Seat {
    /// Clerks and those who work in a unit register; nobody else does.
    fn of(visitor: &Visitor) -> Result<Seat, Error> {
        let works = |role| matches!(role, Role::Officer | Role::UnitHead);
        let duties = visitor.duties.iter().filter(|duty| works(duty.role));
        let mut units: Vec<UnitId> = duties.filter_map(|duty| duty.unit.clone()).collect();
        units.dedup();
        let is_clerk = visitor.has(Role::Clerk);
        if is_clerk || !units.is_empty() { Ok(Seat { is_clerk, units }) } else { Err(Error::Forbidden) }
    }

    /// For which unit a registration is done: a clerk's is the office's, which the role says already.
    fn unit(&self) -> Option<&UnitId> {
        if self.is_clerk { None } else { self.units.first() }
    }

    /// The units the registrar may give a case to at once.
    fn units(&self, policy: &Policy) -> Vec<Choice> {
        let units = policy.units.iter().filter(|unit| !unit.closed);
        let units = units.filter(|unit| self.is_clerk || self.units.contains(&unit.id));
        units.map(|unit| Choice::new(unit.id.as_str(), &unit.name)).collect()
    }

    /// Where the registrar sits, in words.
    fn words(&self, policy: &Policy) -> String {
        let unit = self.unit().unwrap_or(&policy.school.coordinator);
        policy.unit(unit).map_or_else(String::new, |unit| unit.name.clone())
    }

    /// The side bar beside the page.
    fn side(&self, policy: &Policy) -> Side {
        match self.unit() {
            Some(unit) => Side::officer(unit.as_str(), &self.words(policy)),
            None => Side::clerk(&self.words(policy)),
        }
    }
}

/// Channels that staff register by hand.
fn hand_channels(policy: &Policy) -> impl Iterator<Item = &Channel> {
    policy.channels.iter().filter(|channel| channel.registered_by_staff)
}

fn show_form(
    standing: &Standing,
    seat: &Seat,
    page: Page,
    form: Filled,
    photos: Vec<Preview>,
    notice: String,
) -> Result<Response, Error> {
    let policy = &standing.policy.policy;
    let kind = |kind: &Kind| Choice::new(kind.id.as_str(), &kind.name);
    let channel = |channel: &Channel| Choice::new(channel.id.as_str(), &channel.name);
    let hints = [
        (Identity::Open, "承办单位看得到姓名"),
        (Identity::Sealed, "姓名和电话加密，承办单位看不到"),
        (Identity::Anonymous, "不记姓名和电话"),
    ];
    let identity = |(identity, hint)| Choice::new(word(identity), say::identity(identity)).hinting(hint);
    html(RegisterPage {
        form,
        notice,
        channels: hand_channels(policy).map(channel).collect(),
        kinds: policy.kinds.iter().map(kind).collect(),
        campuses: campuses(policy),
        identities: hints.into_iter().map(identity).collect(),
        units: seat.units(policy),
        photos,
        photos_max: usize::from(policy.attachments.count_max),
        page: page.titled("代为登记").beside(seat.side(policy)),
    })
}

/// The address of the next registration, with channel and kind as they were.
pub(super) fn next_address(channel: &ChannelId, kind: &str) -> String {
    form_urlencoded::Serializer::new("/register?".to_owned())
        .append_pair("channel", channel.as_str())
        .append_pair("kind", kind)
        .finish()
}
