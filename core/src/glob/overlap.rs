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

/// A form, made ready for many patterns. A set of places in it is a bit for each, in words; place `n` stands for the
/// form's first `n` atoms.
pub(crate) struct Form {
    end: usize,
    /// The places of the runs.
    runs: Vec<u64>,
    /// For each byte: which of `steps` it takes.
    bytes: [u8; 128],
    steps: Vec<Step>,
}

/// What a part of a pattern does.
struct Step {
    /// The places from which it goes on to the next one.
    next: Vec<u64>,
    /// The places where it stays: runs that have it.
    stay: Vec<u64>,
}

impl Form {
    /// Makes a form ready.
    pub(crate) fn new(atoms: impl Iterator<Item = Atom>) -> Self {
        let atoms: Vec<Atom> = atoms.collect();
        let none = || vec![0; atoms.len() / 64 + 1];
        let (mut runs, mut texts) = (none(), none());
        for (place, atom) in atoms.iter().enumerate() {
            add(if matches!(atom, Atom::Run { .. }) { &mut runs } else { &mut texts }, place);
        }
        // The first step is that of bytes which the form does not name, the second that of `?`.
        let other = Step { next: none(), stay: runs.clone() };
        let one = Step { next: texts, stay: runs.clone() };
        let mut form = Self { end: atoms.len(), runs, bytes: [0; 128], steps: vec![other, one] };
        for (place, atom) in atoms.iter().enumerate() {
            match atom {
                Atom::Byte(byte) => {
                    if let Some(step) = form.step(*byte) {
                        add(&mut step.next, place);
                    }
                }
                Atom::Run { without } => {
                    for byte in *without {
                        if let Some(step) = form.step(*byte) {
                            remove(&mut step.stay, place);
                        }
                    }
                }
            }
        }
        form
    }

    /// The step of a byte, to be changed.
    fn step(&mut self, byte: u8) -> Option<&mut Step> {
        let number = self.bytes.get_mut(usize::from(byte))?;
        if *number == 0 {
            *number = u8::try_from(self.steps.len()).ok()?;
            self.steps.push(Step { next: vec![0; self.runs.len()], stay: self.runs.clone() });
        }
        self.steps.get_mut(usize::from(*number))
    }

    /// Whether a pattern, of which stars may cross anything and variables may be anything, covers some text of the
    /// form.
    pub(crate) fn overlaps(&self, pattern: &str) -> bool {
        let mut reached = vec![0; self.runs.len()];
        add(&mut reached, 0);
        self.pass_runs(&mut reached);
        let mut rest = pattern;
        while let Some((part, behind)) = next(rest) {
            rest = behind;
            let step = match part {
                Part::Star => {
                    star(&mut reached);
                    continue;
                }
                Part::One => 1,
                Part::Byte(byte) => self.bytes.get(usize::from(byte)).copied().unwrap_or_default(),
            };
            let Some(step) = self.steps.get(usize::from(step)) else { return false };
            let (mut carried, mut any) = (0, 0);
            for (word, (next, stay)) in reached.iter_mut().zip(step.next.iter().zip(&step.stay)) {
                let moved = *word & next;
                *word = (moved << 1) | carried | (*word & stay);
                carried = moved >> 63;
                any |= *word;
            }
            if any == 0 {
                return false;
            }
            self.pass_runs(&mut reached);
        }
        reached.get(self.end / 64).is_some_and(|word| word >> (self.end % 64) & 1 == 1)
    }

    /// A run can be nothing, or end here.
    fn pass_runs(&self, reached: &mut [u64]) {
        loop {
            let (mut carried, mut new) = (0, 0);
            for (word, runs) in reached.iter_mut().zip(&self.runs) {
                let passed = *word & runs;
                let behind = (passed << 1) | carried;
                carried = passed >> 63;
                new |= behind & !*word;
                *word |= behind;
            }
            if new == 0 {
                return;
            }
        }
    }
}

/// From the first place to any later one.
fn star(reached: &mut [u64]) {
    let mut all = 0;
    for word in reached {
        // The lowest bit, and all above it.
        let from = *word | word.wrapping_neg();
        *word = all | from;
        if *word != 0 {
            all = u64::MAX;
        }
    }
}

fn add(places: &mut [u64], place: usize) {
    if let Some(word) = places.get_mut(place / 64) {
        *word |= 1 << (place % 64);
    }
}

fn remove(places: &mut [u64], place: usize) {
    if let Some(word) = places.get_mut(place / 64) {
        *word &= !(1 << (place % 64));
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
    use super::{Atom, Form};

    /// Longer than a word has bits.
    const LONG: &str = "123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789";

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
            ("a", "<>a", true),
            ("b", "<>a", false),
            (LONG, LONG, true),
            ("*z", LONG, false),
            ("*9", LONG, true),
            (LONG, ">9", true),
        ];
        for (pattern, form, expected) in cases {
            let atoms = form.bytes().map(|byte| match byte {
                b'<' => Atom::Run { without: b":" },
                b'>' => Atom::Run { without: b"" },
                other => Atom::Byte(other),
            });
            assert_eq!(Form::new(atoms).overlaps(pattern), expected, "{pattern} and {form}");
        }
    }
}
