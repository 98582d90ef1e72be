//! `cargo xtask dist`: what a browser loads, made into `dist/` and copied into the npm package.
//! The engine comes from wasm-pack and wasm-opt; `npm/build.mjs` adds the two ways in (script tag, module) and the
//! types, and gives the server's files their names (`dist_files.rs`). `size.rs` weighs the result.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::{compress, dist_files, npm, place, run, system, tools};

/// The classic script that defines the global `RailzConnect`.
pub const SCRIPT: &str = "railz-connect.js";
/// The ES module whose default export is that class.
pub const MODULE: &str = "railz-connect.mjs";
/// The glue between JavaScript and the engine.
pub const GLUE: &str = "engine.js";
/// The engine, up to its first screen.
pub const WASM: &str = "engine_bg.wasm";
/// Names the functions that its first screen needs (`npm/split-engine.mjs`).
pub const FIRST_SCREEN: &str = "npm/first-screen.txt";

/// What every supported browser has and rustc emits. `--all-features` would let wasm-opt write encodings that
/// browsers refuse.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Small, and little inlined: copies of a function compress worse than calls of it. So do expressions put into variables
/// and zeros left out of the data. Small functions with one caller, and tiny ones, cost more as functions: V8 compiles each
/// when it is first called, on the main thread. What each gave: docs/performance.md.
const WASM_OPTIMISATION: [&str; 8] = [
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--one-caller-inline-max-function-size=25",
    "--always-inline-max-function-size=3",
    "--skip-pass=local-cse",
    "--skip-pass=memory-packing",
];

/// A failed assumption traps without words: no message, no place, no `Debug` text travels. The stack takes 128 kB
/// instead of 1 MB (docs/adr/0004-unstable-flags-for-dist.md).
const SMALL_FLAGS: [&str; 5] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
    "-Clink-arg=-zstack-size=131072",
];

/// The standard library is compiled with the same flags, and for size.
const SMALL_STD: [&str; 4] =
    ["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"];

/// A linker with one codegen unit takes minutes on a small machine.
const LIMIT: Duration = Duration::from_mins(30);

/// Builds everything and returns the folder.
///
/// # Errors
/// When a tool is missing or fails, or a file would tell where it was built.
pub fn build() -> Result<PathBuf> {
    let root = place::root()?;
    npm::check_node()?;
    system::wasm_target(&root)?;
    system::rust_src(&root)?;
    let target = place::target()?;
    // Two builds at once would write the same files.
    let lock = fs::File::create(target.join("dist.lock"))?;
    lock.lock()?;
    let (built, engine) = (target.join("engine"), target.join("engine-small"));
    let (package, server) = (target.join("package"), target.join("server-files"));
    build_engine(&root, &built)?;
    for folder in [&engine, &package, &server] {
        clear(folder)?;
    }
    split_engine(&root, &name_functions()?, &engine)?;
    fs::copy(built.join(GLUE), engine.join(GLUE)).context("copying the engine's glue")?;
    build_package(&root, &engine, &package, &server)?;
    let all = place::files_in(&package)?;
    for file in &all {
        check_no_paths(&root, file)?;
    }
    let dist = root.join("dist");
    let mut in_dist = Vec::new();
    for file in place::files_in(&server)? {
        if dist_files::is_compressed(&file) {
            in_dist.extend(compress_and_tell(&file)?);
        } else {
            in_dist.push(file);
        }
    }
    in_dist.extend(dist_files::of_build_before(&dist, &server)?);
    place::put(&all, &root.join("npm/dist"))?;
    place::put(&in_dist, &dist)?;
    Ok(dist)
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("clearing {}", folder.display()))?;
    }
    Ok(fs::create_dir_all(folder)?)
}

fn build_engine(root: &Path, out: &Path) -> Result<()> {
    let mut command = run::command(tools::WASM_PACK.path()?, root);
    command.env("PATH", place::path_with(&[tools::WASM_BINDGEN.folder()?])?);
    command.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", rust_flags(root)?);
    // rust-toolchain.toml pins the compiler, so that these unstable flags mean the same everywhere.
    command.env("RUSTC_BOOTSTRAP", "1");
    command.env("RAILZ_CONNECT_STYLE", minify_styles(root)?);
    command.args(["build", ".", "--mode", "no-install", "--target", "web", "--no-pack", "--no-opt"]);
    command.args(["--profile", "wasm-release", "--out-name", "engine", "--out-dir"]).arg(out);
    command.arg("--").args(SMALL_STD);
    run::must(&mut command, LIMIT)?;
    let mut command = run::command("node", root);
    run::must(command.arg("npm/unused-exports.mjs").arg(out), LIMIT)
}

/// Without comments and spaces, for `build.rs`.
fn minify_styles(root: &Path) -> Result<PathBuf> {
    let out = place::target()?.join("style");
    clear(&out)?;
    let mut command = run::command(npm::program("esbuild")?, root);
    command.args(["--minify", "--log-level=warning"]).args(place::files_in(&root.join("style"))?);
    command.arg(format!("--outdir={}", out.display()));
    run::must(&mut command, LIMIT)?;
    Ok(out)
}

