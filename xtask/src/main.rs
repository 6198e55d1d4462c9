//! Errands. 
fn main() {}
