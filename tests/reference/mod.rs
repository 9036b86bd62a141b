//! A plain and slow evaluator, written from the rules a second time and sharing nothing with the engine.
//!
//! It reads a scenario as JSON and decides each request. It knows what the generators of this crate produce: input
//! that the engine would refuse makes it panic. Where the rules leave open which gate is named, it names none.

mod condition;
mod principal;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use principal::{Caller, Class, Kind};

/// What a request comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// `Allow`, `ExplicitDeny`, `ImplicitDeny`.
    pub decision: &'static str,
    /// The gate that decided, where the rules say which.
    pub decided_by: Option<&'static str>,
}

/// The request context: keys in lower case.
pub type Context = BTreeMap<String, Entry>;

/// The value of a context key.
#[derive(Clone, Debug)]
pub struct Entry {
    multivalued: bool,
    values: Vec<String>,
}

/// The policy type that a document is used as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Identity,
    Resource,
    Boundary,
    Session,
    Scp,
    Rcp,
    Vpce,
}

/// One action on one resource.
struct Request<'a> {
    caller: &'a Caller,
    action: String,
    resource: String,
    resource_account: Option<String>,
    context: Context,
    has_boundary: bool,
}

/// The documents of a scenario.
struct Policies<'a> {
    identity: Vec<&'a Value>,
    resource: Vec<&'a Value>,
    boundary: Option<&'a Value>,
    session: Vec<&'a Value>,
    scps: Vec<Vec<&'a Value>>,
    rcps: Vec<Vec<&'a Value>>,
    vpce: Option<&'a Value>,
}

/// Decides every request of the scenario, in order.
pub fn evaluate(scenario: &Value) -> Vec<Outcome> {
    let policies = &scenario["policies"];
    let requests = scenario["requests"].as_array().expect("requests");
    requests.iter().map(|request| over_resources(policies, request)).collect()
}

/// Law 12 and M-32: every resource by itself; the first that is denied explicitly decides, else the first that is not
/// allowed.
fn over_resources(policies: &Value, request: &Value) -> Outcome {
    let resources = match &request["resource"] {
        Value::Null => vec!["*".to_owned()],
        list => strings(list),
    };
    let action = request["action"].as_str().expect("action");
    let mut actions = vec![action];
    if action.to_lowercase().starts_with("sts:assumerole") {
        actions.extend(further_actions(&request["context"]));
    }
    let mut outcomes = Vec::new();
    for resource in &resources {
        for action in &actions {
            outcomes.push(authorize(policies, request, action, resource));
        }
    }
    // M-32: further actions of the call, each with its own resources and context.
    let further = match &request["further"] {
        Value::Array(list) => list.iter().collect(),
        Value::Null => Vec::new(),
        single => vec![single],
    };
    for pair in further {
        let mut own = pair.clone();
        own["principal"] = request["principal"].clone();
        let mut context = request["context"].as_object().cloned().unwrap_or_default();
        for (key, value) in pair["context"].as_object().into_iter().flatten() {
            context.retain(|known, _| !known.eq_ignore_ascii_case(key));
            context.insert(key.clone(), value.clone());
        }
        own["context"] = Value::Object(context);
        outcomes.push(over_resources(policies, &own));
    }
    for denied in ["ExplicitDeny", "ImplicitDeny"] {
        if let Some(index) = outcomes.iter().position(|outcome| outcome.decision == denied) {
            return outcomes.swap_remove(index);
        }
    }
    let first = outcomes[0].decided_by;
    let same = outcomes.iter().all(|outcome| outcome.decided_by == first);
    Outcome { decision: "Allow", decided_by: if same { first } else { None } }
}

/// assuming a role with session tags or a source identity takes more actions.
fn further_actions(context: &Value) -> Vec<&'static str> {
    let passed = |name: &str| {
        context.as_object().into_iter().flatten().any(|(key, value)| {
            let key = key.to_lowercase();
            let named = key == name || (name.ends_with('/') && key.starts_with(name));
            named && !value.is_null() && value.as_array().is_none_or(|list| list.iter().any(|tag| tag != ""))
        })
    };
    let mut actions = Vec::new();
    if passed("aws:requesttag/") || passed("aws:tagkeys") || passed("sts:transitivetagkeys") {
        actions.push("sts:TagSession");
    }
    if passed("sts:sourceidentity") || passed("aws:sourceidentity") {
        actions.push("sts:SetSourceIdentity");
    }
    actions
}

