//! Reads conditions back from their words.

use super::quoted;

/// What a request has to carry: values of a key with which the sentence holds, and with which it does not.
#[derive(Debug)]
pub struct Condition {
    pub key: String,
    pub good: Values,
    pub bad: Vec<Values>,
    /// Further ones with which it holds.
    pub also: Vec<Values>,
}

/// The values of a key; nothing if the request lacks it.
pub type Values = Option<Vec<String>>;

/// All conditions of a sentence.
pub fn conditions(text: &str) -> Option<Vec<Condition>> {
    let text = text.strip_prefix("if ").unwrap_or(text);
    let clauses = text.split(", and only if ").flat_map(|clause| clause.split(", and if "));
    let clauses = clauses.flat_map(|clause| clause.split(", and only "));
    let mut read: Vec<Condition> = Vec::new();
    for clause in clauses {
        let condition = condition(clause)?;
        // One request cannot be made from two conditions on one key.
        if read.iter().any(|other| other.key == condition.key) {
            return None;
        }
        read.push(condition);
    }
    Some(read)
}

fn condition(clause: &str) -> Option<Condition> {
    // With `(or the request has no …)`, a request without the key fits too.
    let (clause, absent) = match clause.split_once(" (or ") {
        Some((clause, rest)) => (clause, Some(rest.strip_suffix(')')?)),
        None => (clause, None),
    };
    if clause.contains(['$', '(']) && !clause.contains("(if there is any)") {
        return None;
    }
    let named = absent.and_then(|words| words.strip_prefix("the request has no "));
    let mut read = presence(clause).or_else(|| worded(clause)).or_else(|| compared(clause, named))?;
    if absent.is_some() {
        read.bad.retain(Option::is_some);
        read.also.push(None);
    }
    Some(read)
}

/// A key that is missing does not fit.
fn is(key: &str, good: &str, bad: &str) -> Condition {
    let value = |value: &str| Some(vec![value.to_owned()]);
    Condition { key: key.into(), good: value(good), bad: vec![value(bad), None], also: vec![] }
}

/// A key that is missing fits.
fn is_not(key: &str, good: &str, bad: &str) -> Condition {
    let mut read = is(key, good, bad);
    read.bad.pop();
    read.also.push(None);
    read
}

/// Whether the request has a key.
fn presence(clause: &str) -> Option<Condition> {
    let token = |words: &str| (words == "temporary credentials").then_some("aws:TokenIssueTime");
    let some = Some(vec!["2026-01-01T00:00:00Z".to_owned()]);
    if let Some(key) =
        clause.strip_prefix("the request has no ").or_else(|| token(clause.strip_prefix("the caller has no ")?))
    {
        return Some(Condition { key: key.into(), good: None, bad: vec![some], also: vec![] });
    }
    let key = clause.strip_prefix("the request has ").or_else(|| token(clause.strip_prefix("the caller has ")?))?;
    (!key.contains(' ')).then(|| Condition { key: key.into(), good: some, bad: vec![None], also: vec![] })
}

