//! What holds in a review, whoever asks: how a panel is drawn and how scores become a result.

pub mod blind;
pub mod conduct;
pub mod conflict;
pub mod dimensions;
pub mod draw;
pub mod score;
