//! Reads sentences back: what a grant in words is about, from the words alone. Nothing here looks at the statement.

#[path = "condition.rs"]
mod condition;

pub use condition::{Condition, Values};

/// What a sentence grants or denies: patterns of actions and of resources in pairs, and what the request has to carry.
#[derive(Debug, Default)]
pub struct Grant {
    pub deny: bool,
    /// It is about all actions but these, and all resources but these.
    pub except_actions: bool,
    pub except_resources: bool,
    pub parts: Vec<(Vec<String>, Vec<String>)>,
    pub conditions: Vec<Condition>,
}

/// What a verb does to what, by AWS's pages.
const VERBS: &[(&str, &str, &str)] = &[
    ("read all versions of", "object", "s3:GetObjectVersion"),
    ("read the tags of", "object", "s3:GetObjectTagging"),
    ("read the ACLs of", "object", "s3:GetObjectAcl"),
    ("read", "object", "s3:GetObject"),
    ("write", "object", "s3:PutObject"),
    ("delete versions of", "object", "s3:DeleteObjectVersion"),
    ("delete", "object", "s3:DeleteObject"),
    ("abort multipart uploads of", "object", "s3:AbortMultipartUpload"),
    ("list the contents of", "bucket", "s3:ListBucket"),
    ("see the Region of", "bucket", "s3:GetBucketLocation"),
    ("create", "bucket", "s3:CreateBucket"),
    ("assume", "role", "sts:AssumeRole"),
    ("pass", "role", "iam:PassRole"),
    ("read items of", "table", "dynamodb:GetItem"),
    ("query", "table", "dynamodb:Query"),
    ("put items into", "table", "dynamodb:PutItem"),
    ("update items of", "table", "dynamodb:UpdateItem"),
    ("send messages to", "queue", "sqs:SendMessage"),
    ("receive messages from", "queue", "sqs:ReceiveMessage"),
    ("delete messages from", "queue", "sqs:DeleteMessage"),
    ("publish to", "topic", "sns:Publish"),
    ("subscribe to", "topic", "sns:Subscribe"),
    ("invoke", "function", "lambda:InvokeFunction"),
    ("encrypt with", "key", "kms:Encrypt"),
    ("decrypt with", "key", "kms:Decrypt"),
    ("make data keys with", "key", "kms:GenerateDataKey"),
    ("see the details of", "key", "kms:DescribeKey"),
    ("read the value of", "secret", "secretsmanager:GetSecretValue"),
    ("read", "parameter", "ssm:GetParameter"),
    ("start", "EC2 instance", "ec2:StartInstances"),
    ("stop", "EC2 instance", "ec2:StopInstances"),
    ("reboot", "EC2 instance", "ec2:RebootInstances"),
    ("terminate", "EC2 instance", "ec2:TerminateInstances"),
];

/// Kinds of resources: one, several, and how their ARNs begin behind the partition; `R` is the Region, `A` the account.
const KINDS: &[(&str, &str, &str)] = &[
    ("role", "roles", "iam::A:role/"),
    ("user", "users", "iam::A:user/"),
    ("policy", "policies", "iam::A:policy/"),
    ("table", "tables", "dynamodb:R:A:table/"),
    ("queue", "queues", "sqs:R:A:"),
    ("topic", "topics", "sns:R:A:"),
    ("function", "functions", "lambda:R:A:function:"),
    ("key", "keys", "kms:R:A:key/"),
    ("secret", "secrets", "secretsmanager:R:A:secret:"),
    ("parameter", "parameters", "ssm:R:A:parameter/"),
    ("EC2 instance", "EC2 instances", "ec2:R:A:instance/"),
    ("volume", "volumes", "ec2:R:A:volume/"),
    ("subnet", "subnets", "ec2:R:A:subnet/"),
];

/// Reads a sentence about the caller or about everybody; nothing if it says something that is not known here.
pub fn read(sentence: &str) -> Option<Grant> {
    let starts = [
        ("May never ", true),
        ("Nobody may ", true),
        ("May ", false),
        ("Can be allowed to ", false),
        ("Everybody can be allowed to ", false),
        ("Everybody, even without signing in, may ", false),
    ];
    let (rest, deny) = starts.iter().find_map(|(start, deny)| Some((sentence.strip_prefix(start)?, *deny)))?;
    let rest = rest.strip_suffix('.')?;
    let (body, conditions) = match rest.split_once(if deny { " if " } else { ", but only " }) {
        Some((body, conditions)) => (body, condition::conditions(conditions)?),
        None => (rest, Vec::new()),
    };
    // To be denied two things is to be denied each.
    let body = match deny {
        true => body.replace("anything", "everything").replace("any ", "every ").replace(" or ", " and "),
        false => body.to_owned(),
    };
    let mut grant = Grant { deny, conditions, ..Grant::default() };
    grant.parts = match body.strip_prefix("use ") {
        Some(use_) => {
            let (mut actions, mut resources) = use_.split_once(" on ")?;
            if let Some(rest) = actions.strip_prefix("every action of every service except ") {
                (actions, grant.except_actions) = (rest, true);
            }
            if let Some(rest) = resources.strip_prefix("everything except ") {
                (resources, grant.except_resources) = (rest, true);
            }
            vec![(
                list(actions).map(action).collect::<Option<_>>()?,
                list(resources).map(resource).collect::<Option<_>>()?,
            )]
        }
        None if body == "list all buckets" => vec![(vec!["s3:ListAllMyBuckets".into()], vec!["*".into()])],
        None => verbs(&body)?,
    };
    Some(grant)
}

/// What stands in a list; no item has a comma or an `and` of its own, or it is not read.
fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(", ").flat_map(|item| item.split(" and "))
}

