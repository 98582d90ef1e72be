//! Identifiers as types of their own, so that a connection's id cannot be passed where a business's is due.
//!
//! All travel as plain JSON strings. [`AccessToken`] is the one secret among them and does not print.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text as it travels.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

text_id! {
    /// A widget as registered with a Connect server; sandbox widgets carry the prefix `SB_PROD_`.
    WidgetId
}
text_id! {
    /// A business by its number, `BIZ-<uuid>` on our server.
    BusinessUuid
}
text_id! {
    /// A business by its name, unique within the customer that runs the widget.
    BusinessName
}
text_id! {
    /// A connection between a business and a service, `CON-<uuid>` on our server.
    ConnectionId
}
text_id! {
    /// A service as one widget offers it.
    IntegrationUuid
}
text_id! {
    /// Ours: one try at signing in, so that an answer says which try it is about.
    AttemptId
}
text_id! {
    /// A service: `quickbooks`, `xero`, `railzSandbox`, or one that only the server knows.
    ServiceName
}

impl ServiceName {
    /// Railz Cloud Accounting, the sandbox service that connects without any authorisation.
    pub const SANDBOX: &'static str = "railzSandbox";

    /// Whether this is the sandbox service.
    pub fn is_sandbox(&self) -> bool {
        self.0 == Self::SANDBOX
    }
}

/// The bearer token of a session. It cannot be printed; [`AccessToken::expose`] is for the one header it travels in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccessToken(String);

impl AccessToken {
    /// Takes the token as the server made it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The token itself, for the `Authorization` header and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AccessToken(not shown)")
    }
}

/// The password that QuickBooks Web Connector asks for. It cannot be printed; people read it once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConnectorPassword(String);

impl ConnectorPassword {
    /// Takes the password as the server made it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The password itself, for the person's eyes.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ConnectorPassword {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ConnectorPassword(not shown)")
    }
}
