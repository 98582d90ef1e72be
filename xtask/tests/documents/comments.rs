//! The comments of a file. In a document every paragraph counts as one.
//!
//! A comment goes on as long as its lines follow each other, so that what one line names counts for the next.

use crate::project::File;

/// One comment.
pub struct Comment {
    /// Its lines without the marks, each with its number in the file.
    pub lines: Vec<(usize, String)>,
}

impl Comment {
    /// All of it in one line.
    pub fn text(&self) -> String {
        self.lines.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Its words with the punctuation around them, each with the number of its line.
    pub fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines.iter().flat_map(|(number, line)| line.split_whitespace().map(|word| (*number, word)))
    }

    /// Its words without the punctuation around them, each with the number of its line.
    pub fn plain_words(&self) -> Vec<(usize, &str)> {
        self.words().map(|(line, word)| (line, plain(word))).filter(|(_, word)| !word.is_empty()).collect()
    }
}

/// A word without the punctuation around it.
pub fn plain(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '§')
}

/// Every comment of a file; none where nobody knows how its comments look.
pub fn comments(file: &File) -> Vec<Comment> {
    let mark = match file.ending() {
        "rs" | "ts" | "js" | "mjs" | "jsx" | "vue" | "css" | "html" => "//",
        "sql" => "--",
        "toml" => "#",
        "md" => "",
        _ => return Vec::new(),
    };
    let mut found: Vec<Comment> = Vec::new();
    let mut is_inside_block = false;
    let mut goes_on = false;
    for (number, line) in file.text.lines().enumerate() {
        let line = line.trim();
        let begins_block = mark == "//" && (line.starts_with("/*") || line.starts_with("<!--"));
        is_inside_block |= begins_block;
        let said = if mark.is_empty() || is_inside_block {
            Some(line).filter(|line| !line.is_empty())
        } else {
            behind(line, mark)
        };
        is_inside_block &= !(line.ends_with("*/") || line.ends_with("-->"));
        let is_alone = said.is_some_and(|said| said.len() == line.len() || line.starts_with(mark));
        if let Some(said) = said {
            let said = said.trim_start_matches(['/', '!', '*']).trim_end_matches("*/").trim().to_owned();
            match found.last_mut().filter(|_| goes_on && is_alone) {
                Some(comment) => comment.lines.push((number + 1, said)),
                None => found.push(Comment { lines: vec![(number + 1, said)] }),
            }
        }
        goes_on = is_alone;
    }
    found
}

/// What stands behind the mark, which begins the line or follows a space; an address in a text has none before its `//`.
fn behind<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    let at = if line.starts_with(mark) { 0 } else { line.find(&format!(" {mark} "))? + 1 };
    Some(&line[at + mark.len()..])
}

fn texts(path: &str, text: &str) -> Vec<String> {
    let file = File { path: path.to_owned(), text: text.to_owned() };
    comments(&file).iter().map(Comment::text).collect()
}

#[test]
fn lines_that_follow_each_other_are_one_comment() {
    let text = "//! One\n//! two\nfn a() {} // three\n/// Four\nfn b() { c(\"https://five\"); }\n";
    assert_eq!(texts("a.rs", text), ["One two", "three", "Four"]);
    assert_eq!(texts("a.ts", "/**\n * One\n * two\n */\nlet a; // three\n"), [" One two ", "three"]);
    assert_eq!(texts("a.sql", "-- One\n-- two\nSELECT 1;\n"), ["One two"]);
    assert_eq!(texts("a.md", "One\ntwo\n\nthree\n"), ["One two", "three"]);
    assert_eq!(texts("a.json", "// One"), [""; 0]);
}
