//! Files and folders that documents and comments name are there. A path may be cut short at its beginning (`view/`,
//! `runtime.rs`), as a sentence about a folder does; `*` stands for any name, `STAGE` for that of a stage, `{a,b}` for both.

use crate::comments::comments;
use crate::project::{File, files};

/// Files with these endings are ours to name; others (a database, a key, what is downloaded) are made elsewhere.
const ENDINGS: [&str; 5] = ["rs", "ts", "css", "md", "sql"];
/// Folders that a build makes.
const MADE: [&str; 4] = ["target", "dist", "node_modules", "railz-connect"];

/// What stands for the name of any stage in `state/`, `update/` and `view/` of `crates/flow`.
const ANY_STAGE: &str = "STAGE";

/// Whether a word in backticks names a file or a folder of this project.
fn is_path(word: &str, files: &[File]) -> bool {
    let is_plain = !word.is_empty()
        && word.chars().all(|letter| letter.is_ascii_alphanumeric() || "/._-*{},".contains(letter))
        && !word.starts_with(['/', '.', '*', '-', '{']);
    let first = word.split('/').next().unwrap_or_default();
    let is_made = word.split('/').any(|part| MADE.contains(&part));
    let begins_here =
        || files.iter().any(|file| file.path.split_once('/').is_some_and(|(top, _)| top == first));
    let ends_as_ours =
        word.rsplit_once('.').is_some_and(|(name, ending)| !name.is_empty() && ENDINGS.contains(&ending));
    let is_folder = word.ends_with('/') && word.len() > 1;
    is_plain && !is_made && (ends_as_ours || is_folder || (word.contains('/') && begins_here()))
}

/// Names in braces are a path each.
fn spelled_out(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else { return vec![path.to_owned()] };
    let Some((names, after)) = rest.split_once('}') else { return vec![path.to_owned()] };
    names.split(',').flat_map(|name| spelled_out(&format!("{before}{name}{after}"))).collect()
}

fn fits(pattern: &str, name: &str) -> bool {
    match pattern.replace(ANY_STAGE, "*").split_once('*') {
        Some((before, after)) => {
            name.len() >= before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
        }
        None => pattern == name,
    }
}

/// Whether the parts of `path` follow each other somewhere in the project: to the end of a file's path, or, for a
/// folder, anywhere in it.
pub fn exists(path: &str, files: &[File]) -> bool {
    let wanted: Vec<&str> = path.trim_end_matches('/').split('/').collect();
    let fit = |parts: &[&str]| wanted.iter().zip(parts).all(|(pattern, name)| fits(pattern, name));
    files.iter().any(|file| file.path.split('/').collect::<Vec<_>>().windows(wanted.len()).any(fit))
}

/// What stands between backticks.
pub fn in_backticks(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn missing(files: &[File], said: &str) -> Vec<String> {
    let paths = in_backticks(said).filter(|word| is_path(word, files));
    paths.flat_map(spelled_out).filter(|path| !exists(path, files)).collect()
}

/// The Rust and TypeScript files that a picture between fences names, in backticks as elsewhere.
fn picture(page: &str) -> String {
    let mut is_inside = false;
    let mut names = String::new();
    for line in page.lines() {
        is_inside ^= line.starts_with("```");
        let words = line.split([' ', '▶', '◀']).filter(|_| is_inside);
        for word in words.filter(|word| matches!(word.rsplit_once('.'), Some((_, "rs" | "ts")))) {
            names.extend(["`", word, "`"]);
        }
    }
    names
}

/// What the comments of these files name and nobody finds.
fn gone(files: &[File], among: impl Fn(&File) -> bool) -> Vec<String> {
    let mut gone = Vec::new();
    for file in files.iter().filter(|file| among(file)) {
        for comment in comments(file) {
            for name in missing(files, &comment.text()) {
                // A name that came out of braces stands in no line as it is; the comment's first line has to do.
                let line =
                    comment.lines.iter().find(|(_, text)| text.contains(&name)).unwrap_or(&comment.lines[0]);
                gone.push(format!("{}:{}: there is no {name}", file.path, line.0));
            }
        }
    }
    gone
}

#[test]
fn each_file_that_a_document_names_is_there() {
    let files = files();
    let mut gone = gone(&files, |file| file.ending() == "md");
    for page in files.iter().filter(|file| file.ending() == "md") {
        let names = missing(&files, &picture(&page.text));
        gone.extend(names.iter().map(|name| format!("{}: there is no {name}", page.path)));
    }
    assert!(gone.is_empty(), "documents name files that are not there:\n{}", gone.join("\n"));
}

#[test]
fn each_file_that_a_comment_names_is_there() {
    let gone = gone(&files(), |file| file.ending() != "md");
    assert!(gone.is_empty(), "comments name files that are not there:\n{}", gone.join("\n"));
}

#[test]
fn paths_are_told_from_other_words() {
    let files: Vec<File> = ["src/view/picker.rs", "src/browser/timer.rs", "docs/contract.md"]
        .map(|path| File { path: path.to_owned(), text: String::new() })
        .into();
    let gone = |said: &str| missing(&files, said);
    assert_eq!(
        gone("`src/view/`, `view/*.rs`, `picker.rs`, `browser/{timer}.rs` and `docs/contract.md`"),
        [""; 0]
    );
    assert_eq!(
        gone("`GET /services/url`, `connect.toml`, `a/b`, `target/shots/index.html`, `*.rs`"),
        [""; 0]
    );
    assert_eq!(
        gone("`src/old.rs` `browser/{timer,window}.rs` `views/`"),
        ["src/old.rs", "browser/window.rs", "views/"]
    );
}
