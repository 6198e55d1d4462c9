//! The first line of a record: a case that has only just come in.

use crate::case::Stage;
use crate::case::event::Event;
use crate::case::record::Recorded;
use crate::case::standing::{Case, FieldWork, Round};

/// A record begins with a submission.
pub(super) fn begin(line: &Recorded) -> Option<Case> {
    let Event::Submitted {
        kind,
        category,
        place,
        identity,
        channel,
        urgency,
        restricted,
        may_publish,
        files,
        promises,
        about,
        split_since,
        ..
    } = &line.event
    else {
        return None;
    };
    Some(Case {
        kind: kind.clone(),
        category: category.clone(),
        place: place.clone(),
        identity: *identity,
        channel: channel.clone(),
        urgency: *urgency,
        restricted: *restricted,
        may_publish: *may_publish,
        stage: Stage::Submitted,
        route: None,
        unit: None,
        assisting: Vec::new(),
        assistance: Vec::new(),
        is_forced: false,
        recused: about.clone(),
        recused_as_heirs: Vec::new(),
        recused_with_lead: Vec::new(),
        merged: None,
        joined: Vec::new(),
        leader: None,
        awaits_instruction: false,
        is_instructed: false,
        instructed_unit: None,
        is_key: false,
        officer: None,
        submitted_at: line.at,
        matter_since: split_since.unwrap_or(line.at),
        accepted_at: None,
        assigned_at: None,
        signed_at: None,
        extensions: 0,
        extension_asked: None,
        undecided_miss: None,
        asked_at: None,
        shelved: None,
        field: FieldWork::default(),
        cosigners: Vec::new(),
        is_filed: None,
        proposed: None,
        complained_at: None,
        complaint: None,
        is_protected_by_lead: false,
        leak: None,
        rounds: vec![Round { promises: promises.clone(), ..Round::default() }],
        reminded: Vec::new(),
        missed: Vec::new(),
        supervised: None,
        send_backs: 0,
        urges: 0,
        urged_at: None,
        is_published: false,
        files: files.clone(),
        ended_at: None,
        removed: None,
        last_seq: line.seq,
        last_at: line.at,
    })
}