fn authorize(scenario: &Value, request: &Value, action: &str, resource: &str) -> Outcome {
    let caller = Caller::read(&request["principal"]);
    let action = action.to_owned();
    let service = action.split(':').next().expect("service").to_lowercase();
    let in_arn = resource.split(':').nth(4).filter(|account| account.len() == 12).map(str::to_owned);
    let known_account = request["resourceAccount"].as_str().map(str::to_owned).or(in_arn);
    // What nobody says is taken to be the caller's own account.
    let resource_account = known_account.clone().or_else(|| caller.account.clone());
    let is_role = service == "sts" && resource.starts_with("arn:") && resource.contains(":role/");
    let is_key = resource.contains(":kms:") && resource.contains(":key/");
    let pol = Policies::read(scenario, is_role, is_key);
    let req = Request {
        context: context(&request["context"], &caller, known_account.as_deref()),
        caller: &caller,
        action,
        resource: resource.to_owned(),
        resource_account,
        has_boundary: pol.boundary.is_some(),
    };
    // D-36: an account number means one account in each partition.
    let partition = resource.split(':').nth(1).filter(|_| resource.starts_with("arn:"));
    let other_partition = caller.is_iam_principal() && partition.is_some_and(|other| caller.partition() != other);
    let same = caller.account.is_some() && caller.account == req.resource_account && !other_partition;
    let flag = |key: &str| request[key].as_bool().unwrap_or(false);

    //
    let lower = req.action.to_lowercase();
    let exempt_kinds: &[Kind] = match lower.as_str() {
        "sts:getcalleridentity" => &[Kind::User, Kind::Session, Kind::Federated, Kind::Root],
        "sts:getsessiontoken" => &[Kind::User, Kind::Root],
        _ => &[],
    };
    // D-24, D-25: what the credentials cannot call. Permissions that are no calls of their own stay.
    let federated = caller.kind == Kind::Federated;
    let refused = match lower.as_str() {
        "sts:getsessiontoken" => caller.get_session_token || !exempt_kinds.contains(&caller.kind),
        "sts:getcalleridentity" | "iam:passrole" => false,
        "sts:assumerole" | "sts:tagsession" | "sts:setsourceidentity" => federated,
        _ if service == "sts" => federated || caller.get_session_token,
        _ if service == "iam" => {
            let given = req.context.get("aws:multifactorauthpresent");
            let mfa = given.is_some_and(|mfa| !mfa.multivalued && mfa.values[0].to_lowercase() == "true");
            federated || caller.get_session_token && !mfa
        }
        _ => false,
    };
    if refused {
        return Outcome { decision: "ImplicitDeny", decided_by: Some("exempt") };
    }
    if exempt_kinds.contains(&caller.kind) {
        return allow(Some("exempt"));
    }

    // K-09: a grant covers some operations.
    let covered = GRANT_OPERATIONS.iter().any(|operation| lower == format!("kms:{}", operation.to_lowercase()));
    let granted = flag("kmsGrantAllows") && covered;
    let scps_apply = caller.is_iam_principal() && !caller.service_linked && !caller.in_management_account;
    let rcps_apply = !flag("resourceInManagementAccount")
        && RCP_SERVICES.contains(&service.as_str())
        && !caller.service_linked
        && lower != "kms:retiregrant"
        && !(service == "kms" && flag("awsManagedKey")) // O-08
        && !(service == "sts" && resource.contains(":role/aws-service-role/")) // O-08
        && resource != "*"; // O-09

    // 1. An explicit deny anywhere; D-13 is the one exception.
    let bucket_policy_action =
        ["s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"].contains(&lower.as_str());
    let owners_root = caller.kind == Kind::Root && same && bucket_policy_action;
    let mut documents: Vec<(&'static str, Type, &Value)> = Vec::new();
    if rcps_apply {
        documents.extend(pol.rcps.iter().flatten().map(|doc| ("rcp", Type::Rcp, *doc)));
    }
    if scps_apply {
        documents.extend(pol.scps.iter().flatten().map(|doc| ("scp", Type::Scp, *doc)));
    }
    documents.extend(pol.vpce.iter().map(|doc| ("vpce", Type::Vpce, *doc)));
    if !owners_root {
        documents.extend(pol.resource.iter().map(|doc| ("resource", Type::Resource, *doc)));
    }
    documents.extend(pol.identity.iter().map(|doc| ("identity", Type::Identity, *doc)));
    documents.extend(pol.boundary.iter().map(|doc| ("boundary", Type::Boundary, *doc)));
    documents.extend(pol.session.iter().map(|doc| ("session", Type::Session, *doc)));
    for (gate, kind, document) in documents {
        if !classes(document, kind, "Deny", &req).is_empty() {
            return Outcome { decision: "ExplicitDeny", decided_by: Some(gate) };
        }
    }

    // 2, 3. Every level has to allow.
    let allowed_at = |level: &Vec<&Value>, kind| level.iter().any(|doc| !classes(doc, kind, "Allow", &req).is_empty());
    if rcps_apply && !pol.rcps.iter().all(|level| allowed_at(level, Type::Rcp)) {
        return implicit("rcp");
    }
    if scps_apply && !pol.scps.iter().all(|level| allowed_at(level, Type::Scp)) {
        return implicit("scp");
    }
    // 4.
    if pol.vpce.is_some_and(|doc| classes(doc, Type::Vpce, "Allow", &req).is_empty()) {
        return implicit("vpce");
    }
    // 5.7: STS takes no root credentials for AssumeRole. Which gate is named is open.
    if caller.kind == Kind::Root && lower == "sts:assumerole" {
        return Outcome { decision: "ImplicitDeny", decided_by: None };
    }
    // D-36. Which gate is named is open.
    if other_partition {
        return Outcome { decision: "ImplicitDeny", decided_by: None };
    }
    // 5.
    let grants = Grants {
        classes: pol.resource.iter().flat_map(|doc| classes(doc, Type::Resource, "Allow", &req)).collect(),
        // a federated root user has everything on the identity side.
        identity: caller.is_federated_root()
            || pol.identity.iter().any(|doc| !classes(doc, Type::Identity, "Allow", &req).is_empty()),
        boundary: pol.boundary.is_none_or(|doc| !classes(doc, Type::Boundary, "Allow", &req).is_empty()),
        session: pol.session.is_empty()
            || pol.session.iter().any(|doc| !classes(doc, Type::Session, "Allow", &req).is_empty()),
        no_session_policy: pol.session.is_empty(),
        kms: granted,
    };
    // sts:AssumeRoot has no resource policy, so the resource's side is skipped.
    // a source identity that the session carries is passed on with the consent of both sides.
    let carried = request["context"].as_object().into_iter().flatten();
    let carried =
        carried.clone().any(|(key, value)| key.eq_ignore_ascii_case("aws:SourceIdentity") && !value.is_null());
    let both_sides = carried && lower == "sts:setsourceidentity";
    if (same || lower == "sts:assumeroot") && !both_sides {
        // D-21: STS and keys want the resource's policy even where the scenario has none.
        same_account(caller.kind, is_role || is_key, &grants)
    } else {
        // K-05 is about callers of other accounts; AWS services have none.
        let foreign = caller.account.is_some();
        let impossible = bucket_policy_action || (service == "kms" && foreign && !works_across_accounts(&lower));
        let anonymous_possible = ["s3", "sqs", "sns"].contains(&service.as_str());
        cross_account(caller.kind, &grants, impossible, anonymous_possible)
    }
}

/// What the granting documents come to.
struct Grants {
    classes: Vec<Class>,
    identity: bool,
    boundary: bool,
    session: bool,
    no_session_policy: bool,
    kms: bool,
}

impl Grants {
    fn any(&self, wanted: &[Class]) -> bool {
        self.classes.iter().any(|class| wanted.contains(class))
    }
}

/// SPEC 5.4.
fn same_account(kind: Kind, strict: bool, grants: &Grants) -> Outcome {
    if grants.kms {
        return allow(Some("grant"));
    }
    if matches!(kind, Kind::Service | Kind::Saml | Kind::Oidc) {
        return external(grants);
    }
    if kind == Kind::Root {
        return match (strict, grants.any(&[Class::Direct, Class::Wildcard])) {
            (true, true) => allow(Some("resource")),
            (true, false) => implicit("resource"),
            (false, _) => allow(Some("root")),
        };
    }
    if grants.any(&[Class::Direct, Class::Wildcard]) {
        return allow(Some("resource"));
    }
    let by_role = grants.any(&[Class::Role, Class::FedParent]);
    let by_id = grants.identity && (!strict || grants.any(&[Class::Account]) || by_role);
    if !by_role && !by_id {
        return implicit(if strict && grants.classes.is_empty() { "resource" } else { "identity" });
    }
    if !grants.boundary {
        return implicit("boundary");
    }
    if !grants.session || (grants.no_session_policy && kind == Kind::Federated) {
        return implicit("session");
    }
    allow(match (by_id, by_role) {
        (true, false) => Some("identity"),
        (false, true) => Some("resource"),
        _ => None,
    })
}

/// SPEC 5.5.
fn cross_account(kind: Kind, grants: &Grants, impossible: bool, anonymous_possible: bool) -> Outcome {
    if grants.kms {
        return allow(Some("grant"));
    }
    if impossible || (kind == Kind::Anonymous && !anonymous_possible) {
        return implicit("resource");
    }
    if matches!(kind, Kind::Anonymous | Kind::Service | Kind::Saml | Kind::Oidc) {
        return external(grants);
    }
    if kind == Kind::Root {
        let named = grants.any(&[Class::Direct, Class::Wildcard]);
        return if named { allow(Some("resource")) } else { implicit("resource") };
    }
    if !grants.identity {
        return implicit("identity");
    }
    if !grants.boundary {
        return implicit("boundary");
    }
    if !grants.session || (grants.no_session_policy && kind == Kind::Federated) {
        return implicit("session");
    }
    if grants.classes.is_empty() {
        return implicit("resource");
    }
    allow(Some("identity+resource"))
}

fn external(grants: &Grants) -> Outcome {
    if grants.any(&[Class::Wildcard, Class::Service, Class::Federated]) {
        allow(Some("resource"))
    } else {
        implicit("resource")
    }
}

fn allow(decided_by: Option<&'static str>) -> Outcome {
    Outcome { decision: "Allow", decided_by }
}

fn implicit(gate: &'static str) -> Outcome {
    Outcome { decision: "ImplicitDeny", decided_by: Some(gate) }
}

/// The matching statements of one effect, as the classes in which they name the caller.
fn classes(document: &Value, kind: Type, effect: &str, req: &Request<'_>) -> Vec<Class> {
    let variables = document["Version"] == "2012-10-17";
    let statements = match &document["Statement"] {
        Value::Array(list) => list.iter().collect(),
        single => vec![single],
    };
    let mut found = Vec::new();
    for statement in statements {
        if statement["Effect"] == effect
            && action(statement, &req.action)
            && resource(statement, kind, req, variables)
            && condition::block(statement.get("Condition"), &req.context, variables)
        {
            found.extend(match kind {
                Type::Identity | Type::Boundary | Type::Session | Type::Scp => vec![Class::Wildcard],
                Type::Resource | Type::Rcp | Type::Vpce => {
                    principal::classes(statement, req.caller, kind != Type::Resource, req.has_boundary)
                }
            });
        }
    }
    found
}

/// SPEC 2.2.
fn action(statement: &Value, action: &str) -> bool {
    let matches = |patterns: &[String]| {
        patterns.iter().any(|pattern| {
            if pattern == "*" || pattern == "*:*" {
                return true;
            }
            let Some((service, name)) = pattern.split_once(':') else { return false };
            let (wanted_service, wanted_name) = action.split_once(':').expect("an action has a colon");
            let name = text::pattern(&name.to_lowercase(), false, &Context::new()).expect("no variables here");
            service.eq_ignore_ascii_case(wanted_service) && text::glob(&name, &wanted_name.to_lowercase())
        })
    };
    match (statement.get("Action"), statement.get("NotAction")) {
        (Some(patterns), _) => matches(&strings(patterns)),
        (None, Some(patterns)) => !strings(patterns).is_empty() && !matches(&strings(patterns)),
        (None, None) => false,
    }
}

/// SPEC 2.3.
fn resource(statement: &Value, kind: Type, req: &Request<'_>, variables: bool) -> bool {
    let completes = matches!(kind, Type::Identity | Type::Boundary);
    let service = req.action.split(':').next().expect("service").to_lowercase();
    let matches = |pattern: &String| {
        let Some(tokens) = text::pattern(pattern, variables, &req.context) else { return false };
        match req.resource.as_str() {
            "*" => text::covers_service(&tokens, &service, completes),
            arn => text::resource(&tokens, arn, completes),
        }
    };
    match (statement.get("Resource"), statement.get("NotResource")) {
        (Some(patterns), _) => strings(patterns).iter().any(matches),
        (None, Some(patterns)) => {
            let patterns = strings(patterns);
            // M-31: for a request without a resource only a listed star counts.
            let listed = if req.resource == "*" {
                patterns.iter().any(|pattern| pattern == "*")
            } else {
                patterns.iter().any(matches)
            };
            !patterns.is_empty() && !listed
        }
        // A role trust policy has no resource; in a key policy such a statement has no effect (K-06).
        (None, None) => kind == Type::Resource && !(service == "kms" && req.resource != "*"),
    }
}

/// SPEC 6.1 and 6.4: the given context, and what follows from the caller and the resource.
fn context(given: &Value, caller: &Caller, resource_account: Option<&str>) -> Context {
    let mut context = Context::new();
    let mut derive = |key: &str, value: &str| {
        context.insert(key.to_owned(), Entry { multivalued: false, values: vec![value.to_owned()] });
    };
    for (key, value) in caller.derived_keys() {
        derive(key, &value);
    }
    derive("aws:viaawsservice", "false");
    derive("aws:securetransport", "true");
    if let Some(account) = resource_account {
        derive("aws:resourceaccount", account);
    }
    let mut given_before = BTreeSet::new();
    for (key, value) in given.as_object().into_iter().flatten() {
        let key = key.to_lowercase();
        // SPEC 1.3: of keys that differ only in case the first one counts.
        if !given_before.insert(key.clone()) {
            continue;
        }
        match value {
            Value::Null => context.remove(&key),
            value => context.insert(key, Entry { multivalued: value.is_array(), values: strings(value) }),
        };
    }
    context
}

/// A string or list of strings; numbers and booleans as their text.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().flat_map(strings).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Bool(_) | Value::Number(_) => vec![value.to_string()],
        _ => panic!("not a string: {value}"),
    }
}

