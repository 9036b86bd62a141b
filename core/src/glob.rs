//! The only place that knows `*` and `?` (SPEC 2.1).
//!
//! A pattern is matched as it is written, without being built anew for a request: the text before its
//! first wildcard is compared at once, which is all there is to do for most patterns, and the rest
//! from star to star, with one star (for a resource's ARN two) to come back to. That takes no memory.
//! What stands between two stars is searched for, and what stands behind the last one is compared with
//! the end of the text, so that time grows with pattern + text; only for runs with a `?` or a variable
//! in them, and inside the first five parts of an ARN, it may grow with run × text, which the limits on
//! the length of both keep short.

#[cfg(feature = "catalog")]
pub(crate) mod overlap;

use crate::context::RequestContext;
use crate::evaluate::resolve::{self, Resolved};
use crate::policy::variable::{Piece, Template};

/// Where wildcards stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Nowhere.
    Free,
    /// In a `Resource` ARN, a `?` or a `*` inside one of the first five parts does not cross a colon,
    /// and a `*` that ends a part does (SPEC M-22).
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
    Resource,
    /// Six parts that are compared one by one, so that nothing in the first five crosses a colon
    /// (SPEC 4.6).
    Parts,
    /// There are none: `*` and `?` are text.
    Nowhere,
}

/// A pattern: text in which wildcards count, or a template with the values for its variables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern<'a> {
    pub text: &'a str,
    /// If the text has variables or escapes: itself in pieces, and the request's values.
    pub template: Option<(&'a Template, &'a RequestContext)>,
    /// Pattern text behind it.
    pub tail: &'a str,
    pub reach: Reach,
    /// ASCII letters compare without case.
    pub fold: bool,
}

/// The length of the text before the first wildcard or variable.
pub(crate) fn fixed(text: &str) -> usize {
    // Most texts have none, which is seen in few steps by not leaving the loop early.
    if !text.bytes().fold(false, |found, byte| found | matches!(byte, b'*' | b'?' | b'$')) {
        return text.len();
    }
    let special = |(index, byte): &(usize, &u8)| {
        matches!(byte, b'*' | b'?') || **byte == b'$' && text.as_bytes().get(index + 1) == Some(&b'{')
    };
    text.as_bytes().iter().enumerate().find(special).map_or(text.len(), |(index, _)| index)
}

/// Whether a pattern without variables covers the text, if its beginning tells: that is not there; or it
/// is, and is all there is, or only a star follows. Most patterns are settled by this.
#[inline]
pub(crate) fn simple(pattern: &str, fixed: usize, text: &str, fold: bool) -> Option<bool> {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let Some(start) = text.get(..fixed) else { return Some(false) };
    let (prefix, rest) = pattern.split_at_checked(fixed)?;
    // Many begin alike, as ARNs do, and few end alike.
    if !fold && prefix.last() != start.last() || prefix != start && !(fold && prefix.eq_ignore_ascii_case(start)) {
        return Some(false);
    }
    match rest {
        [] => Some(text.len() == fixed),
        b"*" => Some(true),
        _ => None,
    }
}

impl<'a> Pattern<'a> {
    /// Text in which every `*` and `?` is a wildcard.
    pub fn plain(text: &'a str) -> Self {
        Self { text, template: None, tail: "", reach: Reach::Free, fold: false }
    }

    /// Whether the pattern covers the whole of `text`; `fixed` is the length of its text before the
    /// first wildcard or variable.
    pub fn matches_from(&self, fixed: usize, text: &str) -> bool {
        // Nothing may follow for the beginning to tell; a variable is never part of the beginning.
        match simple(self.text, fixed, text, self.fold) {
            Some(false) if self.tail.is_empty() => false,
            Some(true) if self.tail.is_empty() && self.is_simple(text) => true,
            _ => self.matches(text),
        }
    }

    /// Whether what [`simple`] finds holds for this pattern too: compared as parts, a star may not reach
    /// so far, and there have to be six of them.
    fn is_simple(&self, text: &str) -> bool {
        match self.reach {
            Reach::Free | Reach::Resource => true,
            Reach::Parts => !self.text.ends_with('*') && text.bytes().filter(|byte| *byte == b':').count() >= 5,
            Reach::Nowhere => false,
        }
    }

