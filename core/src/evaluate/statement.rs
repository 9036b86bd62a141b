//! One statement against one request: every element has to match (SPEC 2, 4).

use super::condition;
use super::facts::Facts;
use super::principal::{self, PrincipalClass};
use super::resolve::{self, Resolved};
use super::trace::{ElementKind, Elements, Tracer};
use super::truth::Truth;
use crate::compile::{CompiledPolicy, CompiledStatement, ResourcePattern};
use crate::glob::{self, Pattern, Reach};
use crate::policy::{PatternElement, PolicyType, ResourcePolicyKind, Statement};
use crate::request::Request;

/// Whether a statement applies, and how it named the caller.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Applies {
    pub truth: Truth,
    pub class: Option<PrincipalClass>,
}

/// A statement and what it is compared with.
#[derive(Clone, Copy)]
pub(crate) struct Comparison<'a, 'c> {
    pub policy: &'a CompiledPolicy,
    pub statement: &'a Statement,
    pub compiled: &'a CompiledStatement,
    pub request: &'a Request,
    /// The request's resource, or for the policy of a bucket the one behind the access point.
    pub resource: &'c str,
    pub facts: &'c Facts,
}

/// The text of a completed pattern behind an ARN of fewer than six parts (SPEC M-25).
const MISSING_PARTS: &str = ":*:*:*:*:*";

impl Comparison<'_, '_> {
    /// Compares in the order principal, action, resource, condition, and stops at the first element
    /// that does not match, unless the tracer wants to see them all. `covered`: the action is known to
    /// be covered.
    pub fn applies<T: Tracer>(&self, covered: bool, tracer: &mut T) -> Applies {
        let Self { policy, statement, compiled, request, facts, .. } = *self;
        let no = Applies { truth: Truth::False, class: None };
        let mut truth = Truth::True;
        let class = match &statement.principal {
            Some(element) => {
                let class = principal::matches(element, statement.effect, policy.policy_type, request, facts);
                truth = class.is_some().into();
                tracer.element(ElementKind::Principal { negated: element.negated }, truth);
                class
            }
            // SPEC G-41: without a principal such a statement is about nobody.
            None if matches!(policy.policy_type, PolicyType::Resource(_) | PolicyType::AccessPoint) => return no,
            None => None,
        };
        if truth == Truth::False && !T::ON {
            return no;
        }
        if !covered {
            let matched = self.action();
            truth = truth.and(matched.into());
            if let Some(element) = &statement.action {
                tracer.element(ElementKind::Action { negated: element.negated }, matched.into());
            }
        }
        if truth == Truth::False && !T::ON {
            return no;
        }
        match &statement.resource {
            // SPEC K-06: in a key policy such a statement has no effect.
            None if policy.policy_type == PolicyType::Resource(ResourcePolicyKind::KmsKey) => return no,
            None => {}
            Some(element) => {
                let matched = self.resource(element);
                truth = truth.and(matched);
                tracer.element(ElementKind::Resource { negated: element.negated }, matched);
            }
        }
        for (clause, condition) in statement.condition.iter().zip(&compiled.conditions) {
            if truth == Truth::False && !T::ON {
                return no;
            }
            let holds = condition::holds(clause, condition, request.context(), &facts.options);
            truth = truth.and(holds);
            tracer.element(ElementKind::Condition, holds);
        }
        if facts.options.unresolved_variable_invalidates_statement {
            truth = truth.and(self.variables_resolved());
        }
        Applies { truth, class: class.filter(|_| truth != Truth::False) }
    }

    /// Which elements match: all of them.
    pub fn compared(&self) -> Elements {
        let mut elements = Elements::default();
        self.applies(false, &mut elements);
        elements
    }

    /// `Action` and `NotAction` (SPEC M-01 to M-08). An empty list makes the statement inapplicable
    /// (SPEC G-24).
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
    pub fn action(&self) -> bool {
        let Some(element) = &self.statement.action else { return false };
        let found = (0..element.values.len()).any(|index| self.covers_action(index));
        !element.values.is_empty() && found != element.negated
    }

