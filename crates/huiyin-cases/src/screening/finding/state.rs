//! How far a finding has come, and which step may follow.

use huiyin_foundation::say::Tag;

/// How far a finding has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::screening) enum State {
    /// With the unit, to be checked.
    Asked,
    /// The unit says that it is so.
    Verified,
    /// The unit says that it is not so.
    NotSo,
    /// With the unit, to be put right.
    Ordered,
    /// The unit says that it is put right.
    Reported,
    /// Nothing more comes of it.
    Closed,
}

impl State {
    /// All of them, in their order.
    pub const ALL: [State; 6] =
        [State::Asked, State::Verified, State::NotSo, State::Ordered, State::Reported, State::Closed];

    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            State::Asked => "asked",
            State::Verified => "verified",
            State::NotSo => "not_so",
            State::Ordered => "ordered",
            State::Reported => "reported",
            State::Closed => "closed",
        }
    }

    /// The state of a stored word.
    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether the unit is to do something by a day.
    pub fn is_with_the_unit(self) -> bool {
        matches!(self, State::Asked | State::Ordered)
    }

    /// As a tag.
    pub fn tag(self) -> Tag {
        let (word, class, icon) = match self {
            State::Asked => ("核实中", "info", "search"),
            State::Verified => ("属实，待定整改", "warn", "circle-alert"),
            State::NotSo => ("单位说不属实", "warn", "circle-help"),
            State::Ordered => ("整改中", "info", "wrench"),
            State::Reported => ("报告改好，待验收", "warn", "clipboard-list"),
            State::Closed => ("已了结", "ok", "check"),
        };
        Tag { word, class, icon }
    }
}

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::screening) enum Step {
    /// The office gives it to the unit to check.
    Ask,
    /// The unit: it is so.
    Verify,
    /// The unit: it is not so.
    Deny,
    /// The office orders it put right; said again, it is to be put right anew, or by another day.
    Order,
    /// The unit: it is put right.
    Report,
    /// The office: enough.
    Close,
}

impl Step {
    /// All of them.
    pub const ALL: [Step; 6] = [Step::Ask, Step::Verify, Step::Deny, Step::Order, Step::Report, Step::Close];

    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Step::Ask => "ask",
            Step::Verify => "verify",
            Step::Deny => "deny",
            Step::Order => "order",
            Step::Report => "report",
            Step::Close => "close",
        }
    }

    /// The step of a stored word.
    pub fn from_word(word: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.word() == word)
    }

    /// Whether the office does it, and not the unit.
    pub fn is_of_the_office(self) -> bool {
        matches!(self, Step::Ask | Step::Order | Step::Close)
    }

    /// What was done, in words.
    pub fn did(self) -> &'static str {
        match self {
            Step::Ask => "交单位核实",
            Step::Verify => "核实：属实",
            Step::Deny => "核实：不属实",
            Step::Order => "要求整改",
            Step::Report => "报告已改好",
            Step::Close => "了结",
        }
    }
}

/// The state after a step; nothing where the step may not follow. `None` is a case about which nothing is open.
pub(in crate::screening) fn after(state: Option<State>, step: Step) -> Option<State> {
    match (state, step) {
        (None, Step::Ask) => Some(State::Asked),
        (Some(State::Asked), Step::Verify) => Some(State::Verified),
        (Some(State::Asked), Step::Deny) => Some(State::NotSo),
        (Some(State::Verified | State::NotSo | State::Ordered | State::Reported), Step::Order) => {
            Some(State::Ordered)
        }
        (Some(State::Ordered), Step::Report) => Some(State::Reported),
        (Some(state), Step::Close) if state != State::Closed => Some(State::Closed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_and_nothing_follows_what_is_closed() {
        for state in State::ALL {
            assert_eq!(State::from_word(state.word()), Some(state));
            assert!(state == State::Closed || after(Some(state), Step::Close) == Some(State::Closed));
        }
        for step in Step::ALL {
            assert_eq!(Step::from_word(step.word()), Some(step));
            assert_eq!(after(Some(State::Closed), step), None);
            assert_eq!(after(None, step).is_some(), step == Step::Ask);
        }
    }

    #[test]
    fn a_unit_only_acts_while_it_is_with_the_unit() {
        for state in State::ALL {
            let acts = Step::ALL.into_iter().filter(|step| !step.is_of_the_office());
            let may = acts.filter(|step| after(Some(state), *step).is_some()).count();
            assert_eq!(may > 0, state.is_with_the_unit(), "{state:?}");
        }
    }
}
