//! Reading an access-denied message.

use super::NOUNS;
use crate::policy::PolicyType;

/// What an access-denied message says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
pub struct AccessDenied {
    /// Who was refused: an ARN, `anonymous`, a service. EC2's short message does not say.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub principal: Option<String>,
    /// The action, `service:Name`. EC2's short message does not say.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub action: Option<String>,
    /// The resource: an ARN, or a name such as `user ana` that some services print; without quotes.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub resource: Option<String>,
    /// The policy type that decided. Key policies are called resource-based policies.
    #[cfg_attr(feature = "serde", serde(serialize_with = "by_name", skip_serializing_if = "Option::is_none"))]
    pub policy_type: Option<PolicyType>,
    /// Whether a Deny statement decided, or the lack of an Allow; unknown for older messages.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub explicit: Option<bool>,
    /// The ARN of the policy with the Deny statement.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub policy_arn: Option<String>,
    /// The encoded message, for `sts:DecodeAuthorizationMessage`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub encoded_message: Option<String>,
    /// What follows and has no known form, such as S3's words about Block Public Access.
    pub rest: String,
}

#[cfg(feature = "serde")]
fn by_name<S: serde::Serializer>(policy_type: &Option<PolicyType>, serializer: S) -> Result<S::Ok, S::Error> {
    serde::Serialize::serialize(&policy_type.map(PolicyType::as_str), serializer)
}

const USER: &str = "User: ";
const NOT_AUTHORIZED: &str = "is not authorized to perform";
const RESOURCE: &str = "on resource:";
const BECAUSE_NO: &str = "because no ";
const EXPLICIT: &str = "with an explicit deny";
const ENCODED: &str = "Encoded authorization failure message:";
/// What can follow a resource that stands without quotes.
const AFTER_RESOURCE: [&str; 4] =
    [" because ", " with an explicit deny", ". Encoded authorization failure message:", " (Service: "];

/// Finds an access-denied message in a text, such as the output of a command. Line breaks count as
/// blanks. Nothing, if there is none, or one that tells nothing (`Access Denied`).
///
/// ```
/// use admittance::{PolicyType, access_denied};
///
/// let denied = access_denied::parse(
///     "User: arn:aws:iam::111122223333:user/ana is not authorized to perform: codecommit:ListRepositories \
///      because no service control policy allows the codecommit:ListRepositories action",
/// )
/// .unwrap();
/// assert_eq!(denied.action.as_deref(), Some("codecommit:ListRepositories"));
/// assert_eq!(denied.policy_type, Some(PolicyType::ServiceControl));
/// assert_eq!(denied.explicit, Some(false));
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<AccessDenied> {
    let text = join_lines(text);
    let Some((principal, action, mut tail)) = find(&text) else {
        let (_, message) = text.split_once(ENCODED)?;
        let (message, rest) = split_token(message);
        return Some(AccessDenied {
            encoded_message: message,
            rest: rest.trim().to_owned(),
            ..AccessDenied::default()
        });
    };
    let mut denied =
        AccessDenied { principal: Some(principal), action: Some(action.to_owned()), ..AccessDenied::default() };
    if let Some(after) = tail.strip_prefix(RESOURCE) {
        let (resource, after) = split_resource(after.trim_start());
        denied.resource = Some(resource.to_owned()).filter(|resource| !resource.is_empty());
        tail = after.trim_start();
    }
    let tail = denied.reason(tail);
    let (before, after) = match tail.split_once(ENCODED) {
        None => (tail, ""),
        Some((before, after)) => {
            let (message, after) = split_token(after);
            denied.encoded_message = message;
            (before, after)
        }
    };
    let rest = [before, after].map(|part| part.trim_matches(|c: char| c == '.' || c == ' '));
    denied.rest = rest.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    Some(denied)
}

impl AccessDenied {
    /// Writes what the message says as JSON text.
    #[cfg(feature = "serde")]
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the reason at the start of `tail` and gives what follows it. A reason of which only
    /// the effect is understood stays where it is.
    fn reason<'t>(&mut self, tail: &'t str) -> &'t str {
        if let Some(after) = tail.strip_prefix(BECAUSE_NO) {
            if let Some((policy_type, after)) = split_noun(after)
                && let Some(after) = split_allows(after)
            {
                self.policy_type = Some(policy_type);
                self.explicit = Some(false);
                return after;
            }
            if after.contains(" allows the ") {
                self.explicit = Some(false);
            }
            return tail;
        }
        let Some(after) = tail.strip_prefix(EXPLICIT) else { return tail };
        self.explicit = Some(true);
        let named = after.strip_prefix(" in ").and_then(|after| {
            let (article, after) = after.split_once(' ')?;
            ["a", "an", "the"].contains(&article).then_some(())?;
            split_noun(after)
        });
        let Some((policy_type, after)) = named else {
            return if after.starts_with(" in ") { tail } else { after };
        };
        self.policy_type = Some(policy_type);
        let arn = after.strip_prefix(", with policy ARN").unwrap_or(after);
        match arn.strip_prefix(':').map(split_token) {
            Some((Some(arn), after)) if arn.starts_with("arn:") => {
                self.policy_arn = Some(arn.trim_end_matches(['.', ',', ')']).to_owned());
                after
            }
            _ => after,
        }
    }
}

/// The caller, the action and what follows, of the first sentence that has them.
fn find(text: &str) -> Option<(String, &str, &str)> {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(USER) {
        rest = after;
        let Some((principal, after)) = after.trim_start().split_once(' ') else { continue };
        let Some(after) = after.trim_start().strip_prefix(NOT_AUTHORIZED) else { continue };
        let after = after.strip_prefix(':').unwrap_or(after).trim_start();
        let in_action = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '*' | ':');
        let (action, tail) = after.split_at(after.find(|c| !in_action(c)).unwrap_or(after.len()));
        match action.split_once(':') {
            Some((service, name)) if !service.is_empty() && !name.is_empty() && !name.contains(':') => {
                return Some((principal.to_owned(), action, tail.trim_start()));
            }
            _ => {}
        }
    }
    None
}

/// The resource at the start of a text: in quotes, or up to the reason.
fn split_resource(text: &str) -> (&str, &str) {
    if let Some((resource, after)) = text.strip_prefix('"').and_then(|text| text.split_once('"')) {
        return (resource, after);
    }
    let end = AFTER_RESOURCE.iter().filter_map(|marker| text.find(marker)).min();
    match end {
        Some(end) => text.split_at(end),
        None => (text.trim_end().trim_end_matches('.'), ""),
    }
}

/// The policy type that the text starts with.
fn split_noun(text: &str) -> Option<(PolicyType, &str)> {
    NOUNS.iter().find_map(|(policy_type, _, noun)| {
        let (start, after) = (text.get(..noun.len())?, text.get(noun.len()..)?);
        start.eq_ignore_ascii_case(noun).then_some((*policy_type, after))
    })
}

/// What follows ` allows the … action`.
fn split_allows(text: &str) -> Option<&str> {
    let (_action, after) = text.strip_prefix(" allows the ")?.split_once(' ')?;
    after.strip_prefix("action")
}

/// The first word of a text, and the rest.
fn split_token(text: &str) -> (Option<String>, &str) {
    let text = text.trim_start();
    let (token, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    (Some(token.to_owned()).filter(|token| !token.is_empty()), rest)
}

/// White space around a line break becomes one blank; other white space may be part of an S3 key.
fn join_lines(text: &str) -> String {
    let lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}
