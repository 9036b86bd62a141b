//! What every check looks at, and where it puts its findings.

use std::cell::OnceCell;

use super::{Code, Finding, Options};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Severity};
use crate::glob::Pattern;
use crate::json;
use crate::policy::{PatternElement, PolicyDocument, PolicyType, ResourcePolicyKind, Statement, Text, Version};
use crate::span::Span;
use crate::suggest::edit::{Document, Edit};

/// The most findings on one text.
const MAX_FINDINGS: usize = 500;

/// The most findings that are looked for; of these the first are told.
const MOST_KEPT: usize = 1_000;

/// A document under validation.
pub(super) struct Check<'a> {
    pub text: &'a str,
    pub document: &'a PolicyDocument,
    pub policy_type: PolicyType,
    pub options: Options,
    pub catalog: Option<&'a Catalog>,
    tree: OnceCell<Option<Document<'a>>>,
    found: Vec<Finding>,
}

impl<'a> Check<'a> {
    pub fn new(
        text: &'a str,
        document: &'a PolicyDocument,
        policy_type: PolicyType,
        options: Options,
        catalog: Option<&'a Catalog>,
    ) -> Self {
        Self { text, document, policy_type, options, catalog, tree: OnceCell::new(), found: Vec::new() }
    }

    /// Reports something, as serious as its code says.
    pub fn report(&mut self, code: &'static str, span: Span, message: impl Into<String>) -> &mut Finding {
        let severity = Code::find(code).map_or(Severity::Error, |code| code.severity);
        self.add(Diagnostic { severity, ..Diagnostic::error(code, span, message) })
    }

    /// Adds a finding.
    pub fn add(&mut self, diagnostic: Diagnostic) -> &mut Finding {
        // What was reported for this very place is not said again.
        let same =
            |found: &Finding| found.diagnostic.code == diagnostic.code && found.diagnostic.span == diagnostic.span;
        let place = match self.found.iter().position(same) {
            Some(place) => place,
            None => {
                // What is too much takes the place of what was too much before.
                if self.found.len() > MOST_KEPT {
                    self.found.pop();
                }
                self.found.push(Finding { diagnostic, fix: None });
                self.found.len() - 1
            }
        };
        #[expect(clippy::indexing_slicing, reason = "the place was just found, or filled")]
        &mut self.found[place]
    }

    /// Whether there are so many findings that no more are looked for.
    pub fn is_full(&self) -> bool {
        self.found.len() >= MOST_KEPT
    }

    /// The findings in the order of the text, at one place the most serious first.
    pub fn finish(mut self) -> Vec<Finding> {
        self.found.retain(|finding| self.document.is_real(finding.diagnostic.span));
        let order = |finding: &Finding| {
            let Diagnostic { span, severity, code, .. } = finding.diagnostic;
            (span.start, std::cmp::Reverse(severity), code, span.end)
        };
        self.found.sort_by_key(order);
        let rest = self.found.split_off(self.found.len().min(MAX_FINDINGS));
        if let Some(first) = rest.first() {
            let message = format!("{} more findings follow", rest.len());
            let severity = rest.iter().map(|finding| finding.diagnostic.severity).max().unwrap_or(Severity::Error);
            let summary = Diagnostic::error("TOO_MANY_PROBLEMS", first.diagnostic.span, message);
            let diagnostic = Diagnostic { severity, ..summary.help("see to the ones before first") };
            self.found.push(Finding { diagnostic, fix: None });
        }
        self.found
    }

    /// The statements with their numbers.
    pub fn statements(&self) -> impl Iterator<Item = (usize, &'a Statement)> + use<'a> {
        self.document.statements.iter().enumerate()
    }

    /// Whether `${…}` is a variable.
    pub fn has_variables(&self) -> bool {
        self.document.version == Version::V2012
    }

    /// Whether a value holds a variable.
    pub fn is_variable(&self, value: &str) -> bool {
        self.has_variables() && value.contains("${")
    }

    /// Whether this is a role trust policy.
    pub fn is_trust(&self) -> bool {
        self.policy_type == PolicyType::Resource(ResourcePolicyKind::RoleTrust)
    }

    /// Whether the policy grants to the identity that it is attached to, or limits what it is granted.
    pub fn is_identity(&self) -> bool {
        matches!(self.policy_type, PolicyType::Identity | PolicyType::PermissionsBoundary | PolicyType::Session)
    }

    /// Whether Allow statements grant something by themselves; boundaries, service control policies and the like only
    /// let pass what others grant.
    pub fn grants(&self) -> bool {
        matches!(self.policy_type, PolicyType::Identity | PolicyType::Resource(_) | PolicyType::AccessPoint)
    }

    /// The place of a part of a value, given in bytes of the decoded text.
    pub fn inside(&self, text: &Text, start: usize, end: usize) -> Span {
        if self.is_string(text) { json::span_inside(self.text, text.span, start, end) } else { text.span }
    }

    /// Whether a value stands in quotes, as numbers and booleans need not.
    pub fn is_string(&self, text: &Text) -> bool {
        text.span.of(self.text).starts_with('"')
    }

    /// The document's text for edits; nothing if it is not JSON.
    pub fn tree(&self) -> Option<&Document<'a>> {
        self.tree.get_or_init(|| Document::read(self.text)).as_ref()
    }

    /// Help about a name that the catalog does not have, which may be newer than it.
    pub fn or_newer(&self, help: &str) -> String {
        match self.catalog {
            Some(catalog) => format!("{help}; what AWS added after {} is not in the catalog", catalog.metadata().date),
            None => help.to_owned(),
        }
    }

    /// An edit that replaces a string by another one.
    pub fn replace(&self, span: Span, value: &str) -> Option<Vec<Edit>> {
        Some(vec![Edit { span, new_text: crate::suggest::edit::quoted(value) }])
    }

    /// An edit that takes entries out of a list, unless nothing would be left.
    pub fn remove_from(&self, values: &[Text], wanted: &[usize]) -> Option<Vec<Edit>> {
        self.tree()?;
        if wanted.len() >= values.len() {
            return None;
        }
        let kept: Vec<&Text> =
            values.iter().enumerate().filter(|(index, _)| !wanted.contains(index)).map(|(_, text)| text).collect();
        let mut edits = Vec::new();
        for index in wanted {
            let text = values.get(*index)?;
            // With the comma before it; at the start of the list, with the one behind.
            let before = index.checked_sub(1).and_then(|before| values.get(before));
            let first = kept.first()?.span.start;
            let span = match before {
                _ if text.span.start < first => Span { start: text.span.start, end: values.get(index + 1)?.span.start },
                Some(before) => Span { start: before.span.end, end: text.span.end },
                None => return None,
            };
            edits.push(Edit { span, new_text: String::new() });
        }
        Some(edits)
    }
}

/// Whether a pattern of an `Action` element covers an action (SPEC M-01 to M-03).
pub(super) fn action_covers(pattern: &str, action: &str) -> bool {
    pattern == "*" || Pattern { fold: true, ..Pattern::plain(pattern) }.matches(action)
}

/// Whether a statement's `Action` or `NotAction` element covers an action.
pub(super) fn element_covers(element: &PatternElement, action: &str) -> bool {
    element.values.iter().any(|text| action_covers(&text.value, action)) != element.negated
}

/// Whether text has a wildcard.
pub(super) fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?'])
}
