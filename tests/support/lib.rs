//! What the test groups share: the conformance cases, the generators of random scenarios,
//! and a plain evaluator written a second time from the rules, to compare the engine with.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "test code: a panic is how a test fails"
)]

pub mod cases;
pub mod findings;
pub mod generate;
#[path = "../reference/mod.rs"]
pub mod reference;
pub mod trials;

/// The Rust blocks of the README, each a doc test.
#[cfg(all(doctest, readme))]
#[doc = include_str!("../../README.md")]
pub struct Readme;
