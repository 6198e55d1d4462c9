//! The words a story may use and what they stand for. Units, kinds, categories and posts go by the names the preset gives them.

use huiyin_domain::access::Role;
use huiyin_domain::case::*;
use huiyin_domain::ids::{CategoryId, ChannelId, KindId, PlaceId, SquadId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_domain::shipped;

/// A list of words with what they stand for.
pub type Words<T> = &'static [(&'static str, T)];

pub const STAGES: Words<Stage> = &[
    ("已提交", Stage::Submitted),
    ("已受理", Stage::Accepted),
    ("办理中", Stage::Assigned),
    ("已答复", Stage::Replied),
    ("已评价", Stage::Rated),
    ("已归档", Stage::Archived),
    ("不予受理", Stage::Declined),
    ("已撤回", Stage::Withdrawn),
    ("已并案", Stage::Merged),
];
pub const CLOCKS: Words<Clock> =
    &[("受理", Clock::Acknowledge), ("首次答复", Clock::FirstReply), ("办结", Clock::Result)];
pub const URGENCIES: Words<Urgency> =
    &[("一般", Urgency::Normal), ("加急", Urgency::Urgent), ("特急", Urgency::Critical)];
pub const IDENTITIES: Words<Identity> =
    &[("实名", Identity::Open), ("保密", Identity::Sealed), ("匿名", Identity::Anonymous)];
pub const LEVELS: Words<Level> = &[
    ("单位负责人", Level::UnitHead),
    ("协调部门", Level::Coordinator),
    ("分管校领导", Level::LeaderInCharge),
    ("主要负责人", Level::Head),
];
pub const OUTCOMES: Words<Outcome> = &[
    ("已解决", Outcome::Solved),
    ("部分解决", Outcome::Partly),
    ("已解释", Outcome::Explained),
    ("暂不能办", Outcome::CannotYet),
];
pub const SOLVED: Words<Solved> =
    &[("解决了", Solved::Yes), ("部分解决", Solved::Partly), ("没解决", Solved::No)];
pub const SATISFACTIONS: Words<Satisfaction> = &[
    ("满意", Satisfaction::Satisfied),
    ("基本满意", Satisfaction::Fairly),
    ("不满意", Satisfaction::Dissatisfied),
];
pub const LEAK_CAUSES: Words<LeakCause> = &[
    ("没有按时答复", LeakCause::NotAnswered),
    ("没有解决", LeakCause::NotSolved),
    ("不认可答复", LeakCause::NotSatisfied),
    ("不知道校内渠道", LeakCause::WayUnknown),
    ("不相信校内渠道", LeakCause::NoTrust),
    ("校内没有反映", LeakCause::NeverRaised),
];
pub const SEND_BACK_GROUNDS: Words<SendBackGround> = &[
    ("不是本单位职责", SendBackGround::NotOurDuty),
    ("应由别的单位牵头", SendBackGround::AnotherShouldLead),
    ("看不明白", SendBackGround::Unclear),
];
pub const DECLINE_GROUNDS: Words<DeclineGround> = &[
    ("属于紧急热线", DeclineGround::EmergencyLine),
    ("另有法定途径", DeclineGround::StatutoryRoute),
    ("没有新情况", DeclineGround::NothingNew),
    ("不属学校职权", DeclineGround::OutOfScope),
    ("涉密", DeclineGround::Secret),
    ("要求不合法", DeclineGround::Unlawful),
];
pub const URGE_REASONS: Words<UrgeReason> = &[
    ("没人联系", UrgeReason::NoContact),
    ("越来越糟", UrgeReason::GettingWorse),
    ("时间快到", UrgeReason::TimeIsShort),
    ("其他原因", UrgeReason::Other),
];
pub const MEANS: Words<Means> =
    &[("网上", Means::Here), ("电话", Means::Phone), ("纸质", Means::Paper), ("短信", Means::Message)];
pub const WORK_MOMENTS: Words<WorkMoment> = &[("修前", WorkMoment::Before), ("修后", WorkMoment::After)];
pub const REMOVALS: Words<Removal> =
    &[("联系方式", Removal::Contact), ("本人", Removal::Requester), ("正文", Removal::Words)];
