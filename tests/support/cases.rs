//! The conformance cases: scenario files of `corpus/` and the truth tables of `operators/`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use admittance::scenario::{self, RequestResult};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// One request whose decision is known.
#[derive(Clone, Debug)]
pub struct Case {
    /// `topic/file`, `topic/file#2` for the second of several requests, `operators/File/row`.
    pub id: String,
    /// The scenario as JSON text.
    pub scenario: String,
    /// Which request of the scenario this is.
    pub request: usize,
    /// What must come out.
    pub expect: Expect,
    /// The rules that the case covers.
    pub rules: Vec<String>,
    /// Where the expectation comes from.
    pub source: String,
}

/// What a request's decision must be.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expect {
    /// `Allow`, `ExplicitDeny`, `ImplicitDeny` or `Depends`.
    pub decision: String,
    /// The gate that decided.
    pub decided_by: Option<String>,
    /// The deciding statement: its Sid, or `#` and its index.
    pub statement: Option<String>,
    /// The unknown keys that `Depends` has to name.
    #[serde(default)]
    pub depends_on: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    operator: String,
    #[allow(dead_code, reason = "for readers")]
    description: String,
    cases: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    version: Option<String>,
    condition: Value,
    context: Map<String, Value>,
    expected: bool,
    reason: String,
    source: String,
    #[serde(default)]
    rules: Vec<String>,
    #[allow(dead_code, reason = "for readers")]
    confidence: Option<String>,
    #[allow(dead_code, reason = "for readers")]
    mark: Option<String>,
}

/// The folder of this crate.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every request of every scenario file below `corpus/`.
pub fn corpus() -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for topic in sorted(&root().join("corpus"), |path| path.is_dir())? {
        for file in sorted(&topic, |path| path.extension().is_some_and(|end| end == "json"))? {
            let id = format!("{}/{}", stem(&topic), stem(&file));
            let text = read(&file)?;
            cases.extend(scenario_cases(&id, &text).map_err(|problem| format!("{id}: {problem}"))?);
        }
    }
    Ok(cases)
}

/// Every row of every truth table below `operators/`.
pub fn operators() -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for file in sorted(&root().join("operators"), |path| path.extension().is_some_and(|end| end == "json"))? {
        let table: Table = serde_json::from_str(&read(&file)?).map_err(|error| format!("{}: {error}", stem(&file)))?;
        if table.operator != stem(&file) {
            return Err(format!("{}: the operator should be the name of the file", stem(&file)));
        }
        cases.extend(table.cases.into_iter().map(|row| row.into_case(&table.operator)));
    }
    Ok(cases)
}

/// The requests of one scenario text, each of which must say what it expects.
pub fn scenario_cases(id: &str, text: &str) -> Result<Vec<Case>, String> {
    let scenario: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let word = |key: &str| scenario.get(key).and_then(Value::as_str).map(str::to_owned);
    word("name").ok_or("no name")?;
    let source = word("source").ok_or("no source")?;
    let rules = scenario.get("rules").cloned().unwrap_or_else(|| json!([]));
    let rules: Vec<String> = serde_json::from_value(rules).map_err(|error| error.to_string())?;
    let requests = scenario.get("requests").and_then(Value::as_array).ok_or("no requests")?;
    let mut cases = Vec::new();
    for (request, value) in requests.iter().enumerate() {
        let expect = value.get("expect").ok_or_else(|| format!("request {} expects nothing", request + 1))?;
        let expect: Expect = serde_json::from_value(expect.clone()).map_err(|error| error.to_string())?;
        if !["Allow", "ExplicitDeny", "ImplicitDeny", "Depends"].contains(&expect.decision.as_str()) {
            return Err(format!("there is no decision {}", expect.decision));
        }
        let id = if requests.len() == 1 { id.to_owned() } else { format!("{id}#{}", request + 1) };
        cases.push(Case {
            id,
            scenario: text.to_owned(),
            request,
            expect,
            rules: rules.clone(),
            source: source.clone(),
        });
    }
    if cases.is_empty() { Err("no requests".to_owned()) } else { Ok(cases) }
}

