//! Validation, each finding at the exact token: the tables of `validation/`.
//!
//! A row is a title (`== …`), headers, a document and what is to be found in it. In the document `⟦` and `⟧` stand around
//! the token that a finding speaks of, and are taken out. The lines that begin with `->` belong to the marks in the order
//! in which these open: severity and code, and maybe words that the message or the help has to hold. A line `=> …` behind
//! one says what the text holds after the finding's fix; without one there is no fix. `-> no CODE …` says that codes are
//! not found. Of the codes that a row names nothing else may be found; other codes it says nothing about.
//!
//! Headers: `type:` the policy type (identity if there is none); `resource:` the kind of resource as Access Analyzer's API
//! names it; `in: statement`, `in: allow` and `in: deny` put the document into a policy, the last two as the condition of
//! a statement; `pad:` fills the document with that many characters in its Id (for `in: statement`) or, with `blanks:`,
//! white space at its end; `without: catalog`.
//!
//! `../core/src/validate/CODES.md` is made from these tables: UPDATE_GOLDEN=1 writes it anew.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::process::ExitCode;

use admittance::validate::{CODES, Finding, Options, Origin, ResourceKind, Validation, validate};
use admittance::{PolicyType, ResourcePolicyKind};
use admittance_tests::findings::catalog;
use libtest_mimic::{Arguments, Failed, Trial};

const TYPES: [(&str, PolicyType); 10] = [
    ("identity", PolicyType::Identity),
    ("boundary", PolicyType::PermissionsBoundary),
    ("session", PolicyType::Session),
    ("resource", PolicyType::Resource(ResourcePolicyKind::General)),
    ("trust", PolicyType::Resource(ResourcePolicyKind::RoleTrust)),
    ("key", PolicyType::Resource(ResourcePolicyKind::KmsKey)),
    ("access-point", PolicyType::AccessPoint),
    ("scp", PolicyType::ServiceControl),
    ("rcp", PolicyType::ResourceControl),
    ("vpce", PolicyType::VpcEndpoint),
];

/// Codes that no row can find: limits on very large texts, which `diagnostics.rs` tests.
const WITHOUT_ROW: [&str; 4] = ["DOCUMENT_TOO_LARGE", "NESTING_TOO_DEEP", "TOO_MANY_PROBLEMS", "TOO_MANY_STATEMENTS"];

/// A row of a table.
#[derive(Clone, Debug, Default)]
struct Row {
    id: String,
    title: String,
    kind: String,
    resource: Option<String>,
    no_catalog: bool,
    text: String,
    expected: Vec<Expected>,
    absent: Vec<String>,
}

/// A finding that has to be made.
#[derive(Clone, Debug, Default)]
struct Expected {
    span: (usize, usize),
    severity: String,
    code: String,
    words: String,
    /// What the fixed text holds.
    fixed: Option<String>,
}

