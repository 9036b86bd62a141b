//! The scenario and its decision in forms for other places: a report, commands for a shell.

use admittance::scenario::{RequestResult, Scenario, ScenarioRequest};
use serde::Deserialize;

use crate::words;
use crate::workspace::Workspace;

/// A report in Markdown on one request: the decision, the request, the explanation, the policies.
pub fn markdown(workspace: &Workspace, request: &ScenarioRequest, result: &RequestResult, explanation: &str) -> String {
    let mut text = String::new();
    let mut line = |content: &str| {
        text.push_str(content);
        text.push('\n');
    };
    let names = [workspace.name.as_str(), request.name.as_deref().unwrap_or_default(), "AWS IAM request"];
    let title = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    line(&format!("## {}\n", plain(title)));
    line(&format!("**{}.** {}\n", words::decision(&result.decision), plain(&words::reason(&result.reason))));
    line("| | |\n|---|---|");
    let mut row = |name: &str, value: String| line(&format!("| {name} | {value} |"));
    row("Principal", code(&request.principal.arn));
    row("Action", code(&request.action));
    for resource in &request.resources {
        row("Resource", code(resource));
    }
    for (key, value) in &request.context {
        let value = serde_json::to_string(value).unwrap_or_default();
        row(&code(key), code(&value));
    }
    for key in &request.unknown {
        row(&code(key), "unknown".to_owned());
    }
    if !result.decided_by.is_empty() {
        row("Decided by", words::decided_by(&result.decided_by).to_owned());
    }
    line("\n### How it was decided\n");
    line(&block(explanation.trim_end(), ""));
    line("\n### Policies\n");
    for document in &workspace.documents {
        let kind = words::attachment(document.attachment);
        let name = if document.name.is_empty() { String::new() } else { format!(" {}", code(&document.name)) };
        line(&format!("{kind}{name}:\n"));
        line(&block(&document.text, "json"));
        line("");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// A shell command that decides and explains the same scenario.
pub fn command(scenario: &Scenario) -> String {
    here_document("npx admittance eval --explain -", &scenario.to_json())
}

/// A request as the policy simulator takes it, and what it takes no account of.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Simulation {
    input: String,
    left_out: Vec<String>,
}

/// A shell command that asks AWS’s policy simulator the same, with what it leaves out as a comment.
pub fn simulate(Simulation { input, left_out }: &Simulation) -> String {
    let comment = match left_out.as_slice() {
        [] => String::new(),
        some => format!("# The simulator takes no account of: {}.\n", some.join("; ")),
    };
    let call = "aws iam simulate-custom-policy --cli-input-json file:///dev/stdin";
    format!("{comment}{}", here_document(call, input))
}

/// A command that reads JSON: between quoted delimiters a shell takes every line as it stands, and no line of JSON is
/// the delimiter.
fn here_document(call: &str, json: &str) -> String {
    format!("{call} <<'SCENARIO'\n{json}\nSCENARIO\n")
}

/// Text in which Markdown finds nothing to do.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// Text as code, between as many backticks as it takes; for a cell of a table.
fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.is_empty() { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", text.replace('|', "\\|").replace(['\n', '\r'], " "))
}

/// Lines as code.
fn block(text: &str, language: &str) -> String {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}")
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_ends_where_it_ends() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("`a``"), "``` `a`` ```");
        assert_eq!(block("x\n```\ny", ""), "````\nx\n```\ny\n````");
        assert_eq!(plain("<b>*x*</b>\n# y"), "\\<b\\>\\*x\\*\\</b\\> \\# y");
    }

    #[test]
    fn commands_quote_everything() {
        let (scenario, _) = Scenario::parse(
            r#"{ "name": "'; rm -rf ~ #\nSCENARIO\n", "policies": {}, "requests": [{ "principal": "arn:aws:iam::111122223333:user/a", "action": "s3:GetObject" }] }"#,
        );
        let text = command(&scenario);
        assert_eq!(text.lines().filter(|line| *line == "SCENARIO").count(), 1);
        assert!(text.starts_with("npx admittance eval --explain - <<'SCENARIO'\n{"));
        let text = simulate(&Simulation { input: scenario.to_json(), left_out: vec!["session policies".to_owned()] });
        assert!(text.starts_with("# The simulator takes no account of: session policies.\n"));
        assert!(text.ends_with("}\nSCENARIO\n"));
    }
}
