//! Who calls, and how a `Principal` element names the caller (SPEC 2.4, 5.3, 5.9, 6.4).

use serde_json::Value;

use super::strings;

/// What kind of principal calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    User,
    Session,
    Federated,
    Root,
    Anonymous,
    Service,
    Saml,
    Oidc,
}

/// The class in which a statement names the caller: what limits the grant depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Direct,
    Wildcard,
    Role,
    FedParent,
    Account,
    Service,
    Federated,
}

/// The caller.
#[derive(Debug)]
pub struct Caller {
    pub kind: Kind,
    pub account: Option<String>,
    pub service_linked: bool,
    pub in_management_account: bool,
    /// D-24
    pub get_session_token: bool,
    /// The most specific name: an ARN, a service name, a provider.
    name: String,
    /// The role of a session, the user behind a federated user.
    parent: Option<String>,
}

impl Caller {
    pub fn read(principal: &Value) -> Self {
        let field = |key: &str| principal[key].as_str().map(str::to_owned);
        let flag = |key: &str| principal[key].as_bool().unwrap_or(false);
        let mut name = principal.as_str().map(str::to_owned).or_else(|| field("arn")).expect("a principal has an ARN");
        let parts: Vec<String> = name.splitn(6, ':').map(str::to_owned).collect();
        let account = parts.get(4).cloned();
        let mut parent = None;
        let kind = match parts.get(5).map(String::as_str) {
            None if name == "anonymous" => Kind::Anonymous,
            None if BUILT_IN_PROVIDERS.contains(&name.as_str()) => Kind::Oidc,
            None => Kind::Service,
            Some("root") => Kind::Root,
            Some(rest) if rest.starts_with("user/") => Kind::User,
            Some(rest) if rest.starts_with("saml-provider/") => Kind::Saml,
            Some(rest) if rest.starts_with("oidc-provider/") => Kind::Oidc,
            Some(rest) if rest.starts_with("federated-user/") => {
                parent = field("federatingUserArn");
                Kind::Federated
            }
            Some(rest) if rest.starts_with("assumed-role/") => {
                let role = rest.split('/').nth(1).expect("a role name");
                let plain = format!("arn:{}:iam::{}:role/{role}", parts[1], parts[4]);
                parent = Some(field("roleArn").unwrap_or(plain));
                Kind::Session
            }
            Some(rest) if rest.starts_with("role/") => {
                parent = Some(name.clone());
                let role = rest.rsplit('/').next().expect("a role name");
                let session = field("sessionName").expect("a session name");
                name = format!("arn:{}:sts::{}:assumed-role/{role}/{session}", parts[1], parts[4]);
                Kind::Session
            }
            Some(_) => panic!("what is {name}?"),
        };
        let service_role = parent.as_ref().is_some_and(|role| role.contains(":role/aws-service-role/"));
        Self {
            kind,
            account: account.filter(|_| !matches!(kind, Kind::Saml | Kind::Oidc)),
            service_linked: flag("serviceLinkedRole") || service_role,
            in_management_account: flag("inManagementAccount"),
            get_session_token: flag("getSessionToken"),
            name,
            parent,
        }
    }

    /// A principal of an account: what SCPs are about.
    pub fn is_iam_principal(&self) -> bool {
        matches!(self.kind, Kind::User | Kind::Session | Kind::Federated | Kind::Root)
    }

    /// The partition of the caller's ARN.
    pub fn partition(&self) -> &str {
        self.name.split(':').nth(1).expect("an ARN")
    }

    pub fn is_federated_root(&self) -> bool {
        self.kind == Kind::Federated && self.parent.as_ref().is_some_and(|parent| parent.ends_with(":root"))
    }

    fn root_arn(&self) -> Option<String> {
        let partition = self.name.split(':').nth(1)?;
        Some(format!("arn:{partition}:iam::{}:root", self.account.as_ref()?))
    }

