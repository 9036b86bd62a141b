//! How the time grows with what is given.

use std::hint::black_box;

use admittance::{PolicySet, Request, decide};
use admittance_bench::{curves, scenario};
use criterion::{Criterion, Throughput};

pub fn benches(criterion: &mut Criterion) {
    for count in [10, 100, 1_000, 10_000] {
        one(criterion, "policies of other services", count, &curves::behind(curves::of_other_services(count)));
    }
    for count in [10, 100, 1_000, 10_000] {
        one(criterion, "policies of other buckets", count, &curves::behind(curves::of_other_buckets(count)));
    }
    for stars in [1, 2, 5, 10, 20, 30] {
        one(criterion, "stars", stars, &curves::stars(stars, 1_024));
    }
    for letters in [16, 64, 256, 1_024, 4_096, 16_384] {
        one(criterion, "bytes of text", letters, &curves::stars(8, letters));
    }
    batches(criterion);
}

fn one(criterion: &mut Criterion, curve: &str, size: usize, (set, request): &(PolicySet, Request)) {
    criterion.bench_function(&format!("{curve}/{size}"), |bencher| {
        bencher.iter(|| decide(black_box(set), black_box(request)));
    });
}

/// Many different requests against S2's policies.
fn batches(criterion: &mut Criterion) {
    let prepared = scenario::prepare("S2");
    let requests = curves::requests(&prepared.request, &prepared.set, 100_000);
    let mut group = criterion.benchmark_group("requests");
    for count in [1, 10, 100, 1_000, 10_000, 100_000] {
        let requests = requests.get(..count).expect("so many requests");
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(count.to_string(), |bencher| {
            bencher.iter(|| {
                for request in requests {
                    black_box(decide(black_box(&prepared.set), request));
                }
            });
        });
    }
    group.finish();
}
