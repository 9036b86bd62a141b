//! Random scenarios over small alphabets, so that statements often match.
//!
//! One seed gives one scenario. Everything in it is input that AWS would accept, and is inside what the rules decide:
//! what they leave open (SPEC §11) is left out.

use serde_json::{Map, Value, json};

/// The account that owns every resource.
pub const OWNER: &str = "111122223333";
/// Another account.
pub const OTHER: &str = "444455556666";

/// A stream of choices that depends on the seed alone (SplitMix64).
pub struct Choices(u64);

impl Choices {
    /// The choices that belong to a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % bound.max(1) as u64).unwrap_or_default()
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// One of the list.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    fn text(&mut self, list: &[&str]) -> String {
        (*self.pick(list)).to_owned()
    }

    /// Puts the list into another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(end + 1));
        }
    }
}

/// Actions that no policy governs, or that temporary credentials cannot call (SPEC R-13, D-24, D-25).
pub const CREDENTIAL_ACTIONS: [&str; 6] = [
    "iam:GetUser",
    "iam:PassRole",
    "IAM:ListUsers",
    "sts:GetCallerIdentity",
    "sts:GetSessionToken",
    "sts:GetFederationToken",
];

const MFA: &str = "aws:MultiFactorAuthPresent";

/// What kind of resource the scenario is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flavor {
    Storage,
    Queue,
    Key,
    Trust,
    NoResource,
}

/// Which policy type a document is made for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Identity,
    Resource,
    Boundary,
    Session,
    Scp,
    Rcp,
    Vpce,
}

struct World {
    flavor: Flavor,
    kind: &'static str,
    account: &'static str,
    actions: &'static [&'static str],
    patterns: &'static [&'static str],
    resources: &'static [&'static str],
}

/// The scenario that belongs to a seed: one request, under policies of every type.
pub fn scenario(seed: u64) -> Value {
    with_requests(seed, 1)
}

/// The same with several requests, by callers of one kind for actions of one service.
pub fn with_requests(seed: u64, count: u64) -> Value {
    let mut choices = Choices::new(seed);
    let world = World::new(&mut choices);
    let request = world.request(&mut choices);
    let mut policies = Map::new();
    let c = &mut choices;
    let iam = ["user", "session", "federated"].contains(&world.kind);
    if iam {
        let documents = if c.percent(12) { 0 } else { 1 + c.below(2) };
        policies.insert("identity".into(), (0..documents).map(|_| world.document(c, Use::Identity)).collect());
        if c.percent(20) {
            policies.insert("permissionsBoundary".into(), world.document(c, Use::Boundary));
        }
        let passed = match world.kind {
            "session" => 25,
            "federated" => 75,
            _ => 0,
        };
        if c.percent(passed) {
            let documents = 1 + c.below(2);
            policies.insert("session".into(), (0..documents).map(|_| world.document(c, Use::Session)).collect());
        }
    }
    let strict = matches!(world.flavor, Flavor::Key | Flavor::Trust);
    if strict || (world.flavor != Flavor::NoResource && c.percent(60)) {
        let document = world.document(c, Use::Resource);
        let policy = match world.flavor {
            Flavor::Key => json!({ "kind": "kms-key", "document": document }),
            Flavor::Trust => json!({ "kind": "role-trust", "document": document }),
            _ => document,
        };
        policies.insert("resource".into(), json!([policy]));
    }
    // Whether N-04 is about federated users of a user with a boundary, AWS does not say.
    if world.kind == "federated"
        && policies.get("resource").is_some_and(|list| list.to_string().contains("NotPrincipal"))
    {
        policies.remove("permissionsBoundary");
    }
    if c.percent(30) {
        policies.insert("serviceControl".into(), world.levels(c, Use::Scp));
    }
    if c.percent(20) {
        policies.insert("resourceControl".into(), world.levels(c, Use::Rcp));
    }
    if c.percent(12) {
        policies.insert("vpcEndpoint".into(), world.document(c, Use::Vpce));
    }
    let further = (1..count).map(|_| world.request(c));
    let requests: Vec<Value> = std::iter::once(request).chain(further).collect();
    json!({ "policies": policies, "requests": requests })
}

