//! The cells as a grid of which only what is in sight is on the page, drawn in slices: hundreds of rows and columns stay
//! light. One cell takes the focus; arrow keys move it, Enter chooses it.

use std::ops::Range;

use leptos::html::Div;
use leptos::prelude::*;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent};
use wasm_bindgen::JsCast;

use super::matrix_paint::{Cells, DrawnRow, Painter, Wanted};
use super::matrix_view::{SIGNS, cell_class};
use crate::effect::effect;
use crate::matrix;
use crate::state::{State, use_state};
use crate::words;

/// The side of a cell, as in the style sheet.
const CELL: usize = 26;
/// The height of the column heads.
const HEAD: usize = 168;
/// What is kept ready beside what is in sight, in cells.
const MARGIN: usize = 3;

/// What is in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sight {
    rows: (usize, usize),
    columns: (usize, usize),
}

#[component]
pub fn MatrixGrid() -> impl IntoView {
    let state = use_state();
    let matrix = state.matrix;
    let scroller = NodeRef::<Div>::new();
    let sight = RwSignal::new(Sight::default());
    let active = RwSignal::new((0, 0));
    let size = Memo::new(move |_| matrix.plan.with(|plan| (plan.rows.len(), plan.columns.len())));
    let look = move || {
        if let Some(scroller) = scroller.get_untracked() {
            let seen = seen(&scroller);
            if sight.get_untracked() != seen {
                sight.set(seen);
            }
        }
    };
    effect(move || {
        let (rows, columns) = size.get();
        let (row, column) = active.get_untracked();
        active.set((row.min(rows.saturating_sub(1)), column.min(columns.saturating_sub(1))));
        scroller.track();
        request_animation_frame(look);
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| look());
    on_cleanup(move || resized.remove());
    // The cell with the focus stays on the page when it is scrolled out of sight.
    let rows = Memo::new(move |_| with(window(sight.get().rows, size.get().0), active.get().0));
    let columns = Memo::new(move |_| with(window(sight.get().columns, size.get().1), active.get().1));
    let painter = Painter::new();
    let wanted = move || {
        let columns = columns.get_untracked();
        let width = size.get_untracked().1;
        let cells = |row: usize| -> Cells {
            let at = |column: usize| matrix.cells.with_untracked(|cells| cells.get(row * width + column).copied());
            columns.iter().map(|column| (*column, at(*column).unwrap_or(matrix::OPEN))).collect()
        };
        let rows = rows.get_untracked().into_iter().map(|row| (row, cells(row))).collect();
        Wanted { rows, columns }
    };
    effect(move || {
        rows.track();
        columns.track();
        matrix.cells.track();
        painter.draw(wanted);
    });
    let style = move || {
        let (rows, columns) = size.get();
        format!("height: {}px; --columns: {columns}", HEAD + rows * CELL)
    };
    // A cell that is chosen or gone to is drawn anew; the next key is heard meanwhile, too.
    let focus_when_drawn = move |scroller: &HtmlElement, cell: (usize, usize)| {
        hold_focus(scroller);
        painter.focus(cell);
        painter.draw(wanted);
    };
    let keydown = move |event: KeyboardEvent| {
        let (row, column) = active.get_untracked();
        let (rows, columns) = size.get_untracked();
        if rows == 0 || columns == 0 {
            return;
        }
        let all = event.ctrl_key() || event.meta_key();
        let page = scroller.get_untracked().map_or(10, |each| seen_rows(&each));
        let next = match event.key().as_str() {
            "ArrowDown" => (row + 1, column),
            "ArrowUp" => (row.saturating_sub(1), column),
            "ArrowRight" => (row, column + 1),
            "ArrowLeft" => (row, column.saturating_sub(1)),
            "PageDown" => (row + page, column),
            "PageUp" => (row.saturating_sub(page), column),
            "Home" if all => (0, 0),
            "End" if all => (rows, columns),
            "Home" => (row, 0),
            "End" => (row, columns),
            "Enter" | " " => {
                event.prevent_default();
                matrix.selected.set(Some((row, column)));
                if let Some(scroller) = scroller.get_untracked() {
                    focus_when_drawn(&scroller, (row, column));
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        let next = (next.0.min(rows - 1), next.1.min(columns - 1));
        active.set(next);
        if let Some(scroller) = scroller.get_untracked() {
            bring_into_sight(&scroller, next);
            look();
            focus_when_drawn(&scroller, next);
        }
    };
    let click = move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(place) = target.and_then(|target| place(&target)) {
            active.set(place);
            matrix.selected.set(Some(place));
            if let Some(scroller) = scroller.get_untracked() {
                focus_when_drawn(&scroller, place);
            }
        }
    };
    view! {
        <div class="matrix-scroll" class:is-stale=move || matrix.stale.get() node_ref=scroller on:scroll=move |_| look()>
            <div
                class="matrix-grid"
                role="grid"
                tabindex="-1"
                aria-labelledby="matrix-title"
                aria-rowcount=move || (size.get().0 + 1).to_string()
                aria-colcount=move || (size.get().1 + 1).to_string()
                aria-busy=move || matrix.is_running().to_string()
                style=style
                on:keydown=keydown
                on:click=click
            >
                <div class="matrix-head" role="row" aria-rowindex="1">
                    <span class="matrix-corner" role="columnheader" aria-colindex="1">
                        "Request"
                    </span>
                    <For each=move || painter.heads.get() key=move |column| (*column, name_of(state, *column)) let:column>
                        <span
                            class="matrix-column"
                            role="columnheader"
                            aria-colindex=(column + 2).to_string()
                            style=format!("--at: {column}")
                            title=name_of(state, column)
                        >
                            <span>{name_of(state, column)}</span>
                        </span>
                    </For>
                </div>
                <For each=move || painter.rows.get() key=|(row, _)| *row let:drawn>
                    <Row drawn active />
                </For>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Row(drawn: DrawnRow, active: RwSignal<(usize, usize)>) -> impl IntoView {
    let (row, cells) = drawn;
    let state = use_state();
    let matrix = state.matrix;
    let label = Memo::new(move |_| matrix.plan.with(|plan| plan.labels.get(row).cloned().unwrap_or_default()));
    let focused = Memo::new(move |_| (active.get().0 == row).then(|| active.get().1));
    let chosen = Memo::new(move |_| matrix.selected.get().filter(|(at, _)| *at == row).map(|(_, column)| column));
    view! {
        <div class="matrix-row" role="row" aria-rowindex=(row + 2).to_string() style=format!("--at: {row}")>
            <span class="matrix-label" role="rowheader" aria-colindex="1" title=move || label.get()>
                {move || short(&label.get())}
            </span>
            {move || {
                let (focused, chosen) = (focused.get(), chosen.get());
                cells
                    .get()
                    .into_iter()
                    .map(|(column, cell)| {
                        let decision = matrix::decision(cell);
                        let sign = SIGNS.iter().find(|(code, _)| *code == decision).map_or("", |(_, sign)| sign);
                        let words = if decision.is_empty() { "not computed yet" } else { words::decision(decision) };
                        view! {
                            <span
                                class=format!("matrix-decision {}", cell_class(decision))
                                role="gridcell"
                                aria-colindex=(column + 2).to_string()
                                aria-label=words.to_owned()
                                aria-selected=(chosen == Some(column)).to_string()
                                tabindex=if focused == Some(column) { "0" } else { "-1" }
                                data-cell=format!("{row}-{column}")
                                style=format!("--at: {column}")
                            >
                                {sign}
                            </span>
                        }
                    })
                    .collect_view()
            }}
        </div>
    }
    .into_any()
}

fn name_of(state: State, column: usize) -> String {
    state.matrix.plan.with(|plan| plan.columns.get(column).cloned().unwrap_or_default())
}

/// A label without what all ARNs have in common.
fn short(label: &str) -> String {
    match label.splitn(6, ':').nth(5) {
        Some(end) if label.starts_with("arn:") && !end.is_empty() => end.to_owned(),
        _ => label.to_owned(),
    }
}

fn seen(scroller: &HtmlElement) -> Sight {
    let range = |from: i32, length: i32, before: usize| {
        let from = usize::try_from(from).unwrap_or_default() / CELL;
        let length = usize::try_from(length).unwrap_or_default().saturating_sub(before) / CELL + 1;
        (from.saturating_sub(MARGIN), from + length + MARGIN)
    };
    Sight {
        rows: range(scroller.scroll_top(), scroller.client_height(), HEAD),
        columns: range(scroller.scroll_left(), scroller.client_width(), 0),
    }
}

fn seen_rows(scroller: &HtmlElement) -> usize {
    (usize::try_from(scroller.client_height()).unwrap_or_default().saturating_sub(HEAD) / CELL).max(1)
}

fn window((from, to): (usize, usize), all: usize) -> Range<usize> {
    from.min(all)..to.min(all)
}

/// The places of a range, and one more.
fn with(range: Range<usize>, place: usize) -> Vec<usize> {
    let mut places: Vec<usize> = range.clone().collect();
    if !range.contains(&place) {
        if place < range.start { places.insert(0, place) } else { places.push(place) }
    }
    places
}

/// Scrolls as far as it takes; the heads cover a part of what could be seen.
fn bring_into_sight(scroller: &HtmlElement, (row, column): (usize, usize)) {
    let pixels = |cells: usize| i32::try_from(cells * CELL).unwrap_or(i32::MAX);
    let label = scroller.query_selector(".matrix-corner").ok().flatten();
    let label = label.map_or(0, |label| label.client_width());
    let head = i32::try_from(HEAD).unwrap_or_default();
    let moved = |at: i32, start: i32, length: i32| {
        if start < at { start } else { at.max(start.saturating_add(pixels(1)).saturating_sub(length)) }
    };
    scroller.set_scroll_top(moved(scroller.scroll_top(), pixels(row), scroller.client_height() - head));
    scroller.set_scroll_left(moved(scroller.scroll_left(), pixels(column), scroller.client_width() - label));
}

/// Puts the focus on the grid itself.
fn hold_focus(scroller: &HtmlElement) {
    let grid = scroller.query_selector(".matrix-grid").ok().flatten();
    if let Some(grid) = grid.and_then(|grid| grid.dyn_into::<HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // A grid that cannot take the focus leaves it where it is.
        let _ = grid.focus_with_options(&options);
    }
}

/// Whether an element has the focus for a cell that is being drawn.
pub fn holds_focus(element: &Element) -> bool {
    element.class_list().contains("matrix-grid") || element.tag_name() == "BODY"
}

/// The cell that an element is in.
pub fn place(element: &Element) -> Option<(usize, usize)> {
    let text = element.closest("[data-cell]").ok()??.get_attribute("data-cell")?;
    let (row, column) = text.split_once('-')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// Puts the focus on a cell; says whether it is on the page.
pub fn focus((row, column): (usize, usize)) -> bool {
    let cell = document().query_selector(&format!("[data-cell=\"{row}-{column}\"]")).ok().flatten();
    let Some(cell) = cell.and_then(|cell| cell.dyn_into::<HtmlElement>().ok()) else { return false };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // A cell that cannot take the focus leaves it where it is.
    let _ = cell.focus_with_options(&options);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cell_with_the_focus_is_always_among_those_on_the_page() {
        assert_eq!(with(window((2, 5), 4), 0), [0, 2, 3]);
        assert_eq!(with(window((2, 5), 9), 3), [2, 3, 4]);
        assert_eq!(with(window((2, 5), 9), 8), [2, 3, 4, 8]);
    }
}
