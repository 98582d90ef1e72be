//! What happened at each service, for tests and for the curious. No code, token, secret or verifier is ever in it.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use crate::clock::Moment;

const ENTRIES: usize = 500;
const SERVICES: usize = 200;

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    /// The authorisation endpoint and the pages behind it.
    Authorise,
    /// A code was brought to the token endpoint.
    Token,
    /// A refresh token was brought to the token endpoint.
    Refresh,
    /// A token was brought to the revocation endpoint.
    Revoke,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Counts up from 1 within a service.
    pub sequence: u64,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at_ms: u64,
    /// What it is about.
    pub event: Event,
    /// How it went: `ok`, what the person chose, or the OAuth error code.
    pub outcome: String,
    /// More about it: `clientId`, `scope`, `redirectUri`, `pkce`, `company`, `clientAuthentication`, `revoked`.
    #[serde(flatten)]
    pub details: BTreeMap<&'static str, String>,
}

#[derive(Debug, Default)]
struct ServiceLog {
    written: u64,
    entries: VecDeque<Entry>,
}

/// The logs of all services; the newest 500 entries of each are kept, for 200 services.
#[derive(Debug, Default)]
pub struct Log(BTreeMap<String, ServiceLog>);

impl Log {
    /// Writes an entry.
    pub fn write(
        &mut self,
        service: &str,
        now: Moment,
        event: Event,
        outcome: &str,
        details: impl IntoIterator<Item = (&'static str, String)>,
    ) {
        tracing::info!(service, ?event, outcome, "happened");
        if !self.0.contains_key(service) && self.0.len() >= SERVICES {
            return;
        }
        let book = self.0.entry(service.to_owned()).or_default();
        book.written += 1;
        if book.entries.len() >= ENTRIES {
            book.entries.pop_front();
        }
        book.entries.push_back(Entry {
            sequence: book.written,
            at_ms: now.0,
            event,
            outcome: outcome.to_owned(),
            details: details.into_iter().collect(),
        });
    }

    /// The entries of a service, oldest first.
    pub fn of(&self, service: &str) -> Vec<Entry> {
        self.0.get(service).map(|book| book.entries.iter().cloned().collect()).unwrap_or_default()
    }
}
