//! The three scenarios, beside iam-rs where it can express them.

use std::hint::black_box;

use admittance::{decide, evaluate};
use admittance_bench::{curves, scenario};
use criterion::Criterion;

use crate::peer;

pub fn benches(criterion: &mut Criterion) {
    for name in ["S1", "S2", "S3"] {
        let prepared = scenario::prepare(name);
        criterion.bench_function(&format!("decide/{name}"), |bencher| {
            bencher.iter(|| decide(black_box(&prepared.set), black_box(&prepared.request)));
        });
    }
    for name in ["S1", "S2"] {
        let peer = peer::prepare(&scenario::read(name));
        criterion.bench_function(&format!("iam-rs/{name}"), |bencher| {
            bencher.iter(|| peer.decide());
        });
    }
    let scenario = scenario::read("S2");
    let more = curves::of_other_services(100 * scenario.policies.identity.len());
    let prepared = scenario::prepare_with(&scenario, &more);
    criterion.bench_function("decide/S2 among 1,000 policies of other services", |bencher| {
        bencher.iter(|| decide(black_box(&prepared.set), black_box(&prepared.request)));
    });
    let prepared = scenario::prepare("S2");
    criterion.bench_function("evaluate/S2", |bencher| {
        bencher.iter(|| evaluate(black_box(&prepared.set), black_box(&prepared.request)));
    });
    criterion.bench_function("explain/S2", |bencher| {
        bencher.iter(|| scenario::explained(black_box(&prepared.set), black_box(&prepared.request)));
    });
    criterion.bench_function("full trace/S2", |bencher| {
        bencher.iter(|| scenario::full_trace(black_box(&prepared.set), black_box(&prepared.request)));
    });
}
