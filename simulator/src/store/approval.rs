//! A person's yes on the consent page, and what it allows.

use std::time::Duration;

use crate::{oauth::Challenge, services::profiles};

/// How long an access token is good for that the person gave for a moment only.
pub const BRIEF_LIFETIME: Duration = Duration::from_secs(4);

/// What the token endpoint will do with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exchange {
    /// Gives tokens for it.
    Works,
    /// Gives an access token for [`BRIEF_LIFETIME`] and nothing to renew it with, as the person asked.
    Brief,
    /// Refuses it, as the person asked on the consent page.
    Refused,
}

/// A person's yes.
#[derive(Debug, Clone)]
pub struct Approval {
    /// The service it was given at, by its id.
    pub service: String,
    /// Who may use the code.
    pub client_id: String,
    /// The `redirect_uri` of the request, if it had one; the exchange must name the same.
    pub sent_redirect: Option<String>,
    /// The scope that was granted, words separated by spaces.
    pub scope: String,
    /// The PKCE challenge that the exchange must answer.
    pub challenge: Option<Challenge>,
    /// Who said yes.
    pub person: String,
    /// The company that was chosen.
    pub company: String,
    /// The shop that was meant, at a service of shops.
    pub shop: Option<String>,
    /// Names this very sign-in.
    pub event: String,
    /// What will come of the code.
    pub exchange: Exchange,
}

impl Approval {
    /// How long an access token is good for.
    pub fn lifetime(&self) -> Duration {
        match self.exchange {
            Exchange::Brief => BRIEF_LIFETIME,
            Exchange::Works | Exchange::Refused => {
                Duration::from_secs(profiles::find(&self.service).lifetime)
            }
        }
    }
}
