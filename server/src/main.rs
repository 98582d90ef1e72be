//! The command line of the Connect server. Everything it does is in the library; see `lib.rs`.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use connect_server::app::App;
use connect_server::clock::{Clock, SystemClock, Timing};
use connect_server::config::{self, Config, Environment};
use connect_server::domain::origin::OriginPattern;
use connect_server::domain::widget::{self, Mode, SessionPolicy, Widget};
use connect_server::store::sqlite::Sqlite;
use connect_server::store::{Added, Store, Widgets};
use connect_server::{random, serve};
use tracing_subscriber::EnvFilter;

/// The server behind the Connect widget.
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the server until SIGINT or SIGTERM.
    Serve(ConfigFile),
    /// Says what is wrong with a configuration, one line a problem, each with its key.
    Check(ConfigFile),
    /// Registers widgets.
    #[command(subcommand)]
    Widget(WidgetCommand),
}

#[derive(Args)]
struct ConfigFile {
    /// The TOML file.
    #[arg(long = "config", value_name = "FILE")]
    path: PathBuf,
}

#[derive(Subcommand)]
enum WidgetCommand {
    /// Registers a widget and prints its id.
    Create(NewWidget),
}

#[derive(Args)]
struct NewWidget {
    #[command(flatten)]
    config: ConfigFile,
    /// Who asks for the connection, in words for people.
    #[arg(long)]
    name: String,
    /// The widget's id; one is made where none is given.
    #[arg(long)]
    id: Option<String>,
    /// Lists and accepts the sandbox.
    #[arg(long)]
    sandbox: bool,
    /// A page that may carry the widget: <https://app.example>, or for development <http://localhost:*>.
    #[arg(long = "origin", value_name = "ORIGIN", required = true)]
    origins: Vec<OriginPattern>,
    /// Whom people write to for help.
    #[arg(long, default_value = "")]
    email: String,
}

type CliError = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("CONNECT_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal())
        .init();
    let done = match Cli::parse().command {
        Command::Serve(file) => run(&file.path).await,
        Command::Check(file) => check(&file.path),
        Command::Widget(WidgetCommand::Create(new)) => create(new).await,
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Ours of the environment. Letters that are no UTF-8 are replaced, so that the configuration refuses them by key.
fn environment() -> Environment {
    std::env::vars_os()
        .map(|(key, value)| (key.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
        .filter(|(key, _)| key.starts_with("CONNECT_"))
        .collect::<BTreeMap<_, _>>()
}

fn read(path: &Path) -> Result<Config, CliError> {
    config::read(path, &environment()).map_err(|problems| {
        let lines: Vec<_> = problems.iter().map(ToString::to_string).collect();
        format!("the configuration {} is not right:\n{}", path.display(), lines.join("\n")).into()
    })
}

fn check(path: &Path) -> Result<ExitCode, CliError> {
    let mut out = stdout().lock();
    match config::read(path, &environment()) {
        Ok(_) => {
            writeln!(out, "ok")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) => {
            for problem in problems {
                writeln!(out, "{problem}")?;
            }
            Ok(ExitCode::FAILURE)
        }
    }
}

async fn create(new: NewWidget) -> Result<ExitCode, CliError> {
    let config = read(&new.config.path)?;
    let mode = if new.sandbox { Mode::Sandbox } else { Mode::Live };
    let id = match &new.id {
        Some(id) => widget::parse_id(id, mode)?,
        None => widget::new_id(random::uuid()?, mode),
    };
    if new.name.trim().is_empty() {
        return Err("--name must not be empty: people read there who asks for the connection".into());
    }
    let widget = Widget {
        id,
        name: new.name,
        email: new.email,
        mode,
        origins: new.origins,
        sessions: SessionPolicy::Open,
        success_addresses: Vec::new(),
        created_at: SystemClock.now(),
    };
    let store = Sqlite::open(&config.database).await?;
    let added = store.add_widget(&widget).await?;
    store.close().await;
    if added == Added::Taken {
        return Err(format!("there is a widget with the id {} already; choose another one", widget.id).into());
    }
    writeln!(stdout().lock(), "{}", widget.id)?;
    Ok(ExitCode::SUCCESS)
}

async fn run(path: &Path) -> Result<ExitCode, CliError> {
    let config = read(path)?;
    let app = App::start(config, Timing::default()).await?;
    let listener =
        serve::bind(&app).await.map_err(|error| format!("listen {}: {error}", app.config.listen))?;
    let end = stop_signal()?;
    announce(&app)?;
    serve::serve(app, listener, end).await?;
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
