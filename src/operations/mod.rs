//! What a system administrator runs the installation with: jobs, configuration, keys.

pub mod http;
