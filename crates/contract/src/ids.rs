//! Identifiers as types of their own, so that a connection's id cannot be passed where a business's is due.
//!
//! All travel as plain JSON strings. [`AccessToken`] and [`ConnectorPassword`] are secrets and do not print.

use crate::text_id;
use crate::unprintable::unprintable;

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

unprintable! {
    /// Ours: what the server signed for the success page. [`ConnectionToken::expose`] is for the form that takes it there.
    ConnectionToken
}
unprintable! {
    /// The bearer token of a session. It cannot be printed; [`AccessToken::expose`] is for the one header it travels in.
    AccessToken
}
unprintable! {
    /// The password that QuickBooks Web Connector asks for. It cannot be printed; people read it once.
    ConnectorPassword
}
