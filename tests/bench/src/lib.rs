//! What the benchmarks of Admittance share: inputs, results and targets. `cargo xtask bench` runs them all.
//!
//! A benchmark that cannot be set up ends with a message: what prepares inputs may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod baseline;
pub mod curves;
pub mod format;
pub mod managed;
pub mod readme;
pub mod results;
pub mod scenario;
pub mod targets;
pub mod versions;
pub mod work;
