//! What policies say in sentences, word by word, and with the places that the words tell of.
//!
//! `summary/sentences.txt` holds statements with their sentences (`=>`) and what is added to them (`note`); those that are
//! headed `catalog` are told with it. With
//! `UPDATE_GOLDEN=1` the sentences are written anew; read them before you commit them.

use std::path::Path;

use admittance::scenario::{Policies, TextRange};
use admittance::summary::{self, Summary};
use admittance_tests::findings::catalog;

/// The policies of a case: a kind of policy, in the wire format's words, and its statement.
fn policies(kind: &str, statement: &str) -> String {
    let mut words = kind.split(' ');
    let list = words.next().unwrap_or_default();
    let rest: Vec<&str> = words.collect();
    let version = if rest.contains(&"2008") { "2008-10-17" } else { "2012-10-17" };
    let document = format!(r#"{{ "Version": "{version}", "Statement": {statement} }}"#);
    let kind = rest.iter().find(|word| word.contains('-')).map(|kind| format!(r#""kind": "{kind}", "#));
    let source = format!(r#"{{ {}"document": {document} }}"#, kind.unwrap_or_default());
    match list {
        "serviceControl" | "resourceControl" => format!(r#"{{ "{list}": [{{ "policies": [{source}] }}] }}"#),
        "identity" | "resource" | "session" => format!(r#"{{ "{list}": [{source}] }}"#),
        _ => format!(r#"{{ "{list}": {source} }}"#),
    }
}

fn told(summary: &Summary) -> String {
    let mut lines = String::new();
    for problem in summary.diagnostics.iter().filter(|problem| problem.is_error()) {
        lines.push_str(&format!("=> {}\n", problem.message));
    }
    for sentence in summary.documents.iter().flat_map(|document| &document.sentences) {
        lines.push_str(&format!("=> {}\n", sentence.text));
        sentence.notes.iter().for_each(|note| lines.push_str(&format!("   note: {note}\n")));
    }
    lines
}

#[test]
fn statements_are_told_as_in_the_file() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("summary/sentences.txt");
    let text = std::fs::read_to_string(&file).unwrap();
    let (mut actual, mut cases) = (String::new(), 0);
    for case in text.trim().split("\n\n") {
        let (head, rest) = case.split_once('\n').unwrap();
        let (kind, _) = head.strip_prefix("# ").unwrap().split_once(':').unwrap();
        let statement = rest.lines().next().unwrap();
        let known = kind.split(' ').any(|word| word == "catalog").then(catalog);
        let summary = summary::run(&policies(kind, statement), known);
        actual.push_str(&format!("{head}\n{statement}\n{}\n", told(&summary)));
        cases += 1;
    }
    assert!(cases >= 80, "there are {cases} cases only");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, actual.trim_end().to_owned() + "\n").unwrap();
    } else {
        for (actual, expected) in actual.trim().split("\n\n").zip(text.trim().split("\n\n")) {
            assert_eq!(actual, expected.trim());
        }
    }
}

fn of<'t>(document: &'t str, range: &TextRange) -> &'t str {
    &document[range.start.offset as usize..range.end.offset as usize]
}

/// The parts of a sentence make up its text, and each tells of its own value.
#[test]
fn words_lead_to_what_they_tell_of() {
    let statement = r#"{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": ["s3:ListBucket", "s3:GetObject"],
        "Resource": ["arn:aws:s3:::photos/*", "arn:aws:s3:::photos"], "Condition": { "Bool": { "aws:SecureTransport": "true" } } }"#;
    let (given, _) = Policies::parse(&policies("resource", statement));
    let document = &given.resource[0].document;
    let summary = summary::policies(&given, None);
    let sentence = &summary.documents[0].sentences[0];
    let text: String = sentence.parts.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(text, sentence.text);
    let parts = sentence.parts.iter();
    let places: Vec<(&str, &str)> =
        parts.filter_map(|part| Some((part.text.as_str(), of(document, part.range.as_ref()?)))).collect();
    assert_eq!(
        places,
        [
            ("The account 111122223333 (its root user, and whom its own policies let)", r#""111122223333""#),
            ("may", r#""Allow""#),
            ("list the contents of", r#""s3:ListBucket""#),
            ("the bucket photos", r#""arn:aws:s3:::photos""#),
            ("read", r#""s3:GetObject""#),
            ("the objects in the bucket photos", r#""arn:aws:s3:::photos/*""#),
            ("over TLS", r#""aws:SecureTransport": "true""#),
        ]
    );
    assert_eq!(of(document, &sentence.range), statement);
}

/// Nothing is said about a document that AWS refuses.
#[test]
fn invalid_documents_are_not_told() {
    let two = r#"{ "identity": [
        { "Version": "2012-10-17", "Statement": { "Effect": "allow", "Action": "s3:*", "Resource": "*" } },
        { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "s3:*", "Resource": "*" } } ] }"#;
    let summary = summary::run(two, None);
    assert!(!summary.valid);
    assert_eq!(summary.diagnostics[0].location, "policies.identity[0]");
    let told: Vec<&str> = summary.documents.iter().map(|document| document.location.as_str()).collect();
    assert_eq!(told, ["policies.identity[1]"]);
    let summary = summary::run(r#"{ "identety": [] }"#, None);
    assert!(!summary.valid && summary.documents.is_empty() && summary.diagnostics[0].code == "SCENARIO_UNKNOWN_FIELD");
}
