//! `connect-server webhook`: the addresses of back ends that are told what happens.

use std::io::{Write, stderr, stdout};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use connect_server::clock::{Clock, SystemClock, to_rfc3339};
use connect_server::config::Config;
use connect_server::domain::audit_event::AuditAction;
use connect_server::domain::webhook::{EventKind, MOST_OF_A_WIDGET, Webhook, WebhookId};
use connect_server::start::open_vault;
use connect_server::store::sqlite::Sqlite;
use connect_server::store::{Store, Webhooks};
use connect_server::webhooks::address;
use connect_server::webhooks::registration::{self, LONGEST_OVERLAP_HOURS, NewWebhook, OVERLAP_HOURS};

use super::common::{CliError, ConfigFile, find_widget, parse_optional_line};
use super::events::write_down;
use super::table;

/// What can be done with webhooks.
#[derive(Subcommand)]
pub enum WebhookCommand {
    /// Registers a webhook and prints its secret, this once.
    Add(AddedWebhook),
    /// Lists webhooks; never their secrets.
    List(ListedWebhooks),
    /// Deletes a webhook with its deliveries.
    Delete(OneWebhook),
    /// Gives a webhook a new secret and prints it, this once; the older one signs too until the overlap is over.
    RotateSecret(RotatedWebhook),
}

/// What a new webhook is.
#[derive(Args)]
pub struct AddedWebhook {
    #[command(flatten)]
    config: ConfigFile,
    /// The id of the widget whose businesses and connections it is told of.
    #[arg(long)]
    widget: String,
    /// Where deliveries are posted to, by https.
    #[arg(long)]
    url: String,
    /// What it is told: login, auth, connectionStatus, connectionRemoved, businessRemoved. Everything, unless said.
    #[arg(long = "event", value_name = "EVENT", value_delimiter = ',', default_values_t = EventKind::ALL)]
    events: Vec<EventKind>,
    /// What it is for, in your words.
    #[arg(long, default_value = "", value_parser = parse_optional_line)]
    description: String,
}

/// Which webhooks are listed.
#[derive(Args)]
pub struct ListedWebhooks {
    #[command(flatten)]
    config: ConfigFile,
    /// Only those of the widget with this id.
    #[arg(long)]
    widget: Option<String>,
}

/// Which webhook is meant.
#[derive(Args)]
pub struct OneWebhook {
    #[command(flatten)]
    config: ConfigFile,
    /// The webhook's id, WHK-….
    webhook: String,
}

/// Which webhook gets a new secret.
#[derive(Args)]
pub struct RotatedWebhook {
    #[command(flatten)]
    webhook: OneWebhook,
    /// For how many hours the older secret signs beside the new one.
    #[arg(long, value_name = "HOURS", default_value_t = OVERLAP_HOURS,
          value_parser = clap::value_parser!(u64).range(0..=LONGEST_OVERLAP_HOURS))]
    overlap: u64,
}

/// Does what the command says.
///
/// # Errors
/// Where widget or webhook are not there, the address is none to post to, or the database fails.
pub async fn run(command: WebhookCommand) -> Result<ExitCode, CliError> {
    let file = match &command {
        WebhookCommand::Add(AddedWebhook { config, .. })
        | WebhookCommand::List(ListedWebhooks { config, .. })
        | WebhookCommand::Delete(OneWebhook { config, .. })
        | WebhookCommand::RotateSecret(RotatedWebhook { webhook: OneWebhook { config, .. }, .. }) => config,
    };
    let config = file.read()?;
    let store = file.open_database().await?;
    let done = match command {
        WebhookCommand::Add(added) => add(&config, &store, added).await,
        WebhookCommand::List(listed) => list(&store, listed.widget.as_deref()).await,
        WebhookCommand::Delete(deleted) => delete(&store, &deleted.webhook).await,
        WebhookCommand::RotateSecret(rotated) => {
            rotate_secret(&config, &store, &rotated.webhook.webhook, rotated.overlap).await
        }
    };
    store.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn add(config: &Config, store: &Sqlite, added: AddedWebhook) -> Result<(), CliError> {
    let widget = find_widget(store, &added.widget).await?.id;
    let url = address::read(&added.url, config.webhooks.reach).await?;
    let vault = open_vault(config, store).await?;
    let events = added.events.into_iter().collect();
    let new = NewWebhook { widget, url, description: added.description, events };
    let Some((webhook, secret)) = registration::register(&vault, store, new, SystemClock.now()).await? else {
        return Err(format!(
            "the widget has {MOST_OF_A_WIDGET} webhooks, and no more are allowed: delete one of them"
        )
        .into());
    };
    let id = Some(webhook.id.as_str());
    write_down(store, AuditAction::RegisterWebhook, &webhook.widget, (id, None)).await?;
    writeln!(stdout().lock(), "{}", secret.expose())?;
    writeln!(
        stderr().lock(),
        "This is the secret of {} for widget {}, which is told: {}. It is shown this once; the back end verifies with it \
         what it is told.",
        webhook.id,
        webhook.widget,
        words(&webhook)
    )?;
    Ok(())
}

fn words(webhook: &Webhook) -> String {
    webhook.events.iter().map(|event| event.word()).collect::<Vec<_>>().join(" ")
}

async fn list(store: &Sqlite, widget: Option<&str>) -> Result<(), CliError> {
    let widget = match widget {
        Some(id) => Some(find_widget(store, id).await?.id),
        None => None,
    };
    let webhooks = store.list_webhooks(widget.as_ref()).await?;
    let row = |webhook: &Webhook| {
        [
            webhook.id.to_string(),
            webhook.url.to_string(),
            words(webhook),
            to_rfc3339(webhook.created_at),
            webhook.widget.to_string(),
            webhook.description.clone(),
        ]
    };
    let rows: Vec<_> = webhooks.iter().map(row).collect();
    table::print(["ID", "ADDRESS", "EVENTS", "CREATED", "WIDGET", "DESCRIPTION"], &rows)?;
    Ok(())
}

async fn find(store: &Sqlite, id: &str) -> Result<Webhook, CliError> {
    let found = store.webhook(&WebhookId::new(id)).await?;
    found
        .ok_or_else(|| format!("there is no webhook {id:?}: `connect-server webhook list` shows them").into())
}

async fn delete(store: &Sqlite, id: &str) -> Result<(), CliError> {
    let webhook = find(store, id).await?;
    store.delete_webhook(&webhook.id).await?;
    write_down(store, AuditAction::DeleteWebhook, &webhook.widget, (Some(webhook.id.as_str()), None)).await?;
    writeln!(stderr().lock(), "{} is deleted with its deliveries.", webhook.id)?;
    Ok(())
}

async fn rotate_secret(config: &Config, store: &Sqlite, id: &str, overlap: u64) -> Result<(), CliError> {
    let webhook = find(store, id).await?;
    let vault = open_vault(config, store).await?;
    let now = SystemClock.now();
    let rotated = registration::rotate_secret(&vault, store, &webhook, overlap, now).await?;
    let Some((secret, until)) = rotated else {
        return Err(format!("the secret of {id} was rotated by somebody else at this moment").into());
    };
    let id = Some(webhook.id.as_str());
    write_down(store, AuditAction::RotateWebhookSecret, &webhook.widget, (id, None)).await?;
    writeln!(stdout().lock(), "{}", secret.expose())?;
    writeln!(
        stderr().lock(),
        "This is the new secret of {}. It is shown this once; the older one signs too until {}.",
        webhook.id,
        to_rfc3339(until)
    )?;
    Ok(())
}
