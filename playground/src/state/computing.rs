//! Matrices are computed by a worker, so that the page stays free meanwhile.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use gloo::timers::callback::Timeout;
use gloo::worker::{Spawnable, WorkerBridge};
use leptos::prelude::*;

use super::State;
use crate::amounts;
use crate::effect::effect;
use crate::matrix::{OPEN, Order, Part, Plan, ROWS_AT_A_TIME, Spec};
use crate::matrix_worker::{Json, MatrixWorker};
use crate::view::View;
use crate::workspace::Workspace;

/// The pause in typing after which the matrix is computed again.
const PAUSE_MS: u32 = 300;
/// The program of the worker, beside the page.
const PROGRAM: &str = "./worker.js";

/// A matrix that is shown, as far as it is computed.
#[derive(Clone, Copy)]
pub struct MatrixState {
    pub spec: RwSignal<Spec>,
    pub plan: RwSignal<Arc<Plan>>,
    /// A digit for each cell, row by row.
    pub cells: RwSignal<Vec<u8>>,
    /// The rows that are computed.
    pub done: RwSignal<usize>,
    /// Why there is nothing to compute.
    pub problem: RwSignal<Option<String>>,
    /// The reader stopped it.
    pub stopped: RwSignal<bool>,
    /// The policies changed since, and have errors or the reader stopped it.
    pub stale: RwSignal<bool>,
    pub selected: RwSignal<Option<(usize, usize)>>,
}

impl MatrixState {
    pub(super) fn new(spec: Spec) -> Self {
        Self {
            spec: RwSignal::new(spec),
            plan: RwSignal::new(Arc::default()),
            cells: RwSignal::new(Vec::new()),
            done: RwSignal::new(0),
            problem: RwSignal::new(None),
            stopped: RwSignal::new(false),
            stale: RwSignal::new(false),
            selected: RwSignal::new(None),
        }
    }

    /// Whether a part of it is still to come.
    pub fn is_running(self) -> bool {
        !self.stopped.get() && self.done.get() < self.plan.with(|plan| plan.rows.len())
    }
}

/// A version of the policies to compare the present one with.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// Where it comes from.
    pub name: String,
    pub workspace: Workspace,
}

/// Computes one matrix at a time; a new job takes the place of the one before.
#[derive(Clone)]
pub struct Computer {
    bridge: Rc<RefCell<Option<WorkerBridge<MatrixWorker>>>>,
    job: Rc<RefCell<u32>>,
    on_part: Rc<dyn Fn(Part)>,
}

impl Computer {
    /// `on_part` gets the parts of the present job.
    pub fn new(on_part: impl Fn(Part) + 'static) -> Self {
        Self { bridge: Rc::default(), job: Rc::default(), on_part: Rc::new(on_part) }
    }

    /// Begins a job.
    pub fn start(&self, plan: &Arc<Plan>, workspace: &Workspace) {
        let number = self.next();
        let order = plan.begin(workspace, number);
        self.send(order);
        self.hand_over(Arc::clone(plan), number, 0);
    }

    /// Hands the rows from one on over, in as many tasks as it takes, unless another job began.
    fn hand_over(&self, plan: Arc<Plan>, number: u32, from: usize) {
        let computer = self.clone();
        let piece = move || {
            if *computer.job.borrow() != number {
                return;
            }
            let Some(order) = plan.piece(number, from) else { return };
            let to = plan.rows.len().min(from + ROWS_AT_A_TIME);
            amounts::mark("matrix rows handed over", to - from);
            computer.send(order);
            computer.hand_over(plan, number, to);
        };
        Timeout::new(0, piece).forget();
    }

    fn send(&self, order: Order) {
        let mut bridge = self.bridge.borrow_mut();
        let bridge = bridge.get_or_insert_with(|| {
            let (job, on_part) = (Rc::clone(&self.job), Rc::clone(&self.on_part));
            MatrixWorker::spawner()
                .encoding::<Json>()
                .callback(move |part: Part| {
                    if part.job == *job.borrow() {
                        on_part(part);
                    }
                })
                .spawn_with_loader(PROGRAM)
        });
        bridge.send(order);
    }

