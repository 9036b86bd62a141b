//! The worker that computes matrices. It is this same program: in a worker there is no page, and `main` registers this.

use admittance::scenario::{PreparedPolicies, ScenarioRequest};
use gloo::timers::future::TimeoutFuture;
use gloo::worker::{Codec, HandlerId, Worker, WorkerScope};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use crate::matrix::{Order, Part, digit};
use crate::state::read_scenario;

/// How long it computes before it sends what there is and looks whether another job came.
const STRETCH_MS: f64 = 80.0;

/// Messages as JSON text, which this program reads and writes anyway.
pub struct Json;

impl Codec for Json {
    fn encode<I: Serialize>(input: I) -> JsValue {
        serde_json::to_string(&input).unwrap_or_default().into()
    }

    // Both ends are this program, so that what is not read means that they are of different builds: that worker stops.
    #[expect(clippy::expect_used)]
    fn decode<O: for<'de> Deserialize<'de>>(input: JsValue) -> O {
        serde_json::from_str(&input.as_string().unwrap_or_default()).expect("a message of another build")
    }
}

pub struct MatrixWorker {
    work: Option<Work>,
    /// Another stretch is to come.
    waiting: bool,
}

/// A job that is being done.
struct Work {
    bridge: HandlerId,
    number: u32,
    policies: PreparedPolicies,
    columns: Vec<String>,
    /// The rows that came so far, and how many there will be.
    rows: Vec<ScenarioRequest>,
    all: usize,
    next: usize,
}

/// Go on.
pub struct Next;

impl Worker for MatrixWorker {
    type Message = Next;
    type Input = Order;
    type Output = Part;

    fn create(_scope: &WorkerScope<Self>) -> Self {
        Self { work: None, waiting: false }
    }

    fn update(&mut self, scope: &WorkerScope<Self>, _: Next) {
        self.waiting = false;
        let Some(work) = &mut self.work else { return };
        if work.next < work.rows.len() {
            let part = work.stretch();
            scope.respond(work.bridge, part);
        }
        if work.next >= work.all {
            self.work = None;
        } else if work.next < work.rows.len() {
            self.go_on(scope);
        }
    }

    fn received(&mut self, scope: &WorkerScope<Self>, order: Order, bridge: HandlerId) {
        match order {
            Order::Begin { job, scenario, columns, rows } => {
                self.work = Work::new(job, &scenario, columns, rows, bridge)
            }
            Order::Rows { job, rows } => {
                let Some(work) = self.work.as_mut().filter(|work| work.number == job) else { return };
                work.rows.extend(rows.iter().map(|text| ScenarioRequest::parse(text).0));
                if !self.waiting {
                    self.go_on(scope);
                }
            }
        }
    }
}

impl MatrixWorker {
    /// After the messages that wait, one of which may take this job back.
    fn go_on(&mut self, scope: &WorkerScope<Self>) {
        self.waiting = true;
        scope.send_future(async {
            TimeoutFuture::new(0).await;
            Next
        });
    }
}

impl Work {
    fn new(number: u32, scenario: &str, columns: Vec<String>, all: usize, bridge: HandlerId) -> Option<Self> {
        let policies = PreparedPolicies::new(read_scenario(scenario).ok()?);
        Some(Self { bridge, number, policies, columns, rows: Vec::new(), all, next: 0 })
    }

    /// Computes rows for a while, at least one.
    fn stretch(&mut self) -> Part {
        let start = js_sys::Date::now();
        let mut part = Part { job: self.number, from: self.next, cells: String::new() };
        while let Some(row) = self.rows.get_mut(self.next) {
            for action in &self.columns {
                row.action.clone_from(action);
                let answer = row.prepare().map(|request| self.policies.decide(&request));
                part.cells.push(answer.map_or('0', digit));
            }
            self.next += 1;
            if js_sys::Date::now() - start > STRETCH_MS {
                break;
            }
        }
        part
    }
}
