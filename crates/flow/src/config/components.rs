//! Which parts of the widget the host wants to see (`options.components` and its older top-level names, contract rule H1).

use railz_connect_contract::ServiceKind;

use super::link::{self, HostLink};
use super::option_reader::OptionReader;

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
    /// The close button; there is one only where the host says where it leads.
    pub close: bool,
    /// The sentence that says that this is a sandbox.
    pub sandbox: bool,
    /// The row with the host's logo.
    pub watermark: bool,
    /// The title block of the root screens.
    pub header: bool,
    /// The link to the host's terms.
    pub terms: HostLink,
    /// The link to the host's help.
    pub help: HostLink,
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
            close: false,
            sandbox: true,
            watermark: true,
            header: true,
            terms: HostLink::default(),
            help: HostLink::default(),
            required: Vec::new(),
        }
    }
}

const KINDS: &str = "a list of \"accounting\", \"banking\" and \"commerce\"";

/// Each kind with its name and its own switch.
const REQUIRED: [(ServiceKind, &str, &str); 3] = [
    (ServiceKind::Accounting, "accounting", "options.components.accountingRequired"),
    (ServiceKind::Banking, "banking", "options.components.bankingRequired"),
    (ServiceKind::Commerce, "commerce", "options.components.commerceRequired"),
];

impl Components {
    /// The switches by their names, as the server is told of them.
    pub fn switches(&self) -> [(&'static str, bool); 15] {
        let required = |kind| self.required.contains(&kind);
        [
            ("overview", self.overview != Shown::Never),
            ("summary", self.summary != Shown::Never),
            ("progressBar", self.progress_bar),
            ("navigableProgressBar", self.navigable_progress_bar),
            ("back", self.back),
            ("search", self.search),
            ("close", self.close),
            ("sandbox", self.sandbox),
            ("watermark", self.watermark),
            ("header", self.header),
            ("terms", self.terms.wanted),
            ("helpLink", self.help.wanted),
            ("accountingRequired", required(ServiceKind::Accounting)),
            ("bankingRequired", required(ServiceKind::Banking)),
            ("commerceRequired", required(ServiceKind::Commerce)),
        ]
    }

    pub(super) fn read(reader: &OptionReader<'_>) -> Self {
        let on = |path| reader.bool_at(path).unwrap_or(true);
        let either = |path, older| reader.bool_at(path).or(reader.bool_at(older));
        let shown = |path| match reader.bool_at(path) {
            Some(true) => Shown::Always,
            Some(false) => Shown::Never,
            None => Shown::WhereUseful,
        };
        let unmarked = reader.bool_at("removeRailzWatermark").unwrap_or(false);
        Self {
            overview: shown("options.components.overview"),
            summary: shown("options.components.summary"),
            progress_bar: on("options.components.progressBar"),
            navigable_progress_bar: on("options.components.navigableProgressBar"),
            back: on("options.components.back"),
            search: either("options.components.search", "serviceFilterEnabled").unwrap_or(true),
            close: either("options.components.close", "closeEnabled").unwrap_or(false),
            sandbox: on("options.components.sandbox"),
            watermark: reader.bool_at("options.components.watermark").unwrap_or(!unmarked),
            header: either("options.components.header", "headerEnabled").unwrap_or(true),
            terms: link::terms(reader),
            help: link::help(reader),
            required: required(reader),
        }
    }
}

/// A kind is required by its own switch or by being listed. Listed names that are no kinds are passed over, as in 2.23.
fn required(reader: &OptionReader<'_>) -> Vec<ServiceKind> {
    let listed = reader.list_at("options.kinds.hideSkip", KINDS);
    let mut kinds = Vec::new();
    for (kind, name, path) in REQUIRED {
        if reader.bool_at(path).unwrap_or(false) || listed.iter().any(|one| one == name) {
            kinds.push(kind);
        }
    }
    kinds
}
