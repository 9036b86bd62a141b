//! Condition blocks, straight from the pseudocode of SPEC 4.9.

use std::cmp::Ordering;
use std::net::IpAddr;

use serde_json::Value;

use super::text::{arn_operator, glob, pattern, plain};
use super::{Context, strings};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Truth {
    True,
    False,
    TypeError,
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Set {
    None,
    All,
    Any,
}

/// Whether the block holds.
pub fn block(condition: Option<&Value>, context: &Context, variables: bool) -> bool {
    let Some(operators) = condition.and_then(Value::as_object) else { return true };
    operators.iter().all(|(operator, keys)| {
        let keys = keys.as_object().expect("an operator holds an object");
        keys.iter().all(|(key, values)| one(operator, key, &strings(values), context, variables))
    })
}

fn one(operator: &str, key: &str, policy: &[String], context: &Context, variables: bool) -> bool {
    let (set, rest) = if let Some(rest) = operator.strip_prefix("ForAllValues:") {
        (Set::All, rest)
    } else if let Some(rest) = operator.strip_prefix("ForAnyValue:") {
        (Set::Any, rest)
    } else {
        (Set::None, operator)
    };
    let (base, if_exists) = rest.strip_suffix("IfExists").map_or((rest, false), |base| (base, true));

    let entry = context.get(&key.to_lowercase());
    let present = entry
        .filter(|entry| !entry.values.is_empty())
        .filter(|entry| !(entry.multivalued && entry.values.iter().all(String::is_empty)));

    if base == "Null" {
        return match set {
            Set::All => true,
            Set::Any => false,
            Set::None => policy.iter().any(|p| boolean(p) == Some(present.is_none())),
        };
    }
    let negated = base.contains("Not");
    let Some(entry) = present else {
        return match set {
            Set::All => true,
            _ if if_exists => true,
            Set::Any => false,
            Set::None => negated,
        };
    };
    let family = base.replace("Not", "");
    let holds = |value: &String| {
        let results: Vec<Truth> = policy.iter().map(|p| compare(&family, value, p, context, variables)).collect();
        if negated {
            let all_bad = !results.is_empty() && results.iter().all(|result| *result == Truth::TypeError);
            !results.contains(&Truth::True) && !all_bad
        } else {
            results.contains(&Truth::True)
        }
    };
    match set {
        Set::All => entry.values.iter().all(holds),
        Set::Any => entry.values.iter().any(holds),
        Set::None => entry.values.len() == 1 && holds(&entry.values[0]),
    }
}

/// Whether the positive relation holds between a context value and a policy value.
fn compare(family: &str, c: &str, p: &str, context: &Context, variables: bool) -> Truth {
    let substituted = || pattern(p, variables, context);
    match family {
        "StringEquals" => substituted().is_some_and(|p| plain(&p) == c).into(),
        "StringEqualsIgnoreCase" => substituted().is_some_and(|p| plain(&p).to_lowercase() == c.to_lowercase()).into(),
        "StringLike" => substituted().is_some_and(|p| glob(&p, c)).into(),
        "ArnEquals" | "ArnLike" => substituted().is_some_and(|p| arn_operator(&p, c)).into(),
        "Bool" => {
            let p = substituted().map(|p| plain(&p)).and_then(|p| boolean(&p));
            (p.is_some() && p == boolean(c)).into()
        }
        "BinaryEquals" => {
            let p = base64(p);
            (p.is_some() && p == base64(c)).into()
        }
        "IpAddress" => in_range(c, p).into(),
        _ if family.starts_with("Numeric") => {
            relation(&family["Numeric".len()..], decimal(c).zip(decimal(p)).map(|(c, p)| order(&c, &p)))
        }
        _ if family.starts_with("Date") => {
            relation(&family["Date".len()..], instant(c).zip(instant(p)).map(|(c, p)| c.cmp(&p)))
        }
        _ => panic!("unknown operator {family}"),
    }
}

fn relation(name: &str, ordering: Option<Ordering>) -> Truth {
    let Some(ordering) = ordering else { return Truth::TypeError };
    match name {
        "Equals" => ordering.is_eq(),
        "LessThan" => ordering.is_lt(),
        "LessThanEquals" => ordering.is_le(),
        "GreaterThan" => ordering.is_gt(),
        "GreaterThanEquals" => ordering.is_ge(),
        _ => panic!("unknown relation {name}"),
    }
    .into()
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// Sign, digits before and after the point, without zeros that mean nothing.
fn decimal(text: &str) -> Option<(bool, String, String)> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let whole = whole.trim_start_matches('0').to_owned();
    let fraction = fraction.trim_end_matches('0').to_owned();
    let zero = whole.is_empty() && fraction.is_empty();
    Some((negative && !zero, whole, fraction))
}

fn order(a: &(bool, String, String), b: &(bool, String, String)) -> Ordering {
    let magnitude = a.1.len().cmp(&b.1.len()).then_with(|| a.1.cmp(&b.1)).then_with(|| a.2.cmp(&b.2));
    match (a.0, b.0) {
        (false, false) => magnitude,
        (true, true) => magnitude.reverse(),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

/// SPEC 4.4, as seconds since 1970 and the digits of the fraction.
fn instant(text: &str) -> Option<(i64, String)> {
    if text.len() > 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((text.parse().ok()?, String::new()));
    }
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let mut fields = date.split('-');
    let year = number(fields.next()?, 4)?;
    let month = fields.next().map_or(Some(1), |month| number(month, 2))?;
    let day = fields.next().map_or(Some(1), |day| number(day, 2))?;
    if fields.next().is_some() || (time.is_some() && date.len() != 10) {
        return None;
    }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if !(1..=12).contains(&month) || day < 1 || day > lengths[usize::try_from(month - 1).ok()?] {
        return None;
    }
    // Days before this year, then before this month.
    let past = year - 1;
    let mut days = past * 365 + past / 4 - past / 100 + past / 400 - 719_162;
    days += lengths.iter().take(usize::try_from(month - 1).ok()?).sum::<i64>() + day - 1;
    let (seconds, fraction) = match time {
        None => (0, String::new()),
        Some(time) => clock(time)?,
    };
    Some((days * 86_400 + seconds, fraction))
}

/// The time of day with its zone, in seconds.
fn clock(text: &str) -> Option<(i64, String)> {
    let (clock, offset) = if let Some(clock) = text.strip_suffix('Z') {
        (clock, 0)
    } else if let Some(at) = text.rfind(['+', '-']) {
        let (hours, minutes) = text[at + 1..].split_once(':')?;
        let size = number(hours, 2)? * 3600 + number(minutes, 2)? * 60;
        (&text[..at], if text[at..].starts_with('+') { size } else { -size })
    } else {
        (text, 0)
    };
    let mut fields = clock.split(':');
    let (hours, minutes) = (number(fields.next()?, 2)?, number(fields.next()?, 2)?);
    let (seconds, fraction) = match fields.next() {
        None => (0, String::new()),
        Some(text) => {
            let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
            if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            (number(whole, 2)?, fraction.trim_end_matches('0').to_owned())
        }
    };
    if fields.next().is_some() || hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    Some((hours * 3600 + minutes * 60 + seconds - offset, fraction))
}

fn number(text: &str, digits: usize) -> Option<i64> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn in_range(address: &str, range: &str) -> bool {
    let (network, length) = range.split_once('/').map_or((range, None), |(network, length)| (network, Some(length)));
    let (Ok(address), Ok(network)) = (address.parse::<IpAddr>(), network.parse::<IpAddr>()) else { return false };
    let (address, network, width) = match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(n)) => (u128::from(a.to_bits()), u128::from(n.to_bits()), 32),
        (IpAddr::V6(a), IpAddr::V6(n)) => (a.to_bits(), n.to_bits(), 128),
        _ => return false,
    };
    let length = match length.map(str::parse::<u32>) {
        None => width,
        Some(Ok(length)) if length <= width => length,
        Some(_) => return false,
    };
    let host_bits = width - length;
    host_bits == 128 || address >> host_bits == network >> host_bits
}

fn base64(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let body = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - body.len() > 2 {
        return None;
    }
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for byte in body.bytes() {
        bits = (bits << 6 | u32::try_from(ALPHABET.iter().position(|c| *c == byte)?).ok()?) & 0xFFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xFF).ok()?);
        }
    }
    Some(bytes)
}
