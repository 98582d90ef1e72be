//! What stands around every screen: links of the host's, whose words are spoken, the progress bar.

use crate::journey::{JourneyStep, StepState};

/// How much of the host's theme counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ThemeScope {
    /// All of it.
    Full,
    /// The colours, but neither font nor logo.
    Colours,
    /// None of it.
    None,
}

/// A link of the host's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub url: String,
    /// Its words, where the host has some.
    pub words: Option<String>,
}

/// Who is spoken of, and in whose words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Who asks for the connection; may be empty.
    pub customer_name: String,
    /// Whose connection it is; may be empty.
    pub business_name: String,
    /// Whether the host's own words count.
    pub labels: bool,
}

/// One step of the progress bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProgressStep {
    /// The step of the journey that it stands for, and leads to.
    pub step: JourneyStep,
    /// Where it stands.
    pub state: StepState,
    /// Whether a press leads there.
    pub open: bool,
}
