//! What the server remembers of the tokens that success pages receive.

use async_trait::async_trait;
use jiff::Timestamp;

use super::Result;
use crate::domain::visit::VisitId;

/// What became of a try to redeem a connectionToken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redemption {
    /// It was its visit's newest and not redeemed before; now it is.
    Redeemed(VisitId),
    /// It was redeemed before, a newer one took its place, or its visit is gone.
    Over,
}

/// Which token each visit handed to a success page last.
#[async_trait]
pub trait ConnectionTokens {
    /// Writes down a token by its id; an older one of the visit is over.
    async fn put_connection_token(
        &self,
        visit: &VisitId,
        token_id: &str,
        expires_at: Timestamp,
    ) -> Result<()>;
    /// In one step: the token is redeemed, unless it is over.
    async fn redeem_connection_token(&self, token_id: &str, now: Timestamp) -> Result<Redemption>;
}
