//! The actions and resources of a simulation: each action with each resource.

use super::caller::{self, Caller};
use super::context;
use crate::arn::Arn;
use crate::diagnostic::Diagnostic;
use crate::json;
use crate::json::{Object, Value};
use crate::request::{RequestError, check_action, check_resource};
use crate::scenario::reader::Reader;
use crate::scenario::{ContextValue, ScenarioPrincipal, ScenarioRequest};
use crate::span::Span;
use std::collections::HashSet;

/// The most pairs of one simulation.
const MAX_PAIRS: usize = 10_000;
/// The most work: the number of pairs times the size of the request, since each pair is decided
/// under all of its policies and context.
const MAX_WORK: usize = 256 << 20;

/// The values of `ResourceHandlingOption`, with the EC2 resources that each demands.
const HANDLING: [(&str, &[&str]); 4] = [
    ("EC2-VPC-InstanceStore", &["instance", "image", "security-group", "network-interface"]),
    ("EC2-VPC-InstanceStore-Subnet", &["instance", "image", "security-group", "network-interface", "subnet"]),
    ("EC2-VPC-EBS", &["instance", "image", "security-group", "network-interface", "volume"]),
    ("EC2-VPC-EBS-Subnet", &["instance", "image", "security-group", "network-interface", "subnet", "volume"]),
];

/// One request for each action and resource, action by action.
pub(super) fn requests(reader: &mut Reader<'_>, object: &Object<'_>) -> Vec<ScenarioRequest> {
    let caller = caller::caller(reader, object);
    let owner = caller::owner(reader, object);
    let context = context::entries(reader, object);
    let actions = names(reader, object, "ActionNames", check_action);
    if let Some(property) = json::get(object, "ActionNames")
        && matches!(&property.value, Value::Array(array) if array.elements.is_empty())
    {
        let diagnostic =
            Diagnostic::error("SCENARIO_INVALID_VALUE", json::span(&property.value), "there is no action to simulate");
        reader.report("ActionNames", diagnostic.help("list the actions to simulate, such as s3:GetObject"));
    }
    let mut resources = names(reader, object, "ResourceArns", check_resource);
    handling(reader, object, &resources);
    for (at, (resource, span)) in resources.iter().enumerate() {
        if let (Some(account), Some(owner)) = (account_of(resource), &owner)
            && account != owner
        {
            let message = format!("`{resource}` belongs to the account {account} that its ARN names, not to {owner}");
            let diagnostic = Diagnostic::warning("SIMULATOR_OWNER_UNUSED", *span, message);
            let help = "ResourceOwner is for resources whose ARN names no account, such as S3 buckets";
            reader.report(&format!("ResourceArns[{at}]"), diagnostic.help(help));
        }
    }
    if resources.is_empty() {
        resources.push(("*".to_owned(), Span::default()));
    }
    let pairs = actions.len().saturating_mul(resources.len());
    if pairs > MAX_PAIRS || pairs.saturating_mul(reader.text().len()) > MAX_WORK {
        let span = object.span;
        let message = format!("{} actions with {} resources are too many to simulate", actions.len(), resources.len());
        let diagnostic = Diagnostic::error("SIMULATOR_TOO_LARGE", span, message);
        reader.report("", diagnostic.help("simulate fewer actions or resources at once"));
        return Vec::new();
    }
    let mut requests = Vec::new();
    for (action, _) in &actions {
        for (resource, _) in &resources {
            requests.push(request(&caller, owner.as_deref(), &context, action, resource));
        }
    }
    requests
}

fn request(
    caller: &Caller,
    owner: Option<&str>,
    context: &[(String, ContextValue)],
    action: &str,
    resource: &str,
) -> ScenarioRequest {
    let named = account_of(resource);
    let owner = named.or(owner).or(caller.account());
    let mut context = context.to_vec();
    let mut absent = caller.absent_keys().to_vec();
    if owner.is_none() {
        absent.push("aws:ResourceAccount");
    }
    for key in absent {
        if !context.iter().any(|(given, _)| given.eq_ignore_ascii_case(key)) {
            context.push((key.to_owned(), ContextValue::Absent));
        }
    }
    ScenarioRequest {
        principal: ScenarioPrincipal { arn: caller.principal(resource, owner), ..ScenarioPrincipal::default() },
        action: action.to_owned(),
        resources: if resource == "*" { Vec::new() } else { vec![resource.to_owned()] },
        resource_account: owner.filter(|_| named.is_none()).map(str::to_owned),
        context,
        ..ScenarioRequest::default()
    }
}

/// The items of a list of names, each once, with their places.
fn names(
    reader: &mut Reader<'_>,
    object: &Object<'_>,
    key: &str,
    check: fn(&str) -> Result<(), RequestError>,
) -> Vec<(String, Span)> {
    let mut names = Vec::new();
    let mut seen = HashSet::new();
    for (at, item) in reader.list("", object, key) {
        let Some(name) = reader.string(&at, item) else { continue };
        let span = json::span(item);
        if let Err(error) = check(&name) {
            reader.report(&at, Diagnostic::error("INVALID_REQUEST", span, error.message).help(error.help));
        } else if !seen.insert(name.clone()) {
            let message = format!("`{name}` stands in the list twice and is simulated once");
            reader.report(&at, Diagnostic::warning("SIMULATOR_DUPLICATE", span, message).help("remove one"));
        } else {
            names.push((name, span));
        }
    }
    names
}

/// `ResourceHandlingOption` demands that resources of certain types are among those simulated.
fn handling(reader: &mut Reader<'_>, object: &Object<'_>, resources: &[(String, Span)]) {
    let at = "ResourceHandlingOption";
    let Some(property) = json::get(object, at) else { return };
    let Some(option) = reader.string(at, &property.value) else { return };
    let span = json::span(&property.value);
    let Some((_, demanded)) = HANDLING.iter().find(|(name, _)| *name == option) else {
        let message = match option.starts_with("EC2-Classic") {
            true => format!("`{option}` is about EC2-Classic, which no longer exists"),
            false => format!("`{option}` is no ResourceHandlingOption"),
        };
        let names: Vec<&str> = HANDLING.iter().map(|(name, _)| *name).collect();
        let diagnostic = Diagnostic::error("SIMULATOR_UNSUPPORTED", span, message);
        reader.report(at, diagnostic.help(format!("write one of {}, or leave it out", names.join(", "))));
        return;
    };
    let given = |kind: &str| {
        resources.iter().filter_map(|(resource, _)| Arn::parse(resource)).any(|arn| {
            arn.service == "ec2" && arn.resource.strip_prefix(kind).is_some_and(|name| name.starts_with('/'))
        })
    };
    let lacking: Vec<&str> = demanded.iter().copied().filter(|kind| !given(kind)).collect();
    if !lacking.is_empty() {
        let message = format!("`{option}` needs further resources in ResourceArns: {}", lacking.join(", "));
        let diagnostic = Diagnostic::error("SIMULATOR_RESOURCE_MISSING", span, message);
        reader.report(at, diagnostic.help("add an ARN such as arn:aws:ec2:us-east-1:111122223333:instance/*"));
    }
}

/// The account that a resource's ARN names.
fn account_of(resource: &str) -> Option<&str> {
    Arn::parse(resource).and_then(|arn| arn.account_id())
}
