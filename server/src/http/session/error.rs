//! Why no session opens, in words for the developer of the page.

use axum::http::StatusCode;
use railz_connect_contract::{BUSINESS_NOT_FOUND, BusinessNameError};

use crate::access::business::FindBusinessError;
use crate::access::visits::BeginSessionError;
use crate::domain::registered_address::AddressError;
use crate::domain::visit_settings::SettingsError;
use crate::http::body_fault::BodyFault;
use crate::http::cors::{self, CorsError};
use crate::http::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::random::RandomnessError;
use crate::store::StoreError;

/// Why no session opens.
#[derive(Debug, thiserror::Error)]
pub(in crate::http) enum SessionError {
    #[error("no widget has the id that the page names")]
    NoWidget(String),
    #[error(transparent)]
    Page(#[from] CorsError),
    #[error("{0}")]
    Name(#[from] BusinessNameError),
    #[error("no business of this widget has this businessUuid")]
    NoBusiness,
    #[error("the body is not the session call's JSON: {0}")]
    Body(BodyFault),
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error("no page (Origin) asks for a session of widget {0}, and no minted one is brought")]
    NoPage(String),
    #[error("widget {0} takes minted sessions only, and the page brought none")]
    MintedOnly(String),
    #[error("a sessionToken that is unknown or over")]
    UnknownToken,
    #[error("a sessionToken that was minted for another widget than {0}")]
    OtherWidget(String),
    #[error("the token of a session that is for another page than {0}")]
    OtherPage(String),
    #[error("the token of an open session where a minted one is due")]
    NotMinted,
    #[error("a secret key in the session call of a page")]
    SecretKey,
    #[error("{0} of the page is not what the back end said when it minted the session")]
    Contradiction(&'static str),
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<FindBusinessError> for SessionError {
    fn from(error: FindBusinessError) -> Self {
        match error {
            FindBusinessError::Unknown => Self::NoBusiness,
            FindBusinessError::Randomness(error) => Self::Randomness(error),
            FindBusinessError::Store(error) => Self::Store(error),
        }
    }
}

impl From<BeginSessionError> for SessionError {
    fn from(error: BeginSessionError) -> Self {
        match error {
            BeginSessionError::Randomness(error) => Self::Randomness(error),
            BeginSessionError::Store(error) => Self::Store(error),
        }
    }
}

impl ErrorResponse for SessionError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoWidget(_) | Self::NoBusiness => StatusCode::NOT_FOUND,
            Self::Page(refused) => refused.status(),
            Self::UnknownToken => StatusCode::UNAUTHORIZED,
            // The page may not: clients tell people so, and take a 400 for a server that is out of order (contract rule H7).
            Self::Settings(SettingsError::Address { error: AddressError::NotRegistered(_), .. })
            | Self::NoPage(_)
            | Self::MintedOnly(_)
            | Self::OtherWidget(_)
            | Self::OtherPage(_)
            | Self::NotMinted
            | Self::SecretKey => StatusCode::FORBIDDEN,
            Self::Name(_) | Self::Body(_) | Self::Settings(_) | Self::Contradiction(_) => {
                StatusCode::BAD_REQUEST
            }
            Self::Randomness(_) | Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::NoWidget(id) => {
                format!("There is no widget with the id {id:?}. Check the widgetId of the page.")
            }
            Self::NoBusiness => BUSINESS_NOT_FOUND.to_owned(),
            Self::Page(refused) => refused.message(),
            Self::Name(refused) => refused.to_string(),
            Self::Settings(refused) => refused.to_string(),
            Self::Body(_) => self.to_string(),
            Self::NoPage(_) => {
                "A page opens a session, and its browser says which page that is (Origin). Outside a page, have your back end \
                 mint one with a secret key (POST /v2/sessions)."
                    .to_owned()
            }
            Self::MintedOnly(_) => {
                "This widget takes no sessions that a page opens. Have your back end mint one (POST /v2/sessions) and give \
                 its sessionToken to mount."
                    .to_owned()
            }
            Self::UnknownToken => {
                "The session is over or was never minted. Have your back end mint another one (POST /v2/sessions).".to_owned()
            }
            Self::OtherWidget(widget) => {
                format!("The sessionToken is not one of the widget {widget}: mint it with a secret key of that widget.")
            }
            Self::OtherPage(origin) => {
                let origin = cors::shown(origin);
                format!("The sessionToken came of a link, and is for the page that the link leads to, not for {origin}.")
            }
            Self::NotMinted => {
                "The sessionToken is not one that a back end minted. Give mount what POST /v2/sessions answered.".to_owned()
            }
            Self::SecretKey => {
                "A secret key never belongs in a page: whoever opens the page can read it. Revoke it, and have your back end \
                 mint a session with another one (POST /v2/sessions)."
                    .to_owned()
            }
            Self::Contradiction(field) => {
                format!(
                    "{field} is not what your back end said when it minted this session: leave it out in the page, or give \
                     the same."
                )
            }
            Self::Randomness(_) | Self::Store(_) => OUR_FAULT.to_owned(),
        }
    }
}

respond_with_error!(SessionError);
