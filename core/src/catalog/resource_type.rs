//! Resource types.

use super::action::key_list;
use super::table::{ResourceTypeRow, Table};
use super::{ArnFormat, ConditionKey, Service};

/// A kind of resource of a service.
#[derive(Clone, Copy)]
pub struct ResourceType<'a> {
    table: &'a Table,
    row: &'a ResourceTypeRow,
}

impl<'a> ResourceType<'a> {
    pub(super) fn new(table: &'a Table, row: &'a ResourceTypeRow) -> Self {
        Self { table, row }
    }

    /// The resource type with a number; the decoder has seen to it that it is there.
    pub(super) fn at(table: &'a Table, index: u32) -> Self {
        Self::new(table, table.resource_types.get(index as usize).unwrap_or(&ResourceTypeRow::NONE))
    }

    /// AWS's name of it: `bucket`.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.table.text(self.row.name)
    }

    /// The service that lists it.
    #[must_use]
    pub fn service(self) -> Service<'a> {
        Service::at(self.table, self.row.service)
    }

    /// What its ARNs look like; mostly one form.
    pub fn arn_formats(self) -> impl ExactSizeIterator<Item = ArnFormat<'a>> + Clone + use<'a> {
        let table = self.table;
        let arns = table.arns.get(self.row.arns.indexes()).unwrap_or_default();
        arns.iter().map(move |text| ArnFormat::new(table.text(*text)))
    }

    /// The condition keys that a request can carry if its resource is of this type.
    pub fn condition_keys(self) -> impl Iterator<Item = ConditionKey<'a>> + Clone + use<'a> {
        key_list(self.table, self.row.keys)
    }
}
