//! The decision alone, which looks only at statements that may be about the action and needs no memory:
//! it has to be the one of the evaluation, and that has to say of every statement what its elements say.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "test code")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use admittance::scenario::{Scenario, ScenarioRequest};
use admittance::{
    CompiledPolicy, ElementKind, Evaluation, PolicyDocument, PolicySet, PolicyType, Request, Ruling, Truth,
};
use admittance::{compared, decide, decide_many, evaluate};
use admittance_tests::{cases, generate};

/// Counts what the thread allocates.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: everything is handed on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Decides in all ways, and gives how often the decision, alone or with what made it, asked for memory.
fn allocations(set: &PolicySet, request: &Request, name: &str) -> usize {
    let before = ALLOCATIONS.get();
    let decision = decide(set, request);
    let allocations = ALLOCATIONS.get() - before;
    let evaluation = evaluate(set, request);
    let asked = format!("{name}: {} {}", request.action(), request.resource());
    assert_eq!(decision, evaluation.decision, "{asked}");
    let before = ALLOCATIONS.get();
    let ruling = decide_many(set, [request]).next().expect("a ruling on each");
    let allocations = allocations.max(ALLOCATIONS.get() - before);
    check_statements(set, request, &evaluation, &asked);
    let Evaluation { decided_by, level, deciding_statement, .. } = evaluation;
    assert_eq!(ruling, Ruling { decision, decided_by, level, deciding_statement }, "{asked}");
    allocations
}

/// What the evaluation says of each statement, most of which it does not look at, against all of its elements.
fn check_statements(set: &PolicySet, request: &Request, evaluation: &Evaluation, asked: &str) {
    for trace in &evaluation.statements {
        let elements = compared(set, request, trace.statement);
        // A statement that cannot be about anybody is not compared.
        if elements.is_empty() {
            assert_eq!(trace.applies, Truth::False, "{asked}: {trace:?}");
            continue;
        }
        let mut failing = elements.iter().filter(|element| element.matched == Truth::False).map(|element| element.kind);
        let action = failing.clone().find(|kind| matches!(kind, ElementKind::Action { .. }));
        let fails = action.or_else(|| failing.next());
        assert_eq!(trace.fails, fails, "{asked}: {trace:?}");
        assert!(trace.applies == Truth::False || fails.is_none(), "{asked}: {trace:?}");
        assert!(trace.applies != Truth::True || elements.iter().all(|element| element.matched.is_true()), "{asked}");
    }
}

/// A request for what another one asks for, prepared from one of the same caller in the same context.
#[test]
fn a_request_prepared_again_is_as_one_prepared_anew() {
    let cases = cases::corpus().unwrap();
    let requests: Vec<ScenarioRequest> =
        cases.iter().flat_map(|case| Scenario::parse(&case.scenario).0.requests).collect();
    let mut compared = 0;
    for (of, target) in requests.iter().zip(requests.iter().skip(1)) {
        let Some(before) = of.prepare() else { continue };
        let mut moved = of.clone();
        (moved.action, moved.resources) = (target.action.clone(), target.resources.clone());
        moved.resource_account = target.resource_account.clone();
        let again = moved.prepare_again(before);
        assert_eq!(format!("{again:?}"), format!("{:?}", moved.prepare()), "{of:?} for {target:?}");
        let Some(there) = again else { continue };
        let back = of.prepare_again(there);
        assert_eq!(format!("{back:?}"), format!("{:?}", of.prepare()), "{of:?} after {target:?}");
        compared += 1;
    }
    assert!(compared > 500, "{compared} requests only");
}

fn compiled(text: &str) -> Option<(PolicySet, Vec<Request>)> {
    let (set, requests) = Scenario::parse(text).0.compile()?;
    Some((set, requests.into_iter().flatten().collect()))
}

/// What has to be put together for the comparison: the bucket's ARN behind an access point, and bytes
/// from base64.
fn may_allocate(request: &Request, scenario: &str) -> bool {
    request.s3.bucket.is_some() || scenario.contains("BinaryEquals")
}

