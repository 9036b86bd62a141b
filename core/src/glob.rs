//! The only place that knows `*` and `?` (SPEC 2.1).
//!
//! A pattern is classified once. Matching takes time linear in the text for the common shapes, and
//! never more than pattern × text.

/// A pattern, classified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Glob {
    /// `*`.
    Any,
    /// No wildcard.
    Literal(Box<str>),
    /// Text and then one `*`.
    Prefix(Box<str>),
    /// Runs between stars: the first stands at the start, the last at the end.
    Runs(Box<[Run]>),
    /// With wildcards that do not cross a colon (SPEC M-22).
    Confined(Box<[Atom]>),
}

/// What stands between two stars.
type Run = Vec<Part>;

/// A part of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Text(Box<str>),
    /// `?`: one character.
    One,
}

/// One step of a confined pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Atom {
    Char(char),
    One { crosses: bool },
    Star { crosses: bool },
}

impl Glob {
    /// The glob of `text`, where every `*` and `?` is a wildcard.
    pub fn new(text: &str) -> Self {
        let mut builder = GlobBuilder::new(false);
        builder.pattern(text);
        builder.build()
    }

    /// Whether the pattern covers the whole of `text`.
    pub fn matches(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Literal(literal) => **literal == *text,
            Self::Prefix(prefix) => text.starts_with(&**prefix),
            Self::Runs(runs) => match_runs(runs, text),
            Self::Confined(atoms) => match_atoms(atoms, text),
        }
    }
}

/// Builds a glob from pattern text and literal text.
#[derive(Debug)]
pub(crate) struct GlobBuilder {
    atoms: Vec<Atom>,
    /// Colons still to come before the resource part of an ARN, where wildcards are free.
    colons_left: usize,
    /// Where the stars at the end of `atoms` begin whose crossing is not decided yet.
    undecided: Option<usize>,
}

impl GlobBuilder {
    /// For a `Resource` ARN, a `?` or a `*` inside one of the first five parts does not cross a
    /// colon, and a `*` that ends a part does (SPEC M-22). Otherwise nothing is confined.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
    pub fn new(resource_arn: bool) -> Self {
        Self { atoms: Vec::new(), colons_left: if resource_arn { 5 } else { 0 }, undecided: None }
    }

    /// Adds text in which `*` and `?` are wildcards.
    pub fn pattern(&mut self, text: &str) {
        for character in text.chars() {
            let crosses = self.colons_left == 0;
            match character {
                '*' if crosses => self.atoms.push(Atom::Star { crosses }),
                '*' => {
                    self.undecided.get_or_insert(self.atoms.len());
                    self.atoms.push(Atom::Star { crosses: true });
                }
                '?' => {
                    self.confine();
                    self.atoms.push(Atom::One { crosses });
                }
                ':' => {
                    self.undecided = None;
                    self.colons_left = self.colons_left.saturating_sub(1);
                    self.atoms.push(Atom::Char(':'));
                }
                _ => {
                    self.confine();
                    self.atoms.push(Atom::Char(character));
                }
            }
        }
    }

    /// Adds text that stands for itself.
    pub fn literal(&mut self, text: &str) {
        if !text.is_empty() {
            self.confine();
            self.atoms.extend(text.chars().map(Atom::Char));
        }
    }

    /// Something other than a colon follows: the pending stars are inside their part.
    fn confine(&mut self) {
        if let Some(start) = self.undecided.take() {
            for atom in self.atoms.iter_mut().skip(start) {
                *atom = Atom::Star { crosses: false };
            }
        }
    }

    /// Classifies the pattern.
    pub fn build(self) -> Glob {
        let confined = |atom: &Atom| matches!(atom, Atom::One { crosses: false } | Atom::Star { crosses: false });
        if self.atoms.iter().any(confined) {
            return Glob::Confined(self.atoms.into());
        }
        let mut runs = vec![Run::new()];
        let mut text = String::new();
        for atom in self.atoms {
            if let Atom::Char(character) = atom {
                text.push(character);
                continue;
            }
            if let Some(run) = runs.last_mut() {
                end_text(run, &mut text);
                if matches!(atom, Atom::One { .. }) {
                    run.push(Part::One);
                }
            }
            if matches!(atom, Atom::Star { .. }) {
                runs.push(Run::new());
            }
        }
        if let Some(run) = runs.last_mut() {
            end_text(run, &mut text);
        }
        // Neighbouring stars are one star.
        let last = runs.len() - 1;
        let mut index = 0;
        runs.retain(|run| {
            index += 1;
            index == 1 || index == last + 1 || !run.is_empty()
        });
        classify(runs)
    }
}

fn end_text(run: &mut Run, text: &mut String) {
    if !text.is_empty() {
        run.push(Part::Text(std::mem::take(text).into()));
    }
}

fn classify(runs: Vec<Run>) -> Glob {
    match runs.as_slice() {
        [only] => match only.as_slice() {
            [] => Glob::Literal("".into()),
            [Part::Text(text)] => Glob::Literal(text.clone()),
            _ => Glob::Runs(runs.into()),
        },
        [first, last] if last.is_empty() => match first.as_slice() {
            [] => Glob::Any,
            [Part::Text(text)] => Glob::Prefix(text.clone()),
            _ => Glob::Runs(runs.into()),
        },
        _ => Glob::Runs(runs.into()),
    }
}

