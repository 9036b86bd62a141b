//! What a text is that somebody pastes: told by its content (feature `shapes`).
//!
//! ```
//! use admittance::shape::Shape;
//!
//! assert_eq!(Shape::of(r#"{ "Version": "2012-10-17", "Statement": [] }"#), Some(Shape::Policy));
//! assert_eq!(Shape::of(r#"{ "Records": [{ "eventSource": "s3.amazonaws.com" }] }"#), Some(Shape::CloudTrail));
//! assert_eq!(Shape::of("no JSON"), None);
//! ```

mod decoded;
mod simulated;
mod simulation;

pub use decoded::DecodedMessage;
pub use simulated::simulated;
pub use simulation::Simulation;

use crate::json;
use crate::json::{Object, Value};
use crate::policy::PolicyDocument;
use crate::scenario::MAX_SCENARIO_BYTES;
use crate::{access_denied, simulator};

/// A kind of text that has to do with decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A policy document.
    Policy,
    /// A scenario file.
    Scenario,
    /// The input of SimulateCustomPolicy or SimulatePrincipalPolicy.
    SimulatorRequest,
    /// Their output.
    SimulatorResponse,
    /// The output of `aws iam get-account-authorization-details`, or a list of its pages.
    AccountDetails,
    /// A CloudTrail event, or several.
    CloudTrail,
    /// The output of `aws sts decode-authorization-message`, or the message in it.
    DecodedMessage,
    /// A message in which AWS refuses a request (SPEC 7.1).
    AccessDenied,
}

/// Of each shape the members that only it has at the top, in the order in which they tell.
const MEMBERS: [(&str, Shape); 17] = [
    ("policies", Shape::Scenario),
    ("requests", Shape::Scenario),
    ("Statement", Shape::Policy),
    ("EvaluationResults", Shape::SimulatorResponse),
    ("PolicySourceArn", Shape::SimulatorRequest),
    ("UserDetailList", Shape::AccountDetails),
    ("RoleDetailList", Shape::AccountDetails),
    ("GroupDetailList", Shape::AccountDetails),
    ("Records", Shape::CloudTrail),
    ("Events", Shape::CloudTrail),
    ("detail-type", Shape::CloudTrail),
    ("eventSource", Shape::CloudTrail),
    ("CloudTrailEvent", Shape::CloudTrail),
    ("DecodedMessage", Shape::DecodedMessage),
    ("matchedStatements", Shape::DecodedMessage),
    ("explicitDeny", Shape::DecodedMessage),
    ("Version", Shape::Policy),
];

impl Shape {
    /// What a text is, as far as its content tells. JSON is recognized with syntax errors in it, too.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        if text.trim_start().starts_with(['{', '[']) {
            let mut problems = Vec::new();
            let shape = json::read(text, MAX_SCENARIO_BYTES, &mut problems, |source| source.tree.and_then(of_value));
            if shape.is_some() {
                return shape;
            }
        }
        access_denied::parse(text).map(|_| Self::AccessDenied)
    }
}

fn of_value(value: &Value<'_>) -> Option<Shape> {
    match value {
        // Pages of details, or events: the first of them tells.
        Value::Array(list) => {
            of_value(list.elements.first()?).filter(|shape| matches!(shape, Shape::AccountDetails | Shape::CloudTrail))
        }
        Value::Object(object) => {
            if simulator::request::is_request(value) {
                return Some(Shape::SimulatorRequest);
            }
            let has = |name: &str| json::get(object, name).is_some();
            MEMBERS.iter().find(|(name, _)| has(name)).map(|(_, shape)| *shape)
        }
        _ => None,
    }
}

/// Whether a document names principals, as resource-based policies do and identity-based ones may not (SPEC G-30).
#[must_use]
pub fn names_principals(text: &str) -> bool {
    let (document, _) = PolicyDocument::parse(text);
    document.statements.iter().any(|statement| statement.principal.is_some())
}

fn object<'b, 'a>(object: &'b Object<'a>, name: &str) -> Option<&'b Object<'a>> {
    json::get(object, name)?.value.as_object()
}

fn string(object: &Object<'_>, name: &str) -> Option<String> {
    json::string(&json::get(object, name)?.value).map(|(text, _)| text.to_owned())
}

/// The objects of a list.
fn objects<'b, 'a>(object: &'b Object<'a>, name: &str) -> Vec<&'b Object<'a>> {
    match json::get(object, name).map(|property| &property.value) {
        Some(Value::Array(list)) => list.elements.iter().filter_map(Value::as_object).collect(),
        _ => Vec::new(),
    }
}

fn flag(object: &Object<'_>, name: &str) -> Option<bool> {
    match &json::get(object, name)?.value {
        Value::Boolean(value, _) => Some(*value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_by_their_content() {
        let cases = [
            (r#"{ "Version": "2012-10-17" }"#, Some(Shape::Policy)),
            ("{ \"Version\": \"2012-10-17\" \"Statement\": [", Some(Shape::Policy)),
            (r#"{ "policies": {}, "requests": [] }"#, Some(Shape::Scenario)),
            (r#"{ "PolicyInputList": [], "ActionNames": ["s3:GetObject"] }"#, Some(Shape::SimulatorRequest)),
            (r#"{ "PolicySourceArn": "arn", "ActionNames": [] }"#, Some(Shape::SimulatorRequest)),
            (r#"{ "EvaluationResults": [] }"#, Some(Shape::SimulatorResponse)),
            (r#"{ "UserDetailList": [], "Policies": [] }"#, Some(Shape::AccountDetails)),
            (r#"[{ "RoleDetailList": [] }, {}]"#, Some(Shape::AccountDetails)),
            (r#"{ "Records": [] }"#, Some(Shape::CloudTrail)),
            (r#"{ "eventVersion": "1.11", "eventSource": "s3.amazonaws.com" }"#, Some(Shape::CloudTrail)),
            (r#"{ "DecodedMessage": "{}" }"#, Some(Shape::DecodedMessage)),
            (r#"{ "allowed": false, "explicitDeny": true, "context": {} }"#, Some(Shape::DecodedMessage)),
            (
                "An error occurred (AccessDenied): User: arn:aws:iam::111122223333:user/ana is not authorized to perform: s3:GetObject",
                Some(Shape::AccessDenied),
            ),
            (r#"{ "name": "x" }"#, None),
            ("[1, 2]", None),
            ("[]", None),
            ("", None),
            ("hello", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(Shape::of(text), wanted, "{text}");
        }
    }

    #[test]
    fn principals_tell_resource_based_policies() {
        let with = |element: &str| format!(r#"{{ "Statement": {{ "Effect": "Allow", "Action": "*", {element} }} }}"#);
        assert!(names_principals(&with(r#""Principal": "*""#)));
        assert!(names_principals(&with(r#""NotPrincipal": { "AWS": "111122223333" }"#)));
        assert!(!names_principals(&with(r#""Resource": "*""#)));
    }
}
