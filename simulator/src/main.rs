//! A practice provider: an OAuth 2.0 authorisation server on loopback, on whose consent page the person picks how the
//! sign-in goes. Every service id in the path wears that service's name.
//!
//! A program of its own, so that nothing of it can get into a server that keeps real credentials. `http/` has the
//! addresses, `oauth/` the rules, `store/` the memory, `pages/` what people see, `services/` the names and colours.

mod cli;
mod http;
mod oauth;
mod pages;
mod services;
mod store;
#[cfg(test)]
mod tests;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use practice_services::world;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

use crate::{cli::Arguments, http::App, world::World};

#[derive(Debug, thiserror::Error)]
enum Failure {
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
        Err(failure) => {
            tracing::error!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until the program is told to end.
async fn serve(arguments: Arguments) -> Result<(), Failure> {
    let listener = TcpListener::bind(arguments.listen()).await?;
    let public_url = arguments.public_url(listener.local_addr()?);
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let app = App::new(public_url.clone(), arguments.clients()?, World::real());
    announce(&public_url)?;
    tokio::select! {
        served = async { axum::serve(listener, http::router(app)).await } => served?,
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