impl World {
    fn new(c: &mut Choices) -> Self {
        let flavor = match c.below(100) {
            0..50 => Flavor::Storage,
            50..65 => Flavor::Queue,
            65..80 => Flavor::Key,
            80..93 => Flavor::Trust,
            _ => Flavor::NoResource,
        };
        let kind = match (flavor, c.below(100)) {
            (Flavor::Trust, 0..10) => "oidc",
            (Flavor::NoResource, 0..50) => "user",
            (Flavor::NoResource, _) => "session",
            (_, 0..35) => "user",
            (_, 35..68) => "session",
            (_, 68..78) if flavor != Flavor::Trust => "federated",
            (_, 68..86) => "root",
            (_, 86..91) => "anonymous",
            (_, _) => "service",
        };
        let account = if flavor == Flavor::NoResource || c.percent(65) { OWNER } else { OTHER };
        let (actions, patterns, resources): (&[&str], &[&str], &[&str]) = match flavor {
            Flavor::Storage => (
                &["s3:GetObject", "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:PutBucketPolicy"],
                &["s3:*", "s3:Get*", "s3:*Object", "s3:?etObject", "*", "S3:getobject", "sqs:*", "*:*"],
                &[
                    "arn:aws:s3:::data/ana/a",
                    "arn:aws:s3:::data/blue/b:c",
                    "arn:aws:s3:::data/*",
                    "arn:aws:s3:::logs/x",
                ],
            ),
            Flavor::Queue => (
                &["sqs:SendMessage", "sqs:ReceiveMessage"],
                &["sqs:*", "sqs:Send*", "*", "SQS:sendmessage", "s3:*"],
                &["arn:aws:sqs:eu-west-1:111122223333:orders", "arn:aws:sqs:eu-west-1:111122223333:blue-jobs"],
            ),
            Flavor::Key => (
                &[
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:GenerateDataKeyPair",
                    "kms:RetireGrant",
                    "kms:ScheduleKeyDeletion",
                ],
                &["kms:*", "kms:De*", "*", "KMS:decrypt"],
                &["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
            ),
            Flavor::Trust if kind == "oidc" => (
                &["sts:AssumeRoleWithWebIdentity"],
                &["sts:*", "sts:AssumeRole*", "sts:AssumeRole"],
                &["arn:aws:iam::111122223333:role/app/Target"],
            ),
            Flavor::Trust => (
                &["sts:AssumeRole"],
                &["sts:*", "sts:AssumeRole*", "sts:TagSession", "STS:assumerole"],
                &["arn:aws:iam::111122223333:role/app/Target"],
            ),
            Flavor::NoResource => {
                (&["ec2:DescribeInstances", "ec2:DescribeVpcs"], &["ec2:*", "ec2:Describe*", "*", "s3:*"], &["*"])
            }
        };
        Self { flavor, kind, account, actions, patterns, resources }
    }

    fn request(&self, c: &mut Choices) -> Value {
        let resource = if self.resources.len() > 1 && c.percent(10) {
            json!([self.resources[0], self.resources[1]])
        } else {
            json!(c.pick(self.resources))
        };
        let mut request = json!({
            "principal": self.principal(c),
            "action": c.pick(self.actions),
            "resource": resource,
            "context": self.context(c),
        });
        if self.flavor == Flavor::Storage {
            request["resourceAccount"] = json!(OWNER);
        }
        if self.flavor == Flavor::Key && c.percent(12) {
            request["kmsGrantAllows"] = json!(true);
        }
        if self.flavor == Flavor::Key && c.percent(8) {
            request["awsManagedKey"] = json!(true);
        }
        // Calls that not all credentials can make.
        if c.percent(4) {
            request["action"] = json!(c.pick(&CREDENTIAL_ACTIONS));
            if c.percent(60) {
                let context = request["context"].as_object_mut().into_iter();
                context.for_each(|context| context.retain(|key, _| !key.eq_ignore_ascii_case(MFA)));
                request["context"][MFA] = json!(c.pick(&["true", "True", "false"]));
            }
        }
        if c.percent(5) {
            request["resourceInManagementAccount"] = json!(true);
        }
        request
    }

    fn principal(&self, c: &mut Choices) -> Value {
        let account = self.account;
        let mut principal = match self.kind {
            "user" => json!({ "arn": self.user(c.percent(50)) }),
            "session" if c.percent(6) => json!({
                "arn": format!("arn:aws:sts::{account}:assumed-role/AWSServiceRoleForX/s"),
                "roleArn": format!("arn:aws:iam::{account}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"),
                "serviceLinkedRole": true,
            }),
            "session" if c.percent(15) => json!({
                "arn": format!("arn:aws:iam::{account}:role/app/Worker"),
                "sessionName": "s1",
            }),
            "session" => json!({
                "arn": format!("arn:aws:sts::{account}:assumed-role/Worker/{}", c.pick(&["s1", "s2"])),
                "roleArn": format!("arn:aws:iam::{account}:role/app/Worker"),
            }),
            "federated" => json!({
                "arn": format!("arn:aws:sts::{account}:federated-user/carol"),
                "federatingUserArn": self.user(true),
            }),
            "root" => json!({ "arn": format!("arn:aws:iam::{account}:root") }),
            "anonymous" => return json!("anonymous"),
            "service" => return json!("events.amazonaws.com"),
            _ => return json!("arn:aws:iam::111122223333:oidc-provider/token.example.com"),
        };
        if c.percent(5) {
            principal["inManagementAccount"] = json!(true);
        }
        if ["user", "root"].contains(&self.kind) && c.percent(15) {
            principal["getSessionToken"] = json!(true);
        }
        let fields = principal.as_object().map_or(0, Map::len);
        if fields == 1 && c.percent(50) { principal["arn"].clone() } else { principal }
    }

    fn user(&self, ana: bool) -> String {
        format!("arn:aws:iam::{}:user/{}", self.account, if ana { "ana" } else { "team/bob" })
    }

    fn context(&self, c: &mut Choices) -> Value {
        let mut context = Map::new();
        context.insert("aws:CurrentTime".into(), json!(c.pick(&["2026-01-01T00:00:00Z", "2026-06-30T12:00:00Z"])));
        for key in KEYS.iter().filter(|key| !key.derived && key.name != "aws:CurrentTime") {
            // Session tags make AssumeRole take another action: not too often.
            let tags = ["aws:RequestTag/env", "aws:TagKeys"].contains(&key.name) && self.flavor == Flavor::Trust;
            if !c.percent(if tags { 12 } else { 60 }) {
                continue;
            }
            let value = if key.multivalued || c.percent(3) {
                let size = c.below(4);
                (0..size).map(|_| json!(c.pick(key.context))).collect()
            } else {
                json!(c.pick(key.context))
            };
            let name = if c.percent(10) { key.name.to_uppercase() } else { key.name.to_owned() };
            context.insert(name, value);
        }
        // What a service or provider brings along by itself is open (SPEC 6.4), so the request says it.
        for key in KEYS.iter().filter(|key| key.derived) {
            if ["service", "oidc"].contains(&self.kind) {
                context.insert(key.name.into(), Value::Null);
            } else if c.percent(4) {
                let value = if c.percent(50) { Value::Null } else { json!(c.pick(key.context)) };
                context.insert(key.name.into(), value);
            }
        }
        Value::Object(context)
    }

    fn levels(&self, c: &mut Choices, usage: Use) -> Value {
        let levels = 1 + c.below(3);
        (0..levels)
            .map(|_| {
                let mut policies = Vec::new();
                if usage == Use::Rcp {
                    policies.push(json!({ "Version": "2012-10-17", "Statement": {
                        "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" } }));
                } else if c.percent(85) {
                    policies.push(json!({ "Version": "2012-10-17", "Statement": {
                        "Effect": "Allow", "Action": "*", "Resource": "*" } }));
                }
                if policies.is_empty() || c.percent(40) {
                    policies.push(self.document(c, usage));
                }
                json!({ "policies": policies })
            })
            .collect()
    }

    fn document(&self, c: &mut Choices, usage: Use) -> Value {
        let count = 1 + c.below(3);
        let statements: Vec<Value> = (0..count).map(|_| self.statement(c, usage)).collect();
        let statements = if count == 1 && c.percent(30) { statements[0].clone() } else { json!(statements) };
        let mut document = json!({ "Statement": statements });
        if usage == Use::Rcp || !c.percent(10) {
            document["Version"] = json!("2012-10-17");
        } else if c.percent(70) {
            document["Version"] = json!("2008-10-17");
        }
        document
    }

    fn statement(&self, c: &mut Choices, usage: Use) -> Value {
        let deny = usage == Use::Rcp || c.percent(if usage == Use::Scp { 40 } else { 18 });
        let mut statement = json!({ "Effect": if deny { "Deny" } else { "Allow" } });
        match usage {
            Use::Rcp | Use::Vpce => statement["Principal"] = json!("*"),
            Use::Resource if deny && self.flavor == Flavor::Storage && c.percent(30) => {
                statement["NotPrincipal"] = self.not_principal(c);
            }
            Use::Resource => statement["Principal"] = self.principal_element(c),
            _ => {}
        }
        if usage != Use::Rcp && c.percent(10) {
            statement["NotAction"] = self.list(c, |world, c| world.action_pattern(c));
        } else if usage == Use::Rcp {
            let service = self.actions[0].split(':').next().unwrap_or_default();
            statement["Action"] = json!(if service == "ec2" { "s3:*".to_owned() } else { format!("{service}:*") });
        } else {
            statement["Action"] = self.list(c, |world, c| world.action_pattern(c));
        }
        let trust = usage == Use::Resource && self.flavor == Flavor::Trust;
        if !trust {
            let key_policy = usage == Use::Resource && self.flavor == Flavor::Key;
            let element = if c.percent(10) && !key_policy { "NotResource" } else { "Resource" };
            statement[element] =
                if key_policy { json!("*") } else { self.list(c, |world, c| world.resource_pattern(c, usage)) };
        }
        if c.percent(if deny { 70 } else { 40 }) {
            statement["Condition"] = self.condition(c);
        }
        statement
    }

    /// One to three values; a single one sometimes without the list.
    fn list(&self, c: &mut Choices, mut item: impl FnMut(&Self, &mut Choices) -> String) -> Value {
        let size = 1 + if c.percent(40) { c.below(3) } else { 0 };
        let items: Vec<String> = (0..size).map(|_| item(self, c)).collect();
        if size == 1 && c.percent(60) { json!(items[0]) } else { json!(items) }
    }

    fn action_pattern(&self, c: &mut Choices) -> String {
        if c.percent(50) { c.text(self.actions) } else { c.text(self.patterns) }
    }

    fn resource_pattern(&self, c: &mut Choices, usage: Use) -> String {
        if c.percent(35) {
            return "*".to_owned();
        }
        if c.percent(30) && self.flavor != Flavor::NoResource {
            return c.text(self.resources);
        }
        let completes = matches!(usage, Use::Identity | Use::Boundary);
        match self.flavor {
            Flavor::Storage if completes && c.percent(10) => c.text(&["arn:aws:s3", "arn:aws:s3:*", "arn:aws:sqs"]),
            Flavor::Storage => c.text(
                &[
                    "arn:aws:s3:::data/*",
                    "arn:aws:s3:::data/${aws:username}/*",
                    "arn:aws:s3:::data/${aws:PrincipalTag/team}/?:c",
                    "arn:aws:s3:::data/${aws:PrincipalTag/team, 'blue'}/*",
                    "arn:aws:s3:::data/${*}",
                    "arn:aws:s3:::*/a",
                    "arn:aws:s3:*:*:data/*a",
                    "arn:aws:s3:::data/????/b*",
                    "arn:aws:s3:*",
                    "arn:aws:s3:::DATA/*",
                    "arn:*:s3:::data/*",
                ][..if completes { 11 } else { 8 }],
            ),
            Flavor::Queue if completes && c.percent(15) => {
                c.text(&["arn:aws:sqs", "arn:aws:sqs:*:orders", "arn:aws:sqs:eu-west-1", "arn:aws:sqs:*"])
            }
            Flavor::Queue => c.text(&[
                "arn:aws:sqs:*:*:*",
                "arn:aws:sqs:eu-*-1:111122223333:orders",
                "arn:aws:sqs:eu-west-?:*:orders",
                "arn:aws:sqs:*:${aws:PrincipalAccount}:orders",
                "arn:aws:sqs:*:*:${aws:PrincipalTag/team}-*",
                "arn:aws:sqs:eu-west-1:444455556666:*",
            ]),
            Flavor::Key => c.text(&["arn:aws:kms:*:111122223333:key/*", "arn:aws:kms:eu-west-1:*:alias/*"]),
            Flavor::Trust => c.text(&["arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:role/app/T*"]),
            Flavor::NoResource => c.text(&[
                "arn:aws:ec2:*:*:instance/*",
                "arn:aws:ec2:*:*:*",
                "arn:aws:ec2:::*",
                "arn:aws:ec2:eu-west-1:*:*",
                "arn:aws:s3:*:*:*",
            ]),
        }
    }

    fn principal_element(&self, c: &mut Choices) -> Value {
        let trust = self.flavor == Flavor::Trust;
        if self.kind == "service" && c.percent(55) {
            return json!({ "Service": c.pick(&["events.amazonaws.com", "lambda.amazonaws.com"]) });
        }
        if self.kind == "oidc" && c.percent(70) {
            return json!({ "Federated": "arn:aws:iam::111122223333:oidc-provider/token.example.com" });
        }
        if c.percent(if self.kind == "anonymous" { 60 } else { 14 }) {
            return if trust || c.percent(50) { json!({ "AWS": "*" }) } else { json!("*") };
        }
        let aws = self.list(c, |world, c| world.principal_arn(c));
        if c.percent(10) {
            return json!({ "AWS": aws, "Service": "events.amazonaws.com" });
        }
        json!({ "AWS": aws })
    }

    fn principal_arn(&self, c: &mut Choices) -> String {
        let account = self.account;
        match (self.kind, c.below(10)) {
            (_, 0..2) => format!("arn:aws:iam::{account}:root"),
            (_, 2) => account.to_owned(),
            (_, 3) => format!("arn:aws:iam::{}:root", if account == OWNER { OTHER } else { OWNER }),
            ("session", 4..7) => format!("arn:aws:iam::{account}:role/app/Worker"),
            ("session", _) => format!("arn:aws:sts::{account}:assumed-role/Worker/{}", c.pick(&["s1", "s2"])),
            ("federated", 4..7) => format!("arn:aws:sts::{account}:federated-user/carol"),
            (_, _) => self.user(c.percent(70)),
        }
    }

    /// The caller and its parents, often with one of them left out.
    fn not_principal(&self, c: &mut Choices) -> Value {
        let account = self.account;
        let mut listed = vec![if c.percent(50) { account.to_owned() } else { format!("arn:aws:iam::{account}:root") }];
        match self.kind {
            "session" => {
                listed.push(format!("arn:aws:iam::{account}:role/app/Worker"));
                listed.push(format!("arn:aws:sts::{account}:assumed-role/Worker/s1"));
            }
            "federated" => listed.push(format!("arn:aws:sts::{account}:federated-user/carol")),
            "service" => return json!({ "Service": c.pick(&["events.amazonaws.com", "lambda.amazonaws.com"]) }),
            _ => listed.push(self.user(c.percent(70))),
        }
        if c.percent(30) {
            let left_out = c.below(listed.len());
            listed.remove(left_out);
        }
        c.shuffle(&mut listed);
        json!({ "AWS": listed })
    }

    fn condition(&self, c: &mut Choices) -> Value {
        let mut block = Map::new();
        for _ in 0..1 + c.below(2) {
            let key = c.pick(KEYS);
            let operator = operator(c, key);
            let values = values(c, key, &operator);
            let name = if c.percent(10) { key.name.to_lowercase() } else { key.name.to_owned() };
            let keys = block.entry(operator).or_insert_with(|| json!({}));
            if let Some(keys) = keys.as_object_mut() {
                // AWS refuses one key in two spellings of case.
                if !keys.keys().any(|other| other.eq_ignore_ascii_case(&name)) {
                    keys.insert(name, values);
                }
            }
        }
        Value::Object(block)
    }
}

struct Key {
    name: &'static str,
    multivalued: bool,
    /// Follows from the caller or the resource when the request does not say it.
    derived: bool,
    operators: &'static [&'static str],
    context: &'static [&'static str],
    policy: &'static [&'static str],
}