/// Takes each run between the first and the last at the first place that fits: a star before it
/// takes up whatever was skipped, so a later place can never be needed.
fn match_runs(runs: &[Run], text: &str) -> bool {
    let [first, rest @ ..] = runs else { return text.is_empty() };
    let Some(mut text) = strip(first, text) else { return false };
    let [middle @ .., last] = rest else { return text.is_empty() };
    for run in middle {
        match find(run, text) {
            Some(remainder) => text = remainder,
            None => return false,
        }
    }
    ends_with(last, text)
}

/// What follows the run, if it stands at the start of the text.
fn strip<'t>(run: &[Part], mut text: &'t str) -> Option<&'t str> {
    for part in run {
        text = match part {
            Part::Text(literal) => text.strip_prefix(&**literal)?,
            Part::One => {
                let mut characters = text.chars();
                characters.next()?;
                characters.as_str()
            }
        };
    }
    Some(text)
}

/// What follows the first place where the run stands.
fn find<'t>(run: &[Part], mut text: &'t str) -> Option<&'t str> {
    let Some(Part::Text(anchor)) = run.first() else {
        loop {
            if let Some(rest) = strip(run, text) {
                return Some(rest);
            }
            let mut characters = text.chars();
            characters.next()?;
            text = characters.as_str();
        }
    };
    loop {
        text = text.get(text.find(&**anchor)?..)?;
        if let Some(rest) = strip(run, text) {
            return Some(rest);
        }
        let mut characters = text.chars();
        characters.next()?;
        text = characters.as_str();
    }
}

/// Whether the run stands at the end of the text.
fn ends_with(run: &[Part], mut text: &str) -> bool {
    for part in run.iter().rev() {
        text = match part {
            Part::Text(literal) => match text.strip_suffix(&**literal) {
                Some(rest) => rest,
                None => return false,
            },
            Part::One => {
                let mut characters = text.chars();
                if characters.next_back().is_none() {
                    return false;
                }
                characters.as_str()
            }
        };
    }
    true
}

/// Follows every position of the pattern at once, a character of the text at a time.
fn match_atoms(atoms: &[Atom], text: &str) -> bool {
    let mut current = vec![false; atoms.len() + 1];
    let mut next = current.clone();
    reach(atoms, &mut current, 0);
    for character in text.chars() {
        next.fill(false);
        for (index, atom) in atoms.iter().enumerate() {
            if !current.get(index).copied().unwrap_or_default() {
                continue;
            }
            match atom {
                Atom::Char(wanted) if *wanted == character => reach(atoms, &mut next, index + 1),
                Atom::One { crosses } if *crosses || character != ':' => reach(atoms, &mut next, index + 1),
                Atom::Star { crosses } if *crosses || character != ':' => reach(atoms, &mut next, index),
                _ => {}
            }
        }
        std::mem::swap(&mut current, &mut next);
    }
    current.last().copied().unwrap_or_default()
}

/// Marks a position, and those behind the stars that follow it, since a star may take nothing.
fn reach(atoms: &[Atom], positions: &mut [bool], from: usize) {
    let mut index = from;
    while let Some(position) = positions.get_mut(index) {
        *position = true;
        if !matches!(atoms.get(index), Some(Atom::Star { .. })) {
            return;
        }
        index += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    /// Every pattern of up to five characters over a, b, `*`, `?` against every text of up to five:
    /// the fast shapes, the general one and the definition agree.
    #[test]
    fn shapes_agree_with_the_definition() {
        let words = |alphabet: &[char]| {
            let mut all = vec![String::new()];
            let mut start = 0;
            for _ in 0..5 {
                let end = all.len();
                for index in start..end {
                    for character in alphabet {
                        let word = format!("{}{character}", all[index]);
                        all.push(word);
                    }
                }
                start = end;
            }
            all
        };
        let texts = words(&['a', 'é']);
        for pattern in words(&['a', 'é', '*', '?']) {
            let glob = Glob::new(&pattern);
            let mut builder = GlobBuilder::new(false);
            builder.pattern(&pattern);
            let atoms = builder.atoms;
            let wanted: Vec<char> = pattern.chars().collect();
            for text in &texts {
                let expected = reference(&wanted, &text.chars().collect::<Vec<_>>());
                assert_eq!(glob.matches(text), expected, "{pattern} against {text}");
                assert_eq!(match_atoms(&atoms, text), expected, "{pattern} against {text}, position by position");
            }
        }
    }

    #[test]
    fn shapes() {
        assert_eq!(Glob::new("**"), Glob::Any);
        assert_eq!(Glob::new("ab"), Glob::Literal("ab".into()));
        assert_eq!(Glob::new("ab**"), Glob::Prefix("ab".into()));
        assert!(matches!(Glob::new("a?*"), Glob::Runs(_)));
        assert!(Glob::new("").matches("") && !Glob::new("").matches("a"));
    }

    #[test]
    fn literal_text_is_no_wildcard() {
        let mut builder = GlobBuilder::new(false);
        builder.pattern("a*");
        builder.literal("*?");
        let glob = builder.build();
        assert!(glob.matches("axx*?") && !glob.matches("axxyz"));
    }

    #[test]
    fn stars_inside_a_part_of_an_arn_stay_in_it() {
        let arn = |text: &str| {
            let mut builder = GlobBuilder::new(true);
            builder.pattern(text);
            builder.build()
        };
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
            assert_eq!(arn(pattern).matches(text), expected, "{pattern} against {text}");
        }
    }
}
