//! Which resources and conditions of statements go with the actions of a service (SPEC 9.2, M-09).
//!
//! Documents can have thousands of statements and services hundreds of actions, so what takes long is asked once for each
//! pattern and resource type, not for each action.

use std::cell::OnceCell;
use std::rc::Rc;

use super::coverage::Actions;
use crate::arn::Arn;
use crate::catalog::{Action, ConditionKey, ResourceType, Service, global_condition_key};
use crate::glob::overlap::Form;
use crate::never;
use crate::policy::{ConditionClause, Statement};

/// A service, and the names that it has in ARNs.
#[derive(Clone)]
pub(super) struct Known<'c> {
    pub service: Service<'c>,
    names: Vec<&'c str>,
}

impl<'c> Known<'c> {
    pub fn new(service: Service<'c>) -> Self {
        let mut names = vec![service.prefix()];
        for known in service.resource_types() {
            for name in known.arn_formats().filter_map(|form| vendor(form.as_str())) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        Self { service, names }
    }

    /// Whether a resource pattern is one of the service: by the service part of its ARN.
    pub fn owns(&self, pattern: &str) -> bool {
        vendor(pattern).is_some_and(|name| self.names.contains(&name))
    }

    /// Whether it is seen at once that no ARN of the service is covered by a pattern: it names another service, and has
    /// nothing before that which could stand for more.
    fn is_foreign(&self, pattern: &str) -> bool {
        let parts = pattern.strip_prefix("arn:").and_then(|rest| rest.split_once(':'));
        let Some((partition, rest)) = parts else { return false };
        let name = rest.split(':').next().unwrap_or_default();
        let open = |text: &str| text.contains(['*', '?', '$']);
        !open(partition) && !open(name) && !self.names.iter().any(|own| *own == name || open(own))
    }
}

/// The service part of an ARN.
fn vendor(arn: &str) -> Option<&str> {
    arn.strip_prefix("arn:")?.split(':').nth(1)
}

/// A service's actions, and what each can have.
pub(super) struct Applicable<'c> {
    pub known: Known<'c>,
    pub actions: Vec<Action<'c>>,
    types: Vec<ResourceType<'c>>,
    /// For each resource type: the forms of its ARNs, made when they are first needed.
    forms: OnceCell<Vec<Vec<Form>>>,
    /// For each action: its resource types, by their place.
    types_of: Vec<Vec<usize>>,
    keys: Vec<ConditionKey<'c>>,
    /// For keys of the service, by their place: which actions know one of them.
    knowing: Vec<(Vec<usize>, Rc<[bool]>)>,
}

/// What a statement says of a service: for each action, in the order of [`Applicable::actions`].
pub(super) struct Applied<'s> {
    /// Whether it covers the action.
    pub actions: Vec<bool>,
    /// Whether the action, covered or not, can have a resource of it.
    pub resource: Vec<bool>,
    /// For each condition on a key of its own: whether a request for the action can carry the key.
    pub keys: Vec<(&'s ConditionClause, Rc<[bool]>)>,
    /// Whether it lists a resource of the service that no action has which it covers.
    pub lonely_resource: bool,
}

impl<'c> Applicable<'c> {
    pub fn new(known: Known<'c>) -> Self {
        let types: Vec<ResourceType<'c>> = known.service.resource_types().collect();
        let actions: Vec<Action<'c>> = known.service.actions().collect();
        let mut types_of = Vec::with_capacity(actions.len());
        for action in &actions {
            let place = |name: &str| types.iter().position(|known| known.name() == name);
            types_of.push(action.resources().filter_map(|own| place(own.resource_type().name())).collect());
        }
        let keys = known.service.condition_keys().collect();
        Self { known, actions, types, forms: OnceCell::new(), types_of, keys, knowing: Vec::new() }
    }