impl<'a> Policies<'a> {
    fn read(policies: &'a Value, is_role: bool, is_key: bool) -> Self {
        let list = |key: &str| policies[key].as_array().into_iter().flatten().collect::<Vec<&'a Value>>();
        let documents = |key: &str| list(key).into_iter().map(document).collect();
        let levels = |key: &str| {
            let level = |level: &'a Value| level["policies"].as_array().into_iter().flatten().map(document).collect();
            list(key).into_iter().map(level).collect()
        };
        Self {
            identity: documents("identity"),
            // Trust policies are about assuming their role, key policies about using their key.
            resource: list("resource")
                .into_iter()
                .filter(|policy| (policy["kind"] != "role-trust" || is_role) && (policy["kind"] != "kms-key" || is_key))
                .map(document)
                .collect(),
            boundary: policies.get("permissionsBoundary").map(document),
            session: documents("session"),
            scps: levels("serviceControl"),
            rcps: levels("resourceControl"),
            vpce: policies.get("vpcEndpoint").map(document),
        }
    }
}

/// A policy is given as the document itself or as an object that holds it.
fn document(policy: &Value) -> &Value {
    policy.get("document").unwrap_or(policy)
}

/// K-05: the KMS operations that another account can be allowed.
fn works_across_accounts(action: &str) -> bool {
    let name = action.trim_start_matches("kms:");
    ["reencrypt", "generatedatakey", "generaterandom"].iter().any(|start| name.starts_with(start))
        || [
            "encrypt",
            "decrypt",
            "sign",
            "verify",
            "generatemac",
            "verifymac",
            "derivesharedsecret",
            "creategrant",
            "describekey",
            "getkeyrotationstatus",
            "getpublickey",
            "listgrants",
            "retiregrant",
            "revokegrant",
        ]
        .contains(&name)
}

/// K-09: what CreateGrant takes as operations.
const GRANT_OPERATIONS: &[&str] = &[
    "CreateGrant",
    "Decrypt",
    "DeriveSharedSecret",
    "DescribeKey",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateMac",
    "GetPublicKey",
    "ReEncryptFrom",
    "ReEncryptTo",
    "RetireGrant",
    "Sign",
    "Verify",
    "VerifyMac",
];

/// O-10, as far as the generators use it.
const RCP_SERVICES: &[&str] = &["s3", "sqs", "kms", "sts", "dynamodb", "secretsmanager"];
