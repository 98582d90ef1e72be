//! One page load in a new browser, and a second one with what the first left in the cache.

use std::time::Duration;

use serde_json::json;

use super::network::{self, Traffic};
use super::probe::{self, ask, ask_number, number};
use super::site::Site;
use super::throttle::Throttle;
use super::way_in::WayIn;
use crate::browser::Browser;
use crate::driver::{ColorScheme, NetworkLog};
use crate::engines::Engine;
use crate::error::{JourneyError, Outcome};

/// How long a page is left alone before it is counted: what jumps or grows late is seen too.
const REST: Duration = Duration::from_millis(600);

/// What one load of the page came to.
#[derive(Debug, Clone, Copy, Default)]
pub struct PageLoad {
    /// What travelled up to the picker.
    pub traffic: Traffic,
    /// Milliseconds from the navigation's start until the first tile is painted.
    pub picker: f64,
    /// Milliseconds of work on the main thread up to then.
    pub main_thread: f64,
    /// Bytes of JavaScript's heap after a collection.
    pub heap: f64,
    /// Bytes of WebAssembly's memory.
    pub wasm: f64,
    /// Elements of the page, those of shadow trees included.
    pub elements: f64,
    /// Nodes that the browser keeps after a collection, those of shadow trees and detached ones included.
    pub nodes: f64,
    /// Cumulative layout shift.
    pub layout_shift: f64,
    /// What travelled up to the picker when the page was visited again.
    pub again: Traffic,
    /// Milliseconds until the first tile was painted when the page was visited again.
    pub picker_again: f64,
}

/// A new browser with an empty cache, on an empty page of another site, with the probe in all pages to come.
///
/// # Errors
/// [`JourneyError`] when it does not come up.
pub async fn open_browser(site: &Site, way_in: WayIn, throttle: Throttle) -> Outcome<Browser> {
    let installed = Engine::Chromium
        .find()
        .map_err(|reason| JourneyError::Program { program: "chromium".to_owned(), reason })?;
    let browser = Browser::start_logging(&installed, ColorScheme::Light, NetworkLog::On).await?;
    // A browser's first page pays for the browser's own start.
    browser.goto(&site.elsewhere()).await?;
    throttle.apply(&browser).await?;
    browser.cdp("Performance.enable", json!({})).await?;
    probe::install(&browser, way_in).await?;
    tokio::time::sleep(REST).await;
    Ok(browser)
}

/// Loads the page twice, in a new browser.
///
/// # Errors
/// [`JourneyError`] when the picker does not come or the browser fails.
pub async fn measure(site: &Site, way_in: WayIn, throttle: Throttle) -> Outcome<PageLoad> {
    let browser = open_browser(site, way_in, throttle).await?;
    let page_load = load_twice(&browser, site, way_in).await;
    // The browser is ended by id in any case; what went wrong before counts more.
    let quit = browser.quit().await;
    page_load.and_then(|page_load| quit.map(|()| page_load))
}

async fn load_twice(browser: &Browser, site: &Site, way_in: WayIn) -> Outcome<PageLoad> {
    let (picker, main_thread, traffic) = load(browser, site, way_in).await?;
    let counted = ask(browser, "bench.count()").await?;
    browser.cdp("HeapProfiler.collectGarbage", json!({})).await?;
    let heap = browser.cdp("Runtime.getHeapUsage", json!({})).await?;
    let dom = browser.cdp("Memory.getDOMCounters", json!({})).await?;
    browser.goto(&site.elsewhere()).await?;
    tokio::time::sleep(REST).await;
    let (picker_again, _, again) = load(browser, site, way_in).await?;
    Ok(PageLoad {
        traffic,
        picker,
        main_thread,
        heap: number(&heap["usedSize"], "the heap's size")?,
        wasm: number(&counted["wasm"], "WebAssembly's memory")?,
        elements: number(&counted["elements"], "elements")?,
        nodes: number(&dom["nodes"], "nodes")?,
        layout_shift: number(&counted["layoutShift"], "layout shift")?,
        again,
        picker_again,
    })
}

/// Milliseconds to the picker, milliseconds of the main thread's work, and what travelled.
async fn load(browser: &Browser, site: &Site, way_in: WayIn) -> Outcome<(f64, f64, Traffic)> {
    browser.network_log().await?;
    browser.goto(&site.page(way_in)).await?;
    let picker = ask_number(browser, "bench.visible").await?;
    let main_thread = read_main_thread(browser).await?;
    tokio::time::sleep(REST).await;
    Ok((picker, main_thread, network::read(browser, picker).await?))
}

/// Milliseconds that the main thread has worked since the page's process began.
async fn read_main_thread(browser: &Browser) -> Outcome<f64> {
    let metrics = browser.cdp("Performance.getMetrics", json!({})).await?;
    let all = metrics["metrics"].as_array().map(Vec::as_slice).unwrap_or_default();
    let seconds = all.iter().find(|metric| metric["name"] == "TaskDuration").map(|metric| &metric["value"]);
    Ok(number(seconds.unwrap_or_default(), "TaskDuration")? * 1000.0)
}
