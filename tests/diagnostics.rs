//! The diagnostics of the parsers, each at the exact token: the tables of `diagnostics/`.
//!
//! A row is a title (`== …`), headers, a document and what is to be found in it. In the document
//! `⟦` and `⟧` stand around the token that a diagnostic speaks of, and are taken out; `⟨U+00A0⟩`
//! stands for a character that would not be seen. The lines that begin with `->` belong to the marks
//! in the order in which these open: line and column (in UTF-16 code units, from 1), severity and
//! code, then words that the message and the help have to hold. `-> nothing` is a document without
//! diagnostics; nothing else than what is listed may be reported.
//!
//! Headers: `type:` the policy type, or `scenario`; `in: statement` and `in: condition` put the
//! document into a plain one; `ends: CRLF` or `CR` changes the line ends; `at:` is the location that a
//! scenario's diagnostics name.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::ExitCode;

use admittance::scenario::Scenario;
use admittance::{LineIndex, PolicyDocument, PolicyType, ResourcePolicyKind, Span};
use libtest_mimic::{Arguments, Failed, Trial};

const TYPES: [(&str, PolicyType); 9] = [
    ("identity", PolicyType::Identity),
    ("boundary", PolicyType::PermissionsBoundary),
    ("session", PolicyType::Session),
    ("resource", PolicyType::Resource(ResourcePolicyKind::General)),
    ("trust", PolicyType::Resource(ResourcePolicyKind::RoleTrust)),
    ("key", PolicyType::Resource(ResourcePolicyKind::KmsKey)),
    ("scp", PolicyType::ServiceControl),
    ("rcp", PolicyType::ResourceControl),
    ("vpce", PolicyType::VpcEndpoint),
];
const STATEMENT: (&str, &str) = ("{ \"Version\": \"2012-10-17\", \"Statement\": [\n", "\n] }");
const CONDITION: (&str, &str) = (
    "{ \"Version\": \"2012-10-17\", \"Statement\": [\n{ \"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\n",
    "\n} }] }",
);

/// A row of a table.
#[derive(Clone, Debug, Default)]
struct Row {
    title: String,
    kind: String,
    text: String,
    expected: Vec<Expected>,
}

/// A diagnostic that has to be found.
#[derive(Clone, Debug, Default, PartialEq)]
struct Expected {
    span: (usize, usize),
    place: String,
    location: String,
    code: String,
    message: String,
    help: String,
}

/// A diagnostic that was found.
struct Found {
    start: usize,
    end: usize,
    /// Line and column, for policies as the library counts them.
    place: String,
    location: String,
    code: String,
    message: String,
    help: String,
}

