//! Modules of the package that are fetched when they are needed (`npm/on-demand`), by the function that `environment` brings.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::js_value;

/// Fetches modules; none where the engine was mounted without its package.
#[derive(Debug)]
pub(crate) struct ModuleLoader(Option<Function>);

impl ModuleLoader {
    pub(crate) fn from_environment(environment: &JsValue) -> Self {
        Self(js_value::get(environment, "loadModule").dyn_into().ok())
    }

    /// A module by its name, asked for at once; none where it cannot be had.
    pub(crate) fn load(&self, name: &str) -> impl Future<Output = Option<JsValue>> + use<> {
        let asked = self.0.as_ref().and_then(|load| load.call1(&JsValue::UNDEFINED, &name.into()).ok());
        async move { JsFuture::from(Promise::resolve(&asked?)).await.ok() }
    }
}
