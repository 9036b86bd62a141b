//! Decimal numbers, compared exactly.

use std::cmp::Ordering;

/// A decimal number as its digits: exact, however long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal<'a> {
    negative: bool,
    /// The digits before the point, without leading zeros.
    whole: &'a str,
    /// The digits behind the point, without trailing zeros.
    fraction: &'a str,
}

impl<'a> Decimal<'a> {
    /// Reads an optional sign, digits, and optionally a point and digits (SPEC 4.3).
    pub fn parse(text: &'a str) -> Option<Self> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let valid = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !valid(whole) || !valid(fraction) {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Self { negative: text.starts_with('-') && !zero, whole, fraction })
    }

    /// Whether it has no fraction.
    pub fn is_whole(&self) -> bool {
        self.fraction.is_empty()
    }

    fn magnitude(&self, other: &Self) -> Ordering {
        let length = self.whole.len().cmp(&other.whole.len());
        length.then_with(|| self.whole.cmp(other.whole)).then_with(|| self.fraction.cmp(other.fraction))
    }
}

impl std::fmt::Display for Decimal<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let whole = if self.whole.is_empty() { "0" } else { self.whole };
        let sign = if self.negative { "-" } else { "" };
        let point = if self.fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{}", self.fraction)
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn order() {
        let sorted =
            ["-10", "-9.5", "-0.25", "0", "0.1", "0.125", "0.2", "9", "10", "9007199254740993", "9007199254740994"];
        for (left, a) in sorted.iter().enumerate() {
            for (right, b) in sorted.iter().enumerate() {
                assert_eq!(Decimal::parse(a).cmp(&Decimal::parse(b)), left.cmp(&right), "{a} and {b}");
            }
        }
        assert_eq!(Decimal::parse("+010.0"), Decimal::parse("10"));
        assert_eq!(Decimal::parse("-0"), Decimal::parse("0"));
        for wrong in ["", "abc", "10abc", "1e3", ".5", "5.", "--1", "1 ", "٣"] {
            assert_eq!(Decimal::parse(wrong), None, "{wrong}");
        }
    }
}
