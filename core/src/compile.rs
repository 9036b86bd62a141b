//! A parsed document made ready for many requests: patterns classified, operands parsed.

use crate::arn::ArnPattern;
use crate::context::KeyName;
use crate::diagnostic::{Diagnostic, has_error};
use crate::evaluate::resolve;
use crate::glob::Glob;
use crate::policy::variable::Template;
use crate::policy::{
    Comparison, ConditionClause, ConditionOperator, Effect, PatternElement, PolicyDocument, PolicyType,
    PrincipalElement, Statement, Version,
};
use crate::value::{self, Decimal};
use ipnet::IpNet;

/// A policy that can be evaluated: a valid document of a given type.
#[derive(Clone, Debug)]
pub struct CompiledPolicy {
    pub(crate) name: Option<String>,
    pub(crate) policy_type: PolicyType,
    pub(crate) document: PolicyDocument,
    pub(crate) statements: Vec<CompiledStatement>,
}

impl CompiledPolicy {
    /// Compiles a document as a policy of a type.
    ///
    /// # Errors
    /// The diagnostics of [`PolicyDocument::check`], if one is an error; an empty list if parsing
    /// had found an error already. Such a document is never evaluated: AWS would refuse it, and
    /// leaving out what cannot be understood would fail open.
    pub fn new(document: PolicyDocument, policy_type: PolicyType) -> Result<Self, Vec<Diagnostic>> {
        let diagnostics = document.check(policy_type);
        if !document.is_valid() || has_error(&diagnostics) {
            return Err(diagnostics);
        }
        let compile = |statement| CompiledStatement::new(statement, document.version, policy_type);
        let statements = document.statements.iter().map(compile).collect();
        Ok(Self { name: None, policy_type, document, statements })
    }

    /// The same policy with a name for explanations.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> &PolicyDocument {
        &self.document
    }

    /// The type.
    #[must_use]
    pub fn policy_type(&self) -> PolicyType {
        self.policy_type
    }
}

/// A statement ready to be compared with a request.
#[derive(Clone, Debug)]
pub(crate) struct CompiledStatement {
    pub effect: Effect,
    pub principal: Option<PrincipalElement>,
    pub action: ActionList,
    pub resource: Option<ResourceList>,
    pub conditions: Vec<Condition>,
}

/// `Action` or `NotAction`.
#[derive(Clone, Debug)]
pub(crate) struct ActionList {
    pub negated: bool,
    /// Globs over the action in lower case.
    pub patterns: Vec<Glob>,
}

/// `Resource` or `NotResource`.
#[derive(Clone, Debug)]
pub(crate) struct ResourceList {
    pub negated: bool,
    pub patterns: Vec<ResourcePattern>,
}

/// One resource pattern.
#[derive(Clone, Debug)]
pub(crate) struct ResourcePattern {
    /// The pattern is `*`.
    pub any: bool,
    /// The forms to compare with, of which one has to match: an incomplete ARN has two (SPEC M-25).
    pub forms: Vec<ResourceForm>,
    /// The service whose actions without a resource the pattern covers (SPEC M-30).
    pub whole_service: Option<String>,
    /// The pattern as written.
    pub template: Template,
    /// `*` stands for each missing part (SPEC M-25).
    pub completes: bool,
}

/// A form of a resource pattern.
#[derive(Clone, Debug)]
pub(crate) enum ResourceForm {
    Fixed(Glob),
    Variable { template: Template, arn: bool },
}

/// One condition key under one operator.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub operator: ConditionOperator,
    pub key: KeyName,
    pub operands: Vec<Operand>,
}

/// A policy value, parsed for its operator. `None` is a value that does not parse.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    Text { template: Template, fold: bool },
    Like { template: Template, fixed: Option<Glob> },
    Arn { template: Template, pattern: ArnPattern },
    Number(Option<Decimal>),
    Date(Option<i128>),
    Bool { template: Template },
    Binary(Option<Vec<u8>>),
    Network(Option<IpNet>),
    Null(Option<bool>),
}

impl CompiledStatement {
    fn new(statement: &Statement, version: Version, policy_type: PolicyType) -> Self {
        let action = statement.action.as_ref();
        Self {
            effect: statement.effect,
            principal: statement.principal.clone(),
            action: ActionList {
                negated: action.is_some_and(|element| element.negated),
                patterns: action
                    .iter()
                    .flat_map(|element| &element.values)
                    .map(|text| action_glob(&text.value))
                    .collect(),
            },
            resource: statement.resource.as_ref().map(|element| ResourceList::new(element, version, policy_type)),
            conditions: statement.condition.iter().map(|clause| Condition::new(clause, version)).collect(),
        }
    }
}

/// Actions compare without case; `*:*` is `*` (SPEC M-01, M-04).
fn action_glob(text: &str) -> Glob {
    if text == "*:*" { Glob::Any } else { Glob::new(&text.to_ascii_lowercase()) }
}