    /// Whether the pattern covers the whole of `text`.
    pub fn matches(&self, text: &str) -> bool {
        let colons = if matches!(self.reach, Reach::Resource | Reach::Parts) { 5 } else { 0 };
        let mut place = Place { piece: 0, rest: &[], wild: false, colons };
        let mut here = text.as_bytes();
        // Where to go on if nothing fits: behind the last star that stays in its part, and behind the
        // last one that may take anything. What the stars before those took never has to change: a run
        // of pattern that fits earlier leaves more to what follows.
        let mut confined: Option<(Place<'a>, &[u8])> = None;
        let mut free: Option<(Place<'a>, &[u8])> = None;
        loop {
            let fits = match self.atom(&mut place) {
                None if here.is_empty() && (self.reach != Reach::Parts || place.colons == 0) => return true,
                None => false,
                Some(Atom::Star) => {
                    if place.colons == 0 && !self.has_star(place) {
                        // Behind the last star there is one place to try.
                        let Some(end) = self.end(place, here) else { return false };
                        (here, free, confined) = (end, None, None);
                    } else if self.crosses(place) {
                        let Some(from) = self.search(place, text, here) else { return false };
                        (here, free, confined) = (from, Some((place, from)), None);
                    } else {
                        confined = Some((place, here));
                    }
                    true
                }
                Some(Atom::One) => match here.first() {
                    None => false,
                    Some(b':') if place.colons > 0 => false,
                    Some(_) => {
                        here = behind_character(here);
                        true
                    }
                },
                Some(Atom::Byte(byte, raw)) => match here.split_first() {
                    // In one of six parts, a colon that a variable brings is not the end of the part.
                    Some(_) if byte == b':' && !raw && self.reach == Reach::Parts && place.colons > 0 => false,
                    Some((first, rest)) if *first == byte || self.fold && first.eq_ignore_ascii_case(&byte) => {
                        here = rest;
                        if byte == b':' {
                            confined = None;
                            place.colons -= u8::from(raw && place.colons > 0);
                        }
                        true
                    }
                    _ => false,
                },
            };
            if fits {
                continue;
            }
            let back = if confined.as_ref().is_some_and(|(_, from)| !matches!(from.first(), None | Some(b':'))) {
                &mut confined
            } else {
                confined = None;
                &mut free
            };
            let Some((behind_star, from)) = back.as_mut().filter(|(_, from)| !from.is_empty()) else { return false };
            let Some(found) = self.search(*behind_star, text, behind_character(from)) else { return false };
            *from = found;
            (place, here) = (*behind_star, found);
        }
    }

    /// Whether another star follows.
    fn has_star(&self, mut place: Place<'a>) -> bool {
        loop {
            match self.atom(&mut place) {
                Some(Atom::Star) => return true,
                Some(_) => {}
                None => return false,
            }
        }
    }

    /// The end of the text that has as many characters as the rest of the pattern, which has no star.
    fn end<'t>(&self, mut place: Place<'a>, text: &'t [u8]) -> Option<&'t [u8]> {
        let mut start = text.len();
        while let Some(atom) = self.atom(&mut place) {
            if matches!(atom, Atom::Byte(byte, _) if is_continuation(byte)) {
                continue;
            }
            start = text.get(..start)?.iter().rposition(|byte| !is_continuation(*byte))?;
        }
        text.get(start..)
    }

    /// The text from the first place on where the text of the pattern stands that comes next; where a
    /// wildcard comes next, or the star does not take colons, the whole of it.
    fn search<'t>(&self, place: Place<'a>, text: &'t str, here: &'t [u8]) -> Option<&'t [u8]> {
        let (rest, wild) = match self.piece(place.piece) {
            Some((piece, kind)) if place.rest.is_empty() => (piece.as_bytes(), self.is_wild(kind)),
            _ => (place.rest, place.wild),
        };
        let length = rest.iter().position(|byte| wild && matches!(byte, b'*' | b'?')).unwrap_or(rest.len());
        if place.colons > 0 || self.fold || length == 0 {
            return Some(here);
        }
        let subject = text.get(text.len() - here.len()..);
        match (subject, std::str::from_utf8(rest.get(..length)?)) {
            (Some(subject), Ok(wanted)) => here.get(subject.find(wanted)?..),
            _ => Some(here),
        }
    }

    /// Whether wildcards count in a piece.
    fn is_wild(&self, kind: Kind) -> bool {
        match kind {
            Kind::Written => self.reach != Reach::Nowhere,
            Kind::Value => false,
            Kind::Anything => true,
        }
    }

    /// The next step of the pattern.
    fn atom(&self, place: &mut Place<'a>) -> Option<Atom> {
        loop {
            if let Some((byte, rest)) = place.rest.split_first() {
                place.rest = rest;
                return Some(match byte {
                    b'*' if place.wild => Atom::Star,
                    b'?' if place.wild => Atom::One,
                    byte => Atom::Byte(*byte, place.wild || self.reach == Reach::Nowhere),
                });
            }
            let (text, kind) = self.piece(place.piece)?;
            (place.rest, place.wild) = (text.as_bytes(), self.is_wild(kind));
            place.piece += 1;
        }
    }

