//! What JavaScript sees of the engine: `mount`, the handle it gives, and the version. `npm/src/engine.d.ts` has the same
//! in TypeScript; `npm/src/railz-connect.ts` is the class around it that hosts use.

use std::cell::RefCell;
use std::rc::Rc;

use railz_connect_flow::event::UserEvent;
use railz_connect_flow::{Config, ConfigError};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::browser::request::{self, Transport};
use crate::browser::{js_value, shadow_root::ShadowHost};
use crate::callbacks::Callbacks;
use crate::runtime::Runtime;
use crate::{options, text};

/// What JavaScript holds of a mounted widget. Dropping or freeing it unmounts the widget.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handle {
    mounted: RefCell<Option<Mounted>>,
}

/// What must go when the widget goes, in this order.
#[derive(Debug)]
struct Mounted {
    runtime: Rc<Runtime>,
    root: ShadowHost,
}

#[wasm_bindgen]
impl Handle {
    /// What the close button does: the host hears the exit and the widget goes, unless the page is being left already.
    pub fn close(&self) {
        // Not borrowed while the host hears of it: it may unmount in its callback.
        let runtime = self.mounted.borrow().as_ref().map(|mounted| Rc::clone(&mounted.runtime));
        if let Some(runtime) = runtime {
            runtime.dispatch_user(UserEvent::Close);
        }
    }

    /// Takes the widget off the page and leaves nothing behind: no listener, timer, request, window or element
    /// (invariant 6). A second call changes nothing.
    pub fn unmount(&self) {
        let mounted = self.mounted.take();
        if let Some(Mounted { runtime, root }) = mounted {
            runtime.stop();
            root.remove();
        }
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.unmount();
    }
}

/// Draws a widget into `parent`.
///
/// `environment` may carry `dataEndpoint` and `scriptEndpoint`, which name the server where `options.endpoint` does not;
/// `modal`, for a widget in a dialog, which can always be closed; and `gone`, called when a person has closed the widget.
/// And `loadModule`, which fetches what travels only when it is needed (`(name) => Promise<module>`), and `earlySession`,
/// which has the answer to a session call that was made before the engine was there
/// (`(wanted, signal) => { ok, status, body } | Promise<Response> | undefined`): where it has been read already, the list is
/// drawn before this returns, and callbacks are called in another task. `optionsForServer` is what the server gets of the options,
/// as JSON. `labels` is what the module of labels has made of the host's own words (`npm/on-demand/label-words.js`), a text
/// where the host has some and the module could not be had.
///
/// # Errors
/// `{ option, received, expected }` for the first wrong option, after `onError("load", …)` was called; nothing is left on
/// the page. Whatever the browser throws if it cannot make a shadow root.
#[wasm_bindgen]
pub fn mount(parent: &HtmlElement, options: &JsValue, environment: &JsValue) -> Result<Handle, JsValue> {
    mount_with(parent, options, environment, request::fetch())
}

/// Like [`mount`], with a transport of the caller's own.
///
/// # Errors
/// As [`mount`].
pub fn mount_with(
    parent: &HtmlElement,
    options: &JsValue,
    environment: &JsValue,
    transport: Transport,
) -> Result<Handle, JsValue> {
    // In tests they are here, but for those that are about their travelling.
    #[cfg(feature = "gallery")]
    let environment = &crate::gallery::with_labels(options, environment);
    let callbacks = Callbacks::new(options, environment);
    let config = options::read(options, environment).and_then(|given| Config::read(&given));
    let config = match config {
        Ok(config) => config,
        Err(error) => {
            callbacks.call_for_config_error(&error);
            return Err(thrown(&error));
        }
    };
    let root = ShadowHost::attach(parent, config.modal)?;
    let runtime = Runtime::new(config, callbacks, root.clone(), transport, environment);
    // In tests they are here, but for those that are about their travelling.
    #[cfg(feature = "gallery")]
    if js_value::get(environment, "formsTravel").is_falsy() {
        runtime.forms.put_module(&crate::gallery::forms_module());
    }
    runtime.start();
    Ok(Handle { mounted: RefCell::new(Some(Mounted { runtime, root })) })
}

/// The version of the engine, as the package that loads it must have it too.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

fn thrown(error: &ConfigError) -> JsValue {
    js_value::object(&[
        ("option", error.option.into()),
        ("received", error.received.as_str().into()),
        ("expected", error.expected.into()),
        ("message", text::configuration_error(error).into()),
    ])
}
