//! From a line of a story to who asks what.

use super::grammar::{Step, Token};
use super::names::*;
use crate::record::Life;
use crate::school;
use huiyin_domain::access::Role;
use huiyin_domain::case::*;
use huiyin_domain::ids::CaseNo;
use huiyin_domain::policy::Policy;

/// The number that every story's case goes by.
const OWN_NUMBER: &str = "HY-20261123-0001";

/// Who acts.
pub fn actor(who: &str, case: Option<&Case>, policy: &Policy) -> Result<Actor, String> {
    let names = Names(policy);
    if let Some(role) = meaning(STAFF, who) {
        let unit = (role == Role::Clerk).then(|| policy.school.coordinator.as_str());
        return Ok(school::staff(role, unit, None));
    }
    match who {
        "学生" | "教职工" => return Ok(Actor::Requester),
        "第一位附议人" => return Ok(Actor::Cosigner { place: 1 }),
        "第二位附议人" => return Ok(Actor::Cosigner { place: 2 }),
        "规则" => return Ok(Actor::Rule),
        "钟" => return Ok(Actor::Clock),
        "校领导" => {
            let post = case.and_then(|case| case.leader.as_deref()).ok_or("这件还没有呈给哪位校领导")?;
            return Ok(school::leader(post));
        }
        _ => {}
    }
    if let Some(squad) = policy.squads.iter().find(|squad| who.strip_suffix("队员") == Some(&squad.name)) {
        return Ok(school::staff(Role::Volunteer, None, Some(squad.id.as_str())));
    }
    if let Ok(post) = names.post(who) {
        return Ok(school::leader(&post));
    }
    for (duty, role) in [("承办员", Role::Officer), ("单位负责人", Role::UnitHead)] {
        if let Some(unit) = who.strip_suffix(duty) {
            let unit = match unit {
                "" => case.and_then(|case| case.unit.clone()).ok_or("这件还没有承办单位")?,
                name => names.unit(name)?,
            };
            return Ok(school::staff(role, Some(unit.as_str()), None));
        }
    }
    Err(format!("不知道「{who}」是谁"))
}

