//! Actions.

use std::fmt;

use super::table::{ActionRow, KeyRow, Table, UseRow, compare};
use super::{ConditionKey, ResourceType, Service};

/// An action of a service.
#[derive(Clone, Copy)]
pub struct Action<'a> {
    table: &'a Table,
    row: &'a ActionRow,
    index: usize,
}

/// What an action does, in five classes (SPEC 9.1). AWS assigns them; they do not follow from names.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum AccessLevel {
    /// Sees that resources exist, not what they hold.
    List,
    /// Reads what resources hold or are like, and changes nothing.
    Read,
    /// Creates, changes or deletes resources.
    Write,
    /// Grants or changes permissions.
    #[cfg_attr(feature = "serde", serde(rename = "Permissions management"))]
    PermissionsManagement,
    /// Changes tags and nothing else.
    Tagging,
}

impl AccessLevel {
    /// All levels, in the order in which AWS's console names them.
    pub const ALL: [Self; 5] = [Self::List, Self::Read, Self::Write, Self::PermissionsManagement, Self::Tagging];

    /// AWS's name of it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Read => "Read",
            Self::Write => "Write",
            Self::PermissionsManagement => "Permissions management",
            Self::Tagging => "Tagging",
        }
    }
}

impl<'a> Action<'a> {
    pub(super) fn new(table: &'a Table, row: &'a ActionRow, index: usize) -> Self {
        Self { table, row, index }
    }

    /// Its place among all actions of the catalog, from 0 to [`super::Metadata::actions`].
    #[must_use]
    pub fn index(self) -> usize {
        self.index
    }

    /// Its name without the service: `GetObject`. [`fmt::Display`] writes it with the service's prefix.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.table.text(self.row.name)
    }

    /// The prefix of its service: `s3`.
    #[must_use]
    pub fn prefix(self) -> &'a str {
        self.service().prefix()
    }

    /// Its service.
    #[must_use]
    pub fn service(self) -> Service<'a> {
        Service::at(self.table, self.row.service)
    }

    /// What it does.
    #[must_use]
    pub fn access_level(self) -> AccessLevel {
        AccessLevel::ALL.get(usize::from(self.row.level)).copied().unwrap_or(AccessLevel::Write)
    }

    /// The resource types that it can be limited to. If there are none, its `Resource` is `*`.
    pub fn resources(self) -> impl ExactSizeIterator<Item = ActionResource<'a>> + Clone + use<'a> {
        let table = self.table;
        let uses = table.uses.get(self.row.uses);
        uses.iter().map(move |row| ActionResource { table, row })
    }

    /// The condition keys that a request can carry whatever its resource is, besides the global ones.
    pub fn condition_keys(self) -> impl Iterator<Item = ConditionKey<'a>> + Clone + use<'a> {
        key_list(self.table, self.row.keys)
    }

    /// All condition keys that a request can carry besides the global ones, by its action, by its resource type
    /// and by both; sorted by name, each once.
    #[must_use]
    pub fn all_condition_keys(self) -> Vec<ConditionKey<'a>> {
        condition_keys_of(&[self])
    }

    /// Other actions that its caller has to be allowed, too.
    pub fn dependent_actions(self) -> impl Iterator<Item = Self> + Clone + use<'a> {
        let table = self.table;
        let list = table.dependents.get(self.row.dependents);
        list.iter()
            .filter_map(move |index| Some(Self::new(table, table.actions.get(*index as usize)?, *index as usize)))
    }
}

/// The service's prefix and the name: `s3:GetObject`.
impl fmt::Display for Action<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.prefix())?;
        f.write_str(":")?;
        f.write_str(self.name())
    }
}

/// A resource type that an action can be limited to.
#[derive(Clone, Copy)]
pub struct ActionResource<'a> {
    table: &'a Table,
    row: &'a UseRow,
}

impl<'a> ActionResource<'a> {
    /// The resource type.
    #[must_use]
    pub fn resource_type(self) -> ResourceType<'a> {
        ResourceType::at(self.table, self.row.resource_type)
    }

    /// Whether every request for the action names a resource of this type (marked `*` in AWS's tables).
    #[must_use]
    pub fn required(self) -> bool {
        self.row.required
    }

    /// The condition keys that a request for this action can carry if its resource is of this type, besides
    /// those of the action and those of the resource type.
    pub fn condition_keys(self) -> impl Iterator<Item = ConditionKey<'a>> + Clone + use<'a> {
        key_list(self.table, self.row.keys)
    }
}

pub(super) fn key_list(table: &Table, list: u32) -> impl Iterator<Item = ConditionKey<'_>> + Clone {
    table
        .key_lists
        .get(list)
        .iter()
        .filter_map(|index| table.keys.get(*index as usize))
        .map(|row| ConditionKey::new(table, row))
}

/// The condition keys that a request for one of the actions can carry, sorted by name, each once.
pub(super) fn condition_keys_of<'a>(actions: &[Action<'a>]) -> Vec<ConditionKey<'a>> {
    let Some(table) = actions.first().map(|action| action.table) else { return Vec::new() };
    let mut keys: Vec<_> = key_rows(table, actions).map(|row| ConditionKey::new(table, row)).collect();
    keys.sort_by(|one, other| compare(one.name(), other.name()));
    keys.dedup_by(|one, other| one.name().eq_ignore_ascii_case(other.name()));
    keys
}

/// Whether a request for one of the actions can carry the key with this name.
#[cfg(feature = "validate")]
pub(crate) fn carry(actions: &[Action<'_>], name: &str) -> bool {
    let Some(table) = actions.first().map(|action| action.table) else { return false };
    key_rows(table, actions).any(|row| super::condition_key::covers(table.text(row.name), name))
}

fn key_rows<'a>(table: &'a Table, actions: &[Action<'a>]) -> impl Iterator<Item = &'a KeyRow> + use<'a> {
    // Lists and keys as numbers: many actions share each of them.
    let mut lists = Vec::new();
    for action in actions {
        lists.push(action.row.keys);
        for usage in table.uses.get(action.row.uses) {
            lists.push(usage.keys);
            lists.extend(table.resource_types.get(usage.resource_type as usize).map(|row| row.keys));
        }
    }
    let mut numbers = Vec::new();
    for list in unique(lists) {
        numbers.extend_from_slice(table.key_lists.get(list));
    }
    unique(numbers).into_iter().filter_map(|number| table.keys.get(number as usize))
}

fn unique(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
