//! Patterns in conditions and resources against the definition, followed step by step.
#![no_main]

use admittance::{
    CompiledPolicy, ContextEntry, Decision, PolicyDocument, PolicySet, PolicyType, Principal, Request, RequestContext,
    ResourcePolicyKind, decide,
};
use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;

const ANA: &str = "arn:aws:iam::111122223333:user/ana";

/// Three of the five colons of an ARN, so that what follows has parts in which wildcards are confined.
const ARN_START: &str = "arn:aws:s3:";

#[derive(Arbitrary, Debug, Clone, Copy)]
enum Piece {
    A,
    B,
    Wide,
    Colon,
    Slash,
    One,
    Star,
    /// A star that stands for itself.
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

    fn written(self) -> String {
        if matches!(self, Self::LiteralStar) { "${*}".to_owned() } else { self.character().to_string() }
    }
}

fuzz_target!(|input: Input| {
    // Longer ones say nothing new, and the definition is slow.
    if input.pattern.len() > 40 || input.text.len() > 60 {
        return;
    }
    let pattern: String = input.pattern.iter().map(|piece| piece.written()).collect();
    let text: String = input.text.iter().map(|piece| piece.character()).collect();
    let actual = if input.arn { in_resource(&pattern, &text) } else { in_condition(&pattern, &text) };
    let Some(actual) = actual else { return };
    let text: Vec<char> = text.chars().collect();
    assert_eq!(actual, matches(&input.pattern, &text, input.arn), "{pattern} against {text:?}");
});

/// Whether a `StringLike` holds. Nothing where a document or a request would be refused.
fn in_condition(pattern: &str, text: &str) -> Option<bool> {
    let condition = format!(r#""Resource": "*", "Condition": {{ "StringLike": {{ "aws:UserAgent": "{pattern}" }} }}"#);
    let mut context = RequestContext::new();
    context.insert("aws:UserAgent", ContextEntry::Single(text.to_owned()));
    is_allowed(&condition, "arn:aws:s3:::b/k", context)
}

/// Whether a `Resource` covers an ARN.
fn in_resource(pattern: &str, text: &str) -> Option<bool> {
    let resource = format!(r#""Resource": "{ARN_START}{pattern}""#);
    is_allowed(&resource, &format!("{ARN_START}{text}"), RequestContext::new())
}

fn is_allowed(elements: &str, resource: &str, context: RequestContext) -> Option<bool> {
    let text = format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "AWS": "{ANA}" }},
            "Action": "s3:GetObject", {elements} }} }}"#
    );
    let (document, _) = PolicyDocument::parse(&text);
    let policy = CompiledPolicy::new(document, PolicyType::Resource(ResourcePolicyKind::General)).ok()?;
    let mut set = PolicySet::new();
    set.attach(policy);
    let ana = Principal::parse(ANA).ok()?;
    let request = Request::new(ana, "s3:GetObject", resource, Some("111122223333"), context).ok()?;
    Some(decide(&set, &request) == Decision::Allow)
}

/// Which ends of the text the pattern reaches, piece by piece.
fn matches(pattern: &[Piece], text: &[char], arn: bool) -> bool {
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    let mut colons = 3;
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
