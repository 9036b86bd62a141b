//! Every build, serve and test task of the project; `cargo xtask help` lists them.

mod bench;
mod catalog;
mod managed;
mod notices;
mod npm;
mod playground;
mod process;
mod setup;
mod sizes;
mod small;
mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::prelude::*;

use process::Output;

const HELP: &str = "\
Usage: cargo xtask <task>

  serve [--port 8080] [--release]   build and serve the playground, rebuild it when a file changes
  test [--group NAME]...            run every test group, or only the named ones
  build                             build the playground for release into dist/
  npm                               build and pack the npm package into target/npm/
  managed                           validate every AWS managed policy, and moto's tables of policies
  catalog [--accept-loss]           make core/catalog/aws.bin from the packages that publish AWS's actions
  catalog --json FOLDER             write the catalog as JSON, a file for each service
  bench [--quick]                   measure speed and memory, beside others and against the targets
  bench --readme                    write the table of tests/bench/results.json into README.md
  bench --accept                    let the `speed` group compare with today's counts of instructions
  notices                           write THIRD_PARTY_NOTICES.md
  sizes                             what a browser downloads, against the budgets
  responsive                        how long the playground takes for a keystroke and while it computes a matrix
  screenshots                       pictures of the playground's main states, into tests/browser/screenshots
  setup                             put in place what any of these needs

Each task first puts in place what it needs and the machine lacks, and says what it does.";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let mut arguments = lexopt::Parser::from_env();
    let task = match arguments.next()? {
        Some(Value(task)) => task.string()?,
        None | Some(Short('h') | Long("help")) => "help".to_owned(),
        Some(other) => return Err(other.unexpected().into()),
    };
    match task.as_str() {
        "help" => println!("{HELP}\n\nTest groups:\n{}", test::list()),
        "setup" => {
            finish(&mut arguments)?;
            setup::everything()?;
        }
        "serve" => {
            let (mut port, mut release) = (8080, false);
            while let Some(argument) = arguments.next()? {
                match argument {
                    Long("port") => port = arguments.value()?.parse()?,
                    Long("release") => release = true,
                    other => return Err(other.unexpected().into()),
                }
            }
            playground::serve(port, release)?;
        }
        "build" => {
            finish(&mut arguments)?;
            playground::build(&Output::Terminal)?;
        }
        "npm" => {
            finish(&mut arguments)?;
            npm::build(&Output::Terminal)?;
        }
        "managed" => {
            finish(&mut arguments)?;
            return test::run(&["managed".to_owned()]);
        }
        "catalog" => {
            let (mut accept_loss, mut folder) = (false, None);
            while let Some(argument) = arguments.next()? {
                match argument {
                    Long("accept-loss") => accept_loss = true,
                    Long("json") => folder = Some(arguments.value()?.into()),
                    other => return Err(other.unexpected().into()),
                }
            }
            match folder {
                Some(folder) => catalog::json(folder)?,
                None => catalog::build(accept_loss)?,
            }
        }
        "notices" => {
            finish(&mut arguments)?;
            notices::write(false, &Output::Terminal)?;
        }
        "bench" => {
            let mut what: fn() -> Result<()> = || bench::all(false);
            while let Some(argument) = arguments.next()? {
                match argument {
                    Long("quick") => what = || bench::all(true),
                    Long("readme") => what = bench::readme,
                    Long("accept") => what = bench::accept,
                    other => return Err(other.unexpected().into()),
                }
            }
            what()?;
        }
        "sizes" => {
            finish(&mut arguments)?;
            return sizes::print();
        }
        "responsive" | "screenshots" => {
            finish(&mut arguments)?;
            playground::drive(&format!("{task}.mjs"))?;
        }
        "test" => {
            let mut groups = Vec::new();
            while let Some(argument) = arguments.next()? {
                match argument {
                    Long("group") => groups.push(arguments.value()?.string()?),
                    other => return Err(other.unexpected().into()),
                }
            }
            return test::run(&groups);
        }
        other => bail!("there is no task `{other}`\n\n{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
}

/// For tasks without options: whatever else stands on the command line is a mistake.
fn finish(arguments: &mut lexopt::Parser) -> Result<()> {
    match arguments.next()? {
        Some(argument) => Err(argument.unexpected().into()),
        None => Ok(()),
    }
}
