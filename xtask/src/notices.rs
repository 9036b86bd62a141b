//! THIRD_PARTY_NOTICES.md: what is shipped of others, with its licenses.

use anyhow::Result;

use crate::process::{Output, command};
use crate::setup;

/// Writes the file, or fails if it is not what would be written.
pub fn write(check: bool, output: &Output) -> Result<()> {
    setup::ensure(setup::NOTICES)?;
    let mut node = command("node");
    node.args(["xtask/src/notices.mjs", "THIRD_PARTY_NOTICES.md"]).args(check.then_some("--check"));
    output.run(&mut node)
}
