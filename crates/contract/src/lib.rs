//! The wire between the widget and a Connect server: what is sent, what comes back, no behaviour.
//!
//! It is the contract of Railz Connect 2.23 (wire revision 13.4.0) with additions that an old client ignores; each
//! addition is marked "Ours" here and explained in `docs/contract.md`. The JSON files in `golden/` are read by the tests
//! of this crate, of the server and of the widget, so that none of them can drift alone.
//! Start with [`SessionResponse`], then [`AddressResponse`] and [`Connection`].

mod account;
mod address;
mod bank;
mod business_name;
mod connection;
mod credentials;
mod error;
mod ids;
mod integration;
mod labels_by_id;
mod lenient;
mod names;
mod sandbox;
mod session;
mod text_id;
mod unprintable;

pub use account::{AccountChoice, AccountItem, AccountList, AccountsResponse};
pub use address::{AddressResponse, StartProof};
pub use bank::{
    BankResponse, LinkToken, LinkTokenRequest, LinkTokenResponse, PublicToken, SetAccessTokenRequest,
    UpdateConnectionRequest,
};
pub use business_name::{BUSINESS_NAME_RULE, BusinessNameError};
pub use connection::{
    BankAccount, Connection, ConnectionAccounts, ConnectionError, ConnectionState, EntityRef, Institution,
    InstitutionMetadata, RefusalReason, ServiceAccountRef,
};
pub use credentials::{CredentialsResult, IntacctCredentials, NetsuiteCredentials};
pub use error::{BUSINESS_NOT_FOUND, CONNECTION_TIMEOUT, ErrorBody, ErrorDetail, ErrorMessage};
pub use ids::{
    AccessToken, AttemptId, BusinessName, BusinessUuid, ConnectionId, ConnectionToken, ConnectorPassword,
    IntegrationUuid, ServiceName, WidgetId,
};
pub use integration::{ExtraConfigurations, Integration, ServiceKind};
pub use labels_by_id::LabelsById;
pub use sandbox::{SandboxLogin, UseCase};
pub use session::{BillingPlan, Feature, SessionKind, SessionRequest, SessionResponse};

/// The header in which a client says which revision of the contract it speaks.
pub const VERSION_HEADER: &str = "railz-connect-version";

/// The revision of the contract spoken here, as Railz Connect 2.23.0 sends it.
pub const VERSION: &str = "13.4.0";
