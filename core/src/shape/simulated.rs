//! The policy simulator's responses, read as expectations (SPEC 7.4).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html>

use super::{objects, string};
use crate::json;
use crate::scenario::{Expectation, ScenarioRequest};

/// The actions and resources of a SimulateCustomPolicy or SimulatePrincipalPolicy response, each with the decision that
/// the simulator made. Whom it was made for, and with which context, a response does not say: the rest of each request
/// is that of `template`.
///
/// The simulator's decisions are not IAM's where it leaves policies aside (SPEC 5.16).
#[must_use]
pub fn simulated(text: &str, template: &ScenarioRequest) -> Vec<ScenarioRequest> {
    let Some(tree) = json::tree(text) else { return Vec::new() };
    let Some(whole) = tree.as_object() else { return Vec::new() };
    let mut found = Vec::new();
    for result in objects(whole, "EvaluationResults") {
        let Some(action) = string(result, "EvalActionName") else { continue };
        let mut push = |resource: Option<String>, decision: Option<String>| {
            let decision = match decision.as_deref() {
                Some("allowed") => "Allow",
                Some("explicitDeny") => "ExplicitDeny",
                Some("implicitDeny") => "ImplicitDeny",
                _ => return,
            };
            found.push(ScenarioRequest {
                name: None,
                action: action.clone(),
                resources: resource.filter(|resource| resource != "*").into_iter().collect(),
                expect: Some(Expectation { decision: decision.to_owned(), ..Expectation::default() }),
                ..template.clone()
            });
        };
        let single = objects(result, "ResourceSpecificResults");
        if single.is_empty() {
            // With a resource type's template in place of an ARN the decision is still about every resource.
            let resource = string(result, "EvalResourceName").filter(|name| !name.contains("${"));
            push(resource, string(result, "EvalDecision"));
        }
        for each in single {
            push(string(each, "EvalResourceName"), string(each, "EvalResourceDecision"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;
    use crate::simulator;

    /// What the simulator's shape says of a scenario, read back, is what was decided.
    #[test]
    fn responses_come_back() {
        let text = r#"{ "policies": { "identity": [{ "Version": "2012-10-17", "Statement": [
            { "Effect": "Allow", "Action": "s3:*", "Resource": "*" },
            { "Effect": "Deny", "Action": "s3:Get*", "Resource": "arn:aws:s3:::secret/*" } ] }] },
          "requests": [
            { "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject",
              "resource": ["arn:aws:s3:::open/k", "arn:aws:s3:::secret/k"] },
            { "principal": "arn:aws:iam::111122223333:user/ana", "action": "ec2:RunInstances" } ] }"#;
        let (scenario, problems) = Scenario::parse(text);
        assert_eq!(problems, []);
        let found = simulated(&simulator::response(&scenario), &scenario.requests[0]);
        let seen: Vec<_> = found
            .iter()
            .map(|each| {
                (each.action.as_str(), each.resources.join(" "), each.expect.as_ref().unwrap().decision.as_str())
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("s3:GetObject", "arn:aws:s3:::open/k".to_owned(), "Allow"),
                ("s3:GetObject", "arn:aws:s3:::secret/k".to_owned(), "ExplicitDeny"),
                ("ec2:RunInstances", String::new(), "ImplicitDeny"),
            ]
        );
        assert!(found.iter().all(|each| each.principal == scenario.requests[0].principal));
        assert!(
            Scenario { requests: found, ..scenario }.evaluate().results.iter().all(|each| each.passed == Some(true))
        );
    }

    #[test]
    fn other_texts_hold_none() {
        for text in ["", "{}", r#"{ "EvaluationResults": [{ "EvalDecision": "allowed" }, 1] }"#] {
            assert!(simulated(text, &ScenarioRequest::default()).is_empty());
        }
    }
}
