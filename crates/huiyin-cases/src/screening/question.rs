//! What a list asks: one of six questions, its numbers, and what it is narrowed to. Told in words on its page, to the last
//! number.

use crate::dossier::{category_name, kind_of, unit_name};
use huiyin_domain::ids::{CategoryId, KindId, PlaceId, UnitId};
use huiyin_domain::policy::Policy;
use serde::{Deserialize, Serialize};

/// Which question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// 挂账
    Shelved,
    /// 反复
    Repeated,
    /// 集中
    Concentrated,
    /// 难办
    Hard,
    /// 重办
    Reopened,
    /// 两次退回
    Bounced,
}

/// A number of a question: how it is called on the form, what may be typed, and what stands there first.
pub(super) struct Number {
    pub field: &'static str,
    pub words: &'static str,
    pub least: u16,
    pub most: u16,
    pub first: u16,
}

const DAYS: Number =
    Number { field: "days", words: "看近多少天提交的", least: 7, most: 366, first: 90 };
/// A year back is enough for what still troubles anybody; more would make the nightly round long.
const TROUBLED_DAYS: Number = Number { first: 180, ..DAYS };

impl Kind {
    /// All of them, in the order in which the pages show them.
    pub const ALL: [Kind; 6] =
        [Kind::Shelved, Kind::Repeated, Kind::Concentrated, Kind::Hard, Kind::Reopened, Kind::Bounced];

    /// The stored word, which is also the id of the list that comes ready.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Shelved => "shelved",
            Kind::Repeated => "repeated",
            Kind::Concentrated => "concentrated",
            Kind::Hard => "hard",
            Kind::Reopened => "reopened",
            Kind::Bounced => "bounced",
        }
    }

    /// The kind of a stored word.
    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// How it is called.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Shelved => "挂账和久拖",
            Kind::Repeated => "反复反映",
            Kind::Concentrated => "集中反映",
            Kind::Hard => "难办",
            Kind::Reopened => "重办",
            Kind::Bounced => "两次退回",
        }
    }

    /// Its numbers: within how many days, how many at least, and one more where there is one.
    pub fn numbers(self) -> Vec<Number> {
        let at_least = |words, least, most, first| Number { field: "at_least", words, least, most, first };
        match self {
            Kind::Shelved => vec![at_least("提交满多少天还没答复也算", 1, 366, 30)],
            Kind::Repeated => vec![DAYS, at_least("前一件答复以后多少天内又提", 1, 366, 60)],
            Kind::Concentrated => vec![Number { first: 14, ..DAYS }, at_least("多少人及以上", 2, 1000, 5)],
            Kind::Hard => vec![
                TROUBLED_DAYS,
                at_least("占几项及以上", 1, 6, 2),
                Number {
                    field: "second", words: "超期几次及以上算一项", least: 1, most: 20, first: 2
                },
            ],
            Kind::Reopened => vec![TROUBLED_DAYS, at_least("办到第几轮及以上", 2, 20, 2)],
            Kind::Bounced => vec![TROUBLED_DAYS, at_least("退回几次及以上", 1, 20, 2)],
        }
    }
}

/// A question with its numbers, narrowed to a unit, a kind of case, a category or a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Question {
    pub kind: Kind,
    /// Of cases that came in within so many days; not asked where it is about what is still open.
    pub days: u16,
    /// How many at least, of what the kind counts.
    pub at_least: u16,
    /// The second number of the kind, if it has one.
    pub second: u16,
    #[serde(default)]
    pub unit: Option<UnitId>,
    #[serde(default)]
    pub of_kind: Option<KindId>,
    #[serde(default)]
    pub category: Option<CategoryId>,
    #[serde(default)]
    pub place: Option<PlaceId>,
}

