//! A statement in a sentence.

use super::action::{self, Verb};
use super::applies::Services;
use super::phrase::Phrase;
use super::reach::{self, Reach};
use super::resource::{self, Kind, Words};
use super::{condition, principal};
use crate::catalog::{AccessLevel, Action, Catalog};
use crate::never;
use crate::policy::{Effect, PatternElement, PolicyType, ResourcePolicyKind, Statement, Text, Version};

/// The most actions and the most resources that a sentence lists.
const MOST: usize = 8;

/// A statement in words.
pub(super) struct Told {
    pub phrase: Phrase,
    pub notes: Vec<String>,
}

/// What policies of a type do, if it is not to grant.
pub(super) fn about(policy_type: PolicyType) -> Option<&'static str> {
    match policy_type {
        PolicyType::Identity | PolicyType::Resource(_) | PolicyType::AccessPoint => None,
        PolicyType::PermissionsBoundary => Some(
            "A permissions boundary grants nothing: identity-based policies can allow what the boundary allows, too, and no more.",
        ),
        PolicyType::Session => Some(
            "A session policy grants nothing: the session can do what its role's or user's policies allow and a session policy allows, too.",
        ),
        PolicyType::ServiceControl => Some(
            "A service control policy grants nothing: in the accounts that it is attached to or above, only what one at each level allows can be allowed.",
        ),
        PolicyType::ResourceControl => Some(
            "A resource control policy grants nothing: it limits what can be allowed on the resources of the accounts that it is attached to or above.",
        ),
        PolicyType::VpcEndpoint => Some(
            "A VPC endpoint policy grants nothing: it limits what can be done through the endpoint, whoever calls.",
        ),
    }
}

/// Says what a statement of a document says.
pub(super) fn tell(
    statement: &Statement,
    policy_type: PolicyType,
    version: Version,
    services: Option<&mut Services<'_>>,
) -> Told {
    let catalog = services.as_deref().map(|services| services.catalog);
    let mut writer = Writer { statement, policy_type, version, catalog, reach: None, notes: Vec::new() };
    let mut nothing = writer.without_effect();
    if let Some(services) = services.filter(|_| nothing.is_none()) {
        // The resource of a role trust policy is the role.
        let own = policy_type == PolicyType::Resource(ResourcePolicyKind::KmsKey);
        writer.reach = reach::read(services, statement, own);
        if let Some(reach) = &mut writer.reach {
            writer.notes.append(&mut reach.notes);
            nothing = reach.nothing.take();
        }
    }
    let phrase = match nothing {
        Some(reason) => Phrase::at(format!("Has no effect: {reason}."), statement.span),
        None => writer.sentence(),
    };
    Told { phrase, notes: writer.notes }
}

struct Writer<'a> {
    statement: &'a Statement,
    policy_type: PolicyType,
    version: Version,
    catalog: Option<&'a Catalog>,
    /// What of the statement can apply, if not all of it.
    reach: Option<Reach<'a>>,
    notes: Vec<String>,
}

