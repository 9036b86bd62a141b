//! A request: who calls, which action, on which resource, in which context.

mod derive;
mod principal;
mod s3;

pub use principal::{Principal, PrincipalError};
pub use s3::{BlockPublicAccess, ObjectAcl, S3Facts};

use crate::arn::{Arn, is_account_id, split_part};
use crate::context::{ContextEntry, KeyName, RequestContext, assign};
use crate::evaluate::{ActionHashes, Truth, kind_of};
use crate::policy::ResourcePolicyKind;
use s3::AccessPoint;

/// One (action, resource) pair to authorize (SPEC M-32).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-reqcontext.html>
#[derive(Clone, Debug)]
pub struct Request {
    /// Who calls.
    pub principal: Principal,
    action: String,
    folded_action: String,
    /// Under which the statements stand that may be about the action.
    action_hashes: ActionHashes,
    resource: String,
    /// The length of the action's service prefix.
    service: usize,
    /// What kind of resource-based policy the resource has.
    resource_kind: ResourcePolicyKind,
    /// The resource is an S3 access point, or an object behind one.
    is_access_point: bool,
    /// The account that owns the resource, if it is known.
    resource_account: Option<String>,
    assumed_account: bool,
    /// The caller belongs to the organization's management account, so no SCP applies (SPEC O-05).
    pub principal_in_management_account: bool,
    /// The resource belongs to the organization's management account, so no RCP applies (SPEC O-08).
    pub resource_in_management_account: bool,
    /// The KMS key is an AWS managed one, so no RCP applies (SPEC O-08).
    pub aws_managed_key: bool,
    /// A KMS grant covers this principal and operation (SPEC K-09).
    pub kms_grant_allows: bool,
    /// The user, or root user, calls with the credentials of GetSessionToken (SPEC D-24).
    pub get_session_token: bool,
    /// The canonical user id of the caller's account, to compare with `CanonicalUser` principals.
    pub canonical_user_id: Option<String>,
    /// What S3 looks at beside the policies (SPEC 5.13).
    pub s3: S3Facts,
    context: RequestContext,
}

/// The longest action, resource or value of a context key, in bytes. AWS's own are at most 2,048; some
/// patterns take time that grows with their length times this one.
pub const MAX_REQUEST_VALUE_BYTES: usize = 32 << 10;

/// What is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    /// The field: `action`, `resource`, `resourceAccount` or `context`.
    pub field: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: &'static str,
}

impl Request {
    /// A request. `resource` is an ARN, or `*` for an action without a resource (SPEC M-30);
    /// `resource_account` is needed where the ARN has no account and it is not the caller's.
    /// Keys of `context` win over the ones that are derived from the principal (SPEC 6.4).
    ///
    /// # Errors
    /// If the action is not `service:Name`, the resource neither an ARN nor `*`, the account not
    /// twelve digits, or a text longer than [`MAX_REQUEST_VALUE_BYTES`].
    pub fn new(
        principal: Principal,
        action: &str,
        resource: &str,
        resource_account: Option<&str>,
        context: RequestContext,
    ) -> Result<Self, RequestError> {
        for value in context.iter().flat_map(|(_, entry)| entry.values().unwrap_or_default()) {
            check_length("context", value)?;
        }
        let mut request = Self {
            principal,
            action: String::new(),
            folded_action: String::new(),
            action_hashes: ActionHashes::default(),
            resource: String::new(),
            service: 0,
            resource_kind: ResourcePolicyKind::General,
            is_access_point: false,
            resource_account: None,
            assumed_account: false,
            principal_in_management_account: false,
            resource_in_management_account: false,
            aws_managed_key: false,
            kms_grant_allows: false,
            get_session_token: false,
            canonical_user_id: None,
            s3: S3Facts::default(),
            context,
        };
        derive::of_caller(&request.principal, &mut request.context);
        request.aim(action, resource, resource_account)?;
        Ok(request)
    }

