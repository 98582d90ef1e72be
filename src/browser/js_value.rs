//! JavaScript values of any shape: reading their properties without trusting them, and making plain objects.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A property, or `undefined` where there is none or reading it throws. What a page has put into `Object.prototype` is no
/// property of what inherits it: neither of a host's options nor of an answer.
pub(crate) fn get(from: &JsValue, name: &str) -> JsValue {
    if !from.is_object() {
        return JsValue::UNDEFINED;
    }
    let read = |from: &JsValue| Reflect::get(from, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let found = read(from);
    let is_everybodys = !found.is_undefined()
        && read(&Object::new().into()) == found
        && Reflect::get_own_property_descriptor(from.unchecked_ref::<Object>(), &name.into())
            .is_ok_and(|own| own.is_undefined());
    if is_everybodys { JsValue::UNDEFINED } else { found }
}

/// The names of a value's own properties.
pub(crate) fn keys(of: &JsValue) -> Vec<String> {
    match of.dyn_ref::<Object>() {
        Some(object) if !of.is_function() => {
            Object::keys(object).iter().filter_map(|key| key.as_string()).collect()
        }
        _ => Vec::new(),
    }
}

/// A plain object of these properties, in their order.
pub(crate) fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let pairs: Array = fields.iter().map(|(name, value)| Array::of2(&(*name).into(), value)).collect();
    Object::from_entries(&pairs).map_or(JsValue::UNDEFINED, JsValue::from)
}

/// Sets a property of an object that was made here. A call for each costs fewer bytes than a list of them.
pub(crate) fn set(object: &Object, name: &str, value: &JsValue) {
    // An object of our own refuses nothing.
    drop(Reflect::set(object, &name.into(), value));
}

/// Sets a property of an object that was made here to a text.
pub(crate) fn set_text(object: &Object, name: &str, text: &str) {
    set(object, name, &text.into());
}

/// What the browser makes of a value as text.
pub(crate) fn to_text(value: &JsValue) -> String {
    value.unchecked_ref::<Object>().to_js_string().into()
}

/// Whether a value is an array.
pub(crate) fn is_array(value: &JsValue) -> bool {
    Array::is_array(value)
}

/// An array's items; anything else as the only one.
pub(crate) fn each(value: &JsValue) -> Vec<JsValue> {
    if is_array(value) { Array::from(value).iter().collect() } else { vec![value.clone()] }
}

/// An array's items, if all of them are texts.
pub(crate) fn texts(array: &JsValue) -> Option<Vec<String>> {
    Array::from(array).iter().map(|item| item.as_string()).collect()
}

/// What an array holds; nothing where the value is none.
pub(crate) fn items(of: &JsValue) -> impl Iterator<Item = JsValue> {
    of.dyn_ref::<Array>().cloned().unwrap_or_default().into_iter()
}
