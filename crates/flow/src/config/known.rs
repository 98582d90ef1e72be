//! The names of all options, as the host writes them, with dots between the levels.
//!
//! [`MORE_OPTIONS`] is read by its rows: an option is added by a row here and a line in `config.rs` that looks it up.

/// The options that the shell hands over by their path, in [`HostOptions::more`](super::HostOptions).
pub const MORE_OPTIONS: &[&str] = &[
    "language",
    "countryCodes",
    "brandColor",
    "accentColor",
    "serviceFilterEnabled",
    "closeEnabled",
    "headerEnabled",
    "removeRailzWatermark",
    "options.services.exclude",
    "options.kinds.hideSkip",
    "options.content.companyName",
    "options.components.search",
    "options.components.close",
    "options.components.sandbox",
    "options.components.watermark",
    "options.components.terms",
    "options.components.termsTitle",
    "options.components.termsBody",
    "options.components.header",
    "options.components.helpLink",
    "options.components.helpLinkTitle",
    "options.components.helpLinkBody",
    "options.components.overview",
    "options.components.summary",
    "options.components.progressBar",
    "options.components.navigableProgressBar",
    "options.components.back",
    "options.components.accountingRequired",
    "options.components.bankingRequired",
    "options.components.commerceRequired",
    "theme.primary.background",
    "theme.primary.backgroundHover",
    "theme.primary.backgroundActive",
    "theme.primary.foreground",
    "theme.primary.foregroundHover",
    "theme.primary.foregroundActive",
    "theme.secondary.background",
    "theme.secondary.foreground",
    "theme.fontFamily",
    "theme.logo.url",
    "theme.logo.style",
];

/// Older names of the top level, each with the one that took its place.
pub(super) const OLDER_OPTIONS: [(&str, &str); 6] = [
    ("brandColor", "theme.primary.background"),
    ("accentColor", "theme.secondary.background"),
    ("serviceFilterEnabled", "options.components.search"),
    ("closeEnabled", "options.components.close"),
    ("headerEnabled", "options.components.header"),
    ("removeRailzWatermark", "options.components.watermark"),
];

/// The options that are read in another way, or are another's business, such as 2.23's internal ones.
const OTHER_OPTIONS: &[&str] = &[
    "parentElement",
    "widgetId",
    "businessName",
    "businessUuid",
    "sessionToken",
    "getSession",
    "successUrl",
    "successMethod",
    "state",
    "redirectUrl",
    "closeRedirectUrl",
    "metadata",
    "endpoint",
    "hostedUrl",
    "onSuccess",
    "onError",
    "onExit",
    "onEvent",
    "qaTest",
    "isModal",
    "close",
    "closeModal",
    "options.sessionTimeout",
    "options.debug",
    "options.content",
];

/// Whether this widget knows an option.
pub fn is_known_option(path: &str) -> bool {
    MORE_OPTIONS.iter().chain(OTHER_OPTIONS).any(|known| *known == path)
}

/// Whether options that this widget knows stand below a path: `options.components` and the like.
pub fn holds_known_options(path: &str) -> bool {
    let below = |known: &&str| known.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
    MORE_OPTIONS.iter().chain(OTHER_OPTIONS).any(below)
}
