//! Decides the scenario on standard input.
fn main() {
    let text = std::io::read_to_string(std::io::stdin()).unwrap_or_default();
    println!("{}", admittance::scenario::run(&text).to_json());
}
