//! Reading many options of which any may be wrong: the first wrong one is kept until the end, so that each reading is one
//! call and not a branch of its own, behind which everything read before has to be dropped. Bytes are counted here.

use std::cell::RefCell;

use super::address::{AddressOption, has_query_or_fragment, has_user_info};
use super::error::ConfigError;
use super::host_options::HostOptions;
use super::raw_value::RawValue;

/// The host's options while they are read, with the first error so far.
pub(super) struct OptionReader<'a> {
    pub(super) options: &'a HostOptions,
    wrong: RefCell<Option<ConfigError>>,
}

impl<'a> OptionReader<'a> {
    pub(super) fn new(options: &'a HostOptions) -> Self {
        Self { options, wrong: RefCell::new(None) }
    }

    #[inline(never)]
    pub(super) fn text(
        &self,
        value: &RawValue,
        option: &'static str,
        expected: &'static str,
    ) -> Option<String> {
        self.keep(value.text(option, expected)).flatten()
    }

    #[inline(never)]
    pub(super) fn web_address(&self, value: &AddressOption, option: &'static str) -> Option<String> {
        self.keep(value.web_address(option)).flatten()
    }

    /// An address that paths are put behind.
    pub(super) fn server_address(&self, value: &AddressOption, option: &'static str) -> Option<String> {
        let url = self.web_address(value, option)?;
        // The user info may be a password, and what is wrong goes to the host's logs.
        let user_info = has_user_info(&url);
        if user_info || has_query_or_fragment(&url) {
            let received = if user_info { "an address with user info" } else { &url };
            self.refuse(ConfigError::wrong(
                option,
                received,
                "an address without query, fragment and user info",
            ));
        }
        Some(url)
    }

    /// A switch; the value that it has when nobody touches it is the caller's.
    #[inline(never)]
    pub(super) fn bool_at(&self, path: &'static str) -> Option<bool> {
        self.keep(self.options.at(path).bool(path)).flatten()
    }

    pub(super) fn text_at(&self, path: &'static str) -> Option<String> {
        self.text(self.options.at(path), path, "a text")
    }

    #[inline(never)]
    pub(super) fn list_at(&self, path: &'static str, expected: &'static str) -> Vec<String> {
        self.keep(self.options.at(path).list(path, expected)).unwrap_or_default()
    }

    /// Keeps what is wrong, unless something was wrong before.
    pub(super) fn keep<T>(&self, read: Result<T, ConfigError>) -> Option<T> {
        read.map_err(|error| self.refuse(error)).ok()
    }

    /// Refuses the options for this, unless something was wrong before.
    #[inline(never)]
    pub(super) fn refuse(&self, error: ConfigError) {
        self.wrong.borrow_mut().get_or_insert(error);
    }

    /// What was read, if nothing was wrong.
    pub(super) fn finish<T>(self, read: T) -> Result<T, ConfigError> {
        self.wrong.into_inner().map_or(Ok(read), Err)
    }
}
