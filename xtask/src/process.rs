//! Starts other programs, with the project's own tools first on the PATH.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::test::Log;
use crate::workspace;

/// Where the output of a build goes.
pub enum Output<'a> {
    /// To the person who started it.
    Terminal,
    /// To the log file of a test group.
    Log(&'a Log),
}

impl Output<'_> {
    /// Runs a program to its end; anything but success is an error.
    pub fn run(&self, command: &mut Command) -> Result<()> {
        match self {
            Self::Terminal => run(command),
            Self::Log(log) => {
                let finished = log.run(command)?;
                if !finished.success {
                    bail!("`{}` failed", describe(command));
                }
                Ok(())
            }
        }
    }
}

/// A program, to be started in the repository's top folder.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace::root()).env("PATH", path());
    command
}

/// The cargo that runs this task.
pub fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// npm, in a folder of the repository.
pub fn npm(folder: &str) -> Command {
    let mut command = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(workspace::root().join(folder));
    command
}

/// Node, in a folder of the repository.
pub fn node(folder: &str) -> Command {
    let mut command = command("node");
    command.current_dir(workspace::root().join(folder));
    command
}

/// Runs a program to its end with its output on the terminal; anything but success is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start `{}`", describe(command)))?;
    if !status.success() {
        bail!("`{}` failed: {status}", describe(command));
    }
    Ok(())
}

/// What a program writes to standard output, if it can be started and succeeds.
pub fn read(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first of the named programs that is on the PATH.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = path();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        folders.iter().map(|folder| folder.join(&file)).find(|candidate| is_program(candidate))
    })
}

/// The command as one line for a person.
pub fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

fn path() -> std::ffi::OsString {
    let own = [workspace::tools().join("bin"), workspace::root().join("wasm/npm/node_modules/.bin")];
    let inherited = env::var_os("PATH").unwrap_or_default();
    let folders = own.into_iter().chain(env::split_paths(&inherited));
    env::join_paths(folders).unwrap_or(inherited)
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
