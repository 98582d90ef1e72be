//! What every operation has: the key, the refusals of a wrong one, `Idempotency-Key`. It is added here, so that no handler can
//! forget it.

use utoipa::Modify;
use utoipa::openapi::link::LinkBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{AnyOfBuilder, ArrayItems, ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, HeaderBuilder, OpenApi as Document, PathItem, Ref, RefOr, Required, Response,
    ResponseBuilder,
};

use crate::domain::idempotent_request::LONGEST_KEY;

/// The operations whose body may be left out.
const MAY_SAY_NOTHING: [&str; 3] = ["mintSession", "changeWebhook", "rotateWebhookSecret"];

/// Which operation makes something, the parameter that others name it by, the field of the answer, and those others.
const LINKS: [(&str, &str, &str, &[&str]); 3] = [
    ("createBusiness", "business", "businessUuid", &["getBusiness", "renameBusiness", "deleteBusiness"]),
    ("generateUrl", "link", "linkId", &["revokeLink"]),
    (
        "registerWebhook",
        "webhook",
        "webhookId",
        &["getWebhook", "changeWebhook", "rotateWebhookSecret", "listDeliveries", "deleteWebhook"],
    ),
];

/// What every operation has.
pub(super) struct CommonToAll;

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

pub(super) fn add_refusals(operation: &mut Operation) {
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
pub(super) fn add_response(operation: &mut Operation, status: &str, description: &str) {
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
