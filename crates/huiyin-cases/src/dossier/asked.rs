//! What the forms of these desks ask, field by field, turned into commands. What a form lacks is said beside its field;
//! whether the rules allow the act is asked of `decide` alone.

use super::words::read;
use super::{roads, turns};
use crate::cases::covering;
use huiyin_domain::access::Act;
use huiyin_domain::case::{Command, Event, Means, PublicText, TextKind};
use huiyin_domain::ids::{CategoryId, KindId, PlaceId, UnitId};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::web::Form;

pub(super) const REASON_CHARS_MAX: usize = 500;
pub(super) const WORDS_CHARS_MAX: usize = 2000;
const PUBLIC_TITLE_CHARS_MAX: usize = 60;
const PUBLIC_BODY_CHARS_MAX: usize = 4000;

/// An act of these desks, as the last word of its address names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Noun {
    /// 直接办理
    Assignment,
    /// 转办
    Transfer,
    /// 呈办
    Escalation,
    /// 更正
    Correction,
    /// 不予受理
    Declination,
    /// 催办
    Reminder,
    /// 督办
    Supervision,
    /// 内部批注
    Note,
    /// 公开
    Publication,
    /// 撤下公开
    Unpublication,
    /// 批准延期
    Extension,
    /// 不同意延期
    ExtensionRefusal,
    /// 复核挂账
    Review,
    /// 销账
    StrikingOff,
    /// 责成重办
    Round,
    /// 结束督办
    Conclusion,
    /// 解除保护
    Unrestriction,
    /// 请协办
    Assistance,
    /// 回避
    Recusal,
    /// 并案
    Merging,
    /// 取消并案
    Unmerging,
    /// 拆分
    Splitting,
    /// 签发
    Approval,
    /// 退改
    Rewriting,
    /// 答复办理问题
    ComplaintAnswer,
    /// 解除回避
    RecusalLifting,
    /// 转入法定程序
    Statute,
}

impl Noun {
    /// All of them.
    pub const ALL: [Noun; 27] = [
        Noun::Assignment,
        Noun::Transfer,
        Noun::Escalation,
        Noun::Correction,
        Noun::Declination,
        Noun::Reminder,
        Noun::Supervision,
        Noun::Note,
        Noun::Publication,
        Noun::Unpublication,
        Noun::Extension,
        Noun::ExtensionRefusal,
        Noun::Review,
        Noun::StrikingOff,
        Noun::Round,
        Noun::Conclusion,
        Noun::Unrestriction,
        Noun::Assistance,
        Noun::Recusal,
        Noun::Merging,
        Noun::Unmerging,
        Noun::Splitting,
        Noun::Approval,
        Noun::Rewriting,
        Noun::ComplaintAnswer,
        Noun::RecusalLifting,
        Noun::Statute,
    ];

    /// The word in the address.
    pub fn word(self) -> &'static str {
        match self {
            Noun::Assignment => "assignment",
            Noun::Transfer => "transfer",
            Noun::Escalation => "escalation",
            Noun::Correction => "correction",
            Noun::Declination => "declination",
            Noun::Reminder => "reminder",
            Noun::Supervision => "supervision",
            Noun::Note => "note",
            Noun::Publication => "publication",
            Noun::Unpublication => "unpublication",
            Noun::Extension => "extension",
            Noun::ExtensionRefusal => "extension-refusal",
            Noun::Review => "review",
            Noun::StrikingOff => "striking-off",
            Noun::Round => "round",
            Noun::Conclusion => "conclusion",
            Noun::Unrestriction => "unrestriction",
            Noun::Assistance => "assistance",
            Noun::Recusal => "recusal",
            Noun::Merging => "merging",
            Noun::Unmerging => "unmerging",
            Noun::Splitting => "splitting",
            Noun::Approval => "approval",
            Noun::Rewriting => "rewriting",
            Noun::ComplaintAnswer => "complaint-answer",
            Noun::RecusalLifting => "recusal-lifting",
            Noun::Statute => "statute",
        }
    }

    /// The field in which its form asks for a day.
    pub fn day_field(self) -> Option<&'static str> {
        match self {
            Noun::Extension => Some("extension_until"),
            Noun::Review => Some("review_next"),
            _ => None,
        }
    }

    /// The act of a word.
    pub fn from_word(word: &str) -> Option<Noun> {
        Noun::ALL.into_iter().find(|noun| noun.word() == word)
    }

    /// The act that an address ends with; the row of the route has named it.
    pub fn of_path(path: &str) -> Result<Noun, Error> {
        path.rsplit('/').next().and_then(Noun::from_word).ok_or(Error::Hidden)
    }

    /// The act in the table of rights.
    pub fn act(self) -> Act {
        match self {
            Noun::Assignment => Act::Assign,
            Noun::Transfer => Act::Transfer,
            Noun::Escalation => Act::Escalate,
            Noun::Correction => Act::Correct,
            Noun::Declination => Act::Decline,
            Noun::Reminder => Act::Remind,
            Noun::Supervision => Act::Supervise,
            Noun::Note => Act::Note,
            Noun::Publication => Act::Publish,
            Noun::Unpublication => Act::Unpublish,
            Noun::Extension => Act::GrantExtension,
            Noun::ExtensionRefusal => Act::RefuseExtension,
            Noun::Review => Act::ReviewShelved,
            Noun::StrikingOff => Act::StrikeOff,
            Noun::Round => Act::OrderRound,
            Noun::Conclusion => Act::CloseSupervision,
            Noun::Unrestriction => Act::LowerRestriction,
            Noun::Assistance => Act::AskAssistance,
            Noun::Recusal => Act::Recuse,
            Noun::Merging => Act::Join,
            Noun::Unmerging => Act::Unmerge,
            Noun::Splitting => Act::SplitOff,
            Noun::Approval => Act::ApproveReply,
            Noun::Rewriting => Act::ReturnReply,
            Noun::ComplaintAnswer => Act::AnswerComplaint,
            Noun::RecusalLifting => Act::LiftRecusal,
            Noun::Statute => Act::Correct,
        }
    }
}

