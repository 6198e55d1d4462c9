//! The second look (5.1): an officer lays an answer before the head of the unit; the head reads it beside the draft before
//! it, and lets it go out or says what to write otherwise. Whether a school wants this, and of which answers, is its policy.

use super::acts::{REASON_MAX, demand};
use super::attempt::FromDesk;
use super::changes::{Change, changes};
use super::look::{Attached, OUTCOMES};
use super::tab::Tab;
use crate::cases::log::Bench;
use crate::cases::offers::{self, Offers};
use crate::cases::photos::Paper;
use crate::cases::sight::Seen;
use crate::cases::submit::Ticket;
use crate::cases::texts::Texts;
use axum::response::Response;
use huiyin_domain::access::{Act, Hat};
use huiyin_domain::calendar::Day;
use huiyin_domain::case::{By, Command, Event, Outcome, Recorded, TextKind, Visibility};
use huiyin_domain::ids::{FileId, PersonId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::web::{Filled, Photo};
use std::collections::BTreeMap;

/// The head lets the proposed answer go out.
pub(in crate::desk) async fn approve(sent: FromDesk) -> Result<Response, Error> {
    let errors = sent.form.errors();
    // The texts are read where it is carried out.
    let command = |_| Command::ApproveReply { texts: Vec::new(), has_head: true };
    sent.carry(Tab::Approval, errors, command).await
}

/// The head wants it written otherwise.
pub(in crate::desk) async fn send_for_rewriting(sent: FromDesk) -> Result<Response, Error> {
    let (form, mut errors) = (&sent.form, sent.form.errors());
    let reason = demand(form, &mut errors, "rewriting", "要怎样修改", REASON_MAX);
    let command = |_| Command::ReturnReply { reason, has_head: true };
    sent.carry(Tab::Rewriting, errors, command).await
}

/// Which buttons the form of an answer has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Answering {
    /// It may go out from here, at least to the requester alone.
    pub may_reply: bool,
    /// It is laid before the head, or may have to be.
    pub may_propose: bool,
    /// Only an answer for everybody is.
    pub is_public_only: bool,
}

impl Answering {
    pub fn of(seen: &Seen, offers: &Offers, policy: &Policy) -> Answering {
        let (case, rule) = (seen.case(), &policy.answering);
        let is_head = seen.hats.contains(&Hat::UnitHead);
        let always = rule.wants_second_look(case.restricted, false);
        let public = rule.wants_second_look(case.restricted, case.may_publish && !case.restricted);
        Answering {
            may_reply: offers.has(Act::Reply),
            may_propose: !is_head && (always || public) && offers.has(Act::ProposeReply),
            is_public_only: public && !always,
        }
    }

    pub fn is_open(self) -> bool {
        self.may_reply || self.may_propose
    }
}

/// A proposed answer, as the workbench shows it.
pub(super) struct Review {
    /// The line of the record that holds it.
    pub seq: u32,
    /// The viewer may let it go out.
    pub may_approve: bool,
    /// The viewer may want it otherwise: also when it can no longer go out as it is.
    pub may_return: bool,
    /// Why it cannot go out as it is; empty for whoever does not sign it.
    pub refusal: String,
    /// Who wrote it, and when.
    pub by: String,
    /// What came of it, and who shall read it.
    pub outcome: String,
    pub is_public: bool,
    /// The words, each stretch with the mark of what became of it since the draft before.
    pub words: Vec<(&'static str, String)>,
    /// There is a draft before it.
    pub is_changed: bool,
    pub public_title: String,
    pub public_body: String,
    pub plan: String,
    /// What those read whose cases came along; empty where they read the same.
    pub joined_words: String,
    pub review_on: String,
    pub photos: Vec<Photo>,
    pub papers: Vec<Paper>,
}

/// A draft of the answer that the unit owes now.
struct Draft<'a> {
    line: &'a Recorded,
    outcome: Outcome,
    visibility: Visibility,
    files: &'a [FileId],
    review_on: Option<Day>,
}

/// The drafts since the case came to this unit or was last answered, the newest first.
fn drafts(record: &[Recorded]) -> impl Iterator<Item = Draft<'_>> {
    let is_of_this_answer = |line: &&Recorded| {
        !matches!(
            line.event,
            Event::Replied { .. }
                | Event::Assigned { .. }
                | Event::Transferred { .. }
                | Event::Instructed { .. }
                | Event::SentBack { .. }
                | Event::TakenBack {}
        )
    };
    record.iter().rev().take_while(is_of_this_answer).filter_map(|line| match &line.event {
        Event::ReplyProposed { outcome, visibility, files, review_on } => {
            Some(Draft { line, outcome: *outcome, visibility: *visibility, files, review_on: *review_on })
        }
        _ => None,
    })
}

