//! `connect-server key`: the secret keys by which back ends prove themselves.

use std::collections::BTreeSet;
use std::io::{Write, stderr, stdout};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use connect_server::clock::{Clock, SystemClock, seconds_after, to_rfc3339};
use connect_server::domain::audit_event::AuditAction;
use connect_server::domain::secret_key::{PREFIX, Scope, SecretKey, SecretKeyId, SecretKeyText};
use connect_server::random;
use connect_server::store::sqlite::Sqlite;
use connect_server::store::{Replaced, SecretKeys, Store};
use connect_server::token::TokenHash;
use jiff::Timestamp;

use super::common::{CliError, ConfigFile, find_widget, parse_line};
use super::events::write_down;
use super::table;

/// What can be done with secret keys.
#[derive(Subcommand)]
pub enum KeyCommand {
    /// Makes a key and prints it, this once.
    Create(NewKey),
    /// Lists keys, those that ended too; never their text.
    List(ListedKeys),
    /// Ends a key at once.
    Revoke(OneKey),
    /// Makes a key like another one and prints it, this once; the older one ends after the overlap.
    Rotate(RotatedKey),
}

/// What a new key is for.
#[derive(Args)]
pub struct NewKey {
    #[command(flatten)]
    config: ConfigFile,
    /// The id of the widget whose businesses and connections the key opens.
    #[arg(long)]
    widget: String,
    /// What the key is for, so that you know it again: the program or machine that holds it.
    #[arg(long, value_parser = parse_line)]
    name: String,
    #[arg(long = "scope", value_name = "SCOPE", value_delimiter = ',', default_values = ["sessions", "read"],
        help = scopes_help())]
    scopes: Vec<Scope>,
}

fn scopes_help() -> String {
    let scopes = Scope::ALL.map(|scope| format!("{} ({})", scope.word(), scope.meaning()));
    format!("What the key may be used for: {}", scopes.join(", "))
}

/// Which keys are listed.
#[derive(Args)]
pub struct ListedKeys {
    #[command(flatten)]
    config: ConfigFile,
    /// Only those of the widget with this id.
    #[arg(long)]
    widget: Option<String>,
}

/// Which key is meant.
#[derive(Args)]
pub struct OneKey {
    #[command(flatten)]
    config: ConfigFile,
    /// The key's id, KEY-…; or its text, where that was found somewhere.
    key: String,
}

/// Which key is replaced, and when it ends.
#[derive(Args)]
pub struct RotatedKey {
    #[command(flatten)]
    key: OneKey,
    /// For how many hours the older key stays valid beside the new one.
    #[arg(long, value_name = "HOURS", default_value_t = 24, value_parser = clap::value_parser!(u64).range(0..=720))]
    overlap: u64,
}

