//! A parsed document made ready for many requests: patterns classified, operands parsed.
//!
//! The compiled form repeats nothing that the document holds: it stands beside it, element by element
//! and value by value, and has what would otherwise be found out for every request.

use crate::context::key_hash;
use crate::diagnostic::{Diagnostic, has_error};
use crate::evaluate::is_public;
use crate::glob;
use crate::policy::variable::{Piece, Template, Variable, may_hold_variables};
use crate::policy::{Comparison, ConditionClause, PolicyDocument, PolicyType, Statement, ValueType, Version};
use crate::value::{self, Instant, Network};

/// A policy that can be evaluated: a valid document of a given type.
#[derive(Clone, Debug)]
pub struct CompiledPolicy {
    pub(crate) name: Option<String>,
    pub(crate) policy_type: PolicyType,
    pub(crate) document: PolicyDocument,
    /// One for each of the document.
    pub(crate) statements: Box<[CompiledStatement]>,
    /// As a bucket's or an access point's policy it is public (SPEC 5.13).
    pub(crate) is_public: bool,
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
        let is_public = match policy_type {
            PolicyType::Resource(_) => is_public(&document, false),
            PolicyType::AccessPoint => is_public(&document, true),
            _ => false,
        };
        Ok(Self { name: None, policy_type, document, statements, is_public })
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

    /// A statement and its compiled form.
    pub(crate) fn statement(&self, index: usize) -> Option<(&Statement, &CompiledStatement)> {
        Some((self.document.statements.get(index)?, self.statements.get(index)?))
    }
}

/// What stands beside a statement.
#[derive(Clone, Debug)]
pub(crate) struct CompiledStatement {
    /// For each action pattern the length of its text before the first wildcard.
    pub actions: Box<[u32]>,
    pub resources: Box<[ResourcePattern]>,
    pub conditions: Box<[Condition]>,
}

/// What stands beside a resource pattern.
#[derive(Clone, Debug)]
pub(crate) struct ResourcePattern {
    /// The length of its text before the first wildcard or variable.
    pub fixed: u32,
    /// Parts that an ARN lacks, if `*` stands for each (SPEC M-25).
    pub missing: u8,
    /// If there are variables or escapes.
    pub template: Option<Box<Template>>,
}

/// What stands beside a condition key under an operator.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    /// The hash of the key.
    pub key: u32,
    pub operands: Box<[Operand]>,
}

/// What stands beside a policy value, parsed for its operator. `None` is a value that does not parse.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    /// Text or a number, with the length before the first wildcard or variable.
    Text(u32),
    /// Text with variables or escapes.
    Template(Box<Template>),
    Date(Option<Box<Instant>>),
    Binary(Option<Box<[u8]>>),
    Network(Option<Box<Network>>),
    Null(Option<bool>),
}

impl CompiledStatement {
    fn new(statement: &Statement, version: Version, policy_type: PolicyType) -> Self {
        let actions = statement.action.iter().flat_map(|element| &element.values);
        let resources = statement.resource.iter().flat_map(|element| &element.values);
        Self {
            actions: actions.map(|text| fixed(&text.value)).collect(),
            resources: resources.map(|text| ResourcePattern::new(&text.value, version, policy_type)).collect(),
            conditions: statement.condition.iter().map(|clause| Condition::new(clause, version)).collect(),
        }
    }

    /// Looks at every variable of the statement.
    pub fn each_variable<'s>(&'s self, look: &mut dyn FnMut(&'s Variable)) {
        let mut each = |template: Option<&'s Template>| {
            for piece in template.iter().flat_map(|template| &template.pieces) {
                if let Piece::Variable(variable) = piece {
                    look(variable);
                }
            }
        };
        self.resources.iter().for_each(|pattern| each(pattern.template.as_deref()));
        for condition in &self.conditions {
            condition.operands.iter().for_each(|operand| each(operand.template()));
        }
    }
}

/// Documents are far smaller than what 32 bits count.
fn fixed(text: &str) -> u32 {
    u32::try_from(glob::fixed(text)).unwrap_or(0)
}

/// The template of a text that has variables or escapes. A malformed variable, which parsing has
/// reported as an error, stays as text.
pub(crate) fn template(text: &str, version: Version) -> Option<Template> {
    if !may_hold_variables(text) {
        return None;
    }
    let template = Template::parse(text, version).ok()?;
    template.pieces.iter().any(|piece| !matches!(piece, Piece::Raw(_))).then_some(template)
}

/// The template of any text.
pub(crate) fn any_template(text: &str, version: Version) -> Template {
    template(text, version).unwrap_or_else(|| Template::raw(text))
}

impl ResourcePattern {
    fn new(text: &str, version: Version, policy_type: PolicyType) -> Self {
        let completes = matches!(policy_type, PolicyType::Identity | PolicyType::PermissionsBoundary);
        let template = template(text, version);
        // A variable's own colon delimits no part.
        let colons = |text: &str| text.bytes().filter(|byte| *byte == b':').count();
        let colons = template.as_ref().map_or_else(|| colons(text), |template| template.raw_text().map(colons).sum());
        let missing = if completes && text.starts_with("arn:") { 5usize.saturating_sub(colons) } else { 0 };
        Self { fixed: fixed(text), missing: missing as u8, template: template.map(Box::new) }
    }
}

impl Condition {
    fn new(clause: &ConditionClause, version: Version) -> Self {
        let operands = clause.values.iter().map(|text| Operand::new(clause.operator.comparison, &text.value, version));
        Self { key: key_hash(&clause.key.value), operands: operands.collect() }
    }
}

impl Operand {
    /// Parses a value for its operator; variables count for strings, ARNs and Bool (SPEC V-03).
    fn new(comparison: Comparison, text: &str, version: Version) -> Self {
        match comparison.value_type() {
            // Numbers are compared by their digits, for which there is nothing to prepare.
            ValueType::Number => Self::Text(0),
            ValueType::Date => Self::Date(value::date(text).map(Box::new)),
            ValueType::Binary => Self::Binary(value::binary(text).map(Into::into)),
            ValueType::Address => Self::Network(value::network(text).map(Box::new)),
            ValueType::Null => Self::Null(value::boolean(text)),
            ValueType::Text | ValueType::Pattern | ValueType::Arn | ValueType::Bool => match template(text, version) {
                Some(template) => Self::Template(Box::new(template)),
                None => Self::Text(fixed(text)),
            },
        }
    }

    /// The template, if the value has variables or escapes.
    pub fn template(&self) -> Option<&Template> {
        match self {
            Self::Template(template) => Some(template),
            _ => None,
        }
    }
}