    /// Makes it a request for this action on this resource, by the same caller in the same context. What was
    /// derived from the action and the resource before is derived anew; all else that is known of the resource stays.
    ///
    /// # Errors
    /// As [`Request::new`]. Then nothing has changed.
    pub fn aim(&mut self, action: &str, resource: &str, resource_account: Option<&str>) -> Result<(), RequestError> {
        let another_action = self.action != action || action.is_empty();
        if another_action {
            check_length("action", action)?;
            check_action(action)?;
        }
        check_length("resource", resource)?;
        check_resource(resource)?;
        let arn = Arn::parse(resource);
        if let Some(account) = resource_account.filter(|account| !is_account_id(account)) {
            let message = format!("`{account}` is no account id");
            return Err(RequestError {
                field: "resourceAccount",
                message,
                help: "write 12 digits, such as 111122223333",
            });
        }
        if another_action {
            self.set_action(action);
        }
        assign(&mut self.resource, resource);
        self.resource_kind = kind_of(self.service(), arn);
        self.is_access_point = arn.and_then(AccessPoint::of).is_some();
        let named = resource_account.or_else(|| arn.and_then(|arn| arn.account_id()));
        self.assumed_account = named.is_none() && arn.is_some();
        let account = named.or(self.principal.account());
        if self.resource_account.as_deref() != account {
            self.resource_account = account.map(str::to_owned);
        }
        derive::of_target(self, arn);
        Ok(())
    }

    fn set_action(&mut self, action: &str) {
        assign(&mut self.action, action);
        self.folded_action = action.to_ascii_lowercase();
        self.action_hashes = ActionHashes::new(action);
        self.service = service_length(action);
    }

    /// Further actions that the call needs, or may need if keys are unknown: session tags and a source identity are authorized by
    /// themselves (SPEC 5.7, R-08).
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html>
    #[must_use]
    pub fn further_actions(&self) -> Vec<(&'static str, Truth)> {
        let mut actions = Vec::new();
        for (action, triggers) in FURTHER_ACTIONS {
            let needed = |truth: Truth| self.further_keys(truth).iter().any(|key| key.is_among(triggers));
            if needed(Truth::True) {
                actions.push((*action, Truth::True));
            } else if needed(Truth::Unknown) {
                actions.push((*action, Truth::Unknown));
            }
        }
        actions
    }

    /// Whether it is an action that may need further ones.
    pub(crate) fn may_need_further(&self) -> bool {
        ["sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity"].contains(&self.folded_action())
    }

    /// The keys whose presence calls for further actions: those that are present, or unknown.
    pub(crate) fn further_keys(&self, present: Truth) -> Vec<KeyName> {
        if !self.may_need_further() {
            return Vec::new();
        }
        let is = |entry: &ContextEntry| match entry {
            ContextEntry::Unknown => Truth::Unknown,
            entry => entry.values().is_some().into(),
        };
        let triggers = |key: &KeyName| FURTHER_ACTIONS.iter().any(|(_, triggers)| key.is_among(triggers));
        let keys = self.context.iter().filter(|(key, entry)| is(entry) == present && triggers(key));
        keys.map(|(key, _)| key.clone()).collect()
    }

    /// The same request for another action, as AssumeRole needs when it passes session tags.
    #[must_use]
    pub fn with_action(&self, action: &str) -> Self {
        let mut request = self.clone();
        request.set_action(action);
        request.resource_kind = kind_of(request.service(), Arn::parse(&request.resource));
        request
    }

    /// The action as given.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The action in lower case: actions compare without case (SPEC M-01).
    #[must_use]
    pub fn folded_action(&self) -> &str {
        &self.folded_action
    }

    /// The action's service prefix in lower case.
    #[must_use]
    pub fn service(&self) -> &str {
        self.folded_action.get(..self.service).unwrap_or_default()
    }

    pub(crate) fn action_hashes(&self) -> ActionHashes {
        self.action_hashes
    }

    pub(crate) fn resource_kind(&self) -> ResourcePolicyKind {
        self.resource_kind
    }

