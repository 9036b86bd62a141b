//! The examples: scenario files of the conformance corpus, embedded in the page.

use admittance::scenario::Scenario;
use include_dir::{Dir, include_dir};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../tests/corpus/gallery");

/// An example: the stem of its file, and the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    pub slug: &'static str,
    pub scenario: Scenario,
}

/// All examples, by file name.
pub fn examples() -> Vec<Example> {
    let mut examples: Vec<_> = FILES
        .files()
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "json"))
        .filter_map(|file| {
            let slug = file.path().file_stem()?.to_str()?;
            let (scenario, _) = Scenario::parse(file.contents_utf8()?);
            Some(Example { slug, scenario })
        })
        .collect();
    examples.sort_by_key(|each| each.slug);
    examples
}
