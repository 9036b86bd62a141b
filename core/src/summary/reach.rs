//! What of a statement can apply at all, as far as the catalog tells (SPEC M-09, M-30, C-20).

use std::rc::Rc;

use super::applies::{Services, listed, needed_keys};
use super::phrase::join;
use crate::catalog::Action;
use crate::never;
use crate::policy::{Statement, Text};

/// Who says so: services can send what the tables do not say.
const TABLES: &str = ", by AWS's tables of actions";

/// The most names that a note lists.
const MOST: usize = 8;

/// What of a statement can apply.
pub(super) struct Reach<'c> {
    /// For each pattern of `Action`: its actions that can apply; nothing if it covers actions that are not known, or of
    /// every service.
    pub actions: Vec<Option<Vec<Action<'c>>>>,
    /// For each pattern of `Resource`: whether an action can be about it.
    pub resources: Vec<bool>,
    /// What never applies, and why.
    pub notes: Vec<String>,
    /// Why nothing of it applies, if so.
    pub nothing: Option<String>,
}

/// What was asked of a service for a statement.
struct Asked {
    /// Its place among those that were asked.
    service: usize,
    /// For each resource: the actions that can have it.
    fitting: Vec<Rc<[bool]>>,
    /// For each key: the actions that know it.
    knowing: Vec<Rc<[bool]>>,
}

/// Why actions never apply.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reason<'s> {
    /// None of the resources is one that they are about.
    Resource,
    /// They are about no resource.
    Everything,
    /// They are not about the resource that the policy is attached to.
    Own,
    /// Requests for them never carry this key.
    Key(&'s str),
}

/// Actions that never apply.
struct Idle<'s> {
    names: Vec<String>,
    /// Some of the actions of a pattern.
    parts: Vec<String>,
    /// They are one action.
    one: bool,
    why: Reason<'s>,
}

/// What of a statement can apply; nothing if all of it can. `own`: its `*` is the resource that the policy is attached to.
pub(super) fn read<'c>(services: &mut Services<'c>, statement: &Statement, own: bool) -> Option<Reach<'c>> {
    let element = statement.action.as_ref().filter(|element| !element.negated)?;
    let (resources, keys) = (listed(statement), needed_keys(statement, services.catalog));
    let texts = resources.unwrap_or_default();
    let anything = texts.iter().any(|text| *text.value == *"*") && !own;
    if keys.is_empty() && (resources.is_none() || anything) {
        return None;
    }
    let mut reach =
        Reach { actions: Vec::new(), resources: vec![false; texts.len()], notes: Vec::new(), nothing: None };
    let mut idle: Vec<Idle<'_>> = Vec::new();
    // Of services whose actions are neighbors in the list it is asked once.
    let mut asked: Option<Asked> = None;
    for text in &element.values {
        let known = known(services, text);
        let Some((place, actions)) = known else {
            reach.resources.fill(true);
            reach.actions.push(None);
            continue;
        };
        let Some(service) = services.applicable(place) else { continue };
        if asked.as_ref().is_none_or(|asked| asked.service != place) {
            let fitting = texts.iter().map(|text| service.fitting(&text.value, own)).collect();
            let knowing = keys.iter().map(|clause| service.knowing(&clause.key.value)).collect();
            asked = Some(Asked { service: place, fitting, knowing });
        }
        let Some(Asked { fitting, knowing, .. }) = &asked else { continue };
        let part = never::is_part_of_call(&text.value);
        let mut applying = Vec::new();
        let mut reasons: Vec<(Reason<'_>, usize)> = Vec::new();
        for action in &actions {
            let at = |marks: &[bool]| service.place(*action).and_then(|place| marks.get(place)) == Some(&true);
            let fits = resources.is_none() || fitting.iter().any(|marks| at(marks));
            let lacking = keys.iter().zip(knowing).find(|(_, marks)| !at(marks) && !part);
            let why = match (fits, lacking) {
                (true, None) => {
                    applying.push(*action);
                    for (marks, used) in fitting.iter().zip(&mut reach.resources) {
                        *used |= at(marks);
                    }
                    continue;
                }
                (true, Some((clause, _))) => Reason::Key(&clause.key.value),
                (false, _) if own => Reason::Own,
                (false, _) if action.resources().len() == 0 && actions.len() == 1 => Reason::Everything,
                (false, _) => Reason::Resource,
            };
            match reasons.iter_mut().find(|(other, _)| *other == why) {
                Some((_, count)) => *count += 1,
                None => reasons.push((why, 1)),
            }
        }
        for (why, count) in reasons {
            let mut new = Idle { names: Vec::new(), parts: Vec::new(), one: count == 1, why };
            let known = match idle.iter_mut().find(|idle| idle.why == why) {
                Some(known) => {
                    known.one = false;
                    known
                }
                None => &mut new,
            };
            if count == actions.len() {
                known.names.push(text.value.to_string());
            } else {
                known.parts.push(format!("{count} of the {} actions of {}", actions.len(), text.value));
            }
            if !new.names.is_empty() || !new.parts.is_empty() {
                idle.push(new);
            }
        }
        reach.actions.push(Some(applying));
    }
    let none = |actions: &Option<Vec<_>>| actions.as_ref().is_some_and(Vec::is_empty);
    if !reach.actions.is_empty() && reach.actions.iter().all(none) {
        let reasons: Vec<String> = idle.iter().map(Idle::reason).collect();
        reach.nothing = Some(format!("{}{TABLES}", join(&reasons, "and")));
    } else {
        reach.notes = idle.iter().map(Idle::note).collect();
        reach.lonely(texts);
    }
    Some(reach)
}

