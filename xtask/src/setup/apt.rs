//! Debian's packages, for what neither cargo nor npm can install.

use anyhow::{Context, Result, bail};

use crate::process::{command, find, read, run};

/// Installs Debian packages, as root or through sudo.
pub fn install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if find(&["apt-get"]).is_none() {
        bail!("this machine has no apt-get: install what Debian calls `{list}` by hand");
    }
    let is_root = read(command("id").arg("-u")).as_deref() == Some("0");
    if !is_root && find(&["sudo"]).is_none() {
        bail!("this needs an administrator: apt-get install {list}");
    }
    let apt_get = || {
        let mut command = command(if is_root { "apt-get" } else { "sudo" });
        if !is_root {
            command.arg("apt-get");
        }
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run(apt_get().args(["update", "-qq"])).context("the list of Debian packages cannot be brought up to date")?;
    run(apt_get().args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages))
}
