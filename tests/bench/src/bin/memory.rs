//! Counts instead of times: bytes that compiled policies keep, and allocations of one decision.
//!
//! Prints them as JSON, as a part of the results.
#![allow(clippy::expect_used)]

use std::alloc::System;
use std::collections::BTreeMap;
use std::hint::black_box;

use admittance::decide;
use admittance_bench::{managed, scenario};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    let mut counts = BTreeMap::new();
    for name in ["S1", "S2", "S3"] {
        let prepared = scenario::prepare(name);
        let region = Region::new(ALLOCATOR);
        black_box(decide(black_box(&prepared.set), black_box(&prepared.request)));
        let change = region.change();
        counts.insert(format!("allocations/decide {name}"), change.allocations + change.reallocations);
    }
    if let Some(documents) = managed::minified() {
        let region = Region::new(ALLOCATOR);
        let set = managed::compile(&documents);
        let change = region.change();
        black_box(&set);
        // Growing an allocation counts as allocating, shrinking it as freeing.
        counts.insert("managed policies/compiled bytes".to_owned(), change.bytes_allocated - change.bytes_deallocated);
        counts.insert("managed policies/text bytes".to_owned(), documents.iter().map(String::len).sum());
        counts.insert("managed policies/count".to_owned(), documents.len());
    }
    println!("{:#}", serde_json::json!({ "counts": counts }));
}
