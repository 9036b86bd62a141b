//! Which statements may be about an action: found without looking at the others.

use crate::compile::CompiledPolicy;
use crate::context::{HASH_START, hash};
use crate::policy::{Effect, PatternElement, PolicyType, Statement};

/// All action patterns of a set, by a hash of what a request's action has to begin with or to be:
/// literal actions by themselves, patterns by their service and the first letters of their name, or
/// by their service alone. `*` and `NotAction` are under the hash of nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct ActionIndex {
    /// For each remainder of a hash the last entry that has it, counted from 1. Their number is a power of 2.
    buckets: Box<[u32]>,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    hash: u32,
    /// The entry before this one in its bucket, counted from 1.
    next: u32,
    found: Found,
}

/// A statement, and its pattern that may cover the action.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub policy: u32,
    pub statement: u32,
    /// `WHOLE_LIST`: the whole list is to be compared.
    pub pattern: u16,
}

pub(crate) const WHOLE_LIST: u16 = u16::MAX;

/// How many letters of an action's name patterns are told apart by: most begin with Get, List, Describe.
const LETTERS: usize = 3;

/// The hashes under which the patterns stand that may cover an action.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ActionHashes([u32; 4]);

impl ActionHashes {
    pub fn new(action: &str) -> Self {
        let bytes = action.as_bytes();
        let colon = bytes.iter().position(|byte| *byte == b':').map_or(bytes.len(), |colon| colon + 1);
        let (service, name) = bytes.split_at_checked(colon).unwrap_or((bytes, &[]));
        let service = hash(HASH_START, service);
        let (first, rest) = name.split_at_checked(LETTERS).unwrap_or((name, &[]));
        let letters = hash(service, first);
        Self([HASH_START, service, letters, hash(letters, rest)])
    }
}

/// The hash under which a pattern stands.
fn pattern_hash(pattern: &str, fixed: usize) -> u32 {
    let literal = pattern.get(..fixed).unwrap_or_default();
    let ActionHashes([nothing, service, letters, whole]) = ActionHashes::new(literal);
    if literal.len() == pattern.len() {
        return whole;
    }
    match literal.bytes().position(|byte| byte == b':') {
        Some(colon) if literal.len() > colon + LETTERS => letters,
        Some(_) => service,
        None => nothing,
    }
}

/// Whether a statement allows every action on everything, as most levels of an organization have one. Only of
/// policies that limit: of those that grant the deciding statement is named.
pub(crate) fn allows_all(statement: &Statement, policy_type: PolicyType) -> bool {
    let limits =
        matches!(policy_type, PolicyType::ServiceControl | PolicyType::PermissionsBoundary | PolicyType::Session);
    let is_all = |element: &Option<PatternElement>| match element {
        Some(element) => {
            !element.negated && !element.values.is_empty() && element.values.iter().all(|text| *text.value == *"*")
        }
        None => false,
    };
    limits
        && statement.effect == Effect::Allow
        && statement.principal.is_none()
        && statement.condition.is_empty()
        && is_all(&statement.action)
        && is_all(&statement.resource)
}

impl ActionIndex {
    /// Adds a policy by the index that it has in the set. Tells whether a statement of it that is not added
    /// allows whatever is asked.
    pub fn add(&mut self, index: usize, policy: &CompiledPolicy) -> bool {
        let mut always = false;
        let policy_index = u32::try_from(index).unwrap_or(u32::MAX);
        for (number, (statement, compiled)) in policy.document.statements.iter().zip(&policy.statements).enumerate() {
            let statement_index = u32::try_from(number).unwrap_or(u32::MAX);
            let found = |pattern| Found { policy: policy_index, statement: statement_index, pattern };
            if allows_all(statement, policy.policy_type) {
                always = true;
                continue;
            }
            let Some(element) = &statement.action else { continue };
            if element.negated {
                self.push(HASH_START, found(WHOLE_LIST));
                continue;
            }
            for (place, (text, fixed)) in element.values.iter().zip(&compiled.actions).enumerate() {
                let pattern = u16::try_from(place).unwrap_or(WHOLE_LIST);
                let hash = if *text.value == *"*:*" { HASH_START } else { pattern_hash(&text.value, *fixed as usize) };
                self.push(hash, found(pattern));
            }
        }
        self.spread();
        always
    }

    fn push(&mut self, hash: u32, found: Found) {
        if self.entries.len() == self.entries.capacity() {
            // In small steps, since a set is kept and grows rarely.
            self.entries.reserve_exact(8.max(self.entries.len() / 16));
        }
        self.entries.push(Entry { hash, next: 0, found });
        let last = self.entries.len() - 1;
        self.link(last);
    }

    /// Puts an entry in front of its bucket.
    fn link(&mut self, index: usize) {
        let Some(entry) = self.entries.get_mut(index) else { return };
        let mask = self.buckets.len().wrapping_sub(1);
        if let Some(bucket) = self.buckets.get_mut(entry.hash as usize & mask) {
            entry.next = *bucket;
            *bucket = index as u32 + 1;
        }
    }

    /// Makes more buckets if there are too few.
    fn spread(&mut self) {
        if self.buckets.len() * 2 >= self.entries.len() {
            return;
        }
        self.buckets = vec![0; self.entries.len().next_power_of_two()].into();
        (0..self.entries.len()).for_each(|index| self.link(index));
    }

    /// The statements that may be about an action; some may come twice.
    pub fn candidates(&self, action: ActionHashes) -> Candidates<'_> {
        Candidates { index: self, hashes: action.0, done: 0, next: 0 }
    }
}

/// The entries of an index for one action.
pub(crate) struct Candidates<'a> {
    index: &'a ActionIndex,
    hashes: [u32; 4],
    /// How many of the hashes were looked up.
    done: usize,
    /// The next entry in the bucket, counted from 1.
    next: u32,
}

impl Iterator for Candidates<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            if let Some(entry) = self.index.entries.get((self.next as usize).wrapping_sub(1)) {
                self.next = entry.next;
                if self.hashes.get(self.done.wrapping_sub(1)) == Some(&entry.hash) {
                    return Some(entry.found);
                }
                continue;
            }
            let hash = *self.hashes.get(self.done)?;
            self.done += 1;
            let mask = self.index.buckets.len().wrapping_sub(1);
            self.next = self.index.buckets.get(hash as usize & mask).copied().unwrap_or(0);
        }
    }
}
