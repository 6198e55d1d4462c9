//! What a change of a limit would do: for one made-up case, the promised instants before and after.

use huiyin_domain::calendar::{Calendar, Day, Instant, TimeOfDay};
use huiyin_domain::case::due::{CLOCKS, Circumstances, promise};
use huiyin_domain::case::{Clock, Promise, Route, Urgency};
use huiyin_domain::ids::KindId;
use huiyin_domain::policy::{Limit, Policy};
use huiyin_foundation::error::FieldErrors;
use huiyin_foundation::say;
use huiyin_foundation::web::{Choice, Filled, Form};

pub(super) const ROUTES: [(&str, Route); 3] =
    [("direct", Route::Direct), ("transfer", Route::Transfer), ("refer", Route::Refer)];
pub(super) const URGENCIES: [(&str, Urgency); 3] =
    [("normal", Urgency::Normal), ("urgent", Urgency::Urgent), ("critical", Urgency::Critical)];

/// One clock, before and after.
pub(super) struct Line {
    pub clock: &'static str,
    pub before: String,
    pub after: String,
    pub is_changed: bool,
}

/// The case that is tried.
pub(super) struct Example {
    kind: KindId,
    route: Route,
    urgency: Urgency,
    reopened: bool,
    from: Instant,
}

impl Example {
    /// What the form describes.
    pub fn read(form: &Form, policy: &Policy, limit: &Limit) -> Result<Example, FieldErrors> {
        let mut errors = FieldErrors::new();
        let kind = KindId(form.text("kind"));
        errors.expect(policy.kind(&kind).is_some(), "kind", "请选一个类型来试");
        let route = ROUTES.iter().find(|(word, _)| *word == form.text("route"));
        errors.expect(route.is_some(), "route", "请选一条路线来试");
        let urgency = URGENCIES.iter().find(|(word, _)| *word == form.text("urgency"));
        errors.expect(urgency.is_some(), "urgency", "请选一种缓急来试");
        let from = moment(&form.text("from"));
        errors.expect(from.is_some(), "from", "请按 2026-11-26T10:00 的样子写开始时间");
        match (route, urgency, from) {
            (Some((_, route)), Some((_, urgency)), Some(from)) if errors.is_empty() => {
                let reopened = limit.reopened;
                Ok(Example { kind, route: *route, urgency: *urgency, reopened, from })
            }
            _ => Err(errors),
        }
    }

    /// The promised instants under two policies.
    pub fn compare(&self, before: &Policy, after: &Policy, calendar: &Calendar, now: Instant) -> Vec<Line> {
        let at = |policy, clock| promise(policy, calendar, clock, &self.circumstances(clock));
        let line = |clock| {
            let (old, new) = (at(before, clock), at(after, clock));
            let is_changed =
                old.as_ref().map(|promise| promise.due) != new.as_ref().map(|promise| promise.due);
            Line { clock: say::clock(clock), before: said(now, old), after: said(now, new), is_changed }
        };
        CLOCKS.into_iter().map(line).collect()
    }

    fn circumstances(&self, clock: Clock) -> Circumstances<'_> {
        Circumstances {
            kind: &self.kind,
            category: None,
            urgency: self.urgency,
            // Before dispatch there is no route yet.
            route: (clock != Clock::Acknowledge).then_some(self.route),
            reopened: self.reopened,
            from: self.from,
        }
    }
}

/// The boxes of an example that this limit is about.
pub(super) fn filled(form: Filled, policy: &Policy, limit: &Limit, now: Instant) -> Filled {
    let kind = limit.kinds.first().or(policy.kinds.first().map(|kind| &kind.id));
    let route = limit.routes.first().copied().unwrap_or(Route::Transfer);
    let urgency = limit.urgencies.first().copied().unwrap_or(Urgency::Normal);
    let word = |known: &str| known.to_owned();
    form.with("kind", kind.map_or("", KindId::as_str))
        .with(
            "route",
            ROUTES.iter().find(|(_, known)| *known == route).map(|(w, _)| word(w)).unwrap_or_default(),
        )
        .with(
            "urgency",
            URGENCIES.iter().find(|(_, known)| *known == urgency).map(|(w, _)| word(w)).unwrap_or_default(),
        )
        .with("from", format!("{}T{}", now.day(), now.time_of_day()))
}

/// The choices of the example: kinds, routes, urgencies.
pub(super) fn choices(policy: &Policy) -> (Vec<Choice>, Vec<Choice>, Vec<Choice>) {
    (
        policy.kinds.iter().map(|kind| Choice::new(kind.id.as_str(), &kind.name)).collect(),
        ROUTES.iter().map(|(word, route)| Choice::new(*word, say::route(*route))).collect(),
        URGENCIES.iter().map(|(word, urgency)| Choice::new(*word, say::urgency(*urgency))).collect(),
    )
}

/// 2026-11-26T10:00, as a browser's box for day and time sends it.
fn moment(typed: &str) -> Option<Instant> {
    let (day, time) = typed.split_once(['T', ' '])?;
    let day: Day = day.trim().parse().ok()?;
    let time: TimeOfDay = time.trim().get(..5)?.parse().ok()?;
    Some(day.at(time))
}

fn said(now: Instant, promise: Option<Promise>) -> String {
    match promise {
        None => "没有时限".to_owned(),
        Some(promise) => {
            let mark = if promise.provisional { "（暂定）" } else { "" };
            format!("{} 前{mark}", say::moment_long(now, promise.due))
        }
    }
}
