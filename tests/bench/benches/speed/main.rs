//! Timing, with criterion. `cargo xtask bench` starts this and reads criterion's estimates.
#![allow(missing_docs, clippy::expect_used, clippy::panic)]

mod curves;
mod decide;
mod managed;
mod peer;

use criterion::{criterion_group, criterion_main};

criterion_group!(all, decide::benches, curves::benches, managed::benches);
criterion_main!(all);
