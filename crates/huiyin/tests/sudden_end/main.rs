//! SIGKILL at twenty points: what was acknowledged is there, and the records of the school agree.

mod importing;
mod killing;
mod serving;
