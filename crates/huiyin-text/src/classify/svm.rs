//! A linear support vector machine with squared hinge loss, by coordinate descent on the dual.

use crate::sparse::Sparse;
use fastrand::Rng;

/// Rounds over all examples at most, and how flat the dual must be to end sooner.
const ROUNDS: usize = 40;
const FLAT: f32 = 0.02;

/// The weights of one class against the rest, the last one standing for the constant.
pub(crate) fn separate(vectors: &[Sparse], is_in: &[bool], width: usize, cost: f32, seed: u64) -> Vec<f32> {
    let mut weights = vec![0.0_f32; width + 1];
    let mut duals = vec![0.0_f32; vectors.len()];
    let damping = 0.5 / cost;
    let lengths: Vec<f32> =
        vectors.iter().map(|one| one.values.iter().map(|value| value * value).sum::<f32>() + 1.0).collect();
    let mut order: Vec<usize> = (0..vectors.len()).collect();
    let mut rng = Rng::with_seed(seed);
    for _ in 0..ROUNDS {
        rng.shuffle(&mut order);
        let mut steepest = 0.0_f32;
        for &index in &order {
            let vector = &vectors[index];
            let sign = if is_in[index] { 1.0 } else { -1.0 };
            let slope = sign * score(vector, &weights) - 1.0 + damping * duals[index];
            let slope_inside = if duals[index] == 0.0 { slope.min(0.0) } else { slope };
            steepest = steepest.max(slope_inside.abs());
            if slope_inside != 0.0 {
                let stepped = (duals[index] - slope / (lengths[index] + damping)).max(0.0);
                let step = (stepped - duals[index]) * sign;
                duals[index] = stepped;
                for (place, value) in vector.places.iter().zip(&vector.values) {
                    weights[*place as usize] += step * value;
                }
                weights[width] += step;
            }
        }
        if steepest < FLAT {
            break;
        }
    }
    weights
}

fn score(vector: &Sparse, weights: &[f32]) -> f32 {
    let constant = weights[weights.len() - 1];
    vector
        .places
        .iter()
        .zip(&vector.values)
        .map(|(place, value)| weights[*place as usize] * value)
        .sum::<f32>()
        + constant
}
