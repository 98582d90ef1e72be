//! The script that looks into the page (`probe.js`), and what Rust asks it for.

use serde_json::{Value, json};

use super::way_in::WayIn;
use crate::browser::Browser;
use crate::error::{JourneyError, Outcome};

const PROBE: &str = include_str!("probe.js");

/// Puts the probe into every page that the window loads from now on.
///
/// # Errors
/// [`JourneyError::Driver`].
pub async fn install(browser: &Browser, way_in: WayIn) -> Outcome {
    let source = PROBE.replace("__TILE__", way_in.tile());
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
    Ok(())
}

/// The value that an expression's promise comes to in the page.
///
/// # Errors
/// [`JourneyError::Unexpected`] when it is rejected, [`JourneyError::Driver`] when it does not come in time.
pub async fn ask(browser: &Browser, expression: &str) -> Outcome<Value> {
    let script = format!(
        "const done = arguments[arguments.length - 1]; \
         Promise.resolve().then(() => {expression}).then(done, (fault) => done({{ fault: String(fault) }}));"
    );
    let answer = browser.script_async(&script, vec![]).await?;
    match answer["fault"].as_str() {
        None => Ok(answer),
        Some(fault) => Err(unexpected(expression, "an answer", fault)),
    }
}

/// The number that an expression comes to.
///
/// # Errors
/// As [`ask`], and [`JourneyError::Unexpected`] when it is none.
pub async fn ask_number(browser: &Browser, expression: &str) -> Outcome<f64> {
    number(&ask(browser, expression).await?, expression)
}

/// A value as a number.
///
/// # Errors
/// [`JourneyError::Unexpected`] when it is none.
pub fn number(value: &Value, what: &str) -> Outcome<f64> {
    value.as_f64().ok_or_else(|| unexpected(what, "a number", &value.to_string()))
}

fn unexpected(what: &str, expected: &str, found: &str) -> JourneyError {
    JourneyError::Unexpected { what: what.to_owned(), expected: expected.to_owned(), found: found.to_owned() }
}