    /// The resource's ARN, or `*`.
    #[must_use]
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// The account that owns the resource: as given, as its ARN says, or else the caller's.
    #[must_use]
    pub fn resource_account(&self) -> Option<&str> {
        self.resource_account.as_deref()
    }

    /// Whether the caller's account was taken for the resource's, for want of anything better.
    #[must_use]
    pub fn resource_account_is_assumed(&self) -> bool {
        self.assumed_account && self.resource_account.is_some()
    }

    /// Whether caller and resource are in one account.
    #[must_use]
    pub fn is_same_account(&self) -> bool {
        self.principal.account().is_some() && self.principal.account() == self.resource_account()
    }

    /// The context, derived keys included.
    #[must_use]
    pub fn context(&self) -> &RequestContext {
        &self.context
    }

    /// The part of the context that was derived (SPEC 6.4), by the keys' names.
    #[must_use]
    pub fn derived_context(&self) -> Vec<(&KeyName, &ContextEntry)> {
        self.context.derived()
    }

    /// Sets a key of the context, also one that was derived: to a value, absent, or unknown (SPEC 4.8).
    pub fn set_context(&mut self, key: &str, entry: ContextEntry) {
        self.context.replace(key, entry);
    }
}

/// Actions that AssumeRole needs besides itself, and the keys that show it; a slash stands for any tag.
const FURTHER_ACTIONS: &[(&str, &[&str])] = &[
    ("sts:TagSession", &["aws:requesttag/", "aws:tagkeys", "sts:transitivetagkeys"]),
    ("sts:SetSourceIdentity", &["sts:sourceidentity", "aws:sourceidentity"]),
];

fn service_length(action: &str) -> usize {
    action.find(':').unwrap_or(action.len())
}

fn check_length(field: &'static str, text: &str) -> Result<(), RequestError> {
    if text.len() <= MAX_REQUEST_VALUE_BYTES {
        return Ok(());
    }
    let message = format!("a value of {} bytes; the limit is {MAX_REQUEST_VALUE_BYTES}", text.len());
    Err(RequestError { field, message, help: "no request that AWS authorizes carries so long a value; shorten it" })
}

pub(crate) fn check_action(action: &str) -> Result<(), RequestError> {
    let error = |message: String, help| Err(RequestError { field: "action", message, help });
    match split_part(action) {
        _ if action.bytes().any(|byte| matches!(byte, b'*' | b'?')) => {
            error(format!("`{action}` has a wildcard"), "a request is about one action, such as s3:GetObject")
        }
        Some((service, name))
            if !service.is_empty() && !name.is_empty() && !action.chars().any(char::is_whitespace) =>
        {
            Ok(())
        }
        _ => error(format!("`{action}` is no action"), "write service:Name, such as s3:GetObject"),
    }
}

pub(crate) fn check_resource(resource: &str) -> Result<(), RequestError> {
    if resource == "*" || Arn::parse(resource).is_some() {
        return Ok(());
    }
    Err(RequestError {
        field: "resource",
        message: format!("`{resource}` is neither an ARN nor *"),
        help: "write arn:partition:service:region:account:resource, such as arn:aws:s3:::my-bucket/key, or * if the action has no resource",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_no_request_carries_are_refused() {
        let request = |action: &str, resource: &str, value: &str| {
            let mut context = RequestContext::new();
            context.insert("aws:UserAgent", ContextEntry::Single(value.to_owned()));
            let ana = Principal::parse("arn:aws:iam::111122223333:user/ana").unwrap();
            Request::new(ana, action, resource, None, context).map_err(|error| error.field)
        };
        let long = "x".repeat(MAX_REQUEST_VALUE_BYTES);
        let (action, resource) = ("s3:GetObject", "arn:aws:s3:::b/k");
        assert!(request(action, resource, &long).is_ok());
        assert_eq!(request(action, resource, &format!("{long}x")).unwrap_err(), "context");
        assert_eq!(request(action, &format!("{resource}{long}"), "").unwrap_err(), "resource");
        assert_eq!(request(&format!("{action}{long}"), resource, "").unwrap_err(), "action");
    }
}
