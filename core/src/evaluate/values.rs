//! For traces: each listed value of an element compared by itself.

use super::condition;
use super::principal;
use super::resolve;
use super::trace::ValueTrace;
use super::truth::Truth;
use crate::compile::{ActionList, Condition, Operand, ResourceList, ResourcePattern};
use crate::context::RequestContext;
use crate::policy::variable::Template;
use crate::policy::{ConditionClause, PatternElement, PrincipalElement, Text};
use crate::request::Request;

/// The listed principals.
pub(super) fn principals(element: &PrincipalElement, grants: bool, request: &Request) -> Vec<ValueTrace> {
    let entry = |entry| ValueTrace {
        matched: principal::class_of(entry, grants, request).is_some().into(),
        ..plain(&entry.value)
    };
    element.entries.iter().map(entry).collect()
}

/// The listed actions.
pub(super) fn actions(list: &ActionList, element: &PatternElement, request: &Request) -> Vec<ValueTrace> {
    let each = list.patterns.iter().zip(&element.values);
    let value = |(glob, text): (&crate::glob::Glob, _)| ValueTrace {
        matched: glob.matches(request.folded_action()).into(),
        ..plain(text)
    };
    each.map(value).collect()
}

/// The listed resources.
pub(super) fn resources(
    list: &ResourceList,
    element: &PatternElement,
    request: &Request,
    matches: impl Fn(&ResourcePattern) -> Truth,
) -> Vec<ValueTrace> {
    let each = list.patterns.iter().zip(&element.values);
    let value = |(pattern, text): (&ResourcePattern, _)| ValueTrace {
        matched: matches(pattern),
        ..substituted(text, Some(&pattern.template), request.context())
    };
    each.map(value).collect()
}

/// The listed values of a condition.
pub(super) fn operands(condition: &Condition, clause: &ConditionClause, context: &RequestContext) -> Vec<ValueTrace> {
    let each = condition.operands.iter().zip(&clause.values);
    let value = |(operand, text): (&Operand, _)| ValueTrace {
        matched: condition::operand_matches(condition, operand, context),
        ..substituted(text, operand.template(), context)
    };
    each.map(value).collect()
}

fn plain(text: &Text) -> ValueTrace {
    ValueTrace { text: text.value.clone(), resolved: None, matched: Truth::False, span: text.span }
}

fn substituted(text: &Text, template: Option<&Template>, context: &RequestContext) -> ValueTrace {
    let resolved = template.map(|template| resolve::display(&text.value, template, context));
    ValueTrace { resolved: resolved.filter(|resolved| *resolved != text.value), ..plain(text) }
}
