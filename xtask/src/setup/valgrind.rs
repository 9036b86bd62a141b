//! Valgrind, which counts instructions.

use anyhow::{Context, Result, bail};

use super::{announce, apt};
use crate::process::{command, find, read};

pub fn ensure() -> Result<bool> {
    if works() {
        return Ok(false);
    }
    announce("installing Debian's valgrind (seconds)");
    apt::install(&["valgrind"]).context("valgrind is needed to count instructions")?;
    if !works() {
        bail!("`valgrind --version` still fails");
    }
    Ok(true)
}

fn works() -> bool {
    find(&["valgrind"]).is_some_and(|valgrind| read(command(valgrind).arg("--version")).is_some())
}
