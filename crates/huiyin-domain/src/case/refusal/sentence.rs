//! What is said to the person: what holds and what to do.

use super::{ANOTHER_DAY, Refusal, moment};

impl Refusal {
    /// The sentence shown to the person: what holds and what to do.
    pub fn sentence(&self) -> String {
        match self {
            Refusal::NotYours => "这件不在您的办理范围内。".into(),
            Refusal::TooLate { act, standing } => format!("这件{standing}，现在不能{act}。"),
            Refusal::ForAPerson { .. } => "这件要由受理员看过再派。".into(),
            Refusal::AlreadyReplied => {
                "这一轮已经答复过了，请等反映人评价；要更正，请写内部批注告知协调部门。".into()
            }
            Refusal::AlreadySignedFor => "这件已经签收，直接办理就好。".into(),
            Refusal::UrgedRecently { again_at } => {
                format!("刚催办过，承办单位已经收到提醒；{} 起可以再催。", moment::named(*again_at))
            }
            Refusal::RatingClosed { days } => {
                format!("答复已超过 {days} 天，评价已截止；还没解决，请再提交一件。")
            }
            Refusal::NoSurvey => {
                "涉及人身安全的事项不做满意度评价；还需要帮助，请再提交一件或直接打电话。".into()
            }
            Refusal::NobodyToCall => "保密、匿名和受保护的诉求不打电话回访，请等反映人自己评价。".into(),
            Refusal::OwnAnswer { act } => format!("这件是您所在的单位自己答复的，请由别人{act}。"),
            Refusal::CalledToday => "今天已经打过一次没有打通，请改天再打。".into(),
            Refusal::CalledOften { times: 0 } => "按学校的规定不打电话回访，请等反映人自己评价。".into(),
            Refusal::CalledOften { times } => {
                format!("已经打过 {times} 次没有打通，不再打；没有回答的不算满意。")
            }
            Refusal::ReopeningClosed { days } => {
                format!("评价已超过 {days} 天，不能再要求重办；还没解决，请再提交一件。")
            }
            Refusal::SendBackClosed { working_days, .. } => {
                format!("接件已超过 {working_days} 个工作日，不能再退回，请直接办理或联系协调部门。")
            }
            Refusal::SentBackTooOften { times, .. } => {
                format!("这件已退回 {times} 次，由协调部门指定承办，不能再退。")
            }
            Refusal::InstructedUnitMayNotSendBack => {
                "这件由校领导批示交办，不能退回；有困难请向批示的校领导说明。".into()
            }
            Refusal::SendBackHoursOver { working_hours, .. } => {
                format!("接件已超过 {working_hours} 个工作小时，不能再退回，请直接办理或联系协调部门。")
            }
            Refusal::ForcedAssignment { .. } => {
                "这件由协调部门指定承办，不能退回；有困难请写批注说明。".into()
            }
            Refusal::RecusedUnit => "这个单位在这件里要回避，请另选单位。".into(),
            Refusal::RecusedLeader => "这位校领导分管要回避的单位，请呈报别的校领导。".into(),
            Refusal::AnonymousNotSplit => {
                "匿名的诉求只有一个查询码，拆出来的一件会没有人收得到答复；请在答复里把两件事都答到。".into()
            }
            Refusal::HeirStaysAway(from) => format!("它接手了{from}，{from}还在回避；请连{from}一起解除。"),
            Refusal::NobodyLeft => {
                "这样回避以后没有单位能办这件了，请先在设置里写明代协调部门办理的单位。".into()
            }
            Refusal::NotToBeMerged => {
                "这两件不能并在一起：主件要正在办理，两件的保护、回避和法定程序要一样，有人身危险的不并进没有危险的，也不能并来并去。"
                    .into()
            }
            Refusal::UnmergeClosed { days, .. } => format!("并案已超过 {days} 天，不能再取消。"),
            Refusal::AlreadyAsked => "已经请反映人补充，请等回复；到期没有补充，时限自动恢复。".into(),
            Refusal::AskedTooOften { times: 0, .. } => {
                "按学校的规定，办结时限不因请反映人补充而暂停；还缺什么，请写进阶段反馈。".into()
            }
            Refusal::AskedTooOften { times, .. } => {
                format!("这一轮已请反映人补充 {times} 次，不能再暂停办结时限；还缺什么，请写进阶段反馈。")
            }
            Refusal::NeedsSecondLook { .. } => "这样的答复要先送单位负责人审核，请提交审核。".into(),
            Refusal::HeadSigns { .. } => "承办单位有负责人，请由负责人审签。".into(),
            Refusal::NothingProposed => "没有送审的答复，可能已经处理过，请刷新后再看。".into(),
            Refusal::ExtensionPending => "已经申请延期，请等批复。".into(),
            Refusal::NoExtensionAsked => "没有待批的延期申请，可能已经处理过，请刷新后再看。".into(),
            Refusal::ExtensionTooLate { .. } => {
                "办结时限已过，不能再申请延期；请尽快答复，并向反映人说明原因。".into()
            }
            Refusal::ExtensionNotLater => format!("新的日期要晚于现在的办结时限，{ANOTHER_DAY}"),
            Refusal::ExtensionTooLong { working_days, .. } => {
                format!("每次最多延长 {working_days} 个工作日，{ANOTHER_DAY}")
            }
            Refusal::ExtendedTooOften { times: 0, .. } => "按学校的规定，办结时限不能延长。".into(),
            Refusal::ExtendedTooOften { times, .. } => {
                format!("这件已延期 {times} 次，不能再延；暂时办不了的，请答复说明并挂账。")
            }
            Refusal::NotToBeShelved => "只有暂不能办的才挂账，请改选办理结果，或去掉挂账计划。".into(),
            Refusal::NotShelved => "这件没有挂账。".into(),
            Refusal::DayTooFar { days, .. } => format!("日期要在 {days} 天以内，{ANOTHER_DAY}"),
            Refusal::ComplainedRecently { again_at } => {
                format!("刚反映过，已经收到；{} 起可以再反映。", moment::named(*again_at))
            }
            Refusal::EffectNotAsked => "现在没有要您回答的效果回访。".into(),
            Refusal::EffectClosed { days } => {
                format!("效果回访已超过 {days} 天，已经截止；又出现问题，请再提交一件。")
            }
            Refusal::TalkBeforeSupervision { .. } => "约谈之前先发督办单；这件还没有督办。".into(),
            Refusal::NotHeld => "这件没有因为未解决而由督办跟踪。".into(),
            Refusal::ProtectedMatter => {
                "这类事项本来就受保护，不能解除限制；类型或类别分错了，请先更正。".into()
            }
            Refusal::RealNameOnly { channel, .. } => {
                format!("{channel}限实名；不想用实名，请改走网上平台，可以保密或匿名，写的内容不用改。")
            }
            Refusal::NotForASquad => "受保护和保密的诉求不交服务队，请本单位自己到场。".into(),
            Refusal::NoSquad => "这件现在不在服务队手上，可能已经收回，请刷新后再看。".into(),
            Refusal::NotAProposal => "这件不是提案，不用附议和立案。".into(),
            Refusal::LeadDecides => "是否立案由提案渠道的牵头单位或协调部门决定。".into(),
            Refusal::PictureMissing => "没有收到照片，请拍一张再传。".into(),
            Refusal::StatutoryBody { body, .. } => {
                format!("这类事项依法由{body}办理，请交给它；类型或类别分错了，请先更正。")
            }
            Refusal::WhichProcedure { names } => {
                format!("还没有分清是哪一种（{names}），请先「转入法定程序」，或更正类别。")
            }
            Refusal::StatutoryNotShelved { .. } => {
                "法定程序要在期限内作出结论，不挂账；请改选办理结果，还不能下结论的请申请延期。".into()
            }
            Refusal::StatutoryTooLong { days, .. } => format!("依法最多延长 {days} 天，{ANOTHER_DAY}"),
            Refusal::StatutoryClock { .. } => "这件有法定的期限，批示不另定日期；请去掉日期再批示。".into(),
            Refusal::BodyDecides { by, .. } => format!("这件延不延由{by}决定，请等他批。"),
            Refusal::DecidedByLaw { .. } => {
                "这件已由法定机构作出结论，不在这里重办；不服的，可以按页面下方写的途径提出。".into()
            }
            Refusal::NoComplaint => "没有待答复的办理问题，可能已经有人答复，请刷新后再看。".into(),
            Refusal::NotFromOutside => "这件不是校外转来的，不用比对。".into(),
            Refusal::NotForThePublic => "反映人没有同意公开，或这类事项不公开，只能单独答复。".into(),
            Refusal::NotLaidBeforeYou => "这件没有呈报给您。".into(),
            Refusal::NoSuch { what } => format!("没有这个{what}，或已经停用，请重选。"),
            Refusal::WordsMissing { what } => format!("请写明{what}。"),
            Refusal::RestDay => format!("那天是休息日，请选上班的日子，{ANOTHER_DAY}"),
            Refusal::DayPassed => format!("日期不能早于今天，{ANOTHER_DAY}"),
            Refusal::StillKept { .. } => "这件还在保存期限内，或者已经删去，没有可删的。".into(),
            Refusal::NoLimit => "学校还没有为这类诉求设时限，请联系管理员。".into(),
        }
    }
}
