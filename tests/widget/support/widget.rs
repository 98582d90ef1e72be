//! A mounted widget, and what a person can see of it and do with it.

use railz_connect::{Handle, mount_with};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlInputElement, ShadowRoot};

use super::page::{self, HostOptions, query_all, settle};
use super::responses::{ADDRESS, SESSION};
use super::server::{ENDPOINT, Server};

/// A mounted widget; dropping it unmounts it and takes its parent off the page.
pub struct Widget {
    /// What the widget asks.
    pub server: Server,
    /// What the package holds of it: `close` and `unmount`.
    pub handle: Handle,
    /// The element it is mounted into.
    pub parent: HtmlElement,
    host: HostOptions,
}

/// What no person should read: identifiers, tokens and words of the contract.
const RAW: &[&str] = &[
    "CON-",
    "BIZ-",
    "ATT-",
    "7d5c1f6e",
    "2fT6mQe0",
    "SB_PROD",
    "harbourBooks",
    "railzSandbox",
    "zohoBooks",
    "tideLedger",
    "user_good",
    "accessDenied",
    "insufficientPermission",
    "unauthorized",
    "duplicateAccount",
    "undefined",
    "null",
    "{",
    "}",
];

impl Widget {
    /// Mounts a widget; `more` are JSON fields besides `widgetId` and `endpoint`.
    pub fn mount(server: &Server, more: &str) -> Self {
        Self::mount_in(server, more, &JsValue::UNDEFINED)
    }

    /// The same, with what the package that loads the engine tells it.
    pub fn mount_in(server: &Server, more: &str, environment: &JsValue) -> Self {
        let comma = if more.is_empty() { "" } else { "," };
        let host = page::host_options(&format!(
            r#"{{"widgetId":"SB_PROD_1","endpoint":"{ENDPOINT}"{comma}{more}}}"#
        ));
        let parent = new_parent();
        let handle =
            mount_with(&parent, &host.options(), environment, server.transport()).expect("it mounts");
        Self { server: server.clone(), handle, parent, host }
    }

    /// Mounts a widget and answers its session call.
    pub async fn opened(session: &str, more: &str) -> Self {
        let server = Server::default();
        server.answer("/widget/session/", 200, session);
        let widget = Self::mount(&server, more);
        settle().await;
        widget
    }

    /// The same, with parts that travel when they are needed.
    pub async fn opened_with(session: &str, more: &str, environment: &JsValue) -> Self {
        let server = Server::default();
        server.answer("/widget/session/", 200, session);
        let widget = Self::mount_in(&server, more, environment);
        settle().await;
        widget
    }

    /// Fills in a field.
    pub fn fill(&self, name: &str, value: &str) {
        let field = self.get(&format!("[name={name}]"));
        field.unchecked_into::<HtmlInputElement>().set_value(value);
    }

    /// What stands in a field.
    pub fn filled(&self, selector: &str) -> String {
        self.get(selector).unchecked_into::<HtmlInputElement>().value()
    }

    /// On the list of services.
    pub async fn at_picker(more: &str) -> Self {
        Self::opened(SESSION, more).await
    }

    /// Where the window will lead is said.
    pub async fn at_before(more: &str) -> Self {
        let widget = Self::at_picker(more).await;
        widget.press("[data-service=harbourBooks]").await;
        widget
    }

    /// The address was asked for and given; what the browser did with the window is the test's.
    pub async fn at_waiting(more: &str) -> Self {
        let widget = Self::at_before(more).await;
        widget.server.answer("/services/url", 200, ADDRESS);
        widget.press_action("continue").await;
        widget
    }

    /// A sign-in in a window ends with this entry.
    pub async fn ended_with(more: &str, entry: &str) -> Self {
        let windows = page::PageStub::windows();
        let widget = Self::at_waiting(more).await;
        widget.server.answer("/updates/", 200, entry);
        settle().await;
        drop(windows);
        widget
    }

    /// The widget's shadow root.
    pub fn root(&self) -> ShadowRoot {
        self.parent.first_element_child().and_then(|base| base.shadow_root()).expect("an open shadow root")
    }

    /// The name of the screen.
    pub fn screen(&self) -> String {
        self.get("[data-screen]").get_attribute("data-screen").unwrap()
    }

    /// The first element that a selector finds.
    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root().query_selector(selector).unwrap().map(JsCast::unchecked_into)
    }

    /// As `find`; it must be there.
    pub fn get(&self, selector: &str) -> HtmlElement {
        self.find(selector).unwrap_or_else(|| panic!("no {selector} in: {}", self.text()))
    }

    /// The texts of all elements that a selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        query_all(&self.root(), selector).iter().map(|one| one.text_content().unwrap_or_default()).collect()
    }

    /// All text there is.
    pub fn text(&self) -> String {
        self.root().text_content().unwrap_or_default()
    }

    /// The names of the actions, in their order.
    pub fn actions(&self) -> Vec<String> {
        query_all(&self.root(), "[data-action]")
            .iter()
            .filter_map(|one| one.get_attribute("data-action"))
            .collect()
    }

    /// Presses an element, and lets follow what follows.
    pub async fn press(&self, selector: &str) {
        self.get(selector).click();
        settle().await;
    }

    /// Presses an action by its name.
    pub async fn press_action(&self, action: &str) {
        self.press(&format!("[data-action={action}]")).await;
    }

    /// How the host's callbacks were called: callback, event, payload as JSON.
    pub fn host_calls(&self) -> Vec<String> {
        self.host.host_calls()
    }

    /// Which element within the widget has the focus.
    pub fn focused(&self) -> Option<Element> {
        self.root().active_element()
    }

    /// The screen has this name, this heading and these actions, and is made as every screen has to be.
    #[track_caller]
    pub fn shows(&self, screen: &str, heading: &str, actions: &[&str]) {
        assert_eq!(self.screen(), screen);
        assert_eq!(self.texts("h2"), [heading], "one heading");
        assert_eq!(self.actions(), actions);
        let section = self.get("section");
        assert_eq!(section.get_attribute("aria-labelledby").as_deref(), Some(self.get("h2").id().as_str()));
        assert_eq!(self.get("h2").get_attribute("tabindex").as_deref(), Some("-1"));
        assert_eq!(page::styled_in_markup(&self.root()), [""; 0], "no style in the markup");
        for button in query_all(&self.root(), "button, a") {
            let named = button.get_attribute("aria-label").or_else(|| button.text_content());
            assert!(named.is_some_and(|name| name.trim().len() > 1), "every button has a name");
        }
        let text = self.text();
        for raw in RAW {
            assert!(!text.contains(raw), "{raw} is shown: {text}");
        }
    }
}

impl Drop for Widget {
    fn drop(&mut self) {
        self.handle.unmount();
        self.parent.remove();
    }
}

/// An empty element of its own for a widget.
pub fn new_parent() -> HtmlElement {
    let parent: HtmlElement = page::document().create_element("div").unwrap().unchecked_into();
    page::body().append_child(&parent).unwrap();
    parent
}