const STRING: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
];
const NUMERIC: &[&str] = &[
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
];
const DATE: &[&str] =
    &["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"];
const ARN: &[&str] = &["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"];

const KEYS: &[Key] = &[
    Key {
        name: "aws:PrincipalTag/team",
        multivalued: false,
        derived: false,
        operators: STRING,
        context: &["blue", "Blue", "red", "", "b*"],
        policy: &["blue", "red", "b*", "", "${aws:RequestTag/env}", "${aws:RequestTag/env, 'red'}", "bl?e", "b${*}"],
    },
    Key {
        name: "aws:RequestTag/env",
        multivalued: false,
        derived: false,
        operators: STRING,
        context: &["blue", "red", "${aws:username}"],
        policy: &["blue", "${aws:PrincipalTag/team}", "${AWS:principaltag/TEAM, ''}", "${aws:username}", "*e*", "x"],
    },
    Key {
        name: "aws:TagKeys",
        multivalued: true,
        derived: false,
        operators: STRING,
        context: &["a", "b", "c", ""],
        policy: &["a", "b", "?", "${aws:PrincipalTag/team}", "A"],
    },
    Key {
        name: "s3:max-keys",
        multivalued: false,
        derived: false,
        operators: NUMERIC,
        context: &["5", "10", "10.0", "-3", "abc"],
        policy: &["10", "5", "7.5", "-3.0", "9007199254740993", "x"],
    },
    Key {
        name: "svc:numbers",
        multivalued: true,
        derived: false,
        operators: NUMERIC,
        context: &["1", "2", "3.5"],
        policy: &["1", "2.0", "3"],
    },
    Key {
        name: "aws:CurrentTime",
        multivalued: false,
        derived: false,
        operators: DATE,
        context: &["2026-01-01T00:00:00Z"],
        policy: &["2026", "2026-01-01", "2026-06-30T14:00:00+02:00", "1782820800", "2026-03-01T00:00:00.5Z", "soon"],
    },
    Key {
        name: "aws:SourceIp",
        multivalued: false,
        derived: false,
        operators: &["IpAddress", "NotIpAddress"],
        context: &["203.0.113.9", "198.51.100.1", "2001:db8::1", "athena.amazonaws.com"],
        policy: &["203.0.113.0/24", "203.0.113.77/25", "198.51.100.1", "2001:db8::/32", "0.0.0.0/0", "::/0"],
    },
    Key {
        name: "aws:SourceArn",
        multivalued: false,
        derived: false,
        operators: ARN,
        context: &["arn:aws:sns:eu-west-1:111122223333:topic", "arn:aws:s3:::b:c", "no-arn"],
        policy: &[
            "arn:aws:sns:*:111122223333:top*",
            "arn:aws:s3:::b*",
            "arn:aws:s3:*:b:c",
            "arn:aws:*:*:*:*",
            "arn:aws:sns:eu-west-1:${aws:PrincipalAccount}:topic",
            "arn:aws:sns:eu-west-?:111122223333:${aws:PrincipalTag/team}",
        ],
    },
    Key {
        name: MFA,
        multivalued: false,
        derived: false,
        operators: &["Bool"],
        context: &["true", "false", "True"],
        policy: &["true", "false"],
    },
    Key {
        name: "svc:key",
        multivalued: false,
        derived: false,
        operators: &["BinaryEquals"],
        context: &["QUJD", "QUI=", "?"],
        policy: &["QUJD", "QUI=", "?"],
    },
    Key {
        name: "aws:username",
        multivalued: false,
        derived: true,
        operators: STRING,
        context: &["ana", "bob"],
        policy: &["ana", "Ana", "b*"],
    },
    Key {
        name: "aws:PrincipalArn",
        multivalued: false,
        derived: true,
        operators: &["ArnLike", "ArnNotLike", "ArnEquals", "ArnNotEquals", "StringLike", "StringEquals"],
        context: &["arn:aws:iam::111122223333:user/ana"],
        policy: &["arn:aws:iam::*:user/*", "arn:aws:iam::111122223333:role/app/Worker", "arn:aws:iam::*:root"],
    },
    Key {
        name: "aws:PrincipalType",
        multivalued: false,
        derived: true,
        operators: STRING,
        context: &["User"],
        policy: &["User", "AssumedRole", "account", "Anonymous", "F*"],
    },
    Key {
        name: "aws:PrincipalAccount",
        multivalued: false,
        derived: true,
        operators: &["StringEquals", "StringNotEquals"],
        context: &["111122223333"],
        policy: &["111122223333", "444455556666", "anonymous"],
    },
    Key {
        name: "aws:ResourceAccount",
        multivalued: false,
        derived: true,
        operators: &["StringEquals", "StringNotEquals"],
        context: &["111122223333"],
        policy: &["111122223333", "${aws:PrincipalAccount}"],
    },
    Key {
        name: "aws:SecureTransport",
        multivalued: false,
        derived: true,
        operators: &["Bool"],
        context: &["true", "false"],
        policy: &["true", "false"],
    },
];

