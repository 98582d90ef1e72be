//! What a sample is: a screen as the flow describes it, and a name to find its picture by. The samples themselves are in
//! `samples.rs`.

use railz_connect_flow::Screen;

/// One screen to be drawn.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What is particular about it, in a word or two; empty for a screen's plain case.
    pub variant: &'static str,
    /// What is drawn.
    pub screen: Screen,
}

impl Sample {
    /// `picker` or `picker-connected`: the screen's name, and what is particular.
    pub fn name(&self) -> String {
        let screen = self.screen.content.name();
        if self.variant.is_empty() { screen.to_owned() } else { format!("{screen}-{}", self.variant) }
    }
}
