//! Names that stand twice: one way to find them, in the order of n log n however they are chosen.

/// For each name whether it stood before.
pub(crate) fn again(names: &[&str]) -> Vec<bool> {
    let mut again = vec![false; names.len()];
    let mut sorted: Vec<(&str, usize)> = names.iter().copied().zip(0..).collect();
    sorted.sort_unstable();
    let mut before = None;
    for (name, place) in sorted {
        if let Some(again) = again.get_mut(place) {
            *again = before == Some(name);
        }
        before = Some(name);
    }
    again
}
