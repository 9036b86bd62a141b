//! The decision order (SPEC 5.2 to 5.8) over what the statements say.

use super::allows::{Allows, Levels};
use super::facts::Facts;
use super::principal::PrincipalClass as Class;
use super::s3::ObjectOwner;
use super::truth::Truth;
use crate::policy::ResourcePolicyKind;
use crate::result::Gate;

/// A chain of gates that all have to pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    pub allowed: Truth,
    /// The gate that grants if all pass, or the first that does not certainly pass.
    pub gate: Gate,
    /// The organization level of that gate.
    pub level: Option<usize>,
}

impl Path {
    /// A path that `gate` grants.
    fn granted_by(gate: Gate) -> Self {
        Self { allowed: Truth::True, gate, level: None }
    }

    fn blocked_by(gate: Gate) -> Self {
        Self { allowed: Truth::False, gate, level: None }
    }

    /// One more gate that has to pass.
    fn require(self, gate: Gate, passes: Truth) -> Self {
        self.require_level(gate, None, passes)
    }

    fn require_level(self, gate: Gate, level: Option<usize>, passes: Truth) -> Self {
        let allowed = self.allowed.and(passes);
        if self.allowed.is_true() && !passes.is_true() {
            Self { allowed, gate, level }
        } else {
            Self { allowed, ..self }
        }
    }

    /// Another way to be allowed; this one is preferred where both are.
    fn or(self, other: Self) -> Self {
        let allowed = self.allowed.or(other.allowed);
        if self.allowed.is_true() { self } else { Self { allowed, ..other } }
    }

    /// Both chains, this one first.
    fn then(self, next: Self) -> Self {
        if self.allowed.is_true() { next } else { Self { allowed: self.allowed.and(next.allowed), ..self } }
    }
}

/// Steps 2 to 5 of the master procedure: no explicit deny applies.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
pub(crate) fn authorize(facts: &Facts, allows: &Allows) -> Path {
    let mut path = Path::granted_by(Gate::Identity);
    for (gate, levels) in [(Gate::ResourceControl, &allows.rcp_levels), (Gate::ServiceControl, &allows.scp_levels)] {
        for (level, passes) in levels.iter().flat_map(Levels::iter).enumerate() {
            path = path.require_level(gate, Some(level), passes);
        }
    }
    if let Some(passes) = allows.vpc_endpoint {
        path = path.require(Gate::VpcEndpoint, passes);
    }
    if let Some(passes) = facts.s3.public_access {
        path = path.require(Gate::BlockPublicAccess, passes.into());
    }
    if let Some(own) = facts.s3.access_point {
        path = path.then(access_point(facts, allows, own));
    }
    path.then(match facts.s3.object_owner {
        Some(owner) => object_of_another(facts, allows, owner),
        None => both_sides(facts, allows),
    })
}

fn both_sides(facts: &Facts, allows: &Allows) -> Path {
    if facts.same_account { same_account(facts, allows) } else { cross_account(facts, allows) }
}

/// An access point is asked as its bucket is, and both have to allow (SPEC 5.13). `own`: it belongs to
/// the caller's account.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html>
pub(super) fn access_point(facts: &Facts, allows: &Allows, own: bool) -> Path {
    let facts = Facts { same_account: own, ..*facts };
    let path = both_sides(&facts, &Allows { classes: allows.access_point, ..allows.clone() });
    match path.gate {
        Gate::Resource => Path { gate: Gate::AccessPoint, ..path },
        _ => path,
    }
}

/// An object that another account than the bucket's owns (SPEC 5.13): the caller's account has to
/// allow, the bucket may deny, and the owner has to allow: by the object's ACL, or by the caller's
/// policies if it is the caller's account.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-auth-workflow-object-operation.html>
fn object_of_another(facts: &Facts, allows: &Allows, owner: ObjectOwner) -> Path {
    let by_owner = Path::granted_by(Gate::ObjectOwner).require(Gate::ObjectOwner, owner.acl_allows);
    if facts.is_outside_iam || facts.is_root && !owner.is_callers {
        return by_owner;
    }
    let of_caller = match (facts.is_root, facts.same_account) {
        (true, _) => Path::granted_by(Gate::Root),
        // The caller's account owns the bucket, so its policy counts as well.
        (false, true) => same_account(facts, allows),
        (false, false) => {
            limits(Path::granted_by(Gate::Identity).require(Gate::Identity, allows.identity), facts, allows)
        }
    };
    if owner.is_callers { of_caller } else { of_caller.then(by_owner) }
}

