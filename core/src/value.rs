//! Typed readings of context and policy values (SPEC 4.3 to 4.5). Each gives nothing for text of
//! another type.

mod date;
mod network;
mod numeric;

pub(crate) use date::{Instant, date, written_date};
pub use network::Network;
pub(crate) use numeric::Decimal;

use std::net::IpAddr;

/// `true` or `false`, without case (SPEC 1.3).
pub(crate) fn boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// Bytes from base64, with or without padding.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc4648#section-4>
pub(crate) fn binary(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    let last = digits.len() % 4;
    if padding > 0 && (last < 2 || last + padding > 4) {
        return None;
    }
    let mut bytes = Vec::new();
    // Bits that do not make a byte yet, and how many there are.
    let (mut rest, mut bits) = (0_u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        rest = rest << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((rest >> bits) as u8);
            rest &= (1 << bits) - 1;
        }
    }
    (bits < 6 && rest == 0).then_some(bytes)
}

/// A CIDR range; host bits are ignored, and an address alone is a range of one (SPEC 4.5).
pub(crate) fn network(text: &str) -> Option<Network> {
    Network::parse(text)
}

/// An IP address. An IPv4-mapped IPv6 address stays IPv6 (SPEC 4.5).
pub(crate) fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64ct::{Base64Unpadded, Encoding};

    /// Any two characters before ends of every length are read as the library reads them.
    #[test]
    fn base64() {
        let ends = ["", "A", "AA", "QQ", "QR", "////", "Zm9", "Zm9v"];
        let characters: Vec<char> = (0..128_u8).map(char::from).filter(|c| *c != '=').collect();
        for end in ends {
            for first in &characters {
                for second in &characters {
                    let text = format!("{first}{second}{end}");
                    assert_eq!(binary(&text), Base64Unpadded::decode_vec(&text).ok(), "{text}");
                }
            }
        }
        for (text, bytes) in [
            ("Zg==", Some(b"f".as_slice())),
            ("Zm8=", Some(b"fo")),
            ("Zm9v", Some(b"foo")),
            ("", Some(b"")),
            ("Zg", Some(b"f")),
            ("Zg=", Some(b"f")),
            ("Zg===", None),
            ("Zm9v=", None),
            ("Z===", None),
            ("=", None),
            ("Z=g=", None),
            ("Zh==", None),
            ("Z\u{e9}==", None),
        ] {
            assert_eq!(binary(text).as_deref(), bytes, "{text}");
        }
    }
}
