//! Files that the reader saves.

use gloo::file::{Blob, ObjectUrl};
use gloo::timers::callback::Timeout;
use leptos::prelude::document;
use leptos::web_sys::HtmlElement;
use wasm_bindgen::JsCast;

/// How long the browser has to take the file: it reads it when it likes.
const KEEP_MS: u32 = 60_000;

/// Offers a text as a file with a name.
pub fn save(name: &str, text: &str) {
    let url = ObjectUrl::from(Blob::new_with_options(text, Some("application/json")));
    let Ok(link) = document().create_element("a") else { return };
    // Setting attributes with valid names cannot fail.
    let _ = link.set_attribute("href", &url);
    let _ = link.set_attribute("download", name);
    if let Ok(link) = link.dyn_into::<HtmlElement>() {
        link.click();
    }
    Timeout::new(KEEP_MS, move || drop(url)).forget();
}

/// The name of a scenario file, which `npx admittance test` finds by its ending.
pub fn scenario_file_name(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    // ASCII letters only, so that every place is between two characters.
    name.truncate(60);
    let stem = name.trim_end_matches('-');
    format!("{}.admittance.json", if stem.is_empty() { "scenario" } else { stem })
}

#[cfg(test)]
mod tests {
    use super::scenario_file_name;

    #[test]
    fn file_names_are_plain() {
        let cases = [
            ("Read-only access: S3 / mobile", "read-only-access-s3-mobile.admittance.json"),
            ("", "scenario.admittance.json"),
            ("../../é<script>", "script.admittance.json"),
        ];
        for (title, wanted) in cases {
            assert_eq!(scenario_file_name(title), wanted);
        }
    }
}
