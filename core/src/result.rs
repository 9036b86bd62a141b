//! The outcome of an evaluation.

use crate::evaluate::{ElementKind, PrincipalClass, Truth};
use crate::policy::Effect;
use std::fmt;

/// The decision on a request.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Every gate passes and something grants.
    Allow,
    /// A Deny statement applies.
    ExplicitDeny,
    /// No Deny applies, but at some gate no Allow does either.
    ImplicitDeny,
}

impl Decision {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::ExplicitDeny => "ExplicitDeny",
            Self::ImplicitDeny => "ImplicitDeny",
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What decided: the gate that granted or blocked (SPEC 5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// The caller's identity-based policies.
    Identity,
    /// The resource's policy.
    Resource,
    /// The policy of the S3 access point.
    AccessPoint,
    /// S3's Block Public Access settings.
    BlockPublicAccess,
    /// The owner of an S3 object, if it is not the bucket's.
    ObjectOwner,
    /// Both, across accounts.
    IdentityAndResource,
    /// The permissions boundary.
    PermissionsBoundary,
    /// The session policies.
    Session,
    /// The service control policies.
    ServiceControl,
    /// The resource control policies.
    ResourceControl,
    /// The VPC endpoint policy.
    VpcEndpoint,
    /// The root user's own rules.
    Root,
    /// A KMS grant.
    Grant,
    /// The action needs no permission (SPEC R-13).
    Exempt,
}

impl Gate {
    /// All gates.
    pub const ALL: [Self; 14] = [
        Self::Identity,
        Self::Resource,
        Self::AccessPoint,
        Self::BlockPublicAccess,
        Self::ObjectOwner,
        Self::IdentityAndResource,
        Self::PermissionsBoundary,
        Self::Session,
        Self::ServiceControl,
        Self::ResourceControl,
        Self::VpcEndpoint,
        Self::Root,
        Self::Grant,
        Self::Exempt,
    ];

    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Resource => "resource",
            Self::AccessPoint => "access-point",
            Self::BlockPublicAccess => "block-public-access",
            Self::ObjectOwner => "object-owner",
            Self::IdentityAndResource => "identity+resource",
            Self::PermissionsBoundary => "boundary",
            Self::Session => "session",
            Self::ServiceControl => "scp",
            Self::ResourceControl => "rcp",
            Self::VpcEndpoint => "vpce",
            Self::Root => "root",
            Self::Grant => "grant",
            Self::Exempt => "exempt",
        }
    }
}

/// A decision and what made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The decision.
    pub decision: Decision,
    /// The gate that decided.
    pub decided_by: Gate,
    /// For an organization gate the level, from the root.
    pub level: Option<usize>,
    /// The statement that decided, if one did.
    pub deciding_statement: Option<StatementRef>,
}

/// A statement: the index of its policy in the [`crate::PolicySet`] and its own index there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatementRef {
    /// The policy's index in the set.
    pub policy: usize,
    /// The statement's index in the document.
    pub statement: usize,
}

/// What was found of one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementTrace {
    /// Which statement.
    pub statement: StatementRef,
    /// Its effect.
    pub effect: Effect,
    /// Whether every element matches.
    pub applies: Truth,
    /// How it names the caller.
    pub class: Option<PrincipalClass>,
    /// Whether its policy takes part in the decision; an SCP does not for the management account.
    pub takes_part: bool,
    /// What keeps it from applying: the action if that does not match, or else the first element that does not.
    /// [`crate::compared`] tells of all elements.
    pub fails: Option<ElementKind>,
}

/// What one gate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateTrace {
    /// The gate.
    pub gate: Gate,
    /// The organization level, from the root.
    pub level: Option<usize>,
    /// What it says.
    pub outcome: GateOutcome,
}

/// What a gate says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateOutcome {
    /// A Deny statement applies.
    Denies,
    /// An Allow statement applies.
    Passes,
    /// No Allow statement applies, and one is needed.
    Blocks,
    /// No Allow statement applies, and none is needed.
    NotNeeded,
    /// The gate does not bind this caller or resource.
    DoesNotApply,
    /// There is no such policy.
    Absent,
}

/// A decision and how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The decision.
    pub decision: Decision,
    /// What decided; for an implicit deny the first gate that failed.
    pub decided_by: Gate,
    /// The organization level of that gate, from the root.
    pub level: Option<usize>,
    /// The statement that decided, if one did.
    pub deciding_statement: Option<StatementRef>,
    /// Every statement, in the order of the policies in the set.
    pub statements: Vec<StatementTrace>,
    /// Every gate, in order.
    pub gates: Vec<GateTrace>,
    /// Remarks on the outcome.
    pub notes: Vec<Note>,
}

