//! What was measured so far, by way in: `rounds` fills it, `report` reads it.

use super::interactions::Interactions;
use super::page_load::PageLoad;
use super::throttle::Throttle;
use super::way_in::WayIn;

/// Everything that was measured, a round after the other for each way in.
#[derive(Debug, Default)]
pub struct Measured {
    page_loads: Vec<(WayIn, Throttle, PageLoad)>,
    interactions: Vec<(WayIn, Interactions)>,
}

impl Measured {
    /// Keeps one load.
    pub fn add_page_load(&mut self, way_in: WayIn, throttle: Throttle, page_load: PageLoad) {
        self.page_loads.push((way_in, throttle, page_load));
    }

    /// Keeps what the interactions of one browser came to.
    pub fn add_interactions(&mut self, way_in: WayIn, interactions: Interactions) {
        self.interactions.push((way_in, interactions));
    }

    /// The loads of a page by a way in.
    pub fn page_loads(&self, way_in: WayIn, throttle: Throttle) -> impl Iterator<Item = &PageLoad> {
        let is_it = move |one: &&(WayIn, Throttle, PageLoad)| one.0 == way_in && one.1 == throttle;
        self.page_loads.iter().filter(is_it).map(|one| &one.2)
    }

    /// The interactions with a way in. The module's engine is the script tag's: they are measured with the latter.
    pub fn interactions(&self, way_in: WayIn) -> impl Iterator<Item = &Interactions> {
        self.interactions.iter().filter(move |one| one.0 == way_in).map(|one| &one.1)
    }
}