impl ResourceList {
    fn new(element: &PatternElement, version: Version, policy_type: PolicyType) -> Self {
        let patterns =
            element.values.iter().map(|text| ResourcePattern::new(&text.value, version, policy_type)).collect();
        Self { negated: element.negated, patterns }
    }
}

/// A template; a malformed variable, which parsing has reported as an error, stays as text.
fn template(text: &str, version: Version) -> Template {
    Template::parse(text, version).unwrap_or_else(|_| Template::raw(text))
}

impl ResourcePattern {
    fn new(text: &str, version: Version, policy_type: PolicyType) -> Self {
        let arn = text.starts_with("arn:");
        let template = template(text, version);
        let completes = arn && matches!(policy_type, PolicyType::Identity | PolicyType::PermissionsBoundary);
        let completed = if completes { complete(&template) } else { None };
        let whole_service = whole_service(completed.as_ref().unwrap_or(&template)).filter(|_| arn);
        let templates = [Some(template.clone()), completed].into_iter().flatten();
        let forms = templates.map(|template| match resolve::resource_glob(&template, arn) {
            Some(glob) => ResourceForm::Fixed(glob),
            None => ResourceForm::Variable { template, arn },
        });
        Self { any: text == "*", forms: forms.collect(), whole_service, template, completes }
    }

    /// The pattern as six parts that are compared one by one, for the reading of SPEC M-22 in which
    /// no wildcard crosses a colon.
    pub fn by_parts(&self) -> ArnPattern {
        let completed = if self.completes { complete(&self.template) } else { None };
        ArnPattern::new(completed.as_ref().unwrap_or(&self.template))
    }
}

/// An ARN of fewer than six parts with `*` for each missing one (SPEC M-25); nothing for a whole one.
fn complete(template: &Template) -> Option<Template> {
    let missing = 6usize.checked_sub(template.split_colons(5).len()).filter(|missing| *missing > 0)?;
    let mut completed = template.clone();
    completed.pieces.extend(Template::raw(&":*".repeat(missing)).pieces);
    Some(completed)
}

/// The service of a pattern that covers everything of it: every part but the partition and the
/// service is `*` or empty, and the last one is `*` (SPEC M-30).
fn whole_service(template: &Template) -> Option<String> {
    let parts: Option<Vec<String>> = template.split_colons(5).iter().map(Template::as_text).collect();
    let parts = parts?;
    let [_, _, service, region, account, resource] = parts.as_slice() else { return None };
    let open = |part: &str| part.bytes().all(|byte| byte == b'*');
    (open(region) && open(account) && open(resource) && !resource.is_empty()).then(|| service.clone())
}

impl Condition {
    fn new(clause: &ConditionClause, version: Version) -> Self {
        let operands = clause.values.iter().map(|text| Operand::new(clause.operator.comparison, &text.value, version));
        Self { operator: clause.operator, key: KeyName::new(&clause.key.value), operands: operands.collect() }
    }
}

impl Operand {
    /// Parses a value for its operator; variables count for strings, ARNs and Bool (SPEC V-03).
    fn new(comparison: Comparison, text: &str, version: Version) -> Self {
        use Comparison as C;
        match comparison {
            C::StringEquals | C::StringNotEquals => Self::Text { template: template(text, version), fold: false },
            C::StringEqualsIgnoreCase | C::StringNotEqualsIgnoreCase => {
                Self::Text { template: template(text, version), fold: true }
            }
            C::StringLike | C::StringNotLike => {
                let template = template(text, version);
                Self::Like { fixed: resolve::fixed_glob(&template), template }
            }
            C::ArnEquals | C::ArnLike | C::ArnNotEquals | C::ArnNotLike => {
                let template = template(text, version);
                Self::Arn { pattern: ArnPattern::new(&template), template }
            }
            C::NumericEquals
            | C::NumericNotEquals
            | C::NumericLessThan
            | C::NumericLessThanEquals
            | C::NumericGreaterThan
            | C::NumericGreaterThanEquals => Self::Number(Decimal::parse(text)),
            C::DateEquals
            | C::DateNotEquals
            | C::DateLessThan
            | C::DateLessThanEquals
            | C::DateGreaterThan
            | C::DateGreaterThanEquals => Self::Date(value::date(text)),
            C::Bool => Self::Bool { template: template(text, version) },
            C::BinaryEquals => Self::Binary(value::binary(text)),
            C::IpAddress | C::NotIpAddress => Self::Network(value::network(text)),
            C::Null => Self::Null(value::boolean(text)),
        }
    }

    /// The template, for operands that may hold variables.
    pub fn template(&self) -> Option<&Template> {
        match self {
            Self::Text { template, .. }
            | Self::Like { template, .. }
            | Self::Arn { template, .. }
            | Self::Bool { template } => Some(template),
            _ => None,
        }
    }
}
