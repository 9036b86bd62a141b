//! One example: a scenario whose requests are decided while the book is built.

use admittance::scenario::{self, RequestResult, ScenarioResult};
use anyhow::bail;
use mdbook_preprocessor::errors::Result;

use crate::chapter::escaped;

const MODES: [&str; 3] = ["readonly", "editable", "quiz"];

/// What the line of a fence says.
pub struct Example {
    mode: &'static str,
}

impl Example {
    /// The example that a fence announces with `admittance` and a mode; `None` if the fence is another.
    pub fn announced(info: &str) -> Result<Option<Self>> {
        let mut words = info.split_whitespace();
        match words.next() {
            Some("admittance") => (),
            Some(word) if word.eq_ignore_ascii_case("admittance") => {
                bail!("\"{word}\": the word of an example is \"admittance\"")
            }
            _ => return Ok(None),
        }
        let mode = words.next().unwrap_or("readonly");
        match MODES.into_iter().find(|each| *each == mode) {
            Some(mode) if words.next().is_none() => Ok(Some(Self { mode })),
            _ => bail!("\"{}\": after \"admittance\" comes one of {}, or nothing", info.trim(), MODES.join(", ")),
        }
    }

    /// The element for a scenario.
    pub fn html(&self, text: &str) -> Result<String> {
        let results = decided(text)?;
        let several = results.len() > 1;
        let sentences: String = results.iter().map(|result| sentence(result, several)).collect();
        let sentences = match self.mode {
            "quiz" => format!("<details><summary>Answer</summary>{sentences}</details>"),
            _ => sentences,
        };
        Ok(format!(
            "<admittance-decision mode=\"{}\">\n<pre><code class=\"language-json\">{}</code></pre>\n{sentences}\n</admittance-decision>\n",
            self.mode,
            escaped(text.trim_end()),
        ))
    }
}

fn decided(text: &str) -> Result<Vec<RequestResult>> {
    let ScenarioResult { valid, diagnostics, results } = scenario::run(text);
    if !valid {
        let error = diagnostics.into_iter().find(|each| each.is_error());
        let Some(error) = error else { bail!("the example cannot be decided") };
        let place = match error.range {
            Some(range) if error.location.is_empty() => {
                format!(" (line {} of it, column {})", range.start.line, range.start.column)
            }
            _ => String::new(),
        };
        let location = if error.location.is_empty() { String::new() } else { format!("{}: ", error.location) };
        bail!("the example cannot be decided: {location}{}{place}", error.message);
    }
    if results.is_empty() {
        bail!("the example has no request");
    }
    if let Some(wrong) = results.iter().find(|result| result.passed == Some(false)) {
        bail!("the example states another decision: {}", wrong.mismatches.join("; "));
    }
    Ok(results)
}

fn sentence(result: &RequestResult, several: bool) -> String {
    let word = match result.decision.as_str() {
        "Allow" => "Allowed",
        "ExplicitDeny" => "Denied explicitly",
        "Depends" => "Depends on unknown keys",
        _ => "Denied implicitly",
    };
    let name = match &result.name {
        Some(name) if several => format!("{}: ", escaped(name)),
        _ => String::new(),
    };
    let (_, reason) = result.reason.split_once(": ").unwrap_or(("", &result.reason));
    let mut reason = reason.to_owned();
    if let Some(first) = reason.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    format!("<p>{name}<strong>{word}.</strong> {}</p>", escaped(&reason))
}