/// Does what the command says.
///
/// # Errors
/// Where widget or key are not there, or the database fails.
pub async fn run(command: KeyCommand) -> Result<ExitCode, CliError> {
    let store = match &command {
        KeyCommand::Create(NewKey { config, .. })
        | KeyCommand::List(ListedKeys { config, .. })
        | KeyCommand::Revoke(OneKey { config, .. })
        | KeyCommand::Rotate(RotatedKey { key: OneKey { config, .. }, .. }) => config.open_database().await?,
    };
    let done = match command {
        KeyCommand::Create(new) => create(&store, new).await,
        KeyCommand::List(listed) => list(&store, listed.widget.as_deref()).await,
        KeyCommand::Revoke(key) => revoke(&store, &key.key).await,
        KeyCommand::Rotate(rotated) => rotate(&store, &rotated.key.key, rotated.overlap).await,
    };
    store.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn create(store: &Sqlite, new: NewKey) -> Result<(), CliError> {
    let widget = find_widget(store, &new.widget).await?;
    let text = SecretKeyText::generate()?;
    let key = SecretKey {
        id: SecretKeyId::from_number(random::uuid()?),
        widget: widget.id,
        name: new.name,
        scopes: new.scopes.into_iter().collect(),
        hash: text.hash(),
        created_at: SystemClock.now(),
        last_used_at: None,
        expires_at: None,
    };
    store.add_secret_key(&key).await?;
    let scopes = format!("scopes {}", words(&key.scopes));
    write_down(store, AuditAction::CreateKey, &key.widget, (Some(key.id.as_str()), Some(scopes))).await?;
    show_once(&text, &key)
}

/// Prints a new key: its text alone to stdout, so that a program can take it from there.
fn show_once(text: &SecretKeyText, key: &SecretKey) -> Result<(), CliError> {
    writeln!(stdout().lock(), "{}", text.expose())?;
    writeln!(
        stderr().lock(),
        "This is {} for widget {}, with the scopes: {}. It is shown this once; keep it where only your back end reads it.",
        key.id,
        key.widget,
        words(&key.scopes)
    )?;
    Ok(())
}

fn words(scopes: &BTreeSet<Scope>) -> String {
    scopes.iter().map(|scope| scope.word()).collect::<Vec<_>>().join(" ")
}

async fn list(store: &Sqlite, widget: Option<&str>) -> Result<(), CliError> {
    let widget = match widget {
        Some(id) => Some(find_widget(store, id).await?.id),
        None => None,
    };
    let now = SystemClock.now();
    let keys = store.list_secret_keys(widget.as_ref()).await?;
    let row = |key: &SecretKey| {
        let last_used = key.last_used_at.map_or_else(|| "never".to_owned(), to_rfc3339);
        let created = to_rfc3339(key.created_at);
        let widget = key.widget.to_string();
        [
            key.id.to_string(),
            validity(key, now),
            words(&key.scopes),
            created,
            last_used,
            widget,
            key.name.clone(),
        ]
    };
    let rows: Vec<_> = keys.iter().map(row).collect();
    table::print(["ID", "VALID", "SCOPES", "CREATED", "LAST USED", "WIDGET", "NAME"], &rows)?;
    Ok(())
}

fn validity(key: &SecretKey, now: Timestamp) -> String {
    match key.expires_at {
        None => "yes".to_owned(),
        Some(ends) if key.is_valid(now) => format!("until {}", to_rfc3339(ends)),
        Some(ended) => format!("ended {}", to_rfc3339(ended)),
    }
}

/// The key of an id or of a text. A text that opens nothing is never repeated: it may have a letter too many only.
async fn find(store: &Sqlite, key: &str) -> Result<SecretKey, CliError> {
    if key.starts_with(PREFIX) {
        let found = store.find_secret_key(TokenHash::of(key), SystemClock.now()).await?;
        return found.ok_or_else(|| "no valid secret key has this text".into());
    }
    let found = store.secret_key(&SecretKeyId::new(key)).await?;
    found
        .ok_or_else(|| format!("there is no secret key {key:?}: `connect-server key list` shows them").into())
}

/// An error that says when a key ended.
fn ended_already(key: &SecretKey) -> CliError {
    let ended =
        key.expires_at.map_or_else(|| "already".to_owned(), |ended| format!("at {}", to_rfc3339(ended)));
    format!("{} ended {ended}: make another one with `connect-server key create`", key.id).into()
}

async fn revoke(store: &Sqlite, key: &str) -> Result<(), CliError> {
    let key = find(store, key).await?;
    match store.end_secret_key(&key.id, SystemClock.now()).await? {
        Replaced::Yes => {
            write_down(store, AuditAction::RevokeKey, &key.widget, (Some(key.id.as_str()), None)).await?;
            writeln!(stderr().lock(), "{} is revoked: it is refused from now on.", key.id)?;
            Ok(())
        }
        Replaced::Overtaken => Err(ended_already(&key)),
    }
}

async fn rotate(store: &Sqlite, key: &str, overlap_hours: u64) -> Result<(), CliError> {
    let older = find(store, key).await?;
    let now = SystemClock.now();
    if !older.is_valid(now) {
        return Err(ended_already(&older));
    }
    let text = SecretKeyText::generate()?;
    let new = SecretKey {
        id: SecretKeyId::from_number(random::uuid()?),
        hash: text.hash(),
        created_at: now,
        last_used_at: None,
        expires_at: None,
        ..older.clone()
    };
    let ends_at = seconds_after(now, overlap_hours * 60 * 60);
    match store.rotate_secret_key(&older.id, ends_at, &new).await? {
        Replaced::Yes => {
            let successor = Some(format!("its successor is {}", new.id));
            write_down(store, AuditAction::RotateKey, &new.widget, (Some(older.id.as_str()), successor))
                .await?;
            show_once(&text, &new)?;
            writeln!(stderr().lock(), "{} stays valid until {}.", older.id, to_rfc3339(ends_at))?;
            Ok(())
        }
        Replaced::Overtaken => Err(format!(
            "{} ends before the overlap would: it was rotated already; make another one with \
             `connect-server key create`, or name a shorter --overlap",
            older.id
        )
        .into()),
    }
}