    /// What goes with what in a statement that covers these actions.
    pub fn of<'s>(
        &mut self,
        statement: &'s Statement,
        own_keys: &[&'s ConditionClause],
        covered: &Actions,
    ) -> Applied<'s> {
        let actions = self.actions.iter().map(|action| covered.has(*action)).collect();
        let keys = own_keys.iter().map(|clause| (*clause, self.knowing(&clause.key.value))).collect();
        let mut applied = Applied { actions, resource: Vec::new(), keys, lonely_resource: false };
        self.resources(statement, &mut applied);
        applied
    }

    fn resources(&self, statement: &Statement, applied: &mut Applied<'_>) {
        let Some(element) = statement.resource.as_ref().filter(|element| !element.negated) else {
            applied.resource = vec![true; self.actions.len()];
            return;
        };
        applied.resource = vec![false; self.actions.len()];
        for text in &element.values {
            let useful = self.fit(&text.value, applied);
            applied.lonely_resource |= !useful && self.known.owns(&text.value);
        }
    }

    fn forms(&self) -> &[Vec<Form>] {
        let of_type = |known: &ResourceType<'_>| known.arn_formats().map(|form| form.form()).collect();
        self.forms.get_or_init(|| self.types.iter().map(of_type).collect())
    }

    /// The place of an action of the service.
    pub fn place(&self, action: Action<'c>) -> Option<usize> {
        action.index().checked_sub(self.actions.first()?.index())
    }

    /// Marks the actions that can have a resource of the pattern; says whether the statement covers one of them.
    fn fit(&self, pattern: &str, applied: &mut Applied<'_>) -> bool {
        let mut useful = false;
        let fitting = self.fitting(pattern, false);
        for ((fits, covered), resource) in fitting.iter().zip(&applied.actions).zip(&mut applied.resource) {
            *resource |= *fits;
            useful |= *fits && *covered;
        }
        useful
    }

    /// For each action, whether it can have a resource of the pattern. Without a resource type, `*` stands for it, which
    /// patterns cover that are about everything of the service (SPEC M-30); not where `*` is the policy's `own` resource.
    pub fn fitting(&self, pattern: &str, own: bool) -> Vec<bool> {
        let all = pattern == "*";
        if !all && self.known.is_foreign(pattern) {
            return vec![false; self.actions.len()];
        }
        let blank = if all { !own } else { everything(pattern) && self.known.owns(pattern) };
        let fitting: Vec<bool> = if all {
            vec![true; self.types.len()]
        } else {
            self.forms().iter().map(|forms| forms.iter().any(|form| form.overlaps(pattern))).collect()
        };
        let mut found = Vec::with_capacity(self.actions.len());
        for types in &self.types_of {
            found.push(match types.as_slice() {
                [] => blank,
                types => types.iter().any(|place| fitting.get(*place) == Some(&true)),
            });
        }
        found
    }

    /// For each action, whether a request for it can carry a key, which is none of the global keys.
    pub fn knowing(&mut self, name: &str) -> Rc<[bool]> {
        let mut places = Vec::new();
        for (place, key) in self.keys.iter().enumerate() {
            // Most keys differ in their first letters, which is seen at once.
            let start = key.name().get(..3).zip(name.get(..3));
            if start.is_some_and(|(one, other)| one.eq_ignore_ascii_case(other)) && key.covers(name) {
                places.push(place);
            }
        }
        // There are few: most keys have one place, or none.
        if let Some((_, known)) = self.knowing.iter().find(|(other, _)| *other == places) {
            return Rc::clone(known);
        }
        let names: Vec<&str> = places.iter().filter_map(|place| self.keys.get(*place)).map(|key| key.name()).collect();
        let mut known = vec![false; self.actions.len()];
        if !names.is_empty() {
            for (action, known) in self.actions.iter().zip(&mut known) {
                let own = action.all_condition_keys();
                *known = own.iter().any(|key| names.iter().any(|name| key.name().eq_ignore_ascii_case(name)));
            }
        }
        let known: Rc<[bool]> = known.into();
        self.knowing.push((places, Rc::clone(&known)));
        known
    }
}

/// Whether every part behind the service is `*` or empty.
fn everything(pattern: &str) -> bool {
    let blank = |text: &str| matches!(text, "" | "*");
    match Arn::parse(pattern) {
        Some(arn) => blank(arn.region) && blank(arn.account) && arn.resource == "*",
        None => pattern.split(':').skip(3).all(blank),
    }
}

/// The conditions on keys that not every action knows.
pub(super) fn on_own_keys(statement: &Statement) -> Vec<&ConditionClause> {
    let own = |name: &str| global_condition_key(name).is_none() && !never::is_claim(name);
    statement.condition.iter().filter(|clause| own(&clause.key.value)).collect()
}
