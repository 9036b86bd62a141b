//! Reads the catalog's file.
//!
//! The file is made for downloads: columns of like values, which compress well, and few texts twice. Numbers are
//! LEB128. Texts end with a line feed; the other control characters in them stand for something.
//!
//! It begins with `ADMC`, a version, and a checksum (8 bytes, little-endian) of what follows, which is columns:
//! a length and that many bytes.
//!
//! | column | for each … | what |
//! |---|---|---|
//! | facts | file | texts: source, version, date |
//! | counts | file | length of all decoded text, services, sets of verbs, actions that others depend on, sets of these |
//! | sizes | service | numbers of condition keys, key sets, resource types, resource sets, nouns |
//! | prefixes, services | service | texts |
//! | rcps | service | 1 if resource control policies apply to it, else 0 |
//! | keys | condition key | text; `^A` is the service's prefix with its colon |
//! | kinds | condition key | a byte: the type, and whether it is multivalued |
//! | key sets | set of keys of a service | its size; the first key, and each one's distance from the one before |
//! | types | resource type | text |
//! | ARNs | resource type | text; `^A` and `^B` enclose a placeholder's name, `^C` to `^E` are the beginning of the service's ARNs with Region and account, with account, with neither; between ARNs stands `^F` |
//! | type keys | resource type | a key set of its service; 0 is none, as in all that follows |
//! | resource sets | set of resources of a service | its size; each resource type, doubled, and one more if it is required; its key set |
//! | verbs | file | texts; first the access level of most actions with the verb |
//! | verb sets | set of verbs | as key sets |
//! | nouns | noun of a service | text: the rest of the names of actions |
//! | noun verbs | noun of a service | a set of verbs |
//! | levels | action | a byte: 0 is the verb's access level, others are the level and one more |
//! | action resources | action | a resource set of its service |
//! | action keys | action | a key set of its service |
//! | dependents | action that others depend on | its place among all actions, sorted, as a distance |
//! | dependent sets | set of such actions | as key sets |
//! | action dependents | action | a set of such actions |
//!
//! Nothing is believed: a number that points nowhere, a column of another length, names out of order are errors.

use super::column::{Column, Result, Texts, error};
use super::form::{ARN_STARTS, MAGIC, MULTIVALUED, checksum};
use super::table::{ActionRow, KeyRow, Lists, ResourceTypeRow, Rows, ServiceRow, Table, Text, UseRow, compare, number};
use super::{AccessLevel, Metadata, ValueType};

/// No catalog is nearly as large; a damaged number is not an order for memory.
const MAX_TEXT: usize = 1 << 24;

/// The tables of a file, and what it says of itself.
pub(super) fn decode(bytes: &[u8]) -> Result<(Metadata, Table)> {
    let Some(rest) = bytes.strip_prefix(MAGIC) else { return error("it does not begin as one of this version") };
    let Some((sum, rest)) = rest.split_first_chunk() else { return error("it is too short") };
    if u64::from_le_bytes(*sum) != checksum(rest) {
        return error("it is damaged");
    }
    Decoder::new(rest)?.run()
}

struct Verb<'a> {
    name: &'a str,
    level: u8,
}

/// What a service has, as the file counts it.
struct Sizes {
    keys: u32,
    key_sets: u32,
    types: u32,
    resource_sets: u32,
    nouns: u32,
}

struct Decoder<'a> {
    table: Table,
    text_length: usize,
    services: u32,
    verb_set_count: u32,
    dependent_count: u32,
    dependent_set_count: u32,
    facts: Column<'a>,
    sizes: Column<'a>,
    prefixes: Texts<'a>,
    names: Texts<'a>,
    rcps: Column<'a>,
    keys: Texts<'a>,
    kinds: Column<'a>,
    key_sets: Column<'a>,
    types: Texts<'a>,
    arns: Texts<'a>,
    type_keys: Column<'a>,
    resource_sets: Column<'a>,
    verbs: Column<'a>,
    verb_sets: Column<'a>,
    nouns: Texts<'a>,
    noun_verbs: Column<'a>,
    levels: Column<'a>,
    action_resources: Column<'a>,
    action_keys: Column<'a>,
    dependents: Column<'a>,
    dependent_sets: Column<'a>,
    action_dependents: Column<'a>,
}

