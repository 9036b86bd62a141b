//! The request context: condition keys and their values (SPEC 6.1).

use std::fmt;

/// The name of a condition key. Names compare without case, tag keys included (SPEC C-04).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
#[derive(Clone, Debug)]
pub struct KeyName {
    folded: Box<str>,
    written: Box<str>,
}

impl KeyName {
    /// A name as written.
    #[must_use]
    pub fn new(written: &str) -> Self {
        Self { folded: fold(written).into(), written: written.into() }
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
    text.chars().flat_map(char::to_lowercase).collect()
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
        let found = self.find(&name.folded).ok().and_then(|place| self.entries.get(place));
        found.map_or(&ContextEntry::Absent, |(_, entry)| entry)
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
