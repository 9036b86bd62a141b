//! Findings and fixes.

use crate::diagnostic::Diagnostic;
use crate::suggest::edit::Edit;

/// Something to know about a policy, at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is and where.
    pub diagnostic: Diagnostic,
    /// A change of the text that removes it, if there is one that can be made without asking.
    pub fix: Option<Fix>,
}

/// A change of a document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: String,
    /// The edits, in the order of the text; they do not overlap, and all places are those of the text before.
    pub edits: Vec<Edit>,
}

impl Finding {
    /// Says what to write instead.
    pub(super) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.diagnostic.help = Some(help.into());
        self
    }

    /// Offers a fix, if there is one.
    pub(super) fn fix(&mut self, title: impl Into<String>, edits: Option<Vec<Edit>>) -> &mut Self {
        if let Some(mut edits) = edits.filter(|edits| !edits.is_empty()) {
            edits.sort_by_key(|edit| edit.span);
            self.fix = Some(Fix { title: title.into(), edits });
        }
        self
    }
}

impl Fix {
    /// The text with the fix applied.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let mut fixed = String::with_capacity(text.len());
        let mut behind = 0;
        for Edit { span, new_text } in &self.edits {
            fixed.push_str(text.get(behind..span.start as usize).unwrap_or_default());
            fixed.push_str(new_text);
            behind = span.end as usize;
        }
        fixed.push_str(text.get(behind..).unwrap_or_default());
        fixed
    }
}
