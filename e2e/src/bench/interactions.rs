//! What a person does in the picker: a press that leads to the sign-in's window, a key in the search field; and what a host
//! does: unmount and mount. Keys and presses come from the browser, as a person's do; the probe takes the time.

use serde_json::{Value, json};

use super::page_load::open_browser;
use super::probe::{ask, ask_number, number};
use super::site::{Site, Sites};
use super::throttle::Throttle;
use super::way_in::WayIn;
use crate::browser::Browser;
use crate::error::Outcome;

/// What the interactions of one browser came to, in milliseconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Interactions {
    /// A search among as many services as both packages know.
    pub usual: Search,
    /// The same among a few, and among many; the old package draws no service that it was not built with.
    pub extra: Option<[Search; 2]>,
    /// From `mount()` until the first tile is drawn, with everything loaded; the session's call included.
    pub mount: f64,
    /// Milliseconds that a call of `unmount()` takes.
    pub unmount: f64,
    /// From the press on a tile until the window is open, the button between them pressed as soon as it is there.
    pub window: f64,
}

/// A letter in the search field, and taking it back.
#[derive(Debug, Clone, Copy, Default)]
pub struct Search {
    /// From the key until the one service that has the letter is drawn alone.
    pub typed: f64,
    /// From the key that clears the field until all services are drawn again.
    pub cleared: f64,
}

/// Tries everything in a new browser.
///
/// # Errors
/// [`crate::JourneyError`] when something does not come or the browser fails.
pub async fn measure(sites: &Sites, way_in: WayIn) -> Outcome<Interactions> {
    let browser = open_browser(&sites.usual, way_in, Throttle::None).await?;
    let found = try_all(&browser, sites, way_in).await;
    // The browser is ended by id in any case; what went wrong before counts more.
    let quit = browser.quit().await;
    found.and_then(|found| quit.map(|()| found))
}

async fn try_all(browser: &Browser, sites: &Sites, way_in: WayIn) -> Outcome<Interactions> {
    let extra = match way_in {
        WayIn::OldPackage => None,
        WayIn::ScriptTag | WayIn::Module => {
            Some([search(browser, &sites.few, way_in).await?, search(browser, &sites.many, way_in).await?])
        }
    };
    let usual = search(browser, &sites.usual, way_in).await?;
    let again = ask(browser, "bench.remount()").await?;
    // The window comes last: while it is open, the page is another one.
    let window = press_tile(browser, way_in).await?;
    let (mount, unmount) = (number(&again["mount"], "mount")?, number(&again["unmount"], "unmount")?);
    Ok(Interactions { usual, extra, mount, unmount, window })
}

/// Types the letter that only one service has, and takes it back.
async fn search(browser: &Browser, site: &Site, way_in: WayIn) -> Outcome<Search> {
    browser.goto(&site.page(way_in)).await?;
    ask_number(browser, "bench.visible").await?;
    ask(browser, &format!("bench.find({}).focus()", json!(way_in.search_field()))).await?;
    let letter = json!({ "key": "x", "code": "KeyX", "text": "x", "windowsVirtualKeyCode": 88 });
    let typed = key(browser, letter, 1).await?;
    let back = json!({ "key": "Backspace", "code": "Backspace", "windowsVirtualKeyCode": 8 });
    Ok(Search { typed, cleared: key(browser, back, site.services).await? })
}

/// Presses a key, and gives the milliseconds until there are so many tiles.
async fn key(browser: &Browser, key: Value, tiles: usize) -> Outcome<f64> {
    ask(browser, &format!("void (window.measured = bench.keystroke({tiles}))")).await?;
    for kind in ["keyDown", "keyUp"] {
        let mut event = key.clone();
        event["type"] = json!(kind);
        browser.cdp("Input.dispatchKeyEvent", event).await?;
    }
    ask_number(browser, "window.measured").await
}

async fn press_tile(browser: &Browser, way_in: WayIn) -> Outcome<f64> {
    let (tile, button) = (json!(way_in.pressed_tile()), json!(way_in.window_button()));
    ask(browser, &format!("void (window.measured = bench.press({button}))")).await?;
    let place = ask(browser, &format!("bench.place({tile})")).await?;
    for kind in ["mousePressed", "mouseReleased"] {
        let event =
            json!({ "type": kind, "x": place["x"], "y": place["y"], "button": "left", "clickCount": 1 });
        browser.cdp("Input.dispatchMouseEvent", event).await?;
    }
    ask_number(browser, "window.measured").await
}
