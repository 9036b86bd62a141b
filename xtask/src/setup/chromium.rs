//! A Chromium with the driver of the same version.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{announce, apt};
use crate::process::{command, find, read};
use crate::workspace;

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A browser and the program that drives it.
#[derive(Debug)]
pub struct Browser {
    /// The browser.
    pub chrome: PathBuf,
    /// chromedriver, of the same major version.
    pub driver: PathBuf,
}

pub fn ensure() -> Result<bool> {
    let Err(missing) = locate() else { return Ok(false) };
    announce(&format!("{missing}: installing Debian's chromium and chromium-driver (a minute)"));
    apt::install(&["chromium", "chromium-driver"]).context(
        "a Chromium and its chromedriver are needed; set CHROME and CHROMEDRIVER if they are not on the PATH",
    )?;
    locate()?;
    Ok(true)
}

/// The user's browser (CHROME, CHROMIUM, CHROMEDRIVER), or else what is on the PATH.
pub fn locate() -> Result<Browser> {
    let chrome = named_by(&["CHROME", "CHROMIUM"])
        .or_else(|| find(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]))
        .context("there is no Chromium")?;
    let driver = named_by(&["CHROMEDRIVER"]).or_else(|| find(&["chromedriver"])).context("there is no chromedriver")?;
    let (chrome_version, driver_version) = (version(&chrome)?, version(&driver)?);
    if chrome_version != driver_version {
        bail!("{} is of version {chrome_version}, {} of {driver_version}", chrome.display(), driver.display());
    }
    Ok(Browser { chrome, driver })
}

/// Writes the file that tells the wasm test runner which browser to start, and how.
pub fn webdriver_settings(browser: &Browser) -> Result<PathBuf> {
    let path = workspace::target().join("webdriver.json");
    let flags: Vec<String> = FLAGS.iter().map(|flag| json_string(flag)).collect();
    let chrome = json_string(&browser.chrome.to_string_lossy());
    let text = format!("{{\"goog:chromeOptions\":{{\"binary\":{chrome},\"args\":[{}]}}}}\n", flags.join(","));
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

fn named_by(variables: &[&str]) -> Option<PathBuf> {
    variables.iter().find_map(env::var_os).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn version(program: &Path) -> Result<String> {
    read(command(program).arg("--version"))
        .as_deref()
        .and_then(major)
        .map(str::to_owned)
        .with_context(|| format!("`{} --version` does not name a version", program.display()))
}

/// The first whole number of `Chromium 142.0.7444.175 built on Debian` or `ChromeDriver 142.0.7444.175 (…)`.
fn major(line: &str) -> Option<&str> {
    let word = line.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    word.split('.').next()
}

fn json_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn browser_and_driver_name_their_versions_differently() {
        assert_eq!(major("Chromium 142.0.7444.175 built on Debian GNU/Linux 12 (bookworm)"), Some("142"));
        assert_eq!(major("Google Chrome 142.0.7444.60 "), Some("142"));
        assert_eq!(major("ChromeDriver 141.0.7390.122 (abcdef)"), Some("141"));
        assert_eq!(major("command not found"), None);
    }
}
