//! Errands around the house: the checks, the demo, the benchmarks.

fn main() {}
