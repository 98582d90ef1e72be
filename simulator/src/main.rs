//! The practice provider as a program of its own, so that nothing of it can get into a server that keeps real
//! credentials. It listens on loopback only. What it does is in the library; `cli.rs` reads the command line.

mod cli;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use simulator::{
    clock::Clock,
    http::{App, router},
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

use crate::cli::Arguments;

/// Why the program does not serve.
#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error(transparent)]
    Arguments(#[from] cli::ArgumentError),
    #[error("cannot listen: {0}")]
    Io(#[from] io::Error),
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    match serve(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until the program is told to end.
async fn serve(arguments: Arguments) -> Result<(), StartError> {
    let listener = TcpListener::bind(arguments.listen()).await?;
    let public_url = arguments.public_url(listener.local_addr()?);
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let app = App::new(public_url.clone(), arguments.clients()?, Clock::system());
    announce(&public_url)?;
    tokio::select! {
        served = async { axum::serve(listener, router(app)).await } => served?,
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}

/// The one line on stdout that says the program accepts connections.
fn announce(public_url: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "ready {public_url}")?;
    out.flush()
}
