//! What people granted: codes that become tokens, tokens that are refreshed, and their end.
//!
//! A grant is the root; codes and tokens only point at it, so that removing the grant ends all of them. A code or a
//! refresh token that comes a second time removes its grant: one of the two senders was a thief (RFC 6749, section
//! 4.1.2; RFC 9700, section 4.14).

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{BRIEF, CODE_LIFE, bounded::Bounded};
use crate::{
    oauth::{Challenge, ErrorCode, OAuthError, request::is_scope},
    services::habits::{self, Access, Refresh},
    world::{Moment, World},
};

/// What the token endpoint will do with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exchange {
    /// Gives tokens for it.
    Works,
    /// Gives an access token for [`BRIEF`] and nothing to renew it with, as the person asked.
    Brief,
    /// Refuses it, as the person asked on the consent page.
    Refused,
}

/// A person's yes.
#[derive(Debug, Clone)]
pub struct Approval {
    /// The service id.
    pub service: String,
    /// Who may use the code.
    pub client_id: String,
    /// The `redirect_uri` of the request, if it had one; the exchange must name the same.
    pub sent_redirect: Option<String>,
    /// What was granted.
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
            Exchange::Brief => BRIEF,
            Exchange::Works | Exchange::Refused => Duration::from_secs(habits::of(&self.service).lifetime),
        }
    }
}

/// A client that proved itself, at one service.
#[derive(Debug, Clone, Copy)]
pub struct Caller<'a> {
    /// The service id.
    pub service: &'a str,
    /// The client's id.
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

#[derive(Debug)]
struct Code {
    approval: Approval,
    expires: Moment,
    spent_for: Option<String>,
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

/// All grants.
#[derive(Debug)]
pub struct Grants {
    codes: Bounded<Code>,
    tokens: Bounded<Token>,
    approvals: Bounded<Approval>,
}

impl Default for Grants {
    fn default() -> Self {
        Self { codes: Bounded::new(1_000), tokens: Bounded::new(20_000), approvals: Bounded::new(5_000) }
    }
}

fn invalid_grant(sentence: &str) -> OAuthError {
    OAuthError::new(ErrorCode::InvalidGrant, sentence)
}

impl Grants {
    /// A code for an approval, good once and for [`CODE_LIFE`].
    ///
    /// # Errors
    /// `server_error` without randomness.
    pub fn issue_code(&mut self, approval: Approval, world: &World) -> Result<String, OAuthError> {
        let code = world.token()?;
        let expires = world.now().after(CODE_LIFE);
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
        caller: Caller<'_>,
        code: &str,
        redirect: Option<&str>,
        verifier: Option<&str>,
        world: &World,
    ) -> Result<Tokens, OAuthError> {
        let unknown = || invalid_grant("The code is unknown or was issued to another client.");
        let held = self.codes.get_mut(code).ok_or_else(unknown)?;
        if held.approval.client_id != caller.client_id || held.approval.service != caller.service {
            return Err(unknown());
        }
        let approval = held.approval.clone();
        let grant = world.token()?;
        if let Some(earlier) = held.spent_for.replace(grant.clone()) {
            self.approvals.remove(&earlier);
            return Err(invalid_grant("The code was used before; what it gave is revoked."));
        }
        if world.now() >= held.expires {
            return Err(invalid_grant("The code is too old, it is good for 60 seconds."));
        }
        if approval.sent_redirect.as_deref() != redirect {
            return Err(invalid_grant("The redirect_uri is not the one of the authorisation request."));
        }
        match (&approval.challenge, verifier) {
            (None, None) => {}
            (Some(challenge), Some(verifier)) if challenge.is_answered_by(verifier) => {}
            (Some(_), Some(_)) => {
                return Err(invalid_grant("The code_verifier does not match the challenge."));
            }
            (Some(_), None) => return Err(invalid_grant("The code_verifier is missing.")),
            (None, Some(_)) => {
                return Err(invalid_grant("A code_verifier was sent, but no code_challenge before."));
            }
        }
        if approval.exchange == Exchange::Refused {
            return Err(invalid_grant("The person asked this practice provider to refuse the exchange."));
        }
        let (scope, brief) = (approval.scope.clone(), approval.exchange == Exchange::Brief);
        self.approvals.insert(grant.clone(), approval);
        if brief {
            return Ok(Tokens { access: self.issue_access(&grant, world)?, refresh: None, scope });
        }
        self.issue_tokens(grant, scope, world)
    }

