//! Which parts of the widget the host wants to see (`options.components`, section 1.2 of the interface, and its older
//! top-level names).

use railz_connect_contract::ServiceKind;

/// What is shown, and what a person may leave out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the host's of its own")]
pub struct Components {
    /// The overview before the first kind of service.
    pub overview: Shown,
    /// The summary after the last kind of service.
    pub summary: Shown,
    /// The progress bar.
    pub progress_bar: bool,
    /// Whether its steps can be pressed.
    pub navigable_progress_bar: bool,
    /// The way back from a screen to the one before.
    pub back: bool,
    /// The search field over the services.
    pub search: bool,
    /// The sentence that says that this is a sandbox.
    pub sandbox: bool,
    /// The title block of the root screens.
    pub header: bool,
    /// The kinds that cannot be skipped.
    pub required: Vec<ServiceKind>,
}

/// Whether a step of its own is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The host wants it.
    Always,
    /// The host does not want it.
    Never,
    /// The host says nothing: it is shown where there is more than one kind of service to speak of.
    WhereUseful,
}

impl Default for Components {
    fn default() -> Self {
        Self {
            overview: Shown::WhereUseful,
            summary: Shown::WhereUseful,
            progress_bar: true,
            navigable_progress_bar: true,
            back: true,
            search: true,
            sandbox: true,
            header: true,
            required: Vec::new(),
        }
    }
}
