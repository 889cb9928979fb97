//! What an application may become and when, what its gate lets through, and what a complete form is.

mod completeness;
mod differences;
mod figures;
mod gate;
mod sections;
mod transitions;

pub use completeness::{check_complete, check_evidence, check_shape, may_certify};
pub use differences::differences;
pub use figures::submitted_figures;
pub use gate::{GateVerdict, OpenRule, judge_gate, overridable};
pub use sections::{Filling, Returned, sections};
pub use transitions::{Facts, Move, TRANSITIONS, allowed};
