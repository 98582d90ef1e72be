//! axe-core on every screen that the widget has, in light and in dark. What it cannot judge is printed.
//! Screens that stand there only while an answer is on its way are held by the proxy.

use std::time::Duration;

use e2e::axe::Axe;
use e2e::error::{holds, same};
use e2e::pages::{Page, PageServer};
use e2e::popup::Popup;
use e2e::proxy::{Proxy, ProxyMode};
use e2e::{Context, Journey, Needs, Outcome};
use serde_json::json;

use super::steps::{SANDBOX, start_sign_in};

const LONGER: Duration = Duration::from_mins(6);

const LIGHT: &[Journey] = &[
    Journey::new("axe-core finds a fault that is put in", |context| Box::pin(finds_faults(context)))
        .needs(Needs::Axe),
    Journey::new("axe-core, light: picker, before, waiting, connected", |context| {
        Box::pin(check_sign_in_screens(context))
    })
    .needs(Needs::Axe)
    .within(LONGER),
    Journey::new("axe-core, light: loading, opening, working, sandbox form", |context| {
        Box::pin(check_busy_screens(context))
    })
    .needs(Needs::Axe)
    .within(LONGER),
    Journey::new("axe-core, light: blocked, refused, failed, expired", |context| {
        Box::pin(check_failure_screens(context))
    })
    .needs(Needs::Axe)
    .within(LONGER),
    Journey::new("axe-core, light: unavailable, duplicate, handing over and stuck", |context| {
        Box::pin(check_other_screens(context))
    })
    .needs(Needs::Axe)
    .within(LONGER),
];

/// The same screens in both looks; the fault that is put in is looked for once.
pub fn journeys() -> Vec<Journey> {
    let names = [
        "axe-core, dark: picker, before, waiting, connected",
        "axe-core, dark: loading, opening, working, sandbox form",
        "axe-core, dark: blocked, refused, failed, expired",
        "axe-core, dark: unavailable, duplicate, handing over and stuck",
    ];
    let dark = LIGHT[1..].iter().zip(names).map(|(journey, name)| Journey { name, ..journey.dark() });
    LIGHT.iter().copied().chain(dark).collect()
}

/// Waits for a screen, sees that it is drawn in the look that the journey asked for, and has axe-core check it.
pub async fn check_screen(context: &Context, axe: &Axe, screen: &str) -> Outcome {
    context.widget().shows(screen).await?;
    let script = "return matchMedia('(prefers-color-scheme: dark)').matches";
    let dark = context.browser.script(script, vec![]).await?;
    same(
        "whether the page prefers dark",
        dark,
        json!(context.color_scheme == e2e::driver::ColorScheme::Dark),
    )?;
    let name = if context.color_scheme == e2e::driver::ColorScheme::Dark { "dark" } else { "light" };
    axe.check(&context.browser, &format!("{name} {screen}")).await
}

async fn finds_faults(context: &Context) -> Outcome {
    let axe = Axe::load()?;
    context.open(&[]).await?;
    context.widget().shows("picker").await?;
    let script = "const button = document.createElement('button');\
        document.querySelector('#railz-connect-base').shadowRoot.append(button);";
    context.browser.script(script, vec![]).await?;
    let found = axe.violations(&context.browser).await?;
    let named = found.iter().any(|violation| violation["rule"] == "button-name");
    holds(named, "a button without a name in the shadow root", "found by axe-core", found)
}

async fn check_sign_in_screens(context: &Context) -> Outcome {
    let axe = Axe::load()?;
    let widget = context.widget();
    context.open(&[("successUrl", ""), ("closeEnabled", "true"), ("closeRedirectUrl", "/closed")]).await?;
    check_screen(context, &axe, "picker").await?;
    widget.pick("quickbooks").await?;
    check_screen(context, &axe, "before").await?;
    widget.act("continue").await?;
    let popup = Popup::opened(&context.browser).await?;
    popup.element("#approve").await?;
    context.browser.to_main().await?;
    check_screen(context, &axe, "waiting").await?;
    popup.close().await?;
    widget.says("Window closed?").await?;
    check_screen(context, &axe, "waiting").await?;
    widget.act("reopen").await?;
    Popup::opened(&context.browser).await?.press("#approve").await?;
    check_screen(context, &axe, "connected").await?;
    // With a connection in the list.
    context.open(&[("successUrl", "")]).await?;
    check_screen(context, &axe, "picker").await
}

