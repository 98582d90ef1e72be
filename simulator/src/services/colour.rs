//! The colours that services wear. They are this project's, and no brand's.

/// A colour as `#rrggbb`, dark enough for white text on it (WCAG 2.2 AA, 4.5:1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub &'static str);

/// For services without a colour of their own.
pub(super) const FALLBACK_COLOURS: [Colour; 5] =
    [Colour("#8a3b12"), Colour("#6b3fa0"), Colour("#2f5d3a"), Colour("#8b2252"), Colour("#35506b")];

impl Colour {
    /// A colour for a service that has none of its own: the same each time for the same id.
    pub(super) fn from_id(id: &str) -> Self {
        let sum: usize = id.bytes().map(usize::from).sum();
        FALLBACK_COLOURS[sum % FALLBACK_COLOURS.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::{super::known::KNOWN, *};

    fn luminance(colour: Colour) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour.0[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    #[test]
    fn white_text_is_readable_on_every_colour() {
        for colour in KNOWN.iter().map(|known| known.colour).chain(FALLBACK_COLOURS) {
            let contrast = 1.05 / (luminance(colour) + 0.05);
            assert!(contrast >= 4.5, "{colour:?} has only {contrast:.2}:1");
        }
    }
}