impl Writer<'_> {
    /// Why the statement is about nothing, if it is (SPEC G-24, K-06, C-01, M-08, M-31).
    fn without_effect(&self) -> Option<String> {
        let is_empty = |element: &Option<PatternElement>| element.as_ref().is_some_and(|e| e.values.is_empty());
        if is_empty(&self.statement.action) {
            return Some("its list of actions is empty".into());
        }
        if is_empty(&self.statement.resource) {
            return Some("its list of resources is empty".into());
        }
        if self.statement.principal.as_ref().is_some_and(|element| element.entries.is_empty()) {
            return Some("its list of principals is empty".into());
        }
        if let Some((name, _, what)) = never::excepts_everything(self.statement) {
            return Some(format!("{name} with * leaves no {what}"));
        }
        if let Some((clause, other)) = never::contradictions(self.statement).first() {
            let (first, second) = (other.operator.text(), clause.operator.text());
            return Some(format!("no value of {} passes both {first} and {second}", clause.key.value));
        }
        let key_policy = self.policy_type == PolicyType::Resource(ResourcePolicyKind::KmsKey);
        (key_policy && self.statement.resource.is_none()).then(|| "in a key policy, it has to name a resource".into())
    }

    /// The patterns of `Action` that can apply.
    fn actions_of<'e>(&self, element: &'e PatternElement) -> Vec<(&'e Text, Option<&Vec<Action<'_>>>)> {
        let mut found = Vec::new();
        for (place, text) in element.values.iter().enumerate() {
            let known = self.reach.as_ref().and_then(|reach| reach.actions.get(place)?.as_ref());
            if known.is_none_or(|actions| !actions.is_empty()) {
                found.push((text, known));
            }
        }
        found
    }

    /// The patterns of `Resource` that an action can be about.
    fn resources_of<'e>(&self, element: &'e PatternElement) -> Vec<&'e Text> {
        let used = |place: usize| self.reach.as_ref().and_then(|reach| reach.resources.get(place)) != Some(&false);
        element.values.iter().enumerate().filter(|(place, _)| used(*place)).map(|(_, text)| text).collect()
    }

    fn sentence(&mut self) -> Phrase {
        let mut phrase = self.opening();
        if !self.natural(&mut phrase) {
            self.general(&mut phrase);
        }
        self.conditions(&mut phrase);
        phrase.say(".");
        phrase
    }

    /// Who, and whether they may.
    fn opening(&mut self) -> Phrase {
        let Statement { effect, effect_span, .. } = *self.statement;
        let limits = matches!(
            self.policy_type,
            PolicyType::PermissionsBoundary
                | PolicyType::Session
                | PolicyType::ServiceControl
                | PolicyType::ResourceControl
                | PolicyType::VpcEndpoint
        );
        let mut phrase = Phrase::default();
        let mut nobody = false;
        if let Some(element) = &self.statement.principal {
            let subject = principal::tell(element, effect, self.policy_type, &mut self.notes);
            phrase.add(subject.phrase);
            phrase.say(" ");
            nobody = subject.nobody;
        }
        let modal = match effect {
            Effect::Deny if nobody => "may",
            Effect::Deny => "may never",
            Effect::Allow if limits => "can be allowed to",
            Effect::Allow => "may",
        };
        phrase.tell(modal, effect_span);
        phrase.say(" ");
        phrase.capitalize();
        phrase
    }

    fn words(&self) -> Words {
        let completes = matches!(self.policy_type, PolicyType::Identity | PolicyType::PermissionsBoundary);
        if self.statement.effect == Effect::Deny {
            Words { every: "any", everything: "anything", completes }
        } else {
            Words { every: "every", everything: "everything", completes }
        }
    }

    /// `and`, or under a Deny `or`: to be denied two things is to be denied each.
    fn word(&self) -> &'static str {
        if self.statement.effect == Effect::Deny { "or" } else { "and" }
    }

    /// Says it with verbs of the actions' own, if all of them have one, and the resources are of the kinds that
    /// these act on, each.
    fn natural(&mut self, phrase: &mut Phrase) -> bool {
        let Some(actions) = self.statement.action.as_ref().filter(|element| !element.negated) else { return false };
        if self.policy_type == PolicyType::Resource(ResourcePolicyKind::RoleTrust) {
            return self.trust(phrase, &actions.values);
        }
        let Some(resources) = self.statement.resource.as_ref().filter(|element| !element.negated) else { return false };
        let resources = self.resources_of(resources);
        let actions: Vec<&Text> = self.actions_of(actions).into_iter().map(|(text, _)| text).collect();
        if actions.len() > MOST || resources.len() > MOST {
            return false;
        }
        // Neighbours that act on the same kind go together.
        let mut groups: Vec<(&Verb, Vec<Phrase>)> = Vec::new();
        for text in actions {
            let Some(verb) = action::verb_of(&text.value) else { return false };
            let words = Phrase::at(verb.before, text.span);
            match groups
                .iter_mut()
                .find(|(other, _)| other.on.is_some() && other.on == verb.on && other.after == verb.after)
            {
                Some((_, verbs)) => verbs.push(words),
                None => groups.push((verb, vec![words])),
            }
        }
        let mut covered = vec![false; resources.len()];
        let mut said = Vec::new();
        for (verb, verbs) in groups {
            let mut group = Phrase::default();
            group.list(verbs, self.word(), MOST);
            match verb.on {
                // Such an action is about no resource, so that only `*` covers it.
                None => match resources.iter().position(|text| *text.value == *"*") {
                    Some(index) => covered.iter_mut().skip(index).take(1).for_each(|covered| *covered = true),
                    None => return false,
                },
                Some(kind) => {
                    let mut items = Vec::new();
                    for (text, covered) in resources.iter().zip(&mut covered) {
                        if let Some(item) = self.of_kind(kind, text) {
                            items.push(item);
                            *covered = true;
                        }
                    }
                    if items.is_empty() {
                        return false;
                    }
                    group.say(" ");
                    group.list(items, self.word(), MOST);
                    group.say(verb.after);
                }
            }
            said.push(group);
        }
        if covered.contains(&false) {
            return false;
        }
        phrase.list(said, self.word(), MOST);
        true
    }

    fn of_kind(&self, kind: Kind, text: &Text) -> Option<Phrase> {
        if let Some(name) = self.own(text) {
            return (kind == Kind::Key).then(|| Phrase::at(name, text.span));
        }
        resource::of_kind(kind, text, self.version, self.words())
    }

    /// In a key policy, `*` is the key (SPEC K-06).
    fn own(&self, text: &Text) -> Option<&'static str> {
        let key_policy = self.policy_type == PolicyType::Resource(ResourcePolicyKind::KmsKey);
        (key_policy && *text.value == *"*").then_some("this key")
    }

    fn trust(&self, phrase: &mut Phrase, actions: &[Text]) -> bool {
        let mut items = Vec::new();
        for text in actions {
            let Some(words) = action::of_trust(&text.value) else { return false };
            items.push(Phrase::at(words, text.span));
        }
        phrase.list(items, self.word(), MOST);
        true
    }

    /// Says it with the names of actions and resources.
    fn general(&mut self, phrase: &mut Phrase) {
        let (word, words) = (self.word(), self.words());
        if let Some(element) = &self.statement.action {
            if element.negated {
                let every = words.every;
                phrase.tell(format!("use {every} action of {every} service except"), element.name_span);
                phrase.say(" ");
            } else {
                phrase.say("use ");
            }
            let items = self.actions(element);
            phrase.list(items, if element.negated { "and" } else { word }, MOST);
        }
        match &self.statement.resource {
            Some(element) => {
                phrase.say(" on ");
                if element.negated {
                    phrase.tell(format!("{} except", words.everything), element.name_span);
                    phrase.say(" ");
                }
                let mut items = Vec::new();
                for text in self.resources_of(element) {
                    items.push(match self.own(text) {
                        Some(name) => Phrase::at(name, text.span),
                        None => resource::tell(text, self.version, words, &mut self.notes),
                    });
                }
                phrase.list(items, if element.negated { "and" } else { word }, MOST);
            }
            None if self.policy_type == PolicyType::Resource(ResourcePolicyKind::RoleTrust) => {
                phrase.say(" on this role");
            }
            None => phrase.say(" on the resource that the policy is attached to"),
        }
    }

    fn actions(&self, element: &PatternElement) -> Vec<Phrase> {
        let mut items = Vec::new();
        for (text, applying) in self.actions_of(element) {
            let written = &*text.value;
            let every = matches!(written, "*" | "*:*");
            let service = written.strip_suffix(":*").filter(|prefix| !prefix.contains(['*', '?']));
            let known = service.and_then(|prefix| self.catalog?.service(prefix));
            let all = if element.negated { "all".to_owned() } else { format!("{} action", self.words().every) };
            let words = match (every, service, known) {
                (true, ..) => format!("{all} of {} service", self.words().every),
                (_, Some(prefix), Some(service)) => format!("{all} of {} ({prefix})", service.name()),
                (_, Some(prefix), None) => format!("{all} of {prefix}"),
                _ => format!("{written}{}", self.count(written, applying)),
            };
            items.push(Phrase::at(words, text.span));
        }
        items
    }

    /// What a pattern of actions covers, level by level, if that is known.
    fn count(&self, pattern: &str, applying: Option<&Vec<Action<'_>>>) -> String {
        let Some(catalog) = self.catalog.filter(|_| pattern.contains(['*', '?'])) else { return String::new() };
        let expanded;
        let actions = match applying {
            Some(actions) => actions,
            None => {
                expanded = catalog.expand(pattern);
                &expanded
            }
        };
        let mut words = Vec::new();
        for level in AccessLevel::ALL {
            let count = actions.iter().filter(|action| action.access_level() == level).count();
            if count > 0 {
                words.push(format!("{count} {}", level.name()));
            }
        }
        match (actions.len(), words.as_slice()) {
            (0, _) => " (no action that is known)".into(),
            (count, [only]) => format!(" ({only} action{})", if count == 1 { "" } else { "s" }),
            (count, several) => format!(" ({count} actions: {})", several.join(", ")),
        }
    }

    fn conditions(&mut self, phrase: &mut Phrase) {
        let mut told = Vec::new();
        for clause in &self.statement.condition {
            told.push((condition::tell(clause, self.version, &mut self.notes), clause.span));
        }
        let allow = self.statement.effect == Effect::Allow;
        let short = allow && told.iter().all(|(told, _)| told.adverb.is_some());
        // `if a or b, and if c` cannot be taken for `if a, or b and c`.
        let plain = short && told.iter().all(|(told, _)| !told.adverb.as_ref().is_some_and(|a| a.contains(" or ")));
        for (index, (told, span)) in told.into_iter().enumerate() {
            phrase.say(match (index, allow, short) {
                (0, true, true) => ", but only ",
                (0, true, false) => ", but only if ",
                (0, false, _) => " if ",
                (_, _, true) if plain => " and ",
                (_, _, true) => ", and only ",
                (_, true, false) => ", and only if ",
                (_, false, _) => ", and if ",
            });
            let words = if short { told.adverb.unwrap_or_default() } else { told.clause };
            phrase.tell(words, span);
        }
    }
}