/// What is asked; none when somebody only looks.
pub fn command(step: &Step, life: &Life, policy: &Policy) -> Result<Option<Command>, String> {
    let names = Names(policy);
    let mut args = Args(step.args.clone());
    let command = match step.verb.as_str() {
        "查看" => None,
        "提交" | "登记" => Some(Command::Submit(Box::new(submission(&mut args, policy)?))),
        "受理" => Some(Command::Accept),
        "派单" | "指定承办" => {
            let unit = names.unit(&args.word("单位")?)?;
            let forced = step.verb == "指定承办";
            Some(Command::Assign { unit, forced, reason: args.quote() })
        }
        "转办" => {
            let unit = names.unit(&args.word("单位")?)?;
            let assisting = args.after("协办").map_or(Ok(vec![]), |units| names.units(&units))?;
            let forced = args.has("不得退回");
            Some(Command::Transfer { unit, assisting, forced, reason: args.quote() })
        }
        "呈办" => {
            Some(Command::Escalate { leader: names.post(&args.word("岗位")?)?, brief: args.quote() })
        }
        "批示" => {
            let unit = names.unit(&args.word("单位")?)?;
            let until = args.after("限").map(|day| day.parse()).transpose()?;
            Some(Command::Instruct { unit, until, key: args.has("重点督办"), words: args.quote() })
        }
        "签收" => Some(Command::SignFor),
        "分给" => Some(Command::Allot { officer: args.quote().as_str().into() }),
        "退回" => {
            let ground = args.choice(SEND_BACK_GROUNDS).ok_or("退回要写理由的种类")?;
            let suggested = args.after("建议").map(|unit| names.unit(&unit)).transpose()?;
            Some(Command::SendBack { ground, suggested, reason: args.quote() })
        }
        "反馈进展" => {
            let joined_words = args.after("给并案的").unwrap_or_default();
            Some(Command::ReportProgress { words: args.quote(), files: vec![], joined_words })
        }
        "随主件进展" => {
            let unit = names.unit(&args.word("单位")?)?;
            Some(Command::ReportThroughLead { unit, words: args.quote() })
        }
        "答复" | "送审" => {
            let outcome = args.choice(OUTCOMES).ok_or("答复要写办理结果")?;
            let review_on = args.after("复核").map(|day| day.parse()).transpose()?;
            let plan = args.after("计划").unwrap_or_default();
            let shelving = review_on.map(|review_on| Shelving { plan, review_on });
            let words = args.quote();
            let is_public = args.has("公开");
            let public = is_public.then(|| PublicText { title: args.quote(), body: args.quote() });
            let (files, joined_words) = (vec![], args.after("给并案的").unwrap_or_default());
            Some(match step.verb.as_str() {
                "送审" => {
                    Command::ProposeReply(Answer { words, outcome, public, files, shelving, joined_words })
                }
                _ => Command::Reply(Answer { words, outcome, public, files, shelving, joined_words }),
            })
        }
        "请协办" | "吹哨" => {
            let units = names.units(&args.word("单位")?)?;
            Some(Command::AskAssistance { units, words: args.quote(), whistle: step.verb == "吹哨" })
        }
        "协办意见" => Some(Command::GiveOpinion { words: args.quote(), files: vec![] }),
        "回避" => {
            let units = names.units(&args.word("单位")?)?;
            Some(Command::Recuse { units, reason: args.quote() })
        }
        "解除回避" => {
            let units = names.units(&args.word("单位")?)?;
            Some(Command::LiftRecusal { units, reason: args.quote() })
        }
        "随主件保护" => Some(Command::Protect),
        "并入" => {
            let into = args.word("主件")?;
            let recused = args.after("主件回避").map_or(Ok(vec![]), |units| names.units(&units))?;
            let restricted = args.has("主件受保护");
            let stage = if args.has("主件已答复") { Stage::Replied } else { Stage::Assigned };
            let (kind, category) = life.case.as_ref().map_or_else(
                || ("complaint".into(), None),
                |case| (case.kind.clone(), case.category.clone()),
            );
            let road = args.after("主件走").map(|name| names.road(&name)).transpose()?;
            let (kind, category) = match road {
                Some((of_road, category_of_road)) => (of_road.unwrap_or(kind), category_of_road),
                None => (kind, category),
            };
            let (no, is_crisis) = (into.as_str().into(), false);
            let lead = Lead { no, kind, category, stage, restricted, recused, is_crisis };
            Some(Command::Merge { own: OWN_NUMBER.into(), lead: Box::new(lead) })
        }
        "带上" => Some(Command::Join { other: args.word("另一件")?.as_str().into() }),
        "取消并案" => Some(Command::Unmerge { reason: args.quote() }),
        "分开" => Some(Command::Part { other: args.word("另一件")?.as_str().into() }),
        "随主件答复" => {
            let unit = names.unit(&args.word("单位")?)?;
            let outcome = args.choice(OUTCOMES).ok_or("答复要写办理结果")?;
            let visibility = if args.has("公开") { Visibility::Public } else { Visibility::Private };
            let (words, files) = (args.quote(), vec![]);
            Some(Command::ReplyThroughLead(LeadsAnswer { unit, words, outcome, visibility, files }))
        }
        "拆出" => Some(Command::SplitOff { other: args.word("新的一件")?.as_str().into() }),
        "签发" => {
            let proposed = life.case.as_ref().and_then(|case| case.proposed.as_ref());
            let texts = proposed.map_or(vec![], |proposed| life.texts_of(proposed.seq));
            Some(Command::ApproveReply { texts, has_head: !args.has("无负责人") })
        }
        "退改" => {
            let has_head = !args.has("无负责人");
            Some(Command::ReturnReply { reason: args.quote(), has_head })
        }
        "随撤并移交" => Some(Command::FollowSuccessor),
        "请补充" => Some(Command::AskRequester { words: args.quote() }),
        "申请延期" => {
            let until = args.word("日期")?.parse()?;
            Some(Command::AskExtension { until, reason: args.quote() })
        }
        "批准延期" => {
            let until = args.after("到").map(|day| day.parse()).transpose()?;
            Some(Command::GrantExtension { until, words: args.quote() })
        }
        "不同意延期" => Some(Command::RefuseExtension { reason: args.quote() }),
        "复核" => {
            let next = args.after("下次").ok_or("复核要写下次的日期")?.parse()?;
            Some(Command::ReviewShelved { words: args.quote(), next })
        }
        "申请销账" => Some(Command::AskStrikeOff { words: args.quote() }),
        "销账" => Some(Command::StrikeOff { words: args.quote() }),
        "反映办理问题" => {
            let about_office = args.has("出在协调部门");
            Some(Command::ComplainAboutHandling { words: args.quote(), about_office })
        }
        "答复办理问题" => Some(Command::AnswerComplaint { words: args.quote() }),
        "回答效果" => {
            let holds = args.choice(SOLVED).ok_or("效果要写解决没有")?;
            Some(Command::CheckEffect { holds, words: args.quote() })
        }
        "责成重办" => Some(Command::OrderRound { reason: args.quote() }),
        "结束督办" => Some(Command::CloseSupervision { words: args.quote() }),
        "解除限制" => Some(Command::LowerRestriction { reason: args.quote() }),
        "批注" => Some(Command::Note { words: args.quote() }),
        "补充" => Some(Command::Supplement { words: args.quote(), files: vec![] }),
        "催一催" => {
            let because = args.choice(URGE_REASONS).unwrap_or(UrgeReason::Other);
            Some(Command::Urge { because, reason: args.quote() })
        }
        "评价" => Some(Command::Rate {
            solved: args.choice(SOLVED).ok_or("评价要写解决没有")?,
            satisfaction: args.choice(SATISFACTIONS).ok_or("评价要写满意不满意")?,
            contacted: args.choice(&[("联系过", true), ("没联系过", false)]),
            complaints: args
                .after("不足")
                .map_or(vec![], |words| words.split('、').map(str::to_owned).collect()),
            publish: args.choice(&[("可以公开", true), ("不要公开", false)]),
            reopen: args.has("请重新办理"),
            words: args.quote(),
        }),
        "电话回访" if args.has("没打通") => Some(Command::FollowUp(None)),
        "电话回访" => Some(Command::FollowUp(Some(Said {
            contacted: args.choice(&[("联系过", true), ("没联系过", false)]),
            solved: args.choice(SOLVED).ok_or("电话回访要写解决没有，或没打通")?,
            satisfaction: args.choice(SATISFACTIONS).ok_or("电话回访要写满意不满意")?,
            publish: args.choice(&[("可以公开", true), ("不要公开", false)]),
            words: args.quote(),
        }))),
        "要求重办" => Some(Command::Reopen { reason: args.quote() }),
        "撤回" => Some(Command::Withdraw { reason: args.quote() }),
        "不予受理" => {
            let ground = args.choice(DECLINE_GROUNDS).ok_or("不予受理要写依据的种类")?;
            Some(Command::Decline { ground, words: args.quote() })
        }
        "更正" => Some(Command::Correct {
            kind: args.after("类型").map(|kind| names.kind(&kind)).transpose()?,
            category: args.after("类别").map(|category| names.category(&category)).transpose()?,
            place: args.after("地点").map(|place| names.place(&place)).transpose()?,
            urgency: args.choice(URGENCIES),
            reason: args.quote(),
        }),
        "转入法定程序" => {
            let (kind, category) = names.road(&args.word("法定程序")?)?;
            Some(Command::Correct { kind, category, place: None, urgency: None, reason: args.quote() })
        }
        "公开" => Some(Command::Publish(PublicText { title: args.quote(), body: args.quote() })),
        "撤下公开" => Some(Command::Unpublish { reason: args.quote() }),
        "约谈" => Some(Command::Remind { means: Means::Talk, reason: args.quote() }),
        "人工催办" => {
            let means = args.choice(MEANS).unwrap_or_default();
            Some(Command::Remind { means, reason: args.quote() })
        }
        "督办" => {
            let level = args.choice(LEVELS).ok_or("督办要写到哪一级")?;
            Some(Command::Supervise { level, reason: args.quote() })
        }
        "比对" => {
            let cause = args.choice(LEAK_CAUSES).ok_or("比对要写为什么到了校外")?;
            Some(Command::Match { earlier: args.after("先前").map(CaseNo), cause })
        }
        "交服务队" => {
            let squad = names.squad(&args.word("服务队")?)?;
            Some(Command::CallSquad { squad, words: args.quote() })
        }
        "收回" => Some(Command::ReleaseSquad),
        "报修好" => Some(Command::ReportWork { is_done: true, words: args.quote(), files: vec![] }),
        "报办不了" => Some(Command::ReportWork { is_done: false, words: args.quote(), files: vec![] }),
        "请附议" => {
            let names = args.quote();
            Some(Command::NameCosigners { names: names.split('、').map(str::to_owned).collect() })
        }
        "附议" => Some(Command::AnswerCosigning { consents: true }),
        "不附议" => Some(Command::AnswerCosigning { consents: false }),
        "立案" => Some(Command::SettleProposal { is_filed: true, reason: args.quote() }),
        "作为建议办理" => Some(Command::SettleProposal { is_filed: false, reason: args.quote() }),
        "到场" => Some(Command::Arrive),
        "拍现场" => {
            let moment = args.choice(WORK_MOMENTS).ok_or("照片要写修前还是修后")?;
            Some(Command::Picture { moment, files: vec!["file-1".into()] })
        }
        "缺配件" => {
            let expected_on = args.word("日期")?.parse()?;
            Some(Command::AwaitPart { words: args.quote(), expected_on })
        }
        "巡检" => Some(Command::NoteTime),
        "删去" => {
            let what = args.choice(REMOVALS).ok_or("删去要写删去什么")?;
            Some(Command::Remove { what })
        }
        verb => return Err(format!("不知道怎样「{verb}」")),
    };
    args.must_be_used_up()?;
    Ok(command)
}