fn operator(c: &mut Choices, key: &Key) -> String {
    let base = if c.percent(8) { "Null".to_owned() } else { c.text(key.operators) };
    let set = match c.below(100) {
        0..40 if key.multivalued => "ForAllValues:",
        40..80 if key.multivalued => "ForAnyValue:",
        0..4 => "ForAllValues:",
        4..8 => "ForAnyValue:",
        _ => "",
    };
    let if_exists = if base != "Null" && c.percent(25) { "IfExists" } else { "" };
    format!("{set}{base}{if_exists}")
}

fn values(c: &mut Choices, key: &Key, operator: &str) -> Value {
    if operator.ends_with("Null") {
        return json!(c.pick(&["true", "false"]));
    }
    let size = 1 + if c.percent(40) { c.below(3) } else { 0 };
    let mut values: Vec<&str> = (0..size).map(|_| *c.pick(key.policy)).collect();
    // More than one value for Bool is refused by some of AWS's checks.
    if operator.contains("Bool") {
        values.truncate(1);
    }
    if values.len() == 1 && c.percent(50) { json!(values[0]) } else { json!(values) }
}

/// One condition on one key, and a value for the key.
pub struct Comparison {
    /// A positive operator that has a negated form, without prefix and suffix.
    pub operator: String,
    /// The condition key.
    pub key: String,
    /// The values of the policy.
    pub policy: Value,
    /// The value in the request: a scalar, or a list for a multivalued key.
    pub context: Value,
}

