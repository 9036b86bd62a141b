//! npm packages, installed per folder exactly as its package-lock.json says.

use std::fs;

use anyhow::{Context, Result, bail};

use super::announce;
use crate::process::{command, npm, read, run};
use crate::workspace;

const OLDEST_NODE: u32 = 20;
/// Folders whose lock files lack packages for other systems, of which not every registry has every version. `npm ci`
/// refuses such a file; `npm install` takes it as it is.
const PARTLY_LOCKED: [&str; 1] = ["tests/node/runtimes/tools"];

pub fn ensure(folder: &str) -> Result<bool> {
    let folder_path = workspace::root().join(folder);
    let lock_path = folder_path.join("package-lock.json");
    let lock = fs::read(&lock_path).with_context(|| format!("cannot read {}", lock_path.display()))?;
    // A copy of the lock file that was installed from, written last: a broken-off installation has none.
    let stamp = folder_path.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(false);
    }
    check_node()?;
    announce(&format!("installing the npm packages of {folder} (under a minute)"));
    let mut npm = npm(folder);
    if PARTLY_LOCKED.contains(&folder) {
        npm.args(["install", "--no-save"]);
    } else {
        npm.arg("ci");
    }
    // The tests use the machine's Chromium.
    run(npm.args(["--no-audit", "--no-fund"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    fs::write(&stamp, lock).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(true)
}

fn check_node() -> Result<()> {
    let version = read(command("node").arg("--version"));
    let major = version.as_deref().and_then(major);
    match (version, major) {
        (_, Some(major)) if major >= OLDEST_NODE => Ok(()),
        (Some(version), _) => bail!("Node {OLDEST_NODE} or newer is needed; this machine has {version}"),
        (None, _) => bail!("Node {OLDEST_NODE} or newer is needed, with npm; see https://nodejs.org"),
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}
