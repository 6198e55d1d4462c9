//! One case as it waits for the clerk: what came in, what the words speak for, and how long each route would give.

use super::proposals::{Asked, Proposed, proposed};
use crate::cases::due::next_due;
use crate::dossier::{kind_of, leader_name, place_words, read};
use crate::learning::Known;
use huiyin_domain::calendar::{Calendar, Instant};
use huiyin_domain::case::due::{self, Circumstances};
use huiyin_domain::case::{Clock, Identity, Route, SendBackGround, Urgency};
use huiyin_domain::ids::{CaseNo, CategoryId, ChannelId, KindId, PlaceId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Row;
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Due};

/// So many characters of what was written are shown in the list.
const EXCERPT_CHARS: usize = 90;

/// One case as it waits.
pub(super) struct Waiting {
    pub no: CaseNo,
    pub title: String,
    pub kind: String,
    pub colour: u8,
    /// 今天 10:12
    pub when: String,
    /// 实名
    pub who: &'static str,
    pub place: String,
    pub excerpt: String,
    /// 「紧急 · 1 小时内派出」; empty for the ordinary.
    pub danger: String,
    /// Somebody is in danger: the card begins with telephones.
    pub calls_for_help: bool,
    /// How the requester can be reached, where somebody has to call at once; empty if unknown or not to be known.
    pub contact: String,
    /// 加急
    pub is_urgent: bool,
    pub files: i64,
    /// When it must be dispatched.
    pub due: Option<Due>,
    /// Why a unit handed it back; empty if none did.
    pub sent_back: String,
    /// 教代会提案; empty for what came by the ordinary road.
    pub channel: String,
    /// 附议 2 / 3; empty for what is no proposal.
    pub cosigned: String,
    pub proposed: Proposed,
    /// Units that are kept away.
    recused: Vec<UnitId>,
    /// 「3 个工作日内」 for each route; empty where the school has set no limit.
    pub spans: Spans,
    /// The leader before whom it lies; empty if before none.
    pub leader: String,
    pub seen: i64,
}

impl Waiting {
    /// Whether this unit may not get it.
    pub fn is_kept_away(&self, unit: &str) -> bool {
        self.recused.iter().any(|away| away.as_str() == unit)
    }
}

/// How long each route gives for the result.
pub(super) struct Spans {
    pub direct: String,
    pub transfer: String,
    pub refer: String,
}

/// What a page of the list is made with.
pub(super) struct Reader<'a> {
    pub policy: &'a Policy,
    pub calendar: &'a Calendar,
    pub now: Instant,
    /// What was learned, if anything was.
    pub known: Option<&'a Known>,
}

impl Reader<'_> {
    /// A case of a row and what was written in it; `sent_back` is the stored event and the words of the last hand-back.
    pub fn waiting(
        &self,
        row: &Row,
        is_danger: bool,
        (body, contact): (&str, &str),
        sent_back: Option<&(String, String)>,
    ) -> Result<Waiting, Error> {
        let (policy, now) = (self.policy, self.now);
        let kind_id: KindId = row.get("kind")?;
        let category: Option<CategoryId> = row.get("category")?;
        let place: Option<PlaceId> = row.get("place")?;
        let title = row.text("title")?;
        let recused: Vec<UnitId> = row.str("recused")?.split(' ').map(UnitId::from).collect();
        let (category, place, day) = (category.as_ref(), place.as_ref(), now.day());
        let known = self.known;
        let asked =
            Asked { kind: &kind_id, category, title: &title, body, known, recused: &recused, place, day };
        let (kind, colour) = kind_of(policy, &kind_id);
        let urgency: Urgency = read(row.str("urgency")?).unwrap_or(Urgency::Normal);
        let identity: Option<Identity> = read(row.str("identity")?);
        let (ground, back_to) = sent_back.map_or((String::new(), None), |(event, _)| hand_back(event));
        let sent_back = sent_back.map_or_else(String::new, |(_, words)| {
            let words = if words.is_empty() { String::new() } else { format!("：{words}") };
            format!("{ground}{words}")
        });
        let no: CaseNo = row.get("case_no")?;
        Ok(Waiting {
            when: say::moment(now, row.instant("submitted_at")?),
            who: identity.map_or("", say::identity),
            place: place_words(policy, place, row.str("room")?),
            excerpt: excerpt(body),
            // Whom to call is nobody's business where nobody is in danger, least of all on a report.
            contact: if urgency == Urgency::Critical { contact.to_owned() } else { String::new() },
            calls_for_help: urgency == Urgency::Critical,
            danger: if is_danger { danger(urgency) } else { String::new() },
            is_urgent: urgency == Urgency::Urgent,
            files: row.int("files")?,
            due: next_due(row, now, self.calendar)?,
            proposed: proposed(policy, &asked, back_to),
            spans: self.spans(row, &kind_id, category, urgency)?,
            leader: row.opt_text("leader")?.map_or_else(String::new, |post| leader_name(policy, &post)),
            seen: row.int("last_seq")?,
            channel: channel_of(policy, &row.get("channel")?),
            cosigned: String::new(),
            sent_back,
            title,
            kind,
            colour,
            recused,
            no,
        })
    }

    fn spans(
        &self,
        row: &Row,
        kind: &KindId,
        category: Option<&CategoryId>,
        urgency: Urgency,
    ) -> Result<Spans, Error> {
        let (reopened, from) = (row.int("round")? > 1, self.now);
        let span = |route| {
            let of = Circumstances { kind, category, urgency, route: Some(route), reopened, from };
            let promise = due::promise(self.policy, self.calendar, Clock::Result, &of)?;
            if promise.is_statutory() {
                let procedure = self.policy.statutory_of(kind, category)?;
                return Some(format!("法定 {} 天内", procedure.days));
            }
            let limit = self.policy.limits.iter().find(|limit| limit.id == promise.limit)?;
            Some(say::limit_span(limit))
        };
        let span = |route| span(route).unwrap_or_default();
        Ok(Spans { direct: span(Route::Direct), transfer: span(Route::Transfer), refer: span(Route::Refer) })
    }
}

/// How it came, where that is not the form that everybody finds first.
fn channel_of(policy: &Policy, id: &ChannelId) -> String {
    let channel = policy.channel(id);
    let special = channel.filter(|known| known.registered_by_staff || known.form.is_some() || known.outside);
    special.map_or_else(String::new, |known| known.name.clone())
}

fn danger(urgency: Urgency) -> String {
    if urgency == Urgency::Critical { "紧急 · 先打电话".into() } else { "受保护".into() }
}

/// The ground of a hand-back in words, and the unit it proposed.
fn hand_back(event: &str) -> (String, Option<UnitId>) {
    let event: serde_json::Value = serde_json::from_str(event).unwrap_or_default();
    let ground: Option<SendBackGround> = event["ground"].as_str().and_then(read);
    let suggested = event["suggested"].as_str().map(UnitId::from);
    (ground.map_or_else(String::new, |ground| say::send_back_ground(ground).to_owned()), suggested)
}

fn excerpt(body: &str) -> String {
    let flat = body.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut excerpt: String = flat.chars().take(EXCERPT_CHARS).collect();
    if flat.chars().count() > EXCERPT_CHARS {
        excerpt.push('…');
    }
    excerpt
}
