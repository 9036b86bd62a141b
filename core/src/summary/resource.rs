//! Resources in words (SPEC 2.3).
//!
//! What an ARN is called is told where the name says exactly which resources it covers; else the ARN itself stands in
//! the sentence.

use super::phrase::{Phrase, partition, quoted};
use super::value;
use crate::arn::{Arn, is_account_id};
use crate::policy::variable::Template;
use crate::policy::{Text, Version};

/// What a verb acts on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Bucket,
    Role,
    Table,
    Queue,
    Topic,
    Function,
    Key,
    Secret,
    Parameter,
    Instance,
}

/// How many: to be allowed something on `every` one, and never to be allowed it on `any`.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub every: &'static str,
    pub everything: &'static str,
    /// Whether `*` stands for the missing parts of an ARN (SPEC M-25).
    pub completes: bool,
}

/// What is known of a kind of resource: its service, how the last part of its ARN begins, its name, and whether
/// nothing else has an ARN that begins like one of its.
struct Type {
    kind: Option<Kind>,
    service: &'static str,
    prefix: &'static str,
    one: &'static str,
    several: &'static str,
    leaf: bool,
}

const fn kind(
    kind: Option<Kind>,
    service: &'static str,
    prefix: &'static str,
    one: &'static str,
    several: &'static str,
    leaf: bool,
) -> Type {
    Type { kind, service, prefix, one, several, leaf }
}

/// Resource types by the Service Authorization Reference.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
const TYPES: &[Type] = &[
    kind(Some(Kind::Role), "iam", "role/", "role", "roles", true),
    kind(None, "iam", "user/", "user", "users", true),
    kind(None, "iam", "group/", "group", "groups", true),
    kind(None, "iam", "policy/", "policy", "policies", true),
    kind(None, "iam", "instance-profile/", "instance profile", "instance profiles", true),
    kind(Some(Kind::Table), "dynamodb", "table/", "table", "tables", false),
    kind(Some(Kind::Queue), "sqs", "", "queue", "queues", true),
    kind(Some(Kind::Topic), "sns", "", "topic", "topics", false),
    kind(Some(Kind::Function), "lambda", "function:", "function", "functions", false),
    kind(Some(Kind::Key), "kms", "key/", "key", "keys", true),
    kind(None, "kms", "alias/", "key alias", "key aliases", true),
    kind(Some(Kind::Secret), "secretsmanager", "secret:", "secret", "secrets", true),
    kind(Some(Kind::Parameter), "ssm", "parameter/", "parameter", "parameters", true),
    kind(Some(Kind::Instance), "ec2", "instance/", "EC2 instance", "EC2 instances", true),
    kind(None, "ec2", "volume/", "volume", "volumes", true),
    kind(None, "ec2", "security-group/", "security group", "security groups", true),
    kind(None, "ec2", "subnet/", "subnet", "subnets", true),
    kind(None, "ec2", "vpc/", "VPC", "VPCs", true),
    kind(None, "ecr", "repository/", "container repository", "container repositories", true),
    kind(None, "rds", "db:", "database instance", "database instances", true),
    kind(None, "logs", "log-group:", "log group", "log groups", false),
    kind(None, "states", "stateMachine:", "state machine", "state machines", false),
    kind(None, "cloudformation", "stack/", "stack", "stacks", true),
    kind(None, "kinesis", "stream/", "data stream", "data streams", false),
];

/// The resource in words: what it is called, or the ARN.
pub(super) fn tell(text: &Text, version: Version, words: Words, notes: &mut Vec<String>) -> Phrase {
    let written = &*text.value;
    if written == "*" {
        return Phrase::at(format!("{} resource", words.every), text.span);
    }
    let variables = variables(written, version, notes);
    let named = if variables {
        None
    } else {
        object(written).or_else(|| bucket(written)).or_else(|| of_type(written, None, words))
    };
    Phrase::at(named.unwrap_or_else(|| arn(written, variables, words)), text.span)
}

/// The resource in words, if it is of that kind and of no other; `*` is every one.
pub(super) fn of_kind(wanted: Kind, text: &Text, version: Version, words: Words) -> Option<Phrase> {
    let written = &*text.value;
    let every = words.every;
    if version == Version::V2012 && written.contains("${") {
        return None;
    }
    let named = match wanted {
        Kind::Object if written == "*" => Some(format!("{every} object of {every} bucket")),
        Kind::Object => object(written),
        Kind::Bucket if written == "*" => Some(format!("{every} bucket")),
        Kind::Bucket => bucket(written),
        _ => {
            let known = TYPES.iter().find(|known| known.kind == Some(wanted))?;
            if written == "*" { Some(format!("{every} {}", known.one)) } else { of_type(written, Some(wanted), words) }
        }
    };
    named.map(|named| Phrase::at(named, text.span))
}

