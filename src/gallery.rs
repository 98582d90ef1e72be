//! Samples of screens, drawn one at a time for pictures and tests. Only in a build with the feature `gallery`, so that
//! not a byte of it travels to a host.

use std::rc::Rc;

use js_sys::{JSON, Object};
use railz_connect_gallery::{GUIDE_STEPS, Sample, missing, samples};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::browser::js_value;
use crate::browser::shadow_root::ShadowHost;
use crate::view;

#[wasm_bindgen(module = "/npm/on-demand/form-screens.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = "draw")]
    static DRAW: JsValue;
}

/// The module of the forms as if it had travelled, without its rules of style: those stand in the widget's own sheet here.
pub(crate) fn forms_module() -> JsValue {
    js_value::object(&[("draw", DRAW.with(JsValue::clone))])
}

#[wasm_bindgen(module = "/npm/on-demand/label-words.js")]
extern "C" {
    #[wasm_bindgen(js_name = "readLabels")]
    fn read_labels(content: &JsValue) -> JsValue;
}

/// An environment with the host's words read, unless it says what became of them.
pub(crate) fn with_labels(options: &JsValue, environment: &JsValue) -> JsValue {
    let content = js_value::get(&js_value::get(options, "options"), "content");
    let read = js_value::object(&[("labels", read_labels(&content))]);
    match environment.dyn_ref::<Object>() {
        Some(given) => Object::assign(read.unchecked_ref::<Object>(), given).into(),
        None => read,
    }
}

/// A sample on the page, until it is removed.
#[wasm_bindgen]
#[derive(Debug)]
pub struct DrawnSample {
    /// Goes before the root does.
    screen: Option<view::Drawing>,
    root: ShadowHost,
}

#[wasm_bindgen]
impl DrawnSample {
    /// Takes it off the page.
    pub fn remove(&mut self) {
        drop(self.screen.take());
        self.root.remove();
    }
}

/// The samples' names, in their order.
#[wasm_bindgen]
pub fn gallery_names() -> Vec<String> {
    samples().iter().map(Sample::name).collect()
}

/// The screens without a sample.
#[wasm_bindgen]
pub fn gallery_missing() -> Vec<String> {
    missing().into_iter().map(str::to_owned).collect()
}

/// Draws a sample by its number.
///
/// # Errors
/// If there is no such sample, or the browser cannot make a shadow root.
#[wasm_bindgen]
pub fn gallery_draw(parent: &HtmlElement, number: usize) -> Result<DrawnSample, JsValue> {
    let sample = samples().into_iter().nth(number).ok_or("no such sample")?;
    let root = ShadowHost::attach(parent, false)?;
    // No press does anything here.
    let forms = view::Forms::new(root.as_mount_point().into());
    forms.put_module(&forms_module());
    forms.put_steps(JSON::parse(GUIDE_STEPS)?);
    let screen = view::Drawing::new(&root, sample.screen, Rc::default(), Rc::new(forms), |_| {});
    Ok(DrawnSample { screen: Some(screen), root })
}
