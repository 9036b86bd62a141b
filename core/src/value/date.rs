//! Dates: the W3C profile of ISO 8601, or seconds since 1970 (SPEC 4.4).

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The instant in nanoseconds since 1970-01-01T00:00:00Z.
///
/// Four digits are a year, more are seconds. A date without a time is midnight UTC at the start of
/// its period, a time without a zone is UTC (SPEC 4.4, our choice).
pub(crate) fn date(text: &str) -> Option<i128> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if text.len() != 4 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse::<i64>().ok().map(|seconds| i128::from(seconds) * 1_000_000_000);
    }
    let mut buffer = [0; 64];
    let completed = complete(text, &mut buffer)?;
    OffsetDateTime::parse(completed, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp_nanos)
}

/// Writes an instant as the longest form of the profile, in UTC and whole seconds.
pub(crate) fn written_date(nanoseconds: i128) -> Option<String> {
    let date = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok()?;
    let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
    let (hour, minute, second) = date.to_hms();
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

/// Completes the shorter forms of the profile to the longest, which the library reads.
fn complete<'a>(text: &'a str, buffer: &'a mut [u8; 64]) -> Option<&'a str> {
    if !text.is_ascii() || text.contains(' ') {
        return None;
    }
    let parts = match text.split_once('T') {
        None => match text.len() {
            4 => [text, "-01-01T00:00:00Z", ""],
            7 => [text, "-01T00:00:00Z", ""],
            10 => [text, "T00:00:00Z", ""],
            _ => return None,
        },
        Some((_, rest)) => {
            let zone_at = text.len() - rest.len() + rest.find(['Z', '+', '-']).unwrap_or(rest.len());
            let (instant, zone) = text.split_at_checked(zone_at)?;
            let short = instant.len() - (text.len() - rest.len()) == 5;
            if !short && !zone.is_empty() {
                return Some(text);
            }
            [instant, if short { ":00" } else { "" }, if zone.is_empty() { "Z" } else { zone }]
        }
    };
    let mut length = 0;
    for part in parts {
        buffer.get_mut(length..length + part.len())?.copy_from_slice(part.as_bytes());
        length += part.len();
    }
    std::str::from_utf8(buffer.get(..length)?).ok()
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn forms() {
        let second = |n: i128| Some(n * 1_000_000_000);
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", second(0)),
            ("2020", second(1_577_836_800)),
            ("2020-07", second(1_593_561_600)),
            ("2020-07-01", second(1_593_561_600)),
            ("2020-07-01T02:00+02:00", second(1_593_561_600)),
            ("2020-07-01T00:00:00", second(1_593_561_600)),
            ("2020-07-01T00:00:00.5Z", Some(1_593_561_600_500_000_000)),
            ("1593561600", second(1_593_561_600)),
            ("-5", second(-5)),
            ("20200701", second(20_200_701)),
            ("2020-13-01", None),
            ("2020-07-01 00:00:00Z", None),
            ("2020-07-01T25:00Z", None),
            ("not-a-date", None),
            ("", None),
        ] {
            assert_eq!(date(text), expected, "{text}");
        }
    }
}
