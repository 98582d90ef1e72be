//! The host's colours, font, logo and links, and which of them a plan honours.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use wasm_bindgen_test::wasm_bindgen_test;

use railz_connect::mount_with;

use crate::support::page::evaluate;
use crate::support::responses::SESSION;
use crate::support::widget::new_parent;
use crate::support::{Server, Widget, settle};

fn session_on(plan: &str) -> String {
    SESSION.replace(r#""billingPlan": "custom""#, &format!(r#""billingPlan": "{plan}""#))
}

/// A colour as the browser paints it: red, green, blue.
fn painted(element: &HtmlElement, property: &str) -> [u8; 3] {
    let paint: Function = evaluate(
        "(element, property) => {
            const pen = new OffscreenCanvas(1, 1).getContext('2d');
            pen.fillStyle = getComputedStyle(element).getPropertyValue(property);
            pen.fillRect(0, 0, 1, 1);
            return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)].join();
        }",
    )
    .unchecked_into();
    let rgb = paint.call2(&JsValue::NULL, element, &property.into()).unwrap().as_string().unwrap();
    let rgb: Vec<u8> = rgb.split(',').map(|part| part.parse().unwrap()).collect();
    rgb.try_into().unwrap()
}

fn computed(element: &HtmlElement, property: &str) -> String {
    let read: Function =
        evaluate("(element, property) => getComputedStyle(element).getPropertyValue(property)")
            .unchecked_into();
    read.call2(&JsValue::NULL, element, &property.into()).unwrap().as_string().unwrap()
}

/// The colours of the one button that is filled, and of the text on it.
async fn button_with(session: &str, more: &str) -> ([u8; 3], [u8; 3]) {
    let widget = Widget::opened(session, more).await;
    widget.press("[data-service=harbourBooks]").await;
    let button = widget.get("[data-action=continue]");
    evaluate("(globalThis.scrollTo(0, 0))");
    (painted(&button, "background-color"), painted(&button, "color"))
}

const WHITE: [u8; 3] = [255; 3];
const BLACK: [u8; 3] = [0; 3];