/// A random comparison of values that all parse, without variables.
pub fn comparison(c: &mut Choices, multivalued: bool) -> Comparison {
    loop {
        let key = c.pick(KEYS);
        let positive: Vec<&&str> = key.operators.iter().filter(|operator| !operator.contains("Not")).collect();
        let operator = **c.pick(&positive);
        let parses = |text: &&&str| match operator {
            _ if text.contains("${") => false,
            _ if operator.starts_with("Numeric") => text.parse::<f64>().is_ok(),
            _ if operator.starts_with("Date") => text.starts_with(|c: char| c.is_ascii_digit()),
            _ => true,
        };
        let negatable = key.operators.iter().any(|operator| operator.contains("Not"));
        let policy: Vec<&&str> = key.policy.iter().filter(parses).collect();
        let context: Vec<&&str> = key.context.iter().filter(parses).collect();
        if !negatable || policy.is_empty() || context.is_empty() {
            continue;
        }
        let policy: Vec<&str> = (0..1 + c.below(3)).map(|_| **c.pick(&policy)).collect();
        let values: Vec<&str> = (0..if multivalued { c.below(4) } else { 1 }).map(|_| **c.pick(&context)).collect();
        return Comparison {
            operator: operator.to_owned(),
            key: key.name.to_owned(),
            policy: json!(policy),
            context: if multivalued { json!(values) } else { json!(values[0]) },
        };
    }
}

