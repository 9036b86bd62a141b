//! Writes the catalog's file: the opposite of `core/src/catalog/decode.rs`, which describes the form.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use admittance::catalog::{AccessLevel, form};
use anyhow::{Context, Result, bail, ensure};

use crate::schema::{Action, Facts, Service};

/// A verb that begins fewer names than this stays a part of them.
const COMMON: usize = 8;

/// The columns in the order of the file, each with its name.
pub struct File {
    columns: Vec<(&'static str, Vec<u8>)>,
}

impl File {
    /// The columns with their names.
    pub fn columns(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        self.columns.iter().map(|(name, bytes)| (*name, bytes.as_slice()))
    }

    /// The whole file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for (_, column) in &self.columns {
            number(&mut body, column.len());
            body.extend_from_slice(column);
        }
        form::seal(&body)
    }
}

/// Encodes a catalog whose lists are sorted and free of repetition.
pub fn encode(facts: &Facts) -> Result<File> {
    let names = Names::new(facts);
    let mut columns = Columns::default();
    for text in [&facts.source, &facts.version, &facts.date] {
        line(&mut columns.facts, text)?;
    }
    for (verb, level) in names.verbs.iter().zip(&names.levels) {
        columns.verbs.push(*level);
        line(&mut columns.verbs, verb)?;
    }
    for set in &names.sets {
        ascending(&mut columns.verb_sets, set);
    }
    for service in &facts.services {
        columns.service(service, &names).with_context(|| format!("service {}", service.prefix))?;
    }
    let (dependents, dependent_sets) = columns.dependents(facts)?;
    for count in [columns.text, facts.services.len(), names.sets.len(), dependents, dependent_sets] {
        number(&mut columns.counts, count);
    }
    Ok(columns.file())
}

/// Names of actions taken apart: the verb that they begin with, and the rest, the noun.
struct Names {
    verbs: Vec<String>,
    /// The access level that most actions of a verb have.
    levels: Vec<u8>,
    /// Sets of verbs, those of most nouns first.
    sets: Vec<Vec<usize>>,
    /// The nouns of each service, sorted, with the number of their set.
    nouns: Vec<Vec<(String, usize)>>,
}

impl Names {
    fn new(facts: &Facts) -> Self {
        let actions = || facts.services.iter().flat_map(|service| &service.actions);
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for action in actions() {
            *uses.entry(first_word(&action.name)).or_default() += 1;
        }
        uses.retain(|_, count| *count >= COMMON);
        let mut verbs: Vec<String> = uses.keys().map(|verb| (*verb).to_owned()).collect();
        // For names that begin with none of them.
        verbs.push(String::new());
        verbs.sort_by_key(|verb| verb.to_ascii_lowercase());
        verbs.dedup();

        let mut votes = vec![[0_usize; 5]; verbs.len()];
        for action in actions() {
            let vote = votes.get_mut(verb_of(&verbs, &action.name)).zip(level(action).ok());
            if let Some(count) = vote.and_then(|(votes, level)| votes.get_mut(usize::from(level))) {
                *count += 1;
            }
        }
        let most =
            |votes: &[usize; 5]| (0_u8..).zip(votes).max_by_key(|(_, count)| **count).map_or(0, |(level, _)| level);
        let levels = votes.iter().map(most).collect();

        let mut nouns = Vec::new();
        let mut popularity: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        for service in &facts.services {
            let mut own: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
            for action in &service.actions {
                let verb = verb_of(&verbs, &action.name);
                let noun = action.name.get(verbs.get(verb).map_or(0, String::len)..).unwrap_or_default();
                own.entry(noun).or_default().insert(verb);
            }
            let own: Vec<(String, Vec<usize>)> =
                own.into_iter().map(|(noun, verbs)| (noun.to_owned(), verbs.into_iter().collect())).collect();
            for (_, set) in &own {
                *popularity.entry(set.clone()).or_default() += 1;
            }
            nouns.push(own);
        }
        let mut sets: Vec<(Vec<usize>, usize)> = popularity.into_iter().collect();
        sets.sort_by_key(|(_, count)| Reverse(*count));
        // Number 0 is the set without verbs, which is in every file.
        let sets: Vec<Vec<usize>> = sets.into_iter().map(|(set, _)| set).collect();
        let numbers: HashMap<&[usize], usize> = sets.iter().map(Vec::as_slice).zip(1..).collect();
        let number = |set: &[usize]| numbers.get(set).copied().unwrap_or_default();
        let nouns =
            nouns.iter().map(|own| own.iter().map(|(noun, set)| (noun.clone(), number(set))).collect()).collect();
        Self { levels, nouns, sets, verbs }
    }
}

/// `Get` of `GetObject`, `Batch` of `BatchGetItem`.
fn first_word(name: &str) -> &str {
    let end = name.char_indices().skip(1).find(|(_, letter)| !letter.is_ascii_lowercase());
    name.get(..end.map_or(name.len(), |(place, _)| place)).unwrap_or_default()
}

