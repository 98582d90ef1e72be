//! The table: what was measured, each way in beside the package we replace, with the ratio of the medians.

use super::date::today;
use super::interactions::Interactions;
use super::machine::Machine;
use super::measured::Measured;
use super::page_load::PageLoad;
use super::samples::Samples;
use super::site::{FEW, MANY, USUAL};
use super::throttle::Throttle;
use super::way_in::WayIn;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Kilobytes,
    Megabytes,
    Milliseconds,
    Count,
    Shift,
}

impl Unit {
    fn write(self, value: f64) -> String {
        match self {
            Self::Kilobytes => format!("{:.1} KB", value / 1000.0),
            Self::Megabytes => format!("{:.2} MB", value / 1_000_000.0),
            Self::Milliseconds if value < 20.0 => format!("{value:.1} ms"),
            Self::Milliseconds => format!("{value:.0} ms"),
            Self::Count => format!("{value:.0}"),
            Self::Shift => format!("{value:.3}"),
        }
    }
}

/// One line of a table.
struct Row {
    what: String,
    unit: Unit,
    old: Samples,
    script: Samples,
    /// None where the way in makes no difference.
    module: Option<Samples>,
}

/// The whole page.
pub fn text(measured: &Measured, rounds: u32, machine: &Machine, commit: &str) -> String {
    let Machine { processor, cores, memory, system, browser } = machine;
    format!(
        "# Benchmarks\n\n\
         Written by `cargo xtask bench`, not by hand. One page, one server for both packages and for their calls, one \
         browser; a new profile for each load; the ways in take turns. Number of rounds: {rounds}. Medians; in brackets the smallest \
         and the greatest value. \"Ratio\" is our median divided by the other's.\n\n\
         | | |\n|---|---|\n\
         | commit | {commit} |\n| date | {} |\n| processor | {processor}, {cores} cores |\n| memory | {memory} GiB |\n\
         | system | {system} |\n| browser | {browser} |\n\n\
         ## Up to the picker\n\n\
         With {USUAL} services. \"Throttled\": {}.\n\n{}\n\
         ## In the picker\n\n\
         Unthrottled. From a key, a press or a call until what it leads to stands in the page, laid out.\n\n{}\n\
         ## What is measured, and how\n\n{HOW}",
        today(),
        Throttle::Phone.name(),
        table(&load_rows(measured)),
        table(&interaction_rows(measured)),
    )
}

fn load_rows(measured: &Measured) -> Vec<Row> {
    use Throttle::{None as Fast, Phone};
    use Unit::{Count, Kilobytes, Megabytes, Milliseconds, Shift};
    let row = |what: &str, unit, throttle, value: fn(&PageLoad) -> f64| {
        let of = |way_in| Samples::new(measured.page_loads(way_in, throttle).map(value));
        let (old, script) = (of(WayIn::OldPackage), of(WayIn::ScriptTag));
        Row { what: what.to_owned(), unit, old, script, module: Some(of(WayIn::Module)) }
    };
    vec![
        row("bytes that travel, answers included", Kilobytes, Fast, |load| load.traffic.bytes),
        row("requests, preflights included", Count, Fast, |load| load.traffic.requests),
        row("picker visible", Milliseconds, Fast, |load| load.picker),
        row("picker visible, throttled", Milliseconds, Phone, |load| load.picker),
        row("JS heap after collection + wasm memory", Megabytes, Fast, |load| load.heap + load.wasm),
        row("of it wasm memory", Megabytes, Fast, |load| load.wasm),
        row("elements", Count, Fast, |load| load.elements),
        row("nodes", Count, Fast, |load| load.nodes),
        row("main-thread work, throttled", Milliseconds, Phone, |load| load.main_thread),
        row("layout shift", Shift, Fast, |load| load.layout_shift),
        row("layout shift, throttled", Shift, Phone, |load| load.layout_shift),
        row("second visit: bytes that travel", Kilobytes, Fast, |load| load.again.bytes),
        row("second visit: picker visible", Milliseconds, Fast, |load| load.picker_again),
        row("second visit: picker visible, throttled", Milliseconds, Phone, |load| load.picker_again),
    ]
}