    /// A piece of the pattern.
    fn piece(&self, index: usize) -> Option<(&'a str, Kind)> {
        let Some((template, context)) = self.template else {
            return match index {
                0 => Some((self.text, Kind::Written)),
                1 => Some((self.tail, Kind::Written)),
                _ => None,
            };
        };
        Some(match template.pieces.get(index) {
            Some(Piece::Raw(text)) => (text, Kind::Written),
            // Substituted text is literal (SPEC V-13).
            Some(Piece::Literal(character)) => (character, Kind::Value),
            Some(Piece::Variable(variable)) => match resolve::variable(variable, context) {
                Resolved::Value(value) => (value, Kind::Value),
                Resolved::Unknown => ("*", Kind::Anything),
                Resolved::Missing => ("", Kind::Value),
            },
            None if index == template.pieces.len() => (self.tail, Kind::Written),
            None => return None,
        })
    }

    /// Whether the star before this place may take colons.
    fn crosses(&self, place: Place<'a>) -> bool {
        if place.colons == 0 {
            return true;
        }
        let mut next = place;
        self.reach == Reach::Resource
            && loop {
                match self.atom(&mut next) {
                    Some(Atom::Star) => {}
                    None | Some(Atom::Byte(b':', true)) => break true,
                    _ => break false,
                }
            }
    }
}

/// What a piece of a pattern is.
#[derive(Clone, Copy)]
enum Kind {
    /// Text of the pattern itself.
    Written,
    /// Text that stands for itself.
    Value,
    /// A value that is not known.
    Anything,
}

/// A place in a pattern.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// The piece behind this one.
    piece: usize,
    /// What is left of this one.
    rest: &'a [u8],
    /// Whether wildcards count in it.
    wild: bool,
    /// Colons still to come before the last part of an ARN, where wildcards are free.
    colons: u8,
}

/// A step of a pattern.
enum Atom {
    Star,
    /// `?`: one character.
    One,
    /// A byte, and whether it stands in the pattern itself.
    Byte(u8, bool),
}

