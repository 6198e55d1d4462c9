//! Random schools and every kind of reader: nobody reads an example, a count or a name that comes from a case they may not
//! see, and nothing of fewer than three people (7.1).

use crate::insight::follow;
use crate::tests::{Shelved, hours_ago, put};
use huiyin_domain::access::Role;
use huiyin_foundation::db::DbError;
use huiyin_foundation::params;
use huiyin_foundation::testing::{Hand, TestApp};
use std::collections::BTreeSet;

const UNITS: [&str; 3] = ["logistics", "library", "teaching"];
const MATTERS: [&str; 3] = ["热水不热洗澡冷", "借书逾期罚款太高", "选课系统总是打不开"];
/// What stands in every title that this reader may not see, so that a name could be made of it.
const SECRETS: [&str; 3] = ["锅炉房", "馆员甲", "教务乙"];
const SCHOOLS: u64 = 6;
const CASES: usize = 45;

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n).unwrap()
    }
}

#[derive(Clone)]
struct Told {
    no: &'static str,
    unit: &'static str,
    person: usize,
    /// Stands in its title and, of its unit, nowhere else.
    secret: &'static str,
    may_stand: bool,
}

/// Cases of three matters by few people at three units, a third of them hidden from topics for one reason or another.
fn fill(app: &TestApp, dice: &mut Dice) -> Vec<Told> {
    let mut all = Vec::new();
    for at in 0..CASES {
        let (unit, person) = (dice.below(3), dice.below(9));
        let no: &'static str = format!("HY-20261101-{at:04}").leak();
        let requester: &'static str = format!("p-{person}").leak();
        let secret = SECRETS[unit];
        let title: &'static str = format!("{}，{secret}", MATTERS[dice.below(3)]).leak();
        let submitted_at = hours_ago(24 * 9 - at as i64 * 4);
        let shelved = Shelved { submitted_at, unit: Some(UNITS[unit]), ..Shelved::new(no, title) };
        Shelved { requester: Some(requester), ..shelved }.put(app);
        all.push(Told { no, unit: UNITS[unit], person, secret, may_stand: true });
    }
    all
}

/// Hides some of them after they were grouped.
fn hide(app: &TestApp, all: &mut [Told], dice: &mut Dice) {
    for told in all {
        let sql = match dice.below(12) {
            0 => "update cases set restricted = 1 where case_no = $1",
            1 => "update cases set identity = 'sealed' where case_no = $1",
            2 => "update cases set recused = 'library' where case_no = $1",
            3 => "update cases set stage = 'withdrawn' where case_no = $1",
            4 => "update cases set removed = 'words' where case_no = $1",
            _ => continue,
        };
        told.may_stand = false;
        put(app, sql, params![told.no].to_vec());
    }
}

fn topics(app: &TestApp) -> Vec<(String, Vec<String>)> {
    let rows = app
        .db
        .read_now::<_, DbError>(|tx| {
            tx.query_map(
                "select topic, case_no from insight_members where topic <> '' order by topic",
                params![],
                |row| Ok((row.text("topic")?, row.text("case_no")?)),
            )
        })
        .unwrap();
    let mut topics: Vec<(String, Vec<String>)> = Vec::new();
    for (topic, no) in rows {
        match topics.last_mut().filter(|last| last.0 == topic) {
            Some(last) => last.1.push(no),
            None => topics.push((topic, vec![no])),
        }
    }
    topics
}

/// Reads a page as somebody and compares it with what they may see.
fn compare(html: &str, text: &str, all: &[Told], seen: &[&Told], who: &str) {
    for told in all.iter().filter(|told| !seen.iter().any(|one| one.no == told.no)) {
        assert!(!html.contains(told.no), "{who} reads {}", told.no);
    }
    let secrets: BTreeSet<&str> = seen.iter().map(|told| told.secret).collect();
    for secret in SECRETS.iter().filter(|secret| !secrets.contains(**secret)) {
        assert!(!html.contains(secret), "{who} reads a word of cases that are not theirs: {text}");
    }
}

#[tokio::test]
async fn nobody_reads_anything_that_comes_from_a_case_they_may_not_see() {
    let mut read = 0;
    for seed in 0..SCHOOLS {
        let app = TestApp::new(crate::routes());
        let mut dice = Dice(seed + 7);
        let mut all = fill(&app, &mut dice);
        follow(&app.app()).await.unwrap();
        hide(&app, &mut all, &mut dice);
        let topics = topics(&app);
        let readers: [(Hand<'_>, &[&str]); 5] = [
            (app.clerk(), &UNITS),
            (app.holder(Role::Supervisor), &UNITS),
            (app.leader("president"), &UNITS),
            (app.leader("deputy-services"), &["logistics"]),
            (app.leader("deputy-teaching"), &["teaching", "library"]),
        ];
        let policy = &app.policy_in_force().policy;
        for (reader, mostly) in readers {
            let who = reader.id().to_string();
            let post = who.strip_prefix("p-leader-").unwrap_or_default().to_owned();
            let leads = |unit: &str| {
                mostly.len() == UNITS.len()
                    || policy.leader_of(&unit.into()).is_some_and(|leader| leader.id == post)
            };
            for (topic, members) in &topics {
                let seen: Vec<&Told> = all
                    .iter()
                    .filter(|told| {
                        told.may_stand && leads(told.unit) && members.iter().any(|no| no == told.no)
                    })
                    .collect();
                let people: BTreeSet<usize> = seen.iter().map(|told| told.person).collect();
                let page = reader.get(&format!("/staff/topics/{topic}")).await;
                if people.len() < 3 {
                    page.is(404);
                    continue;
                }
                page.is(200).says(&format!("{} 人， {} 件", people.len(), seen.len()));
                compare(&page.html(), &page.text(), &all, &seen, &who);
                read += 1;
            }
            let lists = ["/staff/warnings", "/leader/data"];
            for list in lists {
                let page = reader.get(list).await;
                if page.status == 200 {
                    let theirs: Vec<&Told> =
                        all.iter().filter(|told| told.may_stand && leads(told.unit)).collect();
                    compare(&page.html(), &page.text(), &all, &theirs, &who);
                }
            }
        }
    }
    assert!(read > 20, "only {read} topics were read");
}
