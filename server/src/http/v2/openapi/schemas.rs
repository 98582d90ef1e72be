//! The shapes that several operations name: refusals, pages, and the words of the code.

use std::borrow::Cow;

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use crate::domain::audit_event::{Actor, AuditAction, AuditOutcome};
use crate::domain::business_list::BusinessStatus;
use crate::domain::webhook::EventKind;
use crate::domain::webhook_delivery::DeliveryState;
use crate::http::v2::connection_status::STATUSES;

/// What a business may be called: printable, something to be seen, and nothing of what 2.23 reserves.
const BUSINESS_NAME: &str =
    r#"^[^%\[\]\\*|{}"\x00-\x1f\x7f-\x9f]*[0-9A-Za-z][^%\[\]\\*|{}"\x00-\x1f\x7f-\x9f]*$"#;

/// The body of every refusal.
#[derive(ToSchema)]
#[schema(example = json!({
    "error": {"statusCode": 404, "message": "There is no such business. Check its businessUuid.", "error": "Not Found"},
    "payload": {},
}))]
#[expect(
    dead_code,
    reason = "the document's form of a type of the contract, which knows nothing of documents"
)]
pub(in crate::http::v2) struct ErrorAnswer {
    error: ErrorDetailItem,
    /// Always empty.
    #[schema(value_type = Object)]
    payload: (),
}

/// What is wrong.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "the document's form of a part of it")]
struct ErrorDetailItem {
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599)]
    status_code: u16,
    /// What is wrong, and what would be right.
    #[schema(min_length = 1)]
    message: String,
    /// The status in words.
    error: String,
}

/// A connection that a connectionToken tells of.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "the document's form of a type that knows nothing of documents")]
pub(in crate::http::v2) struct ClaimedConnectionItem {
    connection_id: String,
    service_name: String,
    /// Whether the person of this visit signed in to it.
    signed_in: bool,
    /// `true`: no more than a page says that its company is this business's. Absent where a back end said so.
    #[schema(required = false)]
    open_session: bool,
    /// `true`: nobody can tell which company it is, since the service has no way to say it. Absent where it is told.
    #[schema(required = false)]
    company_unknown: bool,
}

/// Which page of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document's form of what `ListQuery` reads")]
pub(in crate::http::v2) struct PageQuery {
    /// How many entries at most; 100 where it is left out.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// How many are left out before them.
    #[param(minimum = 0, maximum = 2_147_483_647)]
    offset: Option<u32>,
}

/// A text that is one of these words, which are those of the code.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $words:expr;)*) => {$(
        $(#[$doc])*
        pub(in crate::http::v2) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some($words)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }
    )*};
}

words! {
    /// What somebody did.
    ActionWord = AuditAction::ALL.iter().map(|action| action.word());
    /// How it ended.
    OutcomeWord = AuditOutcome::ALL.map(AuditOutcome::word);
    /// Who did something.
    ActorWord = Actor::WORDS;
    /// What became of a business.
    BusinessStatusWord = BusinessStatus::ALL.map(BusinessStatus::word);
    /// Where the authorisation of a connection stands.
    ConnectionStatusWord = STATUSES.map(|(word, _)| word);
    /// What became of a delivery.
    DeliveryStateWord = DeliveryState::ALL.map(DeliveryState::word);
    /// What a webhook is told of.
    EventWord = EventKind::ALL.map(EventKind::word);
}

/// The name of a business, as somebody gives it.
pub(in crate::http::v2) struct BusinessNameText;

impl PartialSchema for BusinessNameText {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(2))
            .max_length(Some(40))
            .pattern(Some(BUSINESS_NAME))
            .description(Some(
                "2 to 40 characters, not blank, none of % [ ] \\ * | { } \" and no control characters",
            ))
            .into()
    }
}

impl ToSchema for BusinessNameText {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("BusinessNameText")
    }
}

/// A moment of a filter.
pub(in crate::http::v2) struct MomentText;

impl PartialSchema for MomentText {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .examples(["2026-03-01T09:30:00Z"])
            .into()
    }
}

impl ToSchema for MomentText {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("MomentText")
    }
}
