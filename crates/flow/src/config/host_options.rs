//! The options as they came: what the shell reads from the JavaScript object, before anything is checked.

use super::address::AddressOption;
use super::raw_value::RawValue;
use crate::json::JsonText;

/// The options as they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HostOptions {
    /// `widgetId`: which of the server's widgets this is. The one option that has to be there.
    pub widget_id: RawValue,
    /// `businessName`: whose connections are shown; the server makes a name where none is given.
    pub business_name: RawValue,
    /// `businessUuid`: the same by the id that the server gave; it counts before the name.
    pub business_uuid: RawValue,
    /// `successUrl`: the page that receives the connection.
    pub success_url: AddressOption,
    /// `successMethod`: `POST`, unless it says `GET`.
    pub success_method: RawValue,
    /// `sessionToken`: of the session that the host's back end made.
    pub session_token: RawValue,
    /// `getSession`: gives another one when it ran out.
    pub get_session: GetSession,
    /// `state`: handed to the success page as it came.
    pub state: RawValue,
    /// `redirectUrl`: where the browser goes after a success, without fields. Not beside `successUrl`.
    pub redirect_url: AddressOption,
    /// `closeRedirectUrl`: where the browser goes after an exit; without it the page shows no close button.
    pub close_redirect_url: AddressOption,
    /// Whether the package opened a dialog for the widget (`open`). No option: a host's own `isModal` says nothing.
    pub modal: bool,
    /// `metadata` as JSON: the host's own data, which the server echoes.
    pub metadata: Option<JsonText>,
    /// `endpoint`: the server's address; it counts before the two that follow.
    pub endpoint: AddressOption,
    /// The `data-endpoint` attribute of the script tag.
    pub data_endpoint: AddressOption,
    /// The address the script came from, where a Connect server serves it.
    pub script_endpoint: AddressOption,
    /// `options.sessionTimeout`: how long a sign-in is waited for, in seconds.
    pub session_timeout: RawValue,
    /// `options.debug`: whether the console hears which server was found, and of options and services that are unknown.
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

/// `getSession` as it came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GetSession {
    /// Not given, `null`, `undefined` or `""`.
    #[default]
    Absent,
    /// A function, which the shell calls.
    Function,
    /// Something else, by what it is.
    Wrong(&'static str),
}

impl HostOptions {
    /// What was given under a path of [`MORE_OPTIONS`](super::MORE_OPTIONS).
    pub(crate) fn at(&self, path: &str) -> &RawValue {
        self.more.iter().find(|(one, _)| *one == path).map_or(&RawValue::Absent, |(_, value)| value)
    }
}
