//! Errors in Plaid's form: a type, a code, and words for developers.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// Why a call is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PlaidError {
    /// Client id or secret are wrong.
    Keys,
    /// The body lacks this or has it in another form.
    Field(&'static str),
    /// This product is none of Plaid's.
    Product(String),
    /// This token of a link is unknown or too old.
    LinkToken,
    /// This public token is unknown, too old or was exchanged.
    PublicToken,
    /// This access token is unknown.
    AccessToken,
    /// This bank is unknown.
    Institution,
    /// The item was removed.
    Gone,
    /// The item is in error, by this code of Plaid's.
    Item(String),
    /// The practice provider itself has no random bytes.
    Ourselves,
}

impl PlaidError {
    fn words(&self) -> (&'static str, &str, String) {
        match self {
            Self::Keys => {
                ("INVALID_INPUT", "INVALID_API_KEYS", "client id and secret do not fit together".to_owned())
            }
            Self::Field(field) => ("INVALID_REQUEST", "INVALID_FIELD", (*field).to_owned()),
            Self::Product(product) => {
                ("INVALID_INPUT", "INVALID_PRODUCT", format!("{product} is no product that you may use"))
            }
            Self::LinkToken => {
                ("INVALID_INPUT", "INVALID_LINK_TOKEN", "the link token is unknown or too old".to_owned())
            }
            Self::PublicToken => (
                "INVALID_INPUT",
                "INVALID_PUBLIC_TOKEN",
                "the public token is unknown, too old or was exchanged".to_owned(),
            ),
            Self::AccessToken => {
                ("INVALID_INPUT", "INVALID_ACCESS_TOKEN", "the access token is unknown".to_owned())
            }
            Self::Institution => ("INVALID_INPUT", "INVALID_INSTITUTION", "there is no such bank".to_owned()),
            Self::Gone => ("ITEM_ERROR", "ITEM_NOT_FOUND", "the item was removed".to_owned()),
            Self::Item(code) => ("ITEM_ERROR", code, "the person has to do something".to_owned()),
            Self::Ourselves => ("API_ERROR", "INTERNAL_SERVER_ERROR", "no random bytes".to_owned()),
        }
    }

    /// Writes it as it stands in answers and in an item's `error`.
    pub(super) fn to_json(&self) -> Value {
        let (kind, code, message) = self.words();
        json!({
            "error_type": kind,
            "error_code": code,
            "error_message": message,
            "display_message": null,
            "documentation_url": null,
            "suggested_action": null,
            "request_id": "practice-request",
        })
    }
}

impl IntoResponse for PlaidError {
    fn into_response(self) -> Response {
        let status =
            if self == Self::Ourselves { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::BAD_REQUEST };
        (status, Json(self.to_json())).into_response()
    }
}