    /// New tokens for a refresh token, which is used up (RFC 6749, section 6).
    ///
    /// # Errors
    /// `invalid_grant`, or `invalid_scope` when more is asked than was granted.
    pub fn refresh(
        &mut self,
        caller: Caller<'_>,
        refresh: &str,
        scope: Option<&str>,
        world: &World,
    ) -> Result<Tokens, OAuthError> {
        let unknown =
            || invalid_grant("The refresh_token is unknown, revoked, or was issued to another client.");
        let token = self.tokens.get(refresh).cloned().ok_or_else(unknown)?;
        let granted = self.grant_of(&token, caller).ok_or_else(unknown)?.scope.clone();
        match token.kind {
            Kind::Access { .. } => return Err(unknown()),
            Kind::SpentRefresh => {
                self.approvals.remove(&token.grant);
                return Err(invalid_grant("The refresh_token was used before; the whole grant is revoked."));
            }
            Kind::Refresh => {}
        }
        let scope = narrowed(&granted, scope)?;
        if habits::of(caller.service).refresh == Refresh::Stays {
            let access = self.issue_access(&token.grant, world)?;
            return Ok(Tokens { access, refresh: None, scope });
        }
        let tokens = self.issue_tokens(token.grant.clone(), scope, world)?;
        self.tokens.insert(refresh.to_owned(), Token { kind: Kind::SpentRefresh, grant: token.grant });
        Ok(tokens)
    }

    /// Ends a token (RFC 7009): an access token alone, a refresh token with everything of its grant. A token that is
    /// not known counts as ended.
    ///
    /// # Errors
    /// `invalid_grant` when the token is another client's.
    pub fn revoke(&mut self, caller: Caller<'_>, token: &str) -> Result<Revoked, OAuthError> {
        let Some(held) = self.tokens.get(token).cloned() else { return Ok(Revoked::Nothing) };
        if self.approvals.get(&held.grant).is_none() {
            return Ok(Revoked::Nothing);
        }
        if self.grant_of(&held, caller).is_none() {
            return Err(invalid_grant("The token was issued to another client."));
        }
        match held.kind {
            Kind::Access { .. } => {
                self.tokens.remove(token);
                Ok(Revoked::AccessToken)
            }
            Kind::Refresh | Kind::SpentRefresh => {
                self.approvals.remove(&held.grant);
                Ok(Revoked::Grant)
            }
        }
    }

    /// The approval behind an access token that is still good at `service`.
    pub fn behind(&self, service: &str, access: &str, now: Moment) -> Option<&Approval> {
        let token = self.tokens.get(access)?;
        match token.kind {
            Kind::Access { expires } if now < expires => {
                self.approvals.get(&token.grant).filter(|approval| approval.service == service)
            }
            _ => None,
        }
    }

    fn grant_of(&self, token: &Token, caller: Caller<'_>) -> Option<&Approval> {
        self.approvals
            .get(&token.grant)
            .filter(|approval| approval.client_id == caller.client_id && approval.service == caller.service)
    }

    fn issue_tokens(&mut self, grant: String, scope: String, world: &World) -> Result<Tokens, OAuthError> {
        let refresh = world.token()?;
        let access = self.issue_access(&grant, world)?;
        self.tokens.insert(refresh.clone(), Token { kind: Kind::Refresh, grant });
        Ok(Tokens { access, refresh: Some(refresh), scope })
    }

    fn issue_access(&mut self, grant: &str, world: &World) -> Result<String, OAuthError> {
        let approval = self.approvals.get(grant);
        let habits = habits::of(approval.map_or("", |approval| approval.service.as_str()));
        let opaque = world.token()?;
        let access = match (habits.access, approval) {
            (Access::Jwt, Some(approval)) => {
                let claims = serde_json::json!({ "authentication_event_id": approval.event }).to_string();
                let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
                format!("{head}.{}.{opaque}", URL_SAFE_NO_PAD.encode(claims))
            }
            (Access::Word | Access::Jwt, _) => opaque,
        };
        let lifetime = approval.map_or(Duration::from_secs(habits.lifetime), Approval::lifetime);
        let expires = world.now().after(lifetime);
        self.tokens.insert(access.clone(), Token { kind: Kind::Access { expires }, grant: grant.to_owned() });
        Ok(access)
    }
}

/// What a revocation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    /// The token was not good any more.
    Nothing,
    /// One access token.
    AccessToken,
    /// A refresh token and every token of the same grant.
    Grant,
}

fn narrowed(granted: &str, asked: Option<&str>) -> Result<String, OAuthError> {
    let Some(asked) = asked else { return Ok(granted.to_owned()) };
    let within = is_scope(asked) && asked.split(' ').all(|word| granted.split(' ').any(|g| g == word));
    if within {
        Ok(asked.to_owned())
    } else {
        Err(OAuthError::new(ErrorCode::InvalidScope, "The scope asks for more than was granted."))
    }
}
