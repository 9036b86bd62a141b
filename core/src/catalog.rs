//! What AWS has: services, actions, resource types, condition keys (feature `catalog`).
//!
//! The facts are those of AWS's Service Authorization Reference. They are a file of their own, which
//! [`Catalog::decode`] reads: evaluation never needs them, and nothing here links them in. The facts about
//! global condition keys are in the code ([`global_condition_key`]), so that checks know them without the file.
//!
//! Names of services, actions and condition keys are looked up without case (SPEC 1.3). What comes back is a
//! small copyable handle that borrows from the catalog.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>

mod action;
mod arn_format;
mod column;
mod complete;
mod condition_key;
mod decode;
mod expand;
#[doc(hidden)]
pub mod form;
mod global_keys;
mod resource_type;
mod service;
mod table;

use std::fmt;

use table::Table;

#[cfg(feature = "validate")]
pub(crate) use action::carry;
pub use action::{AccessLevel, Action, ActionResource};
pub use arn_format::{ArnDefaults, ArnFormat, ArnPiece};
pub use complete::Completion;
pub use condition_key::{ConditionKey, Presence, ValueType};
pub use global_keys::{global_condition_key, global_condition_keys};
pub use resource_type::ResourceType;
pub use service::Service;

/// The catalog, decoded.
pub struct Catalog {
    metadata: Metadata,
    table: Table,
}

/// Where a catalog comes from, and how much is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct Metadata {
    /// The package that the facts were taken from.
    pub source: String,
    /// Its version.
    pub version: String,
    /// The day on which its facts were collected: `2026-09-26`.
    pub date: String,
    /// The number of services.
    pub services: usize,
    /// The number of actions.
    pub actions: usize,
    /// The number of resource types.
    pub resource_types: usize,
    /// The number of condition keys, counted once for every service that lists them.
    pub condition_keys: usize,
    /// The number of dependent actions, over all actions.
    pub dependent_actions: usize,
}

/// Bytes that are not a catalog, or a damaged one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogError {
    /// What is wrong.
    what: &'static str,
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the catalog cannot be read: ")?;
        f.write_str(self.what)
    }
}

impl std::error::Error for CatalogError {}

impl Catalog {
    /// Reads the catalog's file.
    ///
    /// # Errors
    ///
    /// If the bytes are not a whole, undamaged catalog of the version that this code reads.
    pub fn decode(bytes: &[u8]) -> Result<Self, CatalogError> {
        let (metadata, table) = decode::decode(bytes)?;
        Ok(Self { metadata, table })
    }

    /// Where the facts come from, and how many there are.
    #[must_use]
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// All services, sorted by prefix.
    pub fn services(&self) -> impl ExactSizeIterator<Item = Service<'_>> {
        self.table.services.iter().map(|row| Service::new(&self.table, row))
    }

    /// The service with a prefix such as `s3`.
    #[must_use]
    pub fn service(&self, prefix: &str) -> Option<Service<'_>> {
        Service::find(&self.table, prefix)
    }

    /// The action with a full name such as `s3:GetObject`.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<Action<'_>> {
        let (prefix, name) = name.split_once(':')?;
        self.service(prefix)?.action(name)
    }

    /// The condition key with a name, global or of any service. What stands in place of `${TagKey}` and the
    /// like counts as that: `aws:RequestTag/team` is `aws:RequestTag/${TagKey}`.
    ///
    /// The same name can have another type in another service: [`Service::condition_key`].
    #[must_use]
    pub fn condition_key(&self, name: &str) -> Option<ConditionKey<'_>> {
        global_condition_key(name).or_else(|| {
            let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
            let own = self.service(prefix).and_then(|service| service.condition_key(name));
            own.or_else(|| self.services().find_map(|service| service.condition_key(name)))
        })
    }

    /// The actions that a pattern of an `Action` element covers, in the order of the catalog (SPEC 2.2).
    ///
    /// A wildcard in the service's part covers nothing, unless the pattern is `*` or `*:*`.
    #[must_use]
    pub fn expand(&self, pattern: &str) -> Vec<Action<'_>> {
        expand::expand(self, pattern)
    }

    /// What the text typed so far into an `Action` element can become, the best first, at most `limit` of them.
    ///
    /// Behind a colon these are the actions of that service; before it, services by prefix and by name, and
    /// from three letters on the actions of all services. Names fit by their beginning, by beginnings of their
    /// words (`geto` and `go` find `GetObject`), by a part, and by letters in their order.
    #[must_use]
    pub fn complete(&self, typed: &str, limit: usize) -> Vec<Completion<'_>> {
        complete::complete(self, typed, limit)
    }

    /// The condition keys that a request for one of the actions can carry besides the global ones, sorted by
    /// name, each once.
    #[must_use]
    pub fn condition_keys_of<'a>(&'a self, actions: &[Action<'a>]) -> Vec<ConditionKey<'a>> {
        action::condition_keys_of(actions)
    }
}
