//! mdBook calls this program: with `supports <renderer>`, or with a book on its standard input.

use std::io;
use std::process::ExitCode;

use mdbook_admittance::Admittance;
use mdbook_preprocessor::{Preprocessor, parse_input};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("supports") {
        // Only HTML has scripts; other books keep the text of the examples.
        return if arguments.next().as_deref() == Some("html") { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    match preprocess() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mdbook-admittance: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn preprocess() -> anyhow::Result<()> {
    let (context, book) = parse_input(io::stdin())?;
    let book = Admittance.run(&context, book)?;
    serde_json::to_writer(io::stdout(), &book)?;
    Ok(())
}
