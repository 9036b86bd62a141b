//! The decoded catalog: rows of numbers over one text.

/// A piece of the catalog's text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Text {
    pub start: u32,
    pub length: u16,
}

/// Rows `start..end` of another table.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rows {
    pub start: u32,
    pub end: u32,
}

impl Rows {
    /// The numbers of the rows.
    pub fn indexes(self) -> std::ops::Range<usize> {
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

pub(super) struct ActionRow {
    pub name: Text,
    pub service: u16,
    pub level: u8,
    /// In `uses`.
    pub uses: Rows,
    /// In `key_lists`.
    pub keys: Rows,
    /// In `dependents`.
    pub dependents: Rows,
}

/// A resource type that an action is about.
pub(super) struct UseRow {
    pub resource_type: u32,
    pub required: bool,
    /// In `key_lists`.
    pub keys: Rows,
}

pub(super) struct ResourceTypeRow {
    pub name: Text,
    pub service: u16,
    /// In `arns`.
    pub arns: Rows,
    /// In `key_lists`.
    pub keys: Rows,
}

pub(super) struct KeyRow {
    pub name: Text,
    pub kind: u8,
}

/// All there is. Every number in it was checked when it was decoded.
#[derive(Default)]
pub(super) struct Table {
    pub text: String,
    pub services: Vec<ServiceRow>,
    pub actions: Vec<ActionRow>,
    pub uses: Vec<UseRow>,
    pub resource_types: Vec<ResourceTypeRow>,
    pub arns: Vec<Text>,
    pub keys: Vec<KeyRow>,
    /// Numbers of `keys`.
    pub key_lists: Vec<u32>,
    /// Numbers of `actions`.
    pub dependents: Vec<u32>,
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
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// The order of names: ASCII, without case.
pub(super) fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    let mut left = a.bytes();
    let mut right = b.bytes();
    loop {
        match (left.next(), right.next()) {
            (None, None) => return std::cmp::Ordering::Equal,
            (None, Some(_)) => return std::cmp::Ordering::Less,
            (Some(_), None) => return std::cmp::Ordering::Greater,
            (Some(one), Some(other)) => {
                let order = one.to_ascii_lowercase().cmp(&other.to_ascii_lowercase());
                if order.is_ne() {
                    return order;
                }
            }
        }
    }
}
