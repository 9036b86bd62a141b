//! Which of the catalog's actions a statement covers (SPEC 2.2).

use crate::catalog::{Action, Catalog, Service};
use crate::never;
use crate::policy::{PatternElement, Statement};

/// A set of actions of the catalog: a bit for each.
#[derive(Clone)]
pub(super) struct Actions(Vec<u64>);

impl Actions {
    /// No action.
    pub fn none(catalog: &Catalog) -> Self {
        Self(vec![0; words(catalog)])
    }

    /// Every action.
    pub fn all(catalog: &Catalog) -> Self {
        Self(vec![u64::MAX; words(catalog)])
    }

    /// What an `Action` or `NotAction` element covers; one that lists nothing covers nothing (SPEC G-24).
    pub fn of(element: &PatternElement, catalog: &Catalog) -> Self {
        let mut found = Self::none(catalog);
        for text in &element.values {
            if matches!(&*text.value, "*" | "*:*") {
                found = Self::all(catalog);
                continue;
            }
            match text.value.strip_suffix(":*").and_then(|prefix| catalog.service(prefix)) {
                Some(service) => service.actions().for_each(|action| found.insert(action)),
                None => catalog.expand(&text.value).into_iter().for_each(|action| found.insert(action)),
            }
        }
        if element.negated && !element.values.is_empty() {
            found.0.iter_mut().for_each(|word| *word = !*word);
        }
        found
    }

    /// Of a statement that can apply to something.
    pub fn of_statement(statement: &Statement, catalog: &Catalog) -> Self {
        match &statement.action {
            Some(element) if !is_nothing(statement) => Self::of(element, catalog),
            _ => Self::none(catalog),
        }
    }

    fn insert(&mut self, action: Action<'_>) {
        if let Some(word) = self.0.get_mut(action.index() / 64) {
            *word |= 1 << (action.index() % 64);
        }
    }

    /// Takes an action out.
    pub fn take(&mut self, action: Action<'_>) {
        if let Some(word) = self.0.get_mut(action.index() / 64) {
            *word &= !(1 << (action.index() % 64));
        }
    }

    /// Whether the action is in the set.
    pub fn has(&self, action: Action<'_>) -> bool {
        self.0.get(action.index() / 64).is_some_and(|word| word >> (action.index() % 64) & 1 == 1)
    }

    /// Whether an action of the service is in the set.
    pub fn has_any_of(&self, service: Service<'_>) -> bool {
        // Its actions are neighbors.
        let actions = service.actions();
        let count = actions.len();
        let Some(start) = actions.map(Action::index).next() else { return false };
        let last = start + count - 1;
        let words = self.0.iter().enumerate().take(last / 64 + 1).skip(start / 64);
        words.into_iter().any(|(place, word)| {
            let from = if place == start / 64 { u64::MAX << (start % 64) } else { u64::MAX };
            let to = if place == last / 64 { u64::MAX >> (63 - last % 64) } else { u64::MAX };
            word & from & to != 0
        })
    }

    /// Adds the actions of another set.
    pub fn add(&mut self, other: &Self) {
        for (one, other) in self.0.iter_mut().zip(&other.0) {
            *one |= *other;
        }
    }

    /// Takes out what is not in another set.
    pub fn keep(&mut self, other: &Self) {
        for (one, other) in self.0.iter_mut().zip(&other.0) {
            *one &= *other;
        }
    }

    /// Takes out what is in another set.
    pub fn remove(&mut self, other: &Self) {
        for (one, other) in self.0.iter_mut().zip(&other.0) {
            *one &= !*other;
        }
    }
}

/// Whether the statement applies to nothing, as it lists no resource, excepts everything or has conditions that contradict
/// each other (SPEC G-24, M-31, C-01).
pub(super) fn is_nothing(statement: &Statement) -> bool {
    statement.resource.as_ref().is_some_and(|element| element.values.is_empty())
        || never::excepts_everything(statement).is_some()
        || !never::contradictions(statement).is_empty()
}

fn words(catalog: &Catalog) -> usize {
    catalog.metadata().actions.div_ceil(64)
}
