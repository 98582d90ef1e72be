//! What a load may come to at most, of what does not waver with the machine: bytes, elements, nodes, layout shift. Times are
//! for the bench alone. Each is checked in every run of the tests, by one load of each way in.

use super::page_load::{PageLoad, measure};
use super::site::Site;
use super::throttle::Throttle;
use super::way_in::WayIn;
use crate::error::{Outcome, holds};

/// The most bytes that travel up to the picker, as a share of what travels for 2.23.0.
const BYTES: f64 = 0.27;
/// The most elements, as a share of 2.23.0's.
const ELEMENTS: f64 = 0.40;
/// The most nodes, as a share of 2.23.0's.
const NODES: f64 = 0.50;
/// The most bytes that travel at a second visit, as a share of what our first one takes.
const SECOND_VISIT_BYTES: f64 = 0.10;

/// Loads the page once by each way in and holds ours against the limits.
///
/// # Errors
/// [`crate::JourneyError::Unexpected`] with what is over its limit; [`crate::JourneyError`] when a page fails.
pub async fn check(site: &Site) -> Outcome {
    let old = measure(site, WayIn::OldPackage, Throttle::None).await?;
    println!("{}: {old:?}", WayIn::OldPackage.name());
    for way_in in [WayIn::ScriptTag, WayIn::Module] {
        let ours = measure(site, way_in, Throttle::None).await?;
        println!("{}: {ours:?}", way_in.name());
        check_one(way_in, &ours, &old)?;
    }
    Ok(())
}

fn check_one(way_in: WayIn, ours: &PageLoad, old: &PageLoad) -> Outcome {
    let way = way_in.name();
    let measures = [
        ("bytes up to the picker", ours.traffic.bytes, old.traffic.bytes, BYTES),
        ("elements", ours.elements, old.elements, ELEMENTS),
        ("nodes", ours.nodes, old.nodes, NODES),
        ("bytes at a second visit", ours.again.bytes, ours.traffic.bytes, SECOND_VISIT_BYTES),
    ];
    for (what, found, whole, share) in measures {
        let limit = whole * share;
        let due = format!("at most {share} of {whole}, which is {limit:.0}");
        holds(found > 0.0 && found <= limit, &format!("{what} ({way})"), &due, found)?;
    }
    holds(ours.layout_shift <= 0.0, &format!("layout shift ({way})"), "none", ours.layout_shift)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::network::Traffic;

    fn page_load(bytes: f64, elements: f64, nodes: f64) -> PageLoad {
        let traffic = Traffic { bytes, requests: 4.0 };
        let again = Traffic { bytes: 900.0, requests: 2.0 };
        PageLoad { traffic, elements, nodes, again, ..PageLoad::default() }
    }

    #[test]
    fn what_is_over_its_share_is_told_by_name() {
        let old = page_load(400_000.0, 300.0, 400.0);
        let within = page_load(100_000.0, 100.0, 100.0);
        check_one(WayIn::Module, &within, &old).unwrap();
        for (over, name) in [
            (page_load(399_999.0, 100.0, 100.0), "bytes up to the picker"),
            (page_load(100_000.0, 299.0, 100.0), "elements"),
            (page_load(100_000.0, 100.0, 399.0), "nodes"),
            (PageLoad { layout_shift: 0.01, ..within }, "layout shift"),
            (PageLoad { again: within.traffic, ..within }, "second visit"),
        ] {
            let error = check_one(WayIn::Module, &over, &old).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
    }

    #[test]
    fn a_load_that_counted_nothing_is_not_within_its_limits() {
        let old = page_load(400_000.0, 300.0, 400.0);
        assert!(check_one(WayIn::Module, &PageLoad::default(), &old).is_err());
    }
}
