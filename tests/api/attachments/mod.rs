//! Files of applications: upload, download, refusals, a scanner and an object store that are really spoken to.

mod outside;
mod storing;
