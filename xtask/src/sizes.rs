//! What a browser downloads, against the budgets.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::process::{Output, node, read};
use crate::{npm, playground, workspace};

/// Bytes as they are and as a web server sends them.
#[derive(Clone, Copy, Default)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// A limit for the size of a row.
enum Budget {
    Gzip(usize),
    Brotli(usize),
}

struct Row {
    name: String,
    size: Size,
    budget: Option<Budget>,
}

/// Files and sums with their sizes.
pub struct Table {
    rows: Vec<Row>,
}

/// The npm package's evaluator: not every host of a package compresses with brotli.
const ENGINE: Budget = Budget::Gzip(150_000);
/// What the npm package does beyond deciding, loaded by who asks for it.
const ANALYSIS: Budget = Budget::Gzip(300_000);
/// All that the page loads until it decides: 394 kB when this was set, 253 of it the wasm and 122 the editor.
const PLAYGROUND: Budget = Budget::Brotli(400_000);
/// What it loads when the first decision is on the screen, or when it is asked for, without the catalog: some 470 kB when
/// this was set, 240 of it the rest of its views and 190 the second program. What validation and summaries learn goes into that.
const PLAYGROUND_LATER: Budget = Budget::Brotli(480_000);
/// All that the first widget of a page loads; each further one of its kind costs nothing.
const WIDGETS: Budget = Budget::Brotli(250_000);
/// The catalog, which the page and the package load when they are first asked what needs it.
const CATALOG: Budget = Budget::Gzip(160_000);

/// What a page loads when its first widget shows a decision.
const DECISION_WIDGET: [&str; 4] = ["widgets.js", "browser.js", "facade.js", "engine.wasm"];
/// What it loads when that shows a policy by itself; the catalog comes after it, and only if the page asks for it.
const POLICY_WIDGET: [&str; 6] =
    ["widgets.js", "browser.js", "facade.js", "analysis/browser.js", "analysis/facade.js", "analysis/analysis.wasm"];

/// What the page fetches only when it is asked for, or in the background when it has long been there, by the
/// beginnings of the names.
const LATER: [&str; 7] =
    ["gallery.json", "service-worker.js", "worker.js", "icon-maskable.svg", "sources.", "analysis", "later"];

/// Builds both products, prints the table, and fails when a budget is exceeded.
pub fn print() -> Result<ExitCode> {
    let table = measure(&Output::Terminal)?;
    println!("\n{table}");
    Ok(if table.over() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Builds both products and measures what a browser downloads of them.
pub fn measure(output: &Output) -> Result<Table> {
    npm::built(output)?;
    playground::built(output)?;
    let package = npm::folder().join("package");
    let page: Vec<PathBuf> = files(&workspace::dist())?
        .into_iter()
        .filter(|path| !has_extension(path, &["map", "gz", "br", "bin"]))
        .collect();
    // Their demonstration page is no part of what the widgets load.
    let is_widgets =
        |path: &PathBuf| path.strip_prefix(workspace::dist()).is_ok_and(|path| path.starts_with("widgets"));
    let (_, mut page): (Vec<_>, Vec<_>) = page.into_iter().partition(is_widgets);
    let catalog = workspace::root().join("core/catalog");
    page.retain(|path| !path.ends_with("aws.bin"));
    let is_later = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        LATER.iter().any(|start| name.starts_with(start))
    };
    let (later, page): (Vec<_>, Vec<_>) = page.into_iter().partition(is_later);
    let widgets = workspace::dist().join("widgets");
    let loaded = |names: &[&str]| names.iter().map(|name| widgets.join(name)).collect::<Vec<_>>();
    let mut rows = Vec::new();
    for (title, folder, paths, budget) in [
        ("npm engine", &package, vec![package.join("engine.wasm")], Some(ENGINE)),
        ("npm analysis", &package, vec![package.join("analysis/analysis.wasm")], Some(ANALYSIS)),
        ("playground until it decides", &workspace::dist(), page, Some(PLAYGROUND)),
        ("playground, loaded later", &workspace::dist(), later, Some(PLAYGROUND_LATER)),
        ("first widget: a decision", &widgets, loaded(&DECISION_WIDGET), Some(WIDGETS)),
        ("first widget: a policy", &widgets, loaded(&POLICY_WIDGET), Some(WIDGETS)),
        ("catalog", &catalog, vec![catalog.join("aws.bin")], Some(CATALOG)),
    ] {
        let mut sum = Size::default();
        for (path, size) in paths.iter().zip(sizes(&paths)?) {
            let name = path.strip_prefix(folder).unwrap_or(path).display().to_string();
            rows.push(Row { name: format!("  {name}"), size, budget: None });
            sum = Size { raw: sum.raw + size.raw, gzip: sum.gzip + size.gzip, brotli: sum.brotli + size.brotli };
        }
        if sum.raw == 0 {
            bail!("{} holds nothing to measure", folder.display());
        }
        rows.push(Row { name: title.to_owned(), size: sum, budget });
    }
    Ok(Table { rows })
}

/// All files below a folder, in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        match path.is_dir() {
            true => found.extend(files(&path)?),
            false => found.push(path),
        }
    }
    found.sort();
    Ok(found)
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|own| extensions.iter().any(|extension| own == *extension))
}

