//! Comes next.
fn main() {}
