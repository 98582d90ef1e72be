//! Access and refresh tokens: issued, refreshed, revoked.
//!
//! A grant is the root and tokens only point at it, so that ending the grant ends all of them. A refresh token that comes
//! a second time ends its grant: one of the two senders was a thief (RFC 9700, section 4.14).

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{
    approval::{Approval, Exchange},
    bounded::Bounded,
};
use crate::{
    clock::{Clock, Moment},
    oauth::{ErrorCode, OAuthError, request::is_scope},
    random::random_token,
    services::{
        profile::{AccessTokenFormat, RefreshRotation},
        profiles,
    },
};

/// A client that proved itself, at one service.
#[derive(Debug, Clone, Copy)]
pub struct AuthenticatedClient<'a> {
    /// The service at whose token endpoint it asks, by its id.
    pub service: &'a str,
    /// Who it is, by its `client_id`.
    pub client_id: &'a str,
}

/// What a client is given. It cannot be printed.
pub struct Tokens {
    /// For calls to the service, good for as long as the service has it.
    pub access: String,
    /// For the next tokens, good for one use; nothing where the one before stays good.
    pub refresh: Option<String>,
    /// What the access token allows.
    pub scope: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Access { expires: Moment },
    Refresh,
    SpentRefresh,
}

#[derive(Debug, Clone)]
struct Token {
    kind: Kind,
    grant: String,
}

/// All tokens that are good or were, and the approvals behind them.
#[derive(Debug)]
pub struct IssuedTokens {
    tokens: Bounded<Token>,
    approvals: Bounded<Approval>,
}

impl Default for IssuedTokens {
    fn default() -> Self {
        Self { tokens: Bounded::new(20_000), approvals: Bounded::new(5_000) }
    }
}

impl IssuedTokens {
    /// The first tokens of a grant under this id: what an approval was exchanged for.
    ///
    /// # Errors
    /// `server_error` without randomness.
    pub fn start_grant(
        &mut self,
        grant: String,
        approval: Approval,
        clock: &Clock,
    ) -> Result<Tokens, OAuthError> {
        let (scope, brief) = (approval.scope.clone(), approval.exchange == Exchange::Brief);
        self.approvals.insert(grant.clone(), approval);
        if brief {
            return Ok(Tokens { access: self.issue_access(&grant, clock)?, refresh: None, scope });
        }
        self.issue_tokens(grant, scope, clock)
    }

    /// Ends every token of a grant.
    pub fn end_grant(&mut self, grant: &str) {
        self.approvals.remove(grant);
    }

    /// New tokens for a refresh token, which is used up (RFC 6749, section 6).
    ///
    /// # Errors
    /// `invalid_grant`, or `invalid_scope` when more is asked than was granted.
    pub fn refresh(
        &mut self,
        caller: AuthenticatedClient<'_>,
        refresh: &str,
        scope: Option<&str>,
        clock: &Clock,
    ) -> Result<Tokens, OAuthError> {
        let unknown = || {
            OAuthError::invalid_grant(
                "The refresh_token is unknown, revoked, or was issued to another client.",
            )
        };
        let token = self.tokens.get(refresh).cloned().ok_or_else(unknown)?;
        let granted = self.grant_of(&token, caller).ok_or_else(unknown)?.scope.clone();
        match token.kind {
            Kind::Access { .. } => return Err(unknown()),
            Kind::SpentRefresh => {
                self.approvals.remove(&token.grant);
                return Err(OAuthError::invalid_grant(
                    "The refresh_token was used before; the whole grant is revoked.",
                ));
            }
            Kind::Refresh => {}
        }
        let scope = narrow_scope(&granted, scope)?;
        if profiles::find(caller.service).refresh == RefreshRotation::Stays {
            let access = self.issue_access(&token.grant, clock)?;
            return Ok(Tokens { access, refresh: None, scope });
        }
        let tokens = self.issue_tokens(token.grant.clone(), scope, clock)?;
        self.tokens.insert(refresh.to_owned(), Token { kind: Kind::SpentRefresh, grant: token.grant });
        Ok(tokens)
    }

