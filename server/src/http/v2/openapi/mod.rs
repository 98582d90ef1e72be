//! The description of this API (`OpenAPI` 3.1), put together from what stands beside the handlers.
//!
//! A handler's own attribute says what it takes and answers; `every_operation.rs` adds what is the same everywhere, `schemas.rs` has the
//! shapes that several of them name. `docs/openapi.json` is this document; a test compares.

mod every_operation;
pub(super) mod schemas;

use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{OpenApi as Document, Required, ResponseBuilder};
use utoipa::{Modify, OpenApi};

use crate::http::jwks;

use super::{
    access_token, businesses, company, connections, events, links, migrate, redeem, sessions, webhooks,
};
use every_operation::{CommonToAll, add_refusals, add_response};
use schemas::{
    ActionWord, BusinessStatusWord, ConnectionStatusWord, DeliveryStateWord, ErrorAnswer, EventWord,
    MomentText, OutcomeWord,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "The back end's API",
        description = "What a customer's back end asks a Connect server, with a secret key of its widget and never from a page. \
                       Prose and examples: docs/back-end-api.md; webhooks: docs/webhooks.md. What the widget itself asks in a page \
                       (/widget/…, /services/url, /{service}/account and their like) is no part of this document: \
                       docs/contract-rules.md has what Railz Connect 2.23 asks, docs/contract.md what is added.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    paths(
        sessions::mint,
        links::generate,
        links::revoke,
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
        (name = "Links", description = "To the page on which this server shows the widget itself"),
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
        (HttpMethod::Head, "headThroughProxy"),
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
