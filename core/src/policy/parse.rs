//! JSON text to a [`PolicyDocument`] (SPEC 1.1).

use super::{PolicyDocument, Text, Version, limits, statement};
use crate::diagnostic::{Diagnostic, Severity, has_error, limited};
use crate::json;
use crate::json::Value;
use crate::span::Span;

/// The elements that a document can have.
pub(crate) const DOCUMENT_ELEMENTS: [&str; 3] = ["Version", "Id", "Statement"];

pub(super) fn document(text: &str, legacy: bool) -> (PolicyDocument, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let (mut document, found) = json::read(text, limits::MAX_DOCUMENT_BYTES, &mut diagnostics, |source| {
        let mut document = PolicyDocument {
            version: Version::V2008,
            id: None,
            statements: Vec::new(),
            span: source.tree.map(json::span).unwrap_or_default(),
            valid: source.tree.is_some(),
            made_up: Vec::new(),
            length: text.len(),
        };
        // Without leaving the loop early, many bytes are looked at in one step.
        let odd = |found, byte: u8| found | !(is_plain(byte) & (byte != b'\\'));
        let mut reader = Reader {
            text: source.text,
            is_plain: !source.text.bytes().fold(false, odd),
            version: Version::V2008,
            legacy,
            diagnostics: Vec::new(),
        };
        if let Some(tree) = source.tree {
            json::check_tree(tree, &mut reader.diagnostics);
            for diagnostic in reader.diagnostics.iter_mut().filter(|d| legacy && d.code == "DUPLICATE_KEY") {
                diagnostic.severity = Severity::Warning;
            }
            reader.document(tree, &mut document);
        }
        json::retain_real(&mut reader.diagnostics, &source.made_up, |diagnostic| diagnostic.span);
        document.made_up = source.made_up;
        (document, limited(reader.diagnostics))
    });
    for mut diagnostic in found {
        diagnostic.span = diagnostic.span.within(text.len());
        diagnostics.push(diagnostic);
    }
    document.span = document.span.within(text.len());
    for statement in &mut document.statements {
        statement.span = statement.span.within(text.len());
    }
    document.valid &= !has_error(&diagnostics);
    (document, diagnostics)
}