    /// Ends a token (RFC 7009): an access token alone, a refresh token with everything of its grant. A token that is
    /// not known counts as ended.
    ///
    /// # Errors
    /// `invalid_grant` when the token is another client's.
    pub fn revoke(&mut self, caller: AuthenticatedClient<'_>, token: &str) -> Result<Revoked, OAuthError> {
        let Some(known) = self.tokens.get(token).cloned() else { return Ok(Revoked::Nothing) };
        if self.approvals.get(&known.grant).is_none() {
            return Ok(Revoked::Nothing);
        }
        if self.grant_of(&known, caller).is_none() {
            return Err(OAuthError::invalid_grant("The token was issued to another client."));
        }
        match known.kind {
            Kind::Access { .. } => {
                self.tokens.remove(token);
                Ok(Revoked::AccessToken)
            }
            Kind::Refresh | Kind::SpentRefresh => {
                self.approvals.remove(&known.grant);
                Ok(Revoked::Grant)
            }
        }
    }

    /// The approval behind an access token that is still good at `service`.
    pub fn find_approval(&self, service: &str, access: &str, now: Moment) -> Option<&Approval> {
        let token = self.tokens.get(access)?;
        match token.kind {
            Kind::Access { expires } if now < expires => {
                self.approvals.get(&token.grant).filter(|approval| approval.service == service)
            }
            _ => None,
        }
    }

    /// Ends an access token before its time; the rest of its grant stays.
    pub fn end_access_token(&mut self, access: &str) {
        self.tokens.remove(access);
    }

    fn grant_of(&self, token: &Token, caller: AuthenticatedClient<'_>) -> Option<&Approval> {
        self.approvals
            .get(&token.grant)
            .filter(|approval| approval.client_id == caller.client_id && approval.service == caller.service)
    }

    fn issue_tokens(&mut self, grant: String, scope: String, clock: &Clock) -> Result<Tokens, OAuthError> {
        let refresh = random_token()?;
        let access = self.issue_access(&grant, clock)?;
        self.tokens.insert(refresh.clone(), Token { kind: Kind::Refresh, grant });
        Ok(Tokens { access, refresh: Some(refresh), scope })
    }

    fn issue_access(&mut self, grant: &str, clock: &Clock) -> Result<String, OAuthError> {
        let approval = self.approvals.get(grant);
        let profile = profiles::find(approval.map_or("", |approval| approval.service.as_str()));
        let opaque = random_token()?;
        let access = match (profile.access, approval) {
            (AccessTokenFormat::Jwt, Some(approval)) => {
                let claims = serde_json::json!({ "authentication_event_id": approval.event }).to_string();
                let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
                format!("{head}.{}.{opaque}", URL_SAFE_NO_PAD.encode(claims))
            }
            (AccessTokenFormat::Opaque | AccessTokenFormat::Jwt, _) => opaque,
        };
        let lifetime = approval.map_or(Duration::from_secs(profile.lifetime), Approval::lifetime);
        let expires = clock.now().after(lifetime);
        self.tokens.insert(access.clone(), Token { kind: Kind::Access { expires }, grant: grant.to_owned() });
        Ok(access)
    }
}

/// What a revocation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    /// The token was not good any more.
    Nothing,
    /// One access token; the rest of its grant stays.
    AccessToken,
    /// A refresh token and every token of the same grant.
    Grant,
}

fn narrow_scope(granted: &str, asked: Option<&str>) -> Result<String, OAuthError> {
    let Some(asked) = asked else { return Ok(granted.to_owned()) };
    let within = is_scope(asked) && asked.split(' ').all(|word| granted.split(' ').any(|g| g == word));
    if within {
        Ok(asked.to_owned())
    } else {
        Err(OAuthError::new(ErrorCode::InvalidScope, "The scope asks for more than was granted."))
    }
}
