//! The sign-in window: opened inside the press, watched for its end, closed when it is dropped before it left. After
//! that the server's pages have it: `start_page.rs` answers the first, the last closes it.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use leptos::prelude::window;
use wasm_bindgen::JsValue;
use web_sys::Window;

use railz_connect_contract::StartProof;

use super::start_page::StartPage;
use super::timer::Ticker;
use super::{console, loading_page};

const WATCH_EVERY_MS: u32 = 400;
const WIDTH: i32 = 900;
const HEIGHT: i32 = 720;

/// What is opened.
pub(crate) struct NewWindow {
    /// The window's name, one an attempt: opened again, an attempt gets its own window back where it is still within reach,
    /// and never another's.
    pub(crate) name: String,
    /// The loading page's title.
    pub(crate) title: String,
    /// The loading page's words.
    pub(crate) message: String,
}

/// The window in which a person signs in.
pub(crate) struct SignInWindow {
    window: Window,
    /// Once the start page has cut its opener, the browser lets nobody here close it, and says so on the console when
    /// asked.
    reachable: Cell<bool>,
    start_page: RefCell<Option<StartPage>>,
    watch: Rc<RefCell<Option<Ticker>>>,
}

impl SignInWindow {
    /// Opens the window with a loading page in it; none if the browser would not. `closed` is called once when the window
    /// is gone or out of reach, which a page cannot tell apart.
    pub(crate) fn open(new: &NewWindow, closed: impl Fn() + 'static) -> Option<Self> {
        let page = window();
        let opened =
            page.open_with_url_and_target_and_features("", &new.name, &features(&page)).ok().flatten()?;
        loading_page::write(&opened, &new.title, &new.message);
        Some(Self {
            watch: watch(opened.clone(), closed),
            reachable: Cell::new(true),
            start_page: RefCell::default(),
            window: opened,
        })
    }

    /// Sends the window on its way, and listens to the start page there: `asked` is called each time it asks.
    pub(crate) fn send_to(&self, url: &str, asked: impl Fn() + 'static) {
        self.reachable.set(false);
        self.start_page.replace(StartPage::listen(&self.window, url, asked));
        if let Err(thrown) = self.window.location().replace(url) {
            console::error_value("window", &thrown);
        }
    }

    /// Tells the start page that this page opened it.
    pub(crate) fn prove(&self, proof: &StartProof) {
        if let Some(start_page) = &*self.start_page.borrow() {
            start_page.prove(proof);
        }
    }
}

fn watch(opened: Window, closed: impl Fn() + 'static) -> Rc<RefCell<Option<Ticker>>> {
    let watch = Rc::new(RefCell::new(None));
    let ended = Rc::downgrade(&watch);
    let ticker = Ticker::new(WATCH_EVERY_MS, move || {
        if opened.closed().unwrap_or(true) {
            if let Some(watch) = ended.upgrade() {
                drop(watch.take());
            }
            closed();
        }
    });
    watch.replace(Some(ticker));
    watch
}

/// Centred over the page's own window.
fn features(page: &Window) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "screens are some thousand pixels wide; the cast saturates"
    )]
    let number =
        |value: Result<JsValue, JsValue>| value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0) as i32;
    let left = number(page.screen_x()) + (number(page.outer_width()) - WIDTH).max(0) / 2;
    let top = number(page.screen_y()) + (number(page.outer_height()) - HEIGHT).max(0) / 2;
    format!("popup,width={WIDTH},height={HEIGHT},left={left},top={top}")
}

impl Drop for SignInWindow {
    fn drop(&mut self) {
        drop(self.watch.take());
        if self.reachable.get()
            && !self.window.closed().unwrap_or(true)
            && let Err(thrown) = self.window.close()
        {
            console::error_value("window", &thrown);
        }
    }
}

impl fmt::Debug for SignInWindow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SignInWindow")
    }
}