impl Row {
    /// The row as a scenario: one Allow statement with the row's condition.
    fn into_case(self, table: &str) -> Case {
        let scenario = json!({
            "name": self.reason,
            "policies": { "identity": [{
                "Version": self.version.as_deref().unwrap_or("2012-10-17"),
                "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": self.condition }],
            }] },
            "requests": [{
                "principal": "arn:aws:iam::111122223333:user/caller",
                "action": "s3:GetObject",
                "resource": "arn:aws:s3:::amzn-s3-demo-bucket/key",
                "resourceAccount": "111122223333",
                "context": self.context,
            }],
        });
        let decision = if self.expected { "Allow" } else { "ImplicitDeny" };
        Case {
            id: format!("operators/{table}/{}", self.id),
            scenario: format!("{scenario:#}"),
            request: 0,
            expect: Expect { decision: decision.to_owned(), decided_by: None, statement: None, depends_on: Vec::new() },
            rules: self.rules,
            source: self.source,
        }
    }
}

impl Case {
    /// Runs the case. The error says what was expected, what came out, and why.
    pub fn check(&self) -> Result<(), String> {
        let outcome = scenario::run(&self.scenario);
        let errors: Vec<String> = outcome
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == "error")
            .map(|diagnostic| format!("{}: {} {}", diagnostic.location, diagnostic.code, diagnostic.message))
            .collect();
        if outcome.results.is_empty() {
            return Err(self.report("valid input", &format!("refused: {}", errors.join("; ")), ""));
        }
        let Some(result) = outcome.results.get(self.request) else {
            return Err(self.report(&self.expect.decision, "no result", ""));
        };
        let mut expected = Vec::new();
        let mut actual = Vec::new();
        let mut compare = |name: &str, want: &str, got: String| {
            if want != got {
                expected.push(format!("{name} {want}"));
                actual.push(format!("{name} {got}"));
            }
        };
        compare("decision", &self.expect.decision, result.decision.clone());
        if let Some(gate) = &self.expect.decided_by {
            compare("decidedBy", gate, result.decided_by.clone());
        }
        if let Some(statement) = &self.expect.statement {
            compare("statement", statement, deciding_statement(result, statement));
        }
        if !self.expect.depends_on.is_empty() {
            let named: BTreeSet<&str> =
                result.depends.iter().flat_map(|dependence| &dependence.keys).map(|key| key.key.as_str()).collect();
            let wanted: BTreeSet<&str> = self.expect.depends_on.iter().map(String::as_str).collect();
            compare("dependsOn", &format!("{wanted:?}"), format!("{named:?}"));
        }
        if result.decision == "ImplicitDeny" {
            compare("statement", "none", deciding_statement(result, "none"));
        }
        if expected.is_empty() {
            // The engine checks expectations too, for its users; both have to come to the same end.
            if result.passed == Some(false) {
                return Err(self.report("passed", &result.mismatches.join("; "), &result.reason));
            }
            return Ok(());
        }
        Err(self.report(&expected.join(", "), &actual.join(", "), &result.reason))
    }

    fn report(&self, expected: &str, actual: &str, reason: &str) -> String {
        format!("{}\n  expected: {expected}\n  actual:   {actual}\n  reason:   {reason}", self.id)
    }
}

/// The deciding statement in the form that `wanted` uses: a Sid, or `#` and the index.
fn deciding_statement(result: &RequestResult, wanted: &str) -> String {
    let Some(statement) = result.deciding_statement.and_then(|index| result.statements.get(index)) else {
        return "none".to_owned();
    };
    match &statement.sid {
        Some(sid) if !wanted.starts_with('#') => sid.clone(),
        _ => format!("#{}", statement.index),
    }
}

fn sorted(folder: &Path, keep: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>, String> {
    let problem = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(problem)? {
        let path = entry.map_err(problem)?.path();
        if keep(&path) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
