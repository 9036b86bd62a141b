//! Typed readings of context and policy values (SPEC 4.3 to 4.5). Each gives nothing for text of
//! another type.

mod date;
mod numeric;

pub(crate) use date::{date, written_date};
pub(crate) use numeric::Decimal;

use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use ipnet::IpNet;
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
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(&base64::alphabet::STANDARD, config).decode(text).ok()
}

/// A CIDR range; host bits are ignored, and an address alone is a range of one (SPEC 4.5).
pub(crate) fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| address(text).map(IpNet::from))
}

/// An IP address. An IPv4-mapped IPv6 address stays IPv6 (SPEC 4.5).
pub(crate) fn address(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}
