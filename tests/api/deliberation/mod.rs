//! From frozen results to outcomes: site visits, ranking, minutes, release, feedback.

mod ranking;
mod visits;
