//! What of a matrix is on the page. It is drawn in slices of so many cells a frame, so that no frame takes long, however
//! much came into sight or was computed at once; what was drawn before stays until its turn comes.

use leptos::prelude::*;

use super::matrix_grid;
use crate::amounts;

/// The cells that are drawn in a frame, or one row if that has more.
const SLICE: usize = 200;

/// The columns of a row, each with its cell.
pub type Cells = Vec<(usize, u8)>;

/// A row on the page. Its cells are drawn again when they change.
pub type DrawnRow = (usize, ArcRwSignal<Cells>);

#[derive(Clone, Copy)]
pub struct Painter {
    pub rows: RwSignal<Vec<DrawnRow>>,
    /// The columns whose heads are drawn.
    pub heads: RwSignal<Vec<usize>>,
    /// A frame is asked for.
    waiting: StoredValue<bool>,
    /// The cell that takes the focus when everything is drawn.
    focus: StoredValue<Option<(usize, usize)>>,
}

/// What is done to a row.
#[derive(Debug, PartialEq)]
enum Stroke {
    Remove(usize),
    Draw(usize, Cells),
}

impl Painter {
    pub fn new() -> Self {
        Self {
            rows: RwSignal::new(Vec::new()),
            heads: RwSignal::new(Vec::new()),
            waiting: StoredValue::new(false),
            focus: StoredValue::new(None),
        }
    }

    /// Draws from the next frame on what `wanted` says then.
    pub fn draw(self, wanted: impl Fn() -> Wanted + Copy + 'static) {
        if self.waiting.get_value() {
            return;
        }
        self.waiting.set_value(true);
        request_animation_frame(move || {
            // The grid may be gone by now.
            if self.waiting.try_set_value(false).is_none() && self.slice(&wanted()) {
                self.draw(wanted);
            }
        });
    }

    /// Puts the focus on a cell when everything is drawn.
    pub fn focus(self, cell: (usize, usize)) {
        self.focus.set_value(Some(cell));
    }

    /// Draws a slice; says whether there is more.
    fn slice(self, wanted: &Wanted) -> bool {
        if self.heads.with_untracked(|heads| *heads != wanted.columns) {
            self.heads.set(wanted.columns.clone());
            amounts::mark("matrix cells drawn", wanted.columns.len());
            return true;
        }
        self.keep_focus();
        let drawn = self.rows.get_untracked();
        let now: Vec<_> = drawn.iter().map(|(row, cells)| (*row, cells.get_untracked())).collect();
        let (strokes, amount) = next(&now, wanted);
        if strokes.is_empty() {
            self.focus.update_value(|cell| *cell = cell.filter(|cell| !matrix_grid::focus(*cell)));
            return false;
        }
        let mut rows = drawn;
        for stroke in strokes {
            match stroke {
                Stroke::Remove(row) => rows.retain(|(at, _)| *at != row),
                Stroke::Draw(row, cells) => match rows.iter().find(|(at, _)| *at == row) {
                    Some((_, drawn)) => drawn.set(cells),
                    None => rows.push((row, ArcRwSignal::new(cells))),
                },
            }
        }
        // In their order, for those who go from row to row without seeing where they stand.
        rows.sort_by_key(|(row, _)| *row);
        self.rows.update(|old| {
            if !old.iter().map(|(row, _)| row).eq(rows.iter().map(|(row, _)| row)) {
                *old = rows;
            }
        });
        amounts::mark("matrix cells drawn", amount);
        true
    }

    /// A cell that is put to another place, or drawn anew, loses the focus: it gets it back in the end, unless the reader
    /// went elsewhere meanwhile.
    fn keep_focus(self) {
        let Some(active) = document().active_element() else { return };
        match matrix_grid::place(&active) {
            Some(cell) => self.focus.update_value(|wanted| *wanted = wanted.or(Some(cell))),
            None if !matrix_grid::holds_focus(&active) => self.focus.set_value(None),
            None => {}
        }
    }
}

/// What is to be on the page.
#[derive(Debug)]
pub struct Wanted {
    pub columns: Vec<usize>,
    pub rows: Vec<(usize, Cells)>,
}

/// What is to be done in a frame, and how many cells that are.
fn next(drawn: &[(usize, Cells)], wanted: &Wanted) -> (Vec<Stroke>, usize) {
    let is_drawn = |row: usize, cells: &Cells| drawn.iter().any(|(at, now)| *at == row && now == cells);
    let missing = wanted.rows.iter().filter(|(row, cells)| !is_drawn(*row, cells));
    let gone = drawn.iter().filter(|(row, _)| !wanted.rows.iter().any(|(at, _)| at == row));
    let strokes = missing
        .map(|(row, cells)| (Stroke::Draw(*row, cells.clone()), cells.len()))
        .chain(gone.map(|(row, cells)| (Stroke::Remove(*row), cells.len())));
    let (mut found, mut amount) = (Vec::new(), 0);
    for (stroke, cells) in strokes {
        if !found.is_empty() && amount + cells > SLICE {
            break;
        }
        amount += cells;
        found.push(stroke);
    }
    (found, amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(rows: std::ops::Range<usize>, columns: usize, cell: u8) -> Wanted {
        let columns: Vec<usize> = (0..columns).collect();
        let cells: Cells = columns.iter().map(|column| (*column, cell)).collect();
        Wanted { rows: rows.map(|row| (row, cells.clone())).collect(), columns }
    }

    /// Draws until there is nothing more to do; gives the amounts.
    fn draw(drawn: &mut Vec<(usize, Cells)>, wanted: &Wanted) -> Vec<usize> {
        let mut amounts = Vec::new();
        loop {
            let (strokes, amount) = next(drawn, wanted);
            if strokes.is_empty() {
                drawn.sort_by_key(|(row, _)| *row);
                return amounts;
            }
            amounts.push(amount);
            for stroke in strokes {
                let (Stroke::Remove(row) | Stroke::Draw(row, _)) = stroke;
                drawn.retain(|(at, _)| *at != row);
                if let Stroke::Draw(row, cells) = stroke {
                    drawn.push((row, cells));
                }
            }
        }
    }

    #[test]
    fn everything_is_drawn_and_no_frame_draws_more_than_its_slice() {
        let mut drawn = Vec::new();
        for (wanted, sum) in [
            (wanted(0..30, 45, b' '), 30 * 45),
            (wanted(0..30, 45, b' '), 0),
            (wanted(0..30, 45, b'1'), 30 * 45),
            // Four rows come and four go.
            (wanted(4..34, 45, b'1'), 8 * 45),
            (wanted(0..0, 0, b'1'), 30 * 45),
        ] {
            let amounts = draw(&mut drawn, &wanted);
            assert_eq!(drawn, wanted.rows);
            assert_eq!(amounts.iter().sum::<usize>(), sum);
            assert!(amounts.iter().all(|amount| *amount <= SLICE), "{amounts:?}");
        }
    }

    #[test]
    fn a_row_is_never_cut() {
        let (strokes, amount) = next(&[], &wanted(0..3, SLICE + 1, b'1'));
        assert!(matches!(strokes.as_slice(), [Stroke::Draw(0, _)]));
        assert_eq!(amount, SLICE + 1);
    }
}
