//! What the Allow statements said so far, in places of fixed size: a decision needs no memory.

use super::Verdict;
use super::principal::PrincipalClass as Class;
use super::truth::Truth;
use crate::policy::Effect;
use crate::result::Gate;

/// What the Allow statements of each type of policy say. `None`: there is no such policy.
#[derive(Clone, Debug, Default)]
pub(crate) struct Allows {
    pub rcp_levels: Option<Levels>,
    pub scp_levels: Option<Levels>,
    pub vpc_endpoint: Option<Truth>,
    pub identity: Truth,
    pub boundary: Option<Truth>,
    pub session: Option<Truth>,
    /// Matching Allow statements of the resource-based policies, by how they name the caller.
    pub classes: Classes,
    /// Those of the access point's policy.
    pub access_point: Classes,
}

impl Allows {
    /// Where it stands what the Allow statements of a gate say; `None`: nobody asks for it.
    pub fn place(&mut self, gate: Gate, level: Option<usize>, class: Option<Class>) -> Option<&mut Truth> {
        match gate {
            Gate::Identity => Some(&mut self.identity),
            Gate::PermissionsBoundary => self.boundary.as_mut(),
            Gate::Session => self.session.as_mut(),
            Gate::VpcEndpoint => self.vpc_endpoint.as_mut(),
            Gate::ServiceControl => self.scp_levels.as_mut()?.get_mut(level?),
            Gate::ResourceControl => self.rcp_levels.as_mut()?.get_mut(level?),
            Gate::Resource => self.classes.get_mut(class?),
            Gate::AccessPoint => self.access_point.get_mut(class?),
            _ => None,
        }
    }

    /// Adds what an Allow statement says.
    pub fn add(&mut self, gate: Gate, level: Option<usize>, class: Option<Class>, applies: Truth) {
        if let Some(said) = self.place(gate, level, class) {
            *said = said.or(applies);
        }
    }

    /// Adds what a statement says, if it is an Allow.
    pub fn hear(&mut self, verdict: &Verdict) {
        if verdict.effect == Effect::Allow {
            self.add(verdict.gate, verdict.level, verdict.class, verdict.applies);
        }
    }
}

/// What the levels of an organization say, from the root.
#[derive(Clone, Debug)]
pub(crate) struct Levels {
    /// AWS has no more: the root, five levels of organizational units, the account.
    few: [Truth; 7],
    more: Vec<Truth>,
    count: usize,
}

impl Levels {
    /// So many levels, none of which allows yet.
    pub fn new(count: usize) -> Self {
        Self { few: Default::default(), more: vec![Truth::False; count.saturating_sub(7)], count }
    }

    /// What a level says.
    pub fn get_mut(&mut self, level: usize) -> Option<&mut Truth> {
        match level.checked_sub(self.few.len()) {
            None => self.few.get_mut(level),
            Some(rest) => self.more.get_mut(rest),
        }
    }

    /// All levels.
    pub fn iter(&self) -> impl Iterator<Item = Truth> {
        self.few.iter().chain(&self.more).take(self.count).copied()
    }
}

/// What Allow statements say, by how they name the caller.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Classes([Truth; Class::ALL.len()]);

impl Classes {
    /// What the statements say that name the caller in this way.
    pub fn get_mut(&mut self, class: Class) -> Option<&mut Truth> {
        self.0.get_mut(class as usize)
    }

    /// Whether a statement allows that names the caller in one of these ways.
    pub fn any(&self, classes: &[Class]) -> Truth {
        Truth::any(classes.iter().filter_map(|class| self.0.get(*class as usize)).copied())
    }
}
