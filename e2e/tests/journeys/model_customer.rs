//! The customer that we want every customer to be, walked through: the host mints the session, believes the hand-over only after
//! it checked and redeemed it, shows company and data, hears webhooks, and disconnects.

use e2e::error::{holds, same};
use e2e::host::SuccessPage;
use e2e::{Context, Journey, Outcome};

use super::steps::{SANDBOX, approve, check_id};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a customer's site shows the company that was connected, and its end", |context| {
        Box::pin(connects_and_disconnects(context))
    }),
    Journey::new(
        "a customer's site shows what the sandbox has, and tells what its webhook heard",
        |context| Box::pin(shows_the_sandbox(context)),
    ),
    Journey::new("a hand-over that was made up is not believed by a customer's site", |context| {
        Box::pin(refuses_what_was_made_up(context))
    }),
];

async fn open(context: &Context) -> Outcome {
    let host = context.programs()?.minted_host().await?;
    let page = context.programs()?.page_of(host, &[("businessName", &context.business)]);
    context.browser.goto(&page).await?;
    context.widget().shows("picker").await
}

/// The words of an element of the site's own page, as soon as it is there.
async fn words(context: &Context, id: &str) -> Outcome<String> {
    let script =
        format!("const found = document.getElementById('{id}'); return found ? found.innerText : null;");
    let shown = context.browser.until_script(&format!("#{id}"), &script).await?;
    Ok(shown.as_str().unwrap_or_default().trim().to_owned())
}

/// Presses an element of the site's own page, in one step: the page loads itself again when a webhook arrives.
async fn press(context: &Context, id: &str) -> Outcome {
    let script = format!(
        "const found = document.getElementById('{id}'); if (!found) return null; found.click(); return true;"
    );
    context.browser.until_script(&format!("a press on #{id}"), &script).await.map(drop)
}

/// The success page of the customer's site: what it names is what the server told for the token.
async fn success_page(context: &Context, service: &str) -> Outcome<String> {
    let received = SuccessPage::read(&context.browser).await?;
    let host = context.programs()?.minted_host().await?;
    same("the address", context.browser.address().await?, format!("{host}/success/connected"))?;
    same("the method", received.method.as_str(), "POST")?;
    same("serviceName", received.service_name.as_str(), service)?;
    same("businessName", received.business_name.as_str(), context.business.as_str())?;
    check_id("businessUuid", "BIZ-", &received.business_uuid)?;
    check_id("connectionId", "CON-", &received.connection_id)?;
    Ok(received.connection_id)
}

/// Waits until the page that stands there tells of a webhook.
async fn told(context: &Context, sentence: &str) -> Outcome {
    let script = format!(
        "const list = document.querySelector('#told');\
         return list && list.innerText.includes({sentence:?}) ? true : null;"
    );
    context.browser.until_script(&format!("the webhook {sentence:?}"), &script).await.map(drop)
}

/// How many invoices the page shows, read from the service through the server.
async fn check_invoices(context: &Context) -> Outcome {
    let script = "return document.querySelectorAll('#data tbody tr').length;";
    let rows = context.browser.script(script, vec![]).await?;
    holds(rows.as_u64().is_some_and(|rows| rows > 0), "the invoices", "a row at least", &rows)
}

async fn connects_and_disconnects(context: &Context) -> Outcome {
    open(context).await?;
    approve(context, "xero").await?;
    let id = success_page(context, "xero").await?;
    let connected = words(context, "connected").await?;
    let names =
        connected.ends_with("at Xero is connected") && connected.len() > "at Xero is connected".len() + 1;
    holds(names, "the success page", "the company at Xero", &connected)?;
    check_invoices(context).await?;

    press(context, "open").await?;
    let company = words(context, "company").await?;
    same("the company", format!("{company} is connected"), connected)?;
    told(context, "pending became active").await?;

    press(context, "disconnect").await?;
    told(context, "active became disconnected").await?;
    let host = context.programs()?.minted_host().await?;
    same("the address", context.browser.address().await?, format!("{host}/connections/{id}"))?;
    let status =
        "const mark = document.querySelector('[data-status]'); return mark ? mark.dataset.status : null;";
    same("the status", context.browser.script(status, vec![]).await?.as_str(), Some("disconnected"))?;

    // The widget knows it too, and the same connection comes back.
    context.browser.goto(&format!("{host}/")).await?;
    context.widget().shows("attention").await
}

async fn shows_the_sandbox(context: &Context) -> Outcome {
    open(context).await?;
    context.widget().pick(SANDBOX).await?;
    let id = success_page(context, SANDBOX).await?;
    check_invoices(context).await?;
    let host = context.programs()?.minted_host().await?;
    context.browser.goto(&format!("{host}/connections")).await?;
    let listed = "return [...document.querySelectorAll('.connections [data-connection]')]\
        .map((item) => item.dataset.connection).join(' ') || null;";
    let listed = context.browser.until_script("the list", listed).await?;
    same("what is listed", listed.as_str(), Some(id.as_str()))?;
    told(context, "access was granted").await
}

async fn refuses_what_was_made_up(context: &Context) -> Outcome {
    open(context).await?;
    // A page of the same site, so that the visitor's cookie comes along: the state is what is missing.
    let forged = "const form = document.createElement('form'); form.method = 'post'; form.action = '/success';\
        for (const [name, value] of Object.entries({ connectionId: 'CON-00000000-0000-4000-8000-000000000001',\
            serviceName: 'xero', businessName: 'Somebody', state: 'made-up' })) {\
            const input = document.createElement('input'); input.name = name; input.value = value; form.append(input);\
        }\
        document.body.append(form); form.submit();";
    context.browser.script(forged, vec![]).await?;
    same("the page", words(context, "refused").await?.as_str(), "We could not confirm this")
}
