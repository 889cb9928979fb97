//! Rule sets: which enterprise belongs to which tier, and why.
//!
//! A rule set is a document a district officer can edit ([`document`]). [`Figures`] are the facts about one
//! enterprise. [`evaluate`] puts the two together and explains every rule in both languages: the outcome, the
//! values used with year, unit and source, and the legal basis. The engine is pure and exact: money is fen, rates are
//! ppm, ratios are compared by cross-multiplication on integers, and nothing reads a clock. How rule sets are kept,
//! published and asked for stands in `http`, `service` and `db`.

pub mod db;
pub mod document;
pub mod exact;
pub mod figures;
pub mod http;
pub mod indicators;
pub mod model;
pub mod rules;
mod self_check;
pub mod service;

pub use document::{DocumentFault, RuleSet, laoshan_2026};
pub use figures::{FigureFault, Figures};
pub use model::{Lane, Level, Maturity, Mode, Outcome, RuleSetId, Tier};
pub use rules::{EvalContext, LeafResult, MissingFigure, Node, TierEvaluation, evaluate, missing_figures};
pub use self_check::{LeafShown, SelfCheckShown, SelfCheckView, self_check};

#[cfg(test)]
mod tests;
