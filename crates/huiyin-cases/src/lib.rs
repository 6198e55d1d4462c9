//! The hall: cases from the first word to the archive, and the desks where they wait.

pub mod cases;
