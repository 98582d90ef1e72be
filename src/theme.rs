//! The host's theme as a stylesheet of its own behind the widget's: the custom properties of Railz Connect 2.23
//! (contract rule L2), which `style/theme.css` builds its own on.
//!
//! The browser says what is a colour; what is none is passed over. Set through the stylesheet's object model, so that
//! nothing the host writes is read as anything but a value.

use railz_connect_flow::Config;
use railz_connect_flow::screen::ThemeScope;
use wasm_bindgen::JsValue;

use crate::browser::css::supports;
use crate::browser::shadow_root::ShadowHost;

const PRIMARY_COLOUR_RULES: &str = include_str!(concat!(env!("STYLE"), "/primary-colour.css"));

const PRIMARY: &str = "--brand-primary-background";
const SECONDARY: &str = "--brand-secondary-background";
const ON_SECONDARY: &str = "--brand-secondary-foreground";

/// White on what is darker than the middle between the two for the eye (a luminance of 0.18), black on the rest.
const READABLE_ON_SECONDARY: &str =
    "lab(from var(--brand-secondary-background) calc((49.44 - l) * 1000) 0 0)";

/// The host's colours: their paths, the older name, the property.
const COLOURS: [(&str, &str, &str); 8] = [
    ("theme.primary.background", "brandColor", PRIMARY),
    ("theme.primary.backgroundHover", "", "--brand-primary-background-hover"),
    ("theme.primary.backgroundActive", "", "--brand-primary-background-active"),
    ("theme.primary.foreground", "", "--brand-primary-foreground"),
    ("theme.primary.foregroundHover", "", "--brand-primary-foreground-hover"),
    ("theme.primary.foregroundActive", "", "--brand-primary-foreground-active"),
    ("theme.secondary.background", "accentColor", SECONDARY),
    ("theme.secondary.foreground", "", ON_SECONDARY),
];

/// Puts the host's colours, font and logo style into the shadow root's stylesheet, as far as `theme_scope` lets them
/// count.
///
/// # Errors
/// Whatever the browser throws.
pub(crate) fn apply(root: &ShadowHost, config: &Config, theme_scope: ThemeScope) -> Result<(), JsValue> {
    if config.theme.0.is_empty() {
        return Ok(());
    }
    let colours = colours(config, theme_scope);
    let has = |property: &str| colours.iter().any(|(one, _)| *one == property);
    let rules = if has(PRIMARY) { PRIMARY_COLOUR_RULES } else { "" };
    root.adopt_theme(&[".card{}.logo{}", rules].concat(), |rules| {
        for (property, colour) in &colours {
            rules.set(0, property, colour);
        }
        if has(SECONDARY) && !has(ON_SECONDARY) {
            rules.set(0, ON_SECONDARY, READABLE_ON_SECONDARY);
        }
        if theme_scope == ThemeScope::Full {
            let font = config.theme.get("theme.fontFamily").filter(|font| supports("font-family", font));
            if let Some(font) = font {
                rules.set(0, "--primary-font-family", font);
            }
            for declaration in config.theme.get("theme.logo.style").into_iter().flat_map(|css| css.split(';'))
            {
                if let Some((name, value)) = declaration.split_once(':') {
                    rules.assign(1, name.trim(), value.trim());
                }
            }
        }
    })
}

/// The colours that count and are some, by their property.
fn colours(config: &Config, theme_scope: ThemeScope) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    if theme_scope != ThemeScope::None {
        for (path, older, property) in COLOURS {
            let given = config.theme.get(path).or_else(|| config.theme.get(older));
            found.extend(given.and_then(colour).map(|colour| (property, colour)));
        }
    }
    found
}

/// A colour as the browser takes it; a hexadecimal one may come without its `#`, as in 2.23.
fn colour(given: &str) -> Option<String> {
    [given.to_owned(), ["#", given].concat()].into_iter().find(|colour| supports("color", colour))
}
