//! `connect-server events`, and what the other commands write there.

use connect_server::clock::{Clock, SystemClock};
use connect_server::domain::audit_event::{AuditAction, AuditEvent, AuditOutcome};
use connect_server::store::{AuditEvents, Store};
use railz_connect_contract::ConnectionId;

use super::{content, open, refused, with_widget};
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

#[tokio::test]
async fn refused_sign_ins_can_be_told_from_those_that_succeeded() {
    // The help said `--action finishSignIn` for it, which lists both, and nothing chose by outcome, connection or end.
    let folder = with_widget();
    let store = open(folder.path()).await;
    for (outcome, connection) in [(AuditOutcome::Done, "CON-1"), (AuditOutcome::Refused, "CON-2")] {
        let event = AuditEvent::new(AuditAction::FinishSignIn, SystemClock.now());
        let event = AuditEvent { outcome, connection: Some(ConnectionId::new(connection)), ..event };
        store.add_audit_event(&event).await.unwrap();
    }
    store.close().await;
    let lines = |words: &str| {
        let words: Vec<_> = ["events"].into_iter().chain(words.split(' ')).collect();
        content(folder.path(), &words).lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(lines("--action finishSignIn").len(), 2);
    let shown = lines("--action finishSignIn --outcome refused");
    assert!(shown.len() == 1 && shown[0].contains("CON-2"), "{shown:?}");
    assert_eq!(lines("--action finishSignIn --outcome done,refused").len(), 2);
    let shown = lines("--connection CON-1");
    assert!(shown.len() == 1 && shown[0].contains(" done"), "{shown:?}");
    assert_eq!(lines("--until 1h").len(), 0);
    assert_eq!(lines("--until 2100-01-01T00:00:00Z --action finishSignIn").len(), 2);
    assert!(refused(folder.path(), &["events", "--outcome", "denied"]).contains("done, refused, failed"));
}