/// The text being read, and what was found wrong in it so far.
pub(super) struct Reader<'t> {
    pub text: &'t str,
    /// No character of it is one that IAM refuses, and no escape stands for one.
    is_plain: bool,
    pub version: Version,
    /// Duplicate keys are read as AWS reads them in documents stored long ago (SPEC G-08).
    pub legacy: bool,
    pub diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn document(&mut self, tree: &Value<'_>, document: &mut PolicyDocument) {
        let Value::Object(object) = tree else {
            let message = format!("a policy document is an object, not {}", json::kind(tree));
            self.report(
                Diagnostic::error("DATA_TYPE_MISMATCH", json::span(tree), message)
                    .help("write { \"Version\": \"2012-10-17\", \"Statement\": [ … ] }"),
            );
            return;
        };
        // The version comes first: it decides whether `${…}` is a variable.
        if let Some(property) = json::get(object, "Version") {
            self.version = self.read_version(&property.value);
        } else {
            let span = Span::new(document.span.start as usize, document.span.start as usize + 1);
            self.report(
                Diagnostic::warning(
                    "MISSING_VERSION",
                    span,
                    "the document has no Version, so it counts as 2008-10-17: policy variables are ordinary text",
                )
                .help("add \"Version\": \"2012-10-17\""),
            );
        }
        document.version = self.version;
        for property in &object.properties {
            let (name, at) = json::name(property);
            match name {
                "Version" => {}
                "Id" => document.id = self.string(&property.value, "Id"),
                "Statement" => self.statements(&property.value, document),
                _ => self.unknown_element(name, at, &DOCUMENT_ELEMENTS),
            }
        }
        if json::get(object, "Statement").is_none() {
            self.report(
                Diagnostic::error("MISSING_STATEMENT", document.span, "the document has no Statement")
                    .help("add \"Statement\": [ … ]"),
            );
        }
    }

    fn read_version(&mut self, value: &Value<'_>) -> Version {
        match json::string(value) {
            Some(("2012-10-17", _)) => return Version::V2012,
            Some(("2008-10-17", _)) => {}
            Some((other, span)) => {
                let message = format!("`{other}` is no version of the policy language");
                self.report(Diagnostic::error("INVALID_VERSION", span, message).help("write \"2012-10-17\""));
                // What follows was most likely written for the current version.
                return Version::V2012;
            }
            None => self.wrong_type("Version", value, "a string"),
        }
        Version::V2008
    }

    fn statements(&mut self, value: &Value<'_>, document: &mut PolicyDocument) {
        match value {
            Value::Array(array) => {
                if array.elements.is_empty() {
                    let message = "the list of statements is empty, so the policy says nothing";
                    self.report(
                        Diagnostic::warning("MISSING_STATEMENT", json::span(value), message).help("add a statement"),
                    );
                }
                document.statements.reserve_exact(array.elements.len());
                for item in &array.elements {
                    if document.statements.len() == limits::MAX_STATEMENTS {
                        let message = "there are more than 10000 statements";
                        self.report(
                            Diagnostic::error("TOO_MANY_STATEMENTS", json::span(item), message)
                                .help("shorten it, or split it"),
                        );
                        break;
                    }
                    document.statements.extend(statement::read(self, item));
                }
            }
            single => document.statements.extend(statement::read(self, single)),
        }
        document.statements.shrink_to_fit();
    }

    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub fn wrong_type(&mut self, element: &str, value: &Value<'_>, wanted: &str) {
        let message = format!("{element} has to be {wanted}, not {}", json::kind(value));
        self.report(
            Diagnostic::error("DATA_TYPE_MISMATCH", json::span(value), message).help(format!("write {wanted}")),
        );
    }

    /// Reports an element that the grammar does not know (SPEC G-26, G-27).
    pub fn unknown_element(&mut self, name: &str, span: Span, known: &[&str]) {
        let diagnostic = Diagnostic::error("INVALID_POLICY_ELEMENT", span, format!("`{name}` is no policy element"));
        let folded = name.trim().to_ascii_lowercase();
        let similar = known.iter().find(|known| {
            let known = known.to_ascii_lowercase();
            known == folded || format!("{known}s") == folded
        });
        self.report(match similar {
            Some(similar) => diagnostic.help(format!("write \"{similar}\"")),
            None => diagnostic.help(format!("here may stand {}", known.join(", "))),
        });
    }

    /// A string value, checked for characters that IAM refuses.
    pub fn string(&mut self, value: &Value<'_>, element: &str) -> Option<Text> {
        let Some((text, span)) = json::string(value) else {
            self.wrong_type(element, value, "a string");
            return None;
        };
        self.check_characters(text, span);
        Some(Text { value: text.into(), span })
    }

    /// A string or a list of strings (SPEC G-23).
    pub fn strings(&mut self, value: &Value<'_>, element: &str) -> Vec<Text> {
        let mut values = Vec::new();
        match value {
            Value::Array(array) => {
                values.reserve_exact(array.elements.len());
                values.extend(array.elements.iter().filter_map(|item| self.string(item, element)));
            }
            Value::String(..) => values.extend(self.string(value, element)),
            _ => self.wrong_type(element, value, "a string or a list of strings"),
        }
        values.shrink_to_fit();
        values
    }

    /// Reports characters outside U+0009, U+000A, U+000D, U+0020–U+00FF (SPEC G-09).
    pub fn check_characters(&mut self, text: &str, span: Span) {
        if self.is_plain || text.bytes().all(is_plain) {
            return;
        }
        let refused = |c: char| !matches!(c, '\t' | '\n' | '\r' | ' '..='\u{ff}');
        let mut from = 0;
        // One report for each run of such characters.
        while let Some(rest) = text.get(from..)
            && let Some(start) = rest.find(refused)
        {
            let run = rest.get(start..).unwrap_or_default();
            let length = run.find(|c| !refused(c)).unwrap_or(run.len());
            let Some(character) = run.chars().next() else { break };
            let at = json::span_inside(self.text, span, from + start, from + start + length);
            from += start + length;
            let message = format!("U+{:04X} may not stand in a policy", character as u32);
            self.report(
                Diagnostic::error("INVALID_CHARACTER", at, message)
                    .help("policies hold tab, line ends and U+0020 to U+00FF only; use * or ? in its place"),
            );
        }
    }
}

/// Whether a byte is a character by itself, and one that IAM takes.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=0x7f)
}