/// The answer that lies before the head of the unit, beside the draft before it.
pub(super) fn review(
    seen: &Seen,
    offers: &Offers,
    attached: &Attached<'_>,
    names: &BTreeMap<PersonId, String>,
    bench: &Bench<'_>,
) -> Option<Review> {
    let seq = seen.case().proposed.as_ref()?.seq;
    let mut drafts = drafts(&seen.loaded.record);
    let draft = drafts.find(|draft| draft.line.seq == seq)?;
    let before = drafts.next();
    let said = |line: &Recorded, kind| seen.texts.of(line.seq, kind).to_owned();
    let words = said(draft.line, TextKind::Words);
    let stretches = match &before {
        Some(before) => changes(&said(before.line, TextKind::Words), &words),
        None => vec![Change::Kept(words)],
    };
    let writer = match &draft.line.by {
        By::Staff { person, .. } => names.get(person).map_or("同事", String::as_str),
        _ => "",
    };
    let (photos, papers) = attached.shown(draft.files);
    let may_return = offers.has(Act::ReturnReply);
    let refusal = offers::refusal(seen, bench, Act::ApproveReply).filter(|_| may_return);
    Some(Review {
        seq,
        may_approve: offers.has(Act::ApproveReply),
        may_return,
        refusal: refusal.map_or_else(String::new, |refusal| refusal.sentence()),
        by: format!("{writer} {} 送审", say::moment(attached.now, draft.line.at)),
        outcome: say::outcome_of(bench.policy.law_of(seen.case()), draft.outcome).to_owned(),
        is_public: draft.visibility == Visibility::Public,
        words: stretches.into_iter().map(marked).collect(),
        is_changed: before.is_some(),
        public_title: said(draft.line, TextKind::PublicTitle),
        public_body: said(draft.line, TextKind::PublicBody),
        plan: said(draft.line, TextKind::Plan),
        joined_words: said(draft.line, TextKind::JoinedWords),
        review_on: draft.review_on.map(|day| say::day_long(attached.now, day)).unwrap_or_default(),
        photos,
        papers,
    })
}

fn marked(change: Change) -> (&'static str, String) {
    match change {
        Change::Kept(words) => ("", words),
        Change::Out(words) => ("out", words),
        Change::In(words) => ("in", words),
    }
}

/// Why the head wanted the last draft otherwise; empty when it was not returned, or a new one was written since.
pub(super) fn returned(record: &[Recorded], texts: &Texts) -> String {
    let is_turn = |line: &&Recorded| {
        matches!(line.event, Event::ReplyProposed { .. } | Event::ReplyReturned {} | Event::Replied { .. })
    };
    match record.iter().rev().find(is_turn) {
        Some(line) if matches!(line.event, Event::ReplyReturned {}) => {
            texts.of(line.seq, TextKind::Reason).to_owned()
        }
        _ => String::new(),
    }
}

/// The form of the answer with what the last draft said, to go on from there.
pub(super) fn refilled(seen: &Seen, attached: &Attached<'_>, form: Filled) -> Filled {
    let Some(draft) = drafts(&seen.loaded.record).next() else { return form };
    let said = |kind| seen.texts.of(draft.line.seq, kind);
    let outcome = OUTCOMES.into_iter().find(|(_, outcome)| *outcome == draft.outcome);
    let is_public = draft.visibility == Visibility::Public;
    let mut form = form
        .with_only("words", said(TextKind::Words))
        .with_only("outcome", outcome.map_or("", |(word, _)| word))
        .with_only("visibility", if is_public { "public" } else { "private" })
        .with_only("plan", said(TextKind::Plan))
        .with_only("joined_words", said(TextKind::JoinedWords))
        .with_only("review_on", draft.review_on.map(|day| day.to_string()).unwrap_or_default());
    if is_public {
        form = form
            .with_only("public_title", said(TextKind::PublicTitle))
            .with_only("public_body", said(TextKind::PublicBody));
    }
    let files = draft.files.iter().filter_map(|id| attached.files.get(id));
    files.fold(form, |form, file| form.with("file", Ticket::of(file).text(attached.keys)))
}
