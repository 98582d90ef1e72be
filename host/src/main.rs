//! A customer's site in small, and the customer that we want every customer to be: it mints the session of whoever is signed in,
//! believes a hand-over only after checking and redeeming it, shows the connected company and a page of its data, listens to
//! webhooks and disconnects.
//!
//! Nothing here knows more than a customer would who read the documentation. Pages: `http/` has the addresses, `pages/` draws,
//! `page_options.rs` reads what the address asks for, `policy.rs` says which headers follow, `assets/` has scripts and stylesheet.
//! Behind them, with the secret key: `mint_session.rs`, `hand_over.rs` (`verify_token.rs`, `redeem.rs`), `connections.rs`,
//! `company.rs` and `webhooks.rs`, all by `connect_api.rs`. Without a key the widget opens its session itself.

mod accepted_hand_over;
mod back_end;
mod cli;
mod company;
mod connect_api;
mod connections;
mod hand_over;
mod http;
mod key_set;
mod mint_session;
mod origin;
mod page_options;
mod pages;
mod policy;
mod received_webhooks;
mod redeem;
mod secret;
mod seen_ids;
mod services;
mod sign_in;
mod site;
#[cfg(test)]
mod tests;
mod verify_token;
mod visitors;
mod webhooks;
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

use crate::{cli::Arguments, origin::Origin};

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
    let listens_at = format!("http://{}", listener.local_addr()?);
    let origin = arguments.public_url.clone().or_else(|| Origin::of(&listens_at));
    let origin = origin.ok_or_else(|| io::Error::other(format!("{listens_at} is no origin")))?;
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let router = http::router(arguments.site(origin.clone())?);
    announce(&origin)?;
    tokio::select! {
        served = async { axum::serve(listener, router).await } => served?,
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}

/// The one line on stdout that says the program accepts connections.
fn announce(public_url: &Origin) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "ready {public_url}")?;
    out.flush()
}
