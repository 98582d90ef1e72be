//! What is there already: a company of another business, and another company than before.

use e2e::failure::{holds, same};
use e2e::inquiry::{connections, only_connection};
use e2e::{Context, Journey, Outcome};

use super::driving::{
    ACCOUNTING, authorised, begin, connection, kept, open, open_as, reconnect, sign_in, window,
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
    sign_in(begin(context, "quickbooks").await?, "#approve").await?;
    authorised(context, "quickbooks").await?;

    let second = format!("{} too", context.business);
    open_as(context, &second, ACCOUNTING).await?;
    sign_in(begin(context, "quickbooks").await?, "#approve").await?;
    let widget = context.widget();
    widget.shows("duplicate").await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "duplicateAccount")?;
    context.host().heard_one_outcome("onError").await?;
    let server = context.world()?.wide().await?;
    same("connections of the second business", connections(server, &second).await?.len(), 0)?;
    let first = only_connection(server, &context.business).await?;
    same("the first business's connection", first["state"].as_str(), Some("active"))
}

async fn different_company(context: &Context) -> Outcome {
    open(context, ACCOUNTING).await?;
    sign_in(begin(context, "quickbooks").await?, "#approve").await?;
    let first = authorised(context, "quickbooks").await?;
    let before = kept(context, &first).await?;

    open(context, ACCOUNTING).await?;
    let widget = context.widget();
    reconnect(context, &connection(&first)).await?;
    let popup = window(context).await?;
    popup.press("#company option[value='Marlow Ceramics']").await?;
    sign_in(popup, "#approve").await?;
    widget.shows("refused").await?;
    widget.says("another company than before").await?;
    let heard = context.host().hears("onError", "authorization").await?;
    same("errorCode", heard.code(), "insufficientPermission")?;
    same("what the server keeps", kept(context, &first).await?, before)?;

    widget.act("try-again").await?;
    let popup = window(context).await?;
    popup.press("#company option[value='Juniper Bakery']").await?;
    sign_in(popup, "#approve").await?;
    widget.shows("connected").await?;
    let heard = context.host().hears("onSuccess", "authorization").await?;
    holds(connection(&heard.payload) == connection(&first), "the renewed connection", "the same id", &heard)?;
    kept(context, &first).await.map(drop)
}