fn main() -> ExitCode {
    let mut trials = Vec::new();
    let mut codes = BTreeSet::new();
    let folder = admittance_tests::cases::root().join("diagnostics");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut titles = BTreeSet::new();
    for file in files {
        let table = file.file_stem().unwrap().to_string_lossy().into_owned();
        for row in rows(&std::fs::read_to_string(&file).unwrap()) {
            let id = format!("{table}/{}", row.title);
            assert!(titles.insert(id.clone()), "{id} stands twice");
            codes.extend(row.expected.iter().map(|expected| expected.code.split(' ').nth(1).unwrap().to_owned()));
            trials.push(Trial::test(id, move || check(&row).map_err(Failed::from)));
        }
    }
    trials.push(Trial::test("every code has a row", move || every_code(&codes).map_err(Failed::from)));
    trials.push(Trial::test("limits", || limits().map_err(Failed::from)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn check(row: &Row) -> Result<(), String> {
    let found = if row.kind == "scenario" { scenario(&row.text) } else { policy(row) };
    let mut problems = String::new();
    let mut left: Vec<&Found> = found.iter().collect();
    for expected in &row.expected {
        let fits = |found: &&Found| {
            (found.start, found.end) == expected.span
                && found.place == expected.place
                && found.place == place(&row.text, expected.span.0)
                && found.location == expected.location
                && found.code == expected.code
                && found.message.contains(&expected.message)
                && found.help.contains(&expected.help)
        };
        match left.iter().position(fits) {
            Some(index) => drop(left.remove(index)),
            None => writeln!(problems, "not found: {expected:?}").unwrap(),
        }
    }
    for found in left {
        let token = row.text.get(found.start..found.end).unwrap_or("outside the text");
        let (place, code, message, help) = (&found.place, &found.code, &found.message, &found.help);
        writeln!(problems, "found: {place} {code} | {message} | {help}  [{}] ⟦{token}⟧", found.location).unwrap();
    }
    for found in found.iter().filter(|found| found.message.is_empty() || found.help.is_empty()) {
        writeln!(problems, "{} says too little", found.code).unwrap();
    }
    if problems.is_empty() { Ok(()) } else { Err(format!("{problems}{}", row.text)) }
}

fn policy(row: &Row) -> Vec<Found> {
    let (_, policy_type) = TYPES.iter().find(|(name, _)| *name == row.kind).expect("the type is known");
    let (document, mut diagnostics) = PolicyDocument::parse(&row.text);
    let valid = !diagnostics.iter().any(|diagnostic| diagnostic.severity.as_str() == "error");
    assert_eq!(document.is_valid(), valid, "a document is valid if parsing finds no error");
    diagnostics.extend(document.check(*policy_type));
    let index = LineIndex::new(&row.text);
    let found = diagnostics.into_iter().map(|diagnostic| {
        let position = index.position(&row.text, diagnostic.span.start);
        Found {
            start: diagnostic.span.start as usize,
            end: diagnostic.span.end as usize,
            place: format!("{}:{}", position.line, position.column_utf16),
            location: String::new(),
            code: format!("{} {}", diagnostic.severity.as_str(), diagnostic.code),
            message: diagnostic.message,
            help: diagnostic.help.unwrap_or_default(),
        }
    });
    found.collect()
}

fn scenario(text: &str) -> Vec<Found> {
    let byte = |utf16: u32| {
        let mut units = 0;
        let mut offsets = text.char_indices();
        offsets
            .find(|(_, character)| {
                let here = units >= utf16;
                units += character.len_utf16() as u32;
                here
            })
            .map_or(text.len(), |(offset, _)| offset)
    };
    let (_, diagnostics) = Scenario::parse(text);
    let found = diagnostics.into_iter().map(|diagnostic| {
        let range = diagnostic.range.expect("what is wrong with a scenario's text has a place");
        Found {
            start: byte(range.start.offset),
            end: byte(range.end.offset),
            place: format!("{}:{}", range.start.line, range.start.column),
            location: diagnostic.location,
            code: format!("{} {}", diagnostic.severity, diagnostic.code),
            message: diagnostic.message,
            help: diagnostic.help.unwrap_or_default(),
        }
    });
    found.collect()
}

/// Line and column of a byte, counted in the plainest way.
fn place(text: &str, byte: usize) -> String {
    let before = text[..byte].replace("\r\n", "\u{0}\n");
    let before = before.replace('\r', "\n");
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count() + 1;
    format!("{line}:{column}")
}

fn rows(table: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for block in table.split("\n== ").skip(1) {
        let mut lines = block.lines();
        let title = lines.next().unwrap().trim().to_owned();
        let mut row = Row { title, ..Row::default() };
        let (mut ends, mut wrapper, mut location) = ("\n", ("", ""), String::new());
        let mut document: Vec<&str> = Vec::new();
        for line in lines {
            if let Some(expected) = line.strip_prefix("->") {
                row.expected.extend(expectation(expected.trim(), &location));
            } else if let Some((header, value)) =
                line.split_once(": ").filter(|_| document.is_empty() && line.starts_with(char::is_lowercase))
            {
                match (header, value) {
                    ("type", kind) => row.kind = kind.to_owned(),
                    ("at", at) => location = at.to_owned(),
                    ("ends", "CRLF") => ends = "\r\n",
                    ("ends", "CR") => ends = "\r",
                    ("in", "statement") => wrapper = STATEMENT,
                    ("in", "condition") => wrapper = CONDITION,
                    _ => panic!("{}: there is no header {header}: {value}", row.title),
                }
            } else if row.expected.is_empty() {
                document.push(line);
            } else {
                assert!(line.is_empty(), "{}: a line follows the expectations: {line}", row.title);
            }
        }
        let marked = format!("{}{}{}", wrapper.0, document.join("\n"), wrapper.1).replace('\n', ends);
        let (text, spans) = unmark(&characters(&marked));
        row.expected.retain(|expected| expected.code != "nothing");
        assert_eq!(spans.len(), row.expected.len(), "{}: marks and expectations differ in number", row.title);
        for (expected, span) in row.expected.iter_mut().zip(spans) {
            expected.span = span;
        }
        row.text = text;
        rows.push(row);
    }
    rows
}

fn expectation(line: &str, location: &str) -> Option<Expected> {
    if line == "nothing" {
        return Some(Expected { code: "nothing".into(), ..Expected::default() });
    }
    let mut parts = line.split(" | ");
    let (place, code) = parts.next()?.split_once(' ').expect("place, severity and code");
    let mut words = || parts.next().expect("words of the message and of the help").to_owned();
    let (message, help) = (words(), words());
    assert!(message.len() > 2 && help.len() > 2, "{line}: the words are too few");
    let (code, location) = code.split_once(" at ").unwrap_or((code, location));
    Some(Expected {
        place: place.into(),
        location: location.into(),
        code: code.into(),
        message,
        help,
        ..Expected::default()
    })
}

/// Replaces `⟨U+00A0⟩` by that character.
fn characters(text: &str) -> String {
    let mut parts = text.split('⟨');
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('⟩').expect("⟨ is closed");
        let number = u32::from_str_radix(name.trim_start_matches("U+"), 16).unwrap();
        plain.push(char::from_u32(number).unwrap());
        plain.push_str(rest);
    }
    plain
}

/// Takes the marks out. The spans are in the order in which the marks open.
fn unmark(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut plain, mut spans, mut open) = (String::new(), Vec::new(), Vec::new());
    for character in text.chars() {
        match character {
            '⟦' => {
                open.push(spans.len());
                spans.push((plain.len(), usize::MAX));
            }
            '⟧' => spans[open.pop().expect("⟧ closes a mark")].1 = plain.len(),
            _ => plain.push(character),
        }
    }
    assert!(open.is_empty(), "a mark is not closed in {text}");
    (plain, spans)
}

/// Every code in the sources of the two parsers is found by some row.
fn every_code(covered: &BTreeSet<String>) -> Result<(), String> {
    let source = admittance_tests::cases::root().join("../core/src");
    let mut files = vec![source.join("json.rs"), source.join("scenario/read.rs"), source.join("scenario/reader.rs")];
    for folder in ["json", "policy"] {
        files.extend(std::fs::read_dir(source.join(folder)).unwrap().map(|entry| entry.unwrap().path()));
    }
    let mut codes = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let code = |word: &&str| word.contains('_') && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
        codes.extend(text.split('"').filter(code).map(str::to_owned));
    }
    assert!(codes.len() > 40, "the codes are found");
    // Found in `limits` below.
    codes.remove("DOCUMENT_TOO_LARGE");
    codes.remove("TOO_MANY_STATEMENTS");
    let without: Vec<_> = codes.difference(covered).collect();
    if without.is_empty() { Ok(()) } else { Err(format!("no row finds {without:?}")) }
}

