//! The shapes of globs against the definition, followed step by step.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;

#[allow(dead_code, unused_imports, unreachable_pub)]
#[path = "../../../core/src/glob.rs"]
mod glob;

use glob::{Glob, GlobBuilder};

#[derive(Arbitrary, Debug, Clone, Copy)]
enum Piece {
    A,
    B,
    Wide,
    Colon,
    Slash,
    One,
    Star,
    /// A star that stands for itself, as a variable's value may hold it.
    LiteralStar,
}

#[derive(Arbitrary, Debug)]
struct Input {
    arn: bool,
    pattern: Vec<Piece>,
    text: Vec<Piece>,
}

impl Piece {
    fn character(self) -> char {
        match self {
            Self::A => 'a',
            Self::B => 'b',
            Self::Wide => '𝄞',
            Self::Colon => ':',
            Self::Slash => '/',
            Self::One => '?',
            Self::Star | Self::LiteralStar => '*',
        }
    }
}

fuzz_target!(|input: Input| {
    // Longer ones say nothing new, and the definition is slow.
    if input.pattern.len() > 40 || input.text.len() > 60 {
        return;
    }
    let text: Vec<char> = input.text.iter().map(|piece| piece.character()).collect();
    let mut builder = GlobBuilder::new(input.arn);
    for piece in &input.pattern {
        let one = piece.character().to_string();
        if matches!(piece, Piece::LiteralStar) { builder.literal(&one) } else { builder.pattern(&one) }
    }
    let subject: String = text.iter().collect();
    let expected = matches(&input.pattern, &text, input.arn);
    assert_eq!(builder.build().matches(&subject), expected, "{:?} against {subject}", input.pattern);
    if !input.arn && !input.pattern.iter().any(|piece| matches!(piece, Piece::LiteralStar)) {
        let pattern: String = input.pattern.iter().map(|piece| piece.character()).collect();
        assert_eq!(Glob::new(&pattern).matches(&subject), expected, "{pattern} against {subject}");
    }
});

/// Which ends of the text the pattern reaches, piece by piece.
fn matches(pattern: &[Piece], text: &[char], arn: bool) -> bool {
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    let mut colons = 0;
    for (index, piece) in pattern.iter().enumerate() {
        let free = !arn || colons >= 5;
        let mut next = vec![false; text.len() + 1];
        match piece {
            Piece::Star => {
                // A star may cross colons if nothing but stars follows it in its part of the ARN.
                let rest = pattern[index..].iter().find(|piece| !matches!(piece, Piece::Star));
                let crosses = free || matches!(rest, None | Some(Piece::Colon));
                for start in 0..=text.len() {
                    if reached[start] {
                        next[start] = true;
                        for end in start..text.len() {
                            if !crosses && text[end] == ':' {
                                break;
                            }
                            next[end + 1] = true;
                        }
                    }
                }
            }
            _ => {
                for at in 0..text.len() {
                    let fits = match piece {
                        Piece::One => free || text[at] != ':',
                        _ => text[at] == piece.character(),
                    };
                    next[at + 1] |= reached[at] && fits;
                }
            }
        }
        if matches!(piece, Piece::Colon) {
            colons += 1;
        }
        reached = next;
    }
    reached[text.len()]
}