impl<'a> Decoder<'a> {
    fn new(file: &'a [u8]) -> Result<Self> {
        let mut file = Column { rest: file };
        let mut column = || {
            let length = file.number()? as usize;
            let Some((rest, behind)) = file.rest.split_at_checked(length) else { return error("it is too short") };
            file.rest = behind;
            Ok(Column { rest })
        };
        let facts = column()?;
        let mut counts = column()?;
        let text_length = counts.below(MAX_TEXT)? as usize;
        let decoder = Self {
            table: Table { text: String::with_capacity(text_length), ..Table::default() },
            text_length,
            services: counts.below(usize::from(u16::MAX))?,
            verb_set_count: counts.number()?,
            dependent_count: counts.number()?,
            dependent_set_count: counts.number()?,
            facts,
            sizes: column()?,
            prefixes: column()?.texts()?,
            names: column()?.texts()?,
            rcps: column()?,
            keys: column()?.texts()?,
            kinds: column()?,
            key_sets: column()?,
            types: column()?.texts()?,
            arns: column()?.texts()?,
            type_keys: column()?,
            resource_sets: column()?,
            verbs: column()?,
            verb_sets: column()?,
            nouns: column()?.texts()?,
            noun_verbs: column()?,
            levels: column()?,
            action_resources: column()?,
            action_keys: column()?,
            dependents: column()?,
            dependent_sets: column()?,
            action_dependents: column()?,
        };
        counts.end()?;
        file.end()?;
        Ok(decoder)
    }

    fn run(mut self) -> Result<(Metadata, Table)> {
        let (verbs, verb_sets) = self.verbs()?;
        for service in 0..self.services {
            self.service(service as u16, &verbs, &verb_sets)?;
        }
        self.dependents()?;
        let metadata = Metadata {
            source: self.facts.text()?.to_owned(),
            version: self.facts.text()?.to_owned(),
            date: self.facts.text()?.to_owned(),
            services: self.table.services.len(),
            actions: self.table.actions.len(),
            resource_types: self.table.resource_types.len(),
            condition_keys: self.table.keys.len(),
            dependent_actions: self
                .table
                .actions
                .iter()
                .map(|row| self.table.dependents.get(row.dependents).len())
                .sum(),
        };
        self.end()?;
        Ok((metadata, self.table))
    }

    fn end(&self) -> Result<()> {
        let columns = [
            self.facts,
            self.sizes,
            self.rcps,
            self.kinds,
            self.key_sets,
            self.type_keys,
            self.resource_sets,
            self.verbs,
            self.verb_sets,
            self.noun_verbs,
            self.levels,
            self.action_resources,
            self.action_keys,
            self.dependents,
            self.dependent_sets,
            self.action_dependents,
        ];
        columns.into_iter().try_for_each(Column::end)?;
        let texts = [self.prefixes, self.names, self.keys, self.types, self.arns, self.nouns];
        texts.into_iter().try_for_each(Texts::end)?;
        if self.table.text.len() == self.text_length { Ok(()) } else { error("its text has another length") }
    }

    fn verbs(&mut self) -> Result<(Vec<Verb<'a>>, Lists<u32>)> {
        let mut verbs = Vec::new();
        while !self.verbs.rest.is_empty() {
            let level = self.verbs.byte()?;
            if usize::from(level) >= AccessLevel::ALL.len() {
                return error("an access level is unknown");
            }
            verbs.push(Verb { level, name: self.verbs.text()? });
        }
        let mut sets = Lists::default();
        for _ in 0..self.verb_set_count {
            self.verb_sets.set(verbs.len(), |verb| sets.push(verb))?;
            sets.finish();
        }
        Ok((verbs, sets))
    }

