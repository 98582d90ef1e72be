//! A customer's site in small: a page with the widget, and the success page that receives the connection.
//!
//! Nothing here knows more than a customer would who read the documentation: the widget is a script tag (or an import)
//! and a call of `mount`, and where it has a secret key, `back_end.rs` opens the session with it. `page_request.rs` reads what the address asks for, `policy.rs` says which headers follow,
//! `pages/` draws, `assets/` has the scripts and the stylesheet.

mod back_end;
mod cli;
mod http;
mod origin;
mod page_request;
mod pages;
mod policy;
mod sign_in;
mod site;
#[cfg(test)]
mod tests;
mod widget_options;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

use crate::cli::Arguments;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
    match serve(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("cannot serve: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until the program is told to end.
async fn serve(arguments: Arguments) -> io::Result<()> {
    let listener = TcpListener::bind(arguments.listen).await?;
    let public_url = match &arguments.public_url {
        Some(origin) => origin.to_string(),
        None => format!("http://{}", listener.local_addr()?),
    };
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let router = http::router(arguments.site(&public_url)?);
    announce(&public_url)?;
    tokio::select! {
        served = async { axum::serve(listener, router).await } => served?,
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
