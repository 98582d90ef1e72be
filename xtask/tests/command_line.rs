//! What `cargo xtask` answers on the command line, as a program that runs.

use std::process::{Command, Output};

fn xtask(arguments: &[&str]) -> std::io::Result<Output> {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output()
}

#[test]
fn help_is_answered_behind_every_chore_and_starts_none() {
    // `cargo xtask demo --help` used to answer "error: not understood".
    for arguments in
        [&["--help"][..], &["demo", "--help"], &["test", "--only", "words", "-h"], &["tools", "--help"]]
    {
        let answer = xtask(arguments).unwrap();
        let told = String::from_utf8(answer.stdout).unwrap();
        assert!(answer.status.success(), "{arguments:?}");
        assert!(told.contains("cargo xtask demo [--port 8080]"), "{arguments:?}: {told}");
    }
}

#[test]
fn an_option_that_a_chore_does_not_have_is_refused() {
    let answer = xtask(&["check", "--halp"]).unwrap();
    assert!(!answer.status.success());
    assert!(String::from_utf8(answer.stderr).unwrap().contains("not understood"));
}
