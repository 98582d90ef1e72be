//! The engine's functions with their names and sizes, summed by crate and by screen.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use rustc_demangle::demangle;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use super::owner::{crate_of, screen_of};
use crate::dist;

/// Bytes by name.
type Sums = BTreeMap<String, u64>;

/// Functions, and what else the engine is made of.
#[derive(Debug, Default)]
struct Engine {
    names: HashMap<u32, String>,
    /// Functions that the browser brings; the engine's own are numbered behind them.
    imported: u32,
    /// The bytes of each function's code, in order.
    code: Vec<u64>,
    /// Everything but code and names, by section.
    rest: Sums,
}

/// Prints by crate where the engine's bytes are: uncompressed, since compression is the whole file's. What was inlined
/// counts for the function that it went into.
///
/// # Errors
/// When the widget was not built yet, or its names are not there.
pub fn print_by_crate() -> Result<()> {
    let engine = read_file(&dist::name_functions()?)?;
    let mut crates = engine.sum(|name| Some(crate_of(name).unwrap_or("(without a crate)").to_owned()));
    for (section, bytes) in &engine.rest {
        crates.insert(format!("({section})"), *bytes);
    }
    print_sums("engine by crate", &crates);
    Ok(())
}

/// Prints how heavy each screen's own code is. In the engine that travels most screens are inlined into the one function
/// that chooses among them, so this is read from a build without inlining: larger in sum, right in proportion.
///
/// # Errors
/// When the widget cannot be built.
pub fn print_by_screen() -> Result<()> {
    let engine = read_file(&dist::build_without_inlining()?)?;
    print_sums("screens, without inlining", &engine.sum(screen_of));
    Ok(())
}

impl Engine {
    /// The code, by what `key` says of a function's name; what it says nothing of is left out.
    fn sum(&self, key: impl Fn(&str) -> Option<String>) -> Sums {
        let mut sums = Sums::new();
        for (index, bytes) in (self.imported..).zip(&self.code) {
            let name = self.names.get(&index).map_or("", String::as_str);
            if let Some(key) = key(name) {
                *sums.entry(key).or_default() += bytes;
            }
        }
        sums
    }
}

fn read_file(file: &Path) -> Result<Engine> {
    read(&fs::read(file).with_context(|| format!("reading {}", file.display()))?)
}

fn read(bytes: &[u8]) -> Result<Engine> {
    let mut engine = Engine::default();
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.clone().into_imports() {
                    engine.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
                engine.rest.insert("imports".to_owned(), length(imports.range()));
            }
            Payload::CodeSectionEntry(body) => engine.code.push(length(body.range())),
            Payload::DataSection(data) => drop(engine.rest.insert("data".to_owned(), length(data.range()))),
            Payload::ElementSection(table) => {
                engine.rest.insert("function table".to_owned(), length(table.range()));
            }
            Payload::ExportSection(exports) => {
                engine.rest.insert("exports".to_owned(), length(exports.range()));
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    for subsection in names {
                        read_names(subsection?, &mut engine.names)?;
                    }
                }
            }
            _ => {}
        }
    }
    ensure!(!engine.names.is_empty(), "the engine has no names: was it built with `strip = true`?");
    Ok(engine)
}

const fn length(range: Range<u64>) -> u64 {
    range.end - range.start
}

fn read_names(subsection: Name, names: &mut HashMap<u32, String>) -> Result<()> {
    if let Name::Function(functions) = subsection {
        for naming in functions {
            let naming = naming?;
            names.insert(naming.index, format!("{:#}", demangle(naming.name)));
        }
    }
    Ok(())
}

/// The heaviest first, with their share of the sum.
fn print_sums(title: &str, sums: &Sums) {
    let total: u64 = sums.values().sum();
    let mut rows: Vec<(&String, &u64)> = sums.iter().collect();
    rows.sort_by_key(|(name, bytes)| (std::cmp::Reverse(**bytes), *name));
    println!("{title:<32} {:>10} {:>8}", "raw", "share");
    for (name, bytes) in rows {
        println!("  {name:<30} {bytes:>10} {:>7}", share(*bytes, total));
    }
    println!("  {:<30} {total:>10}\n", "total");
}

/// In per cent with one decimal.
fn share(part: u64, whole: u64) -> String {
    let tenths = (part * 1000 + whole / 2) / whole.max(1);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_summed_by_the_names_behind_the_imported_functions() {
        let names = [(0, "web_sys::open"), (1, "railz_connect::view::picker::draw"), (2, "core::fmt::write")];
        let engine = Engine {
            names: names.map(|(index, name)| (index, name.to_owned())).into(),
            imported: 1,
            code: vec![70, 20, 10],
            rest: Sums::new(),
        };
        let crates = engine.sum(|name| crate_of(name).map(str::to_owned));
        assert_eq!(crates, [("railz_connect".to_owned(), 70), ("core".to_owned(), 20)].into());
        assert_eq!(engine.sum(screen_of), [("picker".to_owned(), 70)].into());
    }

    #[test]
    fn an_engine_without_names_is_refused() {
        let empty = b"\0asm\x01\0\0\0";
        assert!(read(empty).unwrap_err().to_string().contains("no names"));
    }

    #[test]
    fn a_share_is_rounded_to_a_tenth_of_a_per_cent() {
        assert_eq!(share(1, 3), "33.3%");
        assert_eq!(share(2, 3), "66.7%");
        assert_eq!(share(0, 0), "0.0%");
    }
}
