//! The calling principal.

use crate::arn::{Arn, is_account_id, partition};

/// Who calls (SPEC 5.10).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// The root user of an account.
    Root {
        /// `arn:aws:iam::111122223333:root`.
        arn: String,
        /// The account id.
        account: String,
    },
    /// An IAM user, with long-term credentials or with those of GetSessionToken.
    User {
        /// `arn:aws:iam::111122223333:user/path/name`.
        arn: String,
        /// The account id.
        account: String,
    },
    /// A session of a role.
    RoleSession {
        /// `arn:aws:sts::111122223333:assumed-role/ROLE/SESSION`; `None` if the session is not named.
        arn: Option<String>,
        /// `arn:aws:iam::111122223333:role/path/ROLE`.
        role_arn: String,
        /// The account id.
        account: String,
        /// The role's path was not given, so it was taken for `/` (SPEC M-41).
        path_assumed: bool,
        /// A service-linked role (SPEC O-05).
        service_linked: bool,
    },
    /// A session of GetFederationToken.
    FederatedUser {
        /// `arn:aws:sts::111122223333:federated-user/NAME`.
        arn: String,
        /// The IAM user that called GetFederationToken.
        federating_user_arn: Option<String>,
        /// The account id.
        account: String,
    },
    /// An AWS service that calls as itself.
    Service {
        /// `lambda.amazonaws.com`.
        name: String,
    },
    /// The caller of AssumeRoleWithSAML.
    Saml {
        /// The ARN of the SAML provider.
        provider: String,
    },
    /// The caller of AssumeRoleWithWebIdentity.
    WebIdentity {
        /// The ARN of the OIDC provider, or a built-in one such as `accounts.google.com`.
        provider: String,
    },
    /// An unsigned request.
    Anonymous,
}

/// What is wrong with a principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrincipalError {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: &'static str,
}

const FORMS: &str = "write the ARN of a user, an assumed-role session, a federated user, an account's root, a SAML or OIDC provider; or a service such as lambda.amazonaws.com; or anonymous";
/// Web identity providers that need no provider ARN (SPEC 1.5).
const WEB_IDENTITIES: [&str; 4] =
    ["accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com"];

impl Principal {
    /// Reads a principal from its ARN, service name, web identity provider, or `anonymous`.
    ///
    /// # Errors
    /// If the text names no principal that can call.
    pub fn parse(text: &str) -> Result<Self, PrincipalError> {
        let error = |message: String, help| Err(PrincipalError { message, help });
        if text == "anonymous" || text == "*" {
            return Ok(Self::Anonymous);
        }
        if WEB_IDENTITIES.contains(&text) {
            return Ok(Self::WebIdentity { provider: text.to_owned() });
        }
        if is_account_id(text) {
            return Ok(Self::Root { arn: format!("arn:aws:iam::{text}:root"), account: text.to_owned() });
        }
        let Some(arn) = Arn::parse(text) else {
            if text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn") {
                return Ok(Self::Service { name: text.to_owned() });
            }
            return error(format!("`{text}` names no principal"), FORMS);
        };
        let Some(account) = arn.account_id().map(str::to_owned) else {
            return error(format!("`{text}` has no account id of 12 digits"), FORMS);
        };
        let (kind, name) = arn.resource.split_once('/').unwrap_or((arn.resource, ""));
        let text = text.to_owned();
        match (arn.service, kind) {
            ("iam", "root") if name.is_empty() => Ok(Self::Root { arn: text, account }),
            ("iam", "user") if !name.is_empty() => Ok(Self::User { arn: text, account }),
            ("iam", "role") if !name.is_empty() => Ok(Self::RoleSession {
                arn: None,
                service_linked: name.starts_with("aws-service-role/"),
                role_arn: text,
                account,
                path_assumed: false,
            }),
            ("iam", "saml-provider") if !name.is_empty() => Ok(Self::Saml { provider: text }),
            ("iam", "oidc-provider") if !name.is_empty() => Ok(Self::WebIdentity { provider: text }),
            ("iam", "group") => {
                error("a group does not call".into(), "name a user; add the group's policies to the identity policies")
            }
            ("sts", "federated-user") if !name.is_empty() => {
                Ok(Self::FederatedUser { arn: text, federating_user_arn: None, account })
            }
            ("sts", "assumed-role") => match name.split_once('/') {
                Some((role, session)) if !role.is_empty() && !session.is_empty() => Ok(Self::RoleSession {
                    role_arn: format!("arn:{}:iam::{account}:role/{role}", arn.partition),
                    arn: Some(text),
                    account,
                    path_assumed: true,
                    service_linked: role.starts_with("AWSServiceRoleFor"),
                }),
                _ => error(
                    format!("`{text}` lacks the role or the session name"),
                    "write arn:aws:sts::111122223333:assumed-role/ROLE/SESSION",
                ),
            },
            _ => error(format!("`{text}` is no principal that calls"), FORMS),
        }
    }

    /// The account of the caller; none for services, federated callers of STS and anonymous ones.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        match self {
            Self::Root { account, .. }
            | Self::User { account, .. }
            | Self::RoleSession { account, .. }
            | Self::FederatedUser { account, .. } => Some(account),
            Self::Service { .. } | Self::Saml { .. } | Self::WebIdentity { .. } | Self::Anonymous => None,
        }
    }

    /// The most specific ARN or name, for messages.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Root { arn, .. } | Self::User { arn, .. } | Self::FederatedUser { arn, .. } => arn,
            Self::RoleSession { arn, role_arn, .. } => arn.as_deref().unwrap_or(role_arn),
            Self::Service { name } => name,
            Self::Saml { provider } | Self::WebIdentity { provider } => provider,
            Self::Anonymous => "anonymous",
        }
    }

    /// The partition of the caller's ARN.
    #[must_use]
    pub fn partition(&self) -> Option<&str> {
        partition(self.name())
    }

    /// Whether this is a service-linked role, which SCPs and RCPs do not bind (SPEC O-05, O-08).
    #[must_use]
    pub fn is_service_linked_role(&self) -> bool {
        matches!(self, Self::RoleSession { service_linked: true, .. })
    }
}
