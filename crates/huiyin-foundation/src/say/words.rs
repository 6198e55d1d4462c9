//! The words for what the program keeps as enums.

use huiyin_domain::access::Role;
use huiyin_domain::case::{
    By, Clock, ClockCalendar, DeclineGround, Identity, LeakCause, Level, Means, Outcome, Removal, Route,
    Satisfaction, SendBackGround, Solved, Stage, UrgeReason, Urgency,
};
use huiyin_domain::policy::Statutory;

/// A status: word, colour class and icon, always together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// 办理中
    pub word: &'static str,
    /// CSS word of the colour; empty for grey.
    pub class: &'static str,
    /// Icon of the sprite.
    pub icon: &'static str,
}

/// The status of a case as everybody reads it. Answered is not solved: only the requester's own "solved" turns it green.
pub fn case_tag(stage: Stage, is_signed_for: bool, round: u32, solved: Option<Solved>) -> Tag {
    let tag = |word, class, icon| Tag { word, class, icon };
    match (stage, solved) {
        (Stage::Submitted, _) => tag("待受理", "", "circle-dashed"),
        (Stage::Accepted, _) => tag("待转办", "", "circle-dashed"),
        (Stage::Assigned, _) if round > 1 => tag("重新办理", "warn", "rotate-ccw"),
        (Stage::Assigned, _) if !is_signed_for => tag("待签收", "", "inbox"),
        (Stage::Assigned, _) => tag("办理中", "info", "circle-dot"),
        (Stage::Replied, _) => tag("已答复", "teal", "message-square-text"),
        (Stage::Rated | Stage::Archived, Some(Solved::Yes)) => tag("已解决", "ok", "check"),
        (Stage::Rated | Stage::Archived, Some(Solved::Partly)) => tag("部分解决", "warn", "circle-check"),
        (Stage::Rated | Stage::Archived, Some(Solved::No)) => tag("未解决", "bad", "circle-alert"),
        (Stage::Rated, None) => tag("已评价", "teal", "circle-check"),
        (Stage::Archived, None) => tag("已归档", "", "archive"),
        (Stage::Declined, _) => tag("不予受理", "", "ban"),
        (Stage::Withdrawn, _) => tag("已撤回", "", "undo-2"),
        (Stage::Merged, _) => tag("已并案", "info", "layers"),
    }
}

/// 实名、保密、匿名
pub fn identity(identity: Identity) -> &'static str {
    match identity {
        Identity::Open => "实名",
        Identity::Sealed => "保密",
        Identity::Anonymous => "匿名",
    }
}

/// 直接办理、转办、呈办
pub fn route(route: Route) -> &'static str {
    match route {
        Route::Direct => "直接办理",
        Route::Transfer => "转办",
        Route::Refer => "呈办",
    }
}

/// 受理、首次回应、办结
pub fn clock(clock: Clock) -> &'static str {
    match clock {
        Clock::Acknowledge => "受理",
        Clock::FirstReply => "首次回应",
        Clock::Result => "反馈结果",
    }
}

/// On which days a limit counts.
pub fn channel_calendar(calendar: ClockCalendar) -> &'static str {
    match calendar {
        ClockCalendar::Working => "按工作日计",
        ClockCalendar::School => "按教学日计",
        ClockCalendar::Hours => "按小时连续计",
    }
}

/// By which means a person reminded the unit.
pub fn means(means: Means) -> &'static str {
    match means {
        Means::Here => "网上",
        Means::Phone => "电话",
        Means::Paper => "纸质",
        Means::Message => "短信、微信等",
        Means::Talk => "约谈",
    }
}

/// 已解决、部分解决、已解释、暂不能办
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Solved => "已解决",
        Outcome::Partly => "部分解决",
        Outcome::Explained => "已解释说明",
        Outcome::CannotYet => "暂不能办",
    }
}

/// The same in the words of the law that the matter goes by, where that has its own (5.7): 撤销原处理、部分属实，已处理.
pub fn outcome_of(law: Option<&Statutory>, outcome: Outcome) -> &str {
    let own = law.and_then(|law| law.outcomes.as_ref()).and_then(|words| words.of(outcome));
    own.unwrap_or_else(|| self::outcome(outcome))
}

/// 解决了、部分解决、没解决
pub fn solved(solved: Solved) -> &'static str {
    match solved {
        Solved::Yes => "解决了",
        Solved::Partly => "部分解决",
        Solved::No => "没解决",
    }
}