#[test]
fn cases_are_decided_without_allocation() {
    let mut decided = 0;
    for case in cases::corpus().unwrap().into_iter().chain(cases::operators().unwrap()) {
        let Some((set, requests)) = compiled(&case.scenario) else { continue };
        for request in requests {
            let allocations = allocations(&set, &request, &case.id);
            assert!(allocations == 0 || may_allocate(&request, &case.scenario), "{}: {allocations}", case.id);
            decided += 1;
        }
    }
    assert!(decided > 1_500, "{decided} requests only");
}

#[test]
fn random_scenarios_are_decided_as_they_are_evaluated() {
    let mut decided = 0;
    for seed in 0..20_000 {
        let scenario = generate::scenario(seed).to_string();
        let Some((set, requests)) = compiled(&scenario) else { panic!("seed {seed}") };
        for request in requests {
            let allocations = allocations(&set, &request, &format!("seed {seed}"));
            assert!(allocations == 0 || may_allocate(&request, &scenario), "seed {seed}: {allocations}");
            decided += 1;
        }
    }
    assert!(decided >= 20_000);
}

fn policy(actions: &str) -> CompiledPolicy {
    let text = format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": [{actions}], "Resource": "*" }} }}"#
    );
    CompiledPolicy::new(PolicyDocument::parse(&text).0, PolicyType::Identity).unwrap()
}

fn request(action: &str) -> Request {
    let scenario = format!(
        r#"{{ "policies": {{}}, "requests": [{{ "principal": "arn:aws:iam::111122223333:user/ana", "action": "{action}" }}] }}"#
    );
    compiled(&scenario).unwrap().1.remove(0)
}

/// Patterns that stand under every kind of key in the index, and actions that begin as they do.
#[test]
fn every_shape_of_action_pattern_is_found() {
    let actions = ["s3:G", "s3:Ge", "s3:Get", "S3:GETOBJECT", "s3:ListBucket", "s3-object-lambda:GetObject", "sqs:Get"];
    let patterns = [
        "*",
        "*:*",
        "s3:*",
        "s3:G*",
        "s3:Ge*",
        "s3:Get*",
        "s3:GetO*",
        "s3:GetObject",
        "s3:getobject",
        "s3:?et*",
        "s3:Get?bject",
        "s3:G?t",
        "s3:*Object",
        "s3:g",
        "S3:ge",
        "sqs:Get",
        "sqs:Get*",
        "s3-object-lambda:*",
    ];
    let mut allowed = 0;
    for first in patterns {
        for second in patterns {
            let mut set = PolicySet::new();
            set.attach(policy(&format!("\"{first}\"")));
            set.attach(policy(&format!("\"{second}\", \"iam:PassRole\"")));
            for action in actions {
                assert_eq!(allocations(&set, &request(action), first), 0);
                allowed += usize::from(decide(&set, &request(action)) == admittance::Decision::Allow);
            }
        }
    }
    assert!(allowed > 500, "{allowed}");
}

#[test]
fn a_policy_that_takes_the_place_of_another_counts_alone() {
    let mut set = PolicySet::new();
    let index = set.attach(policy("\"s3:GetObject\""));
    set.attach(policy("\"sqs:*\""));
    let decision = |set: &PolicySet, action: &str| decide(set, &request(action)).as_str();
    assert_eq!(decision(&set, "s3:GetObject"), "Allow");
    assert!(set.replace(index, policy("\"s3:Put*\"")));
    assert_eq!(decision(&set, "s3:GetObject"), "ImplicitDeny");
    assert_eq!(decision(&set, "s3:PutObject"), "Allow");
    assert_eq!(decision(&set, "sqs:SendMessage"), "Allow");
    assert!(!set.replace(7, policy("\"s3:*\"")));
}

/// Many policies make many keys: the index grows without losing any.
#[test]
fn an_index_that_grew_finds_everything() {
    let mut set = PolicySet::new();
    for number in 0..500 {
        set.attach(policy(&format!("\"svc{}:Get{number}\", \"svc{number}:List*\"", number % 7)));
    }
    for number in 0..500 {
        let granted = [format!("svc{}:Get{number}", number % 7), format!("svc{number}:ListAll")];
        assert!(granted.iter().all(|action| decide(&set, &request(action)) == admittance::Decision::Allow), "{number}");
        let denied = request(&format!("svc{}:Put{number}", number % 7));
        assert_eq!(decide(&set, &denied), admittance::Decision::ImplicitDeny, "{number}");
    }
}
