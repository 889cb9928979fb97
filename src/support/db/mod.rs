pub mod deliveries;
pub mod departments;
pub mod figures;
pub mod items;
pub mod plans;
pub mod visits;
