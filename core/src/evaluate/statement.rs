//! One statement against one request: every element has to match (SPEC 2, 4).

use super::condition;
use super::facts::Facts;
use super::principal::{self, PrincipalClass};
use super::resolve::{self, Resolved};
use super::trace::{ElementKind, ElementTrace, Tracer};
use super::truth::Truth;
use super::values;
use crate::compile::{
    ActionList, CompiledPolicy, CompiledStatement, Operand, ResourceForm, ResourceList, ResourcePattern,
};
use crate::context::ContextEntry;
use crate::policy::{ConditionClause, PatternElement, PolicyType, ResourcePolicyKind, Statement};
use crate::request::{Principal, Request};
use crate::span::Span;

/// Whether a statement applies, and how it named the caller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Applies {
    pub truth: Truth,
    pub class: Option<PrincipalClass>,
}

/// Compares in the order principal, action, resource, condition, and stops at the first element
/// that does not match, unless the tracer wants to see them all.
pub(crate) fn applies<T: Tracer>(
    policy: &CompiledPolicy,
    compiled: &CompiledStatement,
    statement: &Statement,
    request: &Request,
    facts: &Facts,
    tracer: &mut T,
) -> Applies {
    let no = Applies { truth: Truth::False, class: None };
    let mut truth = Truth::True;
    let class = match &compiled.principal {
        Some(element) => {
            let class = principal::matches(element, compiled.effect, policy.policy_type, request, facts);
            truth = class.is_some().into();
            tracer.element(|| ElementTrace {
                values: values::principals(element, principal::grants(compiled.effect, policy.policy_type), request),
                expected: element.entries.iter().map(|entry| entry.value.value.clone()).collect(),
                actual: Some(vec![request.principal.name().to_owned()]),
                ..ElementTrace::new(ElementKind::Principal { negated: element.negated }, truth, element.name_span)
            });
            class
        }
        // SPEC G-41: without a principal such a statement is about nobody.
        None if matches!(policy.policy_type, PolicyType::Resource(_) | PolicyType::AccessPoint) => return no,
        None => None,
    };
    if truth == Truth::False && !T::ON {
        return no;
    }
    truth = truth.and(action(&compiled.action, statement.action.as_ref(), request, tracer));
    if truth == Truth::False && !T::ON {
        return no;
    }
    // SPEC K-06: in a key policy such a statement has no effect.
    if compiled.resource.is_none() && policy.policy_type == PolicyType::Resource(ResourcePolicyKind::KmsKey) {
        return no;
    }
    if let (Some(list), Some(element)) = (&compiled.resource, &statement.resource) {
        truth = truth.and(resource(list, element, request, facts, tracer));
    }
    for (index, clause) in statement.condition.iter().enumerate() {
        if truth == Truth::False && !T::ON {
            return no;
        }
        if let Some(condition) = compiled.conditions.get(index) {
            let holds = condition::holds(condition, request.context(), &facts.options);
            truth = truth.and(holds);
            tracer.element(|| condition_trace(condition, clause, holds, request));
        }
    }
    if facts.options.unresolved_variable_invalidates_statement && has_unresolved_variable(compiled, request) {
        return no;
    }
    Applies { truth, class: class.filter(|_| truth != Truth::False) }
}

/// `Action` and `NotAction` (SPEC M-01 to M-08). An empty list makes the statement inapplicable
/// (SPEC G-24).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
fn action<T: Tracer>(list: &ActionList, element: Option<&PatternElement>, request: &Request, tracer: &mut T) -> Truth {
    let found = list.patterns.iter().position(|glob| glob.matches(request.folded_action()));
    let matched = !list.patterns.is_empty() && found.is_some() != list.negated;
    if let Some(element) = element {
        tracer.element(|| ElementTrace {
            values: values::actions(list, element, request),
            expected: texts(element),
            actual: Some(vec![request.action().to_owned()]),
            ..ElementTrace::new(
                ElementKind::Action { negated: list.negated },
                matched.into(),
                element_span(element, found),
            )
        });
    }
    matched.into()
}

/// `Resource` and `NotResource` (SPEC M-20 to M-31).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
fn resource<T: Tracer>(
    list: &ResourceList,
    element: &PatternElement,
    request: &Request,
    facts: &Facts,
    tracer: &mut T,
) -> Truth {
    let mut any = Truth::False;
    let mut found = None;
    let matches = |pattern: &ResourcePattern| match request.resource() {
        "*" if list.negated => pattern.any.into(), // SPEC M-31
        "*" => without_resource(pattern, request),
        arn => resource_pattern(pattern, arn, request, facts),
    };
    for (index, pattern) in list.patterns.iter().enumerate() {
        let matched = matches(pattern);
        any = any.or(matched);
        if matched.is_true() {
            found = Some(index);
            break;
        }
    }
    let matched = match (list.patterns.is_empty(), list.negated) {
        (true, _) => Truth::False, // SPEC G-24
        (false, true) => any.not(),
        (false, false) => any,
    };
    tracer.element(|| {
        let templates = list.patterns.iter().map(|pattern| &pattern.template);
        let display = |(text, template): (&String, _)| resolve::display(text, template, request.context());
        ElementTrace {
            values: values::resources(list, element, request, matches),
            expected: texts(element).iter().zip(templates.clone()).map(display).collect(),
            actual: Some(vec![request.resource().to_owned()]),
            missing_variables: templates.flat_map(|template| missing(template, request)).collect(),
            crosses_colons: found
                .and_then(|index| list.patterns.get(index))
                .is_some_and(|pattern| crosses_colons(pattern, request)),
            ..ElementTrace::new(ElementKind::Resource { negated: list.negated }, matched, element_span(element, found))
        }
    });
    matched
}