/// SPEC 5.4, and 5.7 and 5.8 for one account: the resource's policy or the caller's, but for roles
/// and KMS keys the resource's policy has to allow or delegate.
fn same_account(facts: &Facts, allows: &Allows) -> Path {
    if facts.grant {
        return Path::granted_by(Gate::Grant); // SPEC K-09
    }
    let direct = allows.classes.any(&[Class::Direct, Class::Wildcard]);
    if facts.is_outside_iam {
        return outside_iam(allows);
    }
    if facts.is_root {
        return match (facts.assumes_role, facts.is_strict()) {
            (true, _) => Path::blocked_by(Gate::Root), // STS refuses root credentials (SPEC 5.7)
            (false, true) => Path::granted_by(Gate::Resource).require(Gate::Resource, direct),
            (false, false) => Path::granted_by(Gate::Root),
        };
    }
    let by_role = allows.classes.any(&[Class::Role, Class::FederatingUser]);
    let delegated = Truth::from(!facts.is_strict()).or(allows.classes.any(&[Class::Account])).or(by_role);
    let by_identity = allows.identity.and(delegated);
    let named =
        allows.classes.any(&[Class::Direct, Class::Wildcard, Class::Role, Class::FederatingUser, Class::Account]);
    let lacking = if facts.is_strict() && !named.is_true() { Gate::Resource } else { Gate::Identity };
    let granted = if by_role.is_true() && !by_identity.is_true() { Gate::Resource } else { Gate::Identity };
    let limited = Path::granted_by(granted).require(lacking, by_role.or(by_identity));
    let mut named_directly = Path::granted_by(Gate::Resource).require(lacking, direct);
    if let (true, Some(boundary)) =
        (facts.kind == ResourcePolicyKind::RoleTrust && facts.options.trust_grant_limited_by_boundary, allows.boundary)
    {
        named_directly = named_directly.require(Gate::PermissionsBoundary, boundary); // SPEC R-01
    }
    named_directly.or(limits(limited, facts, allows))
}

/// SPEC 5.5, and 5.7 and 5.8 across accounts: both accounts have to allow.
fn cross_account(facts: &Facts, allows: &Allows) -> Path {
    if facts.grant {
        return Path::granted_by(Gate::Grant); // SPEC K-09
    }
    if facts.impossible_across_accounts {
        return Path::blocked_by(Gate::Resource); // SPEC S3-01, K-05, D-36, anonymous
    }
    if facts.is_outside_iam {
        return outside_iam(allows);
    }
    if facts.is_root {
        if facts.assumes_role {
            return Path::blocked_by(Gate::Root);
        }
        return Path::granted_by(Gate::Resource)
            .require(Gate::Resource, allows.classes.any(&[Class::Direct, Class::Wildcard]));
    }
    let caller = Path::granted_by(Gate::IdentityAndResource).require(Gate::Identity, allows.identity);
    let any_class = allows.classes.any(&Class::ALL);
    limits(caller, facts, allows).require(Gate::Resource, any_class)
}

/// Callers without identity-based policies: services, SAML and web identity callers, anonymous ones.
fn outside_iam(allows: &Allows) -> Path {
    let granted = allows.classes.any(&[Class::Wildcard, Class::Service, Class::Federated]);
    Path::granted_by(Gate::Resource).require(Gate::Resource, granted)
}

/// What limits the caller's own permissions (SPEC D-22, S-01 to S-04).
fn limits(path: Path, facts: &Facts, allows: &Allows) -> Path {
    let mut path = path;
    if let Some(boundary) = allows.boundary {
        path = path.require(Gate::PermissionsBoundary, boundary);
    }
    match allows.session {
        Some(session) => path.require(Gate::Session, session),
        // SPEC S-03: a federated user without a session policy has no permissions of its own.
        None if facts.is_federated_user => path.require(Gate::Session, Truth::False),
        None => path,
    }
}
