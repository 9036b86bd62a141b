//! The gallery's files are embedded; a change to them rebuilds the page.

fn main() {
    println!("cargo:rerun-if-changed=../tests/corpus/gallery");
    println!("cargo:rerun-if-changed=build.rs");
}
