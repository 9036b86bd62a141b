//! Services.

use super::condition_key::covers;
use super::table::{Rows, ServiceRow, Table, number};
use super::{Action, ConditionKey, ResourceType};

/// A service as policies name it.
#[derive(Clone, Copy)]
pub struct Service<'a> {
    table: &'a Table,
    row: &'a ServiceRow,
}

impl<'a> Service<'a> {
    pub(super) fn new(table: &'a Table, row: &'a ServiceRow) -> Self {
        Self { table, row }
    }

    /// The service with a number; the decoder has seen to it that it is there.
    pub(super) fn at(table: &'a Table, index: u16) -> Self {
        Self::new(table, table.services.get(usize::from(index)).unwrap_or(&ServiceRow::NONE))
    }

    pub(super) fn find(table: &'a Table, prefix: &str) -> Option<Self> {
        let all = Rows { start: 0, end: number(table.services.len()) };
        let index = table.find(all, prefix, |index| table.services.get(index).map(|row| row.prefix))?;
        Some(Self::new(table, table.services.get(index)?))
    }

    /// What stands before the colon of its actions: `s3`.
    #[must_use]
    pub fn prefix(self) -> &'a str {
        self.table.text(self.row.prefix)
    }

    /// What AWS calls it: `Amazon S3`.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.table.text(self.row.name)
    }

    /// Whether resource control policies apply to it.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
    #[must_use]
    pub fn supports_rcps(self) -> bool {
        self.row.supports_rcps
    }

    /// Its actions, sorted by name without case.
    pub fn actions(self) -> impl ExactSizeIterator<Item = Action<'a>> + Clone + use<'a> {
        let Self { table, row } = self;
        let (start, actions) =
            (row.actions.start as usize, table.actions.get(row.actions.indexes()).unwrap_or_default());
        actions.iter().enumerate().map(move |(index, action)| Action::new(table, action, start + index))
    }

    /// The action with a name such as `GetObject`, without the service's prefix.
    #[must_use]
    pub fn action(self, name: &str) -> Option<Action<'a>> {
        let table = self.table;
        let index = table.find(self.row.actions, name, |index| table.actions.get(index).map(|row| row.name))?;
        Some(Action::new(table, table.actions.get(index)?, index))
    }

    /// Its resource types, sorted by name without case.
    pub fn resource_types(self) -> impl ExactSizeIterator<Item = ResourceType<'a>> + Clone + use<'a> {
        let Self { table, row } = self;
        let types = table.resource_types.get(row.resource_types.indexes()).unwrap_or_default();
        types.iter().map(move |row| ResourceType::new(table, row))
    }

    /// The resource type with a name such as `bucket`.
    #[must_use]
    pub fn resource_type(self, name: &str) -> Option<ResourceType<'a>> {
        let table = self.table;
        let text = |index: usize| table.resource_types.get(index).map(|row| row.name);
        let index = table.find(self.row.resource_types, name, text)?;
        Some(ResourceType::new(table, table.resource_types.get(index)?))
    }

    /// The condition keys that its actions and resource types list, sorted by name without case: its own, those
    /// of tags (`aws:ResourceTag/${TagKey}`), and some of other services.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = ConditionKey<'a>> + Clone + use<'a> {
        let Self { table, row } = self;
        let keys = table.keys.get(row.keys.indexes()).unwrap_or_default();
        keys.iter().map(move |row| ConditionKey::new(table, row))
    }

    /// The condition key with a name; what stands in place of `${TagKey}` and the like counts as that.
    #[must_use]
    pub fn condition_key(self, name: &str) -> Option<ConditionKey<'a>> {
        let table = self.table;
        let exact = table.find(self.row.keys, name, |index| table.keys.get(index).map(|row| row.name));
        match exact.and_then(|index| table.keys.get(index)) {
            Some(row) => Some(ConditionKey::new(table, row)),
            None => {
                let rows = table.keys.get(self.row.keys.indexes()).unwrap_or_default();
                let row = rows.iter().find(|row| covers(table.text(row.name), name))?;
                Some(ConditionKey::new(table, row))
            }
        }
    }
}
