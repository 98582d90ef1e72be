//! What only the customer's own server can do, all of it behind the secret key: sessions, results, connections and webhooks. A
//! site without a key has none of it.

use crate::connect_api::ConnectApi;
use crate::received_webhooks::ReceivedWebhooks;
use crate::secret::WebhookSecret;
use crate::verify_token::TokenVerifier;
use crate::visitors::Visitors;

/// The customer's server.
#[derive(Debug)]
pub struct BackEnd {
    /// The way to the Connect server.
    pub api: ConnectApi,
    /// What connectionTokens are held against.
    pub tokens: TokenVerifier,
    /// Who is signed in.
    pub visitors: Visitors,
    /// What webhooks are signed with; without it none is taken.
    pub webhook_secret: Option<WebhookSecret>,
    /// What they told.
    pub webhooks: ReceivedWebhooks,
}