    fn service(&mut self, service: u16, verbs: &[Verb<'_>], verb_sets: &Lists<u32>) -> Result<()> {
        let sizes = Sizes {
            keys: self.sizes.number()?,
            key_sets: self.sizes.number()?,
            types: self.sizes.number()?,
            resource_sets: self.sizes.number()?,
            nouns: self.sizes.number()?,
        };
        let (written_prefix, name) = (self.prefixes.text()?, self.names.text()?);
        let prefix = self.push(&[written_prefix])?;
        let name = self.push(&[name])?;
        let supports_rcps = self.rcps.byte()? == 1;

        let key_lists = number(self.table.key_lists.len());
        let keys = self.keys(written_prefix, &sizes)?;
        let resource_types = self.resource_types(service, written_prefix, &sizes, key_lists)?;
        let uses = self.resource_sets(&sizes, resource_types, key_lists)?;
        let actions = self.actions(service, &sizes, (verbs, verb_sets), (uses, key_lists))?;
        self.table.services.push(ServiceRow { prefix, name, actions, resource_types, keys, supports_rcps });
        let before = self.table.services.len().checked_sub(2).and_then(|before| self.table.services.get(before));
        self.sorted(before.map(|row| row.prefix), prefix)
    }

    /// The condition keys of a service, and the sets of them.
    fn keys(&mut self, prefix: &str, sizes: &Sizes) -> Result<Rows> {
        let start = number(self.table.keys.len());
        let mut before = None;
        for _ in 0..sizes.keys {
            let text = self.keys.text()?;
            let name = match text.strip_prefix('\x01') {
                Some(rest) => self.push(&[prefix, ":", rest])?,
                None => self.push(&[text])?,
            };
            self.sorted(before, name)?;
            before = Some(name);
            let kind = self.kinds.byte()?;
            if usize::from(kind & !MULTIVALUED) >= ValueType::ALL.len() {
                return error("a condition key's type is unknown");
            }
            self.table.keys.push(KeyRow { name, kind });
        }
        for _ in 0..sizes.key_sets {
            let lists = &mut self.table.key_lists;
            self.key_sets.set(sizes.keys as usize, |key| lists.push(start + key))?;
            lists.finish();
        }
        Ok(Rows { start, end: number(self.table.keys.len()) })
    }

    fn resource_types(&mut self, service: u16, prefix: &str, sizes: &Sizes, key_lists: u32) -> Result<Rows> {
        let start = number(self.table.resource_types.len());
        let mut before = None;
        for _ in 0..sizes.types {
            let name = self.types.text()?;
            let name = self.push(&[name])?;
            self.sorted(before, name)?;
            before = Some(name);
            let first_arn = number(self.table.arns.len());
            for arn in self.arns.text()?.split('\x06') {
                let arn = self.arn(prefix, arn)?;
                self.table.arns.push(arn);
            }
            let arns = Rows { start: first_arn, end: number(self.table.arns.len()) };
            let keys = own(self.type_keys.number()?, sizes.key_sets, key_lists)?;
            self.table.resource_types.push(ResourceTypeRow { name, service, arns, keys });
        }
        Ok(Rows { start, end: number(self.table.resource_types.len()) })
    }

    /// Writes an ARN's form in full.
    fn arn(&mut self, prefix: &str, arn: &str) -> Result<Text> {
        let start = self.table.text.len();
        for piece in arn.split_inclusive(|character: char| character < ' ') {
            let mut characters = piece.chars();
            let mark = characters.next_back().filter(|mark| *mark < ' ');
            self.append(if mark.is_some() { characters.as_str() } else { piece })?;
            match mark {
                None => {}
                Some('\x01') => self.append("${")?,
                Some('\x02') => self.append("}")?,
                Some(mark) => match ARN_STARTS.get((mark as usize).wrapping_sub(3)) {
                    Some([before, behind]) => {
                        self.append(before)?;
                        self.append(prefix)?;
                        self.append(behind)?;
                    }
                    None => return error("a text is damaged"),
                },
            }
        }
        self.text_from(start)
    }

    /// The sets of resource types that actions of a service are about; gives the number of the first.
    fn resource_sets(&mut self, sizes: &Sizes, types: Rows, key_lists: u32) -> Result<u32> {
        let first = number(self.table.uses.len());
        for _ in 0..sizes.resource_sets {
            for _ in 0..self.resource_sets.number()? {
                let resource = self.resource_sets.below(types.indexes().len() * 2)?;
                let keys = own(self.resource_sets.number()?, sizes.key_sets, key_lists)?;
                let (resource_type, required) = (types.start + resource / 2, resource % 2 == 1);
                self.table.uses.push(UseRow { resource_type, required, keys });
            }
            self.table.uses.finish();
        }
        Ok(first)
    }

    fn actions(
        &mut self,
        service: u16,
        sizes: &Sizes,
        (verbs, verb_sets): (&[Verb<'_>], &Lists<u32>),
        (uses, key_lists): (u32, u32),
    ) -> Result<Rows> {
        let start = self.table.actions.len();
        let mut rows = Vec::new();
        for _ in 0..sizes.nouns {
            let noun = self.nouns.text()?;
            let set = self.noun_verbs.below(verb_sets.len())?;
            for number in verb_sets.get(set) {
                let Some(verb) = verbs.get(*number as usize) else { continue };
                let name = self.push(&[verb.name, noun])?;
                let level = match self.levels.byte()? {
                    0 => verb.level,
                    other if usize::from(other) <= AccessLevel::ALL.len() => other - 1,
                    _ => return error("an access level is unknown"),
                };
                let uses = own(self.action_resources.number()?, sizes.resource_sets, uses)?;
                let keys = own(self.action_keys.number()?, sizes.key_sets, key_lists)?;
                rows.push((*number, ActionRow { name, service, level, uses, keys, dependents: 0 }));
            }
        }
        by_verb(&rows, verbs.len(), &mut self.table.actions);
        let order =
            |one: &ActionRow, other: &ActionRow| compare(self.table.text(one.name), self.table.text(other.name));
        let own = self.table.actions.get(start..).unwrap_or_default();
        let in_order = |rows: &[ActionRow]| rows.is_sorted_by(|one, other| order(one, other).is_lt());
        if !in_order(own) {
            let mut sorted = own.to_vec();
            sorted.sort_by(order);
            if !in_order(&sorted) {
                return error("an action is there twice");
            }
            self.table.actions.truncate(start);
            self.table.actions.append(&mut sorted);
        }
        Ok(Rows { start: number(start), end: number(self.table.actions.len()) })
    }

    fn dependents(&mut self) -> Result<()> {
        let mut actions = Vec::new();
        let mut place = 0_u32;
        for _ in 0..self.dependent_count {
            place = place.saturating_add(self.dependents.number()?);
            if place as usize >= self.table.actions.len() {
                return error("a number points nowhere");
            }
            actions.push(place);
        }
        let lists = &mut self.table.dependents;
        for _ in 0..self.dependent_set_count {
            let each = |place: u32| lists.push(actions.get(place as usize).copied().unwrap_or_default());
            self.dependent_sets.set(actions.len(), each)?;
            lists.finish();
        }
        for row in &mut self.table.actions {
            row.dependents = self.action_dependents.below(lists.len())?;
        }
        Ok(())
    }

    /// Puts a text together from parts.
    fn push(&mut self, parts: &[&str]) -> Result<Text> {
        let start = self.table.text.len();
        for part in parts {
            self.append(part)?;
        }
        self.text_from(start)
    }

    fn append(&mut self, part: &str) -> Result<()> {
        if part.len() > self.text_length.saturating_sub(self.table.text.len()) {
            return error("its text has another length");
        }
        self.table.text.push_str(part);
        Ok(())
    }

    fn text_from(&self, start: usize) -> Result<Text> {
        match u16::try_from(self.table.text.len() - start) {
            Ok(length) => Ok(Text { start: number(start), length }),
            Err(_) => error("a text is too long"),
        }
    }

    fn sorted(&self, before: Option<Text>, name: Text) -> Result<()> {
        match before {
            Some(before) if compare(self.table.text(before), self.table.text(name)).is_ge() => {
                error("its names are not sorted")
            }
            _ => Ok(()),
        }
    }
}

/// The number among all lists of a service's own list; 0 is the empty one.
fn own(number: u32, count: u32, first: u32) -> Result<u32> {
    match number.checked_sub(1) {
        None => Ok(0),
        Some(own) if own < count => Ok(first + own),
        Some(_) => error("a number points nowhere"),
    }
}

/// Adds a service's actions by their verbs, each with its number: that is mostly their order, as both verbs and nouns are
/// sorted. They are counted and put in their places, which takes a fraction of the time of comparing them.
fn by_verb(rows: &[(u32, ActionRow)], verbs: usize, actions: &mut Vec<ActionRow>) {
    let Some((_, any)) = rows.first() else { return };
    let mut places = vec![0; verbs + 1];
    for (verb, _) in rows {
        if let Some(count) = places.get_mut(*verb as usize + 1) {
            *count += 1;
        }
    }
    let mut place = actions.len();
    for count in &mut places {
        place += *count;
        *count = place;
    }
    actions.resize(actions.len() + rows.len(), *any);
    for (verb, row) in rows {
        let Some(place) = places.get_mut(*verb as usize) else { continue };
        if let Some(action) = actions.get_mut(*place) {
            *action = *row;
        }
        *place += 1;
    }
}
