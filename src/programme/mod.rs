//! Rule sets: what each tier asks for, and the engine that judges figures by it.

pub mod model;
