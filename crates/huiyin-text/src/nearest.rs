//! Which of the prints seen so far are like a new one: postings in memory, every piece with the texts it stands in.

use crate::likeness::Print;
use std::collections::HashMap;

/// The prints seen so far.
#[derive(Debug, Default)]
pub struct Nearest {
    postings: HashMap<u32, Vec<(u32, f32)>>,
    count: u32,
}

impl Nearest {
    /// Takes one more in and says its number: 0, 1, 2 … in the order they came.
    pub fn add(&mut self, print: &Print) -> u32 {
        let number = self.count;
        self.count += 1;
        for (place, value) in print.parts() {
            self.postings.entry(place).or_default().push((number, value));
        }
        number
    }

    /// Those from `first` on that are at least so alike, most alike first; of two equally alike the earlier one.
    pub fn like(&self, print: &Print, first: u32, at_least: f32) -> Vec<(u32, f32)> {
        let mut sums = vec![0.0_f32; self.count.saturating_sub(first) as usize];
        for (place, mine) in print.parts() {
            let Some(postings) = self.postings.get(&place) else { continue };
            let from = postings.partition_point(|(number, _)| *number < first);
            for (number, theirs) in &postings[from..] {
                sums[(number - first) as usize] += mine * theirs;
            }
        }
        let mut found: Vec<(u32, f32)> =
            (first..).zip(sums).filter(|(_, likeness)| *likeness >= at_least && *likeness > 0.0).collect();
        found.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        found
    }
}
