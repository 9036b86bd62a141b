//! A SimulateCustomPolicy request, read as a scenario.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>

use super::pairs;
use crate::diagnostic::Diagnostic;
use crate::json;
use crate::json::{Object, Value};
use crate::scenario::reader::Reader;
use crate::scenario::{OrganizationLevel, Policies, PolicySource, Scenario};

const MEMBERS: [&str; 12] = [
    "PolicyInputList",
    "PermissionsBoundaryPolicyInputList",
    "OrderedOrganizationPolicyInputList",
    "ActionNames",
    "ResourceArns",
    "ResourcePolicy",
    "ResourceOwner",
    "CallerArn",
    "ContextEntries",
    "ResourceHandlingOption",
    "MaxItems",
    "Marker",
];
/// Members of SimulatePrincipalPolicy, which reads policies from an account.
const PRINCIPAL_MEMBERS: [&str; 2] = ["PolicySourceArn", "PolicyExclusionList"];
/// The levels of an organization: the root, at most five levels of units, the account.
const MAX_LEVELS: usize = 7;

/// Whether a text holds a request in this shape: its two required members tell.
pub(crate) fn is_request(tree: &Value<'_>) -> bool {
    let has = |object: &Object<'_>, keys: [&str; 2]| keys.iter().any(|key| json::get(object, key).is_some());
    tree.as_object()
        .is_some_and(|object| has(object, ["ActionNames", "PolicyInputList"]) && !has(object, ["policies", "requests"]))
}

/// Reads a request: each action with each resource is a request of the scenario, action by action.
pub(crate) fn scenario(reader: &mut Reader<'_>, tree: &Value<'_>) -> Scenario {
    reader.whole = "SimulateCustomPolicy request";
    let known: Vec<&str> = MEMBERS.into_iter().chain(PRINCIPAL_MEMBERS).collect();
    let Some(object) = reader.object("", tree, &known) else { return Scenario::default() };
    reader.required("", object, "PolicyInputList", "list the identity-based policies, or write []");
    reader.required("", object, "ActionNames", "list the actions to simulate, such as s3:GetObject");
    for key in PRINCIPAL_MEMBERS {
        if let Some(property) = json::get(object, key) {
            let message = format!("`{key}` belongs to SimulatePrincipalPolicy, which reads policies from an account");
            let diagnostic = Diagnostic::error("SIMULATOR_UNSUPPORTED", json::name(property).1, message);
            reader.report(key, diagnostic.help("put the texts of the policies into PolicyInputList"));
        }
    }
    paging(reader, object);
    Scenario { policies: policies(reader, object), requests: pairs::requests(reader, object), ..Scenario::default() }
}

/// The policies, named as AWS's responses name them.
fn policies(reader: &mut Reader<'_>, object: &Object<'_>) -> Policies {
    let boundary = documents(reader, "", object, "PermissionsBoundaryPolicyInputList");
    if boundary.len() > 1
        && let Some(property) = json::get(object, "PermissionsBoundaryPolicyInputList")
    {
        let message = "there can be one permissions boundary only";
        let diagnostic = Diagnostic::error("SCENARIO_INVALID_VALUE", json::span(&property.value), message);
        reader.report("PermissionsBoundaryPolicyInputList", diagnostic.help("leave one document in the list"));
    }
    let resource = json::get(object, "ResourcePolicy").and_then(|property| {
        let document = reader.document("ResourcePolicy", &property.value)?;
        Some(PolicySource { name: Some("ResourcePolicy".into()), document, ..PolicySource::default() })
    });
    Policies {
        identity: documents(reader, "", object, "PolicyInputList"),
        resource: resource.into_iter().collect(),
        permissions_boundary: boundary.into_iter().next(),
        service_control: json::get(object, "OrderedOrganizationPolicyInputList").map(|_| levels(reader, object)),
        ..Policies::default()
    }
}

fn documents(reader: &mut Reader<'_>, at: &str, object: &Object<'_>, key: &str) -> Vec<PolicySource> {
    let mut sources = Vec::new();
    for (number, (at, item)) in reader.list(at, object, key).into_iter().enumerate() {
        if let Some(document) = reader.document(&at, item) {
            let name = Some(format!("{key}.{}", number + 1));
            sources.push(PolicySource { name, document, ..PolicySource::default() });
        }
    }
    sources
}

/// The levels of the organization, root first; a level without policies allows nothing (SPEC D-03).
fn levels(reader: &mut Reader<'_>, object: &Object<'_>) -> Vec<OrganizationLevel> {
    let mut levels = Vec::new();
    for (at, item) in reader.list("", object, "OrderedOrganizationPolicyInputList") {
        let Some(level) = reader.object(&at, item, &["ServiceControlPolicyInputList"]) else { continue };
        if levels.len() == MAX_LEVELS {
            let message = format!("an organization has at most {MAX_LEVELS} levels, from the root to the account");
            reader.report(&at, Diagnostic::error("SCENARIO_INVALID_VALUE", json::span(item), message));
        }
        let policies = documents(reader, &at, level, "ServiceControlPolicyInputList");
        if policies.is_empty() {
            let message = "no service control policy is attached at this level, so that nothing is allowed";
            let diagnostic = Diagnostic::warning("SIMULATOR_EMPTY_LEVEL", json::span(item), message);
            reader.report(&at, diagnostic.help("add a policy such as FullAWSAccess to ServiceControlPolicyInputList"));
        }
        levels.push(OrganizationLevel { name: None, policies });
    }
    levels
}

/// `MaxItems` and `Marker` cut a response into pages; here a response is always whole.
fn paging(reader: &mut Reader<'_>, object: &Object<'_>) {
    if let Some(property) = json::get(object, "MaxItems") {
        let span = json::span(&property.value);
        match reader.raw(&property.value).parse::<u16>() {
            Ok(1..=1000) => {
                let message = "`MaxItems` has no effect: all results are given at once";
                reader.report("MaxItems", Diagnostic::warning("SIMULATOR_NOT_PAGED", span, message));
            }
            _ => reader.wrong_type("MaxItems", &property.value, "a number from 1 to 1000"),
        }
    }
    if let Some(property) = json::get(object, "Marker") {
        let message = "`Marker` asks for the next page of an earlier response, but responses are never cut";
        let diagnostic = Diagnostic::error("SIMULATOR_UNSUPPORTED", json::span(&property.value), message);
        reader.report("Marker", diagnostic.help("leave it out: all results are given at once"));
    }
}