fn main() -> ExitCode {
    let folder = admittance_tests::cases::root().join("validation");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let table = file.file_stem().unwrap().to_string_lossy().into_owned();
        all.extend(rows(&table, &std::fs::read_to_string(&file).unwrap()));
    }
    let ids: BTreeSet<&str> = all.iter().map(|row| &*row.id).collect();
    assert_eq!(ids.len(), all.len(), "a title stands twice");
    let mut trials: Vec<Trial> = Vec::new();
    for row in all.clone() {
        trials.push(Trial::test(row.id.clone(), move || check(&row).map_err(Failed::from)));
    }
    let rows = all.clone();
    trials.push(Trial::test("every code is found in some row and not in another", move || {
        every_code(&rows).map_err(Failed::from)
    }));
    let rows = all.clone();
    trials.push(Trial::test("skipped without a catalog is what it changes", move || {
        catalog_tells(&rows).map_err(Failed::from)
    }));
    let rows = all.clone();
    trials.push(Trial::test("findings are as serious as their codes", move || severities(&rows).map_err(Failed::from)));
    trials.push(Trial::test("CODES.md is what the tables say", move || table(&all).map_err(Failed::from)));
    trials.push(Trial::test("every code in the sources is listed", || listed().map_err(Failed::from)));
    trials.push(Trial::test("what is skipped without a catalog", || skipped().map_err(Failed::from)));
    trials.push(Trial::test("the wire form", || wire().map_err(Failed::from)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn run(row: &Row, text: &str) -> Validation {
    let (_, mut policy_type) = *TYPES.iter().find(|(name, _)| *name == row.kind).expect("the type is known");
    let mut options = Options::default();
    if let Some(name) = &row.resource {
        let resource;
        (policy_type, resource) = ResourceKind::parse(name).expect("the kind of resource is known");
        assert!(resource.is_none_or(|kind| kind.as_str() == name));
        options = Options { resource };
    }
    validate(text, policy_type, options, (!row.no_catalog).then(catalog))
}

fn check(row: &Row) -> Result<(), String> {
    let validation = run(row, &row.text);
    let named: BTreeSet<&str> =
        row.expected.iter().map(|expected| &*expected.code).chain(row.absent.iter().map(|code| &**code)).collect();
    let mut left: Vec<&Finding> =
        validation.findings.iter().filter(|finding| named.contains(finding.diagnostic.code)).collect();
    let mut problems = String::new();
    for expected in &row.expected {
        let fits = |finding: &&Finding| {
            let diagnostic = &finding.diagnostic;
            (diagnostic.span.start as usize, diagnostic.span.end as usize) == expected.span
                && diagnostic.code == expected.code
                && diagnostic.severity.as_str() == expected.severity
                && format!("{} {}", diagnostic.message, diagnostic.help.as_deref().unwrap_or_default())
                    .contains(&expected.words)
        };
        match left.iter().position(fits) {
            Some(index) => {
                let finding = left.remove(index);
                fix(row, finding, expected.fixed.as_deref(), &mut problems);
            }
            None => {
                let token = &row.text[expected.span.0..expected.span.1];
                writeln!(problems, "not found: {} {} | {} ⟦{token}⟧", expected.severity, expected.code, expected.words)
                    .unwrap();
            }
        }
    }
    for finding in left {
        writeln!(problems, "found: {} ⟦{}⟧", finding.diagnostic, finding.diagnostic.span.of(&row.text)).unwrap();
    }
    for finding in &validation.findings {
        let diagnostic = &finding.diagnostic;
        let help = diagnostic.help.as_deref().unwrap_or_default();
        let sentence = diagnostic.message.ends_with('.') || help.ends_with('.');
        if diagnostic.message.is_empty() || help.is_empty() || sentence {
            writeln!(problems, "{} says too little, or a sentence", diagnostic.code).unwrap();
        }
        fix_removes(row, finding, &validation, &mut problems);
    }
    if problems.is_empty() { Ok(()) } else { Err(format!("{problems}{}", row.text)) }
}

fn fix(row: &Row, finding: &Finding, wanted: Option<&str>, problems: &mut String) {
    match (&finding.fix, wanted) {
        (None, None) => {}
        (None, Some(wanted)) => writeln!(problems, "{} has no fix: {wanted}", finding.diagnostic.code).unwrap(),
        (Some(fix), Some(wanted)) if fix.apply(&row.text).contains(wanted) => {}
        (Some(fix), _) => {
            writeln!(problems, "{} has the fix {:?}: {}", finding.diagnostic.code, fix.title, fix.apply(&row.text))
                .unwrap();
        }
    }
}

/// A fixed text is JSON if it was, and has one finding of that code less.
fn fix_removes(row: &Row, finding: &Finding, validation: &Validation, problems: &mut String) {
    let Some(fix) = &finding.fix else { return };
    let fixed = fix.apply(&row.text);
    let is_json = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
    let count = |validation: &Validation| {
        validation.findings.iter().filter(|other| other.diagnostic.code == finding.diagnostic.code).count()
    };
    if is_json(&row.text) && !is_json(&fixed) {
        writeln!(problems, "the fix of {} breaks the text: {fixed}", finding.diagnostic.code).unwrap();
    } else if count(&run(row, &fixed)) >= count(validation) || fix.title.is_empty() {
        writeln!(problems, "the fix of {} does not remove it: {fixed}", finding.diagnostic.code).unwrap();
    }
}

fn rows(table: &str, text: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for block in text.split("\n== ").skip(1) {
        let mut lines = block.lines();
        let title = lines.next().unwrap().trim().to_owned();
        let mut row = Row { id: format!("{table}/{title}"), title, kind: "identity".into(), ..Row::default() };
        let (mut wrapper, mut pad, mut blanks) = (("", ""), 0, 0);
        let mut document: Vec<&str> = Vec::new();
        let mut expecting = false;
        for line in lines {
            if let Some(codes) = line.strip_prefix("-> no ") {
                row.absent.extend(codes.split_whitespace().map(str::to_owned));
                expecting = true;
            } else if let Some(expected) = line.strip_prefix("-> ") {
                let (head, words) = expected.split_once(" | ").unwrap_or((expected, ""));
                let (severity, code) = head.split_once(' ').expect("severity and code");
                row.expected.push(Expected {
                    severity: severity.into(),
                    code: code.trim().into(),
                    words: words.into(),
                    ..Expected::default()
                });
                expecting = true;
            } else if let Some(fixed) = line.strip_prefix("=> ") {
                row.expected.last_mut().expect("a finding stands before its fix").fixed = Some(fixed.into());
            } else if let Some((header, value)) =
                line.split_once(": ").filter(|_| document.is_empty() && line.starts_with(char::is_lowercase))
            {
                match (header, value) {
                    ("type", kind) => row.kind = kind.to_owned(),
                    ("resource", name) => row.resource = Some(name.to_owned()),
                    ("without", "catalog") => row.no_catalog = true,
                    ("pad", number) => pad = number.parse().unwrap(),
                    ("blanks", number) => blanks = number.parse().unwrap(),
                    ("in", "statement") => wrapper = ("{ \"Version\": \"2012-10-17\", \"Statement\": [\n", "\n] }"),
                    ("in", "allow") => {
                        wrapper = (
                            "{ \"Version\": \"2012-10-17\", \"Statement\": [\n{ \"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\n",
                            "\n} }] }",
                        );
                    }
                    ("in", "deny") => {
                        wrapper = (
                            "{ \"Version\": \"2012-10-17\", \"Statement\": [\n{ \"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\n",
                            "\n} }] }",
                        );
                    }
                    _ => panic!("{}: there is no header {header}: {value}", row.id),
                }
            } else if expecting {
                assert!(line.is_empty(), "{}: a line follows the expectations: {line}", row.id);
            } else {
                document.push(line);
            }
        }
        let marked = format!("{}{}{}", wrapper.0, document.join("\n"), wrapper.1);
        let (mut text, spans) = unmark(&marked);
        assert_eq!(spans.len(), row.expected.len(), "{}: marks and findings differ in number", row.id);
        for (expected, span) in row.expected.iter_mut().zip(spans) {
            expected.span = span;
        }
        text.push_str(&" ".repeat(blanks));
        if pad > 0 {
            // Behind everything that is marked.
            let end = text.rfind(']').expect("the text is a document");
            text.insert_str(end + 1, &format!(", \"Id\": \"{}\"", "x".repeat(pad)));
        }
        row.text = text;
        rows.push(row);
    }
    rows
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

/// Every code has a row that finds it, and one that says where it is not found.
fn every_code(rows: &[Row]) -> Result<(), String> {
    let found: BTreeSet<&str> = rows.iter().flat_map(|row| &row.expected).map(|expected| &*expected.code).collect();
    let absent: BTreeSet<&str> = rows.iter().flat_map(|row| &row.absent).map(|code| &**code).collect();
    let mut problems = String::new();
    for code in CODES.iter().filter(|code| !WITHOUT_ROW.contains(&code.name)) {
        if !found.contains(code.name) {
            writeln!(problems, "no row finds {}", code.name).unwrap();
        }
        if !absent.contains(code.name) {
            writeln!(problems, "no row says that {} is not found", code.name).unwrap();
        }
    }
    for name in found.union(&absent).filter(|name| CODES.iter().all(|code| code.name != **name)) {
        writeln!(problems, "there is no code {name}").unwrap();
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The codes that say they need the catalog are those of which it finds more, over all rows; and it takes none away.
fn catalog_tells(rows: &[Row]) -> Result<(), String> {
    let (mut more, mut problems) = (BTreeSet::new(), String::new());
    for row in rows {
        let found = |no_catalog| {
            let findings = run(&Row { no_catalog, ..row.clone() }, &row.text).findings;
            findings.iter().map(|finding| (finding.diagnostic.code, finding.diagnostic.span)).collect::<BTreeSet<_>>()
        };
        let (with, without) = (found(false), found(true));
        more.extend(with.difference(&without).map(|(code, _)| *code));
        for (code, span) in without.difference(&with) {
            writeln!(problems, "{}: {code} ⟦{}⟧ is found without a catalog only", row.id, span.of(&row.text)).unwrap();
        }
    }
    for code in CODES {
        match (code.needs_catalog, more.contains(code.name)) {
            (true, false) => writeln!(problems, "in no row the catalog finds {}", code.name).unwrap(),
            (false, true) => writeln!(problems, "{} needs the catalog in some row", code.name).unwrap(),
            _ => {}
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Findings that are less serious than their codes, and when.
const LESS_SERIOUS: [(&str, &str, &str); 4] = [
    (
        "DENY_WITH_POSITIVE_CONDITION",
        "suggestion",
        "where the statement may well mean only the requests that have the key",
    ),
    ("INVALID_POLICY_ELEMENT", "warning", "for an `Id` in an identity-based policy"),
    (
        "MISSING_RESOURCE",
        "warning",
        "in the policy of a resource of an unknown kind: repositories of ECR have none, and roles, whose policies are told \
         from others by the type that is given",
    ),
    ("POLICY_SIZE_EXCEEDS_SCP_QUOTA", "warning", "where AWS's console, which takes white space out, still stores it"),
];

fn severities(rows: &[Row]) -> Result<(), String> {
    let mut less = BTreeSet::new();
    for finding in rows.iter().flat_map(|row| run(row, &row.text).findings) {
        let (name, severity) = (finding.diagnostic.code, finding.diagnostic.severity);
        let code = CODES.iter().find(|code| code.name == name).ok_or_else(|| format!("{name} is not listed"))?;
        if severity != code.severity {
            less.insert((name, severity.as_str()));
        }
    }
    if less == LESS_SERIOUS.iter().map(|(name, severity, _)| (*name, *severity)).collect() {
        Ok(())
    } else {
        Err(format!("less serious: {less:?}"))
    }
}

/// The table of all codes, with the first row that finds each.
fn table(rows: &[Row]) -> Result<(), String> {
    let mut examples: BTreeMap<&str, (&Row, &Expected)> = BTreeMap::new();
    for row in rows {
        for expected in &row.expected {
            examples.entry(&expected.code).or_insert((row, expected));
        }
    }
    let mut text = String::from(
        "# Codes of validation\n\nMade from the tables in `tests/validation`, which say what each finding looks like: \
         `UPDATE_GOLDEN=1 cargo test -p admittance-tests --test validation` writes it anew.\n\nSeverities are those of IAM \
         Access Analyzer. *Catalog*: all or some of it is found with the catalog only. *Fix*: the example has \
         one.\n",
    );
    for (origin, title) in [
        (Origin::AccessAnalyzer, "Codes of IAM Access Analyzer"),
        (Origin::Own, "Codes of our own: what Access Analyzer does not look for"),
        (Origin::Parser, "Codes of the parser, for what has no code in Access Analyzer"),
    ] {
        write!(text, "\n## {title}\n\n| code | severity | | an example | what is said |\n|---|---|---|---|---|\n")
            .unwrap();
        for code in CODES.iter().filter(|code| code.origin == origin) {
            let catalog = if code.needs_catalog { "Catalog" } else { "" };
            let (mut example, mut said, mut fix) = (String::new(), String::new(), "");
            if let Some((row, expected)) = examples.get(code.name) {
                let validation = run(row, &row.text);
                let finding = validation.findings.iter().find(|finding| {
                    let span = finding.diagnostic.span;
                    finding.diagnostic.code == code.name && (span.start as usize, span.end as usize) == expected.span
                });
                let Some(finding) = finding else { continue };
                let token = &row.text[expected.span.0..expected.span.1];
                let shown: String = token.chars().take(80).collect();
                let token = if shown.len() < token.len() { format!("{shown}…") } else { shown };
                example = format!("{}: `` {} ``", row.title, token.replace('\n', " "));
                let diagnostic = &finding.diagnostic;
                said = format!("{} ({})", diagnostic.message, diagnostic.help.as_deref().unwrap_or_default());
                fix = if finding.fix.is_some() { "Fix" } else { "" };
            }
            let less = LESS_SERIOUS.iter().find(|(name, _, _)| *name == code.name);
            let severity = less.map_or_else(
                || code.severity.as_str().to_owned(),
                |(_, less, _)| format!("{}, or {less}", code.severity.as_str()),
            );
            let marks = [catalog, fix].into_iter().filter(|mark| !mark.is_empty()).collect::<Vec<_>>().join(", ");
            let escape = |text: &str| text.replace('|', "\\|");
            writeln!(text, "| {} | {} | {marks} | {} | {} |", code.name, severity, escape(&example), escape(&said))
                .unwrap();
        }
    }
    text.push_str("\nLess serious than their codes:\n");
    for (name, severity, when) in LESS_SERIOUS {
        writeln!(text, "- {name} is a {severity} {when}").unwrap();
    }
    text.push_str(
        "\n`SCP_SYNTAX_ERROR_ACTION_WILDCARD` is an error in Access Analyzer's list; the limit that it \
         describes is one that service control policies have not had since 19 September 2025, so here it is a warning.\n",
    );
    let path = admittance_tests::cases::root().join("../core/src/validate/CODES.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &text).map_err(|error| error.to_string())?;
    }
    if std::fs::read_to_string(&path).ok().as_deref() == Some(&text) {
        Ok(())
    } else {
        Err("core/src/validate/CODES.md is not current: run this with UPDATE_GOLDEN=1".into())
    }
}

/// Every code in the sources is in the list of codes.
fn listed() -> Result<(), String> {
    let source = admittance_tests::cases::root().join("../core/src");
    let mut unknown = Vec::new();
    for folder in ["validate", "policy", "json"] {
        for entry in std::fs::read_dir(source.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            let code = |word: &&str| word.contains('_') && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
            unknown.extend(
                text.split('"')
                    .filter(code)
                    .filter(|name| CODES.iter().all(|code| code.name != *name))
                    .map(str::to_owned),
            );
        }
    }
    // A value of `dynamodb:Select`.
    unknown.retain(|name| name != "SPECIFIC_ATTRIBUTES");
    if unknown.is_empty() { Ok(()) } else { Err(format!("not listed: {unknown:?}")) }
}

fn skipped() -> Result<(), String> {
    let text =
        r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*" } }"#;
    let validation = validate(text, PolicyType::Identity, Options::default(), None);
    assert!(validation.findings.is_empty(), "{:?}", validation.findings);
    let needing: Vec<&str> = CODES.iter().filter(|code| code.needs_catalog).map(|code| code.name).collect();
    assert_eq!(validation.skipped, needing);
    let validation = validate(text, PolicyType::Identity, Options::default(), Some(catalog()));
    assert!(validation.skipped.is_empty());
    assert_eq!(validation.findings.len(), 1);
    Ok(())
}

fn wire() -> Result<(), String> {
    let text = "{ \"Version\": \"2012-10-17\", \"Id\": \"𝄞\",\n  \"Statement\": { \"Effect\": \"allow\", \"Action\": \"*\", \"Resource\": \"*\" } }";
    let text = text.replace('𝄞', "é");
    let found: serde_json::Value = serde_json::from_str(
        &validate(&text, PolicyType::Resource(ResourcePolicyKind::General), Options::default(), Some(catalog()))
            .to_json(&text),
    )
    .unwrap();
    let offset = text.encode_utf16().count() - text[text.find("\"allow\"").unwrap()..].encode_utf16().count();
    let range = serde_json::json!({
        "start": { "line": 2, "column": 28, "offset": offset },
        "end": { "line": 2, "column": 35, "offset": offset + 7 },
    });
    let finding =
        found["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "INVALID_EFFECT").unwrap();
    let expected = serde_json::json!({
        "code": "INVALID_EFFECT",
        "severity": "error",
        "message": "`allow` is no effect",
        "help": "write \"Allow\": the spelling is case-sensitive",
        "range": range,
        "fix": { "title": "Write \"Allow\"", "edits": [{ "range": range, "newText": "\"Allow\"" }] },
    });
    assert_eq!(*finding, expected);
    assert_eq!(found["skipped"], serde_json::json!([]));
    Ok(())
}
