//! What can be told of a statement's elements: each listed value compared by itself, variables
//! replaced, what the request has. It is found out when it is asked for, a statement at a time.

use super::condition;
use super::principal;
use super::resolve;
use super::statement::Comparison;
use super::trace::{ElementKind, ElementMatch, ElementTrace, ValueTrace};
use super::truth::Truth;
use crate::compile::{Condition, Operand, ResourcePattern};
use crate::context::{ContextEntry, RequestContext};
use crate::policy::variable::{Piece, Template};
use crate::policy::{ConditionClause, PatternElement, PrincipalElement, PrincipalEntry, Quantifier, Text};
use crate::span::Span;
use std::borrow::Cow;

impl<'a> Comparison<'a, '_> {
    /// Every element that [`Comparison::applies`] compares.
    pub fn elements(&self) -> Vec<ElementTrace<'a>> {
        let compared = self.compared();
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

    fn principal_trace(&self, compared: &ElementMatch, element: &'a PrincipalElement) -> ElementTrace<'a> {
        let grants = principal::grants(self.statement.effect, self.policy.policy_type);
        let value = |entry: &'a PrincipalEntry| ValueTrace {
            matched: principal::class_of(entry, grants, self.request).is_some().into(),
            ..plain(&entry.value)
        };
        let values = element.entries.iter().map(value).collect();
        ElementTrace {
            actual: Some(vec![Cow::Borrowed(self.request.principal.name())]),
            ..ElementTrace::new(compared, element.name_span, values)
        }
    }

    fn action_trace(&self, compared: &ElementMatch, element: &'a PatternElement) -> ElementTrace<'a> {
        let value = |(index, text)| ValueTrace { matched: self.covers_action(index).into(), ..plain(text) };
        let values: Vec<ValueTrace<'a>> = element.values.iter().enumerate().map(value).collect();
        ElementTrace {
            actual: Some(vec![Cow::Borrowed(self.request.action())]),
            ..ElementTrace::new(compared, element_span(element, &values), values)
        }
    }

    fn resource_trace(&self, compared: &ElementMatch, element: &'a PatternElement) -> ElementTrace<'a> {
        let context = self.request.context();
        let each = element.values.iter().zip(&self.compiled.resources).enumerate();
        let value = |(index, (text, pattern)): (usize, (_, &ResourcePattern))| ValueTrace {
            matched: self.covers_resource(element, index),
            ..self.substituted(text, pattern.template.as_deref())
        };
        let values: Vec<ValueTrace<'a>> = each.map(value).collect();
        let compiled = self.compiled;
        let mut templates = compiled.resources.iter().filter_map(|pattern| pattern.template.as_deref());
        // That of a bucket stands behind an access point's, and not in the request.
        let of_request = self.resource == self.request.resource();
        let resource = if of_request { self.request.resource().into() } else { self.resource.to_owned().into() };
        ElementTrace {
            actual: Some(vec![resource]),
            open_variables: open_variables(&mut templates, context),
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
        clause: &'a ConditionClause,
        condition: &'a Condition,
    ) -> ElementTrace<'a> {
        let context = self.request.context();
        let entry = condition::entry(clause, condition, context);
        let each = clause.values.iter().zip(&condition.operands).enumerate();
        let value = |(index, (text, operand)): (usize, (_, &Operand))| ValueTrace {
            matched: condition::operand_matches(clause, condition, index, context),
            ..self.substituted(text, operand.template())
        };
        let values: Vec<ValueTrace<'a>> = each.map(value).collect();
        let mut templates = condition.operands.iter().filter_map(Operand::template);
        let texts = |values: &'a [String]| values.iter().map(|value| value.as_str().into()).collect();
        ElementTrace {
            operator: Some(clause.operator.written()),
            key: Some(&clause.key.value),
            actual: entry.values().map(texts),
            unknown: *entry == ContextEntry::Unknown,
            open_variables: open_variables(&mut templates, context),
            several_values: has_several_values(clause, entry),
            disputed_if_exists: is_disputed_if_exists(clause, entry),
            ..ElementTrace::new(compared, found(&values).map_or(clause.span, |value| value.span), values)
        }
    }

    fn substituted(&self, text: &'a Text, template: Option<&Template>) -> ValueTrace<'a> {
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

fn plain(text: &Text) -> ValueTrace<'_> {
    ValueTrace { text: &text.value, resolved: None, matched: Truth::False, span: text.span }
}

/// The first value that matches.
fn found<'v, 'a>(values: &'v [ValueTrace<'a>]) -> Option<&'v ValueTrace<'a>> {
    values.iter().find(|value| value.matched.is_true())
}

/// The value that matched, or the element's name.
fn element_span(element: &PatternElement, values: &[ValueTrace<'_>]) -> Span {
    found(values).map_or(element.name_span, |value| value.span)
}

fn open_variables<'a>(
    templates: &mut dyn Iterator<Item = &'a Template>,
    context: &RequestContext,
) -> Vec<(&'a str, bool)> {
    let mut open = Vec::new();
    for piece in templates.flat_map(|template| &template.pieces) {
        if let Piece::Variable(variable) = piece
            && let Some(unknown) = resolve::open(variable, context)
        {
            open.push((variable.key.as_str(), unknown));
        }
    }
    open
}
