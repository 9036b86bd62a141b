//! The policies of one evaluation, by where they are attached.

use crate::compile::CompiledPolicy;
use crate::options::EvaluationOptions;
use crate::policy::PolicyType;

/// Every policy that takes part in the decision.
#[derive(Clone, Debug, Default)]
pub struct PolicySet {
    /// The readings under which it is evaluated.
    pub options: EvaluationOptions,
    pub(crate) attached: Vec<Attached>,
    pub(crate) scp_levels: Option<Vec<Option<String>>>,
    /// The VPC endpoint is a gateway endpoint, in whose policy an account stands for its root user
    /// (SPEC G-43); `None` if that is not known.
    pub gateway_endpoint: Option<bool>,
    pub(crate) rcp_levels: Option<Vec<Option<String>>>,
}

/// A policy and, for organization policies, the level that it is attached to.
#[derive(Clone, Debug)]
pub(crate) struct Attached {
    pub policy: CompiledPolicy,
    pub level: Option<usize>,
}

impl PolicySet {
    /// A set without policies.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Attaches a policy where its type says. Gives the index by which results name it.
    ///
    /// Organization policies attached this way form a level of their own; see
    /// [`PolicySet::attach_level`].
    pub fn attach(&mut self, policy: CompiledPolicy) -> usize {
        match policy.policy_type() {
            PolicyType::ServiceControl | PolicyType::ResourceControl => {
                let first = self.attached.len();
                self.attach_level(policy.policy_type(), None, vec![policy]);
                first
            }
            _ => self.push(policy, None),
        }
    }

    /// Attaches the next level of the organization, from the root down to the account: a union
    /// within the level, an intersection across levels (SPEC O-01). A level without policies denies
    /// everything (SPEC D-03). Policies of another type than `organization_type` are attached as
    /// [`PolicySet::attach`] does.
    pub fn attach_level(&mut self, organization_type: PolicyType, name: Option<String>, policies: Vec<CompiledPolicy>) {
        let levels = match organization_type {
            PolicyType::ServiceControl => self.scp_levels.get_or_insert_default(),
            PolicyType::ResourceControl => self.rcp_levels.get_or_insert_default(),
            _ => {
                for policy in policies {
                    self.attach(policy);
                }
                return;
            }
        };
        levels.push(name);
        let level = levels.len() - 1;
        for policy in policies {
            self.push(policy, Some(level));
        }
    }

    /// Declares that the organization uses this type of policy, even if no level is attached yet.
    pub fn enable(&mut self, organization_type: PolicyType) {
        match organization_type {
            PolicyType::ServiceControl => self.scp_levels.get_or_insert_default(),
            PolicyType::ResourceControl => self.rcp_levels.get_or_insert_default(),
            _ => return,
        };
    }

    /// The policy with that index.
    #[must_use]
    pub fn policy(&self, index: usize) -> Option<&CompiledPolicy> {
        self.attached.get(index).map(|attached| &attached.policy)
    }

    fn push(&mut self, policy: CompiledPolicy, level: Option<usize>) -> usize {
        self.attached.push(Attached { policy, level });
        self.attached.len() - 1
    }

    pub(crate) fn has(&self, test: impl Fn(PolicyType) -> bool) -> bool {
        self.attached.iter().any(|attached| test(attached.policy.policy_type))
    }
}
