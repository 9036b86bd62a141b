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
    lines: Vec<Mark>,
    /// Places every few hundred bytes, so that a long line is not counted from its start each time.
    marks: Vec<Mark>,
}

/// A place in the text and what stands before it.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    byte: u32,
    characters: u32,
    utf16: u32,
}

/// The distance of marks in bytes.
const MARK_DISTANCE: u32 = 256;

impl LineIndex {
    /// Finds the lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut here = Mark::default();
        let mut index = Self { lines: vec![here], marks: vec![here] };
        let mut previous = ' ';
        for (offset, character) in text.char_indices() {
            here.byte = Span::new(offset, 0).start;
            // A line end is `\n`, `\r\n` or `\r`, and the next line starts behind it.
            if previous == '\n' || previous == '\r' && character != '\n' {
                index.lines.push(here);
            }
            if index.marks.last().is_some_and(|mark| here.byte - mark.byte >= MARK_DISTANCE) {
                index.marks.push(here);
            }
            here.characters += 1;
            here.utf16 += character.len_utf16() as u32;
            previous = character;
        }
        if previous == '\n' || previous == '\r' {
            index.lines.push(Mark { byte: Span::new(text.len(), 0).start, ..here });
        }
        index
    }

    /// The position of byte `offset` of `text`, which must be the text that the index was made from.
    /// An offset beyond the end, or inside a character, gives the nearest position before it.
    #[must_use]
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.lines.partition_point(|line| line.byte <= offset).saturating_sub(1);
        let start = self.lines.get(line).copied().unwrap_or_default();
        let mark = self.marks.partition_point(|mark| mark.byte <= offset).saturating_sub(1);
        let mut here = self.marks.get(mark).copied().unwrap_or_default();
        for character in text.get(here.byte as usize..).unwrap_or_default().chars() {
            let next = here.byte + character.len_utf8() as u32;
            if next > offset {
                break;
            }
            here =
                Mark { byte: next, characters: here.characters + 1, utf16: here.utf16 + character.len_utf16() as u32 };
        }
        Position {
            line: line as u32 + 1,
            column: here.characters - start.characters + 1,
            column_utf16: here.utf16 - start.utf16 + 1,
            offset_utf16: here.utf16,
        }
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

    #[test]
    fn long_lines_are_counted_from_marks() {
        let text = format!("{}\n{}", "é𝄞".repeat(1_000), "x".repeat(1_000));
        let index = LineIndex::new(&text);
        let inside = index.position(&text, 600 * 6 + 2);
        assert_eq!((inside.line, inside.column, inside.column_utf16, inside.offset_utf16), (1, 1_202, 1_802, 1_801));
        let second = index.position(&text, 6_001 + 700);
        assert_eq!((second.line, second.column, second.offset_utf16), (2, 701, 3_001 + 700));
        assert_eq!(LineIndex::new("a\n").position("a\n", 2).line, 2);
    }
}
