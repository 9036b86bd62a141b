//! Python's package installer.

use anyhow::{Context, Result, bail};

use super::{announce, apt};
use crate::process::{command, read};

pub fn ensure() -> Result<bool> {
    if has_pip() {
        return Ok(false);
    }
    announce("installing Python's package installer (seconds)");
    apt::install(&["python3", "python3-pip"]).context("Python 3 with pip is needed")?;
    if !has_pip() {
        bail!("`python3 -m pip --version` still fails");
    }
    Ok(true)
}

fn has_pip() -> bool {
    read(command("python3").args(["-m", "pip", "--version"])).is_some()
}
