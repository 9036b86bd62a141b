//! What is known about what stands at a place.

use super::complete::compared;
use super::{About, Place};
use crate::catalog::{Action, Catalog, ConditionKey, Presence, Service, global_condition_key};
use crate::policy::{ConditionOperator, Quantifier};

const GUIDE: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";
const REFERENCE: &str = "https://docs.aws.amazon.com/service-authorization/latest/reference/";
/// Of what a pattern covers, only so many are named.
const NAMED: usize = 6;

pub(super) fn about(place: &Place<'_>, catalog: Option<&Catalog>) -> Option<About> {
    match (place.path, place.is_name) {
        (["Statement", "Action" | "NotAction"], false) => pattern(place.text, catalog?),
        (["Statement", "Condition"], true) => operator(place.text),
        (["Statement", "Condition", _], true) => key(place.text, catalog),
        ([] | ["Statement"], true) => element(place.text),
        _ => None,
    }
}

fn pattern(text: &str, catalog: &Catalog) -> Option<About> {
    if let Some(found) = catalog.action(text) {
        return Some(action(found));
    }
    let covered = catalog.expand(text);
    let first = covered.first()?;
    let service = first.service();
    let same = covered.iter().all(|action| action.prefix() == first.prefix());
    let mut names: Vec<&str> = covered.iter().take(NAMED).map(|action| action.name()).collect();
    if covered.len() > NAMED {
        names.push("…");
    }
    let count = covered.len();
    let mut facts = vec![format!("{count} {}", if count == 1 { "action" } else { "actions" })];
    if same {
        facts.push(format!("{}: {}", service.name(), names.join(", ")));
    }
    let link = if same { page(service) } else { format!("{GUIDE}reference_policies_elements_action.html") };
    Some(About { title: text.to_owned(), facts, link })
}

fn action(action: Action<'_>) -> About {
    let service = action.service();
    let mut facts = vec![format!("{} in {}", action.access_level().name(), service.name())];
    let mut types = Vec::new();
    for resource in action.resources() {
        let name = resource.resource_type().name();
        types.push(if resource.required() { format!("{name} (required)") } else { name.to_owned() });
    }
    facts.push(match types.as_slice() {
        [] => "Takes no resource: write \"Resource\": \"*\"".to_owned(),
        types => format!("Resources: {}", types.join(", ")),
    });
    let keys = action.all_condition_keys();
    if !keys.is_empty() {
        let mut names: Vec<&str> = keys.iter().take(NAMED).map(|key| key.name()).collect();
        if keys.len() > NAMED {
            names.push("…");
        }
        facts.push(format!("Condition keys: {}", names.join(", ")));
    }
    let others: Vec<String> =
        action.dependent_actions().map(|other| format!("{}:{}", other.prefix(), other.name())).collect();
    if !others.is_empty() {
        facts.push(format!("Also needs: {}", others.join(", ")));
    }
    About { title: format!("{}:{}", action.prefix(), action.name()), facts, link: page(service) }
}

/// The page of a service in AWS's reference: its address is made of the service's name there.
fn page(service: Service<'_>) -> String {
    let mut slug = String::new();
    for letter in service.name().chars().filter(char::is_ascii_alphanumeric) {
        slug.push(letter.to_ascii_lowercase());
    }
    format!("{REFERENCE}list_{slug}.html")
}

fn key(name: &str, catalog: Option<&Catalog>) -> Option<About> {
    let found = global_condition_key(name).or_else(|| catalog?.condition_key(name))?;
    let mut facts = vec![if found.multivalued() {
        format!("{}, several values: for ForAllValues and ForAnyValue", found.value_type().name())
    } else {
        found.value_type().name().to_owned()
    }];
    match found.presence() {
        Some(Presence::Always) => facts.push("In every request".to_owned()),
        Some(Presence::In(which)) => facts.push(format!("Present in {which}")),
        None => {}
    }
    Some(About { title: found.name().to_owned(), facts, link: key_page(found, catalog) })
}

fn key_page(key: ConditionKey<'_>, catalog: Option<&Catalog>) -> String {
    let (prefix, name) = key.name().split_once(':').unwrap_or_default();
    if key.presence().is_some() {
        let name = name.split('/').next().unwrap_or_default().to_ascii_lowercase();
        return format!("{GUIDE}reference_policies_condition-keys.html#condition-keys-{name}");
    }
    match catalog.and_then(|catalog| catalog.service(prefix)) {
        Some(service) => page(service),
        None => format!("{REFERENCE}reference_policies_actions-resources-contextkeys.html"),
    }
}

fn operator(name: &str) -> Option<About> {
    let operator = ConditionOperator::parse(name).ok()?;
    let mut facts = vec![format!("Compares: {}", compared(operator))];
    if operator.comparison.is_negated() {
        facts.push("True where the key is not in the request".to_owned());
    }
    match operator.quantifier {
        Some(Quantifier::ForAllValues) => facts.push("Every value of the request; true for none".to_owned()),
        Some(Quantifier::ForAnyValue) => facts.push("Some value of the request; false for none".to_owned()),
        None => {}
    }
    if operator.if_exists {
        facts.push("…IfExists: true where the key is not in the request".to_owned());
    }
    let link = format!("{GUIDE}reference_policies_elements_condition_operators.html");
    Some(About { title: name.to_owned(), facts, link })
}

fn element(name: &str) -> Option<About> {
    let (fact, page) = match name {
        "Version" => ("The version of the policy language", "version"),
        "Id" => ("A name for the document", "id"),
        "Statement" => ("The rules, one or a list", "statement"),
        "Sid" => ("A name for the statement", "sid"),
        "Effect" => ("Allow or Deny", "effect"),
        "Principal" => ("Whom the statement is about", "principal"),
        "NotPrincipal" => ("All but these", "notprincipal"),
        "Action" => ("What is done", "action"),
        "NotAction" => ("All actions but these", "notaction"),
        "Resource" => ("What it is done to", "resource"),
        "NotResource" => ("All resources but these", "notresource"),
        "Condition" => ("When the statement applies: all of these have to hold", "condition"),
        _ => return None,
    };
    let link = format!("{GUIDE}reference_policies_elements_{page}.html");
    Some(About { title: name.to_owned(), facts: vec![fact.to_owned()], link })
}
