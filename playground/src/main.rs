//! The Admittance playground: policies and a request in, a decision and its explanation out.
//!
//! The page knows nothing of IAM. It edits a scenario, hands it to the engine on each edit, and
//! renders what the engine says.
#![deny(unsafe_code)]
// Debug formatting writes nothing in the builds that browsers download.
#![cfg_attr(not(test), deny(clippy::use_debug))]

mod amounts;
mod analysis;
mod app;
mod arriving;
mod comparing;
mod components;
mod coverage;
mod download;
mod editor;
mod effect;
mod explained;
mod gallery;
mod gates;
mod keys;
mod known_key;
mod later;
mod lessons;
mod matrix;
mod matrix_worker;
mod offline;
mod outcome;
mod report;
mod share;
mod state;
mod storage;
mod theme;
mod view;
mod words;
mod workspace;

use leptos::mount::mount_to_body;
use wasm_bindgen::JsCast;

fn main() {
    console_error_panic_hook::set_once();
    // A worker runs this same program: there is no page there.
    if !js_sys::global().is_instance_of::<web_sys::Window>() {
        later::work();
        return;
    }
    offline::register();
    theme::apply(theme::stored());
    mount_to_body(app::App);
}
