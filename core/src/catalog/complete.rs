//! Completion of what is typed into an `Action` element.

use super::{Action, Catalog, Service};

/// What can stand where text is typed.
#[derive(Clone, Copy)]
pub enum Completion<'a> {
    /// A service: its prefix and a colon, to go on from.
    Service(Service<'a>),
    /// An action.
    Action(Action<'a>),
}

/// How well a name fits what was typed; the best comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Beginning,
    /// Beginnings of its words: `go` or `getob` in `GetObject`.
    Words,
    /// Somewhere inside.
    Inside,
    /// All letters in their order, with others between.
    Letters,
}

/// The best completions, the best first.
pub(super) fn complete<'a>(catalog: &'a Catalog, typed: &str, limit: usize) -> Vec<Completion<'a>> {
    let mut found = Vec::new();
    match typed.split_once(':') {
        Some((prefix, name)) => {
            if let Some(service) = catalog.service(prefix) {
                actions(service, name, &mut found);
            }
        }
        None => {
            for service in catalog.services() {
                // `Amazon Simple Storage Service` is found by `storage` too, behind what the prefix is found by.
                let by_name = || fit(service.name(), typed).filter(|fit| *fit < Fit::Letters).map(|_| Fit::Inside);
                if let Some(fit) = fit(service.prefix(), typed).or_else(by_name) {
                    found.push(Ranked { fit, length: service.prefix().len(), found: Completion::Service(service) });
                }
                // One or two letters are in too many names for these to be a help.
                if typed.len() > 2 {
                    actions(service, typed, &mut found);
                }
            }
        }
    }
    // A stable sort: what fits equally well stays in the order of the catalog.
    found.sort_by_key(|ranked| (ranked.fit, ranked.length));
    found.truncate(limit);
    found.into_iter().map(|ranked| ranked.found).collect()
}

struct Ranked<'a> {
    fit: Fit,
    length: usize,
    found: Completion<'a>,
}

fn actions<'a>(service: Service<'a>, typed: &str, found: &mut Vec<Ranked<'a>>) {
    for action in service.actions() {
        if let Some(fit) = fit(action.name(), typed) {
            found.push(Ranked { fit, length: action.name().len(), found: Completion::Action(action) });
        }
    }
}

/// How a name fits what was typed, without case; `None` if it does not.
fn fit(name: &str, typed: &str) -> Option<Fit> {
    let (name, typed) = (name.as_bytes(), typed.as_bytes());
    if name.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed)) {
        return Some(if name.len() == typed.len() { Fit::Whole } else { Fit::Beginning });
    }
    if !subsequence(name, typed) {
        return None;
    }
    if words(name, typed) {
        return Some(Fit::Words);
    }
    let inside = name.windows(typed.len()).any(|part| part.eq_ignore_ascii_case(typed));
    Some(if inside { Fit::Inside } else { Fit::Letters })
}

fn subsequence(name: &[u8], typed: &[u8]) -> bool {
    let mut name = name.iter();
    typed.iter().all(|wanted| name.any(|byte| byte.eq_ignore_ascii_case(wanted)))
}

/// Whether what was typed is made of beginnings of words of the name, in their order.
fn words(name: &[u8], typed: &[u8]) -> bool {
    let Some(name) = name.get(..name.len().min(128)) else { return false };
    let mut starts = 0_u128;
    let mut lower = false;
    for (place, byte) in name.iter().enumerate() {
        if place == 0 || byte.is_ascii_uppercase() && lower || byte.is_ascii_digit() && lower {
            starts |= 1 << place;
        }
        lower = byte.is_ascii_lowercase();
        if !byte.is_ascii_alphanumeric() && place + 1 < name.len() {
            starts |= 1 << (place + 1);
        }
    }
    // The places at which the letters so far can end, as bits.
    let mut ends: Option<u128> = None;
    for wanted in typed {
        let mut here = 0_u128;
        for (place, byte) in name.iter().enumerate() {
            if byte.eq_ignore_ascii_case(wanted) {
                here |= 1 << place;
            }
        }
        // Right behind the letter before, or at the start of any word further on.
        let reachable = match ends {
            None => starts,
            Some(ends) => (ends << 1) | (starts & !lowest_and_below(ends)),
        };
        ends = Some(here & reachable);
        if ends == Some(0) {
            return false;
        }
    }
    true
}

/// The lowest bit that is set, and all below it.
fn lowest_and_below(bits: u128) -> u128 {
    bits ^ bits.wrapping_sub(1)
}
