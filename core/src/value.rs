//! Typed readings of context and policy values (SPEC 4.3 to 4.5). Each gives nothing for text of
//! another type.

mod date;
mod network;
mod numeric;

pub(crate) use date::{date, written_date};
pub(crate) use network::Network;
pub(crate) use numeric::Decimal;

use base64ct::{Base64Unpadded, Encoding};
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
pub(crate) fn binary(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    let last = digits.len() % 4;
    if padding > 0 && (last < 2 || last + padding > 4) {
        return None;
    }
    Base64Unpadded::decode_vec(digits).ok()
}

/// A CIDR range; host bits are ignored, and an address alone is a range of one (SPEC 4.5).
pub(crate) fn network(text: &str) -> Option<Network> {
    Network::parse(text)
}

/// An IP address. An IPv4-mapped IPv6 address stays IPv6 (SPEC 4.5).
pub(crate) fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}