/// The command of a form, or what is wrong with its fields.
pub(super) fn command(noun: Noun, form: &Form) -> Result<Command, FieldErrors> {
    let mut errors = form.errors();
    let command = match noun {
        Noun::Assignment => {
            let unit = chosen_unit(form, &mut errors);
            errors.expect(
                assisting(form).is_empty(),
                "assisting",
                "直接办理不带协办单位，请改用转办，或不选协办",
            );
            let (forced, reason) = forced(form, &mut errors, "assignment_reason");
            Command::Assign { unit, forced, reason }
        }
        Noun::Transfer => {
            let (unit, assisting) = (chosen_unit(form, &mut errors), assisting(form));
            let (forced, reason) = forced(form, &mut errors, "transfer_reason");
            Command::Transfer { unit, assisting, forced, reason }
        }
        Noun::Escalation => {
            let leader = form.text("leader");
            errors.expect(!leader.is_empty(), "leader", "请选呈报哪位校领导");
            let brief = needed(
                form,
                &mut errors,
                "brief",
                "拟办意见",
                "请写拟办意见，校领导据此批示",
                WORDS_CHARS_MAX,
            );
            form.expect_filled_in(&mut errors, "brief");
            Command::Escalate { leader, brief }
        }
        Noun::Correction => correction(form, &mut errors),
        Noun::Declination => {
            let ground = read(&form.text("ground"));
            errors.expect(ground.is_some(), "ground", "请选不予受理的理由");
            let say = "请写给反映人的说明：为什么不受理、可以走什么途径";
            let words = needed(form, &mut errors, "decline_words", "说明", say, WORDS_CHARS_MAX);
            form.expect_filled_in(&mut errors, "decline_words");
            match ground {
                Some(ground) => Command::Decline { ground, words },
                None => return Err(errors),
            }
        }
        Noun::Reminder => {
            form.expect_at_most(&mut errors, "reminder", "催办内容", REASON_CHARS_MAX);
            let chosen = form.text("means");
            let means = if chosen.is_empty() { Some(Means::default()) } else { read(&chosen) };
            errors.expect(means.is_some(), "means", "请选催办的方式");
            let is_told = means != Some(Means::Talk) || form.has("reminder");
            errors.expect(is_told, "reminder", "请写约谈的情况：什么时候、同谁谈、要求是什么");
            match means {
                Some(means) => Command::Remind { means, reason: form.words("reminder") },
                None => return Err(errors),
            }
        }
        Noun::Supervision => {
            let level = read(&form.text("level"));
            errors.expect(level.is_some(), "level", "请选督办到哪一级");
            let say = "请写督办要求：要做什么，什么时候前说明";
            let reason = needed(form, &mut errors, "demand", "督办要求", say, REASON_CHARS_MAX);
            match level {
                Some(level) => Command::Supervise { level, reason },
                None => return Err(errors),
            }
        }
        Noun::Note => {
            let words = needed(form, &mut errors, "note", "批注", "请写批注内容", WORDS_CHARS_MAX);
            Command::Note { words }
        }
        Noun::Publication => {
            let say = "请写公开标题，不要出现姓名和联系方式";
            let title = needed(form, &mut errors, "public_title", "公开标题", say, PUBLIC_TITLE_CHARS_MAX);
            form.expect_at_most(&mut errors, "public_body", "公开内容", PUBLIC_BODY_CHARS_MAX);
            covering::expect_covered(form, &mut errors);
            Command::Publish(PublicText { title, body: form.words("public_body") })
        }
        Noun::Unpublication => {
            let reason =
                needed(form, &mut errors, "unpublish_reason", "理由", "请写撤下的理由", REASON_CHARS_MAX);
            Command::Unpublish { reason }
        }
        turn => match turns::command(turn, form, &mut errors)
            .or_else(|| roads::command(turn, form, &mut errors))
        {
            Some(command) => command,
            None => return Err(errors),
        },
    };
    errors.or(command)
}