/// What has words of its own.
fn worded(clause: &str) -> Option<Condition> {
    for (words, key, good, bad) in [
        ("over TLS", "aws:SecureTransport", "true", "false"),
        ("the request comes over TLS", "aws:SecureTransport", "true", "false"),
        ("the request does not come over TLS", "aws:SecureTransport", "false", "true"),
        ("with multi-factor authentication", "aws:MultiFactorAuthPresent", "true", "false"),
        ("the caller signed in with multi-factor authentication", "aws:MultiFactorAuthPresent", "true", "false"),
        (
            "the caller's temporary credentials were made without multi-factor authentication",
            "aws:MultiFactorAuthPresent",
            "false",
            "true",
        ),
        ("the request is made by an AWS service on the caller's behalf", "aws:ViaAWSService", "true", "false"),
        ("the request is not made by an AWS service on the caller's behalf", "aws:ViaAWSService", "false", "true"),
        ("an AWS service asks for the grant on the caller's behalf", "kms:GrantIsForAWSResource", "true", "false"),
    ] {
        if clause == words {
            return Some(is(key, good, bad));
        }
    }
    let first = |objects: &str| {
        let object = objects.split([',', ' ']).next().unwrap_or_default();
        object.split_once('/').map_or(object, |(address, _)| address).to_owned()
    };
    for (start, of, several, key, other) in [
        ("in the ", "Region ", "Regions ", "aws:RequestedRegion", "xx-other-1"),
        ("the request goes to the ", "Region ", "Regions ", "aws:RequestedRegion", "xx-other-1"),
        ("from the ", "VPC ", "VPCs ", "aws:SourceVpc", "vpc-0000"),
        ("the request comes from the ", "VPC ", "VPCs ", "aws:SourceVpc", "vpc-0000"),
        ("from the ", "organization ", "organizations ", "aws:PrincipalOrgID", "o-other"),
        ("the caller belongs to the ", "organization ", "organizations ", "aws:PrincipalOrgID", "o-other"),
        ("from the ", "address range ", "address ranges ", "aws:SourceIp", "198.18.0.200"),
        ("from the ", "address ", "addresses ", "aws:SourceIp", "198.18.0.200"),
        ("the request comes from the ", "address range ", "address ranges ", "aws:SourceIp", "198.18.0.200"),
        ("the request comes from the ", "address ", "addresses ", "aws:SourceIp", "198.18.0.200"),
        ("through the ", "service ", "services ", "kms:ViaService", "other.amazonaws.com"),
        ("the role is passed to the ", "service ", "services ", "iam:PassedToService", "other.amazonaws.com"),
        ("through the ", "VPC endpoint ", "VPC endpoints ", "aws:SourceVpce", "vpce-0000"),
        ("the request comes through the ", "VPC endpoint ", "VPC endpoints ", "aws:SourceVpce", "vpce-0000"),
    ] {
        let plain = |objects: &str| !objects.contains(['"', ':', '(']);
        if let Some(objects) = clause.strip_prefix(start).and_then(|rest| rest.strip_prefix(of)) {
            return plain(objects).then(|| is(key, &first(objects), other));
        }
        // `the request comes from the …` and `the request does not come from the …`, `… from any of the …`.
        let denied = start.replace(" goes ", " does not go ").replace(" comes ", " does not come ");
        let denied = denied.replace(" belongs ", " does not belong ").replace(" is passed ", " is not passed ");
        if denied != start {
            let begin = denied.trim_end_matches("the ");
            let one = clause.strip_prefix(&denied).and_then(|rest| rest.strip_prefix(of));
            let any = clause.strip_prefix(begin).and_then(|rest| rest.strip_prefix("any of the "));
            if let Some(objects) = one.or_else(|| any.and_then(|rest| rest.strip_prefix(several))) {
                return plain(objects).then(|| is_not(key, other, &first(objects)));
            }
        }
    }
    None
}

