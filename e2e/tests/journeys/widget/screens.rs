//! axe-core on the screens of the steps and of the services without a window, in light and in dark; the screens of the
//! sign-in are in `stories::accessibility`.

use std::time::Duration;

use e2e::axe::Axe;
use e2e::{Context, Journey, Needs, Outcome};

use super::attention;
use super::banks::{FERNWAY, link};
use super::driving::{
    ACCOUNTING, BANKING, SALES, SUMMARY, choose, fill, go_to, is_at, open, open_with, reconnect, sign_in,
    window,
};
use super::entering::{self, instructed};
use super::idle::half_an_hour_passes;
use crate::stories::accessibility::look;
use crate::stories::steps::approve;

const LONGER: Duration = Duration::from_mins(6);

const LIGHT: &[Journey] = &[
    Journey::new("axe-core, light: overview, search, question, summary, idle", |context| {
        Box::pin(steps(context))
    }),
    Journey::new("axe-core, light: credentials, entities, connector, web services", |context| {
        Box::pin(without_window(context))
    }),
    Journey::new("axe-core, light: bank link, script not loaded, add another, full summary", |context| {
        Box::pin(banks(context))
    }),
    Journey::new("axe-core, light: attention, different company", |context| Box::pin(again(context))),
];

/// The same screens in both looks.
pub fn journeys() -> Vec<Journey> {
    let names = [
        "axe-core, dark: overview, search, question, summary, idle",
        "axe-core, dark: credentials, entities, connector, web services",
        "axe-core, dark: bank link, script not loaded, add another, full summary",
        "axe-core, dark: attention, different company",
    ];
    let light = LIGHT.iter().map(|journey| journey.needs(Needs::Axe).within(LONGER));
    let dark = light.clone().zip(names).map(|(journey, name)| Journey { name, ..journey.dark() });
    light.clone().chain(dark).collect()
}

async fn steps(context: &Context) -> Outcome {
    let axe = Axe::load()?;
    let widget = context.widget();
    context
        .open_wide(&[("successUrl", ""), ("closeEnabled", "true"), ("closeRedirectUrl", "/closed")])
        .await?;
    look(context, &axe, "overview").await?;
    go_to(context, ACCOUNTING).await?;
    look(context, &axe, "picker").await?;
    widget.element("#search").await?.send_keys("no such books").await?;
    widget.says("No service is called that").await?;
    look(context, &axe, "picker").await?;
    go_to(context, SALES).await?;
    widget.pick("shopify").await?;
    look(context, &axe, "before").await?;
    widget.act("continue").await?;
    widget.says("letters, digits and hyphens").await?;
    look(context, &axe, "before").await?;
    widget.act("back").await?;
    is_at(context, SALES).await?;
    go_to(context, SUMMARY).await?;
    look(context, &axe, "summary").await?;
    half_an_hour_passes(context).await?;
    look(context, &axe, "idle").await
}

async fn without_window(context: &Context) -> Outcome {
    let axe = Axe::load()?;
    let widget = context.widget();
    entering::begin(context, "oracleNetsuite").await?;
    look(context, &axe, "credentials").await?;
    widget.act("submit").await?;
    widget.says("Enter a whole number").await?;
    look(context, &axe, "credentials").await?;
    entering::begin(context, "sageIntacct").await?;
    look(context, &axe, "credentials").await?;
    for (field, text) in
        [("companyId", "harbour-to-look-at"), ("userId", "owner"), ("userPassword", "practice-password")]
    {
        fill(context, field, text).await?;
    }
    widget.act("submit").await?;
    look(context, &axe, "accounts").await?;
    open(context, ACCOUNTING).await?;
    widget.pick("quickbooksDesktop").await?;
    widget.shows("connector").await?;
    instructed(context).await?;
    widget.act("reveal").await?;
    look(context, &axe, "connector").await?;
    context.open(&[]).await?;
    approve(context, "dynamicsBusinessCentral").await?;
    choose(context, "Finch Joinery").await?;
    widget.shows("webServices").await?;
    instructed(context).await?;
    look(context, &axe, "webServices").await
}

async fn banks(context: &Context) -> Outcome {
    let axe = Axe::load()?;
    let widget = context.widget();
    open_with(context, BANKING, &[("csp", "strict")]).await?;
    look(context, &axe, "picker").await?;
    widget.pick("plaid").await?;
    look(context, &axe, "notLoaded").await?;
    open_with(context, BANKING, &[("closeEnabled", "true"), ("closeRedirectUrl", "/closed")]).await?;
    widget.pick("plaid").await?;
    context.browser.element(FERNWAY).await?;
    widget.shows("bankLink").await?;
    // The script's panel makes all behind it inert, so that axe-core would have nothing to look at.
    let beside = "const panel = document.querySelector('#practice-bank'); panel.close(); panel.show();";
    context.browser.script(beside, vec![]).await?;
    look(context, &axe, "bankLink").await?;
    context.browser.element("#practice-bank-exit").await?.click().await?;
    is_at(context, BANKING).await?;
    link(context, FERNWAY).await?;
    look(context, &axe, "connected").await?;
    widget.act("add-another").await?;
    is_at(context, BANKING).await?;
    look(context, &axe, "picker").await?;
    go_to(context, SUMMARY).await?;
    look(context, &axe, "summary").await
}

async fn again(context: &Context) -> Outcome {
    let axe = Axe::load()?;
    let widget = context.widget();
    let id = attention::lapsed(context).await?;
    look(context, &axe, "attention").await?;
    reconnect(context, &id).await?;
    look(context, &axe, "before").await?;
    let popup = window(context).await?;
    popup.press("#company option[value='Marlow Ceramics']").await?;
    sign_in(popup, "#approve").await?;
    look(context, &axe, "refused").await?;
    context.open_wide(&[("successUrl", "")]).await?;
    widget.shows("attention").await?;
    widget.act("next").await?;
    widget.shows("overview").await?;
    go_to(context, ACCOUNTING).await?;
    look(context, &axe, "picker").await
}
