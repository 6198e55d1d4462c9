//! Words and model held against titles and messages with known answers, where the folder with them stands beside the project.

use super::super::history::{Lesson, Marked};
use super::super::known::Known;
use super::super::propose::{hints, weighed};
use super::super::start::{Sentence, sentences};
use super::super::teach::teach;
use flate2::read::GzDecoder;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::CategoryId;
use huiyin_domain::policy::{Category, Policy};
use huiyin_domain::shipped;
use huiyin_text::classify::Text;
use huiyin_text::{cut, fold};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

/// A file of that folder as lines without the header; none, with a line that says so, where the folder is missing.
fn beside(name: &str) -> Option<Vec<Vec<String>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3)?.join("shared");
    let folder = std::env::var_os("HUIYIN_SHARED").map_or(folder, PathBuf::from).join("data");
    let Ok(file) = std::fs::File::open(folder.join(name)) else {
        println!("skipped: no data/{name} beside this repository (HUIYIN_SHARED names the folder)");
        return None;
    };
    let mut text = String::new();
    let read = if name.ends_with(".gz") {
        GzDecoder::new(file).read_to_string(&mut text)
    } else {
        { file }.read_to_string(&mut text)
    };
    read.expect("a table of texts");
    Some(text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

fn campus() -> Policy {
    shipped::preset("campus").expect("it is shipped")
}

/// A model of these, under number 1.
pub(super) fn taught(start: &[Sentence], history: &[Lesson]) -> Known {
    let taught = teach(start, history, None).expect("more than one category");
    Known { version: 1, told: taught.told, model: taught.model, in_place_of: None }
}

// 3.1: the titles were written to try the catalogue, so its words have an easy time here; the start must take nothing away.
#[test]
fn the_start_takes_no_sample_title_away_from_the_words_of_the_catalogue() {
    let Some(samples) = beside("sample-appeals.tsv") else { return };
    let policy = campus();
    let known = taught(&sentences(&policy), &[]);
    let found = |known: Option<&Known>| {
        let (mut first, mut three, mut asked) = (0, 0, 0);
        for cells in &samples {
            let kind = policy.kinds.iter().find(|kind| kind.name == cells[1]).expect("a kind");
            let unit = policy.units.iter().find(|unit| unit.name == cells[4]).expect("a unit");
            if kind.restricted {
                continue;
            }
            let best = hints(&policy, known, &kind.id, &cells[3], "").best;
            asked += 1;
            first += usize::from(best.first().is_some_and(|hint| hint.unit.as_ref() == Some(&unit.id)));
            three += usize::from(best.iter().any(|hint| hint.unit.as_ref() == Some(&unit.id)));
        }
        (first, three, asked)
    };
    let (words, both) = (found(None), found(Some(&known)));
    println!("unit first, among three, of: words alone {words:?}, with the start {both:?}");
    assert!(both.0 >= words.0 && both.1 > words.1, "words alone {words:?}, with the start {both:?}");
}

/// A catalogue of seven public departments whose words are those of their published classification, and messages to them in
/// an order drawn once.
fn public() -> Option<(Policy, Vec<Lesson>)> {
    let (tree, messages) = (beside("label_tree.tsv.gz")?, beside("appeals_train.tsv.gz")?);
    let mut policy = campus();
    let like =
        policy.categories.iter().find(|known| known.kinds.is_empty()).expect("one for all kinds").clone();
    let running = messages.into_iter().filter(|cells| cells[2] == "raw");
    let mut messages: Vec<Lesson> = running
        .map(|cells| Lesson {
            marked: Marked {
                at: Instant(0),
                no: cells[0].as_str().into(),
                category: cells[1].as_str().into(),
            },
            title: cells[4].clone(),
            body: cells[5].clone(),
        })
        .collect();
    messages.sort_by_key(|one| Sha256::digest(one.marked.no.as_str()).to_vec());
    let departments: BTreeSet<CategoryId> = messages.iter().map(|one| one.marked.category.clone()).collect();
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for cells in tree.iter().filter(|cells| departments.contains(&CategoryId::from(cells[0].as_str()))) {
        let told = words.entry(cells[0].clone()).or_default();
        for name in cells {
            let folded = fold(name);
            told.extend(cut(&folded).into_iter().filter(|word| word.chars().count() > 1).map(str::to_owned));
        }
    }
    let is_of_one = |word: &str| words.values().filter(|told| told.contains(word)).count() == 1;
    let category = |id: &CategoryId| Category {
        id: id.clone(),
        name: id.to_string(),
        words: words[id.as_str()].iter().filter(|word| is_of_one(word)).cloned().collect(),
        ..like.clone()
    };
    policy.categories = departments.iter().map(category).collect();
    Some((policy, messages))
}

// Which leads when is decided here: real messages, a catalogue whose words were not written for them.
#[test]
fn words_and_model_together_find_more_than_either_alone() {
    let Some((policy, messages)) = public() else { return };
    let (judges, learned) = messages.split_at(400);
    let start = sentences(&policy);
    for count in [0, 150, 700] {
        let known = taught(&start, &learned[..count]);
        let right = |say: Option<f32>| {
            let is_right = |one: &&Lesson| {
                let text = Text { title: &one.title, body: &one.body };
                let found = match say {
                    Some(say) => weighed(&policy, Some(&known), &"complaint".into(), text, say),
                    None => hints(&policy, Some(&known), &"complaint".into(), &one.title, &one.body),
                };
                found.best.first().is_some_and(|best| best.category == one.marked.category)
            };
            judges.iter().filter(is_right).count()
        };
        let (words, model, both) = (right(Some(0.0)), right(Some(1.0)), right(None));
        let (mut said, mut heard) = (0.0, 0.0);
        for one in judges {
            let found = hints(&policy, Some(&known), &"complaint".into(), &one.title, &one.body);
            if let Some(best) = found.best.first() {
                said += f64::from(best.share) / 100.0;
                heard += f64::from(u8::from(best.category == one.marked.category));
            }
        }
        println!("after {count}: words {words}, model {model}, together {both} of {}", judges.len());
        println!("after {count}: said to be right {said:.0}, right {heard:.0}");
        assert!(both + 4 >= words.max(model), "after {count}: words {words}, model {model}, together {both}");
    }
}