pub const TEXTS: Words<TextKind> = &[
    ("标题", TextKind::Title),
    ("正文", TextKind::Body),
    ("房间", TextKind::Room),
    ("联系方式", TextKind::Contact),
    ("内容", TextKind::Words),
    ("理由", TextKind::Reason),
    ("公开标题", TextKind::PublicTitle),
    ("公开正文", TextKind::PublicBody),
    ("代谁登记", TextKind::OnBehalfOf),
    ("计划", TextKind::Plan),
    ("附议人", TextKind::Cosigners),
    ("给并案的", TextKind::JoinedWords),
    ("校外编号", TextKind::OutsideNo),
];
/// People who are known by their duty alone.
pub const STAFF: Words<Role> = &[
    ("受理员", Role::Clerk),
    ("督办员", Role::Supervisor),
    ("公开审核员", Role::Publisher),
    ("审计员", Role::Auditor),
    ("系统管理员", Role::Admin),
];

/// What a word stands for.
pub fn meaning<T: Copy>(words: Words<T>, word: &str) -> Option<T> {
    words.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning)
}

/// The word for something.
pub fn word<T: PartialEq>(words: Words<T>, thing: &T) -> &'static str {
    words.iter().find(|(_, known)| known == thing).map_or("？", |(word, _)| word)
}

/// What goes by its name in a preset.
pub struct Names<'a>(pub &'a Policy);

impl Names<'_> {
    pub fn unit(&self, name: &str) -> Result<UnitId, String> {
        let goes_by = |known: &str, aliases: &[String]| known == name || aliases.iter().any(|a| a == name);
        let unit = self.0.units.iter().find(|unit| goes_by(&unit.name, &unit.aliases));
        unit.map(|unit| unit.id.clone()).ok_or(format!("规则集里没有单位「{name}」"))
    }

    pub fn units(&self, names: &str) -> Result<Vec<UnitId>, String> {
        names.split('、').map(|name| self.unit(name)).collect()
    }

    pub fn kind(&self, name: &str) -> Result<KindId, String> {
        let kind = self.0.kinds.iter().find(|kind| kind.name == name);
        kind.map(|kind| kind.id.clone()).ok_or(format!("规则集里没有诉求类型「{name}」"))
    }

    pub fn category(&self, name: &str) -> Result<CategoryId, String> {
        let category = self.0.categories.iter().find(|category| category.name == name);
        category.map(|category| category.id.clone()).ok_or(format!("规则集里没有类别「{name}」"))
    }

    pub fn place(&self, name: &str) -> Result<PlaceId, String> {
        let place = self.0.places.iter().find(|place| place.name == name);
        place.map(|place| place.id.clone()).ok_or(format!("规则集里没有地点「{name}」"))
    }

    /// A channel may be one that only another preset has: the rules then say that there is none.
    pub fn channel(&self, name: &str) -> Result<ChannelId, String> {
        let of = |policy: &Policy| {
            policy.channels.iter().find(|known| known.name == name).map(|known| known.id.clone())
        };
        let goes_by_another_name = |id: &ChannelId| self.0.channel(id).is_some();
        of(self.0)
            .or_else(|| elsewhere(of).filter(|id| !goes_by_another_name(id)))
            .ok_or(format!("规则集里没有渠道「{name}」"))
    }

    /// So may a squad.
    pub fn squad(&self, name: &str) -> Result<SquadId, String> {
        let of = |policy: &Policy| {
            policy.squads.iter().find(|known| known.name == name).map(|known| known.id.clone())
        };
        of(self.0).or_else(|| elsewhere(of)).ok_or(format!("规则集里没有服务队「{name}」"))
    }

    /// The kind and category that lead onto a road of the law, as the page offers them.
    pub fn road(&self, name: &str) -> Result<(Option<KindId>, Option<CategoryId>), String> {
        let road = self.0.statutory.iter().find(|road| road.name == name);
        let road = road.ok_or(format!("规则集里没有法定程序「{name}」"))?;
        Ok((road.kinds.first().cloned(), road.categories.first().cloned()))
    }

    pub fn post(&self, name: &str) -> Result<String, String> {
        let leader = self.0.leaders.iter().find(|leader| leader.name == name);
        leader.map(|leader| leader.id.clone()).ok_or(format!("规则集里没有校领导岗位「{name}」"))
    }
}

/// What a name means in the first shipped preset that knows it.
fn elsewhere<T>(of: impl Fn(&Policy) -> Option<T>) -> Option<T> {
    shipped::PRESETS.iter().find_map(|(preset, _)| of(&shipped::preset(preset)?))
}
