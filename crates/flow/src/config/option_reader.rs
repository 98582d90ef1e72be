//! Reading many options of which any may be wrong: the first wrong one is kept until the end, so that each reading is one
//! call and not a branch of its own. Bytes are counted here.

use std::cell::RefCell;

use super::error::ConfigError;
use super::host_options::HostOptions;

/// The host's options while they are read, with the first error so far.
pub(super) struct OptionReader<'a> {
    pub(super) options: &'a HostOptions,
    wrong: RefCell<Option<ConfigError>>,
}

impl<'a> OptionReader<'a> {
    pub(super) fn new(options: &'a HostOptions) -> Self {
        Self { options, wrong: RefCell::new(None) }
    }

    /// A switch; the value that it has when nobody touches it is the caller's.
    #[inline(never)]
    pub(super) fn bool(&self, path: &'static str) -> Option<bool> {
        self.keep(self.options.at(path).bool(path)).flatten()
    }

    #[inline(never)]
    pub(super) fn text(&self, path: &'static str) -> Option<String> {
        self.keep(self.options.at(path).text(path, "a text")).flatten()
    }

    #[inline(never)]
    pub(super) fn list(&self, path: &'static str, expected: &'static str) -> Vec<String> {
        self.keep(self.options.at(path).list(path, expected)).unwrap_or_default()
    }

    /// Keeps what is wrong, unless something was wrong before.
    pub(super) fn keep<T>(&self, read: Result<T, ConfigError>) -> Option<T> {
        read.map_err(|error| self.wrong.borrow_mut().get_or_insert(error).option).ok()
    }

    /// What was read, if nothing was wrong.
    pub(super) fn finish<T>(self, read: T) -> Result<T, ConfigError> {
        self.wrong.into_inner().map_or(Ok(read), Err)
    }
}
