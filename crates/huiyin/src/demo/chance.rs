//! Chance that can be repeated: the same seed draws the same school.

/// A run of draws.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// A run that only the seed decides.
    pub fn of(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x6875_6979_696e)
    }

    /// Another run, of which this one knows nothing.
    pub fn aside(&self) -> Chance {
        Chance(self.0 ^ 0x9ddf_ea08_eb38_2d69)
    }

    /// The next number (splitmix64).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below this one, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number from `from` up to, not including, `until`.
    pub fn between(&mut self, from: i64, until: i64) -> i64 {
        from + self.below((until - from).max(1) as usize) as i64
    }

    /// True in so many of a hundred draws.
    pub fn percent(&mut self, of_hundred: u32) -> bool {
        self.below(100) < of_hundred as usize
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { from.get(self.below(from.len())) }
    }

    /// One of these words, or none.
    pub fn word(&mut self, from: &[String]) -> String {
        self.pick(from).cloned().unwrap_or_default()
    }

    /// One of these, the heavier the likelier.
    pub fn weighed<'a, T>(&mut self, from: &'a [T], weight: impl Fn(&T) -> u32) -> Option<&'a T> {
        let total: u32 = from.iter().map(&weight).sum();
        let mut left = self.below(total as usize) as u32;
        from.iter().find(|one| {
            let weight = weight(one);
            let is_drawn = left < weight;
            left = left.saturating_sub(weight);
            is_drawn
        })
    }
}
