//! What can be told of a statement's elements: each listed value compared by itself, variables
//! replaced, what the request has. It is found out when it is asked for, a statement at a time.

use super::condition;
use super::principal;
use super::resolve;
use super::statement::Comparison;
use super::trace::{ElementKind, ElementMatch, ElementTrace, Elements, ValueTrace};
use super::truth::Truth;
use crate::compile::{Condition, Operand, ResourcePattern};
use crate::context::ContextEntry;
use crate::policy::variable::Template;
use crate::policy::{ConditionClause, PatternElement, PrincipalElement, Quantifier, Text};
use crate::span::Span;

impl Comparison<'_> {
    /// Every element that [`Comparison::applies`] compares.
    pub fn elements(&self) -> Vec<ElementTrace> {
        let mut compared = Elements::default();
        self.applies(false, &mut compared);
        let mut conditions = self.statement.condition.iter().zip(&self.compiled.conditions);
        let (statement, mut traces) = (self.statement, Vec::new());
        for element in compared.iter() {
            traces.extend(match element.kind {
                ElementKind::Principal { .. } => {
                    statement.principal.as_ref().map(|it| self.principal_trace(element, it))
                }
                ElementKind::Action { .. } => statement.action.as_ref().map(|it| self.action_trace(element, it)),
                ElementKind::Resource { .. } => statement.resource.as_ref().map(|it| self.resource_trace(element, it)),
                ElementKind::Condition => {
                    conditions.next().map(|(clause, it)| self.condition_trace(element, clause, it))
                }
            });
        }
        traces
    }

    fn principal_trace(&self, compared: &ElementMatch, element: &PrincipalElement) -> ElementTrace {
        let grants = principal::grants(self.statement.effect, self.policy.policy_type);
        let value = |entry| ValueTrace {
            matched: principal::class_of(entry, grants, self.request).is_some().into(),
            ..plain(&entry.value)
        };
        let values: Vec<ValueTrace> = element.entries.iter().map(value).collect();
        ElementTrace {
            expected: element.entries.iter().map(|entry| entry.value.value.to_string()).collect(),
            actual: Some(vec![self.request.principal.name().to_owned()]),
            ..ElementTrace::new(compared, element.name_span, values)
        }
    }

    fn action_trace(&self, compared: &ElementMatch, element: &PatternElement) -> ElementTrace {
        let value = |(index, text)| ValueTrace { matched: self.covers_action(index).into(), ..plain(text) };
        let values: Vec<ValueTrace> = element.values.iter().enumerate().map(value).collect();
        ElementTrace {
            expected: texts(element),
            actual: Some(vec![self.request.action().to_owned()]),
            ..ElementTrace::new(compared, element_span(element, &values), values)
        }
    }

    fn resource_trace(&self, compared: &ElementMatch, element: &PatternElement) -> ElementTrace {
        let context = self.request.context();
        let each = element.values.iter().zip(&self.compiled.resources).enumerate();
        let value = |(index, (text, pattern)): (usize, (_, &ResourcePattern))| ValueTrace {
            matched: self.covers_resource(element, index),
            ..self.substituted(text, pattern.template.as_deref())
        };
        let values: Vec<ValueTrace> = each.map(value).collect();
        let templates = || self.compiled.resources.iter().filter_map(|pattern| pattern.template.as_deref());
        ElementTrace {
            expected: values.iter().map(shown).collect(),
            actual: Some(vec![self.resource.to_owned()]),
            missing_variables: templates()
                .flat_map(|template| resolve::missing(template, context).map(str::to_owned))
                .collect(),
            crosses_colons: self.crosses_colons(element),
            ..ElementTrace::new(compared, element_span(element, &values), values)
        }
    }

    /// Whether the first pattern that covers the resource does so only since a `*` crosses a colon
    /// (SPEC M-22).
    pub fn crosses_colons(&self, element: &PatternElement) -> bool {
        let mut each = element.values.iter().zip(&self.compiled.resources).enumerate();
        let found = each.find(|(index, _)| self.covers_resource(element, *index).is_true());
        found.is_some_and(|(_, (text, pattern))| {
            *text.value != *"*" && self.resource != "*" && self.by_parts(&text.value, pattern) == Truth::False
        })
    }

    fn condition_trace(
        &self,
        compared: &ElementMatch,
        clause: &ConditionClause,
        condition: &Condition,
    ) -> ElementTrace {
        let context = self.request.context();
        let entry = condition::entry(clause, condition, context);
        let each = clause.values.iter().zip(&condition.operands).enumerate();
        let value = |(index, (text, operand)): (usize, (_, &Operand))| ValueTrace {
            matched: condition::operand_matches(clause, condition, index, context),
            ..self.substituted(text, operand.template())
        };
        let values: Vec<ValueTrace> = each.map(value).collect();
        let templates = || condition.operands.iter().filter_map(Operand::template);
        ElementTrace {
            operator: Some(clause.operator.text()),
            key: Some(clause.key.value.to_string()),
            expected: values.iter().map(shown).collect(),
            actual: entry.values().map(<[String]>::to_vec),
            unknown: *entry == ContextEntry::Unknown,
            missing_variables: templates()
                .flat_map(|template| resolve::missing(template, context).map(str::to_owned))
                .collect(),
            several_values: has_several_values(clause, entry),
            disputed_if_exists: is_disputed_if_exists(clause, entry),
            ..ElementTrace::new(compared, found(&values).map_or(clause.span, |value| value.span), values)
        }
    }

    fn substituted(&self, text: &Text, template: Option<&Template>) -> ValueTrace {
        let resolved = template.map(|template| resolve::display(&text.value, template, self.request.context()));
        ValueTrace { resolved: resolved.filter(|resolved| *resolved != *text.value), ..plain(text) }
    }
}

/// Whether the key has several values and the operator is no set operator (SPEC C-43).
pub(super) fn has_several_values(clause: &ConditionClause, entry: &ContextEntry) -> bool {
    clause.operator.quantifier.is_none()
        && clause.operator.comparison != crate::policy::Comparison::Null
        && entry.values().is_some_and(|values| values.len() > 1)
}

/// Whether this is `ForAnyValue:…IfExists` on a missing key (SPEC C-45).
pub(super) fn is_disputed_if_exists(clause: &ConditionClause, entry: &ContextEntry) -> bool {
    clause.operator.if_exists && clause.operator.quantifier == Some(Quantifier::ForAnyValue) && entry.values().is_none()
}

fn plain(text: &Text) -> ValueTrace {
    ValueTrace { text: text.value.to_string(), resolved: None, matched: Truth::False, span: text.span }
}

/// The value with its variables replaced.
fn shown(value: &ValueTrace) -> String {
    value.resolved.as_ref().unwrap_or(&value.text).clone()
}

fn texts(element: &PatternElement) -> Vec<String> {
    element.values.iter().map(|text| text.value.to_string()).collect()
}

/// The first value that matches.
fn found(values: &[ValueTrace]) -> Option<&ValueTrace> {
    values.iter().find(|value| value.matched.is_true())
}

/// The value that matched, or the element's name.
fn element_span(element: &PatternElement, values: &[ValueTrace]) -> Span {
    found(values).map_or(element.name_span, |value| value.span)
}
