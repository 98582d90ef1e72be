//! `connect-server events`, and what the other commands write there.

use super::{content, refused, with_widget};
use crate::support::program::{program, run};

#[test]
fn what_the_operator_does_is_written_down_with_their_account() {
    let folder = with_widget();
    let mut create = program(folder.path(), &["key", "create", "--widget", "PROD_acme", "--name", "nightly"]);
    let made = create.env("USER", "root").output().unwrap();
    let key = String::from_utf8(made.stdout).unwrap();
    let id = content(folder.path(), &["key", "list"]).lines().nth(1).unwrap()[..40].to_owned();
    run(folder.path(), &["key", "rotate", &id]);
    run(folder.path(), &["key", "revoke", &id]);
    run(
        folder.path(),
        &["widget", "set", "PROD_acme", "--email", "secret@acme.example", "--sessions", "minted"],
    );
    run(folder.path(), &["widget", "delete", "PROD_acme"]);

    let shown = content(folder.path(), &["events"]);
    let lines: Vec<_> = shown.lines().skip(1).collect();
    let expected = ["createWidget", "createKey", "rotateKey", "revokeKey", "changeWidget", "deleteWidget"];
    assert_eq!(lines.len(), expected.len(), "{shown}");
    for (line, action) in lines.iter().zip(expected) {
        assert!(line.contains(action) && line.contains("operator") && line.contains("PROD_acme"), "{line}");
    }
    assert!(lines[1].contains("operator root") && lines[1].contains(&id), "{}", lines[1]);
    assert!(lines[1].contains("scopes sessions read"), "{}", lines[1]);
    assert!(lines[4].contains("email, sessions"), "{}", lines[4]);
    assert!(!shown.contains(key.trim()) && !shown.contains("secret@"), "{shown}");
}

#[test]
fn lines_are_filtered_and_the_newest_of_many_are_shown() {
    let folder = with_widget();
    for _ in 0..2 {
        run(folder.path(), &["key", "create", "--widget", "PROD_acme", "--name", "nightly"]);
    }
    let count = |words: &[&str]| content(folder.path(), &[&["events"], words].concat()).lines().count() - 1;
    assert_eq!(count(&["--action", "createKey"]), 2);
    assert_eq!(count(&["--widget", "PROD_acme", "--since", "1h"]), 3);
    assert_eq!(count(&["--widget", "PROD_other"]), 0);
    assert_eq!(count(&["--business", "BIZ-1"]), 0);
    assert_eq!(count(&["--since", "2100-01-01T00:00:00Z"]), 0);
    let (good, shown, said) = run(folder.path(), &["events", "--limit", "1"]);
    assert!(good && shown.contains("createKey") && !shown.contains("createWidget"), "{shown}");
    assert!(said.contains("2 older lines are not shown"), "{said}");
    assert!(refused(folder.path(), &["events", "--since", "yesterday"]).contains("how long ago, such as 7d"));
}
