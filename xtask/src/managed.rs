//! Fetches the AWS managed policies: real documents, to test the parser with. They are not committed.
//!
//! They come with moto (<https://pypi.org/project/moto/>), a Python package that imitates AWS, under Apache-2.0.

use std::path::PathBuf;

use anyhow::Result;

use crate::process::{Output, command};
use crate::workspace;

const VERSION: &str = "5.2.5";
const SHA256: &str = "eef62cdcf3bfe73e0863743511ba042dfaba04ba3d5ecdcb896a196c693ad528";

/// Gives the path of a file with a line of JSON for every policy: its name and the text of its document.
pub fn fetch(output: &Output) -> Result<PathBuf> {
    let documents = workspace::target().join(format!("managed-policies/moto-{VERSION}.jsonl"));
    if documents.is_file() {
        return Ok(documents);
    }
    let folder = workspace::tools().join("moto");
    let wheel = folder.join(format!("moto-{VERSION}-py3-none-any.whl"));
    if !wheel.is_file() {
        let mut pip = command("python3");
        pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        pip.args(["--only-binary", ":all:", &format!("moto=={VERSION}"), "--dest"]).arg(&folder);
        output.run(&mut pip)?;
    }
    let script = workspace::root().join("xtask/src/managed.py");
    output.run(command("python3").arg(script).arg(wheel).arg(SHA256).arg(&documents))?;
    Ok(documents)
}
