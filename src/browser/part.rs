//! Parts that travel when they are needed: modules of the package, fetched by the loader that `environment` brings.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::json;

/// How parts are had; none where the engine was mounted without its package.
#[derive(Clone, Debug)]
pub(crate) struct Parts(Option<Function>);

impl Parts {
    pub(crate) fn of(environment: &JsValue) -> Self {
        Self(json::get(environment, "loadModule").dyn_into().ok())
    }

    /// A part by its name; none where it cannot be had.
    pub(crate) async fn load(self, name: String) -> Option<JsValue> {
        let promise = self.0?.call1(&JsValue::UNDEFINED, &name.into()).ok()?;
        JsFuture::from(Promise::resolve(&promise)).await.ok()
    }
}
