//! The colours that services wear: this project's, and no brand's.

/// A colour as `#rrggbb`, dark enough for white text on it (WCAG 2.2 AA, 4.5:1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub &'static str);

/// Services with a colour of their own, by their ids.
const OF_SERVICES: [(&str, Colour); 11] = [
    ("quickbooks", Colour("#1d7a3e")),
    ("xero", Colour("#0b6e8f")),
    ("freshbooks", Colour("#1f5fbf")),
    ("sageBusinessCloud", Colour("#17695a")),
    ("zohoBooks", Colour("#a8432b")),
    ("wave", Colour("#3a4fb8")),
    ("myob", Colour("#7a2f9e")),
    ("dynamicsBusinessCentral", Colour("#0f5e73")),
    ("dynamics365Finance", Colour("#2b4c8c")),
    ("shopify", Colour("#3f6b1f")),
    ("square", Colour("#3a3f47")),
];

/// For all others.
const FALLBACK: [Colour; 5] =
    [Colour("#8a3b12"), Colour("#6b3fa0"), Colour("#2f5d3a"), Colour("#8b2252"), Colour("#35506b")];

impl Colour {
    /// The colour of a service: its own, or else the same each time for the same id.
    pub fn of_service(id: &str) -> Self {
        let own = OF_SERVICES.iter().find(|(service, _)| *service == id);
        let sum: usize = id.bytes().map(usize::from).sum();
        own.map_or(FALLBACK[sum % FALLBACK.len()], |(_, colour)| *colour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Colour) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour.0[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    #[test]
    fn white_text_is_readable_on_every_colour() {
        for colour in OF_SERVICES.map(|(_, colour)| colour).into_iter().chain(FALLBACK) {
            let contrast = 1.05 / (luminance(colour) + 0.05);
            assert!(contrast >= 4.5, "{colour:?} has only {contrast:.2}:1");
        }
    }

    #[test]
    fn every_service_that_is_signed_in_to_has_a_colour_of_its_own() {
        for service in practice_services::SERVICES.iter().filter(|one| one.is_oauth() && one.is_built_in()) {
            assert!(OF_SERVICES.iter().any(|(id, _)| *id == service.id), "{}", service.id);
        }
    }
}