/// Limits of size and depth, and how many problems of one document are found.
fn limits() -> Result<(), String> {
    let codes = |text: &str| -> Vec<(&'static str, Span)> {
        PolicyDocument::parse(text).1.into_iter().map(|diagnostic| (diagnostic.code, diagnostic.span)).collect()
    };
    let most = admittance::policy::MAX_DOCUMENT_BYTES;
    let statement =
        r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }"#;
    let padded = |length: usize| format!("{statement}{}", " ".repeat(length - statement.len()));
    assert_eq!(codes(&padded(most)), []);
    assert_eq!(codes(&padded(most + 1)), [("DOCUMENT_TOO_LARGE", Span::new(most, most + 1))]);
    // As many statements as there may be are read; the first one beyond is named, and no further one is looked at.
    let most = admittance::policy::MAX_STATEMENTS;
    let statement = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
    let many = |count: usize| {
        let rest = vec![statement; most.min(count)].join(",");
        let beyond = ",{}".repeat(count - most.min(count));
        format!(r#"{{"Version":"2012-10-17","Statement":[{rest}{beyond}]}}"#)
    };
    assert_eq!(codes(&many(most)), []);
    let text = many(most + 2);
    let beyond = text.find("{}").unwrap();
    assert_eq!(codes(&text), [("TOO_MANY_STATEMENTS", Span::new(beyond, beyond + 2))]);
    let (document, diagnostics) = PolicyDocument::parse(&text);
    assert!(!document.is_valid());
    assert!(diagnostics[0].message.contains(&format!("more than {most} statements")));
    assert_eq!(document.statements.len(), most);
    let nested = |depth: usize| {
        let value = format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        format!(r#"{{ "Version": "2012-10-17", "Statement": [], "Id": {value} }}"#)
    };
    // The object is the first level, and the number inside the lists one more.
    let deep = |depth: usize| codes(&nested(depth)).iter().any(|(code, _)| *code == "NESTING_TOO_DEEP");
    let limit = (1..100).find(|depth| deep(*depth)).unwrap();
    assert_eq!(limit, 31);
    for depth in [100, 1_000, 100_000] {
        assert!(deep(depth), "{depth} levels");
        assert!(deep_open(depth), "{depth} levels that are not closed");
    }
    // Of very many problems the first ones are told, and how many more there are.
    let many: Vec<String> = (0..500).map(|index| format!(r#"{{ "Effect": "allow", "Sid{index}": 1 }}"#)).collect();
    let many = format!(r#"{{ "Version": "2012-10-17", "Statement": [{}] }}"#, many.join(","));
    let found = codes(&many);
    assert_eq!(found.len(), admittance::MAX_DIAGNOSTICS + 1);
    assert_eq!(found.last().map(|(code, _)| *code), Some("TOO_MANY_PROBLEMS"));
    let (document, diagnostics) = PolicyDocument::parse(&many);
    assert!(!document.is_valid());
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.message == "1400 more problems follow"));
    Ok(())
}

fn deep_open(depth: usize) -> bool {
    !PolicyDocument::parse(&"[".repeat(depth)).1.is_empty()
        && !PolicyDocument::parse(&"{\"a\":".repeat(depth)).1.is_empty()
}
