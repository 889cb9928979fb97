//! One file per kind of use case; [`steps`] is what every move of a round goes through.

mod editing;
mod publicity;
mod steps;
mod timetable;
mod viewing;

pub use editing::{create_round, update_round};
pub use publicity::{conclude_round, start_publicity};
pub use steps::{
    archive_round, cancel_round, close_round, extend_round, move_round, open_round, publish_round, start_deliberation,
    start_expert_review, start_formal_review, start_site_check,
};
pub use timetable::advance_due;
pub use viewing::{facts, get_round, list_rounds, view};
