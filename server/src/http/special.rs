//! What the routes of services without plain OAuth share: who asks, and how proving ended in words.

use axum::http::StatusCode;

use super::bearer::Bearer;
use super::refusal::{OUR_FAULT, Refusal, answers};
use crate::random::NoRandomness;
use crate::special::Special;
use crate::special::listing::session_text;
use crate::special::prove::{Asker, NotProved};
use crate::special::web::WebFailed;
use crate::store::StoreError;

/// For whom something is to be proved.
pub(super) fn asker(bearer: &Bearer) -> Asker {
    Asker {
        widget: bearer.widget.id.clone(),
        business: bearer.session.business.clone(),
        session: session_text(bearer.session.token),
    }
}

/// Why credentials could not be tried. Wrong ones are no refusal: they are answered with `success: false`.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotTried {
    #[error("{} is not offered by this server", .0.name())]
    NotOffered(Special),
    #[error("the body cannot be read: {0}")]
    Body(String),
    #[error("no connection to {} was begun: ask /services/url first", .0.name())]
    NotBegun(Special),
    #[error("{service}: {1}", service = .0.name())]
    Unreachable(Special, WebFailed),
    #[error("{service} gave an answer that cannot be understood: {1}", service = .0.name())]
    Strange(Special, String),
    #[error("nothing is to be chosen for {} (any more): begin again", .0.name())]
    NothingToChoose(Special),
    #[error("{0}")]
    DifferentCompany(String),
    #[error("the same connection was changed at the same moment")]
    Overtaken,
    #[error(transparent)]
    NotProved(#[from] NotProved),
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Refusal for NotTried {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotOffered(_) | Self::Body(_) => StatusCode::BAD_REQUEST,
            // A 404 would make clients of 2.23 believe that the whole widget is not available.
            Self::NotBegun(_) | Self::NothingToChoose(_) | Self::DifferentCompany(_) | Self::Overtaken => {
                StatusCode::CONFLICT
            }
            Self::Unreachable(..) | Self::Strange(..) => StatusCode::BAD_GATEWAY,
            Self::NotProved(_) | Self::NoRandomness(_) | Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Unreachable(special, WebFailed::NotPublic(_) | WebFailed::NotHttps) => {
                format!("This address is none of {}. Please check it.", special.name())
            }
            Self::Unreachable(special, WebFailed::Network(_)) => {
                format!("{} did not answer in time. Please try again in a few minutes.", special.name())
            }
            Self::Unreachable(special, WebFailed::TooLarge) | Self::Strange(special, _) => {
                format!(
                    "{} gave an answer that could not be understood. Please try again later.",
                    special.name()
                )
            }
            Self::NotProved(_) | Self::NoRandomness(_) | Self::Store(_) => OUR_FAULT.to_owned(),
            told => told.to_string(),
        }
    }
}

answers!(NotTried);
