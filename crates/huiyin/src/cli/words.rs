//! The words that options take, and what they stand for in the rules.

use clap::ValueEnum;
use huiyin_domain::case::{Route, Urgency};

/// The three routes as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum RouteWord {
    /// 直接办理
    Direct,
    /// 转办
    Transfer,
    /// 呈办
    Refer,
}

impl From<RouteWord> for Route {
    fn from(word: RouteWord) -> Route {
        match word {
            RouteWord::Direct => Route::Direct,
            RouteWord::Transfer => Route::Transfer,
            RouteWord::Refer => Route::Refer,
        }
    }
}

/// The three urgencies as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum UrgencyWord {
    /// 一般
    Normal,
    /// 加急
    Urgent,
    /// 特急
    Critical,
}

impl From<UrgencyWord> for Urgency {
    fn from(word: UrgencyWord) -> Urgency {
        match word {
            UrgencyWord::Normal => Urgency::Normal,
            UrgencyWord::Urgent => Urgency::Urgent,
            UrgencyWord::Critical => Urgency::Critical,
        }
    }
}
