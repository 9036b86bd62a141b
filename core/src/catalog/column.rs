//! The columns of the catalog's file.

use super::CatalogError;

pub(super) type Result<T> = std::result::Result<T, CatalogError>;

pub(super) fn error<T>(what: &'static str) -> Result<T> {
    Err(CatalogError { what })
}

/// A column that is being read.
#[derive(Clone, Copy)]
pub(super) struct Column<'a> {
    pub rest: &'a [u8],
}

impl<'a> Column<'a> {
    pub fn byte(&mut self) -> Result<u8> {
        let Some((byte, rest)) = self.rest.split_first() else { return error("a column is too short") };
        self.rest = rest;
        Ok(*byte)
    }

    pub fn number(&mut self) -> Result<u32> {
        let mut value = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        error("a number is too large")
    }

    /// A number that is below a limit.
    pub fn below(&mut self, limit: usize) -> Result<u32> {
        let value = self.number()?;
        if value as usize >= limit {
            return error("a number points nowhere");
        }
        Ok(value)
    }

    pub fn text(&mut self) -> Result<&'a str> {
        let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') else { return error("a text is missing") };
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest.get(1..).unwrap_or_default();
        std::str::from_utf8(text).or(error("a text is damaged"))
    }

    /// A column of texts alone.
    pub fn texts(self) -> Result<Texts<'a>> {
        std::str::from_utf8(self.rest).map(|rest| Texts { rest }).or(error("a text is damaged"))
    }

    /// A set of sorted numbers below a limit.
    pub fn set(&mut self, limit: usize, mut each: impl FnMut(u32)) -> Result<()> {
        let size = self.number()?;
        let mut value = 0_u32;
        for place in 0..size {
            let distance = self.number()?;
            if place > 0 && distance == 0 {
                return error("a set is not sorted");
            }
            value = value.saturating_add(distance);
            if value as usize >= limit {
                return error("a number points nowhere");
            }
            each(value);
        }
        Ok(())
    }

    pub fn end(self) -> Result<()> {
        if self.rest.is_empty() { Ok(()) } else { error("a column is too long") }
    }
}

/// A column of texts, which are looked at once for all.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a> {
    rest: &'a str,
}

impl<'a> Texts<'a> {
    pub fn text(&mut self) -> Result<&'a str> {
        // Texts are short: looking at byte by byte is faster than what the library does for long ones.
        let end = self.rest.bytes().position(|byte| byte == b'\n');
        let text = end.and_then(|end| Some((self.rest.get(..end)?, self.rest.get(end + 1..)?)));
        let Some((text, rest)) = text else { return error("a text is missing") };
        self.rest = rest;
        Ok(text)
    }

    pub fn end(self) -> Result<()> {
        Column { rest: self.rest.as_bytes() }.end()
    }
}
