//! Vectors with few places filled.

/// Places in rising order, each once, and what stands there.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Sparse {
    pub(crate) places: Vec<u32>,
    pub(crate) values: Vec<f32>,
}

impl Sparse {
    /// Adds a block behind what is there, scaled to the given length. The places must follow those of the blocks before.
    pub(crate) fn push_block(&mut self, block: &[(u32, f32)], length: f32) {
        let norm = block.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
        if norm > 0.0 {
            self.places.extend(block.iter().map(|(place, _)| *place));
            self.values.extend(block.iter().map(|(_, value)| value * length / norm));
        }
    }
}

/// Counts what comes more than once: places in rising order with the sum of their weights.
pub(crate) fn counted(mut places: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    places.sort_unstable_by_key(|(place, _)| *place);
    places.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 += later.1;
        }
        same
    });
    places
}

/// A stable 64-bit hash (FNV-1a with a last stir), the same on every machine and in every version: models are stored by it.
pub(crate) fn hash(bytes: &[u8], seed: u64) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for byte in bytes {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    state ^= state >> 32;
    state = state.wrapping_mul(0x9fb2_1c65_1e98_df25);
    state ^ (state >> 29)
}
