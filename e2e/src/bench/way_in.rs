//! The three ways in which a page gets a widget, and by what a probe knows each one's parts.

/// A way in which a page gets a widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayIn {
    /// npm's 2.23.0 by its script tag, the one way for which it brings a built file that a page can load.
    OldPackage,
    /// Ours by script tag.
    ScriptTag,
    /// Our ES module, imported by a script of the page.
    Module,
}

impl WayIn {
    /// All three, in the order in which they take turns.
    pub const ALL: [Self; 3] = [Self::OldPackage, Self::ScriptTag, Self::Module];

    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OldPackage => "Railz Connect 2.23.0",
            Self::ScriptTag => "ours, script tag",
            Self::Module => "ours, module",
        }
    }

    /// A service's tile.
    pub(super) const fn tile(self) -> &'static str {
        match self {
            Self::OldPackage => "button[title]",
            Self::ScriptTag | Self::Module => "button[data-service]",
        }
    }

    /// The tile that is pressed: `QuickBooks` Online, at which both go on to a window without a question.
    pub(super) const fn pressed_tile(self) -> &'static str {
        match self {
            Self::OldPackage => "button[title='Quickbooks Online']",
            Self::ScriptTag | Self::Module => "button[data-service='quickbooks']",
        }
    }

    /// The button behind it that opens the window, where it may be pressed.
    pub(super) const fn window_button(self) -> &'static str {
        match self {
            Self::OldPackage => "railz-button[data-testid=railz-button-next] button:enabled",
            Self::ScriptTag | Self::Module => "button[data-action=continue]",
        }
    }

    /// The selector of the field that searches the services.
    pub(super) const fn search_field(self) -> &'static str {
        match self {
            Self::OldPackage => "input",
            Self::ScriptTag | Self::Module => "input[type=search]",
        }
    }
}
