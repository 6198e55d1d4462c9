//! Tests of the web habits.
