//! Runs the server: the listener, the background tasks, and an orderly end.

use std::future::{Future, pending};
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

use crate::app::App;
use crate::services::oauth;
use crate::store::StoreError;
use crate::webhooks::delivery;
use crate::{accept, audit, http, sweep};

/// How often the sweep goes round.
const SWEEP_EVERY: Duration = Duration::from_mins(10);

/// How often webhooks that are due are looked for.
const DELIVER_EVERY: Duration = Duration::from_secs(1);

/// How often new lines of the audit are logged, and those of a minute that is over counted.
const AUDIT_EVERY: Duration = Duration::from_secs(1);

/// How much longer than an exchange of a code a request may take when the server ends.
const STORING: Duration = Duration::from_secs(5);

/// Binds the address of the configuration.
///
/// # Errors
/// [`io::Error`] where the address is taken or not this machine's.
pub async fn bind(app: &App) -> io::Result<TcpListener> {
    TcpListener::bind(app.config.listen).await
}

/// Serves until `end` comes, then lets requests and sign-ins in progress finish; waiting polls are answered at once.
pub async fn serve(app: Arc<App>, listener: TcpListener, end: impl Future<Output = ()> + Send + 'static) {
    let tasks =
        [BackgroundTask::Sweep, BackgroundTask::Refresh, BackgroundTask::Deliver, BackgroundTask::Audit]
            .map(|task| tokio::spawn(task.repeat(app.clone())));
    let serving = accept::accept(listener, http::router(&app), app.config.requests, app.ending.clone());
    let ended = async {
        end.await;
        app.ending.cancel();
        pending::<()>().await;
    };
    let grace_period = async {
        app.ending.cancelled().await;
        sleep(app.config.attempts.exchange_timeout + STORING).await;
    };
    tokio::select! {
        () = serving => {}
        () = ended => {}
        () = grace_period => tracing::warn!("some requests did not finish in time and were cut off"),
    }
    app.ending.cancel();
    app.finishing.close();
    let longest = app.config.attempts.exchange_timeout + STORING;
    if timeout(longest, app.finishing.wait()).await.is_err() {
        tracing::error!(
            left = app.finishing.len(),
            "some sign-ins or webhooks could not be finished in time"
        );
    }
    for task in tasks {
        if let Err(error) = task.await {
            tracing::error!(%error, "a background chore broke");
        }
    }
    let audited = async {
        audit::write_all_counted(&app).await?;
        audit::log_new(&app).await
    };
    if let Err(error) = audited.await {
        tracing::error!(%error, "the last lines of the audit could not be written");
    }
    app.store.close().await;
}

/// What the server does by itself, again and again.
#[derive(Clone, Copy, Debug)]
enum BackgroundTask {
    Sweep,
    Refresh,
    Deliver,
    Audit,
}

impl BackgroundTask {
    fn interval(self, app: &App) -> Duration {
        match self {
            Self::Sweep => SWEEP_EVERY,
            Self::Refresh => app.config.refresh_every,
            Self::Deliver => DELIVER_EVERY,
            Self::Audit => AUDIT_EVERY,
        }
    }

    async fn run_once(self, app: &Arc<App>) -> Result<(), StoreError> {
        match self {
            Self::Sweep => {
                let swept = sweep::sweep(app).await?;
                tracing::debug!(?swept, "swept");
            }
            Self::Refresh => {
                let refreshed = oauth::refresh::refresh_due(app).await?;
                tracing::debug!(refreshed, "looked for tokens that are due");
            }
            Self::Deliver => {
                delivery::begin_due(app).await?;
            }
            Self::Audit => {
                audit::write_counted(app).await?;
                audit::log_new(app).await?;
            }
        }
        Ok(())
    }

    /// Until the server ends; what does not work is logged and tried the next time.
    async fn repeat(self, app: Arc<App>) {
        loop {
            if let Err(error) = self.run_once(&app).await {
                tracing::error!(chore = ?self, %error, "a background chore did not work");
            }
            tokio::select! {
                () = app.ending.cancelled() => return,
                () = sleep(self.interval(&app)) => {}
                () = app.delivered.notified(), if matches!(self, Self::Deliver) => {}
            }
        }
    }
}
