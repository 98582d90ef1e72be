//! What the browser knows of CSS: whether a value is one, and a stylesheet's rules as objects.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::js_value;

/// Whether the browser takes this value for this property.
pub(crate) fn supports(property: &str, value: &str) -> bool {
    let css = js_value::get(&js_sys::global(), "CSS");
    call(&css, "supports", property, value).is_some_and(|answer| answer.is_truthy())
}

/// The rules of a stylesheet that was made here.
pub(crate) struct Rules(pub(super) JsValue);

impl Rules {
    /// Sets a custom property of one rule.
    pub(crate) fn set(&self, rule: u32, property: &str, value: &str) {
        call(&self.style(rule), "setProperty", property, value);
    }

    /// Sets a property of one rule by its name in CSS or in JavaScript; the browser passes over what is none.
    pub(crate) fn assign(&self, rule: u32, property: &str, value: &str) {
        // A name that is none becomes a field that means nothing, or throws; neither matters.
        drop(Reflect::set(&self.style(rule), &property.into(), &value.into()));
    }

    fn style(&self, rule: u32) -> JsValue {
        let rules = Array::from(&js_value::get(&self.0, "cssRules"));
        js_value::get(&rules.get(rule), "style")
    }
}

fn call(on: &JsValue, method: &str, first: &str, second: &str) -> Option<JsValue> {
    let method: Function = js_value::get(on, method).dyn_into().ok()?;
    method.call2(on, &first.into(), &second.into()).ok()
}
