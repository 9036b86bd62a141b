//! Dates: the W3C profile of ISO 8601, or seconds since 1970 (SPEC 4.4).

use time::{Date, Month};

const DAY: i64 = 86_400;

/// 1970-01-01 as a Julian day.
const EPOCH: i32 = 2_440_588;

/// An instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// What comes on top of them.
    pub nanoseconds: u32,
}

/// Reads an instant.
///
/// Four digits are a year, more are seconds. A date without a time is midnight UTC at the start of
/// its period, a time without a zone is UTC (SPEC 4.4, our choice).
pub(crate) fn date(text: &str) -> Option<Instant> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if text.len() != 4 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().map(|seconds| Instant { seconds, nanoseconds: 0 });
    }
    let mut rest = Rest(text.as_bytes());
    let year = rest.number(4)?;
    let month = if rest.is_next(b'-') { rest.number(2)? } else { 1 };
    let day = if text.len() > 7 && rest.is_next(b'-') { rest.number(2)? } else { 1 };
    let date = Date::from_calendar_date(year as i32, Month::try_from(month as u8).ok()?, day as u8).ok()?;
    let midnight = i64::from(date.to_julian_day() - EPOCH) * DAY;
    if rest.0.is_empty() {
        return Some(Instant { seconds: midnight, nanoseconds: 0 });
    }
    if text.find('T') != Some(10) || !rest.is_next(b'T') {
        return None;
    }
    let hour = rest.number(2).filter(|hour| *hour < 24)?;
    let minute = rest.minutes()?;
    let (mut second, mut nanoseconds) = (0, 0);
    if rest.is_next(b':') {
        second = rest.number(2).filter(|second| *second <= 60)?;
        if rest.is_next(b'.') {
            nanoseconds = rest.fraction()?;
        }
    }
    let leap = second == 60;
    if leap {
        (second, nanoseconds) = (59, 999_999_999);
    }
    let seconds = midnight + i64::from((hour * 60 + minute) * 60 + second) - rest.zone()?;
    if !rest.0.is_empty() || leap && !ends_month(seconds) {
        return None;
    }
    Some(Instant { seconds, nanoseconds })
}

/// Whether this is the last second of a month, which a leap second may follow.
fn ends_month(seconds: i64) -> bool {
    (seconds + 1) % DAY == 0 && day_of(seconds + 1).is_some_and(|next| next.day() == 1)
}

fn day_of(seconds: i64) -> Option<Date> {
    let days = i32::try_from(seconds.div_euclid(DAY)).ok()?;
    Date::from_julian_day(days.checked_add(EPOCH)?).ok()
}

/// Writes seconds since 1970-01-01T00:00:00Z as the longest form of the profile, in UTC.
pub(crate) fn written_date(seconds: i64) -> Option<String> {
    let date = day_of(seconds)?;
    let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
    let minutes = seconds.rem_euclid(DAY) / 60;
    let (hour, minute, second) = (minutes / 60, minutes % 60, seconds.rem_euclid(60));
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

/// What of a text is not read yet.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// Reads a character if it is the next one.
    fn is_next(&mut self, character: u8) -> bool {
        let rest = self.0.strip_prefix(&[character]);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn digit(&mut self) -> Option<u32> {
        let (digit, rest) = self.0.split_first().filter(|(digit, _)| digit.is_ascii_digit())?;
        self.0 = rest;
        Some(u32::from(digit - b'0'))
    }

    /// A number of as many digits.
    fn number(&mut self, digits: u32) -> Option<u32> {
        let mut number = 0;
        for _ in 0..digits {
            number = number * 10 + self.digit()?;
        }
        Some(number)
    }

    /// The minutes behind hours.
    fn minutes(&mut self) -> Option<u32> {
        if self.is_next(b':') { self.number(2).filter(|minutes| *minutes < 60) } else { None }
    }

    /// A fraction of a second, in nanoseconds.
    fn fraction(&mut self) -> Option<u32> {
        let mut weight = 100_000_000;
        let mut nanoseconds = self.digit()? * weight;
        while let Some(digit) = self.digit() {
            weight /= 10;
            nanoseconds += digit * weight;
        }
        Some(nanoseconds)
    }

    /// How many seconds the time is ahead of UTC.
    fn zone(&mut self) -> Option<i64> {
        if self.0.is_empty() || self.is_next(b'Z') {
            return Some(0);
        }
        let behind = self.is_next(b'-');
        if !behind && !self.is_next(b'+') {
            return None;
        }
        let hours = self.number(2).filter(|hours| *hours < 24)?;
        let ahead = i64::from((hours * 60 + self.minutes()?) * 60);
        Some(if behind { -ahead } else { ahead })
    }
}

#[cfg(test)]
mod tests {
    use super::{Instant, date};

    #[test]
    fn forms() {
        let second = |seconds| Some(Instant { seconds, nanoseconds: 0 });
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", second(0)),
            ("2020", second(1_577_836_800)),
            ("2020-07", second(1_593_561_600)),
            ("2020-07-01", second(1_593_561_600)),
            ("2020-07-01T02:00+02:00", second(1_593_561_600)),
            ("2020-07-01T00:00:00", second(1_593_561_600)),
            ("2020-07-01T00:00:00.5Z", Some(Instant { seconds: 1_593_561_600, nanoseconds: 500_000_000 })),
            ("1593561600", second(1_593_561_600)),
            ("-5", second(-5)),
            ("20200701", second(20_200_701)),
            ("2020-13-01", None),
            ("2020-07-01 00:00:00Z", None),
            ("2020-07-01T25:00Z", None),
            (
                "2020-07-01T00:00:00.1234567891-00:30",
                Some(Instant { seconds: 1_593_563_400, nanoseconds: 123_456_789 }),
            ),
            ("2016-12-31T23:59:60Z", Some(Instant { seconds: 1_483_228_799, nanoseconds: 999_999_999 })),
            ("2017-01-01T00:59:60+01:00", Some(Instant { seconds: 1_483_228_799, nanoseconds: 999_999_999 })),
            ("2016-12-30T23:59:60Z", None),
            ("2016-12-31T23:58:60Z", None),
            ("0000-02-29", second(-62_162_121_600)),
            ("9999-12-31T23:59:59-23:59", second(253_402_387_139)),
            ("1900-02-29", None),
            ("2020-7-1", None),
            ("2020-07-", None),
            ("2020-07-01T", None),
            ("2020-07-01T00", None),
            ("2020-07-01T00:00.5Z", None),
            ("2020-07-01T00:00:00.Z", None),
            ("2020-07-01T00:00:61Z", None),
            ("2020-07-01T00:60Z", None),
            ("2020-07-01T00:00z", None),
            ("2020-07-01T00:00ZZ", None),
            ("2020-07-01T00:00+24:00", None),
            ("2020-07-01T00:00+0100", None),
            ("2020-07-01t00:00Z", None),
            ("2020T00:00Z", None),
            ("20207-1", None),
            ("-202", None),
            ("２０２０", None),
            ("not-a-date", None),
            ("", None),
        ] {
            assert_eq!(date(text), expected, "{text}");
        }
    }
}
