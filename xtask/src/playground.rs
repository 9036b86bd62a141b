//! Builds and serves the playground.

use std::env;
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

use crate::process::{Output, cargo, command, node, run};
use crate::setup::{self, chromium};
use crate::{npm, small, workspace};

/// Builds the playground for release into dist/.
pub fn build(output: &Output) -> Result<()> {
    setup::ensure(setup::BUILD)?;
    output.run(small::wasm(&mut fetch_crates()))?;
    output.run(small::playground(trunk("build").arg("--release").arg("--dist").arg(workspace::dist())))?;
    widgets(output)
}

/// Puts the widgets, the package's engine and the page that shows them beside the playground.
fn widgets(output: &Output) -> Result<()> {
    npm::built(output)?;
    let folder = workspace::dist().join("widgets");
    fs::create_dir_all(folder.join("analysis"))?;
    let package = npm::folder().join("package");
    let source = workspace::root().join("playground/widgets");
    let files = [
        (&package, "widgets.js", "widgets.js"),
        (&package, "browser.js", "browser.js"),
        (&package, "facade.js", "facade.js"),
        (&package, "engine.wasm", "engine.wasm"),
        (&package, "analysis/browser.js", "analysis/browser.js"),
        (&package, "analysis/facade.js", "analysis/facade.js"),
        (&package, "analysis/analysis.wasm", "analysis/analysis.wasm"),
        (&package, "catalog.bin", "catalog.bin"),
        (&source, "demo.html", "index.html"),
        (&source, "demo.css", "demo.css"),
        (&source, "demo.js", "demo.js"),
        (&source, "frame.html", "frame.html"),
        (&source, "frame.css", "frame.css"),
        (&source, "frame.js", "frame.js"),
    ];
    for (from, name, to) in files {
        fs::copy(from.join(name), folder.join(to)).with_context(|| format!("cannot copy {name}"))?;
    }
    Ok(())
}

/// Builds the playground when it is first asked for.
pub fn built(output: &Output) -> Result<()> {
    static BUILT: OnceLock<Result<(), String>> = OnceLock::new();
    let built = BUILT.get_or_init(|| build(output).map_err(|error| format!("the playground was not built: {error:#}")));
    built.clone().map_err(|error| anyhow!(error))
}

/// Runs a script of tests/browser, which is no test, on the built playground.
pub fn drive(script: &str) -> Result<()> {
    setup::ensure(setup::BROWSER_TEST)?;
    built(&Output::Terminal)?;
    let browser = chromium::locate()?;
    run(node("tests/browser").arg(script).env("CHROMIUM", browser.chrome))
}

/// Builds the playground, serves it and rebuilds it when a file changes, until it is interrupted.
pub fn serve(port: u16, release: bool) -> Result<()> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    check_free(address)?;
    setup::ensure(if release { setup::BUILD } else { setup::SERVE })?;
    println!("Building the playground; the first time takes some minutes.");
    let mut fetch = fetch_crates();
    Output::Terminal.run(if release { small::wasm(&mut fetch) } else { &mut fetch })?;
    let mut trunk = trunk("serve");
    // Apart from dist/, so that a release build does not meet a server's development build there.
    trunk.arg("--dist").arg(workspace::target().join("playground"));
    trunk.args(["--address", "127.0.0.1", "--port", &port.to_string()]);
    if release {
        small::playground(trunk.arg("--release"));
    }
    let mut server = trunk.spawn().context("cannot start Trunk")?;
    loop {
        if let Some(status) = server.try_wait()? {
            bail!("Trunk ended before it served the playground: {status}");
        }
        if answers(address) {
            break;
        }
        thread::sleep(Duration::from_millis(200));
    }
    println!("\nThe playground is at http://{address}\nIt is rebuilt when a file changes. Ctrl-C ends it.\n");
    let status = server.wait()?;
    if !status.success() {
        bail!("Trunk ended: {status}");
    }
    Ok(())
}

/// Trunk is told to work without the network, and tells cargo the same: the crates have to be there.
fn fetch_crates() -> Command {
    cargo(["fetch", "--locked", "--quiet", "--target", "wasm32-unknown-unknown"])
}

fn trunk(task: &str) -> Command {
    let mut trunk = command("trunk");
    trunk.args([task, "--offline", "--skip-version-check"]);
    // Trunk takes `true` and `false` where everyone else takes any value.
    if env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) {
        trunk.env("NO_COLOR", "true");
    }
    trunk
}

fn check_free(address: SocketAddr) -> Result<()> {
    match TcpListener::bind(address) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {port} is in use. Stop what uses it, or take another: cargo xtask serve --port {other}",
            port = address.port(),
            other = address.port().checked_add(1).unwrap_or(8080),
        ),
        Err(error) => Err(error).with_context(|| format!("cannot listen on {address}")),
    }
}

/// Whether the page is there: Trunk listens before its first build has succeeded.
fn answers(address: SocketAddr) -> bool {
    let get = || -> io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nAccept: text/html\r\nConnection: close\r\n\r\n")?;
        let mut status = [0; 12];
        stream.read_exact(&mut status)?;
        Ok(status == *b"HTTP/1.1 200")
    };
    get().unwrap_or(false)
}