#[wasm_bindgen_test]
async fn the_hosts_colour_fills_the_button_and_its_text_is_black_or_white() {
    for (colour, filled, text) in [
        ("#1D1F48", [29, 31, 72], WHITE),
        ("#ffe08a", [255, 224, 138], BLACK),
        ("rgb(0 120 212)", [0, 120, 212], WHITE),
        ("white", WHITE, BLACK),
    ] {
        let more = format!(r#""theme":{{"primary":{{"background":"{colour}"}}}}"#);
        assert_eq!(button_with(SESSION, &more).await, (filled, text), "{colour}");
    }
}

#[wasm_bindgen_test]
async fn the_older_names_count_where_the_theme_says_nothing_also_without_the_hash() {
    assert_eq!(button_with(SESSION, r#""brandColor":"1D1F48""#).await.0, [29, 31, 72]);
    let both =
        r##""brandColor":"#1D1F48","theme":{"primary":{"background":"#aa0000","foreground":"#ffff00"}}"##;
    assert_eq!(button_with(SESSION, both).await, ([170, 0, 0], [255, 255, 0]));
}

#[wasm_bindgen_test]
async fn what_is_no_colour_changes_nothing() {
    let plain = button_with(SESSION, "").await;
    for wrong in ["not-a-colour", "red; } * { display: none", "12px", "url(x)"] {
        let more = format!(r#""theme":{{"primary":{{"background":"{wrong}"}}}},"brandColor":7"#);
        assert_eq!(button_with(SESSION, &more).await, plain, "{wrong}");
    }
    evaluate("document.documentElement.style.setProperty('--brand-primary-background', 'red')");
    let in_a_page_with_that_property = button_with(SESSION, "").await;
    evaluate("document.documentElement.removeAttribute('style')");
    assert_eq!(in_a_page_with_that_property, plain);
}

#[wasm_bindgen_test]
async fn a_plan_honours_all_of_a_theme_or_its_colours_or_nothing() {
    let more = r##""theme":{"primary":{"background":"#aa0000"},"fontFamily":"monospace",
        "logo":{"url":"data:image/gif;base64,R0lGODlhAQABAAAAACw=","style":{"maxWidth":"33px","opacity":"0.5"}}}"##;
    let plain = button_with(SESSION, "").await.0;
    for (plan, colour, font, logo) in [
        ("custom", [170, 0, 0], true, true),
        ("payAsYouGo", [170, 0, 0], false, false),
        ("free", plain, false, false),
    ] {
        let session = session_on(plan);
        assert_eq!(button_with(&session, more).await.0, colour, "{plan}");
        let widget = Widget::opened(&session, more).await;
        assert_eq!(computed(&widget.get("h2"), "font-family") == "monospace", font, "{plan}");
        let shown = widget.find(".logo");
        assert_eq!(shown.is_some(), logo, "{plan}");
        if let Some(shown) = shown {
            assert_eq!(
                (computed(&shown, "max-width"), computed(&shown, "opacity")),
                ("33px".into(), "0.5".into())
            );
            assert_eq!(shown.get_attribute("alt").as_deref(), Some("Acme Lending"));
        }
    }
    let session = SESSION.replace(r#""sites": false"#, r#""sites": true"#);
    assert!(
        Widget::opened(&session, more).await.find(".logo, .badge").is_none(),
        "a page of the server's own"
    );
}

#[wasm_bindgen_test]
async fn text_in_the_hosts_colour_stays_readable_on_the_surface() {
    for colour in ["#ffe08a", "#1D1F48"] {
        let more = format!(r#""theme":{{"primary":{{"background":"{colour}"}}}}"#);
        let widget = Widget::at_picker(&more).await;
        let link = page_element(&widget, "A");
        let contrast = contrast(painted(&link, "color"), painted(&widget.get(".card"), "background-color"));
        assert!(contrast >= 4.5, "{colour}: {contrast}");
    }
}

/// An element that wears the colour of an action.
fn page_element(widget: &Widget, tag: &str) -> HtmlElement {
    let element: HtmlElement = crate::support::page::document().create_element(tag).unwrap().unchecked_into();
    element.set_class_name("action");
    widget.get(".card").append_child(&element).unwrap();
    element
}

/// WCAG 2.2, relative luminance and contrast ratio.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let luminance = |rgb: [u8; 3]| {
        let linear = rgb.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[wasm_bindgen_test]
async fn links_of_the_hosts_stand_below_and_only_the_full_plan_leaves_them_out() {
    let components = |more: &str| {
        format!(
            r#""options":{{"components":{{"termsTitle":"https://host.example/terms","helpLinkTitle":"help.example"{more}}},
            "content":{{"terms":{{"linkText":"Our terms"}}}}}}"#
        )
    };
    let widget = Widget::at_picker(&components("")).await;
    assert_eq!(widget.texts(".links a"), ["Our terms", "Help"]);
    assert_eq!(widget.get(".links a").get_attribute("href").as_deref(), Some("https://host.example/terms"));
    let off = components(r#","terms":false,"helpLink":false"#);
    assert!(Widget::at_picker(&off).await.find(".links").is_none());
    assert_eq!(Widget::opened(&session_on("free"), &off).await.texts(".links a"), ["Terms", "Help"]);
    assert!(Widget::at_picker("").await.find(".links").is_none(), "without an address there is no link");
}

#[wasm_bindgen_test]
async fn a_title_that_the_host_leaves_out_is_still_there_to_be_heard() {
    let widget = Widget::at_picker(r#""headerEnabled":false,"options":{"components":{"back":false}}"#).await;
    assert_eq!(widget.texts("h2"), ["Connect your accounting"]);
    assert_eq!(computed(&widget.get("h2"), "width"), "1px");
    widget.press("[data-service=harbourBooks]").await;
    assert_eq!(computed(&widget.get("[data-action=back]"), "display"), "none");
    assert_ne!(computed(&widget.get("h2"), "width"), "1px", "other screens keep theirs");
}

#[wasm_bindgen_test]
async fn a_logos_style_may_hold_what_is_no_value() {
    // What used to happen: `undefined`, as in `{ maxWidth: narrow ? 33 : undefined }`, made `mount` throw a TypeError.
    let environment = JsValue::UNDEFINED;
    let theme = "{ logo: { url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=', \
        style: { maxWidth: undefined, maxHeight: null, width: {}, height: Symbol('x'), opacity: 0.5 } } }";
    let options =
        evaluate(&format!("{{ widgetId: 'W', endpoint: 'https://connect.example', theme: {theme} }}"));
    let server = Server::default();
    server.answer("/widget/session/", 200, SESSION);
    let parent = new_parent();
    let handle = mount_with(&parent, &options, &environment, server.transport()).expect("it mounts");
    settle().await;
    let root = parent.first_element_child().unwrap().shadow_root().unwrap();
    let logo = root.query_selector(".logo").unwrap().expect("a logo");
    assert_eq!(computed(&logo.unchecked_into(), "opacity"), "0.5");
    handle.unmount();
    parent.remove();
}
