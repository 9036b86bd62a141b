//! An mdBook preprocessor: fences with the word `admittance` hold scenarios, and become `<admittance-decision>` elements
//! with the decision in words for readers without scripts. An example that cannot be decided, or that states another
//! decision than the one that is made, fails the build with its chapter and line.
//!
//! ```toml
//! [preprocessor.admittance]
//! # Where the widgets' module is: an address, or a path from the book's root. It lies there with browser.js, facade.js and
//! # engine.wasm of the npm package, which are put into the book's src folder.
//! widgets = "admittance/widgets.js"
//! ```

mod chapter;
mod example;

use anyhow::{Context, bail};
use mdbook_preprocessor::book::{Book, BookItem};
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

/// Where the widgets are if the book does not say.
const WIDGETS: &str = "admittance/widgets.js";

/// The preprocessor.
pub struct Admittance;

impl Preprocessor for Admittance {
    fn name(&self) -> &'static str {
        "admittance"
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let widgets = context.config.get::<String>("preprocessor.admittance.widgets")?;
        let script = script(widgets.as_deref().unwrap_or(WIDGETS))?;
        let mut failures = Vec::new();
        book.for_each_mut(|item| {
            let BookItem::Chapter(chapter) = item else { return };
            let Some(path) = &chapter.path else { return };
            match chapter::rewrite(&chapter.content, &script) {
                Ok(Some(text)) => chapter.content = text,
                Ok(None) => {}
                Err(error) => failures.push(format!("{}: {error:#}", path.display())),
            }
        });
        if !failures.is_empty() {
            bail!("{}", failures.join("\n"));
        }
        Ok(book)
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(renderer == "html")
    }
}

/// What loads the widgets. A chapter can stand in several folders: the first one is the book's start page too, and all are on
/// the page to print. So a path is resolved by the page, with what mdBook tells it of the way to the root.
fn script(widgets: &str) -> Result<String> {
    if widgets.starts_with('/') || widgets.contains("://") {
        return Ok(format!("<script type=\"module\" src=\"{}\"></script>", chapter::escaped(widgets)));
    }
    let path = serde_json::to_string(widgets)?.replace('<', "\\u003c");
    Ok(format!("<script type=\"module\">import(new URL(path_to_root + {path}, document.baseURI));</script>"))
}

/// Adds to an error the line that it is about.
fn at_line<T>(result: Result<T>, text: &str, offset: usize) -> Result<T> {
    let line = text.get(..offset).unwrap_or(text).matches('\n').count() + 1;
    result.with_context(|| format!("line {line}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use anyhow::anyhow;

    use super::{at_line, script};

    #[test]
    fn lines_are_counted_from_their_ends() {
        for (offset, line) in [(0, "line 1"), (4, "line 2"), (6, "line 2"), (7, "line 3")] {
            let error = at_line::<()>(Err(anyhow!("no")), "one\n- \n- x", offset).unwrap_err();
            assert_eq!(error.to_string(), line);
        }
    }

    #[test]
    fn the_widgets_are_found_from_every_page() {
        for (widgets, expected) in [
            (
                "a/widgets.js",
                r#"<script type="module">import(new URL(path_to_root + "a/widgets.js", document.baseURI));</script>"#,
            ),
            ("/a/widgets.js", r#"<script type="module" src="/a/widgets.js"></script>"#),
            (
                "https://example.com/w.js?a&b",
                r#"<script type="module" src="https://example.com/w.js?a&amp;b"></script>"#,
            ),
            (
                "</script>",
                r#"<script type="module">import(new URL(path_to_root + "\u003c/script>", document.baseURI));</script>"#,
            ),
        ] {
            assert_eq!(script(widgets).unwrap(), expected);
        }
    }
}
