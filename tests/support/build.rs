//! Tells the crate whether the README is there, so that its Rust blocks can be run as doc tests.

fn main() {
    let readme = "../README.md";
    println!("cargo::rustc-check-cfg=cfg(readme)");
    println!("cargo::rerun-if-changed={readme}");
    if std::path::Path::new(readme).exists() {
        println!("cargo::rustc-cfg=readme");
    }
}
