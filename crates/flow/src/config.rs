//! What the host configured, checked once. Lenient where Railz Connect 2.23 is lenient, refusing by name where it matters.
//!
//! The shell reads the raw JavaScript object into [`HostOptions`]; [`Config::read`] turns that into a [`Config`] or says
//! which option is wrong, what came and what would be right (invariant 7).

mod address;
mod components;
mod error;
mod host_options;
mod known;
mod link;
mod option_reader;
mod raw_value;
mod session;
mod theme;

use railz_connect_contract::{
    AccessToken, BUSINESS_NAME_RULE, BusinessName, BusinessUuid, ServiceName, WidgetId,
};

use crate::json::JsonText;
use option_reader::OptionReader;

pub use address::{AddressOption, RawAddress, is_web_address, trim_address};
pub use components::{Components, Shown};
pub use error::ConfigError;
pub use host_options::{GetSession, HostOptions};
pub use known::{MORE_OPTIONS, holds_known_options, is_known_option};
pub use link::HostLink;
pub use raw_value::RawValue;
pub use session::read_session_token;
pub use theme::Theme;

const DEFAULT_SESSION_TIMEOUT_SECONDS: u32 = 120;
const LONGEST_SESSION_TIMEOUT_SECONDS: u32 = 24 * 60 * 60;

/// A checked configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The widget as registered with the server.
    pub widget_id: WidgetId,
    /// The business, by name.
    pub business_name: Option<BusinessName>,
    /// The business, by id.
    pub business_uuid: Option<BusinessUuid>,
    /// The token of the session that the host's back end made. Without it the page opens one itself.
    pub session_token: Option<AccessToken>,
    /// Whether the host gives another one when it ran out (`getSession`).
    pub renews_session: bool,
    /// What happens after a success.
    pub after_success: AfterSuccess,
    /// How a success page is reached.
    pub success_method: SuccessMethod,
    /// The host's opaque state.
    pub state: Option<FormState>,
    /// Where closing leads; without it there is no close button, whatever the components say.
    pub close_redirect_url: Option<String>,
    /// Whether the widget stands in a dialog of its own (`open`), which can always be closed.
    pub modal: bool,
    /// The host's own data for the session.
    pub metadata: Option<JsonText>,
    /// The Connect server, and who named it.
    pub endpoint: Endpoint,
    /// For how long the widget waits for one sign-in before it tells the host, in milliseconds.
    pub session_timeout_ms: u32,
    /// Services that are not offered.
    pub excluded_services: Vec<ServiceName>,
    /// What is shown, and what may be left out.
    pub components: Components,
    /// Colours, font and logo.
    pub theme: Theme,
    /// The name of who asks for the connection, where the host has another than the server.
    pub company_name: Option<String>,
    /// The countries of the banks that are offered; the server's own where it is empty.
    pub country_codes: Vec<String>,
    /// Whether the developer's console hears more.
    pub debug: bool,
    /// Options that this widget does not know.
    pub unknown_options: Vec<String>,
    /// Older names that the host uses, each with the one that took its place.
    pub older_options: Vec<(&'static str, &'static str)>,
}

/// What happens after a success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterSuccess {
    /// The widget's own success screen stays.
    Stay,
    /// A form is posted to the success page.
    Post {
        /// The success page.
        url: String,
    },
    /// The same fields go to the success page in the query string.
    Get {
        /// The success page.
        url: String,
    },
    /// A plain navigation without fields, as `redirectUrl` has always meant.
    Redirect {
        /// Where to, verbatim.
        url: String,
    },
}

/// How a success page is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SuccessMethod {
    /// By a form, in its body.
    #[default]
    Post,
    /// By the query of its address.
    Get,
}

impl SuccessMethod {
    /// What happens after a success with this success page.
    pub(crate) fn to(self, url: String) -> AfterSuccess {
        match self {
            Self::Post => AfterSuccess::Post { url },
            Self::Get => AfterSuccess::Get { url },
        }
    }
}

/// The host's opaque `state`. It may be a secret of the host's, so it does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct FormState(pub String);

impl std::fmt::Debug for FormState {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("FormState(not shown)")
    }
}

/// The server and who named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The base address, without a slash at the end.
    pub url: String,
    /// Who named it.
    pub source: EndpointSource,
}

/// Who named the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointSource {
    /// The `endpoint` option.
    Option,
    /// The `data-endpoint` attribute of the script tag.
    ScriptAttribute,
    /// The script itself, which a Connect server serves.
    ScriptOrigin,
}

const EXCLUDE: &str = "options.services.exclude";

impl Config {
    /// Whether a person can close the widget: a dialog always, a part of the page where the host says where to go then.
    pub fn closable(&self) -> bool {
        self.modal || self.close_redirect_url.is_some()
    }

    /// Whether there is a close button: a dialog has one; elsewhere the host must ask for it and say where it leads
    /// (contract rule H2).
    pub fn has_close_button(&self) -> bool {
        self.modal || (self.components.close && self.close_redirect_url.is_some())
    }

    /// Whether the host's back end made the session.
    pub(crate) fn is_minted(&self) -> bool {
        self.session_token.is_some()
    }

