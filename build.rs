//! Says where the stylesheets are taken from: `style/`, or the folder into which `cargo xtask dist` has put them minified.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=style");
    println!("cargo::rerun-if-env-changed=RAILZ_CONNECT_STYLE");
    let own = || env::var("CARGO_MANIFEST_DIR").map(|root| root + "/style");
    match env::var("RAILZ_CONNECT_STYLE").or_else(|_| own()) {
        Ok(folder) => println!("cargo::rustc-env=STYLE={folder}"),
        Err(error) => println!("cargo::error=no folder for the stylesheets: {error}"),
    }
}