/// Whether the text has variables; what they stand for goes to the notes.
fn variables(written: &str, version: Version, notes: &mut Vec<String>) -> bool {
    if version != Version::V2012 || !written.contains("${") {
        return false;
    }
    if let Ok(template) = Template::parse(written, version) {
        value::explain(&template, notes);
        value::escapes(written, notes);
    }
    true
}

/// An ARN that has no name.
fn arn(written: &str, variables: bool, words: Words) -> String {
    let inner = written.strip_suffix('*').unwrap_or(written);
    let everything = words.everything;
    let short = !variables && written.starts_with("arn:") && written.matches(':').count() < 5;
    if short && words.completes {
        return format!("{everything} with an ARN that matches {written}, with or without * for its missing parts");
    }
    match (variables || wild(written), variables || wild(inner)) {
        (false, _) => written.to_owned(),
        // A star at the end takes everything, colons too (SPEC M-22).
        (true, false) if !short => format!("{everything} with an ARN that starts with {inner}"),
        _ => format!("{everything} with an ARN that matches {written}"),
    }
}

fn wild(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// Objects of one bucket.
fn object(written: &str) -> Option<String> {
    let parsed = Arn::parse(written).filter(|arn| arn.service == "s3" && arn.region.is_empty())?;
    let (bucket, key) = parsed.resource.split_once('/')?;
    if wild(parsed.partition) || !parsed.account.is_empty() || wild(bucket) || bucket.is_empty() || bucket.contains(':')
    {
        return None;
    }
    let start = key.trim_end_matches('*');
    let bucket = format!("{bucket}{}", partition(&parsed));
    Some(match key {
        "*" => format!("the objects in the bucket {bucket}"),
        _ if !wild(key) => format!("the object {} in the bucket {bucket}", quoted(key)),
        _ if !wild(start) && key.len() == start.len() + 1 => {
            format!("the objects in the bucket {bucket} with keys that start with {}", quoted(start))
        }
        _ => format!("the objects in the bucket {bucket} with keys that match {}", quoted(key)),
    })
}

/// One bucket.
fn bucket(written: &str) -> Option<String> {
    let parsed = Arn::parse(written).filter(|arn| arn.service == "s3" && arn.region.is_empty())?;
    let name = parsed.resource;
    let plain = !wild(name) && !name.contains(['/', ':']) && !name.is_empty();
    (plain && !wild(parsed.partition) && parsed.account.is_empty())
        .then(|| format!("the bucket {name}{}", partition(&parsed)))
}

/// Resources of a type of the table.
fn of_type(written: &str, wanted: Option<Kind>, words: Words) -> Option<String> {
    let parsed = Arn::parse(written).filter(|arn| !wild(arn.partition))?;
    let fits = |known: &&Type| {
        known.service == parsed.service
            && parsed.resource.starts_with(known.prefix)
            && (wanted.is_none() || known.kind == wanted)
    };
    let known = TYPES.iter().find(fits)?;
    let name = parsed.resource.get(known.prefix.len()..)?;
    let start = name.trim_end_matches('*');
    let place = place(&parsed, words)?;
    // What has children has ARNs that begin like its own.
    if !known.leaf && (wild(name) || name.contains([':', '/'])) {
        return None;
    }
    Some(match name {
        "" => return None,
        "*" => format!("{} {}{place}", words.every, known.one),
        _ if !wild(name) => format!("the {} {name}{place}", known.one),
        _ if !wild(start) && name.len() == start.len() + 1 => {
            format!("the {} with names that start with {}{place}", known.several, quoted(start))
        }
        _ => format!("the {} with names that match {}{place}", known.several, quoted(name)),
    })
}

/// Where a resource is, as far as its ARN says; nothing if that takes a pattern.
fn place(arn: &Arn<'_>, wording: Words) -> Option<String> {
    let mut words = Vec::new();
    match arn.region {
        "" => {}
        "*" => words.push(format!("in {} Region", wording.every)),
        region if wild(region) => return None,
        region => words.push(format!("in {region}")),
    }
    match arn.account {
        "" => {}
        "*" => words.push(format!("of {} account", wording.every)),
        account if is_account_id(account) => words.push(format!("of the account {account}")),
        _ => return None,
    }
    // Resources of IAM have no Region, all others of the table have both.
    let fits = if arn.service == "iam" { arn.region.is_empty() && words.len() == 1 } else { words.len() == 2 };
    fits.then(|| format!(" {}{}", words.join(" "), partition(arn)))
}
