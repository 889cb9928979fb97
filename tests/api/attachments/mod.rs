//! Files of applications, support items and claims: upload, download, refusals, a scanner and an object store that are really spoken to.

mod holders;
mod outside;
mod storing;
