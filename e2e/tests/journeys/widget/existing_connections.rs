//! What is there already: a company of another business, and another company than before.

use e2e::connections::{list_connections, only_connection};
use e2e::error::{holds, same};
use e2e::{Context, Journey, Outcome};

use super::driving::{
    ACCOUNTING, check_connected, check_kept, connection_id, open, open_as, open_window, reconnect, sign_in,
    start_sign_in,
};

pub const JOURNEYS: &[Journey] = &[
    Journey::new("a company that another business has connected is told and not connected", |context| {
        Box::pin(duplicate(context))
    }),
    Journey::new("another company than before is told; the one of before renews under its id", |context| {
        Box::pin(different_company(context))
    }),
];

async fn duplicate(context: &Context) -> Outcome {
    open(context, ACCOUNTING).await?;
    sign_in(start_sign_in(context, "quickbooks").await?, "#approve").await?;
    check_connected(context, "quickbooks").await?;

    let second = format!("{} too", context.business);
    open_as(context, &second, ACCOUNTING).await?;
    sign_in(start_sign_in(context, "quickbooks").await?, "#approve").await?;
    let widget = context.widget();
    widget.shows("duplicate").await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "duplicateAccount")?;
    context.host().check_one_outcome("onError").await?;
    let server = context.programs()?.all_services_server().await?;
    same(
        "connections of the second business",
        list_connections(context.programs()?, server, &second).await?.len(),
        0,
    )?;
    let first = only_connection(context.programs()?, server, &context.business).await?;
    same("the first business's connection", first["state"].as_str(), Some("active"))
}

async fn different_company(context: &Context) -> Outcome {
    open(context, ACCOUNTING).await?;
    sign_in(start_sign_in(context, "quickbooks").await?, "#approve").await?;
    let first = check_connected(context, "quickbooks").await?;
    let before = check_kept(context, &first).await?;

    open(context, ACCOUNTING).await?;
    let widget = context.widget();
    reconnect(context, &connection_id(&first)).await?;
    let popup = open_window(context).await?;
    popup.press("#company option[value='Marlow Ceramics']").await?;
    sign_in(popup, "#approve").await?;
    widget.shows("refused").await?;
    widget.says("another company than before").await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "insufficientPermission")?;
    same("what the server keeps", check_kept(context, &first).await?, before)?;

    widget.act("try-again").await?;
    let popup = open_window(context).await?;
    popup.press("#company option[value='Juniper Bakery']").await?;
    sign_in(popup, "#approve").await?;
    widget.shows("connected").await?;
    let heard = context.host().hears("onSuccess", "authorization").await?;
    holds(
        connection_id(&heard.payload) == connection_id(&first),
        "the renewed connection",
        "the same id",
        &heard,
    )?;
    check_kept(context, &first).await.map(drop)
}
