//! Which resources and conditions of statements go with the actions of a service (SPEC 9.2, M-09).
//!
//! Documents can have thousands of statements and services hundreds of actions, so what takes long is asked once for each
//! pattern and resource type, not for each action.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::coverage::Actions;
use crate::arn::Arn;
use crate::catalog::{Action, Catalog, ConditionKey, ResourceType, Service, global_condition_key};
use crate::glob::overlap::Form;
use crate::never;
use crate::policy::{ConditionClause, Statement, Text};

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

/// The catalog's services, and what was found out about them.
pub(super) struct Services<'c> {
    pub catalog: &'c Catalog,
    known: Vec<Known<'c>>,
    applicable: Vec<Option<Applicable<'c>>>,
}

impl<'c> Services<'c> {
    pub fn new(catalog: &'c Catalog) -> Self {
        let known: Vec<Known<'c>> = catalog.services().map(Known::new).collect();
        let applicable = known.iter().map(|_| None).collect();
        Self { catalog, known, applicable }
    }

    /// All of them, in the order of the catalog.
    pub fn known(&self) -> &[Known<'c>] {
        &self.known
    }

    /// The place of a service.
    pub fn place(&self, service: Service<'c>) -> Option<usize> {
        self.known.binary_search_by(|known| known.service.prefix().cmp(service.prefix())).ok()
    }

    /// What the actions of the service at a place can have.
    pub fn applicable(&mut self, place: usize) -> Option<&mut Applicable<'c>> {
        let known = self.known.get(place)?;
        Some(self.applicable.get_mut(place)?.get_or_insert_with(|| Applicable::new(known.clone())))
    }

    /// Takes out of the actions that a statement covers those that it never applies to: for which none of its resources
    /// fits, or that never carry a key which it needs.
    pub fn restrict(&mut self, statement: &Statement, covered: &mut Actions) {
        let (resources, keys) = (listed(statement), needed_keys(statement, self.catalog));
        let anything = resources.is_none_or(|texts| texts.iter().any(|text| *text.value == *"*"));
        if anything && keys.is_empty() {
            return;
        }
        for place in 0..self.known.len() {
            let Some(service) = self.known.get(place).map(|known| known.service) else { continue };
            if !covered.has_any_of(service) {
                continue;
            }
            let Some(applicable) = self.applicable(place) else { continue };
            let applied = applicable.of(statement, &keys, covered);
            for (place, action) in applicable.actions.iter().enumerate() {
                let fits = anything || applied.resource.get(place) == Some(&true);
                if !fits || applied.keys.iter().any(|(_, knowing)| knowing.get(place) != Some(&true)) {
                    covered.take(*action);
                }
            }
        }
    }
}

/// The patterns of `Resource`, if each of them is a whole ARN or `*`: others can be more than they seem (SPEC M-25).
pub(super) fn listed(statement: &Statement) -> Option<&[Text]> {
    let element = statement.resource.as_ref().filter(|element| !element.negated)?;
    let whole =
        |text: &Text| *text.value == *"*" || text.value.starts_with("arn:") && text.value.matches(':').count() > 4;
    element.values.iter().all(whole).then_some(&element.values)
}

/// The conditions that are false without a key which the catalog lists for actions.
pub(super) fn needed_keys<'s>(statement: &'s Statement, catalog: &Catalog) -> Vec<&'s ConditionClause> {
    let needed =
        |clause: &&ConditionClause| never::needs_key(clause) && never::is_of_actions(catalog, &clause.key.value);
    statement.condition.iter().filter(needed).collect()
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
    /// For resource patterns: which actions can have one of these.
    fitting: BTreeMap<String, Rc<[bool]>>,
    /// What foreign patterns fit.
    nothing: Rc<[bool]>,
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
        let nothing = vec![false; actions.len()].into();
        let (forms, knowing, fitting) = (OnceCell::new(), Vec::new(), BTreeMap::new());
        Self { known, actions, types, forms, types_of, keys, knowing, fitting, nothing }
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

    fn resources(&mut self, statement: &Statement, applied: &mut Applied<'_>) {
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
    fn fit(&mut self, pattern: &str, applied: &mut Applied<'_>) -> bool {
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
    pub fn fitting(&mut self, pattern: &str, own: bool) -> Rc<[bool]> {
        if pattern == "*" {
            return self.types_of.iter().map(|types| !own || !types.is_empty()).collect();
        }
        if self.known.is_foreign(pattern) {
            return Rc::clone(&self.nothing);
        }
        if let Some(known) = self.fitting.get(pattern) {
            return Rc::clone(known);
        }
        let blank = everything(pattern) && self.known.owns(pattern);
        let of_type: Vec<bool> =
            self.forms().iter().map(|forms| forms.iter().any(|form| form.overlaps(pattern))).collect();
        let mut found = Vec::with_capacity(self.actions.len());
        for types in &self.types_of {
            found.push(match types.as_slice() {
                [] => blank,
                types => types.iter().any(|place| of_type.get(*place) == Some(&true)),
            });
        }
        let found: Rc<[bool]> = found.into();
        self.fitting.insert(pattern.to_owned(), Rc::clone(&found));
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
