//! Permissions with which an identity gets more permissions.

use super::arn::ArnPattern;
use super::check::{Check, action_covers};
use crate::never::excepts_everything;
use crate::policy::{Effect, PolicyType, Statement, Text};

/// Sets of actions and the names under which they were published and are known to scanners.
///
/// Source: <https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/>
const METHODS: &[(&str, &[&str])] = &[
    ("CreateNewPolicyVersion", &["iam:CreatePolicyVersion"]),
    ("SetExistingDefaultPolicyVersion", &["iam:SetDefaultPolicyVersion"]),
    ("CreateEC2WithExistingIP", &["iam:PassRole", "ec2:RunInstances"]),
    ("CreateAccessKey", &["iam:CreateAccessKey"]),
    ("CreateLoginProfile", &["iam:CreateLoginProfile"]),
    ("UpdateLoginProfile", &["iam:UpdateLoginProfile"]),
    ("AttachUserPolicy", &["iam:AttachUserPolicy"]),
    ("AttachGroupPolicy", &["iam:AttachGroupPolicy"]),
    ("AttachRolePolicy", &["iam:AttachRolePolicy", "sts:AssumeRole"]),
    ("PutUserPolicy", &["iam:PutUserPolicy"]),
    ("PutGroupPolicy", &["iam:PutGroupPolicy"]),
    ("PutRolePolicy", &["iam:PutRolePolicy", "sts:AssumeRole"]),
    ("AddUserToGroup", &["iam:AddUserToGroup"]),
    ("UpdateRolePolicyToAssumeIt", &["iam:UpdateAssumeRolePolicy", "sts:AssumeRole"]),
    ("PassExistingRoleToNewLambdaThenInvoke", &["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]),
    (
        "PassExistingRoleToNewLambdaThenTriggerWithNewDynamo",
        &[
            "iam:PassRole",
            "lambda:CreateFunction",
            "lambda:CreateEventSourceMapping",
            "dynamodb:CreateTable",
            "dynamodb:PutItem",
        ],
    ),
    (
        "PassExistingRoleToNewLambdaThenTriggerWithExistingDynamo",
        &["iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
    ),
    ("EditExistingLambdaFunctionWithRole", &["lambda:UpdateFunctionCode"]),
    ("PassExistingRoleToNewGlueDevEndpoint", &["iam:PassRole", "glue:CreateDevEndpoint"]),
    ("UpdateExistingGlueDevEndpoint", &["glue:UpdateDevEndpoint"]),
    ("PassExistingRoleToNewCloudFormation", &["iam:PassRole", "cloudformation:CreateStack"]),
    (
        "PassExistingRoleToNewDataPipeline",
        &["iam:PassRole", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
    ),
];

/// `PRIVILEGE_ESCALATION`, our own. Only what is allowed without conditions on any resource counts, and of several sets
/// that one entry is the key to, all are named there. Full administrators have nothing to gain.
///
/// Source: <https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/>
pub(super) fn check(check: &mut Check<'_>) {
    if check.policy_type != PolicyType::Identity {
        return;
    }
    let grants = |statement: &&Statement| {
        statement.effect == Effect::Allow
            && statement.condition.is_empty()
            && statement.resource.as_ref().is_some_and(|r| !r.values.is_empty())
            && excepts_everything(statement).is_none()
    };
    let statements: Vec<&Statement> = check.document.statements.iter().filter(grants).collect();
    let everything = |text: &Text| matches!(&*text.value, "*" | "*:*");
    let administers = |statement: &&&Statement| {
        let action =
            statement.action.as_ref().is_some_and(|element| !element.negated && element.values.iter().any(everything));
        action && any_resource(statement)
    };
    if statements.iter().find(administers).is_some() {
        return;
    }
    let mut found: Vec<(&Text, Vec<&str>)> = Vec::new();
    for (name, actions) in METHODS {
        let entries: Option<Vec<&Text>> = actions.iter().map(|action| entry(&statements, action)).collect();
        let Some(first) = entries.as_ref().and_then(|entries| entries.first()).copied() else { continue };
        match found.iter_mut().find(|(text, _)| text.span == first.span) {
            Some((_, names)) => names.push(name),
            None => found.push((first, vec![name])),
        }
    }
    for (text, names) in found {
        let message = format!("`{}` lets its holder get more permissions: {}", text.value, names.join(", "));
        check
            .report("PRIVILEGE_ESCALATION", text.span, message)
            .help("name the resources, or add a condition such as iam:PermissionsBoundary or iam:PassedToService");
    }
}

/// The entry that allows an action on any resource.
fn entry<'a>(statements: &[&'a Statement], action: &str) -> Option<&'a Text> {
    let elements =
        statements.iter().filter(|statement| any_resource(statement)).filter_map(|statement| statement.action.as_ref());
    elements
        .filter(|element| !element.negated)
        .flat_map(|element| &element.values)
        .find(|text| action_covers(&text.value, action))
}

/// Whether the statement is about all resources of some type.
fn any_resource(statement: &Statement) -> bool {
    let Some(element) = &statement.resource else { return false };
    let any = |text: &Text| {
        *text.value == *"*"
            || ArnPattern::split(text, true).is_some_and(|arn| {
                let name = arn.resource().split_once(['/', ':']).map_or(arn.resource(), |(_, name)| name);
                matches!(name, "*" | "**")
            })
    };
    element.negated || element.values.iter().any(any)
}