/// The smallest scenario that still has the property, by leaving out one part after the other.
pub fn minimize(scenario: &Value, interesting: impl Fn(&Value) -> bool) -> Value {
    let mut best = scenario.clone();
    loop {
        let smaller = reductions(&best).into_iter().find(|candidate| interesting(candidate));
        match smaller {
            Some(candidate) => best = candidate,
            None => return best,
        }
    }
}

/// The value with one member or element left out, anywhere in it; large parts first.
fn reductions(value: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    match value {
        Value::Object(members) => {
            for key in members.keys() {
                let mut fewer = members.clone();
                fewer.remove(key);
                found.push(Value::Object(fewer));
            }
            for (key, member) in members {
                for smaller in reductions(member) {
                    let mut changed = members.clone();
                    changed.insert(key.clone(), smaller);
                    found.push(Value::Object(changed));
                }
            }
        }
        Value::Array(elements) if !elements.is_empty() => {
            for index in 0..elements.len() {
                let mut fewer = elements.clone();
                fewer.remove(index);
                found.push(Value::Array(fewer));
            }
            for (index, element) in elements.iter().enumerate() {
                for smaller in reductions(element) {
                    let mut changed = elements.clone();
                    changed[index] = smaller;
                    found.push(Value::Array(changed));
                }
            }
        }
        _ => {}
    }
    found
}
