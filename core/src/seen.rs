//! Names met before: one hash set type for all look-outs for duplicates.

use std::collections::HashSet;

/// A set of names.
#[derive(Debug, Default)]
pub(crate) struct Seen(HashSet<String>);

impl Seen {
    /// Remembers the name; tells whether it is new.
    pub fn is_new(&mut self, name: &str) -> bool {
        self.0.insert(name.to_owned())
    }
}
