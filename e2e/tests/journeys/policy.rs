//! A page of a host's with the strictest policy that the widget works under, which writes down what the policy refuses.
//!
//! It lets in one thing more than the widget needs: the icon that browsers ask for by themselves (`e2e::pages::ICON`).

use std::path::Path;

use e2e::error::same;
use e2e::pages::{ICON, Page, PageServer};
use e2e::{Context, Journey, Needs, Outcome};
use serde_json::Value;

pub const JOURNEYS: &[Journey] = &[Journey::new(
    "the icon that a browser asks for breaks no policy, and any other picture does",
    |context| Box::pin(icon(context)),
)
.needs(Needs::Nothing)];

const FORBIDDEN: &str = "/forbidden.png";

/// The page at an address, and the script in it that writes down what is refused. `connect` is the server's address.
pub fn pages(at: &'static str, html: &str, connect: &str) -> Vec<(&'static str, Page)> {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' {connect}; \
         img-src http://127.0.0.1:*{ICON}; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let html = html.replacen("<head>", "<head><script src=\"/refused.js\"></script>", 1);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/refused.js");
    vec![
        (at, Page::Html(html, vec![("content-security-policy", policy)])),
        ("/refused.js", Page::File(script)),
    ]
}

/// Checks that the policy has refused nothing, and that it would have been seen: the last thing that the page asks for is
/// a picture that the policy does not let in, and nothing that was refused before it can still be on its way.
pub async fn nothing_was_refused(context: &Context) -> Outcome {
    let ask = format!("new Image().src = '{FORBIDDEN}'");
    context.browser.script(&ask, vec![]).await?;
    let seen = format!("return window.refused.some((one) => one.includes('{FORBIDDEN}')) && window.refused");
    let refused = context.browser.until_script("the picture that the policy refuses", &seen).await?;
    let mut refused = refused.as_array().cloned().unwrap_or_else(|| vec![refused]);
    refused.retain(|one| !one.as_str().unwrap_or_default().contains(FORBIDDEN));
    same("what the policy refused before", refused, Vec::<Value>::new())
}

/// `WebKitGTK` asks for the icon when it has nothing else to do. On a busy machine that was in the middle of a journey, the
/// policy refused it, and it was counted as a violation of the widget's.
async fn icon(context: &Context) -> Outcome {
    let html = "<!doctype html><html lang='en'><head><title>Icon</title></head><h1>Icon</h1></html>";
    let server = PageServer::start(pages("/", html, "'self'")).await?;
    context.browser.goto(&server.at("/")).await?;
    let ask = format!(
        "const done = arguments[arguments.length - 1];\
        const icon = new Image();\
        icon.onload = icon.onerror = () => done(true);\
        icon.src = '{ICON}';"
    );
    context.browser.script_async(&ask, vec![]).await?;
    nothing_was_refused(context).await?;
    let asked = server.requests().into_iter().map(|request| request.path).collect::<Vec<_>>();
    same("what the browser asked for", asked, vec!["/", "/refused.js"])
}
