//! What the success page received, and what of it is believed.
//!
//! Everything that a browser sends is a claim. First its `state` must be that of a page which this visitor has open; then the
//! connectionToken is checked offline and redeemed, and what the server gives for it counts. Where there is no token (the server
//! was slow to sign), the claimed connection is looked up.

use std::time::SystemTime;

use url::form_urlencoded;

use crate::accepted_hand_over::AcceptedHandOver;
use crate::back_end::BackEnd;
use crate::connect_api::ConnectError;
use crate::connections::{self, ClaimedConnection, ConnectionId};
use crate::redeem::redeem;
use crate::secret::{ConnectionToken, PageState};
use crate::verify_token::TokenError;
use crate::visitors::Visitor;

/// The fields as they came; what is missing is empty.
#[derive(Clone, Debug, Default)]
pub struct ReceivedFields {
    /// `POST` or `GET`.
    pub method: &'static str,
    /// `connectionId`; where several were connected, the first.
    pub connection_id: String,
    /// `businessName`
    pub business_name: String,
    /// `businessUuid`
    pub business_uuid: String,
    /// `serviceName`
    pub service_name: String,
    /// `state`
    pub state: String,
    /// `connectionToken`
    pub connection_token: Option<ConnectionToken>,
}

impl ReceivedFields {
    /// Reads a form or a query. Of fields that come several times the last one counts.
    pub fn read(method: &'static str, encoded: &[u8]) -> Self {
        let mut read = Self { method, ..Self::default() };
        for (name, value) in form_urlencoded::parse(encoded).into_owned() {
            match name.as_str() {
                "connectionId" => read.connection_id = value,
                "businessName" => read.business_name = value,
                "businessUuid" => read.business_uuid = value,
                "serviceName" => read.service_name = value,
                "state" => read.state = value,
                "connectionToken" => read.connection_token = Some(value.as_str().into()),
                _ => {}
            }
        }
        read
    }
}

/// Why it is not believed.
#[derive(Debug, thiserror::Error)]
pub enum HandOverError {
    /// There is no connection in it.
    #[error("nothing was handed over")]
    Empty,
    /// No page of this visitor has its `state`: it is of another visitor, or was made up.
    #[error("its state is of no page that this visitor has open")]
    State,
    /// The token is signed for another `state` or another business than this visitor's.
    #[error("it is for another visitor")]
    OtherVisitor,
    /// The connectionToken is changed, of another server or widget, over, or was seen before.
    #[error("the connectionToken: {0}")]
    Token(#[from] TokenError),
    /// The Connect server did not redeem it, or could not be asked.
    #[error(transparent)]
    Connect(#[from] ConnectError),
}

impl HandOverError {
    /// What kept us from asking whether to believe it, where that was it: nothing is said against what arrived.
    pub fn trouble(&self) -> Option<&ConnectError> {
        match self {
            Self::Token(TokenError::Keys(error)) => Some(error),
            Self::Connect(error) => Some(error).filter(|error| error.may_pass() || error.status().is_none()),
            _ => None,
        }
    }
}

/// Believes what was handed over to this visitor, or says why not.
///
/// # Errors
/// [`HandOverError`].
pub async fn accept(
    back_end: &BackEnd,
    visitor: &Visitor,
    received: &ReceivedFields,
    now: SystemTime,
) -> Result<AcceptedHandOver, HandOverError> {
    let state = PageState::from(received.state.as_str());
    if received.connection_id.is_empty() && received.connection_token.is_none() {
        return Err(HandOverError::Empty);
    }
    let business = visitor.business_uuid.as_deref().filter(|_| visitor.has_state(&state));
    let business = business.ok_or(HandOverError::State)?;
    match &received.connection_token {
        Some(token) => take_in(back_end, business, &state, received.method, token, now).await,
        None => look_up(back_end, business, visitor, received).await,
    }
}

async fn take_in(
    back_end: &BackEnd,
    business: &str,
    state: &PageState,
    method: &'static str,
    token: &ConnectionToken,
    now: SystemTime,
) -> Result<AcceptedHandOver, HandOverError> {
    let claims = back_end.tokens.verify(&back_end.api, token, now).await?;
    if claims.state.as_ref() != Some(state) || claims.business_uuid != business {
        // It stays good for whoever it is for.
        back_end.tokens.release(&claims);
        return Err(HandOverError::OtherVisitor);
    }
    let redeemed = redeem(&back_end.api, token, &claims).await.inspect_err(|error| {
        if error.may_pass() {
            back_end.tokens.release(&claims);
        }
    })?;
    if redeemed.state.as_ref() != Some(state) || redeemed.business_uuid != business {
        return Err(HandOverError::OtherVisitor);
    }
    let mut connections = redeemed.connections;
    connections.sort_by_key(|connection| !connection.signed_in);
    if connections.is_empty() {
        return Err(HandOverError::Empty);
    }
    Ok(AcceptedHandOver {
        method,
        business_name: redeemed.business_name,
        business_uuid: redeemed.business_uuid,
        connections,
    })
}

async fn look_up(
    back_end: &BackEnd,
    business: &str,
    visitor: &Visitor,
    received: &ReceivedFields,
) -> Result<AcceptedHandOver, HandOverError> {
    let id = ConnectionId::parse(&received.connection_id).ok_or(HandOverError::OtherVisitor)?;
    let found = connections::find(&back_end.api, business, &id).await?.ok_or(HandOverError::OtherVisitor)?;
    let connection =
        ClaimedConnection { connection_id: id, service_name: found.service_name, signed_in: false };
    Ok(AcceptedHandOver {
        method: received.method,
        business_name: visitor.business.clone(),
        business_uuid: found.business_uuid,
        connections: vec![connection],
    })
}