/// Flags that put neutral names in the place of this machine's folders, in panic messages above all.
fn rust_flags(root: &Path) -> Result<String> {
    let sysroot = run::capture(run::command("rustc", root).args(["--print", "sysroot"]))?;
    let given = std::env::var("RUSTFLAGS").unwrap_or_default();
    let mut flags: Vec<String> = given.split_whitespace().map(str::to_owned).collect();
    flags.extend(SMALL_FLAGS.map(str::to_owned));
    let mut remap =
        |from: &Path, to: &str| flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    // rustc takes the last prefix that fits, so the widest comes first.
    for home in ["HOME", "CARGO_HOME"].into_iter().filter_map(std::env::var_os) {
        remap(Path::new(&home), "/home");
    }
    remap(&Path::new(sysroot.trim()).join("lib/rustlib/src/rust"), "/rust");
    remap(root, "/railz-connect");
    Ok(flags.join("\x1f"))
}

/// The engine of the last [`build`], optimised in the same way and with the names of its functions, for [`crate::size`].
///
/// # Errors
/// When nothing was built yet, or wasm-opt fails.
pub fn name_functions() -> Result<PathBuf> {
    let target = place::target()?;
    let (built, named) = (target.join("engine").join(WASM), target.join("engine-named.wasm"));
    ensure!(built.is_file(), "{} is missing: run cargo xtask dist", built.display());
    optimise(&place::root()?, &built, &named)?;
    Ok(named)
}

/// The engine as Rust leaves it, with names and nothing inlined, for [`crate::size`]; in a target folder of its own.
///
/// # Errors
/// When it does not compile.
pub fn build_without_inlining() -> Result<PathBuf> {
    let root = place::root()?;
    system::wasm_target(&root)?;
    let target = place::target()?.join("without-inlining");
    let mut command = run::cargo(&root);
    // Below any bonus that LLVM gives for a function's only call.
    let flags = ["-C", "llvm-args=-inline-threshold=-100000"].join("\x1f");
    command.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags);
    command.args(["build", "--package", "railz-connect", "--lib", "--profile", "wasm-release"]);
    command.args(["--target", "wasm32-unknown-unknown", "--target-dir"]).arg(&target);
    run::must(&mut command, LIMIT)?;
    Ok(target.join("wasm32-unknown-unknown/wasm-release/railz_connect.wasm"))
}

/// With the names of its functions, which nothing but splitting and people need.
fn optimise(root: &Path, from: &Path, to: &Path) -> Result<()> {
    let mut command = run::command(npm::program("wasm-opt")?, root);
    command.args(WASM_OPTIMISATION).args(WASM_FEATURES).arg("-g").arg(from).arg("-o").arg(to);
    run::must(&mut command, LIMIT)
}

/// The part up to the first screen and the deferred one, without names, in a folder.
fn split_engine(root: &Path, named: &Path, out: &Path) -> Result<()> {
    let mut command = run::command("node", root);
    command.arg("npm/split-engine.mjs").arg("--wasm").arg(named).args(["--profile", FIRST_SCREEN]);
    command.arg("--binaryen").arg(npm::modules()?.join(".bin")).arg("--out").arg(out);
    run::must(&mut command, LIMIT)
}

fn build_package(root: &Path, engine: &Path, out: &Path, server: &Path) -> Result<()> {
    let mut command = run::command("node", root);
    command
        .arg("npm/build.mjs")
        .arg("--engine")
        .arg(engine)
        .arg("--out")
        .arg(out)
        .arg("--server")
        .arg(server);
    run::must(command.arg("--modules").arg(npm::modules()?), LIMIT)
}

/// What is published must not tell where it was built.
fn check_no_paths(root: &Path, file: &Path) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let folders = ["HOME", "CARGO_HOME"].into_iter().filter_map(std::env::var_os).map(PathBuf::from);
    for folder in folders.chain([root.to_path_buf()]).filter(|folder| folder.components().count() > 1) {
        // With its separator, so that a short name such as `/root` is not found inside a longer word.
        let needle = format!("{}/", folder.display());
        if bytes.windows(needle.len()).any(|window| window == needle.as_bytes()) {
            bail!("{} holds the path {needle} of this machine", file.display());
        }
    }
    Ok(())
}

/// Returns the file and its compressed siblings.
fn compress_and_tell(file: &Path) -> Result<[PathBuf; 3]> {
    let siblings = compress::write_siblings(file)?;
    let sizes = compress::sizes(file)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    println!("dist/{name:<34} {:>9} bytes, {:>8} brotli", sizes.raw, sizes.brotli);
    let [brotli, gzip] = siblings;
    Ok([file.to_path_buf(), brotli, gzip])
}
