//! Small pictures. They never stand alone: words say the same beside them.

use leptos::prelude::*;

/// A decision: a tick in a disc, a bar in an octagon, a question mark in a diamond, or a dash in a
/// broken ring. The outline alone tells them apart.
#[component]
pub fn DecisionIcon(#[prop(into)] decision: String) -> impl IntoView {
    let shape = match decision.as_str() {
        "Allow" => view! {
            <circle cx="20" cy="20" r="18" class="icon-fill" />
            <path d="M12 20.5l5.5 5.5L28.5 14.5" class="icon-cut" />
        }
        .into_any(),
        "ExplicitDeny" => view! {
            <path d="M12.5 2h15L38 12.5v15L27.5 38h-15L2 27.5v-15z" class="icon-fill" />
            <path d="M11.5 20h17" class="icon-cut" />
        }
        .into_any(),
        "Depends" => view! {
            <path d="M20 1l19 19-19 19L1 20z" class="icon-fill" />
            <path d="M15 16.5c0-6.5 10-6.5 10-.5 0 4-5 4-5 8M20 28.5v.3" class="icon-cut icon-thin" />
        }
        .into_any(),
        _ => view! {
            <circle cx="20" cy="20" r="16" class="icon-line icon-dashed" />
            <path d="M13 20h14" class="icon-line" />
        }
        .into_any(),
    };
    view! {
        <svg class="decision-icon" viewBox="0 0 40 40" aria-hidden="true">
            {shape}
        </svg>
    }
    .into_any()
}

/// A line icon of 16 units, by its path.
#[component]
pub fn Icon(path: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=path />
        </svg>
    }
    .into_any()
}

pub const CHECK: &str = "M3 8.5l3.2 3.2L13 4.8";
pub const CROSS: &str = "M4 4l8 8M12 4l-8 8";
pub const DASH: &str = "M4 8h8";
pub const QUESTION: &str = "M5.5 6c0-3.4 5-3.4 5-.3 0 2.1-2.5 2.1-2.5 4.3M8 12.6v.2";
pub const PAGE: &str = "M4 2.5h5l3 3v8H4zM9 2.5v3h3";
pub const PLUS: &str = "M8 3v10M3 8h10";
pub const CHEVRON: &str = "M6 4l4 4-4 4";
pub const CHEVRON_DOWN: &str = "M4 6l4 4 4-4";
pub const COPY: &str = "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3";
pub const BIN: &str = "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.7 9h5.6l.7-9";
pub const PEN: &str = "M3 13l.8-3.2 7-7 2.4 2.4-7 7z";
pub const UP: &str = "M8 13V3.5M4 7l4-4 4 4";
pub const DOWN: &str = "M8 3v9.5M4 9l4 4 4-4";
pub const FORK: &str = "M8 14V9M8 9L4 3M8 9l4-6";
pub const POWER: &str = "M8 2v6M4.6 4.4a5 5 0 1 0 6.8 0";
pub const WARN: &str = "M8 2.2L14.4 13.5H1.6zM8 6.5v3.2M8 11.6v.2";
pub const GRID: &str = "M2.5 2.5h4.5v4.5h-4.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5h-4.5zM9 9h4.5v4.5H9z";
