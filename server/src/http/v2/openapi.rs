//! The description of this API (`OpenAPI` 3.1), put together from what stands beside the handlers.
//!
//! A handler's own attribute says what it takes and answers. What is the same everywhere (the key, the refusals of a wrong one,
//! `Idempotency-Key`) is added here, so that no handler can forget it. `docs/openapi.json` is this document; a test compares.

use std::borrow::Cow;

use utoipa::openapi::link::LinkBuilder;
use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{
    AnyOfBuilder, ArrayItems, KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type,
};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, HeaderBuilder, OpenApi as Document, PathItem, Ref, RefOr, Required, Response,
    ResponseBuilder,
};
use utoipa::{IntoParams, Modify, OpenApi, PartialSchema, ToSchema};

use crate::domain::audit_event::{Actor, AuditAction, AuditOutcome};
use crate::domain::business_list::BusinessStatus;
use crate::domain::idempotent_request::LONGEST_KEY;
use crate::domain::webhook::EventKind;
use crate::domain::webhook_delivery::DeliveryState;
use crate::http::jwks;

use super::{access_token, businesses, company, connections, events, migrate, redeem, sessions, webhooks};

/// What a business may be called: printable, something to be seen, and nothing of what 2.23 reserves.
const BUSINESS_NAME: &str =
    r#"^[^%\[\]\\*|(){}"\x00-\x1f\x7f-\x9f]*[0-9A-Za-z][^%\[\]\\*|(){}"\x00-\x1f\x7f-\x9f]*$"#;

/// The operations whose body may be left out.
const MAY_SAY_NOTHING: [&str; 3] = ["mintSession", "changeWebhook", "rotateWebhookSecret"];

/// Which operation makes something, the parameter that others name it by, the field of the answer, and those others.
const LINKS: [(&str, &str, &str, &[&str]); 2] = [
    ("createBusiness", "business", "businessUuid", &["getBusiness", "renameBusiness", "deleteBusiness"]),
    (
        "registerWebhook",
        "webhook",
        "webhookId",
        &["getWebhook", "changeWebhook", "rotateWebhookSecret", "listDeliveries", "deleteWebhook"],
    ),
];

#[derive(OpenApi)]
#[openapi(
    info(
        title = "The back end's API",
        description = "What a customer's back end asks a Connect server, with a secret key of its widget and never from a page. \
                       Prose and examples: docs/back-end-api.md; webhooks: docs/webhooks.md.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    paths(
        sessions::mint,
        businesses::create,
        businesses::list,
        businesses::get,
        businesses::rename,
        businesses::delete,
        connections::list,
        connections::disconnect,
        connections::untie,
        connections::get,
        connections::delete,
        access_token::get,
        company::get,
        company::info,
        migrate::take_over,
        redeem::redeem,
        events::list,
        jwks::list,
    ),
    components(schemas(
        ErrorAnswer,
        ActionWord,
        OutcomeWord,
        BusinessStatusWord,
        ConnectionStatusWord,
        DeliveryStateWord,
        EventWord,
        MomentText,
    )),
    tags(
        (name = "Sessions", description = "Sessions that the back end opens for people"),
        (name = "Businesses", description = "Those whose books are connected"),
        (name = "Connections", description = "Between a business and a service"),
        (name = "Webhooks", description = "What the back end is told by itself"),
        (name = "Events", description = "Who did what"),
        (name = "Signing keys", description = "What connectionTokens are checked with"),
    ),
)]
struct BackEndApi;

/// The whole document. It names no server: where it is served, the public address is added.
pub fn document() -> Document {
    let mut document = BackEndApi::openapi();
    document.merge(webhooks::Webhooks::openapi());
    CommonToAll.modify(&mut document);
    add_proxy(&mut document);
    document
}

/// The proxy answers to every path and method with whatever the service answers, so no attribute can describe it.
fn add_proxy(document: &mut Document) {
    let methods = [
        (HttpMethod::Get, "getThroughProxy"),
        (HttpMethod::Post, "postThroughProxy"),
        (HttpMethod::Put, "putThroughProxy"),
        (HttpMethod::Patch, "patchThroughProxy"),
        (HttpMethod::Delete, "deleteThroughProxy"),
    ];
    for (method, id) in methods {
        let path = "/v2/connections/{connection}/proxy/{path}";
        document.paths.add_path_operation(path, vec![method], proxied_call(id));
    }
}

fn proxied_call(id: &str) -> Operation {
    let parameter = |name: &str, description: &str| {
        ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .description(Some(description))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .build()
    };
    let passed_on = ResponseBuilder::new().description("What the service answered, as it is").build();
    let mut operation = OperationBuilder::new()
        .operation_id(Some(id))
        .tag("Connections")
        .summary(Some("Calls the service with its access token"))
        .description(Some(
            "The path may have slashes, and is below the service's API address; query, body and most headers travel along. What \
             this server answers itself has the header Railz-Proxy-Error.",
        ))
        .parameter(parameter("connection", "Its connectionId"))
        .parameter(parameter("path", "As the service's documentation has it"))
        .security(SecurityRequirement::new("secretKey", ["tokens"]))
        .response("default", passed_on)
        .build();
    add_refusals(&mut operation);
    for (status, description) in [
        ("404", "The key's widget has none of this connectionId"),
        ("409", "It is not active, or its service has no API address or no access tokens"),
        ("502", "The service cannot be reached"),
        ("504", "The service did not answer in time"),
    ] {
        add_response(&mut operation, status, description);
    }
    operation
}

/// What every operation has.
struct CommonToAll;

