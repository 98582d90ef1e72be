//! A stylesheet adopted by a document or a shadow root. It needs no permission of a content security policy, and must be
//! made in the realm of the document that adopts it: the browser refuses one of another window or frame.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Document;

/// Makes the sheet in `document`'s realm and gives it to `scope`, which is that document or a shadow root in it.
///
/// # Errors
/// Whatever the browser throws.
pub(crate) fn adopt(document: &Document, scope: &JsValue, rules: &str) -> Result<(), JsValue> {
    let sheet = make(document, rules)?;
    Reflect::set(scope, &"adoptedStyleSheets".into(), &Array::of1(&sheet)).map(drop)
}

/// Puts a second sheet behind the first one, in the place of an earlier second one.
///
/// # Errors
/// Whatever the browser throws.
pub(crate) fn adopt_second(scope: &JsValue, sheet: &JsValue) -> Result<(), JsValue> {
    let first = Array::from(&Reflect::get(scope, &"adoptedStyleSheets".into())?).get(0);
    Reflect::set(scope, &"adoptedStyleSheets".into(), &Array::of2(&first, sheet)).map(drop)
}

/// A sheet that documents of this realm can adopt.
///
/// # Errors
/// Whatever the browser throws.
pub(crate) fn make(document: &Document, rules: &str) -> Result<JsValue, JsValue> {
    let realm = document.default_view().ok_or(JsValue::NULL)?;
    let constructor: Function = Reflect::get(&realm, &"CSSStyleSheet".into())?.dyn_into()?;
    let sheet = Reflect::construct(&constructor, &Array::new())?;
    let replace: Function = Reflect::get(&sheet, &"replaceSync".into())?.dyn_into()?;
    replace.call1(&sheet, &rules.into())?;
    Ok(sheet)
}