    /// Ends the job, and the worker with it.
    pub fn stop(&self) {
        self.next();
        *self.bridge.borrow_mut() = None;
    }

    fn next(&self) -> u32 {
        let mut job = self.job.borrow_mut();
        *job = job.wrapping_add(1);
        *job
    }
}

impl State {
    /// Keeps the matrix up to date as long as it is in sight.
    pub fn keep_matrix(self) {
        let matrix = self.matrix;
        let computer = Computer::new(move |part| matrix.take(&part));
        let stopping = computer.clone();
        let pending = StoredValue::new_local(None::<Timeout>);
        Effect::new(move |before: Option<bool>| {
            let stopped = matrix.stopped.get();
            if stopped && before == Some(false) {
                stopping.stop();
            }
            stopped
        });
        effect(move || {
            self.workspace.track();
            self.request.track();
            matrix.spec.track();
            self.before.track();
            let in_sight = matches!(self.view.get(), View::Matrix | View::Compare);
            let stale = self.outcome.with(|outcome| outcome.stale);
            matrix.stale.set(stale || matrix.stopped.get());
            if !in_sight || stale || matrix.stopped.get() {
                return;
            }
            let computer = computer.clone();
            let compute = move || self.compute(&computer);
            pending.set_value(Some(Timeout::new(PAUSE_MS, compute)));
        });
    }

    /// Keeps the matrix of the version before up to date as long as the two are compared.
    pub fn keep_before(self) {
        let computer = Computer::new(move |part: Part| {
            let columns = self.matrix.plan.with_untracked(|plan| plan.columns.len()).max(1);
            put(self.before_cells, &part, columns);
            self.before_done.set(part.from + part.cells.len() / columns);
        });
        effect(move || {
            let plan = self.matrix.plan.get();
            let in_sight = self.view.get() == View::Compare;
            self.before_done.set(0);
            self.before.with(|before| {
                let Some(before) = before.as_ref().filter(|_| in_sight && !plan.rows.is_empty()) else { return };
                self.before_cells.set(vec![OPEN; plan.cells()]);
                computer.start(&plan, &before.workspace);
            });
        });
    }

    fn compute(self, computer: &Computer) {
        let matrix = self.matrix;
        let workspace = self.workspace.get_untracked();
        let request = self.request.get_untracked();
        let plan = self.before.with_untracked(|before| {
            let before = before.as_ref().map(|before| &before.workspace);
            matrix.spec.with_untracked(|spec| Plan::new(spec, &workspace, before, request))
        });
        match plan {
            Ok(plan) => {
                let plan = Arc::new(plan);
                computer.start(&plan, &workspace);
                matrix.problem.set(None);
                matrix.done.set(0);
                // While the same cells are computed again, the old ones stay in sight.
                let same = matrix.plan.with_untracked(|old| old.labels == plan.labels && old.columns == plan.columns);
                if !same {
                    matrix.selected.set(None);
                    matrix.cells.set(vec![OPEN; plan.cells()]);
                }
                matrix.plan.set(plan);
            }
            Err(reason) => {
                computer.stop();
                matrix.problem.set(Some(reason));
                matrix.plan.set(Arc::default());
                matrix.cells.set(Vec::new());
                matrix.selected.set(None);
            }
        }
    }
}

impl MatrixState {
    fn take(self, part: &Part) {
        let columns = self.plan.with_untracked(|plan| plan.columns.len());
        if columns == 0 {
            return;
        }
        put(self.cells, part, columns);
        self.done.set(part.from + part.cells.len() / columns);
    }
}

fn put(cells: RwSignal<Vec<u8>>, part: &Part, columns: usize) {
    cells.update(|cells| {
        let places = cells.iter_mut().skip(part.from * columns);
        places.zip(part.cells.bytes()).for_each(|(place, cell)| *place = cell);
    });
}
