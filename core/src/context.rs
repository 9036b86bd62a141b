//! The request context: condition keys and their values (SPEC 6.1).

use crate::lower_case::lower;
use std::fmt;

/// The name of a condition key. Names compare without case, tag keys included (SPEC C-04).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
#[derive(Clone, Debug)]
pub struct KeyName {
    folded: Box<str>,
    written: Box<str>,
    hash: u32,
}

impl KeyName {
    /// A name as written.
    #[must_use]
    pub fn new(written: &str) -> Self {
        let folded = fold(written);
        Self { hash: key_hash(&folded), folded: folded.into(), written: written.into() }
    }

    /// The name as it was written first.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The name in lower case, by which names are compared.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }
}

impl PartialEq for KeyName {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for KeyName {}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// Lower case, character by character.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(lower).collect()
}

/// Whether a name, as written, is the one in lower case.
fn is_named(folded: &str, name: &str) -> bool {
    folded.eq_ignore_ascii_case(name) || !name.is_ascii() && name.chars().flat_map(lower).eq(folded.chars())
}

/// A hash of a name that does not depend on its case.
pub(crate) fn key_hash(name: &str) -> u32 {
    if name.is_ascii() { hash(HASH_START, name.as_bytes()) } else { hash(HASH_START, fold(name).as_bytes()) }
}

/// Where hashes begin.
pub(crate) const HASH_START: u32 = 0x811c_9dc5;

/// The FNV-1a hash of text whose beginning is hashed already; ASCII letters count in lower case.
///
/// Hashes only narrow down what is compared: whoever knows how to make two names collide gains nothing.
pub(crate) fn hash(so_far: u32, text: &[u8]) -> u32 {
    text.iter().fold(so_far, |hash, byte| (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

/// What is known about a condition key.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextEntry {
    /// A single-valued key with its value. An empty string is a value (SPEC C-27).
    Single(String),
    /// A multivalued key with its set of values. An empty set is a missing key (SPEC 4.2).
    Multiple(Vec<String>),
    /// The key is not in the request.
    Absent,
    /// It is not known whether the key is in the request, nor with which value (SPEC 4.8).
    Unknown,
}

impl ContextEntry {
    /// The values, if the key is present (SPEC 4.2, C-41).
    #[must_use]
    pub fn values(&self) -> Option<&[String]> {
        match self {
            Self::Single(value) => Some(std::slice::from_ref(value)),
            Self::Multiple(values) if values.iter().all(String::is_empty) => None,
            Self::Multiple(values) => Some(values),
            Self::Absent | Self::Unknown => None,
        }
    }
}

/// The context of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestContext {
    /// Sorted by the folded names.
    entries: Vec<(KeyName, ContextEntry)>,
}

impl RequestContext {
    /// A context without keys.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn find(&self, folded: &str) -> Result<usize, usize> {
        self.entries.binary_search_by(|(name, _)| (*name.folded).cmp(folded))
    }

    /// Sets a key unless it is there already; tells whether it was set. Of keys that differ only in
    /// case the first one counts (SPEC 1.3).
    pub fn insert(&mut self, name: &str, entry: ContextEntry) -> bool {
        let name = KeyName::new(name);
        match self.find(&name.folded) {
            Ok(_) => false,
            Err(place) => {
                self.entries.insert(place, (name, entry));
                true
            }
        }
    }

    /// Sets a key, whatever it was.
    pub fn replace(&mut self, name: &str, entry: ContextEntry) {
        self.remove(name);
        self.insert(name, entry);
    }

    /// Removes a key.
    pub fn remove(&mut self, name: &str) {
        if let Ok(place) = self.find(&fold(name)) {
            self.entries.remove(place);
        }
    }

    /// What is known about a key; a key that was never set is absent.
    #[must_use]
    pub fn get(&self, name: &KeyName) -> &ContextEntry {
        self.lookup(name.hash, &name.folded)
    }

    /// What is known about the key of that name, as written anywhere, with its hash.
    pub(crate) fn lookup(&self, hash: u32, name: &str) -> &ContextEntry {
        // A request has few keys: to pass by their hashes is faster than to search among the names.
        let found = self
            .entries
            .iter()
            .find(|(key, _)| key.hash == hash && (*key.written == *name || is_named(&key.folded, name)));
        found.map_or(&ContextEntry::Absent, |(_, entry)| entry)
    }

    /// What is known about the key of that name.
    pub(crate) fn named(&self, name: &str) -> &ContextEntry {
        self.lookup(key_hash(name), name)
    }

    /// Whether something was said about the key, if only that it is absent.
    #[must_use]
    pub fn mentions(&self, name: &str) -> bool {
        self.find(&fold(name)).is_ok()
    }

    /// All keys, in the order of their lower-case names.
    pub fn iter(&self) -> impl Iterator<Item = (&KeyName, &ContextEntry)> {
        self.entries.iter().map(|(name, entry)| (name, entry))
    }
}