impl Question {
    /// As it comes ready.
    pub fn ready(kind: Kind) -> Question {
        let first = |field| kind.numbers().into_iter().find(|number| number.field == field);
        let of = |field| first(field).map_or(0, |number| number.first);
        Question {
            kind,
            days: of("days"),
            at_least: of("at_least"),
            second: of("second"),
            unit: None,
            of_kind: None,
            category: None,
            place: None,
        }
    }

    /// The number of this field.
    pub fn number(&self, field: &str) -> u16 {
        match field {
            "days" => self.days,
            "at_least" => self.at_least,
            _ => self.second,
        }
    }

    /// Of how many days the earlier case of a repeated one may be.
    pub fn days_before(&self) -> u16 {
        self.days.saturating_add(self.at_least.saturating_mul(2))
    }

    /// The exact definition, as its page says it.
    pub fn definition(&self, policy: &Policy) -> String {
        let Question { days, at_least, second, .. } = *self;
        let lately = format!("近 {days} 天提交、没有撤回、不予受理或并案的件里，");
        let asked = match self.kind {
            Kind::Shelved => {
                format!("已挂账还没销账的件，和提交满 {at_least} 天还没答复的件，不论什么时候提交。")
            }
            Kind::Repeated => format!(
                "{lately}同一位实名反映人、同一类别，前一件答复以后 {at_least} 天内又提的；或者同一类别、同一楼同一房间，前一件\
                 答复以后 {at_least} 天内又有人提的。前一件要在近 {} 天内提交；保密和匿名的不按人比。",
                self.days_before()
            ),
            Kind::Concentrated => format!(
                "{lately}同一类别、同一地点有 {at_least} 人及以上反映的。保密、匿名和代为登记的认不出是不是同一个人，每件算一人。"
            ),
            Kind::Hard => format!(
                "{lately}下面六项里占 {at_least} 项及以上的：本轮延过期、呈报过校领导、校领导有批示在办、超期 {second} 次及以上、\
                 正在挂账、重办过。"
            ),
            Kind::Reopened => format!("{lately}办到第 {at_least} 轮及以上的。"),
            Kind::Bounced => format!("{lately}被单位退回 {at_least} 次及以上的。"),
        };
        let narrowed = self.narrowed(policy);
        if narrowed.is_empty() { asked } else { format!("{asked}只看{}。", narrowed.join("、")) }
    }

    /// What it is narrowed to, in words.
    fn narrowed(&self, policy: &Policy) -> Vec<String> {
        let unit = self.unit.as_ref().map(|unit| unit_name(policy, unit));
        let kind = self.of_kind.as_ref().map(|kind| kind_of(policy, kind).0);
        let category = self.category.as_ref().map(|id| category_name(policy, Some(id)));
        let place = self
            .place
            .as_ref()
            .map(|id| policy.place(id).map_or_else(|| id.to_string(), |place| place.name.clone()));
        [unit, kind, category, place].into_iter().flatten().map(|name| format!("“{name}”")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_that_comes_ready_stands_within_its_own_limits_and_says_its_numbers() {
        let policy = huiyin_domain::shipped::preset("campus").unwrap();
        for kind in Kind::ALL {
            assert_eq!(Kind::from_word(kind.word()), Some(kind));
            let question = Question::ready(kind);
            let said = question.definition(&policy);
            for number in kind.numbers() {
                let of = question.number(number.field);
                assert!((number.least..=number.most).contains(&of), "{kind:?} {}", number.field);
                assert!(said.contains(&format!(" {of} ")), "{kind:?} does not say {of}: {said}");
            }
            let stored = serde_json::to_string(&question).unwrap();
            assert_eq!(serde_json::from_str::<Question>(&stored).unwrap(), question);
        }
    }

    #[test]
    fn what_a_list_is_narrowed_to_is_part_of_its_definition() {
        let policy = huiyin_domain::shipped::preset("campus").unwrap();
        let unit = policy.units[0].clone();
        let question = Question { unit: Some(unit.id), ..Question::ready(Kind::Hard) };
        assert!(question.definition(&policy).ends_with(&format!("只看“{}”。", unit.name)));
    }
}
