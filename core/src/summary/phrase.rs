//! Sentences in the making: text in parts, each with the place that it speaks of.

use crate::arn::Arn;
use crate::span::Span;

/// A part of a sentence.
pub(super) struct Part {
    pub text: String,
    /// The element of the document that the part tells of.
    pub span: Option<Span>,
}

/// A sentence, or a piece of one.
#[derive(Default)]
pub(super) struct Phrase {
    pub parts: Vec<Part>,
}

impl Phrase {
    /// A phrase that tells of one place.
    pub fn at(text: impl Into<String>, span: Span) -> Self {
        Self { parts: vec![Part { text: text.into(), span: Some(span) }] }
    }

    /// Adds text that tells of no place.
    pub fn say(&mut self, text: &str) {
        match self.parts.last_mut().filter(|part| part.span.is_none()) {
            Some(part) => part.text.push_str(text),
            None => self.parts.push(Part { text: text.to_owned(), span: None }),
        }
    }

    /// Adds text that tells of a place.
    pub fn tell(&mut self, text: impl Into<String>, span: Span) {
        self.parts.push(Part { text: text.into(), span: Some(span) });
    }

    /// Adds another phrase.
    pub fn add(&mut self, other: Self) {
        for part in other.parts {
            match part.span {
                Some(span) => self.tell(part.text, span),
                None => self.say(&part.text),
            }
        }
    }

    /// Adds a list of phrases, joined as a sentence does it; what is beyond `most` is counted.
    pub fn list(&mut self, mut items: Vec<Self>, word: &str, most: usize) {
        let left_out = items.len().saturating_sub(most);
        if left_out > 1 {
            items.truncate(most);
            let mut rest = Self::default();
            rest.say(&format!("{left_out} more"));
            items.push(rest);
        }
        let last = items.len().saturating_sub(1);
        for (index, item) in items.into_iter().enumerate() {
            match index {
                0 => {}
                _ if index == last => self.say(&format!(" {word} ")),
                _ => self.say(", "),
            }
            self.add(item);
        }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.parts.iter().map(|part| part.text.as_str()).collect()
    }

    /// Makes the first letter a capital one, where it is a letter of ours.
    pub fn capitalize(&mut self) {
        if let Some(first) = self.parts.first_mut().and_then(|part| part.text.get_mut(..1)) {
            first.make_ascii_uppercase();
        }
    }
}

/// Words joined as a sentence does it: `a, b or c`.
pub(super) fn join(items: &[String], word: &str) -> String {
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 && index + 1 == items.len() {
            text.push_str(&format!(" {word} "));
        } else if index > 0 {
            text.push_str(", ");
        }
        text.push_str(item);
    }
    text
}

/// Text of the document in quotation marks.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

/// The partition that an ARN is of, where that is not the usual one: nothing else in a sentence tells it.
pub(super) fn partition(arn: &Arn<'_>) -> String {
    if arn.partition == "aws" { String::new() } else { format!(" in the partition {}", arn.partition) }
}
