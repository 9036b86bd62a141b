//! The decoded catalog: rows of numbers over one text.

use std::cmp::Ordering;
use std::ops::Range;

/// A piece of the catalog's text.
#[derive(Clone, Copy)]
pub(super) struct Text {
    pub start: u32,
    pub length: u16,
}

impl Text {
    const NONE: Self = Self { start: 0, length: 0 };
}

/// The rows `start..end` of another table.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    pub start: u32,
    pub end: u32,
}

impl Rows {
    const NONE: Self = Self { start: 0, end: 0 };

    /// The numbers of the rows.
    pub fn indexes(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

pub(super) struct ServiceRow {
    pub prefix: Text,
    pub name: Text,
    /// Sorted by name, without case; so are the other two.
    pub actions: Rows,
    pub resource_types: Rows,
    pub keys: Rows,
    pub supports_rcps: bool,
}

impl ServiceRow {
    /// What a number that points nowhere would give.
    pub const NONE: Self = Self {
        prefix: Text::NONE,
        name: Text::NONE,
        actions: Rows::NONE,
        resource_types: Rows::NONE,
        keys: Rows::NONE,
        supports_rcps: false,
    };
}

#[derive(Clone, Copy)]
pub(super) struct ActionRow {
    pub name: Text,
    pub service: u16,
    pub level: u8,
    /// The number of a list in `uses`.
    pub uses: u32,
    /// The number of a list in `key_lists`.
    pub keys: u32,
    /// The number of a list in `dependents`.
    pub dependents: u32,
}

/// A resource type that an action is about.
#[derive(Clone, Copy)]
pub(super) struct UseRow {
    pub resource_type: u32,
    pub required: bool,
    /// The number of a list in `key_lists`.
    pub keys: u32,
}

pub(super) struct ResourceTypeRow {
    pub name: Text,
    pub service: u16,
    /// In `arns`.
    pub arns: Rows,
    /// The number of a list in `key_lists`.
    pub keys: u32,
}

impl ResourceTypeRow {
    /// What a number that points nowhere would give.
    pub const NONE: Self = Self { name: Text::NONE, service: 0, arns: Rows::NONE, keys: 0 };
}

pub(super) struct KeyRow {
    pub name: Text,
    pub kind: u8,
}

/// Lists with numbers; the first one is empty.
pub(super) struct Lists<T> {
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { ends: vec![0], items: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// How many lists there are, the empty one included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The list with a number.
    pub fn get(&self, number: u32) -> &[T] {
        let number = number as usize;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        let end = self.ends.get(number).map_or(0, |end| *end as usize);
        self.items.get(start..end).unwrap_or_default()
    }

    /// Adds an item to the list that [`Self::finish`] will end.
    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Ends a list.
    pub fn finish(&mut self) {
        self.ends.push(number(self.items.len()));
    }
}

/// All there is. Every number in it was checked when it was decoded.
#[derive(Default)]
pub(super) struct Table {
    pub text: String,
    pub services: Vec<ServiceRow>,
    pub actions: Vec<ActionRow>,
    pub uses: Lists<UseRow>,
    pub resource_types: Vec<ResourceTypeRow>,
    pub arns: Vec<Text>,
    pub keys: Vec<KeyRow>,
    /// Places in `keys`.
    pub key_lists: Lists<u32>,
    /// Places in `actions`.
    pub dependents: Lists<u32>,
}

impl Table {
    /// A piece of the text.
    pub fn text(&self, text: Text) -> &str {
        let start = text.start as usize;
        self.text.get(start..start + usize::from(text.length)).unwrap_or_default()
    }

    /// The row of a sorted run whose name is the given one, without case.
    pub fn find(&self, rows: Rows, name: &str, text: impl Fn(usize) -> Option<Text>) -> Option<usize> {
        let (mut low, mut high) = (rows.start as usize, rows.end as usize);
        while low < high {
            let middle = usize::midpoint(low, high);
            match compare(self.text(text(middle)?), name) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(middle),
                Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// The length of a table as the number of its next row. No table has more rows than its file has bytes, which
/// the decoder limits.
pub(super) fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The order of names: byte by byte, ASCII letters without case.
pub(super) fn compare(one: &str, other: &str) -> Ordering {
    for (left, right) in one.bytes().zip(other.bytes()) {
        if left != right {
            let order = left.to_ascii_lowercase().cmp(&right.to_ascii_lowercase());
            if order.is_ne() {
                return order;
            }
        }
    }
    one.len().cmp(&other.len())
}