/// What compares a key with values; `named` is the key, where the sentence names it.
fn compared(clause: &str, named: Option<&str>) -> Option<Condition> {
    let of = |noun: &str| match named.filter(|_| !noun.starts_with("at least one ")) {
        Some(key) => Some((key.to_owned(), Set::Single)),
        None => key(noun),
    };
    let (early, late) = ("1999-01-01T00:00:00Z", "2099-01-01T00:00:00Z");
    for (words, good, bad) in [
        ("is at most ", "0", "1000000"),
        ("is less than ", "0", "1000000"),
        ("is greater than ", "1000000", "0"),
        ("is at least ", "1000000", "0"),
        ("is before ", early, late),
        ("is after ", late, early),
        ("is true", "true", "false"),
        ("is false", "false", "true"),
    ] {
        if let Some((noun, object)) = clause.split_once(&format!(" {words}")) {
            let date = words.contains("before") || words.contains("after");
            let known = object.is_empty() || date || object.parse::<f64>().is_ok();
            return of(noun).filter(|_| known).map(|(key, _)| is(&key, good, bad));
        }
    }
    // The verb stands right before a value; words like it may stand within the noun.
    let split = |verb: &str| {
        let word = format!(" {verb} ");
        let value = |(place, _): &(usize, &str)| clause[place + word.len()..].starts_with(['"', 'a']);
        let (place, _) = clause.match_indices(&word).find(value)?;
        Some((clause[..place].to_owned(), verb.to_owned(), clause[place + word.len()..].to_owned()))
    };
    let verbs =
        ["is neither", "matches neither", "starts with neither", "is not", "does not start with", "does not match"];
    let negated = verbs.into_iter().find_map(split);
    let not = negated.is_some();
    let verbs = ["is", "starts with", "ends with", "contains", "matches"];
    let (noun, verb, object) = negated.or_else(|| verbs.into_iter().find_map(split))?;
    let (noun, object) = (noun.as_str(), object.as_str());
    let first = match object.strip_prefix('"') {
        Some(text) => text.split_once('"')?.0,
        None => object.split([' ', ',']).next().filter(|word| word.starts_with("arn:"))?,
    };
    let (key, set) = of(noun)?;
    let hit = match verb {
        _ if verb.contains("start") => format!("{first}x"),
        _ if verb.contains("end") => format!("x{first}"),
        _ if verb.contains("contain") => format!("x{first}x"),
        _ if verb.contains("match") => first.replace('*', "xyz").replace('?', "x"),
        _ => first.to_owned(),
    };
    let stranger =
        if first.starts_with("arn:") { "arn:aws:glacier:eu-north-1:999988887777:vaults/v" } else { "zz-other" };
    let (good, bad) = if not { (stranger.to_owned(), hit) } else { (hit, stranger.to_owned()) };
    // The sentence says `or` for several values: none of them is the other one.
    let bad = match set {
        Set::Every => vec![Some(vec![good.clone(), bad])],
        Set::None => {
            return Some(Condition { key, good: Some(vec![bad]), bad: vec![Some(vec![good])], also: vec![None] });
        }
        Set::Single if not => vec![Some(vec![bad])],
        _ => vec![Some(vec![bad]), None],
    };
    Some(Condition { key, good: Some(vec![good]), bad, also: vec![] })
}

/// How a condition looks at a key with several values.
enum Set {
    Single,
    Some,
    Every,
    None,
}

/// The key that a noun stands for.
fn key(noun: &str) -> Option<(String, Set)> {
    for (words, prefix) in [
        ("the caller's tag ", "aws:PrincipalTag/"),
        ("the request's tag ", "aws:RequestTag/"),
        ("the object's tag ", "s3:ExistingObjectTag/"),
        ("the resource's tag ", "aws:ResourceTag/"),
    ] {
        if let Some(tag) = noun.strip_prefix(words) {
            return Some((format!("{prefix}{}", quoted(tag)?), Set::Single));
        }
    }
    let known = match noun {
        "the prefix that is listed" => "s3:prefix",
        "the instance type" => "ec2:InstanceType",
        "the canned ACL that the request sets" => "s3:x-amz-acl",
        "the server-side encryption that the request asks for" => "s3:x-amz-server-side-encryption",
        "at least one tag key in the request" => return Some(("aws:TagKeys".into(), Set::Some)),
        "every tag key in the request (if there is any)" => return Some(("aws:TagKeys".into(), Set::Every)),
        "at least one AWS service that the call went through" => return Some(("aws:CalledVia".into(), Set::Some)),
        "the name of the service that the role is passed to" => "iam:PassedToService",
        "the number of seconds since the multi-factor authentication" => "aws:MultiFactorAuthAge",
        "no tag key in the request" => return Some(("aws:TagKeys".into(), Set::None)),
        "the time at which the caller's temporary credentials were issued" => "aws:TokenIssueTime",
        "the version of TLS" => "s3:TlsVersion",
        // A key that has no words.
        _ if noun.contains(':') && !noun.contains(' ') => noun,
        _ => return None,
    };
    Some((known.into(), Set::Single))
}
