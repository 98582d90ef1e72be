//! What must not be printed: keys, tokens, and the random values that stand for a visitor. Each is a type of its own, so that none
//! is taken for another, and `Debug` shows none.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::rand::{SecureRandom, SystemRandom};
use serde::Deserialize;

macro_rules! secrets {
    ($($(#[$doc:meta])+ $name:ident,)+) => {$(
        $(#[$doc])+
        #[derive(Clone, PartialEq, Eq, Hash, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The text itself, for the one place that it is meant for.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.trim().to_owned())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!(stringify!($name), "(not shown)"))
            }
        }
    )+};
}

secrets! {
    /// A secret key of the Connect server, `rck_…`: what this site proves itself with.
    SecretKey,
    /// The secret of a webhook, `whsec_…`: what its deliveries are signed with.
    WebhookSecret,
    /// The token of a session, which the page hands to the widget.
    SessionToken,
    /// What the success page received to trust: a JWS.
    ConnectionToken,
    /// The cookie's value of somebody who is signed in here.
    VisitorId,
    /// Which of a visitor's open pages asks.
    PageId,
    /// What ties the hand-over to the visitor's page (`state` of the session).
    PageState,
}

/// The system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random bytes")]
pub struct RandomError;

/// 256 random bits as text, for a cookie, a `state` or an idempotency key.
///
/// # Errors
/// [`RandomError`].
pub fn random_text() -> Result<String, RandomError> {
    let mut bytes = [0; 32];
    SystemRandom::new().fill(&mut bytes).map_err(|_| RandomError)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_prints() {
        assert_eq!(format!("{:?}", SecretKey::from("rck_right")), "SecretKey(not shown)");
        assert_eq!(format!("{:?}", WebhookSecret::from("whsec_1")), "WebhookSecret(not shown)");
    }

    #[test]
    fn two_random_texts_are_two() {
        assert_ne!(random_text().unwrap(), random_text().unwrap());
    }
}