/// The sizes of files. Node has both compressors, so that this program need not be built with them.
fn sizes(paths: &[PathBuf]) -> Result<Vec<Size>> {
    let lines = read(node("xtask/src").arg("sizes.mjs").args(paths)).context("Node cannot measure the files")?;
    let sizes: Option<Vec<Size>> = lines.lines().map(size).collect();
    sizes.filter(|sizes| sizes.len() == paths.len()).context("Node measured something else")
}

fn size(line: &str) -> Option<Size> {
    let mut numbers = line.split(' ').map(str::parse);
    let mut next = || numbers.next()?.ok();
    Some(Size { raw: next()?, gzip: next()?, brotli: next()? })
}

impl Row {
    fn is_over(&self) -> bool {
        match self.budget {
            Some(Budget::Gzip(limit)) => self.size.gzip > limit,
            Some(Budget::Brotli(limit)) => self.size.brotli > limit,
            None => false,
        }
    }
}

impl Table {
    /// How many budgets are kept.
    pub fn within(&self) -> usize {
        self.rows.iter().filter(|row| row.budget.is_some() && !row.is_over()).count()
    }

    /// How many budgets are exceeded.
    pub fn over(&self) -> usize {
        self.rows.iter().filter(|row| row.is_over()).count()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.rows.iter().map(|row| row.name.chars().count()).max().unwrap_or_default();
        write!(f, "{:<width$} {:>9} {:>9} {:>9}  budget", "bytes", "raw", "gzip", "brotli")?;
        for row in &self.rows {
            let Size { raw, gzip, brotli } = row.size;
            write!(f, "\n{:<width$} {raw:>9} {gzip:>9} {brotli:>9}", row.name)?;
            match row.budget {
                Some(Budget::Gzip(limit)) => write!(f, "  {limit} gzip")?,
                Some(Budget::Brotli(limit)) => write!(f, "  {limit} brotli")?,
                None => continue,
            }
            f.write_str(if row.is_over() { ": OVER" } else { ": kept" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_counts_as_exceeded_in_its_own_compression() {
        let size = size("100 50 40").unwrap();
        let row = |budget| Row { name: "page".to_owned(), size, budget };
        let rows =
            vec![row(Some(Budget::Gzip(50))), row(Some(Budget::Gzip(49))), row(Some(Budget::Brotli(40))), row(None)];
        let table = Table { rows };
        assert_eq!((table.within(), table.over()), (2, 1));
        assert_eq!(table.to_string().matches("OVER").count(), 1);
    }

    #[test]
    fn a_line_without_three_numbers_is_no_measurement() {
        assert!(size("100 50").is_none());
        assert!(size("100 50 many").is_none());
    }
}
