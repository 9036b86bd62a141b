//! Principals in words (SPEC 1.5).

use super::phrase::{Phrase, partition, quoted};
use crate::arn::{Arn, is_account_id};
use crate::policy::{Effect, PolicyType, PrincipalElement, PrincipalEntry, PrincipalKind, ResourcePolicyKind};

/// Who a statement is about, as the subject of a sentence: `nobody` where a Deny is about everybody.
pub(super) struct Subject {
    pub phrase: Phrase,
    /// The statement denies everybody, so that the sentence is `nobody may`.
    pub nobody: bool,
}

/// The most principals that a sentence lists.
const MOST: usize = 6;

pub(super) fn tell(
    element: &PrincipalElement,
    effect: Effect,
    policy_type: PolicyType,
    notes: &mut Vec<String>,
) -> Subject {
    let everybody = element.entries.iter().find(|entry| is_everybody(entry));
    let mut phrase = Phrase::default();
    let Some(entry) = everybody else {
        let delegates = effect == Effect::Allow && !element.negated && policy_type != PolicyType::VpcEndpoint;
        let mut items = Vec::new();
        for entry in &element.entries {
            let account = match (element.negated, delegates) {
                (true, _) => Account::Alone,
                (_, true) => Account::Delegates,
                _ => Account::Everybody,
            };
            items.push(Phrase::at(name(entry, account), entry.value.span));
            remark(entry, element.negated, policy_type, notes);
        }
        if element.negated {
            phrase.tell("everybody except", element.name_span);
            phrase.say(" ");
        }
        match items.is_empty() {
            true => phrase.tell("nobody", element.name_span),
            false => phrase.list(items, "and", MOST),
        }
        if element.negated && effect == Effect::Deny {
            // SPEC N-03, N-04.
            note(
                notes,
                "NotPrincipal exempts only whom it names exactly: a role's session, or a user, is denied unless its \
                 own ARN, its role and its account are all listed; and who has a permissions boundary is denied \
                 whether listed or not.",
            );
        }
        return Subject { phrase, nobody: false };
    };
    // Everybody except everybody.
    if element.negated {
        return Subject { phrase: Phrase::at("nobody", entry.value.span), nobody: false };
    }
    let nobody = effect == Effect::Deny;
    let text = match policy_type {
        _ if nobody => "nobody",
        PolicyType::ResourceControl | PolicyType::VpcEndpoint => "everybody",
        // What STS and KMS do takes credentials.
        PolicyType::Resource(ResourcePolicyKind::RoleTrust | ResourcePolicyKind::KmsKey) => {
            "everybody, in every account,"
        }
        _ => "everybody, even without signing in,",
    };
    phrase.tell(text, entry.value.span);
    Subject { phrase, nobody }
}

fn is_everybody(entry: &PrincipalEntry) -> bool {
    entry.kind == PrincipalKind::Everyone || entry.kind == PrincipalKind::Aws && *entry.value.value == *"*"
}

fn note(notes: &mut Vec<String>, text: &str) {
    if !notes.iter().any(|other| other == text) {
        notes.push(text.to_owned());
    }
}

/// What has to be added about a listed principal.
fn remark(entry: &PrincipalEntry, negated: bool, policy_type: PolicyType, notes: &mut Vec<String>) {
    let value = &*entry.value.value;
    let Some(arn) = Arn::parse(value) else {
        if policy_type == PolicyType::VpcEndpoint && is_account_id(value) {
            note(notes, GATEWAY);
        }
        return;
    };
    if arn.resource == "root" && policy_type == PolicyType::VpcEndpoint {
        note(notes, GATEWAY);
    }
    if arn.service == "iam" && arn.resource.starts_with("group/") && !negated {
        note(notes, "A group is no principal, so what names one matches nobody.");
    }
}

/// SPEC G-43.
const GATEWAY: &str = "In the policy of a gateway endpoint, an account stands for its root user alone.";

/// What it means to name an account (SPEC M-42, 5.3, N-03).
#[derive(Clone, Copy)]
enum Account {
    /// In an Allow it delegates.
    Delegates,
    /// A Deny is about everybody in it.
    Everybody,
    /// NotPrincipal exempts it, but not whom it holds.
    Alone,
}

/// A listed principal.
fn name(entry: &PrincipalEntry, of_account: Account) -> String {
    let value = &*entry.value.value;
    match entry.kind {
        PrincipalKind::Service => return format!("the AWS service {value}"),
        PrincipalKind::CanonicalUser => return format!("the account with the canonical user id {value}"),
        PrincipalKind::Federated => return federated(value),
        PrincipalKind::Aws | PrincipalKind::Everyone => {}
    }
    let account = |id: &str, partition: &str| match of_account {
        Account::Delegates => format!("the account {id}{partition} (its root user, and whom its own policies let)"),
        Account::Everybody => format!("every principal of the account {id}{partition}"),
        Account::Alone => format!("the account {id}{partition}"),
    };
    if is_account_id(value) {
        return account(value, "");
    }
    let Some(arn) = Arn::parse(value) else {
        // A unique id, as it stands after the identity was deleted (SPEC P-03).
        return format!("the identity with the unique id {value}");
    };
    let partition = partition(&arn);
    let of = format!(" of the account {}{partition}", arn.account);
    let named = |prefix: &str| arn.resource.strip_prefix(prefix).filter(|rest| !rest.is_empty());
    match arn.service {
        "iam" if arn.resource == "root" && is_account_id(arn.account) => account(arn.account, &partition),
        // SPEC 1.5: the user of a CloudFront distribution.
        "iam" if arn.account == "cloudfront" => match named("user/CloudFront Origin Access Identity ") {
            Some(id) => format!("the CloudFront origin access identity {id}{partition}"),
            None => value.to_owned(),
        },
        "iam" => match (named("user/"), named("role/"), named("group/")) {
            (Some(user), _, _) => format!("the user {user}{of}"),
            (_, Some(role), _) => format!("the role {role}{of}"),
            (_, _, Some(group)) => format!("the group {group}{of}"),
            _ => value.to_owned(),
        },
        "sts" => match (named("assumed-role/").and_then(|rest| rest.split_once('/')), named("federated-user/")) {
            (Some((role, session)), _) => format!("the session {session} of the role {role}{of}"),
            (_, Some(user)) => format!("the federated user {user}{of}"),
            _ => value.to_owned(),
        },
        _ => value.to_owned(),
    }
}

/// An identity provider's users.
fn federated(value: &str) -> String {
    let Some(arn) = Arn::parse(value) else { return format!("whoever signed in with {value}") };
    let of = format!("of the account {}{}", arn.account, partition(&arn));
    match arn.resource.split_once('/') {
        Some(("saml-provider", name)) => format!("whoever signed in with the SAML provider {name} {of}"),
        Some(("oidc-provider", host)) => format!("whoever signed in with the OIDC provider {host} {of}"),
        _ => format!("whoever signed in with {}", quoted(value)),
    }
}
