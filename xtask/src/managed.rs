//! Fetches the AWS managed policies, real documents to test validation with, and the tables of moto's own tests of policies.
//! They are not committed.
//!
//! They come with moto (<https://pypi.org/project/moto/>), a Python package that imitates AWS, under Apache-2.0.

use std::path::PathBuf;

use anyhow::Result;

use crate::process::{Output, command};
use crate::workspace;

const VERSION: &str = "5.2.5";
const WHEEL_SHA256: &str = "eef62cdcf3bfe73e0863743511ba042dfaba04ba3d5ecdcb896a196c693ad528";
const ARCHIVE_SHA256: &str = "391857257d5dac144334013c2c10e599def5f0562f553e979160140bd7bd9cf6";

/// Gives the path of a file with a line of JSON for every policy: its name and the text of its document.
pub fn fetch(output: &Output) -> Result<PathBuf> {
    let documents = workspace::target().join(format!("managed-policies/moto-{VERSION}.jsonl"));
    if documents.is_file() {
        return Ok(documents);
    }
    let wheel = download(&format!("moto-{VERSION}-py3-none-any.whl"), ["--only-binary", ":all:"], output)?;
    let script = workspace::root().join("xtask/src/managed.py");
    output.run(command("python3").arg(script).arg(wheel).arg(WHEEL_SHA256).arg(&documents))?;
    Ok(documents)
}

/// Gives the path of a file with a line of JSON for every document of moto's tables: what it is called, and its text. The
/// tests are in the source archive alone, for which pip asks setuptools what the package needs.
pub fn tables(output: &Output) -> Result<PathBuf> {
    let tables = workspace::target().join(format!("managed-policies/moto-tables-{VERSION}.jsonl"));
    if tables.is_file() {
        return Ok(tables);
    }
    let archive = download(&format!("moto-{VERSION}.tar.gz"), ["--no-binary", "moto"], output)?;
    let script = workspace::root().join("xtask/src/moto_tables.py");
    output.run(command("python3").arg(script).arg(archive).arg(ARCHIVE_SHA256).arg(&tables))?;
    Ok(tables)
}

fn download(file: &str, form: [&str; 2], output: &Output) -> Result<PathBuf> {
    let folder = workspace::tools().join("moto");
    let path = folder.join(file);
    if !path.is_file() {
        let mut pip = command("python3");
        pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        pip.args(form).args([&format!("moto=={VERSION}"), "--dest"]).arg(&folder);
        output.run(&mut pip)?;
    }
    Ok(path)
}
