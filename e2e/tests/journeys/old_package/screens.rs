//! The package's instruction screens, one after the other, and the fields on them. A screen says which it is
//! ("3b of 4"), so each is waited for by these words.

use e2e::browser::TIMEOUT;
use e2e::programs::WIDGET_ID;
use e2e::{Context, Outcome};
use serde_json::{Value, json};

use super::driving::{press, says};

/// The button that leads on from an instruction screen, where it may be pressed.
const ONWARD: &str = "railz-button[data-testid=railz-button-manual-next] button:enabled";

/// Waits for each of these screens and leads on from it.
pub async fn pass_screens(context: &Context, screens: &[&str]) -> Outcome {
    for screen in screens {
        says(context, screen).await?;
        press(context, ONWARD, "").await?;
    }
    Ok(())
}

/// Types into the field that is labelled like this, instead of what stands there, until it stands there: the package
/// draws a form anew when an answer came.
pub async fn fill_in(context: &Context, label: &str, text: &str) -> Outcome {
    let script = "const label = window.deep('label').find((label) => label.textContent.trim() === arguments[0]);\
        return label ? label.getRootNode().querySelector('input') : null;";
    let browser = &context.browser;
    let field = async || browser.script_element(script, vec![json!(label)]).await;
    browser
        .until(&format!("the field {label:?} in the old package"), TIMEOUT, || async {
            let Some(typed) = field().await? else { return Ok(None) };
            typed.clear().await?;
            typed.send_keys(text).await?;
            let Some(typed) = field().await? else { return Ok(None) };
            Ok((typed.value().await?.as_deref() == Some(text)).then_some(()))
        })
        .await
}

/// Waits until the package has opened so many sessions. Back from a success or an error it opens another and has no
/// token meanwhile: what is pressed then is refused.
pub async fn wait_for_sessions(context: &Context, times: usize) -> Outcome {
    let path = format!("/widget/session/{WIDGET_ID}");
    wait_for_answer(context, &path, times).await?;
    let script = "return localStorage.getItem('railz_auth')";
    context.browser.until_script("the session's token in the old package", script).await.map(drop)
}

/// Waits until the server has answered so many requests for a path, and gives the last answer's status and JSON.
pub async fn wait_for_answer(context: &Context, path: &str, times: usize) -> Outcome<(u64, Value)> {
    let script = "return window.answers.filter((answer) => answer.path === arguments[0])";
    let browser = &context.browser;
    let last = browser
        .until(&format!("answer {times} to {path}"), TIMEOUT, || async {
            let answers = browser.script(script, vec![json!(path)]).await?;
            Ok(answers.as_array().filter(|all| all.len() >= times).and_then(|all| all.last().cloned()))
        })
        .await?;
    let body = serde_json::from_str(last["body"].as_str().unwrap_or_default()).unwrap_or_default();
    Ok((last["status"].as_u64().unwrap_or_default(), body))
}