    /// Whether the action pattern at this index covers the action. Actions compare without case;
    /// `*:*` is `*` (SPEC M-01, M-04).
    pub fn covers_action(&self, index: usize) -> bool {
        let text = self.statement.action.as_ref().and_then(|element| element.values.get(index));
        let (Some(text), Some(fixed)) = (text, self.compiled.actions.get(index)) else { return false };
        let (text, action) = (text.value.as_ref(), self.request.action());
        let pattern = || Pattern { fold: true, ..Pattern::plain(text) };
        let simple = glob::simple(text, *fixed as usize, action, true);
        simple.unwrap_or_else(|| pattern().matches(action)) || text == "*:*"
    }

    /// `Resource` and `NotResource` (SPEC M-20 to M-31).
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
    fn resource(&self, element: &PatternElement) -> Truth {
        let any = Truth::any((0..element.values.len()).map(|index| self.covers_resource(element, index)));
        match (element.values.is_empty(), element.negated) {
            (true, _) => Truth::False, // SPEC G-24
            (false, true) => any.not(),
            (false, false) => any,
        }
    }

    /// Whether the resource pattern at this index covers the resource.
    pub fn covers_resource(&self, element: &PatternElement, index: usize) -> Truth {
        let (Some(text), Some(pattern)) = (element.values.get(index), self.compiled.resources.get(index)) else {
            return Truth::False;
        };
        let text = text.value.as_ref();
        if text == "*" {
            return Truth::True;
        }
        if self.resource == "*" {
            // An action without a resource is authorized against `*` (SPEC M-20, M-30, M-31).
            return (!element.negated && covers_service(text, pattern, self.request.service())).into();
        }
        if !self.facts.options.resource_star_crosses_colons {
            return self.by_parts(text, pattern);
        }
        if pattern.template.is_none()
            && pattern.missing == 0
            && let Some(matched) = glob::simple(text, pattern.fixed as usize, self.resource, false)
        {
            return matched.into();
        }
        let matches = |tail| {
            let reach = if text.starts_with("arn:") { Reach::Resource } else { Reach::Free };
            self.resolved(Pattern { tail, reach, ..Pattern::plain(text) }, pattern)
        };
        match pattern.missing {
            0 => matches(""),
            missing => matches("").or(matches(missing_parts(missing))),
        }
    }

    /// Whether the pattern matches as six parts that are compared one by one, in the reading of SPEC
    /// M-22 in which no wildcard crosses a colon.
    pub fn by_parts(&self, text: &str, pattern: &ResourcePattern) -> Truth {
        let tail = missing_parts(pattern.missing);
        self.resolved(Pattern { tail, reach: Reach::Parts, ..Pattern::plain(text) }, pattern)
    }

    /// A variable without a value matches no resource (SPEC V-08).
    fn resolved(&self, pattern: Pattern<'_>, compiled: &ResourcePattern) -> Truth {
        let template = compiled.template.as_deref().map(|template| (template, self.request.context()));
        match resolve::matches(&Pattern { template, ..pattern }, compiled.fixed, self.resource) {
            Resolved::Value(matched) => matched.into(),
            Resolved::Missing => Truth::False,
            Resolved::Unknown => Truth::Unknown,
        }
    }

    /// Whether every variable of the statement has a value or a default (SPEC V-11).
    fn variables_resolved(&self) -> Truth {
        let mut truth = Truth::True;
        self.compiled.each_variable(&mut |variable| {
            if let Some(unknown) =
                resolve::open(variable, self.request.context()).filter(|_| variable.default.is_none())
            {
                truth = truth.and(if unknown { Truth::Unknown } else { Truth::False });
            }
        });
        truth
    }
}

fn missing_parts(count: u8) -> &'static str {
    MISSING_PARTS.get(..2 * usize::from(count)).unwrap_or(MISSING_PARTS)
}

/// Whether the pattern covers everything of a service, and so its actions without a resource: every
/// part but the partition and the service is `*` or empty, and the last one is `*` (SPEC M-30).
fn covers_service(text: &str, pattern: &ResourcePattern, service: &str) -> bool {
    let mut parts = text.splitn(6, ':').chain(missing_parts(pattern.missing).split(':').skip(1));
    let arn = parts.next() == Some("arn") && pattern.template.is_none();
    let (_, named) = (parts.next(), parts.next());
    let open = |part: Option<&str>| part.is_some_and(|part| part.bytes().all(|byte| byte == b'*'));
    let (region, account) = (open(parts.next()), open(parts.next()));
    let resource = parts.next();
    arn && named == Some(service) && region && account && open(resource) && resource != Some("")
}
