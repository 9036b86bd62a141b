//! The request context: condition keys and their values (SPEC 6.1).

use crate::lower_case::lower;
use std::borrow::Cow;
use std::fmt;

/// The name of a condition key. Names compare without case, tag keys included (SPEC C-04).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
#[derive(Clone, Debug)]
pub struct KeyName {
    written: Cow<'static, str>,
    hash: u32,
}

impl KeyName {
    /// A name as written.
    #[must_use]
    pub fn new(written: &str) -> Self {
        Self { hash: key_hash(written), written: Cow::Owned(written.to_owned()) }
    }

    /// A name of AWS's own, whose hash is known.
    fn known(written: &'static str, hash: u32) -> Self {
        Self { hash, written: Cow::Borrowed(written) }
    }

    /// The name as it was written first.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Whether it is the same name.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.written.eq_ignore_ascii_case(name)
            || !(name.is_ascii() && self.written.is_ascii()) && fold(&self.written) == fold(name)
    }

    /// Whether it is one of the names; one with a slash at its end stands for any tag.
    pub(crate) fn is_among(&self, names: &[&str]) -> bool {
        names.iter().any(|name| if name.ends_with('/') { self.begins_with(name) } else { self.is(name) })
    }

    /// Whether it begins with a name, in ASCII.
    pub(crate) fn begins_with(&self, name: &str) -> bool {
        self.written.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
    }
}

impl PartialEq for KeyName {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.is(&other.written)
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

/// Gives a text another value, in the memory that it has.
pub(crate) fn assign(text: &mut String, value: &str) {
    text.clear();
    text.push_str(value);
}

/// A hash of a name that does not depend on its case.
pub(crate) fn key_hash(name: &str) -> u32 {
    if name.is_ascii() { hash(HASH_START, name.as_bytes()) } else { hash(HASH_START, fold(name).as_bytes()) }
}

/// Where hashes begin.
pub(crate) const HASH_START: u32 = 0x811c_9dc5;

/// The hash of text whose beginning is hashed already, the same for ASCII letters of either case. Where the text is
/// cut makes a difference.
///
/// Hashes only narrow down what is compared: whoever knows how to make two names collide gains nothing.
pub(crate) const fn hash(so_far: u32, mut text: &[u8]) -> u32 {
    // Small letters have one bit more than capital ones; that other characters get it too does no harm.
    let mut hash = so_far;
    while let [a, b, c, d, rest @ ..] = text {
        hash = mix(hash ^ (u32::from_le_bytes([*a, *b, *c, *d]) | 0x2020_2020));
        text = rest;
    }
    while let [byte, rest @ ..] = text {
        hash = mix(hash ^ (*byte | 0x20) as u32);
        text = rest;
    }
    hash
}

const fn mix(hash: u32) -> u32 {
    let hash = hash.wrapping_mul(0x9e37_79b1);
    hash ^ hash >> 15
}

/// A condition key that follows from the principal or the resource (SPEC 6.4): its name, in ASCII, and the
/// name's hash.
#[derive(Clone, Copy)]
pub(crate) struct DerivedKey(&'static str, u32);

impl DerivedKey {
    /// The key of that name.
    pub const fn new(name: &'static str) -> Self {
        Self(name, hash(HASH_START, name.as_bytes()))
    }
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
    /// Sorted by the names' hashes, which is faster to search than the names.
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    name: KeyName,
    value: ContextEntry,
    /// It follows from the principal or the resource (SPEC 6.4).
    derived: bool,
}

impl RequestContext {
    /// A context without keys.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The place of a name, or else where it belongs.
    fn find(&self, hash: u32, name: &str) -> Result<usize, usize> {
        let start = self.entries.partition_point(|entry| entry.name.hash < hash);
        let mut place = start;
        while let Some(entry) = self.entries.get(place).filter(|entry| entry.name.hash == hash) {
            if entry.name.is(name) {
                return Ok(place);
            }
            place += 1;
        }
        Err(start)
    }

    /// Sets a key unless it is there already; tells whether it was set. Of keys that differ only in
    /// case the first one counts (SPEC 1.3).
    pub fn insert(&mut self, name: &str, entry: ContextEntry) -> bool {
        let hash = key_hash(name);
        let found = self.find(hash, name);
        if let Err(place) = found {
            let name = KeyName { hash, written: Cow::Owned(name.to_owned()) };
            self.entries.insert(place, Entry { name, value: entry, derived: false });
        }
        found.is_err()
    }

    /// Gives a key that follows from the principal or the resource its value, or takes it away again, unless
    /// something else is said about it.
    pub(crate) fn derive(&mut self, DerivedKey(name, hash): DerivedKey, value: Option<&str>) {
        let found = self.find(hash, name);
        match (found, value) {
            (Err(place), Some(value)) => {
                let value = ContextEntry::Single(value.to_owned());
                self.entries.insert(place, Entry { name: KeyName::known(name, hash), value, derived: true });
            }
            (Ok(place), value) => match (self.entries.get_mut(place), value) {
                (Some(Entry { value: ContextEntry::Single(before), derived: true, .. }), Some(value)) => {
                    assign(before, value);
                }
                (Some(Entry { derived: true, .. }), None) => drop(self.entries.remove(place)),
                _ => {}
            },
            (Err(_), None) => {}
        }
    }

    /// Gives a multivalued key that follows from the principal its one value, unless something is said about it.
    pub(crate) fn derive_list(&mut self, DerivedKey(name, hash): DerivedKey, value: &str) {
        if let Err(place) = self.find(hash, name) {
            let value = ContextEntry::Multiple(vec![value.to_owned()]);
            self.entries.insert(place, Entry { name: KeyName::known(name, hash), value, derived: true });
        }
    }

    /// Sets a key, whatever it was.
    pub fn replace(&mut self, name: &str, entry: ContextEntry) {
        self.remove(name);
        self.insert(name, entry);
    }

    /// Removes a key.
    pub fn remove(&mut self, name: &str) {
        if let Ok(place) = self.find(key_hash(name), name) {
            self.entries.remove(place);
        }
    }

    /// What is known about a key; a key that was never set is absent.
    #[must_use]
    pub fn get(&self, name: &KeyName) -> &ContextEntry {
        self.lookup(name.hash, &name.written)
    }

    /// What is known about the key of that name, as written anywhere, with its hash.
    pub(crate) fn lookup(&self, hash: u32, name: &str) -> &ContextEntry {
        let found = self.find(hash, name).ok().and_then(|place| self.entries.get(place));
        found.map_or(&ContextEntry::Absent, |entry| &entry.value)
    }

    /// What is known about the key of that name.
    pub(crate) fn named(&self, name: &str) -> &ContextEntry {
        self.lookup(key_hash(name), name)
    }

    /// Whether something was said about the key, if only that it is absent.
    #[must_use]
    pub fn mentions(&self, name: &str) -> bool {
        self.find(key_hash(name), name).is_ok()
    }

    /// All keys, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&KeyName, &ContextEntry)> {
        self.entries.iter().map(|entry| (&entry.name, &entry.value))
    }

    /// The keys that follow from the principal and the resource, by their names.
    pub(crate) fn derived(&self) -> Vec<(&KeyName, &ContextEntry)> {
        let mut keys: Vec<(&KeyName, &ContextEntry)> = Vec::new();
        for Entry { name, value, .. } in self.entries.iter().filter(|entry| entry.derived) {
            let lower = |name: &KeyName| name.written.to_ascii_lowercase();
            let place = keys.partition_point(|(other, _)| lower(other) < lower(name));
            keys.insert(place, (name, value));
        }
        keys
    }
}
