//! What is bound into the program while it is built: the book of tables, and the bundle of sheets, script and icons.
#![expect(clippy::print_stdout, reason = "what is printed here are instructions to cargo")]

mod bundle;
mod schema;

fn main() {
    schema::bind();
    if let Err(sentence) = bundle::bundle() {
        println!("cargo::error={sentence}");
    }
}
