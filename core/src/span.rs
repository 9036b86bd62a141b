//! Places in a text: byte spans, and lines and columns as editors count them.

/// A half-open range of bytes in a document's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; offsets beyond 4 GiB saturate (documents are far smaller).
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end) }
    }

    /// The part of the span that lies in a text of so many bytes.
    pub(crate) fn within(self, length: usize) -> Self {
        let end = Self::new(length, 0).start;
        Self { start: self.start.min(end), end: self.end.min(end) }
    }

    /// The text that the span covers, or nothing if it does not fit `text`.
    #[must_use]
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// A position as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1. Lines end at `\n`, `\r\n` or `\r`.
    pub line: u32,
    /// The column in characters (Unicode scalars), from 1.
    pub column: u32,
    /// The column in UTF-16 code units, from 1.
    pub column_utf16: u32,
    /// The offset from the start of the text in UTF-16 code units, from 0.
    pub offset_utf16: u32,
}

/// The starts of a text's lines, for turning byte offsets into positions.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// For each line: its first byte and that byte's offset in UTF-16 code units.
    lines: Vec<(u32, u32)>,
}

impl LineIndex {
    /// Finds the lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut lines = vec![(0, 0)];
        let mut utf16 = 0;
        let mut characters = text.char_indices().peekable();
        while let Some((offset, character)) = characters.next() {
            utf16 += character.len_utf16() as u32;
            let crlf = character == '\r' && matches!(characters.peek(), Some((_, '\n')));
            if (character == '\n' || character == '\r') && !crlf {
                lines.push((Span::new(offset + 1, 0).start, utf16));
            }
        }
        Self { lines }
    }

    /// The position of byte `offset` of `text`, which must be the text that the index was made from.
    /// An offset beyond the end, or inside a character, gives the nearest position before it.
    #[must_use]
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.lines.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        let (start, utf16) = self.lines.get(line).copied().unwrap_or_default();
        let mut position = Position { line: line as u32 + 1, column: 1, column_utf16: 1, offset_utf16: utf16 };
        let rest = text.get(start as usize..).unwrap_or_default();
        for (index, character) in rest.char_indices() {
            if index + character.len_utf8() > (offset - start) as usize {
                break;
            }
            position.column += 1;
            position.column_utf16 += character.len_utf16() as u32;
            position.offset_utf16 += character.len_utf16() as u32;
        }
        position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_utf16_units() {
        let text = "a\r\nbé𝄞c\rd";
        let index = LineIndex::new(text);
        let at = |needle: &str| {
            let p = index.position(text, text.find(needle).unwrap() as u32);
            (p.line, p.column, p.column_utf16, p.offset_utf16)
        };
        assert_eq!(at("a"), (1, 1, 1, 0));
        assert_eq!(at("b"), (2, 1, 1, 3));
        assert_eq!(at("c"), (2, 4, 5, 7));
        assert_eq!(at("d"), (3, 1, 1, 9));
        assert_eq!(index.position(text, 999).line, 3);
    }
}