    /// The keys of SPEC 6.4 that depend on the caller, as far as the generators use them.
    pub fn derived_keys(&self) -> Vec<(&'static str, String)> {
        let mut keys = Vec::new();
        let kind = match self.kind {
            Kind::User => "User",
            Kind::Session => "AssumedRole",
            Kind::Federated => "FederatedUser",
            Kind::Root => "Account",
            Kind::Anonymous => "Anonymous",
            Kind::Service => return vec![("aws:principalisawsservice", "true".to_owned())],
            Kind::Saml | Kind::Oidc => return keys,
        };
        keys.push(("aws:principaltype", kind.to_owned()));
        keys.push(("aws:principalaccount", self.account.clone().unwrap_or_else(|| "anonymous".to_owned())));
        match self.kind {
            Kind::Anonymous => keys.push(("aws:userid", "anonymous".to_owned())),
            Kind::Root => keys.push(("aws:userid", self.account.clone().unwrap_or_default())),
            Kind::Federated => {
                let name = self.name.rsplit('/').next().expect("a name");
                keys.push(("aws:userid", format!("{}:{name}", self.account.as_deref().unwrap_or_default())));
            }
            _ => {}
        }
        if self.kind != Kind::Anonymous {
            keys.push(("aws:principalisawsservice", "false".to_owned()));
            let arn = if self.kind == Kind::Session { self.parent.clone().expect("a role") } else { self.name.clone() };
            keys.push(("aws:principalarn", arn));
        }
        if self.kind == Kind::User {
            keys.push(("aws:username", self.name.rsplit('/').next().expect("a name").to_owned()));
        }
        keys
    }
}

const BUILT_IN_PROVIDERS: &[&str] =
    &["cognito-identity.amazonaws.com", "www.amazon.com", "graph.facebook.com", "accounts.google.com"];

/// The classes in which the statement names the caller; none: it does not.
///
/// In RCPs and VPC endpoint policies, which only limit, a star means everybody.
pub fn classes(statement: &Value, caller: &Caller, limiting: bool, has_boundary: bool) -> Vec<Class> {
    if let Some(principal) = statement.get("NotPrincipal") {
        let exempt = exempt(principal, caller);
        // N-04
        let bounded = has_boundary && matches!(caller.kind, Kind::User | Kind::Session | Kind::Federated);
        let denied_anyway = bounded && statement["Effect"] == "Deny";
        return if exempt && !denied_anyway { Vec::new() } else { vec![Class::Wildcard] };
    }
    let Some(principal) = statement.get("Principal") else { return Vec::new() };
    let everybody = limiting || statement["Effect"] == "Deny";
    let mut found = Vec::new();
    if principal == "*" {
        // An Allow for the bare star leaves out SAML and web identity callers, who need Federated.
        if everybody || !matches!(caller.kind, Kind::Saml | Kind::Oidc) {
            found.push(Class::Wildcard);
        }
        return found;
    }
    for (kind, values) in principal.as_object().expect("a principal is * or an object") {
        for value in strings(values) {
            found.extend(match kind.as_str() {
                "AWS" => aws(&value, caller, everybody),
                "Service" => (caller.kind == Kind::Service && caller.name == value).then_some(Class::Service),
                "Federated" => {
                    let federated = matches!(caller.kind, Kind::Saml | Kind::Oidc);
                    (federated && caller.name == value).then_some(Class::Federated)
                }
                _ => None,
            });
        }
    }
    found
}

fn aws(value: &str, caller: &Caller, everybody: bool) -> Option<Class> {
    if value == "*" {
        let covered = caller.is_iam_principal() || caller.kind == Kind::Anonymous;
        return (everybody || covered).then_some(Class::Wildcard);
    }
    if !caller.is_iam_principal() {
        return None;
    }
    if names_account(value, caller) {
        return Some(if caller.kind == Kind::Root { Class::Direct } else { Class::Account });
    }
    if value == caller.name {
        return Some(Class::Direct);
    }
    match caller.kind {
        Kind::Session if caller.parent.as_deref() == Some(value) => Some(Class::Role),
        Kind::Federated if caller.parent.as_deref() == Some(value) => Some(Class::FedParent),
        _ => None,
    }
}

fn names_account(value: &str, caller: &Caller) -> bool {
    caller.account.as_deref() == Some(value) || caller.root_arn().as_deref() == Some(value)
}

/// N-03: the caller itself is listed, and its parents are: its role, its account.
fn exempt(principal: &Value, caller: &Caller) -> bool {
    let lists = |kind: &str| principal.get(kind).map(strings).unwrap_or_default();
    match caller.kind {
        Kind::Anonymous => false,
        Kind::Service => lists("Service").contains(&caller.name),
        Kind::Saml | Kind::Oidc => lists("Federated").contains(&caller.name),
        Kind::User | Kind::Session | Kind::Federated | Kind::Root => {
            let listed = lists("AWS");
            let account = listed.iter().any(|value| names_account(value, caller));
            let itself = caller.kind == Kind::Root || listed.contains(&caller.name);
            let role = caller.kind != Kind::Session || caller.parent.as_ref().is_some_and(|role| listed.contains(role));
            account && itself && role
        }
    }
}