fn action(words: &str) -> Option<String> {
    match words.strip_prefix("every action of ").or_else(|| words.strip_prefix("all of ")) {
        Some("every service") => Some("*".into()),
        Some(service) => (!service.contains(' ')).then(|| format!("{service}:*")),
        None => (words.contains(':') && !words.contains([' ', '$'])).then(|| words.into()),
    }
}

/// `read and write the objects in the bucket a and list the contents of the bucket a`.
fn verbs(body: &str) -> Option<Vec<(Vec<String>, Vec<String>)>> {
    let mut parts: Vec<(Vec<&str>, Vec<String>)> = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    for item in list(body) {
        let item = item.strip_suffix(" to AWS services").unwrap_or(item);
        let known = VERBS
            .iter()
            .filter(|(verb, ..)| item.strip_prefix(verb).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')));
        match known.map(|(verb, ..)| *verb).max_by_key(|verb| verb.len()) {
            // A verb alone: the resource is that of the next one.
            Some(verb) if verb.len() == item.len() => words.push(verb),
            Some(verb) => {
                words.push(verb);
                parts.push((std::mem::take(&mut words), vec![item[verb.len() + 1..].into()]));
            }
            None => parts.last_mut()?.1.push(item.into()),
        }
    }
    let mut granted = Vec::new();
    for (verbs, resources) in parts {
        let kind = kind(&resources[0])?;
        let of = |verb: &&str| {
            VERBS.iter().find(|(known, of, _)| known == verb && *of == kind).map(|(.., action)| (*action).into())
        };
        granted.push((
            verbs.iter().map(of).collect::<Option<Vec<_>>>()?,
            resources.iter().map(|words| resource(words)).collect::<Option<_>>()?,
        ));
    }
    words.is_empty().then_some(granted)
}

fn kind(resource: &str) -> Option<&'static str> {
    let noun = ["every ", "the "].iter().find_map(|article| resource.strip_prefix(article))?;
    let begins = |word: &str| noun.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    if begins("object") || begins("objects") {
        return Some("object");
    }
    if begins("bucket") {
        return Some("bucket");
    }
    KINDS.iter().find(|(one, several, _)| begins(one) || begins(several)).map(|(one, ..)| *one)
}

/// The pattern of ARNs that words mean, in the partition that they name.
fn resource(words: &str) -> Option<String> {
    match words.split_once(" in the partition ") {
        None => in_partition(words),
        Some((before, rest)) => {
            let (partition, behind) = rest.split_at(rest.find(' ').unwrap_or(rest.len()));
            in_partition(&format!("{before}{behind}"))
                .map(|arn| arn.replacen("arn:aws:", &format!("arn:{partition}:"), 1))
        }
    }
}

fn in_partition(words: &str) -> Option<String> {
    let plain = |text: &str| (!text.contains([' ', '$', '"'])).then(|| text.to_owned());
    if matches!(words, "every resource" | "every object of every bucket" | "every bucket") {
        return Some("*".into());
    }
    if let Some(start) = words.strip_prefix("everything with an ARN that starts with ") {
        return plain(start).map(|start| format!("{start}*"));
    }
    if let Some(pattern) = words.strip_prefix("everything with an ARN that matches ") {
        return plain(pattern);
    }
    if words.starts_with("arn:") {
        return plain(words);
    }
    if let Some(bucket) = words.strip_prefix("the objects in the bucket ") {
        let (bucket, key) = match bucket.split_once(" with keys that ") {
            None => (bucket, "*".to_owned()),
            Some((bucket, keys)) => match keys.strip_prefix("start with ") {
                Some(start) => (bucket, quoted(start)? + "*"),
                None => (bucket, quoted(keys.strip_prefix("match ")?)?),
            },
        };
        return Some(format!("arn:aws:s3:::{}/{key}", plain(bucket)?));
    }
    if let Some(object) = words.strip_prefix("the object ") {
        let (key, bucket) = object.split_once(" in the bucket ")?;
        return Some(format!("arn:aws:s3:::{}/{}", plain(bucket)?, quoted(key)?));
    }
    if let Some(bucket) = words.strip_prefix("the bucket ") {
        return Some(format!("arn:aws:s3:::{}", plain(bucket)?));
    }
    typed(words)
}

/// `the table Orders in eu-west-1 of the account 111122223333`, `every role of every account`, `every queue`.
fn typed(words: &str) -> Option<String> {
    let (_, _, begin) = KINDS.iter().find(|(one, ..)| kind(words) == Some(*one))?;
    let noun = ["every ", "the "].iter().find_map(|article| words.strip_prefix(article))?;
    let singular = KINDS.iter().find(|(.., other)| other == begin).map(|(one, several, _)| (*one, *several))?;
    let rest =
        noun.strip_prefix(singular.1).filter(|rest| rest.starts_with(' ')).or_else(|| noun.strip_prefix(singular.0))?;
    if rest.is_empty() {
        return Some("*".into());
    }
    let (rest, account) = rest.rsplit_once(" of ")?;
    let account = if account == "every account" { "*" } else { account.strip_prefix("the account ")? };
    let (rest, region) = match rest.rsplit_once(" in ") {
        Some((rest, region)) => (rest, if region == "every Region" { "*" } else { region }),
        None if rest == " in every Region" => ("", "*"),
        None => (rest, ""),
    };
    let name = match rest.trim_start() {
        "" => "*".to_owned(),
        name => match name.strip_prefix("with names that start with ") {
            Some(start) => quoted(start)? + "*",
            None => (!name.contains([' ', '"', '$'])).then(|| name.to_owned())?,
        },
    };
    Some(format!("arn:aws:{}{name}", begin.replace('R', region).replace('A', account)))
}

fn quoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains(['"', '\\', '$'])).then(|| inner.to_owned())
}
