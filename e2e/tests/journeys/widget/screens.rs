//! axe-core on the screens of the steps and of the services without a window, in light and in dark; the screens of the
//! sign-in are in `stories::accessibility`.

use std::time::Duration;

use e2e::axe::Axe;
use e2e::{Context, Journey, Needs, Outcome};

use super::attention;
use super::banks::{FERNWAY, link};
use super::driving::{
    ACCOUNTING, BANKING, SALES, SUMMARY, choose, fill, go_to, is_at, open, open_window, open_with, reconnect,
    sign_in,
};
use super::entering::{self, wait_for_instructions};
use super::idle::half_an_hour_passes;
use crate::stories::accessibility::check_screen;
use crate::stories::bank_frame::{press_in_bank_frame, wait_for_bank_frame};
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
        .open_all_services(&[("successUrl", ""), ("closeEnabled", "true"), ("closeRedirectUrl", "/closed")])
        .await?;
    check_screen(context, &axe, "overview").await?;
    go_to(context, ACCOUNTING).await?;
    check_screen(context, &axe, "picker").await?;
    widget.element("#search").await?.send_keys("no such books").await?;
    widget.says("No service is called that").await?;
    check_screen(context, &axe, "picker").await?;
    go_to(context, SALES).await?;
    widget.pick("shopify").await?;
    check_screen(context, &axe, "before").await?;
    widget.act("continue").await?;
    widget.says("letters, digits and hyphens").await?;
    check_screen(context, &axe, "before").await?;
    widget.act("back").await?;
    is_at(context, SALES).await?;
    go_to(context, SUMMARY).await?;
    check_screen(context, &axe, "summary").await?;
    half_an_hour_passes(context).await?;
    check_screen(context, &axe, "idle").await
}

async fn without_window(context: &Context) -> Outcome {
    let axe = Axe::load()?;
    let widget = context.widget();
    entering::start_sign_in(context, "oracleNetsuite").await?;
    check_screen(context, &axe, "credentials").await?;
    widget.act("submit").await?;
    widget.says("Enter a whole number").await?;
    check_screen(context, &axe, "credentials").await?;
    entering::start_sign_in(context, "sageIntacct").await?;
    check_screen(context, &axe, "credentials").await?;
    for (field, text) in
        [("companyId", "harbour-to-look-at"), ("userId", "owner"), ("userPassword", "practice-password")]
    {
        fill(context, field, text).await?;
    }
    widget.act("submit").await?;
    check_screen(context, &axe, "accounts").await?;
    open(context, ACCOUNTING).await?;
    widget.pick("quickbooksDesktop").await?;
    widget.shows("connector").await?;
    wait_for_instructions(context).await?;
    widget.act("reveal").await?;
    check_screen(context, &axe, "connector").await?;
    context.open(&[]).await?;
    approve(context, "dynamicsBusinessCentral").await?;
    choose(context, "Finch Joinery").await?;
    widget.shows("webServices").await?;
    wait_for_instructions(context).await?;
    check_screen(context, &axe, "webServices").await
}

async fn banks(context: &Context) -> Outcome {
    let axe = Axe::load()?;
    let widget = context.widget();
    open_with(context, BANKING, &[("csp", "strict")]).await?;
    check_screen(context, &axe, "picker").await?;
    widget.pick("plaid").await?;
    check_screen(context, &axe, "notLoaded").await?;
    open_with(context, BANKING, &[("closeEnabled", "true"), ("closeRedirectUrl", "/closed")]).await?;
    widget.pick("plaid").await?;
    wait_for_bank_frame(context).await?;
    check_screen(context, &axe, "bankLink").await?;
    press_in_bank_frame(context, "#practice-bank-exit").await?;
    is_at(context, BANKING).await?;
    link(context, FERNWAY).await?;
    check_screen(context, &axe, "connected").await?;
    widget.act("add-another").await?;
    is_at(context, BANKING).await?;
    check_screen(context, &axe, "picker").await?;
    go_to(context, SUMMARY).await?;
    check_screen(context, &axe, "summary").await
}

async fn again(context: &Context) -> Outcome {
    let axe = Axe::load()?;
    let widget = context.widget();
    let id = attention::connect_and_lapse(context).await?;
    check_screen(context, &axe, "attention").await?;
    reconnect(context, &id).await?;
    check_screen(context, &axe, "before").await?;
    let popup = open_window(context).await?;
    popup.press("#company option[value='Marlow Ceramics']").await?;
    sign_in(popup, "#approve").await?;
    check_screen(context, &axe, "refused").await?;
    context.open_all_services(&[("successUrl", "")]).await?;
    widget.shows("attention").await?;
    widget.act("next").await?;
    widget.shows("overview").await?;
    go_to(context, ACCOUNTING).await?;
    check_screen(context, &axe, "picker").await
}