fn submission(args: &mut Args, policy: &Policy) -> Result<Submission, String> {
    let names = Names(policy);
    let mut submission = school::submission(names.kind(&args.word("类型")?)?.as_str());
    submission.category = args.after("类别").map(|name| names.category(&name)).transpose()?;
    submission.place.id = args.after("地点").map(|name| names.place(&name)).transpose()?;
    submission.place.room = args.after("房间").unwrap_or_default();
    submission.contact = args.after("电话").unwrap_or_default();
    submission.on_behalf_of = args.after("代").unwrap_or_default();
    submission.outside_no = args.after("校外编号").unwrap_or_default();
    submission.unit = args.after("交").map(|name| names.unit(&name)).transpose()?;
    submission.identity = args.choice(IDENTITIES).unwrap_or(Identity::Open);
    submission.channel = match args.after("渠道") {
        Some(name) => names.channel(&name)?,
        None => "online".into(),
    };
    submission.about = args.after("反映").map_or(Ok(vec![]), |units| names.units(&units))?;
    if let Some(day) = args.after("拆自") {
        let matter_since = day.parse::<huiyin_domain::calendar::Day>()?.at("09:00".parse()?);
        let restricted = args.has("原件受保护");
        submission.split_from = Some(Origin { no: "HY-20261101-0001".into(), matter_since, restricted });
    }
    submission.may_publish = args.has("愿意公开");
    submission.danger = args.has("有人身危险");
    submission.title = args.quote();
    submission.body = args.quote();
    Ok(submission)
}

