//! The one message type that users see about their input.

use crate::span::Span;
use std::fmt;

/// How serious a finding is: Access Analyzer's four classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Style, or a simplification that changes nothing.
    Suggestion,
    /// Probably not what was meant.
    Warning,
    /// Grants or fails to deny more than its author is likely to want.
    SecurityWarning,
    /// AWS refuses such input, or its meaning is not defined. Nothing is decided on it.
    Error,
}

impl Severity {
    /// The name on the wire: `error`, `security-warning`, `warning` or `suggestion`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Suggestion => "suggestion",
            Self::Warning => "warning",
            Self::SecurityWarning => "security-warning",
            Self::Error => "error",
        }
    }
}

/// A finding about a text, at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable code; where Access Analyzer has one for the same finding, its code.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// The exact token that it speaks of, in bytes of the text that was parsed.
    pub span: Span,
    /// What is wrong: lower-case, no full stop, the user's text in backticks.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error, without help.
    #[must_use]
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, span, message: message.into(), help: None }
    }

    /// A warning, without help.
    pub(crate) fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    /// The same diagnostic with a help text.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.severity.as_str(), self.code, self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

/// The most diagnostics that are reported on one text.
pub const MAX_DIAGNOSTICS: usize = 100;

/// The first diagnostics; what is left out is counted in one more, which is an error if one of them is.
pub(crate) fn limited(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let rest = diagnostics.split_off(diagnostics.len().min(MAX_DIAGNOSTICS));
    if let Some(first) = rest.first() {
        let message = format!("{} more problems follow", rest.len());
        let severity = rest.iter().map(|diagnostic| diagnostic.severity).max().unwrap_or(Severity::Error);
        let summary = Diagnostic { severity, ..Diagnostic::error("TOO_MANY_PROBLEMS", first.span, message) };
        diagnostics.push(summary.help("mend the ones before first"));
    }
    diagnostics
}

/// Whether any of the diagnostics is an error.
pub(crate) fn has_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
