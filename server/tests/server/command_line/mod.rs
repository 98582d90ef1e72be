//! What an operator does with widgets and keys, through the real program.

mod check;
mod events;
mod keys;
mod webhooks;
mod widgets;

use std::path::Path;

use connect_server::clock::{Clock, SystemClock};
use connect_server::domain::business::{self, Business};
use connect_server::domain::connection::{self, Connection};
use connect_server::domain::visit::{SessionKind, VisitId, Visitor};
use connect_server::domain::widget::Channel;
use connect_server::random;
use connect_server::store::sqlite::Sqlite;
use connect_server::store::{Businesses, Connections, Store};
use railz_connect_contract::{BusinessName, ServiceKind, ServiceName, WidgetId};
use tempfile::TempDir;

use crate::support::program::{configured, run};

/// A folder with a configuration, whose database has one live widget, `PROD_acme`.
fn with_widget() -> TempDir {
    let folder = configured("127.0.0.1:0", "");
    let words = ["widget", "create", "--name", "Acme Lending", "--id", "PROD_acme"];
    let (good, _, log) = run(folder.path(), &[&words[..], &["--origin", "https://app.example"]].concat());
    assert!(good, "{log}");
    folder
}

/// Runs a command that must be content, and answers with what it printed.
fn content(folder: &Path, words: &[&str]) -> String {
    let (good, out, log) = run(folder, words);
    assert!(good, "{words:?}: {log}");
    out
}

/// Runs a command that must fail, and answers with what it said.
fn refused(folder: &Path, words: &[&str]) -> String {
    let (good, out, log) = run(folder, words);
    assert!(!good && out.is_empty(), "{words:?}: {out}{log}");
    log
}

async fn open(folder: &Path) -> Sqlite {
    Sqlite::open(&folder.join("connect.db")).await.unwrap()
}

/// Connects a business to a service through the widget.
async fn connect(folder: &Path, name: &str) {
    let store = open(folder).await;
    let now = SystemClock.now();
    let business = Business {
        id: business::new_id(random::uuid().unwrap()),
        widget: WidgetId::new("PROD_acme"),
        name: BusinessName::new(name),
        created_at: now,
    };
    store.add_business(&business).await.unwrap();
    let parts = (ServiceName::new("xero"), ServiceKind::Accounting, Channel::Service);
    let id = connection::new_id(random::uuid().unwrap());
    let visit = VisitId::new("VIS-x");
    let by = Visitor { visit: &visit, session_kind: SessionKind::Open };
    let connection = Connection::new(id, business.id, parts, now).authorised(Some(by), now, None);
    store.add_connection(&connection).await.unwrap();
    store.close().await;
}