    /// Checks what the host gave.
    ///
    /// # Errors
    /// The first option that is wrong, by name, with what came and what would be right.
    pub fn read(options: &HostOptions) -> Result<Self, ConfigError> {
        let reader = OptionReader::new(options);
        let success_method = success_method(&reader);
        let config = Self {
            widget_id: WidgetId::new(widget_id(&reader)),
            debug: reader.keep(options.debug.bool("options.debug")).flatten().unwrap_or(false),
            business_name: business_name(&reader),
            business_uuid: reader
                .text(&options.business_uuid, "businessUuid", "the id of a business, such as BIZ-…")
                .map(BusinessUuid::new),
            session_token: session::session_token(&reader),
            renews_session: session::renews_session(&reader),
            after_success: after_success(&reader, success_method),
            success_method,
            state: reader
                .text(&options.state, "state", "a text that the success page receives as it is")
                .map(FormState),
            close_redirect_url: reader.web_address(&options.close_redirect_url, "closeRedirectUrl"),
            modal: options.modal,
            metadata: options.metadata.clone(),
            endpoint: endpoint(&reader),
            session_timeout_ms: session_timeout(&reader) * 1000,
            excluded_services: reader
                .list_at(EXCLUDE, "a list of service ids, such as [\"xero\"]")
                .into_iter()
                .map(ServiceName::new)
                .collect(),
            components: Components::read(&reader),
            theme: Theme::read(options),
            company_name: reader.text_at("options.content.companyName"),
            country_codes: reader
                .list_at("countryCodes", "a list of country codes, such as [\"US\", \"CA\"]"),
            unknown_options: options.unknown.clone(),
            older_options: known::OLDER_OPTIONS
                .into_iter()
                .filter(|(older, _)| !options.at(older).is_absent())
                .collect(),
        };
        reader.finish(config)
    }
}

fn widget_id(reader: &OptionReader<'_>) -> String {
    const EXPECTED: &str = "the id of a widget registered with the server";
    let given = reader.text(&reader.options.widget_id, "widgetId", EXPECTED);
    given.unwrap_or_else(|| {
        reader.refuse(ConfigError::missing("widgetId", EXPECTED));
        String::new()
    })
}

fn business_name(reader: &OptionReader<'_>) -> Option<BusinessName> {
    let name = reader.text(&reader.options.business_name, "businessName", BUSINESS_NAME_RULE)?;
    let wrong = |_| ConfigError::wrong("businessName", &name, BUSINESS_NAME_RULE);
    reader.keep(BusinessName::parse(&name).map_err(wrong))
}

fn after_success(reader: &OptionReader<'_>, method: SuccessMethod) -> AfterSuccess {
    let options = reader.options;
    let success = reader.web_address(&options.success_url, "successUrl");
    let redirect = reader.web_address(&options.redirect_url, "redirectUrl");
    match (success, redirect) {
        (Some(_), Some(redirect)) => {
            reader.refuse(ConfigError::wrong("redirectUrl", &redirect, ONE_OF_TWO));
            AfterSuccess::Stay
        }
        (Some(url), None) => method.to(url),
        (None, Some(url)) => AfterSuccess::Redirect { url: options.redirect_url.as_written(url) },
        (None, None) => AfterSuccess::Stay,
    }
}

const ONE_OF_TWO: &str =
    "either successUrl, which receives the connectionId, or redirectUrl, which receives nothing";

/// Checked with or without a success page, so that a mistake shows at once and not when the page is added.
fn success_method(reader: &OptionReader<'_>) -> SuccessMethod {
    const METHODS: &str = "\"post\" or \"get\"";
    let method = reader.text(&reader.options.success_method, "successMethod", METHODS);
    let method = method.as_deref().unwrap_or("post");
    if method.eq_ignore_ascii_case("get") {
        return SuccessMethod::Get;
    }
    if !method.eq_ignore_ascii_case("post") {
        reader.refuse(ConfigError::wrong("successMethod", method, METHODS));
    }
    SuccessMethod::Post
}

fn endpoint(reader: &OptionReader<'_>) -> Endpoint {
    let options = reader.options;
    let named = [
        (&options.endpoint, "endpoint", EndpointSource::Option),
        (&options.data_endpoint, "data-endpoint", EndpointSource::ScriptAttribute),
        (&options.script_endpoint, "endpoint", EndpointSource::ScriptOrigin),
    ];
    for (option, name, source) in named {
        if let Some(url) = reader.server_address(option, name) {
            return Endpoint { url: url.trim_end_matches('/').to_owned(), source };
        }
    }
    reader.refuse(ConfigError::missing("endpoint", "the address of your Connect server"));
    Endpoint { url: String::new(), source: EndpointSource::Option }
}

/// In seconds. 0 means the default, as it does in 2.23.
fn session_timeout(reader: &OptionReader<'_>) -> u32 {
    const EXPECTED: &str = "a number of seconds up to 86400";
    let option = &reader.options.session_timeout;
    let seconds =
        reader.keep(option.number("options.sessionTimeout", EXPECTED)).flatten().unwrap_or_default();
    if !(0.0..=f64::from(LONGEST_SESSION_TIMEOUT_SECONDS)).contains(&seconds) {
        let received = reader.text(option, "options.sessionTimeout", EXPECTED).unwrap_or_default();
        reader.refuse(ConfigError::wrong("options.sessionTimeout", &received, EXPECTED));
        return DEFAULT_SESSION_TIMEOUT_SECONDS;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was checked just above"
    )]
    let whole = seconds.ceil() as u32;
    if whole == 0 { DEFAULT_SESSION_TIMEOUT_SECONDS } else { whole }
}
