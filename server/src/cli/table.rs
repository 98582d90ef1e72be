//! Rows for people: columns below each other, a title above each.

use std::io::{self, Write, stdout};

/// Prints rows, each as wide as its titles; the titles alone where there are no rows.
///
/// # Errors
/// Where stdout is closed.
pub fn print<const COLUMNS: usize>(
    titles: [&str; COLUMNS],
    rows: &[[String; COLUMNS]],
) -> Result<(), io::Error> {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([titles[column].len()]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..COLUMNS).map(width).collect();
    let mut out = stdout().lock();
    for row in std::iter::once(&titles.map(str::to_owned)).chain(rows) {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}
