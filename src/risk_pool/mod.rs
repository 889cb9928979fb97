//! The risk-compensation pool (风险补偿资金池), money ring-fenced from the subsidy budget.

pub mod rules;
