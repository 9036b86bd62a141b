//! Numbers for people.

/// A time with its unit: `1.23 µs`.
#[must_use]
pub fn time(nanoseconds: f64) -> String {
    let units = [("s", 1e9), ("ms", 1e6), ("µs", 1e3), ("ns", 1.0)];
    let (unit, size) = units.into_iter().find(|(_, size)| nanoseconds >= *size).unwrap_or(("ns", 1.0));
    format!("{} {unit}", digits(nanoseconds / size))
}

/// A ratio: `12 ×`, `1.2 ×`, `0.12 ×`.
#[must_use]
pub fn ratio(ratio: f64) -> String {
    format!("{} ×", digits(ratio))
}

/// A rate to be reached: `8 ×`, and `1/3` for what may be slower.
#[must_use]
pub fn rate(times: f64) -> String {
    if times < 1.0 { format!("1/{:.0}", 1.0 / times) } else { format!("{times} ×") }
}

/// A whole number with its thousands set apart.
#[must_use]
pub fn count(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// About three digits.
fn digits(number: f64) -> String {
    match number {
        _ if number >= 100.0 => format!("{number:.0}"),
        _ if number >= 10.0 => format!("{number:.1}"),
        _ => format!("{number:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_about_three_digits_and_their_unit() {
        assert_eq!(
            [time(0.5), time(999.0), time(1_000.0), time(12_345_678.0)],
            ["0.50 ns", "999 ns", "1.00 µs", "12.3 ms"]
        );
        assert_eq!([ratio(0.125), ratio(1.3), ratio(99.96), ratio(1234.5)], ["0.12 ×", "1.30 ×", "100.0 ×", "1234 ×"]);
        assert_eq!([rate(8.0), rate(1.0 / 3.0), rate(0.125)], ["8 ×", "1/3", "1/8"]);
        assert_eq!([count(0), count(150_000), count(1_234_567)], ["0", "150,000", "1,234,567"]);
    }
}
