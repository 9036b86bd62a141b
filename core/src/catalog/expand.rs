//! Action patterns.

use super::{Action, Catalog};
use crate::glob::Pattern;

pub(super) fn expand<'a>(catalog: &'a Catalog, pattern: &str) -> Vec<Action<'a>> {
    if matches!(pattern, "*" | "*:*") {
        return catalog.services().flat_map(super::Service::actions).collect();
    }
    let found = pattern.split_once(':').and_then(|(prefix, name)| Some((catalog.service(prefix)?, name)));
    let Some((service, name)) = found else { return Vec::new() };
    if !name.contains(['*', '?']) {
        return service.action(name).into_iter().collect();
    }
    let pattern = Pattern { fold: true, ..Pattern::plain(name) };
    service.actions().filter(|action| pattern.matches(action.name())).collect()
}
