//! Reading every AWS managed policy, beside serde_json reading the same text into its `Value`.

use std::hint::black_box;

use admittance_bench::managed;
use criterion::{Criterion, Throughput};
use serde_json::Value;

pub fn benches(criterion: &mut Criterion) {
    let Some(documents) = managed::minified() else {
        println!("ADMITTANCE_MANAGED_POLICIES names no file: the managed policies are not read");
        return;
    };
    let bytes: usize = documents.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("managed policies");
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("parse and compile", |bencher| {
        bencher.iter(|| managed::compile(black_box(&documents)));
    });
    group.bench_function("serde_json", |bencher| {
        bencher.iter(|| {
            for document in &documents {
                black_box(serde_json::from_str::<Value>(black_box(document)).expect("JSON"));
            }
        });
    });
    group.finish();
}
