//! Under the form, after a short pause: public cases that may be the same matter, each with “我也遇到”.

use super::rarity::rarity;
use crate::cases::shelves::ROOM;
use crate::dossier::{read, unit_name};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Stage;
use huiyin_domain::ids::{CaseNo, KindId, PersonId, PlaceId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::caller::Caller;
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::index::{self, ALIKE_FROM, Compared, Shelf};
use huiyin_foundation::keys::Keys;
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::say::{self, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page, html};

/// From so many letters and characters on there is something to compare.
const LETTERS_MIN: usize = 4;
/// So much of what is typed is looked at.
const TITLE_CHARS_MAX: usize = 80;
const BODY_CHARS_MAX: usize = 600;
/// So many are shown.
const SHOWN_MAX: usize = 3;

/// A public case that may be the same matter.
pub(crate) struct Alike {
    pub no: CaseNo,
    pub title: String,
    pub tag: Tag,
    /// 后勤管理处 · 昨天 · 7 人也遇到
    pub facts: String,
    /// 都写到：空调、不制冷
    pub in_common: String,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// Whether the reader said so already.
    pub has_echoed: bool,
}

#[derive(Template)]
#[template(path = "alike/typing.html")]
struct Typing {
    alike: Vec<Alike>,
    is_signed_in: bool,
}

/// What was typed so far.
pub(crate) struct Typed<'a> {
    pub title: &'a str,
    pub body: &'a str,
    pub place: &'a str,
}

/// POST /say/{kind}/alike: nothing is kept, so an old form may ask too.
pub(super) async fn show(
    State(app): State<App>,
    Path(kind): Path<String>,
    caller: Caller,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let kind = in_force.policy.kind(&KindId(kind)).ok_or(Error::Hidden)?;
    let person = page.visitor.person.clone();
    let who = person.as_ref().map_or(Who::Address(caller.0), Who::Person);
    app.limits.pass(LimitedAction::LookAlike, who, &app.keys, app.now())?;
    let (title, body) = (form.text("title"), form.words("body"));
    let place = form.text("place");
    // Of what is reported in confidence nothing is compared with anything.
    let alike = if kind.restricted {
        Vec::new()
    } else {
        let school = app.clone();
        let now = app.now();
        app.db
            .read(move |tx| {
                let typed = Typed { title: &title, body: &body, place: &place };
                let policy = &school.policy_in_force().policy;
                among_public(tx, policy, &school.keys, person.as_ref(), now, &typed)
            })
            .await?
    };
    html(Typing { alike, is_signed_in: page.visitor.is_signed_in() })
}

/// The public cases that are most like what was typed, the most alike first.
pub(crate) fn among_public(
    tx: &mut Tx,
    policy: &Policy,
    keys: &Keys,
    reader: Option<&PersonId>,
    now: Instant,
    typed: &Typed<'_>,
) -> Result<Vec<Alike>, Error> {
    let title: String = typed.title.chars().take(TITLE_CHARS_MAX).collect();
    let body: String = typed.body.chars().take(BODY_CHARS_MAX).collect();
    if title.chars().filter(|one| one.is_alphanumeric()).count() < LETTERS_MIN {
        return Ok(Vec::new());
    }
    let rarity = rarity(tx, Shelf::Public, now)?;
    let compared = Compared::new(&title, &body, &rarity);
    let numbers = index::shortlist(tx, Shelf::Public, ROOM, &compared)?;
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let refs = reader.map(|person| keys.own_refs(person));
    let echo = reader.map(|person| keys.echo_ref(person)).unwrap_or_default();
    let filter = Filter::new(
        "select case_no, public_title, public_body, place, unit, stage, signed_at, round, solved, requester_key,
           published_at,
           (select count(*) from case_echoes where case_echoes.case_no = cases.case_no) as echoes,
           (select count(*) from case_echoes where case_echoes.case_no = cases.case_no and person = ",
    );
    let filter =
        filter.value(echo).sql(") as echoed\n from cases\n where is_published = 1\n and case_no in ");
    let (sql, values) = filter.list(&numbers).finish();
    let mut found: Vec<(f32, String, Alike)> = Vec::new();
    // Which of these may everybody read?
    for row in tx.query(sql, &values)? {
        let (title, body) = (text_of(&row, "public_title")?, text_of(&row, "public_body")?);
        let place = row.get::<Option<PlaceId>>("place")?;
        let asked = Some(typed.place).filter(|place| !place.is_empty());
        let factor = super::by_place(place.as_ref().map(PlaceId::as_str), asked);
        let likeness = compared.likeness(&title, &body) * factor;
        if likeness >= ALIKE_FROM {
            let in_common = compared.in_common(&title, &body, 3).join("、");
            let own = row.opt_text("requester_key")?;
            let is_own = own.zip(refs.as_ref()).is_some_and(|(own, refs)| refs.contains(&own));
            let no: CaseNo = row.get("case_no")?;
            let alike = Alike {
                tag: tag(&row)?,
                facts: facts(policy, now, &row)?,
                has_echoed: row.int("echoed")? > 0,
                in_common,
                is_own,
                title,
                no: no.clone(),
            };
            found.push((likeness, no.to_string(), alike));
        }
    }
    // Of two equally alike the one that came later.
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| other.1.cmp(&one.1)));
    Ok(found.into_iter().map(|(_, _, alike)| alike).take(SHOWN_MAX).collect())
}

fn text_of(row: &Row, column: &str) -> Result<String, Error> {
    Ok(row.opt_text(column)?.unwrap_or_default())
}

fn tag(row: &Row) -> Result<Tag, Error> {
    let stage = row.text("stage")?;
    let stage = Stage::ALL.into_iter().find(|known| known.word() == stage).unwrap_or(Stage::Assigned);
    let solved = row.opt_text("solved")?.and_then(|word| read(&word));
    Ok(say::case_tag(stage, row.opt_instant("signed_at")?.is_some(), row.get("round")?, solved))
}

fn facts(policy: &Policy, now: Instant, row: &Row) -> Result<String, Error> {
    let unit: Option<UnitId> = row.get("unit")?;
    let echoes = row.int("echoes")?;
    let parts = [
        unit.map(|unit| unit_name(policy, &unit)),
        Some(format!("{} 公开", say::moment(now, row.instant("published_at")?))),
        (echoes > 0).then(|| format!("{echoes} 人也遇到")),
    ];
    Ok(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}
