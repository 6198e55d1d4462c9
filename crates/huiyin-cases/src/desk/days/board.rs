//! The days of a board, its numbers, and the chart of them drawn as SVG by the server.

use super::queries::Moment;
use huiyin_domain::calendar::{Calendar, Day, Instant};
use huiyin_foundation::say;

const DAY_MS: i64 = 86_400_000;
/// So many working days are shown.
const SHOWN: usize = 20;
/// A long holiday is not looked behind.
const LOOKED_MAX: i64 = 60;
const WIDTH: usize = 720;
const HEIGHT: usize = 150;

/// The last working days, the oldest first; today is among them even when it is none.
pub(super) fn days(calendar: &Calendar, now: Instant) -> Vec<Day> {
    let back = (0..LOOKED_MAX).map(|back| now.day().start().plus_ms(-back * DAY_MS).day());
    let mut days: Vec<Day> =
        back.filter(|day| *day == now.day() || calendar.is_working_day(*day)).take(SHOWN).collect();
    days.reverse();
    days
}

/// One of the three numbers of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heap {
    /// 交来
    Came,
    /// 答复
    Answered,
    /// 结余: owed when the day ended.
    Left,
}

impl Heap {
    pub const ALL: [Heap; 3] = [Heap::Came, Heap::Answered, Heap::Left];

    pub fn word(self) -> &'static str {
        match self {
            Heap::Came => "came",
            Heap::Answered => "answered",
            Heap::Left => "left",
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Heap::Came => "交来的",
            Heap::Answered => "答复的",
            Heap::Left => "结余的",
        }
    }

    pub fn from_word(word: &str) -> Option<Heap> {
        Heap::ALL.into_iter().find(|heap| heap.word() == word)
    }

    /// Whether a case is counted in it on this day.
    pub fn holds(self, moment: &Moment, day: Day) -> bool {
        let end = day.next().start();
        match self {
            Heap::Came => moment.came.day() == day,
            Heap::Answered => moment.answered.is_some_and(|at| at.day() == day),
            Heap::Left => {
                let is_over = |at: Option<Instant>| at.is_some_and(|at| at < end);
                moment.came < end && !is_over(moment.answered) && !is_over(moment.ended)
            }
        }
    }
}

/// A day of the board.
pub(super) struct Line {
    /// In the address.
    pub day: String,
    /// 11 月 24 日（周二）
    pub words: String,
    /// 11-24
    pub label: String,
    /// Came, answered, left over.
    pub numbers: [usize; 3],
    x: usize,
    width: usize,
    highest: usize,
}

/// The whole board, the oldest day first.
pub(super) struct Board {
    pub lines: Vec<Line>,
    /// What it shows, in one sentence.
    pub finding: String,
}

impl Board {
    pub fn of(days: &[Day], moments: &[Moment], now: Instant) -> Board {
        let numbers = |day: &Day| {
            Heap::ALL.map(|heap| moments.iter().filter(|moment| heap.holds(moment, *day)).count())
        };
        let counted: Vec<[usize; 3]> = days.iter().map(numbers).collect();
        let highest = counted.iter().flatten().copied().max().unwrap_or(0).max(1);
        let step = WIDTH / days.len().max(1);
        let width = (step / 4).max(2);
        let line = |(place, (day, numbers)): (usize, (&Day, &[usize; 3]))| Line {
            day: day.to_string(),
            words: say::day_long(now, *day),
            label: format!("{:02}-{:02}", day.0.month(), day.0.day()),
            numbers: *numbers,
            x: place * step + (step - 3 * width) / 2,
            width,
            highest,
        };
        let clear = counted.iter().filter(|numbers| numbers[2] == 0).count();
        let finding = match counted.last() {
            Some([_, _, 0]) => format!("今天清零；这 {} 天里 {clear} 天清零", days.len()),
            Some([_, _, left]) => format!("现在结余 {left} 件；这 {} 天里 {clear} 天清零", days.len()),
            None => String::new(),
        };
        Board { lines: days.iter().zip(&counted).enumerate().map(line).collect(), finding }
    }

    /// The table reads from today backwards.
    pub fn newest_first(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().rev()
    }
}

impl Line {
    /// The rectangles of the day: class, x, y, width, height.
    pub fn boxes(&self) -> Vec<(&'static str, usize, usize, usize, usize)> {
        let of = |(place, (heap, n)): (usize, (Heap, usize))| {
            let height = n * HEIGHT / self.highest;
            (heap.word(), self.x + place * self.width, HEIGHT - height + 20, self.width, height)
        };
        Heap::ALL.into_iter().zip(self.numbers).enumerate().map(of).collect()
    }

    /// Where its label stands.
    pub fn middle(&self) -> usize {
        self.x + self.width * 3 / 2
    }

    /// Its numbers with the words of their addresses.
    pub fn heaps(&self) -> Vec<(&'static str, &'static str, usize)> {
        Heap::ALL.into_iter().zip(self.numbers).map(|(heap, n)| (heap.word(), heap.words(), n)).collect()
    }
}
