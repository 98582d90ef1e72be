//! The table of the server's rules names a test for each, and the tests are there.

use crate::paths::{exists, in_backticks};
use crate::project::{File, files, text};

const TABLE: &str = "server/tests/server/rules/mod.rs";

/// Whether a test (`poll::one`, `session.rs: another`, `begins_with_*`), a file or a folder of tests is there.
fn is_there(name: &str, files: &[File]) -> bool {
    let test = name.rsplit([':', ' ']).next().unwrap_or(name);
    let function = match test.strip_suffix('*') {
        Some(beginning) => format!("fn {beginning}"),
        None => format!("fn {test}("),
    };
    let mut tests = files.iter().filter(|file| file.path.starts_with("server/tests/"));
    exists(test, files) || tests.any(|file| file.text.contains(&function))
}

#[test]
fn each_test_that_the_table_of_rules_names_is_there() {
    let files = files();
    let rows: Vec<&str> =
        text(&files, TABLE).lines().filter(|line| line.starts_with("//! | ")).skip(1).collect();
    assert!(rows.len() > 25, "{rows:#?}");
    let held_by = rows.iter().filter_map(|row| row.trim_end_matches(" |").rsplit(" | ").next());
    let gone: Vec<&str> = held_by.flat_map(in_backticks).filter(|name| !is_there(name, &files)).collect();
    assert!(gone.is_empty(), "{TABLE} names tests that are not there: {gone:#?}");
}
