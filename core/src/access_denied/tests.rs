use super::{AccessDenied, parse};
use crate::policy::{PolicyType, ResourcePolicyKind};

const ANA: &str = "arn:aws:iam::123456789012:user/Ana";
const SESSION: &str = "arn:aws:sts::123456789012:assumed-role/HR/ana";
const SCP: &str = "arn:aws:organizations::777788889999:policy/o-exampleorgid/service_control_policy/p-example123";
const RCP: &str = "arn:aws:organizations::777788889999:policy/o-exampleorgid/resource_control_policy/p-example456";
const TRUST: PolicyType = PolicyType::Resource(ResourcePolicyKind::RoleTrust);
const RESOURCE: PolicyType = PolicyType::Resource(ResourcePolicyKind::General);

/// A message and what it says: principal, action, resource, policy type, explicit, policy ARN.
type Row =
    (String, &'static str, &'static str, Option<&'static str>, Option<PolicyType>, Option<bool>, Option<&'static str>);

fn rows() -> Vec<Row> {
    use PolicyType as T;
    let user = |text: &str| format!("User: {ANA} is not authorized to perform: {text}");
    let list = "codecommit:ListRepositories";
    let deployments = "arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:*";
    let on = format!("codedeploy:ListDeployments on resource: {deployments}");
    let implicit = |noun: &str| user(&format!("{list} because no {noun} allows the {list} action"));
    let explicit = |noun: &str| user(&format!("{on} with an explicit deny in {noun}"));
    let denied = |noun, policy_type| {
        (explicit(noun), ANA, "codedeploy:ListDeployments", Some(deployments), Some(policy_type), Some(true), None)
    };
    let lacking = |noun, policy_type| (implicit(noun), ANA, list, None, Some(policy_type), Some(false), None);
    vec![
        // The guide's forms, each policy type.
        lacking("service control policy", T::ServiceControl),
        lacking("VPC endpoint policy", T::VpcEndpoint),
        lacking("permissions boundary", T::PermissionsBoundary),
        lacking("session policy", T::Session),
        lacking("resource-based policy", RESOURCE),
        lacking("role trust policy", TRUST),
        lacking("identity-based policy", T::Identity),
        denied("a service control policy", T::ServiceControl),
        denied("a resource control policy", T::ResourceControl),
        denied("a VPC endpoint policy", T::VpcEndpoint),
        denied("a permissions boundary", T::PermissionsBoundary),
        denied("a session policy", T::Session),
        denied("a resource-based policy", RESOURCE),
        denied("the role trust policy", TRUST),
        denied("an identity-based policy", T::Identity),
        // With the policy's ARN.
        (explicit(&format!("a service control policy: {SCP}")), ANA, "codedeploy:ListDeployments", Some(deployments), Some(T::ServiceControl), Some(true), Some(SCP)),
        (explicit(&format!("a resource control policy: {RCP}")), ANA, "codedeploy:ListDeployments", Some(deployments), Some(T::ResourceControl), Some(true), Some(RCP)),
        (explicit(&format!("a service control policy, with policy ARN: {SCP}.")), ANA, "codedeploy:ListDeployments", Some(deployments), Some(T::ServiceControl), Some(true), Some(SCP)),
        // Line breaks, as the guide wraps its examples.
        (format!("User: {ANA} is not authorized to perform: {list}\n   because no session policy allows\r\n  the {list} action\n"), ANA, list, None, Some(T::Session), Some(false), None),
        (format!("User: {ANA} is not authorized to perform: sts:AssumeRole\nwith an explicit deny in the role trust policy\n"), ANA, "sts:AssumeRole", None, Some(TRUST), Some(true), None),
        // Older messages end after the action or the resource.
        (user("widgets:GetWidget on resource: my-example-widget"), ANA, "widgets:GetWidget", Some("my-example-widget"), None, None, None),
        (user("codecommit:ListRepositories."), ANA, list, None, None, None, None),
        (user("dynamodb:Scan on resource: arn:aws:dynamodb:us-east-1:123456789012:table/t."), ANA, "dynamodb:Scan", Some("arn:aws:dynamodb:us-east-1:123456789012:table/t"), None, None, None),
        // The command line's prefix; IAM's names in the place of ARNs; a session.
        (
            format!("An error occurred (AccessDenied) when calling the GetUser operation: User: {SESSION} is not authorized to perform: iam:GetUser on resource: user bob because no identity-based policy allows the iam:GetUser action"),
            SESSION, "iam:GetUser", Some("user bob"), Some(T::Identity), Some(false), None,
        ),
        // S3 quotes the resource, whose key may hold blanks and our own words.
        (
            user("s3:PutObject on resource: \"arn:aws:s3:::photos/my cat  because no one.jpg\" with an explicit deny in a resource-based policy"),
            ANA, "s3:PutObject", Some("arn:aws:s3:::photos/my cat  because no one.jpg"), Some(RESOURCE), Some(true), None,
        ),
        (user("s3:GetObject on resource: \"arn:aws:s3:::photos/1.jpg\" with an explicit deny"), ANA, "s3:GetObject", Some("arn:aws:s3:::photos/1.jpg"), None, Some(true), None),
        // API Gateway and other services name no ARN as the caller.
        ("User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********1234:abc/prod/GET/".into(), "anonymous", "execute-api:Invoke", Some("arn:aws:execute-api:us-east-1:********1234:abc/prod/GET/"), None, None, None),
        // The first sentence that fits counts.
        (format!("User: who? User: {ANA} is not authorized to perform: sqs:SendMessage"), ANA, "sqs:SendMessage", None, None, None, None),
    ]
}

