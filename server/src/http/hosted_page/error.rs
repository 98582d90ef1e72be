//! Why a link shows no widget, in words for the person who opened it.

use axum::http::StatusCode;

use crate::http::error_response::{ErrorResponse, OUR_FAULT, respond_with_error};
use crate::http::popup_page::Tone;
use crate::random::RandomnessError;
use crate::store::StoreError;

/// Why a link cannot be used, or not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::http) enum LinkUnusableError {
    #[error("there is no such link")]
    Unknown,
    #[error("the link's time is over")]
    Expired,
    #[error("the link was revoked")]
    Revoked,
    #[error("the link's business is connected")]
    Connected,
    #[error("the link was opened in another browser")]
    OtherBrowser,
}

impl LinkUnusableError {
    /// The heading of the page that says it.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Unknown => "This link is not known",
            Self::Expired => "This link is over",
            Self::Revoked => "This link was withdrawn",
            Self::Connected => "Your business is connected",
            Self::OtherBrowser => "This link is in use in another browser",
        }
    }

    /// What the person can do about it.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Unknown => {
                "Its address may be incomplete, or it was over long ago. Open it once more from the message that you got, or \
                 ask whoever gave it to you for a new one."
            }
            Self::Expired => {
                "Links like this one work for a limited time. Please ask whoever gave it to you for a new one."
            }
            Self::Revoked => {
                "Whoever gave it to you does not need it any more. If you think that this is a mistake, ask them for a new one."
            }
            Self::Connected => {
                "The link has done its work, and nothing is left to be done with it. To connect more, ask whoever gave it to you for \
                 a new one."
            }
            Self::OtherBrowser => {
                "Go on in the browser in which you opened it first, perhaps the one of your mail program. If that was not you, \
                 tell whoever gave it to you, and ask them for a new one."
            }
        }
    }

    /// How the page looks.
    pub(super) fn tone(self) -> Tone {
        match self {
            Self::Connected => Tone::Good,
            Self::Expired | Self::Revoked => Tone::Neutral,
            Self::Unknown | Self::OtherBrowser => Tone::Bad,
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Expired | Self::Revoked | Self::Connected => StatusCode::GONE,
            Self::OtherBrowser => StatusCode::CONFLICT,
        }
    }
}

/// Why the page is not shown, or gives no session. Messages are for the person.
#[derive(Debug, thiserror::Error)]
pub(in crate::http) enum HostedPageError {
    #[error(transparent)]
    Over(#[from] LinkUnusableError),
    #[error("a page of another site asks for a session of a link")]
    OtherPage,
    #[error("the body is no JSON of the hosted page's")]
    Unreadable,
    #[error("the browser did not send back the hosted page's cookie")]
    NoCookie,
    #[error("the code is missing, or not the link's")]
    WrongCode,
    #[error("an answer has a header that is none: {0}")]
    Header(#[from] axum::http::header::InvalidHeaderValue),
    #[error(transparent)]
    Randomness(#[from] RandomnessError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ErrorResponse for HostedPageError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Over(over) => over.status(),
            Self::OtherPage | Self::NoCookie | Self::WrongCode => StatusCode::FORBIDDEN,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Header(_) | Self::Randomness(_) | Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Over(over) => format!("{}. {}", over.title(), over.text()),
            Self::OtherPage | Self::Unreadable => {
                "This page was opened in a way that it is not made for. Open the link from the message that you got.".to_owned()
            }
            Self::NoCookie => {
                "This browser keeps no cookies for this page, which could not know you again. Allow them and load the page \
                 again, or open the link in another browser."
                    .to_owned()
            }
            Self::WrongCode => {
                "A part of the link is missing. Open it once more from the message that you got, or copy the whole of it."
                    .to_owned()
            }
            Self::Header(_) | Self::Randomness(_) | Self::Store(_) => OUR_FAULT.to_owned(),
        }
    }
}

respond_with_error!(HostedPageError);
