//! The links of the documents lead to files and headings that are there.

use crate::project::{File, files};

/// The targets of a document's links, but those to other places in the world.
fn targets(page: &str) -> Vec<&str> {
    let ends = page.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
    let sources =
        page.split("src=\"").chain(page.split("srcset=\"")).filter_map(|rest| rest.split('"').next());
    let is_picture = |target: &&str| target.starts_with("docs/images/");
    ends.filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .chain(sources.filter(is_picture))
        .collect()
}

/// A path that begins in the folder of `from`, from the project's folder on.
fn resolve(from: &str, target: &str) -> String {
    if target.is_empty() {
        return from.to_owned();
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// The anchors of a document: those of its headings, and those that are written out.
fn anchors(page: &str) -> Vec<String> {
    let heading = |line: &str| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        let kept =
            words.chars().filter(|letter| letter.is_alphanumeric() || [' ', '-', '_'].contains(letter));
        kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect::<String>()
    };
    let headings = page.lines().filter(|line| line.starts_with('#')).map(heading);
    let written = page.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned);
    headings.chain(written).collect()
}

fn dead(files: &[File], page: &File) -> Vec<String> {
    let is_dead = |target: &&str| {
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let path = resolve(&page.path, path);
        let folder = format!("{path}/");
        match files.iter().find(|file| file.path == path) {
            Some(file) => !anchor.is_empty() && !anchors(&file.text).iter().any(|one| one == anchor),
            None => !files.iter().any(|file| file.path.starts_with(&folder)),
        }
    };
    let dead = targets(&page.text).into_iter().filter(is_dead);
    dead.map(|target| format!("{}: there is no {target}", page.path)).collect()
}

#[test]
fn each_link_of_a_document_leads_somewhere() {
    let files = files();
    let pages = files.iter().filter(|file| file.ending() == "md");
    let dead: Vec<String> = pages.flat_map(|page| dead(&files, page)).collect();
    assert!(dead.is_empty(), "links that lead nowhere:\n{}", dead.join("\n"));
}

#[test]
fn a_link_is_read_from_the_folder_of_its_page() {
    assert_eq!(resolve("docs/a.md", "../server/README.md"), "server/README.md");
    assert_eq!(resolve("docs/providers/b.md", "c.md"), "docs/providers/c.md");
    assert_eq!(
        targets("[a](b.md#c), [d](https://e) <img src=\"docs/images/f.png\">"),
        ["b.md#c", "docs/images/f.png"]
    );
    assert_eq!(anchors("# One: two\n<a id=\"c1\"></a>"), ["one-two", "c1"]);
}