fn correction(form: &Form, errors: &mut FieldErrors) -> Command {
    let chosen = |name: &str| Some(form.text(name)).filter(|value| !value.is_empty());
    let kind = chosen("kind").map(KindId);
    let category = chosen("category").map(CategoryId);
    let place = chosen("place").map(PlaceId);
    let urgency = chosen("urgency").and_then(|word| read(&word));
    let says_nothing = (&kind, &category, &place, urgency) == (&None, &None, &None, None);
    errors.expect(!says_nothing, "kind", "请至少改一处：类型、类别、地点或紧急程度");
    let say = "请写更正的理由，会留在记录里";
    let reason = needed(form, errors, "correction_reason", "更正的理由", say, REASON_CHARS_MAX);
    Command::Correct { kind, category, place, urgency, reason }
}

/// Whether the unit may not hand it back (指定承办), and why; then the reason has to be given.
fn forced(form: &Form, errors: &mut FieldErrors, reason: &'static str) -> (bool, String) {
    let (is_forced, words) = (form.has("forced"), form.words(reason));
    errors.expect(!is_forced || !words.is_empty(), reason, "指定承办要写理由，单位看得到");
    form.expect_at_most(errors, reason, "说明", REASON_CHARS_MAX);
    (is_forced, words)
}

fn chosen_unit(form: &Form, errors: &mut FieldErrors) -> UnitId {
    let unit = form.text("unit");
    errors.expect(!unit.is_empty(), "unit", "请选承办单位");
    UnitId(unit)
}

fn assisting(form: &Form) -> Vec<UnitId> {
    let mut units: Vec<UnitId> = Vec::new();
    for unit in form.all("assisting").into_iter().filter(|unit| !unit.is_empty()).map(UnitId) {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}

/// Words without which the act makes no sense, and not too many of them.
pub(super) fn needed(
    form: &Form,
    errors: &mut FieldErrors,
    name: &'static str,
    label: &str,
    missing: &str,
    chars_max: usize,
) -> String {
    let words = form.words(name);
    errors.expect(!words.is_empty(), name, missing);
    form.expect_at_most(errors, name, label, chars_max);
    words
}

/// Whether an event is what a command becomes: with it, the second half of a double press is recognised.
pub(super) fn is_answered_by(command: &Command, event: &Event) -> bool {
    match (command, event) {
        (Command::Assign { unit, .. }, Event::Assigned { unit: given, .. })
        | (Command::Transfer { unit, .. }, Event::Transferred { unit: given, .. })
        | (Command::Instruct { unit, .. }, Event::Instructed { unit: given, .. }) => unit == given,
        (Command::Escalate { leader, .. }, Event::Escalated { leader: given, .. }) => leader == given,
        (Command::Supervise { level, .. }, Event::Supervised(given)) => *level == given.level,
        (Command::Correct { .. }, Event::Corrected { .. })
        | (Command::Decline { .. }, Event::Declined { .. })
        | (Command::Remind { .. }, Event::RemindedByHand { .. })
        | (Command::Note { .. }, Event::Noted {})
        | (Command::Publish(_), Event::Published {})
        | (Command::Unpublish { .. }, Event::Unpublished {}) => true,
        _ => turns::is_answered_by(command, event) || roads::is_answered_by(command, event),
    }
}

/// The words that a command leaves beside its event.
pub(super) fn words_of(command: &Command) -> (TextKind, &str) {
    match command {
        Command::Escalate { brief: words, .. }
        | Command::Instruct { words, .. }
        | Command::Note { words }
        | Command::GrantExtension { words, .. }
        | Command::CloseSupervision { words }
        | Command::ReviewShelved { words, .. }
        | Command::StrikeOff { words }
        | Command::Decline { words, .. } => (TextKind::Words, words),
        Command::Publish(public) => (TextKind::PublicTitle, &public.title),
        Command::AskAssistance { words, .. } | Command::AnswerComplaint { words } => (TextKind::Words, words),
        Command::Assign { reason, .. }
        | Command::Transfer { reason, .. }
        | Command::Recuse { reason, .. }
        | Command::LiftRecusal { reason, .. }
        | Command::ReturnReply { reason, .. }
        | Command::Correct { reason, .. }
        | Command::Remind { reason, .. }
        | Command::Supervise { reason, .. }
        | Command::RefuseExtension { reason }
        | Command::OrderRound { reason }
        | Command::LowerRestriction { reason }
        | Command::Unpublish { reason } => (TextKind::Reason, reason),
        _ => (TextKind::Reason, ""),
    }
}
