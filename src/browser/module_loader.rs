//! Modules of the package that are fetched when they are needed (`npm/on-demand`), by the function that `environment` brings.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::js_value;

/// Fetches modules; none where the engine was mounted without its package.
#[derive(Clone, Debug)]
pub(crate) struct ModuleLoader(Option<Function>);

impl ModuleLoader {
    pub(crate) fn from_environment(environment: &JsValue) -> Self {
        Self(js_value::get(environment, "loadModule").dyn_into().ok())
    }

    /// A module by its name; none where it cannot be had.
    pub(crate) async fn load(self, name: String) -> Option<JsValue> {
        let promise = self.0?.call1(&JsValue::UNDEFINED, &name.into()).ok()?;
        JsFuture::from(Promise::resolve(&promise)).await.ok()
    }
}
