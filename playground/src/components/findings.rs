//! The findings in the open document: how many, and each with the way to its text and its fix.

use leptos::prelude::*;

use super::coded::{coded, plain};
use crate::state::{Finding, Findings, Fix, Reveal, State, Toast, use_state};
use crate::words;

/// The severities with their signs and words, the worst first. The sign's shape tells them apart, not its color alone.
const SEVERITIES: [(&str, &str, &str); 4] = [
    ("error", "✕", "error"),
    ("security-warning", "!", "security warning"),
    ("warning", "▲", "warning"),
    ("suggestion", "◦", "suggestion"),
];

/// How many findings of each severity there are, in signs and words.
pub fn counts(findings: &Findings) -> AnyView {
    let mut parts = Vec::new();
    for (severity, sign, word) in SEVERITIES {
        let count = findings.found.iter().filter(|each| each.severity == severity).count();
        if count > 0 {
            parts.push(view! {
                <span class=format!("finding-count is-{severity}")>
                    <span class="finding-sign" aria-hidden="true">{sign}</span>
                    {words::count(count, word)}
                </span>
            });
        }
    }
    if parts.is_empty() {
        let none = if findings.skipped > 0 { "No findings so far" } else { "No findings" };
        return view! { <span class="finding-count is-none">{none}</span> }.into_any();
    }
    parts.into_any()
}

#[component]
pub fn FindingList(repair: Callback<Fix>) -> impl IntoView {
    let state = use_state();
    let list = move || {
        let Some(findings) = state.findings.get() else { return ().into_any() };
        let skipped = (findings.skipped > 0).then(|| {
            let count = words::count(findings.skipped, "check");
            view! { <p class="quiet insight-note">{format!("{count} wait for the catalog of actions.")}</p> }
        });
        if findings.found.is_empty() {
            let none = "Nothing found. The checks are those of IAM Access Analyzer, and some of our own.";
            return view! { <p class="quiet insight-note">{none}</p> {skipped} }.into_any();
        }
        let items: Vec<AnyView> = findings.found.iter().map(|each| item(state, &findings, each, repair)).collect();
        view! { <ul class="findings">{items}</ul> {skipped} }.into_any()
    };
    view! { <div>{list}</div> }.into_any()
}

fn item(state: State, findings: &Findings, finding: &Finding, repair: Callback<Fix>) -> AnyView {
    let (_, sign, word) =
        SEVERITIES.into_iter().find(|(severity, ..)| *severity == finding.severity).unwrap_or(SEVERITIES[0]);
    let reveal = Reveal { document: findings.document, from: finding.from, to: finding.to, focus: true };
    let fixes: Vec<AnyView> = finding.fixes.iter().map(|fix| fix_button(state, fix.clone(), repair)).collect();
    view! {
        <li class=format!("finding is-{}", finding.severity)>
            <span class="finding-sign" aria-hidden="true">
                {sign}
            </span>
            <button type="button" class="finding-text" on:click=move |_| state.reveal_text(reveal)>
                <span class="visually-hidden">{format!("{word}: ")}</span>
                {coded(&finding.message)}
                {finding.help.as_deref().map(|help| view! { <small>{coded(help)}</small> })}
            </button>
            <span class="finding-place">
                <code>{finding.code.clone()}</code>
                {format!(" {}:{}", finding.line, finding.column)}
            </span>
            {fixes}
        </li>
    }
    .into_any()
}

fn fix_button(state: State, fix: Fix, repair: Callback<Fix>) -> AnyView {
    let title = plain(&fix.title);
    let label = format!("Fix: {title}");
    let run = move |_| {
        // Its places are those of the text that was checked; a moment later there are others.
        if untrack(|| state.present_findings()).is_some() {
            repair.run(fix.clone());
            state.toast.set(Some(Toast::note(format!("Fixed: {}. Ctrl Z in the text takes it back.", fix.title))));
        }
    };
    view! {
        <button type="button" class="button is-small" aria-label=label title=title on:click=run>
            "Fix"
        </button>
    }
    .into_any()
}
