//! What people granted: authorisation codes, which become tokens (`tokens.rs`).
//!
//! A code that comes a second time ends what it gave: one of the two senders was a thief (RFC 6749, section 4.1.2).

use std::time::Duration;

use super::{
    approval::{Approval, Exchange},
    bounded::Bounded,
    tokens::{AuthenticatedClient, IssuedTokens, Tokens},
};
use crate::{
    clock::{Clock, Moment},
    oauth::{Challenge, OAuthError},
    random::random_token,
};

/// How long an authorisation code may be exchanged.
const CODE_LIFETIME: Duration = Duration::from_mins(1);

#[derive(Debug)]
struct Code {
    approval: Approval,
    expires: Moment,
    spent_for: Option<String>,
}

/// All codes, and the tokens that came of them.
#[derive(Debug)]
pub struct Grants {
    codes: Bounded<Code>,
    /// What codes were exchanged for.
    pub tokens: IssuedTokens,
}

impl Default for Grants {
    fn default() -> Self {
        Self { codes: Bounded::new(1_000), tokens: IssuedTokens::default() }
    }
}

impl Grants {
    /// A code for an approval, good once and for [`CODE_LIFETIME`].
    ///
    /// # Errors
    /// `server_error` without randomness.
    pub fn issue_code(&mut self, approval: Approval, clock: &Clock) -> Result<String, OAuthError> {
        let code = random_token()?;
        let expires = clock.now().after(CODE_LIFETIME);
        self.codes.insert(code.clone(), Code { approval, expires, spent_for: None });
        Ok(code)
    }

    /// Tokens for a code (RFC 6749, section 4.1.3; RFC 7636, section 4.6). The code is used up even if the exchange
    /// fails, as long as its own client tried.
    ///
    /// # Errors
    /// `invalid_grant` and what was wrong.
    pub fn exchange(
        &mut self,
        caller: AuthenticatedClient<'_>,
        code: &str,
        redirect: Option<&str>,
        verifier: Option<&str>,
        clock: &Clock,
    ) -> Result<Tokens, OAuthError> {
        let unknown = || OAuthError::invalid_grant("The code is unknown or was issued to another client.");
        let code = self.codes.get_mut(code).ok_or_else(unknown)?;
        if code.approval.client_id != caller.client_id || code.approval.service != caller.service {
            return Err(unknown());
        }
        let approval = code.approval.clone();
        let grant = random_token()?;
        if let Some(earlier) = code.spent_for.replace(grant.clone()) {
            self.tokens.end_grant(&earlier);
            return Err(OAuthError::invalid_grant("The code was used before; what it gave is revoked."));
        }
        if clock.now() >= code.expires {
            return Err(OAuthError::invalid_grant("The code is too old, it is good for 60 seconds."));
        }
        if approval.sent_redirect.as_deref() != redirect {
            return Err(OAuthError::invalid_grant(
                "The redirect_uri is not the one of the authorisation request.",
            ));
        }
        check_verifier(approval.challenge.as_ref(), verifier)?;
        if approval.exchange == Exchange::Refused {
            return Err(OAuthError::invalid_grant(
                "The person asked this practice provider to refuse the exchange.",
            ));
        }
        self.tokens.start_grant(grant, approval, clock)
    }
}

/// Checks that whoever brings the code is who began the sign-in (RFC 7636, section 4.6).
fn check_verifier(challenge: Option<&Challenge>, verifier: Option<&str>) -> Result<(), OAuthError> {
    match (challenge, verifier) {
        (None, None) => Ok(()),
        (Some(challenge), Some(verifier)) if challenge.is_answered_by(verifier) => Ok(()),
        (Some(_), Some(_)) => {
            Err(OAuthError::invalid_grant("The code_verifier does not match the challenge."))
        }
        (Some(_), None) => Err(OAuthError::invalid_grant("The code_verifier is missing.")),
        (None, Some(_)) => {
            Err(OAuthError::invalid_grant("A code_verifier was sent, but no code_challenge before."))
        }
    }
}
