//! Between a request of a scenario and the form that shows it.

use std::mem;

use admittance::scenario::{ContextValue, FurtherAction, ScenarioPrincipal, ScenarioRequest, ScenarioS3};

use super::{ContextRow, Id, Request, ValueKind};

/// The request of a form for one of a scenario.
pub fn request_from(mut request: ScenarioRequest) -> Request {
    let unknown = mem::take(&mut request.unknown);
    let is_known = |key: &str| !unknown.iter().any(|other| other.eq_ignore_ascii_case(key));
    let given = mem::take(&mut request.context).into_iter().filter(|(key, _)| is_known(key)).map(row_from);
    let rest = unknown.iter().map(|key| ContextRow { kind: ValueKind::Unknown, ..ContextRow::empty(key.clone()) });
    Request {
        id: Id::fresh(),
        name: request.name.take().unwrap_or_default(),
        principal: mem::take(&mut request.principal),
        action: mem::take(&mut request.action),
        resources: mem::take(&mut request.resources).join("\n"),
        resource_account: request.resource_account.take().unwrap_or_default(),
        resource_in_management_account: mem::take(&mut request.resource_in_management_account),
        aws_managed_key: mem::take(&mut request.aws_managed_key),
        kms_grant_allows: mem::take(&mut request.kms_grant_allows),
        context: given.chain(rest).collect(),
        expect: request.expect.take(),
        further: mem::take(&mut request.further),
        s3: request.s3.take(),
    }
}

/// What a form says, as a scenario has it.
pub fn request_to(request: &Request) -> ScenarioRequest {
    let principal = &request.principal;
    ScenarioRequest {
        name: some(&request.name),
        principal: ScenarioPrincipal {
            arn: principal.arn.trim().to_owned(),
            role_arn: principal.role_arn.as_deref().and_then(some),
            session_name: principal.session_name.as_deref().and_then(some),
            canonical_user_id: principal.canonical_user_id.as_deref().and_then(some),
            federating_user_arn: principal.federating_user_arn.as_deref().and_then(some),
            ..principal.clone()
        },
        action: request.action.trim().to_owned(),
        resources: lines(&request.resources).collect(),
        resource_account: some(&request.resource_account),
        resource_in_management_account: request.resource_in_management_account,
        aws_managed_key: request.aws_managed_key,
        kms_grant_allows: request.kms_grant_allows,
        context: request.context_in_force().filter_map(row_to).collect(),
        unknown: request
            .context_in_force()
            .filter(|row| row.kind == ValueKind::Unknown)
            .map(|row| row.key.trim().to_owned())
            .collect(),
        expect: request.expect.clone(),
        further: request.further.iter().filter_map(further_to).collect(),
        s3: request.s3.as_ref().map(s3_to),
    }
}

/// A further action; nothing for a row without anything in it.
fn further_to(further: &FurtherAction) -> Option<FurtherAction> {
    let resources: Vec<String> = further.resources.iter().flat_map(|each| lines(each)).collect();
    let action = further.action.trim().to_owned();
    (!action.is_empty() || !resources.is_empty()).then(|| FurtherAction {
        action,
        resources,
        resource_account: further.resource_account.as_deref().and_then(some),
        context: further.context.clone(),
    })
}

fn s3_to(s3: &ScenarioS3) -> ScenarioS3 {
    ScenarioS3 {
        bucket: s3.bucket.as_deref().and_then(some),
        bucket_owner: s3.bucket_owner.as_deref().and_then(some),
        object_owner: s3.object_owner.as_deref().and_then(some),
        ..s3.clone()
    }
}

fn row_from((key, value): (String, ContextValue)) -> ContextRow {
    let (kind, text) = match value {
        ContextValue::Absent => (ValueKind::Absent, String::new()),
        ContextValue::Single(value) => (ValueKind::Single, value),
        ContextValue::Multiple(values) => (ValueKind::List, values.join("\n")),
    };
    ContextRow { id: Id::fresh(), key, kind, text }
}

/// The key and its value; nothing for a key of which nothing is known.
fn row_to(row: &ContextRow) -> Option<(String, ContextValue)> {
    let value = match row.kind {
        ValueKind::Unknown => return None,
        ValueKind::Absent => ContextValue::Absent,
        ValueKind::Single => ContextValue::Single(row.text.clone()),
        ValueKind::List => ContextValue::Multiple(lines(&row.text).collect()),
    };
    Some((row.key.trim().to_owned(), value))
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned)
}

/// A text that is not blank.
pub fn some(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use admittance::scenario::Scenario;

    use super::*;
    use crate::workspace::Workspace;

    #[test]
    fn of_rows_with_one_key_the_last_counts() {
        let mut request = Request::blank();
        for (key, text) in [("aws:SourceIp", "203.0.113.1"), ("", "x"), ("AWS:sourceip ", "203.0.113.2")] {
            request.context.push(ContextRow { text: text.into(), ..ContextRow::empty(key.into()) });
        }
        let sent = request_to(&request).context;
        assert_eq!(sent, [("AWS:sourceip".to_owned(), ContextValue::Single("203.0.113.2".into()))]);
        assert!(request.is_overridden(request.context[0].id));
        assert!(!request.is_overridden(request.context[1].id));
        assert!(!request.is_overridden(request.context[2].id));
    }

    #[test]
    fn unknown_keys_are_rows_and_win_over_values() {
        let text = r#"{
            "policies": {},
            "requests": [{
                "principal": "arn:aws:iam::111122223333:user/ana",
                "action": "s3:GetObject",
                "context": { "aws:SourceIp": "203.0.113.1", "aws:RequestedRegion": "eu-west-1" },
                "unknown": ["aws:SourceIp"]
            }]
        }"#;
        let workspace = Workspace::from_scenario(Scenario::parse(text).0);
        let rows: Vec<_> = workspace.requests[0].context.iter().map(|row| (row.key.as_str(), row.kind)).collect();
        assert_eq!(rows, [("aws:RequestedRegion", ValueKind::Single), ("aws:SourceIp", ValueKind::Unknown)]);
        let sent = &workspace.to_scenario().scenario.requests[0];
        assert_eq!(sent.unknown, ["aws:SourceIp"]);
        assert_eq!(sent.context.len(), 1);
    }
}
