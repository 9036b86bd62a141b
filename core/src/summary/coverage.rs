//! Which of the catalog's actions a statement covers (SPEC 2.2).

use crate::catalog::{Action, Catalog};
use crate::policy::{PatternElement, Statement};

/// A set of actions of the catalog.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Actions(Vec<bool>);

impl Actions {
    /// No action.
    pub fn none(catalog: &Catalog) -> Self {
        Self(vec![false; catalog.metadata().actions])
    }

    /// Every action.
    pub fn all(catalog: &Catalog) -> Self {
        Self(vec![true; catalog.metadata().actions])
    }

    /// What an `Action` or `NotAction` element covers; one that lists nothing covers nothing (SPEC G-24).
    pub fn of(element: &PatternElement, catalog: &Catalog) -> Self {
        let mut found = Self::none(catalog);
        for text in &element.values {
            for action in catalog.expand(&text.value) {
                found.0.iter_mut().skip(action.index()).take(1).for_each(|covered| *covered = true);
            }
        }
        if element.negated && !element.values.is_empty() {
            found.0.iter_mut().for_each(|covered| *covered = !*covered);
        }
        found
    }

    /// Of a statement that can apply to something.
    pub fn of_statement(statement: &Statement, catalog: &Catalog) -> Self {
        let empty = statement.resource.as_ref().is_some_and(|element| element.values.is_empty());
        match &statement.action {
            Some(element) if !empty => Self::of(element, catalog),
            _ => Self::none(catalog),
        }
    }

    /// Whether the action is in the set.
    pub fn has(&self, action: Action<'_>) -> bool {
        self.0.get(action.index()).copied().unwrap_or_default()
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
