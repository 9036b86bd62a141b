//! Requests that cross the border as bare strings, many at a time.
//!
//! JavaScript writes them into memory that this module keeps: the characters into `text`, and their
//! lengths into `table`, five words for each request (principal, action, resource, account, number of
//! context keys), then for each context key the length of its name, how many values it has, and
//! the length of each value. What is the same as in the request before is not written again.

use std::cell::RefCell;

use admittance::scenario::{Answer, Attributed, ContextValue, PreparedRequest, ScenarioRequest};
use js_sys::JsString;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::set;

/// In place of a length: as in the request before.
const SAME: u32 = u32::MAX;
/// In place of a length or a number of values: not given; of a context key, that it is absent.
const NONE: u32 = u32::MAX - 1;
/// In place of a number of values: a single-valued key.
const SINGLE: u32 = u32::MAX;

/// How much can be written at a time.
#[derive(Serialize)]
pub(crate) struct Sizes {
    table: usize,
    text: usize,
    requests: usize,
}

/// A request takes five words of the table at least.
pub(crate) const SIZES: Sizes = Sizes { table: 32 << 10, text: 256 << 10, requests: (32 << 10) / 5 };

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::new(Scratch {
        table: vec![0; SIZES.table],
        text: vec![0; SIZES.text],
        answers: vec![0; SIZES.requests],
        deciders: vec![[0; 2]; SIZES.requests],
        last: ScenarioRequest::default(),
        prepared: None,
    });
}

struct Scratch {
    table: Vec<u32>,
    text: Vec<u8>,
    /// What came out, in the order of the requests: the places of `Answer::NAMES`.
    answers: Vec<u8>,
    /// If it was asked for, what decided each: see `attribute`.
    deciders: Vec<[u32; 2]>,
    last: ScenarioRequest,
    /// The last request; `None` if it has an error.
    prepared: Option<PreparedRequest>,
}

/// Where the parts of the memory start: 0 the table, 1 the text, 2 the answers, 3 the deciders.
#[wasm_bindgen]
pub fn scratch(part: u32) -> usize {
    SCRATCH.with_borrow(|scratch| match part {
        0 => scratch.table.as_ptr() as usize,
        1 => scratch.text.as_ptr() as usize,
        2 => scratch.answers.as_ptr() as usize,
        _ => scratch.deciders.as_ptr() as usize,
    })
}

/// Decides the requests that were written, under the set of that number, and gives the last answer; with
/// `attributed` also what decided each.
#[wasm_bindgen]
pub fn decide(number: usize, count: usize, attributed: bool) -> u8 {
    SCRATCH.with_borrow_mut(|scratch| {
        let Scratch { table, text, answers, deciders, last, prepared } = scratch;
        let mut cursor = Cursor { table, text };
        let mut answer = 0;
        for (place, decider) in answers.iter_mut().zip(deciders).take(count) {
            match cursor.request(last) {
                Some(Change::Nothing) => {}
                Some(Change::Target) => {
                    *prepared = match prepared.take() {
                        Some(before) => last.prepare_again(before),
                        None => last.prepare(),
                    }
                }
                Some(Change::Caller) => *prepared = last.prepare(),
                None => *prepared = None,
            }
            answer = answer_on(number, prepared.as_ref(), attributed.then_some(decider));
            *place = answer;
        }
        answer
    })
}

/// Decides one request, given as JSON text: for what does not fit the table. What decided it stands in the
/// first place.
#[wasm_bindgen]
pub fn decide_text(number: usize, request: &JsString, attributed: bool) -> u8 {
    let (request, diagnostics) = set::read(request);
    let prepared = if set::has_error(&diagnostics) { None } else { request.prepare() };
    let mut decider = [0; 2];
    let answer = answer_on(number, prepared.as_ref(), attributed.then_some(&mut decider));
    SCRATCH.with_borrow_mut(|scratch| scratch.deciders.iter_mut().take(1).for_each(|first| *first = decider));
    answer
}

fn answer_on(number: usize, request: Option<&PreparedRequest>, decider: Option<&mut [u32; 2]>) -> u8 {
    let answer = request.and_then(|request| {
        set::with(number, |set| match decider {
            None => set.decide(request),
            Some(decider) => {
                let attributed = set.attribute(request);
                *decider = packed(&attributed);
                attributed.answer
            }
        })
    });
    answer.unwrap_or(Answer::Invalid) as u8
}

/// What decided, in two words: the place of the policy, counted from 1, or 0 if no statement decided; and the
/// index of the statement with, in the lowest four bits, the place of the gate, counted from 1, or 0 for none.
fn packed(attributed: &Attributed) -> [u32; 2] {
    let gate = attributed.decided_by.map_or(0, |gate| gate as u32 + 1);
    match attributed.statement {
        None => [0, gate],
        // A text of 16 MB has no more of either.
        Some(place) => [place.policy as u32 + 1, (place.statement as u32) << 4 | gate],
    }
}

/// In what a request differs from the one before.
enum Change {
    Nothing,
    /// In the action, the resource or its account.
    Target,
    /// In the principal or the context, and perhaps in the rest.
    Caller,
}

/// What is not read yet.
struct Cursor<'s> {
    table: &'s [u32],
    text: &'s [u8],
}

impl<'s> Cursor<'s> {
    /// Reads the next request over the last one; tells what is another. `None` if what is
    /// written makes no sense.
    fn request(&mut self, request: &mut ScenarioRequest) -> Option<Change> {
        let lengths = [self.word()?, self.word()?, self.word()?, self.word()?, self.word()?];
        let [principal, action, resource, account, keys] = lengths;
        if principal != SAME {
            replace(&mut request.principal.arn, self.string(principal)?);
        }
        if action != SAME {
            replace(&mut request.action, self.string(action)?);
        }
        if resource != SAME {
            let given = if resource == NONE { None } else { Some(self.string(resource)?) };
            match (given, request.resources.as_mut_slice()) {
                (Some(given), [before]) => replace(before, given),
                (Some(given), _) => request.resources = vec![given.to_owned()],
                (None, _) => request.resources.clear(),
            }
        }
        if account != SAME {
            request.resource_account = if account == NONE { None } else { Some(self.string(account)?.to_owned()) };
        }
        if keys != SAME {
            request.context.clear();
            for _ in 0..keys {
                let (name, count) = (self.word()?, self.word()?);
                let name = self.string(name)?.to_owned();
                request.context.push((name, self.value(count)?));
            }
        }
        Some(match lengths {
            [SAME, SAME, SAME, SAME, SAME] => Change::Nothing,
            [SAME, _, _, _, SAME] => Change::Target,
            _ => Change::Caller,
        })
    }

    fn value(&mut self, count: u32) -> Option<ContextValue> {
        Some(match count {
            NONE => ContextValue::Absent,
            SINGLE => {
                let length = self.word()?;
                ContextValue::Single(self.string(length)?.to_owned())
            }
            count => {
                let mut values = Vec::new();
                for _ in 0..count {
                    let length = self.word()?;
                    values.push(self.string(length)?.to_owned());
                }
                ContextValue::Multiple(values)
            }
        })
    }

    fn word(&mut self) -> Option<u32> {
        let (word, rest) = self.table.split_first()?;
        self.table = rest;
        Some(*word)
    }

    fn string(&mut self, length: u32) -> Option<&'s str> {
        let (bytes, rest) = self.text.split_at_checked(length as usize)?;
        self.text = rest;
        std::str::from_utf8(bytes).ok()
    }
}

fn replace(text: &mut String, new: &str) {
    text.clear();
    text.push_str(new);
}
