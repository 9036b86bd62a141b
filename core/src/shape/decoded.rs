//! Decoded authorization messages (SPEC 7.2).
//!
//! Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>. AWS documents what
//! the message tells, but not its form: that is as it was observed.

use super::{flag, object, objects, string};
use crate::arn::Arn;
use crate::json;
use crate::json::Object;
use crate::scenario::{ContextValue, Expectation, ScenarioPrincipal, ScenarioRequest};

/// What a decoded message says of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecodedMessage {
    /// The request, with the decision that AWS made on it as its expectation.
    pub request: ScenarioRequest,
    /// The statements that decided, by their ids.
    pub statements: Vec<String>,
}

/// Stand among the condition keys and are none.
const NO_KEYS: [&str; 7] =
    ["aws:Resource", "aws:Account", "aws:Region", "aws:Service", "aws:Type", "aws:ARN", "aws:ID"];

impl DecodedMessage {
    /// Reads the output of `aws sts decode-authorization-message`, or the message in it. Nothing if it names no
    /// principal and no action.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let tree = json::tree(text)?;
        let whole = tree.as_object()?;
        match string(whole, "DecodedMessage") {
            // The message is JSON inside of JSON.
            Some(inner) => read(json::tree(&inner)?.as_object()?),
            None => read(whole),
        }
    }
}

fn read(message: &Object<'_>) -> Option<DecodedMessage> {
    let context = object(message, "context")?;
    let arn = string(object(context, "principal")?, "arn")?;
    let resources: Vec<String> = string(context, "resource").into_iter().collect();
    let statements = object(message, "matchedStatements").map(|list| objects(list, "items")).unwrap_or_default();
    let action = whole_action(string(context, "action")?, &statements, &resources);
    let expect = match (flag(message, "allowed")?, flag(message, "explicitDeny")) {
        (true, _) => Some("Allow"),
        (false, Some(true)) => Some("ExplicitDeny"),
        (false, Some(false)) => Some("ImplicitDeny"),
        (false, None) => None,
    };
    let request = ScenarioRequest {
        principal: ScenarioPrincipal { arn, ..ScenarioPrincipal::default() },
        action,
        resources,
        context: keys(context),
        expect: expect.map(|decision| Expectation { decision: decision.to_owned(), ..Expectation::default() }),
        ..ScenarioRequest::default()
    };
    let statements = statements.iter().filter_map(|each| string(each, "statementId")).filter(|id| !id.is_empty());
    Some(DecodedMessage { request, statements: statements.collect() })
}

/// The action with its service, which some messages leave out of it: a statement that lists it says which, or else
/// the resource's ARN.
fn whole_action(action: String, statements: &[&Object<'_>], resources: &[String]) -> String {
    if action.contains(':') {
        return action;
    }
    let listed = statements.iter().filter_map(|each| object(each, "actions")).flat_map(|list| objects(list, "items"));
    let mut listed = listed.filter_map(|item| string(item, "value"));
    let is_it = |text: &String| text.split_once(':').is_some_and(|(_, name)| name.eq_ignore_ascii_case(&action));
    listed.find(is_it).unwrap_or_else(|| match resources.first().and_then(|arn| Arn::parse(arn)) {
        Some(arn) => format!("{}:{action}", arn.service),
        None => action,
    })
}

/// The condition keys. A list of one value may be a multivalued key or not: it counts as not.
fn keys(context: &Object<'_>) -> Vec<(String, ContextValue)> {
    let items = object(context, "conditions").map(|list| objects(list, "items")).unwrap_or_default();
    let mut found = Vec::new();
    for item in items {
        let Some(key) = string(item, "key") else { continue };
        if NO_KEYS.iter().any(|none| none.eq_ignore_ascii_case(&key)) {
            continue;
        }
        let values = object(item, "values").map(|list| objects(list, "items")).unwrap_or_default();
        let mut values: Vec<String> = values.into_iter().filter_map(|value| string(value, "value")).collect();
        let value = match values.pop() {
            Some(only) if values.is_empty() => ContextValue::Single(only),
            last => {
                values.extend(last);
                ContextValue::Multiple(values)
            }
        };
        found.push((key, value));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &str = r#"{
      "allowed": false, "explicitDeny": true,
      "matchedStatements": { "items": [{ "statementId": "NoLarge", "effect": "DENY",
        "actions": { "items": [{ "value": "ec2:RunInstances" }] } }] },
      "failures": { "items": [] },
      "context": {
        "principal": { "id": "AROAEXAMPLE:session", "arn": "arn:aws:sts::111122223333:assumed-role/Dev/session" },
        "action": "RunInstances", "resource": "arn:aws:ec2:eu-west-1:111122223333:instance/*",
        "conditions": { "items": [
          { "key": "ec2:InstanceType", "values": { "items": [{ "value": "m5.large" }] } },
          { "key": "aws:Region", "values": { "items": [{ "value": "eu-west-1" }] } },
          { "key": "aws:TagKeys", "values": { "items": [{ "value": "a" }, { "value": "b" }] } }
        ] } } }"#;

    #[test]
    fn a_message_becomes_a_request() {
        let found = DecodedMessage::parse(MESSAGE).unwrap();
        assert_eq!(found.statements, ["NoLarge"]);
        let request = &found.request;
        assert_eq!(request.principal.arn, "arn:aws:sts::111122223333:assumed-role/Dev/session");
        assert_eq!(request.action, "ec2:RunInstances");
        assert_eq!(request.resources, ["arn:aws:ec2:eu-west-1:111122223333:instance/*"]);
        assert_eq!(request.expect.as_ref().unwrap().decision, "ExplicitDeny");
        let wanted = [
            ("ec2:InstanceType".to_owned(), ContextValue::Single("m5.large".into())),
            ("aws:TagKeys".to_owned(), ContextValue::Multiple(vec!["a".into(), "b".into()])),
        ];
        assert_eq!(request.context, wanted);
        let output = serde_json::json!({ "DecodedMessage": MESSAGE }).to_string();
        assert_eq!(DecodedMessage::parse(&output), Some(found));
    }

    #[test]
    fn the_service_of_an_action_comes_from_the_resource_where_no_statement_says_it() {
        let without = MESSAGE.replace(r#"{ "value": "ec2:RunInstances" }"#, "");
        assert_eq!(DecodedMessage::parse(&without).unwrap().request.action, "ec2:RunInstances");
        let implicit = MESSAGE.replace(r#""explicitDeny": true"#, r#""explicitDeny": false"#);
        assert_eq!(DecodedMessage::parse(&implicit).unwrap().request.expect.unwrap().decision, "ImplicitDeny");
    }

    #[test]
    fn what_says_too_little_is_none() {
        for text in ["", "[]", "{}", r#"{ "DecodedMessage": "no JSON" }"#, r#"{ "allowed": false, "context": {} }"#] {
            assert_eq!(DecodedMessage::parse(text), None, "{text}");
        }
    }
}