fn verb_of(verbs: &[String], name: &str) -> usize {
    let place = |verb: &str| verbs.iter().position(|other| other == verb);
    place(first_word(name)).or_else(|| place("")).unwrap_or_default()
}

fn level(action: &Action) -> Result<u8> {
    let place = AccessLevel::ALL.iter().position(|level| level.name() == action.access_level);
    let place = place.with_context(|| format!("{}: access level `{}`", action.name, action.access_level))?;
    Ok(u8::try_from(place)?)
}

/// Lists that get numbers as they come; the empty one has 0.
#[derive(Default)]
struct Numbered<T> {
    lists: Vec<Vec<T>>,
}

impl<T: PartialEq> Numbered<T> {
    fn number(&mut self, list: Vec<T>) -> usize {
        if list.is_empty() {
            return 0;
        }
        let known = self.lists.iter().position(|other| *other == list);
        known.unwrap_or_else(|| {
            self.lists.push(list);
            self.lists.len() - 1
        }) + 1
    }
}

#[derive(Default)]
struct Columns {
    /// The length of all decoded text.
    text: usize,
    facts: Vec<u8>,
    counts: Vec<u8>,
    sizes: Vec<u8>,
    prefixes: Vec<u8>,
    names: Vec<u8>,
    rcps: Vec<u8>,
    keys: Vec<u8>,
    kinds: Vec<u8>,
    key_sets: Vec<u8>,
    types: Vec<u8>,
    arns: Vec<u8>,
    type_keys: Vec<u8>,
    resource_sets: Vec<u8>,
    verbs: Vec<u8>,
    verb_sets: Vec<u8>,
    nouns: Vec<u8>,
    noun_verbs: Vec<u8>,
    levels: Vec<u8>,
    action_resources: Vec<u8>,
    action_keys: Vec<u8>,
    dependents: Vec<u8>,
    dependent_sets: Vec<u8>,
    action_dependents: Vec<u8>,
}

impl Columns {
    fn service(&mut self, service: &Service, names: &Names) -> Result<()> {
        let place = self.rcps.len();
        let nouns = names.nouns.get(place).context("a service without nouns")?;
        line(&mut self.prefixes, &service.prefix)?;
        line(&mut self.names, &service.name)?;
        self.rcps.push(u8::from(service.supports_rcps));
        self.text += service.prefix.len() + service.name.len();

        self.keys(service)?;
        let mut key_sets = Numbered::default();
        let mut keys = |names: &[String]| -> Result<usize> { Ok(key_sets.number(places(service, names)?)) };

        for resource_type in &service.resource_types {
            line(&mut self.types, &resource_type.name)?;
            let arns: Vec<String> =
                resource_type.arn_formats.iter().map(|arn| short_arn(&service.prefix, arn)).collect();
            ensure!(!arns.is_empty(), "{} has no ARN", resource_type.name);
            ensure!(
                resource_type.arn_formats.iter().all(|arn| is_plain(arn)),
                "{}: control characters",
                resource_type.name
            );
            self.arns.extend_from_slice(arns.join("\x06").as_bytes());
            self.arns.push(b'\n');
            self.text += resource_type.name.len() + resource_type.arn_formats.iter().map(String::len).sum::<usize>();
            number(&mut self.type_keys, keys(&resource_type.condition_keys)?);
        }

        let mut resource_sets = Numbered::default();
        for (noun, set) in nouns {
            line(&mut self.nouns, noun)?;
            number(&mut self.noun_verbs, *set);
            for verb in set.checked_sub(1).and_then(|set| names.sets.get(set)).into_iter().flatten() {
                let name = names.verbs.get(*verb).map(|verb| format!("{verb}{noun}")).unwrap_or_default();
                let action = service.actions.iter().find(|action| action.name == name).context("an action is gone")?;
                self.text += name.len();
                let level = level(action)?;
                let usual = names.levels.get(*verb) == Some(&level);
                self.levels.push(if usual { 0 } else { level + 1 });
                let mut resources = Vec::new();
                for resource in &action.resources {
                    let same = |other: &crate::schema::ResourceType| other.name == resource.resource_type;
                    let place = service.resource_types.iter().position(same);
                    let place = place.with_context(|| format!("{name}: resource type {}", resource.resource_type))?;
                    resources.push((place * 2 + usize::from(resource.required), keys(&resource.condition_keys)?));
                }
                number(&mut self.action_resources, resource_sets.number(resources));
                number(&mut self.action_keys, keys(&action.condition_keys)?);
            }
        }
        for set in &resource_sets.lists {
            number(&mut self.resource_sets, set.len());
            for (resource, keys) in set {
                number(&mut self.resource_sets, *resource);
                number(&mut self.resource_sets, *keys);
            }
        }
        for set in &key_sets.lists {
            ascending(&mut self.key_sets, set);
        }
        let sizes = [
            service.condition_keys.len(),
            key_sets.lists.len(),
            service.resource_types.len(),
            resource_sets.lists.len(),
            nouns.len(),
        ];
        for size in sizes {
            number(&mut self.sizes, size);
        }
        Ok(())
    }

