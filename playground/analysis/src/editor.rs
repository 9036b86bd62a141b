//! What can stand at a place of a document, and what is known of what stands there.

use admittance::assist::{self, About, Place, Proposal};
use admittance::catalog::Catalog;
use serde::Deserialize;

use crate::policies::policy_type;

/// A place as the editor describes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AskedPlace {
    policy_type: String,
    path: Vec<String>,
    is_name: bool,
    text: String,
    present: Vec<String>,
    below: Vec<String>,
    actions: Vec<String>,
}

pub fn complete(asked: AskedPlace, catalog: Option<&Catalog>) -> Vec<Proposal> {
    at(&asked, |place| assist::complete(place, catalog))
}

pub fn about(asked: AskedPlace, catalog: Option<&Catalog>) -> Option<About> {
    at(&asked, |place| assist::about(place, catalog))
}

fn at<T>(asked: &AskedPlace, read: impl FnOnce(&Place<'_>) -> T) -> T {
    read(&Place {
        policy_type: policy_type(&asked.policy_type),
        path: &strings(&asked.path),
        is_name: asked.is_name,
        text: &asked.text,
        present: &strings(&asked.present),
        below: &strings(&asked.below),
        actions: &strings(&asked.actions),
    })
}

fn strings(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}
