//! Patterns: policy variables, escapes and wildcards (SPEC 2.1, 2.5, 3), and ARN patterns (SPEC 2.3, 4.6).

use super::Context;

/// One element of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// A character that the policy's author wrote.
    Written(char),
    /// A character that came out of a variable or an escape: never a wildcard, never a delimiter.
    Substituted(char),
    /// `*`
    Any,
    /// `?`
    One,
}

/// Reads a pattern. `None`: it holds a variable that has no value (V-08, V-09), or a malformed one.
pub fn pattern(text: &str, variables: bool, context: &Context) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if variables && rest.starts_with("${") {
            let end = rest.find('}')?;
            for c in variable(&rest[2..end], context)?.chars() {
                tokens.push(Token::Substituted(c));
            }
            rest = &rest[end + 1..];
            continue;
        }
        tokens.push(match first {
            '*' => Token::Any,
            '?' => Token::One,
            c => Token::Written(c),
        });
        rest = &rest[first.len_utf8()..];
    }
    Some(tokens)
}

/// The text that a variable stands for: an escape, a single value of the context, or the default.
fn variable(inside: &str, context: &Context) -> Option<String> {
    if ["*", "?", "$"].contains(&inside) {
        return Some(inside.to_owned());
    }
    let (key, default) = match inside.split_once(", ") {
        Some((key, quoted)) => (key, Some(quoted.strip_prefix('\'')?.strip_suffix('\'')?.to_owned())),
        None => (inside, None),
    };
    match context.get(&key.to_lowercase()) {
        // V-06: a multivalued key counts as no value.
        Some(entry) if !entry.multivalued => entry.values.first().cloned(),
        _ => default,
    }
}

/// The tokens as plain text, wildcards as the characters that they are written with.
pub fn plain(tokens: &[Token]) -> String {
    tokens
        .iter()
        .map(|token| match token {
            Token::Written(c) | Token::Substituted(c) => *c,
            Token::Any => '*',
            Token::One => '?',
        })
        .collect()
}

/// Whether the whole text matches: one table row per token, no backtracking.
pub fn glob(tokens: &[Token], text: &str) -> bool {
    let tokens: Vec<(Token, bool)> = tokens.iter().map(|token| (*token, true)).collect();
    glob_with_colons(&tokens, text)
}

/// As [`glob`]; the flag of a wildcard says whether it may take a colon.
fn glob_with_colons(tokens: &[(Token, bool)], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for (token, colons) in tokens {
        let mut next = vec![false; text.len() + 1];
        for at in 0..=text.len() {
            let before = at.checked_sub(1);
            let takes = before.is_some_and(|index| *colons || text[index] != ':');
            next[at] = match token {
                Token::Any => reached[at] || (takes && before.is_some_and(|index| next[index])),
                Token::One => takes && before.is_some_and(|index| reached[index]),
                Token::Written(c) | Token::Substituted(c) => {
                    before.is_some_and(|index| reached[index] && text[index] == *c)
                }
            };
        }
        reached = next;
    }
    reached[text.len()]
}

/// Splits at the first five colons that were written as such.
fn parts(tokens: &[Token]) -> Vec<&[Token]> {
    tokens.splitn(6, |token| *token == Token::Written(':')).collect()
}

/// SPEC 4.6: an ARN operator compares six parts one by one.
pub fn arn_operator(tokens: &[Token], value: &str) -> bool {
    let (wanted, given) = (parts(tokens), value.splitn(6, ':').collect::<Vec<_>>());
    wanted.len() == 6 && given.len() == 6 && wanted.iter().zip(given).all(|(part, text)| glob(part, text))
}

/// SPEC 2.3: whether a `Resource` pattern matches the ARN of the request.
pub fn resource(tokens: &[Token], arn: &str, completes: bool) -> bool {
    if tokens == [Token::Any] {
        return true;
    }
    let segments = parts(tokens);
    if crossing(&segments, arn) {
        return true;
    }
    // M-25: a short ARN is also read with a star for each part that it lacks.
    if completes && segments.len() < 6 {
        let mut completed = segments;
        completed.resize(6, &[Token::Any]);
        return crossing(&completed, arn);
    }
    false
}

/// M-22: a star at the end of a segment may cross colons, other wildcards of the first five may not.
fn crossing(segments: &[&[Token]], arn: &str) -> bool {
    let mut flat = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        if number > 0 {
            flat.push((Token::Written(':'), false));
        }
        for (index, token) in segment.iter().enumerate() {
            let ends_segment = index + 1 == segment.len();
            flat.push((*token, number == 5 || (*token == Token::Any && ends_segment)));
        }
    }
    glob_with_colons(&flat, arn)
}

/// M-30: whether a pattern covers an action that has no resource.
pub fn covers_service(tokens: &[Token], service: &str, completes: bool) -> bool {
    if tokens == [Token::Any] {
        return true;
    }
    let mut segments = parts(tokens);
    if completes && segments.len() < 6 {
        segments.resize(6, &[Token::Any]);
    }
    let open = |segment: &&[Token]| segment.is_empty() || **segment == [Token::Any];
    segments.len() == 6 && plain(segments[2]) == service && segments[3..].iter().all(open)
}
