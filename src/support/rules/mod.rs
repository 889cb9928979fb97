//! What the support record allows, and what it counts: pure.

mod attainment;
mod content;
mod departments;
mod diff;
mod escalation;
mod figures;
mod funding;
mod items;
mod plans;
mod proposal;
mod visits;

pub use attainment::{attained_ppm, goal_result};
pub use content::{complete, content_faults, documents_faults};
pub use departments::{check_department, check_name};
pub use diff::diff;
pub use escalation::{level, red_up_to};
pub use figures::{EFFECT_INDICATORS, Ended, Supported, effects, service};
pub use funding::{check_amounts, double_funding, may_draw, plain_number};
pub use items::{ANSWER_DAYS, BAD_RATING, EVIDENCE, ItemFacts, check_raise, may_attach, may_step};
pub use plans::{PlanFacts, PlanMove, may};
pub use proposal::{Similar, from_gaps, from_request, from_similar};
pub use visits::{check_visit, last_whole_quarter};
