//! What an application may become and when, what its gate lets through, and what a complete form is.

mod completeness;
mod figures;
mod gate;
mod transitions;

pub use completeness::{check_complete, check_shape};
pub use figures::submitted_figures;
pub use gate::{GateVerdict, OpenRule, judge_gate, overridable};
pub use transitions::{Facts, Move, TRANSITIONS, allowed};
