//! All rounds: each way in after the other, then the next round, so that a busy minute of the machine is everybody's.

use std::path::Path;

use super::interactions;
use super::machine::Machine;
use super::measured::Measured;
use super::page_load;
use super::report;
use super::site::Sites;
use super::throttle::Throttle;
use super::way_in::WayIn;
use crate::error::Outcome;

/// Measures so many rounds and gives the report as Markdown. `commit` is what the report is about; programs leave their
/// logs in `logs`.
///
/// # Errors
/// [`crate::JourneyError`] when a program, the browser or a page fails.
pub async fn run(rounds: u32, commit: &str, logs: &Path) -> Outcome<String> {
    let sites = Sites::start(logs).await?;
    let machine = Machine::read(&sites.usual).await?;
    let mut measured = Measured::default();
    for round in 1..=rounds {
        for throttle in Throttle::ALL {
            for way_in in WayIn::ALL {
                let page_load = page_load::measure(&sites.usual, way_in, throttle).await?;
                println!(
                    "round {round} of {rounds}, {}, {}: picker after {:.0} ms, {:.0} bytes",
                    throttle.name(),
                    way_in.name(),
                    page_load.picker,
                    page_load.traffic.bytes
                );
                measured.add_page_load(way_in, throttle, page_load);
            }
        }
        for way_in in [WayIn::OldPackage, WayIn::ScriptTag] {
            let tried = interactions::measure(&sites, way_in).await?;
            println!("round {round} of {rounds}, {}: {tried:.1?}", way_in.name());
            measured.add_interactions(way_in, tried);
        }
    }
    Ok(report::text(&measured, rounds, &machine, commit))
}