/// A pattern's actions, and the place of their service; nothing if it covers none that is known, or all.
fn known<'c>(services: &Services<'c>, text: &Text) -> Option<(usize, Vec<Action<'c>>)> {
    let (prefix, _) = text.value.split_once(':')?;
    let place = services.place(services.catalog.service(prefix)?)?;
    let actions = services.catalog.expand(&text.value);
    (!actions.is_empty()).then_some((place, actions))
}

impl Reach<'_> {
    /// Notes the resources that no action is about.
    fn lonely(&mut self, texts: &[Text]) {
        let lonely = texts.iter().zip(&self.resources).filter(|(_, used)| !**used);
        let names: Vec<String> = lonely.map(|(text, _)| text.value.to_string()).collect();
        if let Some(list) = list(&names) {
            let has = if names.len() == 1 { "has" } else { "have" };
            self.notes
                .push(format!("{list} {has} no effect here{TABLES}: none of the actions is about such a resource."));
        }
    }
}

impl Idle<'_> {
    fn list(&self) -> String {
        list(&[self.names.as_slice(), &self.parts].concat()).unwrap_or_default()
    }

    fn note(&self) -> String {
        let (has, they, them) = if self.one { ("has", "it", "it") } else { ("have", "they", "them") };
        let list = self.list();
        format!("{list} {has} no effect here{TABLES}: {}.", self.why(they, them))
    }

    fn reason(&self) -> String {
        let list = self.list();
        self.why(&list, &list)
    }

    /// Why, with words for the actions.
    fn why(&self, they: &str, them: &str) -> String {
        let (are, take) = if self.one { ("is", "takes") } else { ("are", "take") };
        match self.why {
            Reason::Resource => format!("none of the resources is of a type that {they} {are} about"),
            Reason::Everything => format!("{they} {take} no resource but *"),
            Reason::Own => format!("{they} {are} not about one key"),
            Reason::Key(key) => format!("requests for {them} never carry {key}"),
        }
    }
}

/// Names as a list; those beyond some are counted.
fn list(names: &[String]) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    let (first, rest) = names.split_at_checked(MOST).unwrap_or((names, &[]));
    let mut shown = first.to_vec();
    if !rest.is_empty() {
        shown.push(format!("{} more", rest.len()));
    }
    Some(join(&shown, "and"))
}
