//! `connect-server serve`: runs the server until it is told to end.

use std::io::{Write, stdout};
use std::process::ExitCode;

use connect_server::app::App;
use connect_server::clock::Timing;
use connect_server::serve;

use super::common::{CliError, ConfigFile};

/// Serves until SIGINT or SIGTERM; `ready` and the public address on stdout say that connections are accepted.
///
/// # Errors
/// Where the configuration, the database, the key or the address to listen at are not right.
pub async fn run(file: &ConfigFile) -> Result<ExitCode, CliError> {
    let config = file.read()?;
    let app = App::start(config, Timing::default()).await?;
    let listener =
        serve::bind(&app).await.map_err(|error| format!("listen {}: {error}", app.config.listen))?;
    let end = stop_signal()?;
    announce(&app)?;
    serve::serve(app, listener, end).await;
    Ok(ExitCode::SUCCESS)
}

fn announce(app: &App) -> Result<(), CliError> {
    let mut out = stdout().lock();
    writeln!(out, "ready {}", app.config.public_url)?;
    out.flush()?;
    tracing::info!(listen = %app.config.listen, public_url = %app.config.public_url, "serving");
    Ok(())
}

#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, CliError> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("ending");
    })
}

#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, CliError> {
    Ok(async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C cannot be heard");
            std::future::pending::<()>().await;
        }
        tracing::info!("ending");
    })
}
