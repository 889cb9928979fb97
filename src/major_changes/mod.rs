//! Major changes of enterprises in the library (重大变化): a rename, a merger, a move, another owner. Reported within the time that is
//! allowed, then kept as it is or looked at again.

pub mod db;
pub mod http;
pub mod model;
pub mod rules;
pub mod service;
