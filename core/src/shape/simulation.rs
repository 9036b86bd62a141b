//! A request under policies as the input of the policy simulator (SPEC 7.4).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>

use crate::arn::Arn;
use crate::scenario::{ContextValue, PolicySource, Scenario, ScenarioRequest};
use crate::value;
use serde::Serialize;

/// The input of SimulateCustomPolicy for a request, and what does not fit into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Simulation {
    /// JSON text, for `aws iam simulate-custom-policy --cli-input-json`.
    pub input: String,
    /// What the simulator takes no account of, so that its answer may be another one.
    pub left_out: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Input<'a> {
    policy_input_list: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    permissions_boundary_policy_input_list: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ordered_organization_policy_input_list: Vec<Level<'a>>,
    action_names: [&'a str; 1],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    resource_arns: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_policy: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_owner: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caller_arn: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    context_entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Level<'a> {
    service_control_policy_input_list: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Entry<'a> {
    context_key_name: &'a str,
    context_key_values: &'a [String],
    context_key_type: String,
}

impl Simulation {
    /// The input for one request under the policies of a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario, request: &ScenarioRequest) -> Self {
        let policies = &scenario.policies;
        let mut left_out = Vec::new();
        let mut note = |is_there: bool, what| {
            if is_there {
                left_out.push(what);
            }
        };
        note(!policies.session.is_empty(), "session policies");
        note(policies.resource_control.is_some(), "resource control policies");
        note(policies.vpc_endpoint.is_some(), "the VPC endpoint policy");
        note(policies.access_point.is_some(), "the access point policy");
        note(policies.resource.len() > 1, "resource-based policies after the first");
        note(!request.further.is_empty(), "further actions");
        note(!request.unknown.is_empty(), "unknown keys, which count as missing");
        note(request.s3.is_some() || request.kms_grant_allows, "facts beside the policies");
        let caller = Arn::parse(&request.principal.arn);
        let is_user = caller.as_ref().is_some_and(|arn| arn.service == "iam" && arn.resource.starts_with("user/"));
        note(!is_user && !policies.resource.is_empty(), "the caller, who is no user: the simulator knows users only");
        let owner = request.resource_account.as_ref().map(|account| {
            let partition = caller.as_ref().map_or("aws", |arn| arn.partition);
            format!("arn:{partition}:iam::{account}:root")
        });
        let resource_policy = policies.resource.first().map(document).filter(|_| is_user);
        let input = Input {
            policy_input_list: policies.identity.iter().map(document).collect(),
            permissions_boundary_policy_input_list: policies.permissions_boundary.iter().map(document).collect(),
            ordered_organization_policy_input_list: policies.service_control.iter().flatten().map(level).collect(),
            action_names: [&request.action],
            resource_arns: &request.resources,
            resource_owner: owner.filter(|_| resource_policy.is_some()),
            resource_policy,
            caller_arn: is_user.then_some(request.principal.arn.as_str()),
            context_entries: request.context.iter().filter_map(entry).collect(),
        };
        Self { input: serde_json::to_string_pretty(&input).unwrap_or_default(), left_out }
    }
}

fn document(source: &PolicySource) -> &str {
    &source.document
}

fn level(level: &crate::scenario::OrganizationLevel) -> Level<'_> {
    Level { service_control_policy_input_list: level.policies.iter().map(document).collect() }
}

/// A key with the type that its values look like; nothing for one that is not there.
fn entry((key, value): &(String, ContextValue)) -> Option<Entry<'_>> {
    let (values, suffix) = match value {
        ContextValue::Absent => return None,
        ContextValue::Single(value) => (std::slice::from_ref(value), ""),
        ContextValue::Multiple(values) => (values.as_slice(), "List"),
    };
    let all = |fits: fn(&str) -> bool| !values.is_empty() && values.iter().all(|value| fits(value));
    let scalar = match () {
        () if all(|text| value::boolean(text).is_some()) => "boolean",
        () if all(|text| value::network(text).is_some()) => "ip",
        () if all(|text| text.contains('T') && value::date(text).is_some()) => "date",
        () => "string",
    };
    Some(Entry { context_key_name: key, context_key_values: values, context_key_type: format!("{scalar}{suffix}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    /// The input is read back as a scenario that decides the same.
    #[test]
    fn the_input_is_the_scenario() {
        let text = r#"{ "policies": {
            "identity": [{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*",
              "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" }, "Bool": { "aws:MultiFactorAuthPresent": "true" },
                "ForAnyValue:StringEquals": { "aws:TagKeys": "team" } } } }],
            "permissionsBoundary": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:Get*", "Resource": "*" } },
            "serviceControl": [{ "name": "Root", "policies": [{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }] }] },
          "requests": [{ "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k",
            "context": { "aws:SourceIp": "203.0.113.9", "aws:MultiFactorAuthPresent": "true", "aws:TagKeys": ["team"],
              "aws:CurrentTime": "2026-01-01T00:00:00Z", "aws:UserAgent": null } }] }"#;
        let (scenario, problems) = Scenario::parse(text);
        assert_eq!(problems, []);
        let found = Simulation::new(&scenario, &scenario.requests[0]);
        assert_eq!(found.left_out, [""; 0]);
        for kind in ["\"ip\"", "\"boolean\"", "\"stringList\"", "\"date\""] {
            assert!(found.input.contains(kind), "{kind}");
        }
        let (back, problems) = Scenario::parse(&found.input);
        assert_eq!(problems, []);
        let decisions = |scenario: &Scenario| scenario.evaluate().results[0].decision.clone();
        assert_eq!(decisions(&scenario), "Allow");
        assert_eq!(decisions(&back), "Allow");
    }

    #[test]
    fn what_the_simulator_does_not_know_is_named() {
        let (scenario, _) = Scenario::parse(
            r#"{ "policies": { "session": ["{}"], "resource": ["{}"], "resourceControl": [] },
              "requests": [{ "principal": "arn:aws:sts::111122223333:assumed-role/R/s", "action": "s3:GetObject", "unknown": ["a:b"] }] }"#,
        );
        let found = Simulation::new(&scenario, &scenario.requests[0]);
        let wanted = ["session policies", "resource control policies", "unknown keys, which count as missing"];
        assert!(found.left_out.starts_with(&wanted), "{:?}", found.left_out);
        assert_eq!(found.left_out.len(), 4);
        assert!(!found.input.contains("CallerArn") && !found.input.contains("ResourcePolicy"));
    }
}
