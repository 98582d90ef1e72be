//! What can be done, as the audit calls it. A call's word is chosen in `http/audit/actions.rs`.
//!
//! A word that was written once is found in databases and in what back ends filter by: it stays, and new ones are added.

use std::fmt;
use std::str::FromStr;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What somebody did, or tried to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum AuditAction {
            $($(#[$doc])* $name,)*
        }

        impl AuditAction {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its word, in the database, the log and answers.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

actions! {
    /// A page opened a session, or took up one that a back end minted.
    OpenSession = "openSession",
    /// A back end minted a session.
    MintSession = "mintSession",
    /// A back end had a link made, to a page of this server.
    CreateLink = "createLink",
    /// A link was opened by a press, or went on in the browser that had opened it.
    OpenLink = "openLink",
    /// A back end ended a link.
    RevokeLink = "revokeLink",
    /// A page ended its session.
    EndSession = "endSession",
    /// A sign-in was begun in the widget.
    BeginSignIn = "beginSignIn",
    /// The sign-in window left for the service, by the proof of the page that opened it or by a press.
    LeaveForService = "leaveForService",
    /// The service sent the window back, or a sandbox sign-in was played to its end.
    FinishSignIn = "finishSignIn",
    /// Credentials were typed, or a bank's token was brought.
    EnterCredentials = "enterCredentials",
    /// One of several companies was chosen.
    ChooseCompany = "chooseCompany",
    /// A connection was authorised; in the transaction of that very change.
    Connect = "connect",
    /// Its authorisation ran out.
    ExpireConnection = "expireConnection",
    /// It was disconnected: by a back end, or because its service does not accept it any more.
    DisconnectConnection = "disconnectConnection",
    /// It was deleted.
    DeleteConnection = "deleteConnection",
    /// Its company was taken from it.
    UntieConnection = "untieConnection",
    /// The access token behind it was read.
    ReadAccessToken = "readAccessToken",
    /// Its service was called through the proxy.
    CallService = "callService",
    /// A connectionToken was signed for a success page.
    IssueConnectionToken = "issueConnectionToken",
    /// A connectionToken was redeemed.
    RedeemConnectionToken = "redeemConnectionToken",
    /// A business was made by a back end.
    CreateBusiness = "createBusiness",
    /// A business got another name.
    RenameBusiness = "renameBusiness",
    /// A business was deleted: by a back end, or by the sweep since it never connected anything.
    DeleteBusiness = "deleteBusiness",
    /// Tokens of an older system were taken in.
    MigrateConnection = "migrateConnection",
    /// A secret key was made.
    CreateKey = "createKey",
    /// A secret key was replaced by another one.
    RotateKey = "rotateKey",
    /// A secret key was ended.
    RevokeKey = "revokeKey",
    /// A widget was registered.
    CreateWidget = "createWidget",
    /// A widget was changed.
    ChangeWidget = "changeWidget",
    /// A widget was deleted, with everything that came through it.
    DeleteWidget = "deleteWidget",
    /// A webhook was registered.
    RegisterWebhook = "registerWebhook",
    /// A webhook was changed.
    ChangeWebhook = "changeWebhook",
    /// A webhook was deleted.
    DeleteWebhook = "deleteWebhook",
    /// A webhook got another secret.
    RotateWebhookSecret = "rotateWebhookSecret",
    /// A delivery was sent once more.
    ReplayDelivery = "replayDelivery",
    /// Events of a sandbox were fired for practice.
    FireWebhooks = "fireWebhooks",
    /// Any other call, which `detail` names.
    OtherCall = "otherCall",
}

/// An action that there is not.
#[derive(Debug, thiserror::Error)]
#[error("there is no action of this name")]
pub struct UnknownActionError;

impl FromStr for AuditAction {
    type Err = UnknownActionError;

    fn from_str(word: &str) -> Result<Self, UnknownActionError> {
        Self::ALL.iter().copied().find(|action| action.word() == word).ok_or(UnknownActionError)
    }
}

impl fmt::Display for AuditAction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

impl AuditAction {
    /// Whether it only reads, and may come as often as a back end likes.
    pub fn only_reads(self) -> bool {
        matches!(self, Self::ReadAccessToken | Self::CallService | Self::OtherCall)
    }
}
