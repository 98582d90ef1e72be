//! Services behind OAuth: from the overview to the sign-in, and on.

use e2e::failure::{holds, same};
use e2e::{Context, Journey, Outcome};

use super::driving::{
    ACCOUNTING, BANKING, authorised, begin, connection, is_at, kept, open, sign_in, state_of, states,
};
use crate::stories::steps::SANDBOX;

pub const JOURNEYS: &[Journey] = &[
    Journey::new("from the overview a sign-in connects, and the next step follows", |context| {
        Box::pin(connects(context))
    }),
    Journey::new("the sandbox connects with one press among all services", |context| {
        Box::pin(sandbox(context))
    }),
];

async fn connects(context: &Context) -> Outcome {
    context.open_wide(&[("successUrl", "")]).await?;
    let widget = context.widget();
    widget.shows("overview").await?;
    widget.act("next").await?;
    is_at(context, ACCOUNTING).await?;
    sign_in(begin(context, "quickbooks").await?, "#approve").await?;
    let payload = authorised(context, "quickbooks").await?;
    kept(context, &payload).await?;
    widget.act("done").await?;
    is_at(context, BANKING).await?;
    same("the steps", states(context).await?, ["success", "success", "current", "pending", "pending"])?;
    open(context, ACCOUNTING).await?;
    same(
        "the connection's state",
        state_of(context, &connection(&payload)).await?.as_deref(),
        Some("active"),
    )?;
    let other = widget.element("button[data-service='xero']").await?;
    holds(
        !other.is_enabled().await?,
        "another accounting service",
        "no second one at a time",
        "it can be pressed",
    )
}

async fn sandbox(context: &Context) -> Outcome {
    open(context, ACCOUNTING).await?;
    context.widget().pick(SANDBOX).await?;
    let payload = authorised(context, SANDBOX).await?;
    kept(context, &payload).await.map(drop)
}