async fn check_busy_screens(context: &Context) -> Outcome {
    let axe = Axe::load()?;
    let programs = context.programs()?;
    let widget = context.widget();
    let proxy = Proxy::start(programs, ProxyMode::Hold("/widget/session/")).await?;
    context.open(&[("endpoint", &proxy.endpoint())]).await?;
    check_screen(context, &axe, "loading").await?;

    let proxy = Proxy::start(programs, ProxyMode::Hold("/services/url")).await?;
    context.open(&[("endpoint", &proxy.endpoint()), ("successUrl", "")]).await?;
    widget.shows("picker").await?;
    widget.pick(SANDBOX).await?;
    check_screen(context, &axe, "working").await?;

    context.open(&[("endpoint", &proxy.endpoint()), ("successUrl", "")]).await?;
    let popup = start_sign_in(context, "quickbooks").await?;
    context.browser.to_main().await?;
    check_screen(context, &axe, "opening").await?;
    proxy.release();
    popup.element("#approve").await?;
    popup.close().await?;

    let proxy = Proxy::start(programs, ProxyMode::NoFeatures).await?;
    context.open(&[("endpoint", &proxy.endpoint()), ("successUrl", "")]).await?;
    widget.shows("picker").await?;
    widget.pick(SANDBOX).await?;
    check_screen(context, &axe, "sandboxForm").await
}

async fn check_failure_screens(context: &Context) -> Outcome {
    let axe = Axe::load()?;
    let widget = context.widget();
    context.open(&[("successUrl", "")]).await?;
    widget.shows("picker").await?;
    widget.press_by_script("button[data-service='quickbooks']").await?;
    widget.shows("before").await?;
    widget.press_by_script("button[data-action='continue']").await?;
    check_screen(context, &axe, "blocked").await?;

    // A short time is only for who waits for its end: the others may need longer, on a busy machine.
    for (answer, screen, timeout) in
        [("#deny", "refused", "120"), ("#server-error", "failed", "120"), ("#never", "expired", "3")]
    {
        context.open(&[("successUrl", ""), ("sessionTimeout", timeout)]).await?;
        let popup = start_sign_in(context, "quickbooks").await?;
        popup.press(answer).await?;
        check_screen(context, &axe, screen).await?;
        popup.close().await?;
    }
    Ok(())
}

async fn check_other_screens(context: &Context) -> Outcome {
    let axe = Axe::load()?;
    let programs = context.programs()?;
    let widget = context.widget();
    context.open_with(&[("businessUuid", "BIZ-00000000-0000-4000-8000-000000000000")]).await?;
    check_screen(context, &axe, "unavailable").await?;

    let _proxy = super::sandbox_form::connect(context, "duplicate_connection").await?;
    check_screen(context, &axe, "duplicate").await?;

    let staying = PageServer::start(vec![("/success", Page::Stay)]).await?;
    context.open(&[("successUrl", &staying.at("/success"))]).await?;
    widget.shows("picker").await?;
    // The screen stands for half a minute, in which a busy machine may not get to look at it.
    let stays = "const wait = window.setTimeout;\
        window.setTimeout = (call, after, ...more) => wait(call, after === 30_000 ? 120_000 : after, ...more);";
    context.browser.script(stays, vec![]).await?;
    // A press through the driver waits for the navigation that never comes, longer than the screen stands.
    widget.press_by_script("button[data-service='railzSandbox']").await?;
    check_screen(context, &axe, "handingOver").await?;

    let elsewhere = programs.host.replace("127.0.0.1", "localhost") + "/success";
    context.open(&[("successUrl", &elsewhere), ("csp", "form-action")]).await?;
    widget.shows("picker").await?;
    // Connected in the sandbox by the page before; what is renewed is handed over again.
    widget.act("reauthorise").await?;
    check_screen(context, &axe, "handOverStuck").await
}
