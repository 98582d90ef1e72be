//! The words for developers: error messages of the callbacks and lines on the console.

use railz_connect_flow::ConfigError;
use railz_connect_flow::config::EndpointSource;
use railz_connect_flow::host_event::ErrorCode;

/// Where the host's words could not be had.
pub(super) const LABELS_MISSING: &str =
    "railz-connect: the words of options.content could not be loaded; the widget's own stand in their place";

/// `errorMessage` for a code.
pub(crate) fn error_message(code: ErrorCode) -> String {
    match code {
        ErrorCode::Authentication => {
            "The server does not let this widget in: check widgetId and the page's origin."
        }
        ErrorCode::BusinessNotFound => "There is no business with this businessUuid.",
        ErrorCode::DuplicateAccount => "This account is already connected under another business.",
        ErrorCode::UnauthorizedCredentials => "The service did not accept the credentials.",
        ErrorCode::Timeout => "The sign-in was not finished in time.",
        ErrorCode::InsufficientPermission => "Access was not granted, or the person may not grant it.",
        ErrorCode::UnauthorizedClientIdKey => {
            "The service does not accept this application's own credentials."
        }
        ErrorCode::General => "Something failed. Trying again may help.",
    }
    .to_owned()
}

/// `errorMessage` when the success page was not reached.
pub(crate) fn success_page_unreached() -> String {
    "The success page was not reached, and a button shown instead. Does the page's form-action forbid it?"
        .to_owned()
}

/// `errorMessage` for a wrong option.
pub(crate) fn configuration_error(error: &ConfigError) -> String {
    error.message()
}

pub(crate) fn report_endpoint(url: &str, source: EndpointSource) -> String {
    let named_by = match source {
        EndpointSource::Option => "the endpoint option",
        EndpointSource::ScriptAttribute => "data-endpoint on the script tag",
        EndpointSource::ScriptOrigin => "the server that serves the script",
    };
    ["railz-connect: the server is ", url, ", named by ", named_by].concat()
}

pub(crate) fn report_unknown_option(name: &str) -> String {
    ["railz-connect: the option ", name, " is not known"].concat()
}

pub(crate) fn report_older_option(older: &str, newer: &str) -> String {
    ["railz-connect: the option ", older, " still counts; its newer name is ", newer].concat()
}

pub(crate) fn report_not_offered(service: &str) -> String {
    ["railz-connect: options.services.exclude names ", service, ", which is not offered"].concat()
}

pub(crate) fn report_callback_threw(event: &str) -> String {
    ["railz-connect: the page's callback for \"", event, "\" threw"].concat()
}