/// Whether a byte goes on with a character of several.
fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// The text behind its first character.
fn behind_character(text: &[u8]) -> &[u8] {
    let next = text.iter().skip(1).position(|byte| !is_continuation(*byte));
    text.get(next.map_or(text.len(), |next| next + 1)..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::ContextEntry;
    use crate::policy::Version;

    /// The definition of the glob, by recursion: slow and plain.
    fn reference(pattern: &[char], text: &[char]) -> bool {
        match (pattern, text) {
            ([], []) => true,
            (['*', rest @ ..], _) => reference(rest, text) || !text.is_empty() && reference(pattern, &text[1..]),
            (['?', rest @ ..], [_, tail @ ..]) => reference(rest, tail),
            ([p, rest @ ..], [t, tail @ ..]) if p == t => reference(rest, tail),
            _ => false,
        }
    }

    /// The definition for ARNs, by recursion over what is left: each wildcard with whether it crosses.
    fn arn_reference(pattern: &[(char, bool)], text: &[char]) -> bool {
        match (pattern, text) {
            ([], []) => true,
            ([('*', crosses), rest @ ..], _) => {
                arn_reference(rest, text)
                    || !text.is_empty() && (*crosses || text[0] != ':') && arn_reference(pattern, &text[1..])
            }
            ([('?', crosses), rest @ ..], [t, tail @ ..]) => (*crosses || *t != ':') && arn_reference(rest, tail),
            ([(p, _), rest @ ..], [t, tail @ ..]) => p == t && arn_reference(rest, tail),
            _ => false,
        }
    }

    /// The wildcards of a pattern, with whether they cross colons.
    fn crossing(pattern: &str, reach: Reach) -> Vec<(char, bool)> {
        let characters: Vec<char> = pattern.chars().collect();
        let crosses = |index: usize| {
            let in_last_part = characters[..index].iter().filter(|c| **c == ':').count() >= 5;
            let next = characters[index..].iter().find(|c| **c != '*');
            let ends_part = characters[index] == '*' && matches!(next, None | Some(':'));
            in_last_part || reach == Reach::Resource && ends_part
        };
        characters.iter().enumerate().map(|(index, c)| (*c, crosses(index))).collect()
    }

    fn words(alphabet: &[&str], length: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut start = 0;
        for _ in 0..length {
            let end = all.len();
            for index in start..end {
                for letters in alphabet {
                    let word = format!("{}{letters}", all[index]);
                    all.push(word);
                }
            }
            start = end;
        }
        all
    }

    fn matches(pattern: &str, reach: Reach, text: &str) -> bool {
        let pattern = Pattern { reach, ..Pattern::plain(pattern) };
        let whole = pattern.matches(text);
        assert_eq!(pattern.matches_from(fixed(pattern.text), text), whole, "{pattern:?} against {text}");
        whole
    }

    /// Every pattern of up to five characters over a, é, `*`, `?` against every text of up to five.
    #[test]
    fn matching_agrees_with_the_definition() {
        let texts = words(&["a", "é"], 5);
        for pattern in words(&["a", "é", "*", "?"], 5) {
            let wanted: Vec<char> = pattern.chars().collect();
            for text in &texts {
                let expected = reference(&wanted, &text.chars().collect::<Vec<_>>());
                assert_eq!(matches(&pattern, Reach::Free, text), expected, "{pattern} against {text}");
            }
        }
    }

    /// The same for ARNs: every pattern of up to six steps, behind as many colons as leave one or two
    /// parts before the last one.
    #[test]
    fn matching_of_arns_agrees_with_the_definition() {
        let texts = words(&["a", ":"], 6);
        for pattern in words(&["a", ":", "*", "?"], 6) {
            for colons in [":::", "::::"] {
                let pattern = format!("{colons}{pattern}");
                for reach in [Reach::Resource, Reach::Parts] {
                    let wanted = crossing(&pattern, reach);
                    let whole = pattern.matches(':').count() >= 5;
                    for text in &texts {
                        let text = format!("{colons}{text}");
                        let expected = arn_reference(&wanted, &text.chars().collect::<Vec<_>>());
                        let expected = expected && (whole || reach == Reach::Resource);
                        assert_eq!(matches(&pattern, reach, &text), expected, "{reach:?}: {pattern} against {text}");
                    }
                }
            }
        }
    }

    fn with_variable(pattern: &str, value: &str, reach: Reach, text: &str) -> bool {
        let mut context = RequestContext::new();
        context.insert("a:v", ContextEntry::Single(value.to_owned()));
        let template = Template::parse(pattern, Version::V2012).unwrap();
        Pattern { template: Some((&template, &context)), reach, ..Pattern::plain(pattern) }
            .matches_from(fixed(pattern), text)
    }

    #[test]
    fn values_of_variables_are_no_wildcards() {
        for (pattern, value, text, expected) in [
            ("a*${a:v}", "*?", "axx*?", true),
            ("a*${a:v}", "*?", "axxyz", false),
            ("a${*}b", "", "a*b", true),
            ("a${*}b", "", "axb", false),
            ("${a:v}*", "x", "xyz", true),
            ("*${a:v}", "aab", "aaaab", true),
        ] {
            assert_eq!(with_variable(pattern, value, Reach::Free, text), expected, "{pattern} against {text}");
        }
        assert!(with_variable("a*${a:v}", "b", Reach::Nowhere, "a*b"));
        assert!(!with_variable("a*${a:v}", "b", Reach::Nowhere, "axb"));
    }

    #[test]
    fn colons_of_variables_end_no_part() {
        let text = "arn:aws:s3:r:1:x";
        assert!(with_variable("arn:aws:${a:v}:1:x", "s3:r", Reach::Resource, text));
        assert!(!with_variable("arn:aws:${a:v}:1:x:*", "s3:r", Reach::Parts, "arn:aws:s3:r:1:x:y"));
        assert!(with_variable("arn:aws:s3:r:1:${a:v}", "x:y", Reach::Parts, "arn:aws:s3:r:1:x:y"));
        assert!(!with_variable("arn:aws:s*${a:v}:r:1:x", ":r", Reach::Resource, "arn:aws:s3:q:r:r:1:x"));
    }

    #[test]
    fn stars_inside_a_part_of_an_arn_stay_in_it() {
        for (pattern, text, expected) in [
            ("arn:aws:sns:*:*:t", "arn:aws:sns:us-east-1:1:t", true),
            ("arn:aws:sns:*:t", "arn:aws:sns:us-east-1:1:t", true),
            ("arn:aws:sns:us-*:t", "arn:aws:sns:us-east-1:1:t", true),
            ("arn:aws:sns:u*1:1:t", "arn:aws:sns:us-east-1:1:t", true),
            ("arn:aws:sns:u*1:t", "arn:aws:sns:us-east-1:1:t", false),
            ("arn:aws:sns:us?east?1:1:t", "arn:aws:sns:us-east-1:1:t", true),
            ("arn:aws:sns:us-east-1?1:t", "arn:aws:sns:us-east-1:1:t", false),
            ("arn:aws:s3:::a*c", "arn:aws:s3:::a:b/c", true),
            ("arn:aws:logs:*:*:log-group:*:x", "arn:aws:logs:r:1:log-group:a:b:x", true),
        ] {
            assert_eq!(matches(pattern, Reach::Resource, text), expected, "{pattern} against {text}");
        }
    }
}
