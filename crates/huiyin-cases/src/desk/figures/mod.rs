//! How the unit keeps its promises (H11): in time or not, how fast the first word comes, what came in and went out by
//! week, what requesters say. Every share says of how many; a small sample is called one. Counts come from the counts that
//! are kept as events are written; nothing is compared with other units here.

mod bars;
mod queries;

use super::seat::{self, Seat};
use super::view::Asked;
use crate::cases::log::Standing;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use bars::Bars;
use huiyin_domain::case::Measure;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};
use queries::Counted;

/// How many weeks can be looked back on.
const SPANS_WEEKS: [u32; 3] = [4, 12, 26];

/// A share of a whole, with its words.
pub(super) struct Share {
    words: &'static str,
    part: u64,
    whole: u64,
}

impl Share {
    fn percent(&self) -> String {
        match (self.part * 1000 + self.whole / 2).checked_div(self.whole) {
            Some(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
            None => "—".into(),
        }
    }
}

#[derive(Template)]
#[template(path = "desk/figures/page.html")]
struct Figures {
    page: Page,
    seat: Seat,
    weeks: u32,
    assigned: u64,
    replied: u64,
    on_time: Share,
    /// How many of those in time needed an extension (4.4).
    extended: u64,
    first_on_time: Share,
    middle_hours: String,
    slow_hours: String,
    first_words: u64,
    bars: Bars,
    solved: Vec<Share>,
    satisfied: Vec<Share>,
    rated: u64,
    again: u64,
    sent_back: u64,
    missed: u64,
    sample_min: u64,
}

impl Figures {
    fn is_small(&self, of: &u64) -> bool {
        *of > 0 && *of < self.sample_min
    }

    /// 「25 件到期：按期 23 件（其中延期 5 件），超期 2 件」
    fn due(&self) -> String {
        let Share { part, whole, .. } = self.on_time;
        let extended = if self.extended > 0 {
            format!("（其中延期 {} 件）", self.extended)
        } else {
            String::new()
        };
        format!("{whole} 件到期：按期 {part} 件{extended}，超期 {} 件", whole - part)
    }

    fn spans(&self) -> [u32; 3] {
        SPANS_WEEKS
    }
}

/// The figures of a unit.
pub(super) async fn page(
    State(app): State<App>,
    Path(unit): Path<String>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    let standing = Standing::of(&app);
    let chosen: Option<u32> = asked.get("weeks").and_then(|weeks| weeks.parse().ok());
    let weeks = chosen.filter(|weeks| SPANS_WEEKS.contains(weeks)).unwrap_or(12);
    let mondays = bars::mondays(standing.now, weeks);
    let loaded = {
        let (seat, standing, visitor) = (seat.clone(), standing.clone(), page.visitor.clone());
        let since = mondays[0];
        app.db.read(move |tx| {
            let side = seat::side(tx, &standing.policy.policy, standing.now, &visitor, &seat.unit)?;
            let counted = queries::counted(tx, &seat.unit, since)?;
            let took = queries::first_reply_ms(tx, &seat.unit, since.start())?;
            Ok::<_, Error>((counted, took, side))
        })
    };
    let (counted, took, side) = loaded.await?;
    let sum = |measure: Measure| counted.iter().map(|one| one.of(measure)).sum::<u64>();
    let share = |words, part, whole| Share { words, part: sum(part), whole: sum(whole) };
    // Of what was promised: what came late or never is in the whole.
    let kept = |words, kept, missed| Share { words, part: sum(kept), whole: sum(kept) + sum(missed) };
    let extended = sum(Measure::RepliedInExtendedTime);
    let in_time = sum(Measure::RepliedInTime) + extended;
    html(Figures {
        weeks,
        assigned: sum(Measure::Assigned),
        replied: sum(Measure::Replied),
        on_time: Share { words: "按期答复", part: in_time, whole: in_time + sum(Measure::ResultMissed) },
        extended,
        first_on_time: kept("按时首次回应", Measure::FirstRepliedInTime, Measure::FirstReplyMissed),
        middle_hours: hours_at(&took, 50),
        slow_hours: hours_at(&took, 90),
        first_words: took.len() as u64,
        bars: Bars::of(&mondays, &counted),
        solved: vec![
            share("解决了", Measure::Solved, Measure::Rated),
            share("部分解决", Measure::PartlySolved, Measure::Rated),
            share("没解决", Measure::Unsolved, Measure::Rated),
        ],
        satisfied: vec![
            share("满意", Measure::Satisfied, Measure::Rated),
            share("基本满意", Measure::FairlySatisfied, Measure::Rated),
            share("不满意", Measure::Dissatisfied, Measure::Rated),
        ],
        rated: sum(Measure::Rated),
        again: sum(Measure::Reopened),
        sent_back: sum(Measure::SentBack),
        missed: sum(Measure::Missed),
        sample_min: u64::from(standing.policy.policy.board.sample_min),
        page: page.titled("办理统计").beside(side),
        seat,
    })
}

impl Counted {
    fn of(&self, measure: Measure) -> u64 {
        if self.measure == measure.word() { self.n } else { 0 }
    }
}

/// The time within which so many percent were answered, in hours with one decimal; the list is ascending.
fn hours_at(took_ms: &[i64], percent: usize) -> String {
    let place = (took_ms.len() * percent).div_ceil(100).max(1) - 1;
    match took_ms.get(place) {
        Some(ms) => {
            let tenths = (ms.max(&0) + 180_000) / 360_000;
            format!("{}.{}", tenths / 10, tenths % 10)
        }
        None => "—".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::hours_at;

    #[test]
    fn a_percentile_is_a_value_that_occurred() {
        const HOUR: i64 = 3_600_000;
        let took: Vec<i64> = (1..=10).map(|hours| hours * HOUR).collect();
        assert_eq!((hours_at(&took, 50).as_str(), hours_at(&took, 90).as_str()), ("5.0", "9.0"));
        assert_eq!(hours_at(&[HOUR / 2], 90), "0.5");
        assert_eq!(hours_at(&[], 50), "—");
    }
}
