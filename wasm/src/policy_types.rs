//! The types that a document can be checked as, by name.

use admittance::{PolicyType, ResourcePolicyKind};

/// In the order in which JavaScript numbers them.
pub(crate) const POLICY_TYPES: [(&str, PolicyType); 10] = [
    ("identity", PolicyType::Identity),
    ("resource", PolicyType::Resource(ResourcePolicyKind::General)),
    ("role-trust", PolicyType::Resource(ResourcePolicyKind::RoleTrust)),
    ("kms-key", PolicyType::Resource(ResourcePolicyKind::KmsKey)),
    ("access-point", PolicyType::AccessPoint),
    ("boundary", PolicyType::PermissionsBoundary),
    ("session", PolicyType::Session),
    ("scp", PolicyType::ServiceControl),
    ("rcp", PolicyType::ResourceControl),
    ("vpce", PolicyType::VpcEndpoint),
];
