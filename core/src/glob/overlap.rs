//! Whether some text is covered by a pattern and has a given form too.

/// A part of a form.
#[derive(Clone, Copy)]
pub(crate) enum Atom {
    /// This byte.
    Byte(u8),
    /// Any bytes but these, or none.
    Run {
        /// The bytes that it is without.
        without: &'static [u8],
    },
}

/// A part of a pattern.
#[derive(Clone, Copy)]
enum Part {
    Byte(u8),
    One,
    Star,
}

/// Whether a pattern, of which stars may cross anything and variables may be anything, covers some text of the
/// form. The time is pattern × form, the memory is the form.
pub(crate) fn overlap(pattern: &str, form: impl Iterator<Item = Atom>) -> bool {
    let form: Vec<Atom> = form.collect();
    // For every length of the form's beginning: whether it can be the same text as the pattern so far.
    let mut reached = vec![false; form.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    pass_runs(&form, &mut reached);
    let mut rest = pattern;
    while let Some((part, behind)) = next(rest) {
        rest = behind;
        let mut now = vec![false; form.len() + 1];
        for (place, here) in reached.iter().enumerate().filter(|(_, here)| **here) {
            match (part, form.get(place)) {
                (Part::Star, _) => {
                    // From here to any later place; the places before are out of reach.
                    now.iter_mut().skip(place).for_each(|later| *later = true);
                    break;
                }
                (part, Some(Atom::Run { without })) => {
                    let fits = !matches!(part, Part::Byte(byte) if without.contains(&byte));
                    set(&mut now, place, fits && *here);
                }
                (Part::One, Some(Atom::Byte(_))) => set(&mut now, place + 1, true),
                (Part::Byte(one), Some(Atom::Byte(other))) => set(&mut now, place + 1, one == *other),
                (_, None) => {}
            }
        }
        pass_runs(&form, &mut now);
        reached = now;
    }
    reached.last() == Some(&true)
}

/// A run can be nothing, or end here.
fn pass_runs(form: &[Atom], reached: &mut [bool]) {
    for (place, atom) in form.iter().enumerate() {
        if matches!(atom, Atom::Run { .. }) && reached.get(place) == Some(&true) {
            set(reached, place + 1, true);
        }
    }
}

fn set(places: &mut [bool], place: usize, value: bool) {
    if let Some(known) = places.get_mut(place) {
        *known |= value;
    }
}

/// The first part of a pattern, and what follows it.
fn next(pattern: &str) -> Option<(Part, &str)> {
    if let Some((escape, rest)) = pattern.strip_prefix("${").and_then(|rest| rest.split_once('}')) {
        let byte = escape.bytes().next().filter(|_| matches!(escape, "*" | "?" | "$"));
        return Some((byte.map_or(Part::Star, Part::Byte), rest));
    }
    let mut characters = pattern.chars();
    let first = characters.next()?;
    Some(match first {
        '*' => (Part::Star, characters.as_str()),
        '?' => (Part::One, characters.as_str()),
        ascii if ascii.is_ascii() => (Part::Byte(ascii as u8), characters.as_str()),
        // No form has others: only a run can hold it.
        _ => (Part::Byte(0), characters.as_str()),
    })
}

#[cfg(test)]
mod tests {
    use super::{Atom, overlap};

    #[test]
    fn a_pattern_overlaps_a_form_if_some_text_is_both() {
        // `<` and `>` are runs without colons and without anything excluded.
        let cases = [
            ("a:b", "a:b", true),
            ("a:b", "a:c", false),
            ("*", "a:b", true),
            ("a:*", "a:b", true),
            ("a:?", "a:b", true),
            ("a:??", "a:b", false),
            ("a:b", "<:b", true),
            ("a:x:b", "<:b", false),
            ("a:x:b", ">:b", true),
            ("*:c", "<:b", false),
            ("*c", "b>", true),
            ("b", "b>", true),
            ("", "b>", false),
            ("", ">", true),
            ("x${aws:username}y", "x/team/y", true),
            ("x${aws:username}z", "x/team/y", false),
            ("x${*}", "x*", true),
            ("x${*}", "xy", false),
            ("é", ">", true),
            ("é", "e", false),
            ("a*b*c", "a<c", true),
            ("a:*b", "a<b", false),
            ("a:*b", "a>b", true),
        ];
        for (pattern, form, expected) in cases {
            let atoms = form.bytes().map(|byte| match byte {
                b'<' => Atom::Run { without: b":" },
                b'>' => Atom::Run { without: b"" },
                other => Atom::Byte(other),
            });
            assert_eq!(overlap(pattern, atoms), expected, "{pattern} and {form}");
        }
    }
}