/// An action without a resource is authorized against `*` (SPEC M-20, M-30).
fn without_resource(pattern: &ResourcePattern, request: &Request) -> Truth {
    (pattern.any || pattern.whole_service.as_deref() == Some(request.service())).into()
}

fn resource_pattern(pattern: &ResourcePattern, arn: &str, request: &Request, facts: &Facts) -> Truth {
    let context = request.context();
    if !facts.options.resource_star_crosses_colons && !pattern.any {
        return resolved(pattern.by_parts().matches(arn, context), |matched| matched);
    }
    Truth::any(pattern.forms.iter().map(|form| match form {
        ResourceForm::Fixed(glob) => glob.matches(arn).into(),
        ResourceForm::Variable { template, arn: is_arn } => {
            resolved(resolve::glob(template, *is_arn, context), |glob| glob.matches(arn))
        }
    }))
}

/// A variable without a value matches no resource (SPEC V-08).
fn resolved<T>(outcome: Resolved<T>, test: impl FnOnce(T) -> bool) -> Truth {
    match outcome {
        Resolved::Value(value) => test(value).into(),
        Resolved::Missing => Truth::False,
        Resolved::Unknown => Truth::Unknown,
    }
}

/// Whether the pattern matches only since a `*` crosses a colon (SPEC M-22).
fn crosses_colons(pattern: &ResourcePattern, request: &Request) -> bool {
    !pattern.any
        && request.resource() != "*"
        && pattern.by_parts().matches(request.resource(), request.context()) == Resolved::Value(false)
}

/// Whether some variable of the statement has neither a value nor a default (SPEC V-11).
fn has_unresolved_variable(compiled: &CompiledStatement, request: &Request) -> bool {
    let resources = compiled.resource.iter().flat_map(|list| &list.patterns).map(|pattern| &pattern.template);
    let operands = compiled.conditions.iter().flat_map(|condition| &condition.operands).filter_map(Operand::template);
    resources.chain(operands).any(|template| !missing(template, request).is_empty())
}

fn condition_trace(
    condition: &crate::compile::Condition,
    clause: &ConditionClause,
    holds: Truth,
    request: &Request,
) -> ElementTrace {
    let context = request.context();
    let entry = context.get(&condition.key);
    let found = condition::matching_operand(condition, context).and_then(|index| clause.values.get(index));
    let display = |(text, operand): (&crate::policy::Text, &Operand)| match operand.template() {
        Some(template) => resolve::display(&text.value, template, context),
        None => text.value.clone(),
    };
    ElementTrace {
        operator: Some(clause.operator_text.value.clone()),
        key: Some(clause.key.value.clone()),
        values: values::operands(condition, clause, context),
        expected: clause.values.iter().zip(&condition.operands).map(display).collect(),
        actual: entry.values().map(<[String]>::to_vec),
        unknown: *entry == ContextEntry::Unknown,
        missing_variables: condition
            .operands
            .iter()
            .filter_map(Operand::template)
            .flat_map(|template| missing(template, request))
            .collect(),
        several_values: condition.operator.quantifier.is_none()
            && condition.operator.comparison != crate::policy::Comparison::Null
            && entry.values().is_some_and(|values| values.len() > 1),
        disputed_if_exists: condition.operator.if_exists
            && condition.operator.quantifier == Some(crate::policy::Quantifier::ForAnyValue)
            && entry.values().is_none(),
        ..ElementTrace::new(ElementKind::Condition, holds, found.map_or(clause.span, |text| text.span))
    }
}

/// The keys of variables that have neither a value nor a default.
fn missing(template: &crate::policy::variable::Template, request: &Request) -> Vec<String> {
    use crate::policy::variable::Piece;
    let without = template.pieces.iter().filter_map(|piece| match piece {
        Piece::Variable { key, default: None } => Some(key),
        _ => None,
    });
    let absent = without.filter(|key| !matches!(request.context().get(key), ContextEntry::Single(_)));
    absent.map(|key| key.as_str().to_owned()).collect()
}

fn texts(element: &PatternElement) -> Vec<String> {
    element.values.iter().map(|text| text.value.clone()).collect()
}

/// The value that matched, or the element's name.
fn element_span(element: &PatternElement, found: Option<usize>) -> Span {
    found.and_then(|index| element.values.get(index)).map_or(element.name_span, |text| text.span)
}

/// Whether an Allow names a federated user by a wildcard without a session policy: covered as
/// users are, which AWS does not say (SPEC 5.3).
pub(crate) fn is_undocumented_wildcard(class: Option<PrincipalClass>, principal: &Principal) -> bool {
    class == Some(PrincipalClass::Wildcard) && matches!(principal, Principal::FederatedUser { .. })
}
