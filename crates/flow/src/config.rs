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
mod theme;

use railz_connect_contract::{BUSINESS_NAME_RULE, BusinessName, BusinessUuid, ServiceName, WidgetId};

use crate::json::JsonText;

pub use address::{AddressOption, RawAddress};
pub use components::{Components, Shown};
pub use error::ConfigError;
pub use host_options::HostOptions;
pub use known::{MORE_OPTIONS, holds_known_options, is_known_option};
pub use link::HostLink;
pub use raw_value::RawValue;
pub use theme::Theme;

/// The server of the package we replace, where nothing else is said.
pub const DEFAULT_ENDPOINT: &str = "https://auth.railz.ai";

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
    /// What happens after a success.
    pub after_success: AfterSuccess,
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
    /// The host's own words, by their keys.
    pub labels: Vec<(String, String)>,
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
        /// The host's opaque state.
        state: Option<FormState>,
    },
    /// The same fields go to the success page in the query string.
    Get {
        /// The success page.
        url: String,
        /// The host's opaque state.
        state: Option<FormState>,
    },
    /// A plain navigation without fields, as `redirectUrl` has always meant.
    Redirect {
        /// Where to, verbatim.
        url: String,
    },
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
    /// Nobody.
    Default,
}

const EXCLUDE: &str = "options.services.exclude";
const COMPANY_NAME: &str = "options.content.companyName";

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

    /// Checks what the host gave.
    ///
    /// # Errors
    /// The first option that is wrong, by name, with what came and what would be right.
    pub fn read(options: &HostOptions) -> Result<Self, ConfigError> {
        let widget_id =
            options.widget_id.text("widgetId", "the id of a widget registered with the server")?;
        let widget_id = widget_id.ok_or_else(|| {
            ConfigError::missing("widgetId", "the id of a widget registered with the server")
        })?;
        let debug = options.debug.bool("options.debug")?.unwrap_or(false);
        Ok(Self {
            widget_id: WidgetId::new(widget_id),
            business_name: business_name(&options.business_name)?,
            business_uuid: options
                .business_uuid
                .text("businessUuid", "the id of a business, such as BIZ-…")?
                .map(BusinessUuid::new),
            after_success: after_success(options)?,
            close_redirect_url: options.close_redirect_url.web_address("closeRedirectUrl")?,
            modal: options.modal,
            metadata: options.metadata.clone(),
            endpoint: endpoint(options)?,
            session_timeout_ms: session_timeout(&options.session_timeout)? * 1000,
            excluded_services: options
                .at(EXCLUDE)
                .list(EXCLUDE, "a list of service ids, such as [\"xero\"]")?
                .into_iter()
                .map(ServiceName::new)
                .collect(),
            components: Components::read(options)?,
            theme: Theme::read(options),
            labels: options.labels.clone(),
            company_name: options.at(COMPANY_NAME).text(COMPANY_NAME, "a text")?,
            country_codes: options
                .at("countryCodes")
                .list("countryCodes", "a list of country codes, such as [\"US\", \"CA\"]")?,
            debug,
            unknown_options: options.unknown.clone(),
            older_options: known::OLDER_OPTIONS
                .into_iter()
                .filter(|(older, _)| !options.at(older).is_absent())
                .collect(),
        })
    }
}

fn business_name(option: &RawValue) -> Result<Option<BusinessName>, ConfigError> {
    let Some(name) = option.text("businessName", BUSINESS_NAME_RULE)? else { return Ok(None) };
    let wrong = |_| ConfigError::wrong("businessName", &name, BUSINESS_NAME_RULE);
    BusinessName::parse(&name).map(Some).map_err(wrong)
}

fn after_success(options: &HostOptions) -> Result<AfterSuccess, ConfigError> {
    let success = options.success_url.web_address("successUrl")?;
    let redirect = options.redirect_url.web_address("redirectUrl")?;
    let method = success_method(&options.success_method)?;
    let state = options.state.text("state", "a text that the success page receives as it is")?.map(FormState);
    match (success, redirect, method) {
        (Some(_), Some(redirect), _) => Err(ConfigError::wrong("redirectUrl", &redirect, ONE_OF_TWO)),
        (Some(url), None, Method::Post) => Ok(AfterSuccess::Post { url, state }),
        (Some(url), None, Method::Get) => Ok(AfterSuccess::Get { url, state }),
        (None, Some(url), _) => Ok(AfterSuccess::Redirect { url }),
        (None, None, _) => Ok(AfterSuccess::Stay),
    }
}

const ONE_OF_TWO: &str =
    "either successUrl, which receives the connectionId, or redirectUrl, which receives nothing";

enum Method {
    Post,
    Get,
}

/// Checked with or without a success page, so that a mistake shows at once and not when the page is added.
fn success_method(option: &RawValue) -> Result<Method, ConfigError> {
    const METHODS: &str = "\"post\" or \"get\"";
    match option.text("successMethod", METHODS)? {
        None => Ok(Method::Post),
        Some(method) if method.eq_ignore_ascii_case("post") => Ok(Method::Post),
        Some(method) if method.eq_ignore_ascii_case("get") => Ok(Method::Get),
        Some(other) => Err(ConfigError::wrong("successMethod", &other, METHODS)),
    }
}

fn endpoint(options: &HostOptions) -> Result<Endpoint, ConfigError> {
    let named = [
        (&options.endpoint, "endpoint", EndpointSource::Option),
        (&options.data_endpoint, "data-endpoint", EndpointSource::ScriptAttribute),
        (&options.script_endpoint, "endpoint", EndpointSource::ScriptOrigin),
    ];
    for (option, name, source) in named {
        if let Some(url) = option.web_address(name)? {
            return Ok(Endpoint { url: url.trim_end_matches('/').to_owned(), source });
        }
    }
    Ok(Endpoint { url: DEFAULT_ENDPOINT.to_owned(), source: EndpointSource::Default })
}

/// In seconds. 0 means the default, as it does in 2.23.
fn session_timeout(option: &RawValue) -> Result<u32, ConfigError> {
    const EXPECTED: &str = "a number of seconds up to 86400";
    let Some(seconds) = option.number("options.sessionTimeout", EXPECTED)? else {
        return Ok(DEFAULT_SESSION_TIMEOUT_SECONDS);
    };
    if !(0.0..=f64::from(LONGEST_SESSION_TIMEOUT_SECONDS)).contains(&seconds) {
        let received = option.text("options.sessionTimeout", EXPECTED)?.unwrap_or_default();
        return Err(ConfigError::wrong("options.sessionTimeout", &received, EXPECTED));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was checked just above"
    )]
    let whole = seconds.ceil() as u32;
    Ok(if whole == 0 { DEFAULT_SESSION_TIMEOUT_SECONDS } else { whole })
}
