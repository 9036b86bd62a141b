//! What the reader and the writer of the catalog's file share. No part of the library's interface.

use super::ValueType;

/// What the file begins with: its name and the version of its form.
pub(super) const MAGIC: &[u8] = b"ADMC\x01";

/// The bit of a condition key's kind that says that it has several values; the others are a [`ValueType`].
pub(super) const MULTIVALUED: u8 = 8;

/// How most ARNs begin: what stands before and behind the service's prefix.
pub const ARN_STARTS: [[&str; 2]; 3] = [
    ["arn:${Partition}:", ":${Region}:${Account}:"],
    ["arn:${Partition}:", "::${Account}:"],
    ["arn:${Partition}:", ":::"],
];

/// The file of which the columns are given.
#[must_use]
pub fn seal(columns: &[u8]) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.extend_from_slice(&checksum(columns).to_le_bytes());
    file.extend_from_slice(columns);
    file
}

/// A condition key's kind: its type by AWS's name, and whether it has several values.
#[must_use]
pub fn kind(value_type: &str, multivalued: bool) -> Option<u8> {
    let place = ValueType::ALL.iter().position(|known| known.name() == value_type)?;
    let kind = u8::try_from(place).ok()?;
    Some(if multivalued { kind | MULTIVALUED } else { kind })
}

/// A checksum that every change of a byte changes.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325 ^ bytes.len() as u64;
    let mut add = |word: u64| sum = (sum ^ word).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
    let (words, rest) = bytes.as_chunks();
    words.iter().for_each(|word| add(u64::from_le_bytes(*word)));
    rest.iter().for_each(|byte| add(u64::from(*byte)));
    sum
}