    fn keys(&mut self, service: &Service) -> Result<()> {
        for key in &service.condition_keys {
            let own = key.name.strip_prefix(&service.prefix).and_then(|rest| rest.strip_prefix(':'));
            ensure!(is_plain(&key.name), "{}: control characters", key.name);
            if let Some(rest) = own {
                self.keys.push(1);
                line(&mut self.keys, rest)?;
            } else {
                line(&mut self.keys, &key.name)?;
            }
            self.text += key.name.len();
            self.kinds.push(form::kind(&key.value_type, key.multivalued).with_context(|| key.name.clone())?);
        }
        Ok(())
    }

    /// Gives the numbers of actions that others depend on and of sets of them.
    fn dependents(&mut self, facts: &Facts) -> Result<(usize, usize)> {
        let mut places = HashMap::new();
        for service in &facts.services {
            for action in &service.actions {
                places.insert(format!("{}:{}", service.prefix, action.name), places.len());
            }
        }
        let actions = || facts.services.iter().flat_map(|service| &service.actions);
        let place = |name: &String| places.get(name).copied().with_context(|| format!("dependent action {name}"));
        let used: BTreeSet<usize> =
            actions().flat_map(|action| &action.dependent_actions).map(place).collect::<Result<_>>()?;
        let used: Vec<usize> = used.into_iter().collect();
        let mut before = 0;
        for place in &used {
            number(&mut self.dependents, place - before);
            before = *place;
        }
        let mut sets = Numbered::default();
        for action in actions() {
            let mut own = Vec::new();
            for name in &action.dependent_actions {
                own.push(used.binary_search(&place(name)?).unwrap_or_default());
            }
            ensure!(own.is_sorted_by(|one, other| one < other), "{}: dependent actions are not sorted", action.name);
            number(&mut self.action_dependents, sets.number(own));
        }
        for set in &sets.lists {
            ascending(&mut self.dependent_sets, set);
        }
        Ok((used.len(), sets.lists.len()))
    }

    fn file(self) -> File {
        File {
            columns: vec![
                ("facts", self.facts),
                ("counts", self.counts),
                ("sizes", self.sizes),
                ("prefixes", self.prefixes),
                ("services", self.names),
                ("rcps", self.rcps),
                ("keys", self.keys),
                ("kinds", self.kinds),
                ("key sets", self.key_sets),
                ("types", self.types),
                ("ARNs", self.arns),
                ("type keys", self.type_keys),
                ("resource sets", self.resource_sets),
                ("verbs", self.verbs),
                ("verb sets", self.verb_sets),
                ("nouns", self.nouns),
                ("noun verbs", self.noun_verbs),
                ("levels", self.levels),
                ("action resources", self.action_resources),
                ("action keys", self.action_keys),
                ("dependents", self.dependents),
                ("dependent sets", self.dependent_sets),
                ("action dependents", self.action_dependents),
            ],
        }
    }
}

/// The places of condition keys among those of their service.
fn places(service: &Service, names: &[String]) -> Result<Vec<usize>> {
    let mut places = Vec::new();
    for name in names {
        let place = service.condition_keys.iter().position(|key| key.name == *name);
        places.push(place.with_context(|| format!("condition key {name}"))?);
    }
    ensure!(places.is_sorted_by(|one, other| one < other), "condition keys are not sorted: {names:?}");
    Ok(places)
}

/// An ARN's form with marks for what they have in common.
fn short_arn(prefix: &str, arn: &str) -> String {
    let mut short = arn.to_owned();
    for (mark, [before, behind]) in ["\x03", "\x04", "\x05"].into_iter().zip(form::ARN_STARTS) {
        if let Some(rest) = arn.strip_prefix(&format!("{before}{prefix}{behind}")) {
            short = format!("{mark}{rest}");
            break;
        }
    }
    let mut text = String::new();
    let mut rest = short.as_str();
    while let Some((before, (name, behind))) =
        rest.split_once("${").and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        text.extend([before, "\x01", name, "\x02"]);
        rest = behind;
    }
    text + rest
}

/// Whether a text has no control characters, which stand for something in the file.
fn is_plain(text: &str) -> bool {
    !text.bytes().any(|byte| byte < b' ')
}

fn line(column: &mut Vec<u8>, text: &str) -> Result<()> {
    if !is_plain(text) {
        bail!("control characters in `{text}`");
    }
    column.extend_from_slice(text.as_bytes());
    column.push(b'\n');
    Ok(())
}

/// LEB128.
fn number(column: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        column.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    column.push(value as u8);
}

fn ascending(column: &mut Vec<u8>, set: &[usize]) {
    number(column, set.len());
    let mut before = 0;
    for value in set {
        number(column, value - before);
        before = *value;
    }
}
