//! The options as they came: what the shell reads from the JavaScript object, before anything is checked.

use super::address::AddressOption;
use super::raw_value::RawValue;
use crate::json::JsonText;

/// The options as they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HostOptions {
    /// `widgetId`
    pub widget_id: RawValue,
    /// `businessName`
    pub business_name: RawValue,
    /// `businessUuid`
    pub business_uuid: RawValue,
    /// `successUrl`
    pub success_url: AddressOption,
    /// `successMethod`
    pub success_method: RawValue,
    /// `state`
    pub state: RawValue,
    /// `redirectUrl`
    pub redirect_url: AddressOption,
    /// `closeRedirectUrl`
    pub close_redirect_url: AddressOption,
    /// Whether the package opened a dialog for the widget (`open`). No option: a host's own `isModal` says nothing.
    pub modal: bool,
    /// `metadata`, as JSON
    pub metadata: Option<JsonText>,
    /// `endpoint`
    pub endpoint: AddressOption,
    /// The `data-endpoint` attribute of the script tag.
    pub data_endpoint: AddressOption,
    /// The address the script came from, where a Connect server serves it.
    pub script_endpoint: AddressOption,
    /// `options.sessionTimeout`
    pub session_timeout: RawValue,
    /// `options.debug`
    pub debug: RawValue,
    /// What was given of [`MORE_OPTIONS`](super::MORE_OPTIONS), each under its path there.
    pub more: Vec<(&'static str, RawValue)>,
    /// `options.content`, each text under its key with dots (`serviceSelect.title`).
    pub labels: Vec<(String, String)>,
    /// Whether `options.content.terms.link` is `null`, which takes the link to the terms away.
    pub terms_hidden: bool,
    /// The names of options that this widget does not know.
    pub unknown: Vec<String>,
}

impl HostOptions {
    /// What was given under a path of [`MORE_OPTIONS`](super::MORE_OPTIONS).
    pub(crate) fn at(&self, path: &str) -> &RawValue {
        self.more.iter().find(|(one, _)| *one == path).map_or(&RawValue::Absent, |(_, value)| value)
    }
}
