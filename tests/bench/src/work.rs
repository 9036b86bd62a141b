//! The work whose instructions are counted: each piece can be done any number of times.

use std::cell::RefCell;
use std::hint::black_box;

use admittance::catalog::Catalog;
use admittance::scenario as wire;
use admittance::validate::{Options, validate};
use admittance::{PolicyType, Request, decide, evaluate, summary};

use crate::scenario::{self, Prepared};
use crate::{curves, scenario::identity};

const CATALOG: &[u8] = include_bytes!("../../../core/catalog/aws.bin");

/// One piece of work.
pub struct Work {
    /// Its name in `instructions.json`.
    pub name: &'static str,
    /// How often it is done for one count.
    pub times: u32,
    /// Prepares it.
    pub prepare: fn() -> Box<dyn Fn()>,
}

/// All of it.
pub const WORK: &[Work] = &[
    Work { name: "decide/S1", times: 100, prepare: || deciding(scenario::prepare("S1")) },
    Work { name: "decide/S2", times: 100, prepare: || deciding(scenario::prepare("S2")) },
    Work { name: "decide/S3", times: 100, prepare: || deciding(scenario::prepare("S3")) },
    Work {
        name: "decide/S2 among 100 policies of other services",
        times: 20,
        prepare: || deciding(scenario::prepare_with(&scenario::read("S2"), &curves::of_other_services(100))),
    },
    Work {
        name: "decide/100 policies of other buckets",
        times: 20,
        prepare: || {
            let (set, request) = curves::behind(curves::of_other_buckets(100));
            deciding(Prepared { set, request })
        },
    },
    Work { name: "decide/5 stars", times: 20, prepare: || stars(5) },
    Work { name: "decide/30 stars", times: 20, prepare: || stars(30) },
    Work {
        name: "evaluate/S2",
        times: 10,
        prepare: || {
            let Prepared { set, request } = scenario::prepare("S2");
            Box::new(move || drop(black_box(evaluate(black_box(&set), black_box(&request)))))
        },
    },
    Work {
        name: "explain/S2",
        times: 10,
        prepare: || {
            let Prepared { set, request } = scenario::prepare("S2");
            Box::new(move || drop(black_box(scenario::explained(black_box(&set), black_box(&request)))))
        },
    },
    Work {
        name: "full trace/S2",
        times: 5,
        prepare: || {
            let Prepared { set, request } = scenario::prepare("S2");
            Box::new(move || drop(black_box(scenario::full_trace(black_box(&set), black_box(&request)))))
        },
    },
    Work { name: "parse and compile/S2", times: 2, prepare: parsing },
    Work { name: "request/S2", times: 50, prepare: requesting },
    Work { name: "request for another resource/S2", times: 50, prepare: moving },
    Work { name: "scenario to result, as JSON/S1", times: 20, prepare: || running("S1") },
    Work { name: "scenario to result, as JSON/S3", times: 5, prepare: || running("S3") },
    Work { name: "explain/5 unknown keys in 20 statements", times: 1, prepare: || depending(5, 20, 5) },
    Work { name: "explain/40 unknown keys in 40 statements", times: 1, prepare: || depending(40, 40, 1) },
    Work { name: "catalog/decode", times: 1, prepare: decoding },
    Work { name: "catalog/complete", times: 1, prepare: || asking(|catalog| catalog.complete("getobj", 20).len()) },
    Work { name: "catalog/expand", times: 10, prepare: || asking(|catalog| catalog.expand("ec2:*Vpc*").len()) },
    Work { name: "summary/100 statements", times: 1, prepare: || summarizing(100) },
    Work { name: "summary/1,000 statements", times: 1, prepare: || summarizing(1_000) },
    Work { name: "validation/100 statements", times: 1, prepare: || validating(100) },
    Work { name: "validation/1,000 statements", times: 1, prepare: || validating(1_000) },
];

fn deciding(Prepared { set, request }: Prepared) -> Box<dyn Fn()> {
    Box::new(move || {
        black_box(decide(black_box(&set), black_box(&request)));
    })
}

fn stars(stars: usize) -> Box<dyn Fn()> {
    let (set, request) = curves::stars(stars, 1_024);
    deciding(Prepared { set, request })
}

fn parsing() -> Box<dyn Fn()> {
    let documents: Vec<String> =
        scenario::read("S2").policies.identity.into_iter().map(|source| source.document).collect();
    Box::new(move || drop(black_box(identity(black_box(&documents)))))
}

fn requesting() -> Box<dyn Fn()> {
    let scenario = scenario::read("S2");
    Box::new(move || {
        let request: Request = scenario::request(black_box(&scenario));
        drop(black_box(request));
    })
}

/// A request that is moved to another resource and back.
fn moving() -> Box<dyn Fn()> {
    let Prepared { request, .. } = scenario::prepare("S2");
    let (action, resource) = (request.action().to_owned(), request.resource().to_owned());
    let other = resource.replace('.', "-2.");
    let request = RefCell::new(request);
    Box::new(move || {
        for resource in [&other, &resource] {
            let moved = request.borrow_mut().aim(black_box(&action), black_box(resource), None);
            moved.expect("a request that was one before");
        }
    })
}

/// From the text of a scenario to the text of its result, as it is from JavaScript.
fn running(name: &str) -> Box<dyn Fn()> {
    let text = scenario::read(name).to_json();
    Box::new(move || drop(black_box(wire::run(black_box(&text)).to_json())))
}

/// The explanation, with suggestions, of a decision that depends on so many keys.
fn depending(keys: usize, statements: usize, values: usize) -> Box<dyn Fn()> {
    let (scenario, _) = wire::Scenario::parse(&curves::of_unknown_keys(keys, statements, values));
    let decision = scenario.evaluate().results.swap_remove(0).decision;
    assert_eq!(decision, "Depends", "{keys} keys in {statements} statements");
    Box::new(move || drop(black_box(scenario.explain(black_box(0)))))
}

fn decoding() -> Box<dyn Fn()> {
    Box::new(|| drop(black_box(Catalog::decode(black_box(CATALOG)))))
}

fn asking(question: fn(&Catalog) -> usize) -> Box<dyn Fn()> {
    let catalog = Catalog::decode(CATALOG).expect("the committed catalog is whole");
    Box::new(move || {
        black_box(question(black_box(&catalog)));
    })
}

/// A summary with tables of a policy of so many statements, each about resources and conditions of its own.
fn summarizing(statements: usize) -> Box<dyn Fn()> {
    let catalog = Catalog::decode(CATALOG).expect("the committed catalog is whole");
    let policies = wire::Policies {
        identity: vec![wire::PolicySource { document: curves::of_statements(statements), ..Default::default() }],
        ..wire::Policies::default()
    };
    Box::new(move || drop(black_box(summary::policies(black_box(&policies), Some(&catalog)))))
}

/// All checks of the same policies.
fn validating(statements: usize) -> Box<dyn Fn()> {
    let catalog = Catalog::decode(CATALOG).expect("the committed catalog is whole");
    let document = curves::of_statements(statements);
    Box::new(move || {
        let found = validate(black_box(&document), PolicyType::Identity, Options::default(), Some(&catalog));
        drop(black_box(found));
    })
}

impl Work {
    /// The piece of work of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        WORK.iter().find(|work| work.name == name)
    }
}
