//! The policies of one evaluation, by where they are attached.

use super::gate_of;
use super::index::ActionIndex;
use crate::compile::CompiledPolicy;
use crate::options::EvaluationOptions;
use crate::policy::PolicyType;
use crate::result::Gate;
use std::sync::Arc;

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
    pub(crate) index: ActionIndex,
    /// Where statements allow whatever is asked: they are known beforehand and not in the index.
    pub(crate) always: Vec<(Gate, Option<usize>)>,
    /// A bit for each gate that has a policy.
    gates: u16,
}

// Threads share a set: this compiles only if it is `Send` and `Sync`.
const _: () = {
    const fn shared<T: Send + Sync>() {}
    shared::<PolicySet>();
};

/// A policy and, for organization policies, the level that it is attached to.
#[derive(Clone, Debug)]
pub(crate) struct Attached {
    pub policy: Arc<CompiledPolicy>,
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
            _ => self.push(Arc::new(policy), None),
        }
    }

    /// Attaches the next level of the organization, from the root down to the account: a union
    /// within the level, an intersection across levels (SPEC O-01). A level without policies denies
    /// everything (SPEC D-03). Policies of another type than `organization_type` are attached as
    /// [`PolicySet::attach`] does.
    pub fn attach_level(&mut self, organization_type: PolicyType, name: Option<String>, policies: Vec<CompiledPolicy>) {
        let level = self.add_level(organization_type, name);
        for policy in policies {
            match level {
                Some(_) => self.push(Arc::new(policy), level),
                None => self.attach(policy),
            };
        }
    }

    /// The next level, still without policies.
    pub(crate) fn add_level(&mut self, organization_type: PolicyType, name: Option<String>) -> Option<usize> {
        let levels = self.levels(organization_type)?;
        levels.push(name);
        Some(levels.len() - 1)
    }

    fn levels(&mut self, organization_type: PolicyType) -> Option<&mut Vec<Option<String>>> {
        match organization_type {
            PolicyType::ServiceControl => Some(self.scp_levels.get_or_insert_default()),
            PolicyType::ResourceControl => Some(self.rcp_levels.get_or_insert_default()),
            _ => None,
        }
    }

    /// Declares that the organization uses this type of policy, even if no level is attached yet.
    pub fn enable(&mut self, organization_type: PolicyType) {
        self.levels(organization_type);
    }

    /// The policy with that index.
    #[must_use]
    pub fn policy(&self, index: usize) -> Option<&CompiledPolicy> {
        self.attached.get(index).map(|attached| &*attached.policy)
    }

    /// Puts another policy of the same type in the place of one, where that is attached; no other policy
    /// is compiled again. Tells whether there is such a place.
    pub fn replace(&mut self, index: usize, policy: CompiledPolicy) -> bool {
        match self.attached.get_mut(index) {
            Some(attached) if attached.policy.policy_type == policy.policy_type => attached.policy = Arc::new(policy),
            _ => return false,
        }
        self.index = ActionIndex::default();
        self.always.clear();
        for (index, attached) in self.attached.iter().enumerate() {
            if self.index.add(index, &attached.policy) {
                self.always.push((gate_of(attached.policy.policy_type), attached.level));
            }
        }
        true
    }

    /// Attaches a policy, of an organization to a level. Gives its index.
    pub(crate) fn push(&mut self, policy: Arc<CompiledPolicy>, level: Option<usize>) -> usize {
        let index = self.attached.len();
        if self.index.add(index, &policy) {
            self.always.push((gate_of(policy.policy_type), level));
        }
        self.gates |= 1 << gate_of(policy.policy_type) as u16;
        self.attached.push(Attached { policy, level });
        index
    }

    /// Whether there is a policy of this gate.
    pub(crate) fn has(&self, gate: Gate) -> bool {
        self.gates & 1 << gate as u16 != 0
    }
}
