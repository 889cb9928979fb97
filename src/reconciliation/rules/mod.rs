pub mod matching;
pub mod periods;
pub mod statement_rows;
