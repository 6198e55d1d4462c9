//! One command for every act of the table, well formed, so that only the right and the stage decide.

use huiyin_domain::access::Act;
use huiyin_domain::case::*;

/// A judgement.
pub fn rating(solved: Solved) -> Command {
    Command::Rate {
        contacted: None,
        solved,
        satisfaction: Satisfaction::Fairly,
        complaints: vec![],
        words: String::new(),
        publish: None,
        reopen: false,
    }
}

/// Every act, asked in a way that only right, stage or time can refuse.
pub fn commands() -> Vec<(&'static str, Act, Command)> {
    let words = || "有话要说".to_owned();
    let public = PublicText { title: words(), body: String::new() };
    let (outcome, files) = (Outcome::Solved, Vec::new);
    let reply = Command::Reply(Answer {
        words: words(),
        outcome,
        public: None,
        files: files(),
        shelving: None,
        joined_words: String::new(),
    });
    let propose = Command::ProposeReply(Answer {
        words: words(),
        outcome,
        public: None,
        files: files(),
        shelving: None,
        joined_words: String::new(),
    });
    let assistance = Command::AskAssistance { units: vec!["library".into()], words: words(), whistle: true };
    let lead = Lead {
        no: "HY-20261123-0009".into(),
        kind: "complaint".into(),
        category: None,
        stage: Stage::Assigned,
        restricted: false,
        recused: vec![],
        is_crisis: false,
    };
    let merge = Command::Merge { own: "HY-20261123-0001".into(), lead: Box::new(lead) };
    let through_lead = Command::ReplyThroughLead(LeadsAnswer {
        unit: "library".into(),
        words: words(),
        outcome: Outcome::Solved,
        visibility: Visibility::Private,
        files: vec![],
    });
    let complain = Command::ComplainAboutHandling { words: words(), about_office: false };
    let texts = vec![Text { kind: TextKind::Words, words: words() }];
    let soon = "2026-12-01".parse().expect("a day");
    let send_back =
        Command::SendBack { ground: SendBackGround::NotOurDuty, suggested: None, reason: words() };
    let correct = Command::Correct {
        kind: None,
        category: Some("books".into()),
        place: None,
        urgency: None,
        reason: words(),
    };
    let transfer =
        Command::Transfer { unit: "library".into(), assisting: vec![], forced: false, reason: words() };
    let learned = Learned {
        category: "books".into(),
        model: 1,
        share: 99,
        confirmed: 1_000,
        words: vec![words()],
        text: words(),
    };
    let instruct = Command::Instruct { unit: "library".into(), until: None, key: true, words: words() };
    vec![
        ("accept", Act::Accept, Command::Accept),
        (
            "assign",
            Act::Assign,
            Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
        ),
        ("transfer", Act::Transfer, transfer),
        ("escalate", Act::Escalate, Command::Escalate { leader: "head".into(), brief: words() }),
        ("instruct", Act::Instruct, instruct),
        ("ask assistance", Act::AskAssistance, assistance),
        ("give opinion", Act::GiveOpinion, Command::GiveOpinion { words: words(), files: vec![] }),
        ("recuse", Act::Recuse, Command::Recuse { units: vec!["students".into()], reason: words() }),
        (
            "lift recusal",
            Act::LiftRecusal,
            Command::LiftRecusal { units: vec!["students".into()], reason: words() },
        ),
        ("protect", Act::Protect, Command::Protect),
        ("merge", Act::Merge, merge),
        ("join", Act::Join, Command::Join { other: "HY-20261123-0003".into() }),
        ("unmerge", Act::Unmerge, Command::Unmerge { reason: words() }),
        ("part", Act::Part, Command::Part { other: "HY-20261123-0002".into() }),
        ("reply through lead", Act::ReplyThroughLead, through_lead),
        ("split off", Act::SplitOff, Command::SplitOff { other: "HY-20261123-0004".into() }),
        ("follow successor", Act::FollowSuccessor, Command::FollowSuccessor),
        ("assign as learned", Act::AssignAsLearned, Command::AssignAsLearned(Box::new(learned))),
        ("sign for", Act::SignFor, Command::SignFor),
        ("allot", Act::Allot, Command::Allot { officer: "p-colleague".into() }),
        ("send back", Act::SendBack, send_back),
        (
            "report progress",
            Act::ReportProgress,
            Command::ReportProgress { words: words(), files: vec![], joined_words: words() },
        ),
        (
            "report through lead",
            Act::ReplyThroughLead,
            Command::ReportThroughLead { unit: "logistics".into(), words: words() },
        ),
        ("reply", Act::Reply, reply),
        ("propose reply", Act::ProposeReply, propose),
        ("approve reply", Act::ApproveReply, Command::ApproveReply { texts, has_head: true }),
        ("return reply", Act::ReturnReply, Command::ReturnReply { reason: words(), has_head: true }),
        ("ask requester", Act::AskRequester, Command::AskRequester { words: words() }),
        ("ask extension", Act::AskExtension, Command::AskExtension { until: soon, reason: words() }),
        ("grant extension", Act::GrantExtension, Command::GrantExtension { until: None, words: words() }),
        ("refuse extension", Act::RefuseExtension, Command::RefuseExtension { reason: words() }),
        ("review shelved", Act::ReviewShelved, Command::ReviewShelved { words: words(), next: soon }),
        ("ask to strike off", Act::AskStrikeOff, Command::AskStrikeOff { words: words() }),
        ("strike off", Act::StrikeOff, Command::StrikeOff { words: words() }),
        ("note", Act::Note, Command::Note { words: words() }),
        ("supplement", Act::Supplement, Command::Supplement { words: words(), files: vec![] }),
        ("urge", Act::Urge, Command::Urge { because: UrgeReason::Other, reason: words() }),
        ("rate", Act::Rate, rating(Solved::Partly)),
        ("follow up", Act::FollowUp, Command::FollowUp(None)),
        ("reopen", Act::Reopen, Command::Reopen { reason: words() }),
        ("complain", Act::ComplainAboutHandling, complain),
        ("answer complaint", Act::AnswerComplaint, Command::AnswerComplaint { words: words() }),
        ("check effect", Act::CheckEffect, Command::CheckEffect { holds: Solved::Yes, words: words() }),
        ("withdraw", Act::Withdraw, Command::Withdraw { reason: words() }),
        ("decline", Act::Decline, Command::Decline { ground: DeclineGround::OutOfScope, words: words() }),
        ("correct", Act::Correct, correct),
        ("publish", Act::Publish, Command::Publish(public)),
        ("unpublish", Act::Unpublish, Command::Unpublish { reason: words() }),
        ("remind", Act::Remind, Command::Remind { means: Means::Here, reason: words() }),
        ("supervise", Act::Supervise, Command::Supervise { level: Level::Head, reason: words() }),
        ("order round", Act::OrderRound, Command::OrderRound { reason: words() }),
        ("close supervision", Act::CloseSupervision, Command::CloseSupervision { words: words() }),
        ("lower restriction", Act::LowerRestriction, Command::LowerRestriction { reason: words() }),
        ("match", Act::Match, Command::Match { earlier: None, cause: LeakCause::NeverRaised }),
        ("arrive", Act::Arrive, Command::Arrive),
        ("picture", Act::Picture, Command::Picture { moment: WorkMoment::After, files: vec!["f-1".into()] }),
        ("await part", Act::AwaitPart, Command::AwaitPart { words: words(), expected_on: soon }),
        ("remove", Act::Remove, Command::Remove { what: Removal::Contact }),
        ("call squad", Act::CallSquad, Command::CallSquad { squad: "squad".into(), words: words() }),
        ("release squad", Act::ReleaseSquad, Command::ReleaseSquad),
        (
            "report work",
            Act::ReportWork,
            Command::ReportWork { is_done: true, words: words(), files: vec![] },
        ),
        ("name cosigners", Act::NameCosigners, Command::NameCosigners { names: vec![words()] }),
        ("answer cosigning", Act::AnswerCosigning, Command::AnswerCosigning { consents: true }),
        ("settle proposal", Act::SettleProposal, Command::SettleProposal { is_filed: true, reason: words() }),
        ("note time", Act::NoteTime, Command::NoteTime),
    ]
}
