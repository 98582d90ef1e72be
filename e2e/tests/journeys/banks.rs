//! A bank is linked by the script that stands in for Plaid's, in a page of a host with the strictest policy there is.

use std::path::Path;

use e2e::connections::{list_connections, only_connection};
use e2e::error::{holds, same};
use e2e::pages::{Page, PageServer};
use e2e::programs::WIDGET_ID;
use e2e::{Context, Journey, Outcome};
use serde_json::{Value, json};
use url::Url;

use super::bank_frame::{escape_bank_frame, press_in_bank_frame};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a bank is linked in the page, asks for a sign-in later, and is mended", |context| {
        Box::pin(links_and_updates(context))
    }),
    Journey::new(
        "a bank link that is left or fails tells the page so and leaves nothing behind",
        |context| Box::pin(leaves(context)),
    ),
    Journey::new("a bank of another business can be neither linked again nor mended", |context| {
        Box::pin(is_foreign(context))
    }),
];

/// A page that lets in nothing but itself, the server, and the script's own address.
async fn open(context: &Context) -> Outcome<PageServer> {
    open_for(context, &context.business).await
}

async fn open_for(context: &Context, business: &str) -> Outcome<PageServer> {
    let programs = context.programs()?;
    let connect = programs.all_services_server().await?;
    let provider = programs.provider.replace("127.0.0.1", "provider.localhost");
    let policy = format!(
        "default-src 'none'; script-src 'self' {provider}; connect-src {connect} {provider}; img-src 'self'; base-uri 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Banks</title><h1>Banks</h1>\
         <button id=\"link\">Link a bank</button><button id=\"mend\">Sign in again</button>\
         <script src=\"{provider}/plaid/link-initialize.js\"></script><script src=\"/bank-link.js\"></script></html>"
    );
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/bank-link.js");
    let server = PageServer::start(vec![
        ("/", Page::Html(html, vec![("content-security-policy", policy)])),
        ("/bank-link.js", Page::File(script)),
    ])
    .await?;
    let mut address = server.at("/");
    if let Ok(mut url) = Url::parse(&address) {
        url.query_pairs_mut().extend_pairs([
            ("endpoint", connect),
            ("widgetId", WIDGET_ID),
            ("businessName", business),
        ]);
        address = url.into();
    }
    context.browser.goto(&address).await?;
    Ok(server)
}

async fn press(context: &Context, selector: &str) -> Outcome {
    Ok(context.browser.element(selector).await?.click().await?)
}

/// Waits until the page has heard this.
async fn hears(context: &Context, what: Value) -> Outcome {
    let told = "return window.heard.some((heard) => JSON.stringify(heard) === arguments[0]) || null";
    let text = what.to_string();
    context
        .browser
        .until(&format!("{text} is heard"), e2e::browser::TIMEOUT, || async {
            let heard = context.browser.script(told, vec![json!(text)]).await?;
            Ok((heard == json!(true)).then_some(()))
        })
        .await
}

/// The page's policy was never broken, and no frame is left.
async fn check_clean(context: &Context) -> Outcome {
    let left = "return [window.violations, document.querySelectorAll('iframe').length]";
    same("violations and frames", context.browser.script(left, vec![]).await?, json!([[], 0]))
}

async fn links_and_updates(context: &Context) -> Outcome {
    let _page = open(context).await?;
    press(context, "#link").await?;
    press_in_bank_frame(context, "#practice-bank-1").await?;
    hears(context, json!({ "linked": "Fernway Bank", "bank": "Fernway Bank" })).await?;
    check_clean(context).await?;
    let programs = context.programs()?;
    let connect = programs.all_services_server().await?;
    let linked = only_connection(context.programs()?, connect, &context.business).await?;
    same("the state", &linked["state"], &json!("active"))?;
    same("the accounts", &linked["accounts"], &json!([{ "mask": "0421" }, { "mask": "7788" }]))?;
    let broken = reqwest::Client::new()
        .post(format!("{}/control/plaid/break", programs.provider))
        .header("content-type", "application/json")
        .body(json!({ "item": linked["serviceAccountRef"]["id"] }).to_string());
    same("what broke", broken.send().await?.text().await?, r#"{"broken":1}"#)?;
    let _again = open(context).await?;
    let asks = "return window.connections && window.connections[0].error === 'reauthorizationRequired'";
    context.browser.until_script("the bank asks for a sign-in", asks).await?;
    press(context, "#mend").await?;
    press_in_bank_frame(context, "#practice-bank-mend").await?;
    hears(context, json!({ "linked": "Fernway Bank", "bank": "Fernway Bank" })).await?;
    check_clean(context).await?;
    let mended = only_connection(context.programs()?, connect, &context.business).await?;
    same("the state", &mended["state"], &json!("active"))?;
    same("the connection", &mended["connectionId"], &linked["connectionId"])
}

async fn leaves(context: &Context) -> Outcome {
    let _page = open(context).await?;
    press(context, "#link").await?;
    press_in_bank_frame(context, "#practice-bank-exit").await?;
    hears(context, json!({ "exit": "left" })).await?;
    check_clean(context).await?;
    context.browser.script("window.heard.length = 0", vec![]).await?;
    press(context, "#link").await?;
    escape_bank_frame(context).await?;
    hears(context, json!({ "exit": "left" })).await?;
    check_clean(context).await?;
    press(context, "#link").await?;
    press_in_bank_frame(context, "#practice-bank-error").await?;
    hears(context, json!({ "event": "ERROR", "code": "INSTITUTION_DOWN" })).await?;
    hears(context, json!({ "exit": "INSTITUTION_DOWN" })).await?;
    check_clean(context).await
}

/// Knows all that the page of the business knew, and asks in another business's session.
async fn is_foreign(context: &Context) -> Outcome {
    let _page = open(context).await?;
    let listen = "const send = window.fetch; window.fetch = (to, options) => {\
        if (to.includes('setAccessToken')) window.publicToken = JSON.parse(options.body).publicToken;\
        return send(to, options);\
    }";
    context.browser.script(listen, vec![]).await?;
    press(context, "#link").await?;
    press_in_bank_frame(context, "#practice-bank-1").await?;
    hears(context, json!({ "linked": "Fernway Bank", "bank": "Fernway Bank" })).await?;
    let public = context.browser.script("return window.publicToken", vec![]).await?;
    holds(public.is_string(), "what the script ended with", "a public token", &public)?;
    let programs = context.programs()?;
    let connect = programs.all_services_server().await?;
    let linked = only_connection(programs, connect, &context.business).await?;

    let stranger = format!("{} next door", context.business);
    let _other = open_for(context, &stranger).await?;
    let ask = "const [publicToken, connectionId, tell] = arguments;\
        (async () => {\
            await window.opened;\
            const answers = [\
                await window.call('POST', '/plaid/setAccessToken', { publicToken }),\
                await window.call('POST', `/plaid/createLinkToken?connectionId=${connectionId}`, { redirectUrl: null }),\
                await window.call('PATCH', '/plaid/updateConnection', { connectionId }),\
            ];\
            return answers.map((answer) => answer.error && answer.error.statusCode);\
        })().then(tell, (error) => tell(String(error)));";
    let refused = context.browser.script_async(ask, vec![public, linked["connectionId"].clone()]).await?;
    same("how it is refused", refused, json!([400, 400, 400]))?;
    let foreign = list_connections(programs, connect, &stranger).await?;
    same("the other business's connections", foreign, Vec::<Value>::new())?;
    same("the bank", only_connection(programs, connect, &context.business).await?, linked)
}