/// The arguments that have not been used yet.
struct Args(Vec<Token>);

impl Args {
    /// The next bare word.
    fn word(&mut self, what: &str) -> Result<String, String> {
        let at = self.0.iter().position(|token| matches!(token, Token::Word(_)));
        match at.map(|at| self.0.remove(at)) {
            Some(Token::Word(word)) => Ok(word),
            _ => Err(format!("要写{what}")),
        }
    }

    /// The next quotation; empty when there is none.
    fn quote(&mut self) -> String {
        let at = self.0.iter().position(|token| matches!(token, Token::Quote(_)));
        match at.map(|at| self.0.remove(at)) {
            Some(Token::Quote(words)) => words,
            _ => String::new(),
        }
    }

    fn has(&mut self, word: &str) -> bool {
        let at = self.0.iter().position(|token| *token == Token::Word(word.to_owned()));
        at.map(|at| self.0.remove(at)).is_some()
    }

    /// The token behind a word, both taken.
    fn token_after(&mut self, word: &str) -> Option<Token> {
        let at = self.0.iter().position(|token| *token == Token::Word(word.to_owned()))?;
        (at + 1 < self.0.len()).then(|| self.0.drain(at..=at + 1).next_back()).flatten()
    }

    fn after(&mut self, word: &str) -> Option<String> {
        match self.token_after(word)? {
            Token::Word(word) | Token::Quote(word) => Some(word),
        }
    }

    fn choice<T: Copy>(&mut self, words: &[(&str, T)]) -> Option<T> {
        words.iter().find(|(word, _)| self.has(word)).map(|(_, meaning)| *meaning)
    }

    fn must_be_used_up(&self) -> Result<(), String> {
        if self.0.is_empty() { Ok(()) } else { Err(format!("多出来的：{:?}", self.0)) }
    }
}