impl Modify for CommonToAll {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        let key = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("rck_…")
            .description(Some(
                "A secret key of the widget (connect-server key create), with the scope that the operation names. A request \
                 with an Origin is refused: a secret key never belongs in a page.",
            ))
            .build();
        components.add_security_scheme("secretKey", SecurityScheme::Http(key));
        for item in document.paths.paths.values_mut() {
            item.post.iter_mut().for_each(add_idempotency);
            item.post.iter_mut().for_each(add_links);
            let PathItem { get, put, post, delete, patch, .. } = item;
            for operation in [get, put, post, delete, patch].into_iter().flatten() {
                loosen_body(operation);
                loosen_query(operation);
                add_refusals(operation);
            }
        }
    }
}

/// An empty body is one in which nothing is said.
fn loosen_body(operation: &mut Operation) {
    let id = operation.operation_id.as_deref().unwrap_or_default();
    if let (true, Some(RefOr::T(body))) = (MAY_SAY_NOTHING.contains(&id), &mut operation.request_body) {
        body.required = Some(Required::False);
    }
}

/// In a query an empty value is an absent one, whatever would stand there.
fn loosen_query(operation: &mut Operation) {
    let nothing = || ObjectBuilder::new().schema_type(Type::String).max_length(Some(0));
    let or_nothing =
        |schema: RefOr<Schema>| RefOr::T(AnyOfBuilder::new().item(schema).item(nothing()).build().into());
    for parameter in operation.parameters.iter_mut().flatten() {
        let RefOr::T(parameter) = parameter else { continue };
        if parameter.parameter_in != ParameterIn::Query {
            continue;
        }
        parameter.schema = match parameter.schema.take() {
            Some(RefOr::T(Schema::Array(mut list))) => {
                if let ArrayItems::RefOrSchema(item) = list.items {
                    list.items = ArrayItems::RefOrSchema(Box::new(or_nothing(*item)));
                }
                Some(RefOr::T(Schema::Array(list)))
            }
            schema => schema.map(or_nothing),
        };
    }
}

/// What can be done next with something that was made.
fn add_links(operation: &mut Operation) {
    let id = operation.operation_id.as_deref().unwrap_or_default();
    let Some((_, parameter, field, next)) = LINKS.iter().find(|(made_by, ..)| *made_by == id) else { return };
    let Some(RefOr::T(response)) = operation.responses.responses.get_mut("201") else { return };
    for next in *next {
        let link =
            LinkBuilder::new().operation_id(*next).parameter(*parameter, format!("$response.body#/{field}"));
        response.links.insert((*next).to_owned(), RefOr::T(link.build()));
    }
}

fn add_refusals(operation: &mut Operation) {
    let answers_keys = operation.security.as_ref().is_some_and(|all| !all.is_empty());
    let refusals: &[(&str, &str)] = if answers_keys {
        &[
            ("400", "The request cannot be read, or something in it is wrong; the message names it"),
            ("401", "There is no secret key, or none that is valid"),
            (
                "403",
                "The key lacks the scope, comes from a page, or what is asked is not this widget's to ask",
            ),
            ("500", "A fault of this server"),
        ]
    } else {
        &[("500", "A fault of this server")]
    };
    for (status, description) in refusals {
        add_response(operation, status, description);
    }
}

/// Adds a refusal, unless the operation says itself what it means.
fn add_response(operation: &mut Operation, status: &str, description: &str) {
    let said = &mut operation.responses.responses;
    said.entry(status.to_owned()).or_insert_with(|| RefOr::T(refusal(description)));
}

fn refusal(description: &str) -> Response {
    let body = ContentBuilder::new().schema(Some(RefOr::<Schema>::Ref(Ref::from_schema_name("ErrorAnswer"))));
    ResponseBuilder::new().description(description).content("application/json", body.build()).build()
}

fn add_idempotency(operation: &mut Operation) {
    let key = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(LONGEST_KEY))
        .pattern(Some("^[!-~]([ -~]*[!-~])?$"));
    let parameter = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "Repeated with it, the call is answered as the first time, for a day: nothing is done twice.",
        ))
        .schema(Some(key));
    let parameters = operation.parameters.get_or_insert_default();
    parameters.push(RefOr::T(parameter.build()));
    let description =
        "The Idempotency-Key was used for another body, or its request is under way; or see the message";
    add_response(operation, "409", description);
    for (status, response) in &mut operation.responses.responses {
        if let (true, RefOr::T(response)) = (status.starts_with('2'), response) {
            let replayed = HeaderBuilder::new()
                .description(Some("`true` where this is the answer of before"))
                .schema(Some(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["true"]))));
            response.headers.insert("Idempotency-Replayed".to_owned(), RefOr::T(replayed.build()));
        }
    }
}

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
pub(super) struct ErrorAnswer {
    error: ErrorDetailItem,
    /// Always empty.
    #[schema(value_type = Object)]
    payload: (),
}

/// What is wrong.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "as above")]
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
pub(super) struct ClaimedConnectionItem {
    connection_id: String,
    service_name: String,
    /// Whether the person of this visit signed in to it.
    signed_in: bool,
}

/// Which page of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document's form of what `ListQuery` reads")]
pub(super) struct PageQuery {
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
        pub(super) struct $name;

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
    ConnectionStatusWord = super::connections::STATUSES.map(|(word, _)| word);
    /// What became of a delivery.
    DeliveryStateWord = DeliveryState::ALL.map(DeliveryState::word);
    /// What a webhook is told of.
    EventWord = EventKind::ALL.map(EventKind::word);
}

/// The name of a business, as somebody gives it.
pub(super) struct BusinessNameText;

impl PartialSchema for BusinessNameText {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(2))
            .max_length(Some(40))
            .pattern(Some(BUSINESS_NAME))
            .description(Some(
                "2 to 40 characters, not blank, none of % [ ] \\ * | ( ) { } \" and no control characters",
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
pub(super) struct MomentText;

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
