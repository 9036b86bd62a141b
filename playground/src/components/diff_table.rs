//! The documents of both versions, line by line beside each other.

use leptos::prelude::*;

use crate::comparing::{Change, Line, Pair, pairs};
use crate::state::use_state;
use crate::words;

#[component]
pub fn Documents() -> impl IntoView {
    let state = use_state();
    let found = Memo::new(move |_| {
        state.before.with(|before| {
            let before = before.as_ref()?;
            Some(state.workspace.with(|now| pairs(&before.workspace, now)))
        })
    });
    view! {
        <section class="panel" aria-labelledby="changed-documents">
            {move || {
                let (same, changed): (Vec<_>, Vec<_>) =
                    found.get().unwrap_or_default().into_iter().partition(|each| each.change == Change::Same);
                let count = changed.len();
                let unchanged = same.iter().map(|each| each.title.as_str()).collect::<Vec<_>>().join(", ");
                view! {
                    <div class="panel-head">
                        <h2 id="changed-documents">"Policies"</h2>
                        <p class="quiet">{format!("{} {}", words::count(count, "document"), if count == 1 { "differs" } else { "differ" })}</p>
                    </div>
                    {changed.into_iter().map(|pair| view! { <Document pair /> }).collect_view()}
                    {(!same.is_empty())
                        .then(|| view! { <p class="panel-text quiet">{format!("The same in both: {unchanged}")}</p> })}
                }
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Document(pair: Pair) -> impl IntoView {
    let what = match pair.change {
        Change::Added => "added",
        Change::Removed => "removed",
        _ => "changed",
    };
    let name = format!("{} ({})", pair.title, pair.place);
    let rows = pair
        .hunks
        .into_iter()
        .enumerate()
        .map(|(at, hunk)| {
            let gap = (at > 0).then(|| {
                view! {
                    <tr class="diff-gap">
                        <td colspan="4">"⋯"</td>
                    </tr>
                }
            });
            let lines = hunk.into_iter().map(|line| view! { <DiffLine line /> }).collect_view();
            view! {
                {gap}
                {lines}
            }
        })
        .collect_view();
    view! {
        <h3 class="diff-title">
            {pair.title} <span class="quiet">{pair.place}</span> <span class=format!("diff-change is-{what}")>{what}</span>
        </h3>
        <div class="table-scroll" tabindex="0" role="region" aria-label=format!("Changes of {name}")>
            <table class="diff">
                <colgroup>
                    <col class="diff-number" />
                    <col />
                    <col class="diff-number" />
                    <col />
                </colgroup>
                <thead>
                    <tr>
                        <th scope="col"><span class="visually-hidden">"Line before"</span></th>
                        <th scope="col">"Before"</th>
                        <th scope="col"><span class="visually-hidden">"Line after"</span></th>
                        <th scope="col">"After"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn DiffLine(line: Line) -> impl IntoView {
    let same = line.before.is_some() && line.after.is_some() && {
        let text = |side: &Option<(usize, String)>| side.as_ref().map(|(_, text)| text.clone());
        text(&line.before) == text(&line.after)
    };
    let side = |side: Option<(usize, String)>, class: &'static str, sign: &'static str, word: &'static str| {
        let (number, text) = side.map_or((String::new(), None), |(number, text)| (number.to_string(), Some(text)));
        let marked = !same && text.is_some();
        let class = match (&text, marked) {
            (None, _) => "diff-text is-none",
            (_, true) => class,
            _ => "diff-text",
        };
        view! {
            <td class="diff-number">{number}</td>
            <td class=class>
                {marked
                    .then(|| {
                        view! {
                            <span class="diff-sign" aria-hidden="true">
                                {sign}
                            </span>
                            <span class="visually-hidden">{word}</span>
                        }
                    })}
                <code>{text}</code>
            </td>
        }
    };
    view! {
        <tr>
            {side(line.before, "diff-text is-gone", "−", "removed: ")} {side(line.after, "diff-text is-come", "+", "added: ")}
        </tr>
    }
    .into_any()
}