/// 满意、基本满意、不满意
pub fn satisfaction(satisfaction: Satisfaction) -> &'static str {
    match satisfaction {
        Satisfaction::Satisfied => "满意",
        Satisfaction::Fairly => "基本满意",
        Satisfaction::Dissatisfied => "不满意",
    }
}

/// 一般、加急、特急
pub fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Normal => "一般",
        Urgency::Urgent => "加急",
        Urgency::Critical => "特急",
    }
}

/// To whom supervision has gone.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::UnitHead => "单位负责人",
        Level::Coordinator => "协调部门",
        Level::LeaderInCharge => "分管校领导",
        Level::Head => "学校主要负责人",
    }
}

/// How far supervision has climbed: 「已督办，报分管校领导」. A case that no unit has had has no head of a unit to tell.
pub fn supervised(level: Level, has_unit: bool) -> String {
    match level {
        Level::UnitHead if !has_unit => "已督办".to_owned(),
        level => format!("已督办，报{}", self::level(level)),
    }
}

/// Why a case is not accepted.
pub fn decline_ground(ground: DeclineGround) -> &'static str {
    match ground {
        DeclineGround::EmergencyLine => "属于报警、急救等紧急事项",
        DeclineGround::StatutoryRoute => "有法定途径（申诉、复核、诉讼、信访等）",
        DeclineGround::NothingNew => "同一事项已答复，没有新情况",
        DeclineGround::OutOfScope => "不在学校职责范围",
        DeclineGround::Secret => "涉及国家秘密、工作秘密",
        DeclineGround::Unlawful => "请求事项违反法律法规",
    }
}

/// Why a matter was raised outside the school.
pub fn leak_cause(cause: LeakCause) -> &'static str {
    match cause {
        LeakCause::NotAnswered => "校内反映过，没有按时答复",
        LeakCause::NotSolved => "校内答复过，问题没有解决",
        LeakCause::NotSatisfied => "校内已解决或说明，本人不认可",
        LeakCause::WayUnknown => "校内没反映过，不知道校内渠道",
        LeakCause::NoTrust => "校内没反映过，不相信校内渠道",
        LeakCause::NeverRaised => "校内没反映过，其他原因",
    }
}

/// Why a unit hands a case back.
pub fn send_back_ground(ground: SendBackGround) -> &'static str {
    match ground {
        SendBackGround::NotOurDuty => "不是本单位职责",
        SendBackGround::AnotherShouldLead => "应由其他单位牵头",
        SendBackGround::Unclear => "内容看不明白，需先补充",
    }
}

/// Why the requester urges.
pub fn urge_reason(reason: UrgeReason) -> &'static str {
    match reason {
        UrgeReason::NoContact => "一直没人联系我",
        UrgeReason::GettingWorse => "情况变严重了",
        UrgeReason::TimeIsShort => "快来不及了",
        UrgeReason::Other => "其他原因",
    }
}

/// Who pressed a matter: the coordinating office acts in its own name, leaders and supervision in none of a unit.
pub fn pressed_by(by: &By) -> &'static str {
    match by {
        By::Requester => "反映人",
        By::Cosigner { .. } => "附议人",
        By::Staff { unit: Some(_), .. } => "协调部门",
        By::Staff { unit: None, .. } => "校领导或纪检",
        By::Clock | By::Rule => "系统",
    }
}

/// What somebody is there for.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Officer => "承办员",
        Role::UnitHead => "单位负责人",
        Role::Clerk => "受理员",
        Role::Leader => "校领导",
        Role::Supervisor => "纪检督办",
        Role::Publisher => "公开审核",
        Role::Auditor => "审计",
        Role::Admin => "系统管理",
        Role::Volunteer => "服务队队员",
    }
}

/// Stands in the place of a title whose time is over.
pub const REMOVED_TITLE: &str = "（已按保存期限删去）";
/// Stands in the place of what was written.
pub const REMOVED_BODY: &str = "正文和附件已按保存期限删去，办理记录还在。";

/// What a step of removal takes away, as said to people.
pub fn removal(step: Removal) -> &'static str {
    match step {
        Removal::Contact => "联系方式",
        Removal::Requester => "与本人的关联",
        Removal::Words => "正文和附件",
    }
}
