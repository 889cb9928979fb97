//! One enterprise, one policy (一企一策): the support plan of every recognised enterprise, and the items that carry it out, from a
//! visit or a request to the enterprise's own word that it is done.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
