//! What is known about a condition key, in the words of a form. The page says it of global keys by itself, so that their
//! fields are there at once; of the others the second program does, which has the catalog.

use admittance::catalog::{ConditionKey, Presence};
use serde::{Deserialize, Serialize};

/// What is known about a condition key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KnownKey {
    /// As AWS writes it, with a placeholder where a name of one's own stands.
    pub name: String,
    /// The type of its values, by AWS's name.
    pub value_type: String,
    /// A request can have several values of it.
    pub multivalued: bool,
    /// Type, number of values and presence, in words.
    pub note: String,
}

impl From<ConditionKey<'_>> for KnownKey {
    fn from(key: ConditionKey<'_>) -> Self {
        let list = if key.multivalued() { ", a list" } else { "" };
        let present = match key.presence() {
            Some(Presence::Always) => ", in every request".to_owned(),
            Some(Presence::In(what)) => format!(", present in {what}"),
            None => String::new(),
        };
        let value_type = key.value_type().name();
        Self {
            name: key.name().to_owned(),
            value_type: value_type.to_owned(),
            multivalued: key.multivalued(),
            note: format!("{value_type}{list}{present}"),
        }
    }
}
