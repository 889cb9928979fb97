//! The API as its callers see it: a real socket, a real database, both kinds.

mod support;
