//! The values that components read: a choice, a tab, a photo, the pages of a list.

/// One choice of a select, of options or of chips.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub words: String,
    /// A line below; may be empty.
    pub hint: String,
    /// An icon of the sprite; may be empty.
    pub icon: String,
}

impl Choice {
    /// A choice of value and words.
    pub fn new(value: impl Into<String>, words: impl Into<String>) -> Choice {
        Choice { value: value.into(), words: words.into(), ..Choice::default() }
    }

    /// The same with a line below.
    pub fn hinting(self, hint: impl Into<String>) -> Choice {
        Choice { hint: hint.into(), ..self }
    }

    /// The same with an icon.
    pub fn drawn(self, icon: impl Into<String>) -> Choice {
        Choice { icon: icon.into(), ..self }
    }
}

/// Choices that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChoiceGroup {
    /// What they have in common; empty where there is one group only.
    pub title: String,
    /// The choices.
    pub choices: Vec<Choice>,
}

impl ChoiceGroup {
    /// Choices without a title.
    pub fn plain(choices: Vec<Choice>) -> ChoiceGroup {
        ChoiceGroup { title: String::new(), choices }
    }
}

/// One view of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub words: String,
    /// How many are in it.
    pub count: Option<u64>,
    /// `mute`, `warn` or `bad`.
    pub tone: &'static str,
    /// Whether this is the one shown.
    pub is_current: bool,
}

/// A photo as a list shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Photo {
    /// The whole picture.
    pub href: String,
    /// The small one.
    pub thumbnail: String,
    /// What it shows, in words.
    pub alt: String,
}

/// The pages of a long list; the filter stays in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// How many there are in all.
    pub total: u64,
    /// Which page is shown, from 1.
    pub number: u64,
    /// The last page.
    pub last: u64,
    base: String,
}

impl Pages {
    /// Page `number` of a list of `total` with `size` on a page; `base` is path and query without `page=`.
    pub fn new(total: u64, number: u64, size: u64, base: impl Into<String>) -> Pages {
        let last = total.div_ceil(size.max(1)).max(1);
        Pages { total, number: number.clamp(1, last), last, base: base.into() }
    }

    /// How many come before the first of this page.
    pub fn offset(&self, size: u64) -> u64 {
        (self.number - 1) * size
    }

    /// The page before.
    pub fn previous(&self) -> Option<String> {
        (self.number > 1).then(|| self.href(self.number - 1))
    }

    /// The page after.
    pub fn next(&self) -> Option<String> {
        (self.number < self.last).then(|| self.href(self.number + 1))
    }

    fn href(&self, number: u64) -> String {
        let joint = if self.base.contains('?') { '&' } else { '?' };
        format!("{}{joint}page={number}", self.base)
    }
}

/// A share in whole percent, never beyond 0 to 100; of nothing it is 0.
pub fn percent_of(part: impl Figure, whole: impl Figure) -> i64 {
    let (part, whole) = (part.figure(), whole.figure());
    if whole <= 0 { 0 } else { (part.max(0) * 100 / whole).min(100) }
}

/// A whole number of any width, as templates pass them.
pub trait Figure {
    /// The number.
    fn figure(&self) -> i64;
}

macro_rules! figures {
    ($($number:ty),*) => {$(
        impl Figure for $number {
            fn figure(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )*};
}
figures!(i32, i64, u32, u64, usize);

impl<T: Figure> Figure for &T {
    fn figure(&self) -> i64 {
        (**self).figure()
    }
}