#[test]
fn known_forms() {
    let text = |text: &str| Some(text.to_owned());
    for (message, principal, action, resource, policy_type, explicit, policy_arn) in rows() {
        let expected = AccessDenied {
            principal: text(principal),
            action: text(action),
            resource: resource.map(str::to_owned),
            policy_type,
            explicit,
            policy_arn: policy_arn.map(str::to_owned),
            encoded_message: None,
            rest: String::new(),
        };
        assert_eq!(parse(&message), Some(expected), "{message}");
    }
}

#[test]
fn encoded_messages() {
    let long = format!(
        "You are not authorized to perform this operation. User: {ANA} is not authorized to perform: ec2:RunInstances on \
         resource: arn:aws:ec2:us-east-1:123456789012:instance/* with an explicit deny in an identity-based policy: \
         arn:aws:iam::123456789012:policy/NoServers. Encoded authorization failure message: aBc-_123"
    );
    let parsed = parse(&long).unwrap();
    assert_eq!(parsed.resource.as_deref(), Some("arn:aws:ec2:us-east-1:123456789012:instance/*"));
    assert_eq!(parsed.policy_arn.as_deref(), Some("arn:aws:iam::123456789012:policy/NoServers"));
    assert_eq!(
        (parsed.explicit, parsed.encoded_message.as_deref(), parsed.rest.as_str()),
        (Some(true), Some("aBc-_123"), "")
    );

    let bare = format!(
        "User: {ANA} is not authorized to perform: ec2:StartInstances on resource: arn:aws:ec2:us-east-1:123456789012:instance/i-1. \
         Encoded authorization failure message: xyz"
    );
    let parsed = parse(&bare).unwrap();
    assert_eq!(parsed.resource.as_deref(), Some("arn:aws:ec2:us-east-1:123456789012:instance/i-1"));
    assert_eq!((parsed.explicit, parsed.encoded_message.as_deref()), (None, Some("xyz")));

    let short =
        parse("You are not authorized to perform this operation. Encoded authorization failure message: xyz").unwrap();
    assert_eq!(short, AccessDenied { encoded_message: Some("xyz".into()), ..AccessDenied::default() });
}

#[test]
fn free_text_is_kept() {
    let message = format!(
        "User: {ANA} is not authorized to perform: s3:PutBucketPolicy on resource: \"arn:aws:s3:::photos\" because public \
         policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access."
    );
    let parsed = parse(&message).unwrap();
    assert_eq!((parsed.policy_type, parsed.explicit), (None, None));
    assert_eq!(
        parsed.rest,
        "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access"
    );
    let novel =
        parse("User: x is not authorized to perform: a:B with an explicit deny in a moon policy: arn:x").unwrap();
    assert_eq!((novel.policy_type, novel.explicit), (None, Some(true)));
    assert_eq!(novel.rest, "with an explicit deny in a moon policy: arn:x");
    let novel =
        parse("User: x is not authorized to perform: a:B because no moon policy allows the a:B action").unwrap();
    assert_eq!((novel.policy_type, novel.explicit), (None, Some(false)));
}

#[test]
fn other_texts() {
    for text in [
        "",
        "Access Denied",
        "User: ",
        "User: ana is not authorized to perform: ",
        "User: ana is not authorized to perform: GetObject",
        "User: ana is not authorized to perform: s3:",
        "User: ana is authorized to perform: s3:GetObject",
        "Encoded authorization failure",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
    // Neither slow nor confused by repetition.
    assert_eq!(parse(&"User: ".repeat(200_000)), None);
    assert_eq!(parse(&"User: a is not authorized to perform: ".repeat(20_000)), None);
}