fn interaction_rows(measured: &Measured) -> Vec<Row> {
    let row = |what: String, value: fn(&Interactions) -> Option<f64>| {
        let of = |way_in| Samples::new(measured.interactions(way_in).filter_map(value));
        let (old, script) = (of(WayIn::OldPackage), of(WayIn::ScriptTag));
        Row { what, unit: Unit::Milliseconds, old, script, module: None }
    };
    let typed = |services: usize| format!("key in the search field → result, {services} services");
    let cleared = |services: usize| format!("key that clears the search → all {services} services");
    vec![
        row("press on a tile → window open".to_owned(), |interactions| Some(interactions.window)),
        row(typed(USUAL), |interactions| Some(interactions.usual.typed)),
        row(typed(FEW), |interactions| interactions.extra.map(|[few, _]| few.typed)),
        row(typed(MANY), |interactions| interactions.extra.map(|[_, many]| many.typed)),
        row(cleared(USUAL), |interactions| Some(interactions.usual.cleared)),
        row(cleared(FEW), |interactions| interactions.extra.map(|[few, _]| few.cleared)),
        row(cleared(MANY), |interactions| interactions.extra.map(|[_, many]| many.cleared)),
        row("`mount()` → picker, everything loaded, with the session's call".to_owned(), |interactions| {
            Some(interactions.mount)
        }),
        row("`unmount()`".to_owned(), |interactions| Some(interactions.unmount)),
    ]
}

fn table(rows: &[Row]) -> String {
    let with_module = rows.iter().any(|row| row.module.is_some());
    let mut ways_in = vec![WayIn::OldPackage.name(), WayIn::ScriptTag.name(), "ratio"];
    if with_module {
        ways_in.extend([WayIn::Module.name(), "ratio"]);
    }
    let head = format!("| | {} |\n|{}\n", ways_in.join(" | "), "---|".repeat(ways_in.len() + 1));
    let lines = rows.iter().map(|row| format!("| {} |\n", cells(row).join(" | ")));
    [head].into_iter().chain(lines).collect()
}

fn cells(Row { what, unit, old, script, module }: &Row) -> Vec<String> {
    let ours = [Some(script), module.as_ref()].into_iter().flatten().flat_map(|ours| {
        let ratio = ours.ratio_to(old).map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.3}"));
        [cell(*unit, ours), ratio]
    });
    [what.clone(), cell(*unit, old)].into_iter().chain(ours).collect()
}

/// The median, and in brackets how far the values lie apart, where they do.
fn cell(unit: Unit, samples: &Samples) -> String {
    let (Some(median), Some((least, most))) = (samples.median(), samples.spread()) else {
        return "–".to_owned();
    };
    let [median, least, most] = [median, least, most].map(|value| unit.write(value));
    if least == most { median } else { format!("{median} ({least}–{most})") }
}

const HOW: &str = "\
- **Bytes** are what the browser counts on the wire (`Network.loadingFinished`: compressed, headers included) for every
  request that was begun before the picker was visible: page, files, preflight, session. The server sends both packages
  as brotli, made beforehand.
- **Picker visible**: from the navigation's start until the first tile has a box and its frame is painted, seen by a script
  that the browser puts into each page before the page's own (`e2e/src/bench/probe.js`); closed shadow roots are looked into.
  2.23.0 waits for the page's `load` by itself.
- **Heap** is `Runtime.getHeapUsage` after `HeapProfiler.collectGarbage`; **wasm memory** the sum of the engine's memories;
  **nodes** `Memory.getDOMCounters`, **elements** a walk through the page and its shadow trees; the page's own are among them.
- **Main-thread work** is `TaskDuration` of the page's process up to the picker.
- **Throttled** is Chromium's own doing (`Emulation.setCPUThrottlingRate`, `Network.emulateNetworkConditions`; 750 kbit/s up).
- **Second visit**: the same browser comes back from another site. Either package's first file is asked for anew.
- **Press → window**: the tile is pressed as a person does it, the button between it and the window by a script as soon as it
  can be pressed; until `window.open` has returned a window.
- **Key**: the letter that one service alone has in its name, and the key that takes it back; until there are as many tiles
  as there should be and they have boxes. 2.23.0 shows no service that it was not built with: more than these are ours alone.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_medians_spreads_and_ratios() {
        let rows = [Row {
            what: "picker visible".to_owned(),
            unit: Unit::Milliseconds,
            old: Samples::new([400.0, 500.0, 440.0]),
            script: Samples::new([110.0]),
            module: Some(Samples::new([])),
        }];
        let line = table(&rows).lines().nth(2).unwrap().to_owned();
        assert_eq!(line, "| picker visible | 440 ms (400 ms–500 ms) | 110 ms | 0.250 | – | – |");
    }

    #[test]
    fn every_line_of_a_table_has_as_many_columns_as_its_head() {
        for rows in [load_rows(&Measured::default()), interaction_rows(&Measured::default())] {
            let table = table(&rows);
            let columns: Vec<usize> = table.lines().map(|line| line.matches('|').count()).collect();
            assert!(columns.iter().all(|count| *count == columns[0]), "{table}");
        }
    }

    #[test]
    fn a_value_is_written_in_its_unit() {
        assert_eq!(Unit::Kilobytes.write(150_640.0), "150.6 KB");
        assert_eq!(Unit::Megabytes.write(1_600_000.0), "1.60 MB");
        assert_eq!(Unit::Milliseconds.write(3.17), "3.2 ms");
        assert_eq!(Unit::Shift.write(0.061), "0.061");
    }
}
