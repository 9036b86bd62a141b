//! Which compiler and which crates were measured.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The compiler, and the crates beside which the engine is measured, as Cargo.lock has them.
///
/// # Errors
/// If there is no rustc, or Cargo.lock lacks one of them.
pub fn of_rust() -> Result<Vec<(String, String)>, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    let lock = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut versions = vec![("rustc".to_owned(), rustc()?)];
    for package in ["iam-rs", "serde_json"] {
        let version = locked(&lock, package).ok_or_else(|| format!("Cargo.lock has no {package}"))?;
        versions.push((package.to_owned(), version.to_owned()));
    }
    Ok(versions)
}

/// The version of the compiler, such as `1.95.0`.
///
/// # Errors
/// If it cannot be asked.
pub fn rustc() -> Result<String, String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().map_err(|error| format!("rustc: {error}"))?;
    let line = String::from_utf8_lossy(&output.stdout).into_owned();
    line.split(' ').nth(1).map(str::to_owned).ok_or_else(|| format!("rustc says `{line}`"))
}

fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    lock.lines().skip_while(|line| *line != name).nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}
