//! Every opener policy of a provider's page with every one of a host's page, in each browser as it comes: no switch turns off
//! popup blocking or the partitioning of storage (`driver.rs`).
//!
//! The measured times stand in the folder of reports, and in `docs/reliability.md`.

use std::fmt::{self, Display, Formatter};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use e2e::browser::TIMEOUT;
use e2e::engines::Engine;
use e2e::environment::report_folder;
use e2e::error::{holds, same};
use e2e::opener_policies::{OPENER_POLICIES, OpenerPolicy};
use e2e::popup::Popup;
use e2e::{Context, Journey, JourneyError, Outcome};

use super::steps::start_sign_in;

pub const JOURNEYS: &[Journey] = &[Journey::new(
    "whatever opener policies host and provider have, a sign-in ends connected within a second",
    |context| Box::pin(matrix(context)),
)];

/// From the provider's answer to the server, which knows then, to the host's `onSuccess` and to the window's end.
const LIMIT: Duration = Duration::from_secs(1);

/// The opener policies that the host page knows; the first is none.
const HOSTS: [&str; 3] = ["", "same-origin", "same-origin-allow-popups"];

/// One combination.
#[derive(Debug, Clone, Copy)]
struct Cell {
    host: &'static str,
    provider: OpenerPolicy,
}

impl Display for Cell {
    fn fmt(&self, text: &mut Formatter<'_>) -> fmt::Result {
        let host = if self.host.is_empty() { "off" } else { self.host };
        write!(text, "host {host}, provider {}", self.provider.header)
    }
}

/// What one combination took, in milliseconds since the provider gave the server its tokens.
#[derive(Debug, Clone, Copy)]
struct Times {
    heard: i64,
    closed: i64,
}

impl Times {
    fn are_late(self) -> bool {
        let limit = i64::try_from(LIMIT.as_millis()).unwrap_or_default();
        self.heard > limit || self.closed > limit
    }
}

/// All combinations, also after one that failed: the report says what became of each. One that is late is measured once
/// more, since a busy machine is no fault of the widget's.
async fn matrix(context: &Context) -> Outcome {
    let cells = HOSTS.into_iter().flat_map(|host| OPENER_POLICIES.map(|provider| Cell { host, provider }));
    let (mut lines, mut failed) = (String::new(), vec![]);
    for (number, cell) in cells.enumerate() {
        let business = format!("{} {number}", context.business);
        let mut measured = connect(context, cell, &business).await;
        if measured.as_ref().is_ok_and(|times| times.are_late()) {
            measured = connect(context, cell, &format!("{business} again")).await;
        }
        let line = match &measured {
            Ok(Times { heard, closed }) => {
                format!("{cell}: heard after {heard} ms, closed after {closed} ms")
            }
            Err(error) => format!("{cell}: {error}"),
        };
        lines += &line;
        lines.push('\n');
        if measured.as_ref().map_or(true, |times| times.are_late()) {
            failed.push(line);
            leave_windows(context).await?;
        }
    }
    let report = report_folder().join(format!("opener-policies-{}.txt", context.browser.engine.name()));
    std::fs::write(report, lines).map_err(JourneyError::io("writing the report"))?;
    holds(failed.is_empty(), "opener policies", "each combination connected within a second", failed)
}

/// Whether the window is cut off from the host page before the server's start page can ask it, so that the person reads
/// whose sign-in it is and presses once more. `WebKitGTK` cuts a window that was opened empty, as ours is, where other browsers
/// keep it.
fn needs_a_press(engine: Engine, host: &str) -> bool {
    host == "same-origin" || (engine == Engine::WebKit && host == "same-origin-allow-popups")
}

async fn connect(context: &Context, cell: Cell, business: &str) -> Outcome<Times> {
    let programs = context.programs()?;
    let endpoint = programs.opener_policies_server().await?;
    let options =
        [("businessName", business), ("endpoint", endpoint), ("coop", cell.host), ("successUrl", "")];
    context.open_with(&options).await?;
    let listen = "const push = window.hostEvents.push;\
        window.hostEvents.push = function (heard) {\
            if (heard.event === 'authorization') window.heardAt = Date.now();\
            return push.call(this, heard); };";
    let popup = start_sign_in(context, cell.provider.service).await?;
    context.browser.to_main().await?;
    context.browser.script(listen, vec![]).await?;
    if needs_a_press(context.browser.engine, cell.host) {
        popup.go_on_as(&[business]).await?;
    }
    popup.press("#approve").await?;
    let gone = async || Ok(context.browser.others().await?.is_empty().then(SystemTime::now));
    let closed = context.browser.until("the popup to close by itself", TIMEOUT, gone).await?;
    context.host().hears("onSuccess", "authorization").await?;
    context.host().check_one_outcome("onSuccess").await?;
    context.widget().shows("connected").await?;
    let heard = context.browser.script("return window.heardAt", vec![]).await?.as_i64().unwrap_or_default();
    let known = tokens_given(context, cell.provider.service).await?;
    holds(heard >= known, "when the host heard", "after the server knew", (heard, known))?;
    Ok(Times { heard: heard - known, closed: milliseconds(closed) - known })
}

/// When the provider answered the server's last question, in milliseconds since 1970.
async fn tokens_given(context: &Context, service: &str) -> Outcome<i64> {
    let log = context.programs()?.provider_log(service).await?;
    let given = log.iter().rfind(|entry| entry["event"] == "token").and_then(|entry| entry["atMs"].as_i64());
    same("whether a code was exchanged", given.is_some(), true)?;
    Ok(given.unwrap_or_default())
}

fn milliseconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or_default()
}

/// The next combination begins with one window.
async fn leave_windows(context: &Context) -> Outcome {
    if context.browser.others().await?.is_empty() {
        return context.browser.to_main().await;
    }
    Popup::opened(&context.browser).await?.close().await
}
