//! The program itself: its command line, its signs of life, its end.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::support::TEST_DEADLINE;
use crate::support::program::{configured, program, run};

/// Waits for a program's end, and ends it where it does not end by itself.
fn ended(mut child: Child) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < TEST_DEADLINE {
        if let Some(status) = child.try_wait().unwrap() {
            return status.success();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    false
}

#[test]
fn check_is_content_with_a_good_configuration() {
    let folder = configured("127.0.0.1:0", "");
    assert_eq!(run(folder.path(), &["check"]), (true, "ok\n".to_owned(), String::new()));
}

#[test]
fn check_names_each_problem_on_a_line_of_its_own() {
    let folder = configured("nowhere", "[attempts]\nlifetime_seconds = 1");
    let (good, out, _) = run(folder.path(), &["check"]);
    assert!(!good);
    let keys: Vec<_> = out.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(keys, ["listen", "attempts.lifetime_seconds"]);
}

#[test]
fn a_widget_is_made_once_and_its_id_is_all_that_is_printed() {
    let folder = configured("127.0.0.1:0", "");
    let create = |more: &[&str]| {
        let arguments = ["widget", "create", "--name", "Acme Lending", "--origin", "http://127.0.0.1:*"];
        run(folder.path(), &[&arguments[..], more].concat())
    };
    assert_eq!(create(&["--id", "SB_PROD_demo", "--sandbox"]).1, "SB_PROD_demo\n");
    let (good, out, log) = create(&["--id", "SB_PROD_demo", "--sandbox"]);
    assert!(!good && out.is_empty() && log.contains("already"), "{log}");
    let (good, _, log) = create(&["--id", "SB_PROD_other"]);
    assert!(!good && log.contains("--sandbox"), "{log}");
    let (good, _, log) = create(&["--id", "a b"]);
    assert!(!good && log.contains("letters, digits"), "{log}");
    assert!(create(&["--sandbox"]).1.starts_with("SB_PROD_"));
    assert!(create(&[]).1.starts_with("PROD_"));
    let (good, _, log) = create(&["--origin", "http://app.example"]);
    assert!(!good && log.contains("is not an origin"), "{log}");
}

#[test]
fn an_environment_with_odd_letters_in_it_is_no_obstacle() {
    use std::os::unix::ffi::OsStrExt;
    let folder = configured("127.0.0.1:0", "");
    let odd = std::ffi::OsStr::from_bytes(b"\xff");
    let Output { status, stderr, .. } =
        program(folder.path(), &["check"]).env("SOMETHING_ELSE", odd).output().unwrap();
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    let Output { status, stdout, .. } =
        program(folder.path(), &["check"]).env("CONNECT_LISTEN", odd).output().unwrap();
    let out = String::from_utf8(stdout).unwrap();
    assert!(!status.success() && out.starts_with("listen: "), "{out}");
}

#[test]
fn several_programs_may_make_the_database_at_once() {
    let folder = configured("127.0.0.1:0", "");
    let begun: Vec<Child> = (0..6)
        .map(|number| {
            let id = format!("LIVE_{number}");
            let arguments = ["widget", "create", "--name", "Acme", "--origin", "http://127.0.0.1:*", "--id"];
            program(folder.path(), &[&arguments[..], &[&id]].concat()).spawn().unwrap()
        })
        .collect();
    for child in begun {
        let Output { status, stderr, .. } = child.wait_with_output().unwrap();
        assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    }
}

#[test]
fn serve_says_ready_and_ends_in_order() {
    let folder = configured("127.0.0.1:0", "");
    let mut child = program(folder.path(), &["serve"]).spawn().unwrap();
    let (sender, lines) = mpsc::channel();
    let out = child.stdout.take().unwrap();
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines() {
            sender.send(line.unwrap()).unwrap();
        }
    });
    assert_eq!(lines.recv_timeout(TEST_DEADLINE).unwrap(), "ready http://connect.localhost:8081");
    let id = child.id().to_string();
    assert!(Command::new("sh").args(["-c", &format!("kill -TERM {id}")]).status().unwrap().success());
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(ended(child), "{log}");
    assert!(log.contains("made a new key") && log.contains("ending"), "{log}");
    assert!(!log.contains('\u{1b}'), "no colours where nobody looks: {log}");
}

#[test]
fn serve_refuses_http_beyond_loopback_by_key() {
    let folder = tempfile::tempdir().unwrap();
    let text = "public_url = \"http://connect.example\"\nlisten = \"127.0.0.1:0\"";
    std::fs::write(folder.path().join("connect.toml"), text).unwrap();
    let (good, out, log) = run(folder.path(), &["serve"]);
    assert!(!good && out.is_empty());
    assert!(log.contains("public_url: http://connect.example is not https"), "{log}");
}

#[test]
fn a_file_that_is_no_database_is_named() {
    let folder = configured("127.0.0.1:0", "");
    std::fs::write(folder.path().join("connect.db"), "letters to the editor ".repeat(50)).unwrap();
    let (good, out, log) = run(folder.path(), &["serve"]);
    assert!(!good && out.is_empty());
    let path = folder.path().join("connect.db");
    assert!(log.contains(&format!("database {} cannot be opened: ", path.display())), "{log}");
}

#[test]
fn serve_names_an_address_that_is_taken() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = configured(&taken.local_addr().unwrap().to_string(), "");
    let (good, _, log) = run(folder.path(), &["serve"]);
    assert!(!good && log.contains("listen 127.0.0.1:"), "{log}");
}