/// A remark: an assumption, or a point that AWS's documentation leaves open, that bears on the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The resource's account is not known, so the caller's was taken (SPEC 6.4).
    AssumedResourceAccount,
    /// The role's path is not known, so `/` was taken (SPEC M-41).
    AssumedRolePath,
    /// A `*` in a resource ARN crosses a colon (SPEC M-22).
    StarCrossesColons,
    /// A multivalued key was compared without a set operator (SPEC C-43).
    SeveralValues,
    /// `ForAnyValue:…IfExists` on a missing key (SPEC C-45).
    DisputedIfExists,
    /// `NotPrincipal` with Deny (SPEC N-03).
    NotPrincipal,
    /// A federated user covered by a wildcard (SPEC 5.3).
    WildcardCoversFederatedUser,
    /// No trust policy was given for the role.
    NoTrustPolicy,
    /// No key policy was given for the key.
    NoKeyPolicy,
    /// A boundary did not limit a trust policy that names the user (SPEC R-01).
    TrustGrantNotLimited,
    /// An S3 request from outside the account, of which only policies are known (SPEC 5.13).
    S3FactsMissing,
    /// Nothing is known of the access point's policy or of the bucket behind it (SPEC 5.13).
    AccessPointUnknown,
    /// An account in an endpoint policy, which a gateway endpoint reads as its root user (SPEC G-43).
    EndpointKind,
    /// A `CanonicalUser` principal, and the caller's canonical user id is not known.
    CanonicalUserUnknown,
    /// A user's temporary credentials may be those of GetSessionToken (SPEC D-24).
    SessionToken,
    /// `BlockPublicPolicy` refuses a new policy that is public.
    BlockPublicPolicy,
    /// A KMS grant was given for an operation that grants do not cover (SPEC K-09).
    NoGrantCovers,
}

impl Note {
    /// The remark as a sentence.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::AssumedResourceAccount => {
                "The resource's ARN names no account, so the caller's account was taken for it. Give the resource's account if it is another one."
            }
            Self::AssumedRolePath => {
                "A session's ARN does not hold the path of its role, so the path / was taken. Give the role's ARN if it has another path."
            }
            Self::StarCrossesColons => {
                "A resource matched only because a * at the end of an ARN part may cross colons. AWS's guides disagree on this: do not rely on it."
            }
            Self::SeveralValues => {
                "A condition key with several values was compared without ForAllValues or ForAnyValue: such a condition does not match, and for negated operators AWS's behavior is not documented."
            }
            Self::DisputedIfExists => {
                "A ForAnyValue…IfExists condition met a missing key: AWS's pages contradict each other, and the condition was taken to hold."
            }
            Self::NotPrincipal => {
                "Deny with NotPrincipal spares a caller only if its own ARN and all that it belongs to (role, account) are listed, and never one with a permissions boundary."
            }
            Self::WildcardCoversFederatedUser => {
                "A wildcard principal was taken to cover a federated user, as it covers users and roles; AWS does not say so."
            }
            Self::NoTrustPolicy => {
                "No trust policy was given for the role. A role can be assumed only if its trust policy allows it."
            }
            Self::NoKeyPolicy => {
                "No key policy was given. Nobody can use a KMS key unless its key policy, or a grant, allows it."
            }
            Self::TrustGrantNotLimited => {
                "The trust policy names the caller itself, so an implicit deny in its permissions boundary does not count; one AWS page says otherwise."
            }
            Self::S3FactsMissing => {
                "S3 can still refuse this: its Block Public Access settings, and whether another account owns the object, were not given."
            }
            Self::AccessPointUnknown => {
                "The request goes through an access point: its policy and that of the bucket have to allow. Give policies.accessPoint, and the bucket as s3.bucket."
            }
            Self::EndpointKind => {
                "The endpoint policy names an account. In the policy of a gateway endpoint this is its root user alone; the endpoint was taken for an interface endpoint. Give the policy's kind, gateway or interface."
            }
            Self::CanonicalUserUnknown => {
                "A statement names a CanonicalUser, and the caller's canonical user id was not given, so it was not taken for the caller."
            }
            Self::SessionToken => {
                "The caller is a user with temporary credentials. If they are those of GetSessionToken (getSessionToken of the principal), they cannot call this."
            }
            Self::BlockPublicPolicy => {
                "BlockPublicPolicy is on: S3 refuses the new policy if it is public. The new policy is not part of the request."
            }
            Self::NoGrantCovers => "A KMS grant was given, but no grant can cover this operation.",
        }
    }
}
