//! Citations lead somewhere: a rule of the contract, an invariant, a defect, and no section of a paper that is not here.

use std::collections::BTreeSet;

use crate::comments::{Comment, comments, plain};
use crate::project::{File, files, text};

const RULES: &str = "docs/contract-rules.md";
/// Whose sections may be cited by number, since everybody can read them.
const READABLE: [&str; 5] = ["RFC", "W3C", "WHATWG", "http://", "https://"];

/// The ids that the page of rules gives, each by a line `- <a id="c1"></a>**C1** …`.
fn rules(page: &str) -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    for line in page.lines().filter(|line| line.starts_with("- <a id=")) {
        let anchor = line.split('"').nth(1).unwrap();
        let id = line.split("**").nth(1).unwrap();
        assert_eq!(anchor, id.to_lowercase(), "the anchor of rule {id}");
        assert!(rules.insert(id.to_owned()), "rule {id} stands twice");
    }
    rules
}

/// Whether a word can be a rule's id: a family's letter and a number.
fn is_id(word: &str, rules: &BTreeSet<String>) -> bool {
    let is_family = rules.iter().any(|rule| rule[..1] == word[..1]);
    let number = &word[1..];
    is_family && (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The rules that a comment cites: behind "rule" or "rules", or anywhere in a comment that names the page.
fn cited<'a>(comment: &'a Comment, rules: &BTreeSet<String>) -> Vec<(usize, &'a str)> {
    let names_the_page = comment.text().contains(RULES);
    let mut found = Vec::new();
    let mut is_behind_rule = false;
    for (line, word) in comment.plain_words() {
        // `C6/C7` and `C6-C9` are two.
        for part in word.split(['/', '-', '–', '`', '|']).filter(|part| part.is_ascii() && part.len() > 1) {
            let id = is_id(part, rules);
            if id && (is_behind_rule || names_the_page) {
                found.push((line, part));
            }
        }
        let is_list =
            ["and", "to", "or"].contains(&word) || word.starts_with(|first: char| first.is_uppercase());
        is_behind_rule = ["rule", "rules"].contains(&word) || (is_behind_rule && is_list);
    }
    found
}

/// What a comment cites by the number of a section or a call, without naming a paper that everybody can read.
fn bare(comment: &Comment) -> Vec<(usize, String)> {
    let text = comment.text();
    if READABLE.iter().any(|paper| text.contains(paper)) {
        return Vec::new();
    }
    let words: Vec<(usize, &str)> = comment.words().collect();
    // "(5 kB)" behind "calls" is no number of a call.
    let pairs = words.windows(2).filter(|pair| {
        let name = plain(pair[0].1).to_lowercase();
        let cites = ["section", "sections", "call", "calls", "§"].contains(&name.as_str());
        cites && pair[1].1.starts_with(|first: char| first.is_ascii_digit())
    });
    pairs.map(|pair| (pair[0].0, format!("{} {}", pair[0].1, pair[1].1))).collect()
}

/// The numbers that a comment cites behind a word, as in "invariant 3".
fn numbered(comment: &Comment, names: [&str; 2]) -> Vec<(usize, usize)> {
    let words = comment.plain_words();
    let pairs = words.windows(2).filter(|pair| names.contains(&pair[0].1));
    pairs.filter_map(|pair| Some((pair[1].0, pair[1].1.parse().ok()?))).collect()
}

fn report(files: &[File], wrong: impl Fn(&File, &Comment) -> Vec<(usize, String)>) -> Vec<String> {
    let mut lines = Vec::new();
    for file in files {
        for comment in comments(file) {
            lines.extend(
                wrong(file, &comment).into_iter().map(|(line, what)| format!("{}:{line}: {what}", file.path)),
            );
        }
    }
    lines
}

fn none_of(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} citations lead nowhere:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_rule_that_is_cited_is_in_the_page_of_rules() {
    let files = files();
    let rules = rules(text(&files, RULES));
    assert!(rules.len() > 40, "{rules:?}");
    none_of(&report(&files, |_, comment| {
        let missing = cited(comment, &rules).into_iter().filter(|(_, id)| !rules.contains(*id));
        missing.map(|(line, id)| (line, format!("there is no rule {id} in {RULES}"))).collect()
    }));
}

/// Comments used to cite, by the numbers of its sections, a paper that nobody who has the repository could read.
#[test]
fn no_comment_cites_a_section_of_a_paper_that_is_not_here() {
    none_of(&report(&files(), |_, comment| bare(comment)));
}

#[test]
fn each_invariant_and_each_defect_that_is_cited_is_listed() {
    let files = files();
    let invariants = text(&files, "ARCHITECTURE.md")
        .lines()
        .skip_while(|line| *line != "## Invariants")
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .filter(|line| line.starts_with(|first: char| first.is_ascii_digit()))
        .count();
    let defects = text(&files, "docs/migrating.md").lines().filter(|line| {
        line.strip_prefix("| ").is_some_and(|row| row.starts_with(|first: char| first.is_ascii_digit()))
    });
    let defects = defects.count();
    assert!(invariants > 5 && defects > 15, "{invariants} invariants, {defects} defects");
    none_of(&report(&files, |_, comment| {
        let unknown = |names, last| {
            let cited = numbered(comment, names).into_iter();
            cited.filter(move |(_, number)| *number == 0 || *number > last)
        };
        let invariants = unknown(["invariant", "invariants"], invariants);
        let defects = unknown(["defect", "defects"], defects);
        let invariants = invariants.map(|(line, number)| (line, format!("there is no invariant {number}")));
        let defects = defects.map(|(line, number)| (line, format!("there is no defect {number}")));
        invariants.chain(defects).collect()
    }));
}

#[test]
fn citations_are_found_wherever_they_stand() {
    let rules = rules("- <a id=\"c1\"></a>**C1** x\n- <a id=\"p4\"></a>**P4** y\n");
    let of = |said: &str| {
        let lines = said.lines().enumerate().map(|(line, text)| (line, text.to_owned())).collect();
        Comment { lines }
    };
    let ids =
        |said: &str| cited(&of(said), &rules).iter().map(|(_, id)| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(ids("as told (contract rule C1)."), ["C1"]);
    assert_eq!(ids("contract rules C6 to C9, P4 and\nC12: so it is"), ["C6", "C9", "P4", "C12"]);
    assert_eq!(ids("a rule: see `C1`"), [""; 0]);
    assert_eq!(ids("| C2 | P9 | of docs/contract-rules.md"), ["C2", "P9"]);
    assert_eq!(ids("rules by S256, UTF-8 and X1"), [""; 0]);
    let sections = |said: &str| bare(&of(said)).len();
    let (one, two) = (format!("({} 3.2,\n{} 2)", "section", "call"), format!("{} 5.1 and 7.2", "Sections"));
    assert_eq!((sections(&one), sections(&two)), (2, 1));
    assert_eq!(sections(&format!("RFC 6749,\n{} 3.2", "section")), 0);
    assert_eq!(sections("the first section, one call, fewer calls (5 kB)"), 0);
}
